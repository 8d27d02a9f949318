/* Requirements of a label: every construct of the format read into its type.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "label_support.h"
#include "spec/label_internal.h"
#include "spec_support.h"
#include "support/oom.h"

#define BIT(member) ((mrse_set)1 << (member))

static mrse_label *read_base(void)
{
    static mrse_diags diags;
    mrse_status status;
    mrse_label *label =
        spec_read(&mrse_spec_label, label_base, strlen(label_base), &diags, &status);

    if (status != MRSE_OK || diags.warnings != 0) {
        spec_print(&diags);
        fail_msg("not read");
    }
    return label;
}

static void label_read__head__fills_every_field(void **state)
{
    mrse_label *l = read_base();

    (void)state;
    assert_string_equal(l->region, "US");
    assert_int_equal(l->evidence, MRSE_EVIDENCE_IFU_PDF);
    assert_int_equal(l->recheck.year, 2027);
    assert_false(l->partial);
    assert_int_equal(l->when.bores, BIT(MRSE_BORE_CYLINDER));
    assert_int_equal(l->when.horizontal_field, MRSE_KNOWN_YES);
    assert_int_equal(l->when.proton, MRSE_KNOWN_YES);
    assert_int_equal(l->when.line, 20);
    assert_string_equal(l->when.printed, "closed bore");
    mrse_label_free(l);
}

static void label_read__parts__keep_their_relations(void **state)
{
    mrse_label *l = read_base();

    (void)state;
    assert_int_equal(l->n_components, 4);
    assert_int_equal(l->component[0].role, MRSE_ROLE_DEVICE);
    assert_int_equal(l->component[0].n_parts, 2);
    assert_string_equal(l->component[0].part[1], "2");
    assert_true(l->component[0].unused_plug);
    assert_string_equal(l->component[0].plug, "cap");
    assert_true(l->component[3].unsafe);
    assert_int_equal(l->component[1].line, 15);
    assert_int_equal(l->combination[0].n_groups, 2);
    assert_string_equal(l->combination[0].group[1].component[1], "cap");
    assert_int_equal(l->combination[0].ruling, MRSE_RULING_ALLOWED);
    assert_ptr_equal(mrse_label_component_find(l, "lead"), &l->component[1]);
    assert_null(mrse_label_component_find(l, "none"));
    assert_null(mrse_label_component_find(NULL, "lead"));
    assert_null(mrse_label_component_find(l, NULL));
    assert_ptr_equal(mrse_label_branch_find(l, "b"), &l->branch[1]);
    assert_null(mrse_label_branch_find(l, "c"));
    assert_null(mrse_label_branch_find(NULL, "b"));
    mrse_label_free(l);
}

static void label_read__guard__is_data_with_words(void **state)
{
    mrse_label *l = read_base();
    const mrse_label_guard *g = &l->branch[0].when;

    (void)state;
    assert_int_equal(g->transmit, BIT(MRSE_TRANSMIT_BODY) | BIT(MRSE_TRANSMIT_HEAD));
    assert_int_equal(g->drive, BIT(MRSE_DRIVE_CP));
    assert_int_equal(g->regions, BIT(MRSE_BODY_HEAD) | BIT(MRSE_BODY_LEG));
    assert_int_equal(g->modes, BIT(MRSE_LABEL_MODE_NORMAL));
    assert_int_equal(g->reports_b1_rms, MRSE_KNOWN_YES);
    assert_int_equal(g->magnet, MRSE_MAGNET_OUT);
    assert_int_equal(g->zone[0].rule.kind, MRSE_ZONE_COIL_RADIUS);
    assert_string_equal(g->combination[0], "all");
    assert_string_equal(g->printed, "with all");
    assert_int_equal(l->branch[1].when.line, 0);
    assert_null(l->branch[1].when.printed);
    assert_true(isnan(l->branch[0].b0_most.value.v));
    assert_rel(l->branch[1].b0_most.value.v, 3, 0);
    assert_int_equal(l->branch[1].b0_most.op, MRSE_OP_LE);
    mrse_label_free(l);
}

static void label_read__chain__keeps_order_and_condition(void **state)
{
    mrse_label *l = read_base();
    const mrse_label_chain *chain = l->branch[0].must.chain;

    (void)state;
    assert_int_equal(l->branch[0].must.n_chains, 1);
    assert_int_equal(chain->n_steps, 2);
    assert_string_equal(chain->source, "mail");
    assert_int_equal(chain->step[0].unreported, MRSE_KIND_NONE);
    assert_int_equal(chain->step[1].unreported, MRSE_KIND_B1_RMS);
    assert_int_equal(chain->step[0].limit[0].scope, BIT(MRSE_SCOPE_PRESCAN) | BIT(MRSE_SCOPE_EXAM));
    assert_rel(chain->step[0].limit[0].limit.value.v, 2e-6, 1e-15);
    assert_int_equal(chain->step[1].limit[0].limit.op, MRSE_OP_LT);
    assert_string_equal(chain->step[1].limit[0].source, "mail");
    mrse_label_free(l);
}

static void label_read__choice__keeps_each_option(void **state)
{
    mrse_label *l = read_base();
    const mrse_label_choice *choice = l->branch[0].must.choice;

    (void)state;
    assert_int_equal(choice->n_options, 2);
    assert_string_equal(choice->option[0].name, "fast");
    assert_rel(choice->option[0].must.limit[0].limit.value.v, 4, 0);
    assert_int_equal(choice->option[1].must.clock[0].clock.kind, MRSE_CLOCK_CONTINUOUS);
    assert_rel(choice->option[1].must.clock[0].clock.gap.v, 300, 0);
    assert_null(choice->option[0].must.choice);
    mrse_label_free(l);
}

static void label_read__limits__know_their_subject(void **state)
{
    mrse_label *l = read_base();
    const mrse_label_limit *limit = l->must.limit;

    (void)state;
    assert_int_equal(limit[0].subject, MRSE_SUBJECT_CAPTURE_THRESHOLD);
    assert_int_equal(limit[0].limit.value.kind, MRSE_KIND_VOLTAGE);
    assert_rel(limit[0].at.v, 0.4e-3, 1e-15);
    assert_int_equal(limit[1].subject, MRSE_SUBJECT_SINCE_IMPLANT);
    assert_rel(limit[1].limit.value.v, 6 * 7 * 86400.0, 0);
    assert_int_equal(limit[1].limit.op, MRSE_OP_GE);
    assert_true(isnan(limit[1].at.v));
    assert_string_equal(limit[2].of, "stents");
    assert_string_equal(limit[2].source, "mail");
    assert_true(limit[3].recalculable);
    assert_false(limit[2].recalculable);
    limit = l->branch[1].must.limit;
    assert_true(limit->not_applicable);
    assert_int_equal(limit->limit.value.kind, MRSE_KIND_SFG);
    assert_true(isnan(limit->limit.value.v));
    mrse_label_free(l);
}

static void label_read__clocks_and_zones__are_those_of_the_physics(void **state)
{
    mrse_label *l = read_base();
    const mrse_label_clock *clock = l->must.clock;
    const mrse_label_zone *zone = l->must.zone;

    (void)state;
    assert_int_equal(clock[0].clock.kind, MRSE_CLOCK_WINDOW);
    assert_int_equal(clock[0].clock.active, MRSE_ACTIVE_RF);
    assert_rel(clock[0].clock.limit.value.v, 1800, 0);
    assert_rel(clock[0].clock.window.v, 5400, 0);
    assert_true(isnan(clock[0].clock.rest.v));
    assert_rel(clock[1].clock.rest.v, 3600, 0);
    assert_int_equal(clock[1].clock.limit.op, MRSE_OP_LT);
    assert_int_equal(clock[1].clock.active, MRSE_ACTIVE_UNSTATED);
    assert_int_equal(clock[2].clock.region, MRSE_BODY_CHEST);
    assert_true(clock[3].not_applicable);
    assert_int_equal(clock[3].clock.kind, MRSE_CLOCK_UNKNOWN);
    assert_int_equal(zone[0].rule.kind, MRSE_ZONE_ISO_OUTSIDE);
    assert_int_equal(zone[0].rule.a.level, MRSE_LEVEL_C7);
    assert_rel(zone[0].rule.a.offset.v, 0, 0);
    assert_int_equal(zone[0].rule.b.level, MRSE_LEVEL_L3);
    assert_rel(zone[0].rule.b.offset.v, -0.02, 1e-15);
    assert_int_equal(zone[1].rule.op, MRSE_OP_LT);
    assert_rel(zone[1].rule.length.v, 0.4, 1e-15);
    assert_rel(zone[2].rule.length.v, 0.07, 1e-15);
    assert_true(isnan(zone[0].rule.length.v));
    assert_true(zone[3].not_applicable);
    assert_int_equal(zone[3].rule.kind, MRSE_ZONE_UNKNOWN);
    mrse_label_free(l);
}

static void label_read__coils_and_modes__are_sets(void **state)
{
    mrse_label *l = read_base();
    const mrse_label_coil *coil = l->must.coil;

    (void)state;
    assert_int_equal(coil[0].ruling, MRSE_RULING_FORBIDDEN);
    assert_int_equal(coil[0].transmit, BIT(MRSE_TRANSMIT_LOCAL));
    assert_int_equal(coil[0].reach, MRSE_REACH_OVER_REGIONS);
    assert_int_equal(coil[0].regions, BIT(MRSE_BODY_CHEST));
    assert_int_equal(coil[0].levels, BIT(MRSE_LEVEL_SHOULDER));
    assert_true(isnan(coil[0].channels_most));
    assert_int_equal(coil[1].drive, BIT(MRSE_DRIVE_CP) | BIT(MRSE_DRIVE_MULTICHANNEL));
    assert_rel(coil[1].channels_most, 2, 0);
    assert_true(coil[2].receive);
    assert_int_equal(l->must.mode[0].allowed,
                     BIT(MRSE_LABEL_MODE_NORMAL) | BIT(MRSE_LABEL_MODE_FPO_B));
    mrse_label_free(l);
}

static void label_read__device_patient_others__fill_their_types(void **state)
{
    mrse_label *l = read_base();
    const mrse_label_terms *t = &l->must;

    (void)state;
    assert_int_equal(t->state[0].kind, MRSE_STATE_MAGNET);
    assert_int_equal(t->state[0].ruling, MRSE_RULING_FORBIDDEN);
    assert_string_equal(t->state[0].setting, "in place");
    assert_int_equal(t->check[0].moment, MRSE_MOMENT_AFTER);
    assert_string_equal(t->check[0].action, "interrogate");
    assert_int_equal(t->patient[0].postures, BIT(MRSE_POSTURE_SUPINE) | BIT(MRSE_POSTURE_PRONE));
    assert_int_equal(t->patient[1].entries, BIT(MRSE_ENTRY_FEET_FIRST));
    assert_int_equal(t->patient[2].kind, MRSE_PATIENT_FEVER);
    assert_true(t->exclusion[0].unsafe);
    assert_string_equal(t->exclusion[0].component[0], "bad");
    assert_int_equal(t->exclusion[1].ruling, MRSE_RULING_UNKNOWN);
    assert_int_equal(t->exclusion[2].regions, BIT(MRSE_BODY_ARM));
    assert_int_equal(t->pair[0].kind, MRSE_PAIR_ALL_CONDITIONS);
    assert_true(isnan(t->pair[0].length.value.v));
    assert_int_equal(t->pair[1].length.op, MRSE_OP_GT);
    assert_rel(t->pair[1].length.value.v, 0.05, 1e-15);
    assert_rel(t->pair[1].distance.value.v, 0.04, 1e-15);
    assert_string_equal(t->unknown[0].printed, "not tested");
    mrse_label_free(l);
}

static void label_read__quotes__keep_the_test_conditions(void **state)
{
    mrse_label *l = read_base();
    const mrse_label_quote *q = l->must.quote;

    (void)state;
    assert_int_equal(l->must.n_quotes, 6);
    assert_true(q[0].bound);
    assert_int_equal(q[0].result.op, MRSE_OP_LT);
    assert_rel(q[0].result.value.v, 3, 0);
    assert_int_equal(q[0].sar.kind, MRSE_KIND_SAR_WHOLE_BODY);
    assert_rel(q[0].sar.v, 3.8, 1e-15);
    assert_rel(q[0].calorimetric.v, 3.1, 1e-15);
    assert_rel(q[0].duration.v, 900, 0);
    assert_true(isnan(q[0].b0.v));
    assert_false(q[1].bound);
    assert_rel(q[1].result.value.v, 0.007, 1e-15);
    assert_true(isnan(q[1].sar.v));
    assert_int_equal(q[2].result.op, MRSE_OP_RANGE);
    assert_rel(q[2].result.upper, 4 * MRSE_PI / 180, 1e-12);
    assert_int_equal(q[3].result.value.kind, MRSE_KIND_RATIO);
    assert_int_equal(q[3].result.op, MRSE_OP_GE);
    assert_rel(q[3].result.value.v, 3, 0);
    assert_rel(q[4].result.value.v, 0.87, 1e-15);
    assert_int_equal(q[5].test, MRSE_TEST_OTHER);
    assert_true(isnan(q[5].result.value.v));
    mrse_label_free(l);
}

/* Whatever the label demands is found by its words: nothing can be left out of a list. */
static void label_words__every_list__is_walked_once(void **state)
{
    mrse_label *l = read_base();
    mrse_label_words words = {0};
    size_t n = 0;

    (void)state;
    while (mrse_label_words_at(&l->must, n, &words)) {
        assert_non_null(words.printed);
        assert_non_null(words.source);
        assert_in_range(words.line, 49, 83);
        n++;
    }
    assert_int_equal(n, 4 + 4 + 4 + 3 + 1 + 1 + 1 + 3 + 3 + 2 + 1 + 1);
    assert_string_equal(words.topic, "not known");
    assert_true(mrse_label_words_at(&l->must, n - 2, &words));
    assert_string_equal(words.topic, "consent");
    assert_true(mrse_label_words_at(&l->branch[0].must, 1, &words));
    assert_string_equal(words.printed, "this or that");
    assert_false(mrse_label_words_at(NULL, 0, &words));
    assert_false(mrse_label_words_at(&l->must, 0, NULL));
    mrse_label_free(l);
}

static void label_texts__every_member__has_a_name(void **state)
{
    (void)state;
    for (int i = 1; i < MRSE_LEVEL_COUNT; i++)
        assert_string_equal(mrse_spec_levels[i - 1], mrse_level_text((mrse_level)i));
    assert_null(mrse_spec_levels[MRSE_LEVEL_COUNT - 1]);
    for (int i = MRSE_BODY_HEAD; i <= MRSE_BODY_ARM; i++)
        assert_string_equal(mrse_spec_regions[i - 1], mrse_body_region_text((mrse_body_region)i));
    assert_string_equal(mrse_label_scope_text(MRSE_SCOPE_PRESCAN), "prescan");
    assert_string_equal(mrse_label_subject_text(MRSE_SUBJECT_BATTERY), "battery");
    assert_string_equal(mrse_label_ruling_text(MRSE_RULING_FORBIDDEN), "forbidden");
    assert_string_equal(mrse_label_ruling_text((mrse_label_ruling)9), "not known");
    assert_string_equal(mrse_label_mode_text(MRSE_LABEL_MODE_FPO_B), "FPO:B");
    assert_string_equal(mrse_label_state_text(MRSE_STATE_ORIENTATION), "orientation");
    assert_string_equal(mrse_label_moment_text(MRSE_MOMENT_AFTER), "after");
    assert_string_equal(mrse_label_patient_text(MRSE_PATIENT_OTHER), "other");
    assert_string_equal(mrse_label_exclusion_text(MRSE_EXCLUSION_REGION), "region");
    assert_string_equal(mrse_label_test_text(MRSE_TEST_ARTEFACT), "artefact");
    assert_string_equal(mrse_label_test_text(MRSE_TEST_OTHER), "other test");
    assert_string_equal(mrse_label_evidence_text(MRSE_EVIDENCE_UNKNOWN), "not said");
    assert_string_equal(mrse_label_role_text(MRSE_ROLE_EXTERNAL), "external part");
    assert_true(mrse_set_has(BIT(63), 63));
    assert_false(mrse_set_has(~(mrse_set)0, 64));
    assert_false(mrse_set_has(BIT(2), 1));
}

static void label_read__weak_evidence__is_partial(void **state)
{
    static const char *const weak[] = {"secondary\ncomplete: partial",
                                       "partial\ncomplete: partial"};

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(weak); i++) {
        static mrse_diags diags;
        mrse_status status;
        char *once = spec_changed(label_base, "complete: yes\n", "");
        char *text = spec_changed(once, "ifu_pdf", weak[i]);
        mrse_label *l = spec_read(&mrse_spec_label, text, strlen(text), &diags, &status);

        assert_int_equal(status, MRSE_OK);
        assert_true(l->partial);
        mrse_label_free(l);
        free(once);
        free(text);
    }
}

static void label_load__teaching_labels__are_read_without_a_warning(void **state)
{
    static const char *const file[] = {"mdt-dbs-fullbody-2020", "bsc-wavewriter-alpha",
                                       "biotronik-promri-2014", "eversense-e3"};

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(file); i++) {
        static mrse_diags diags;
        char path[96];
        mrse_label *l;

        (void)snprintf(path, sizeof path, "examples/labels/%s.yaml", file[i]);
        mrse_diags_init(&diags);
        assert_int_equal(mrse_label_load(path, &l, &diags), MRSE_OK);
        assert_int_equal(diags.warnings, 0);
        assert_string_equal(l->id, file[i]);
        assert_string_equal(l->stamp, "teaching, not current labelling");
        assert_true(l->partial);
        assert_in_range(l->recheck.year, 2027, 2030);
        for (size_t k = 0; k < l->sources.n; k++) {
            assert_non_null(l->sources.item[k].address);
            assert_int_equal(l->sources.item[k].read.year, 2026);
        }
        mrse_label_free(l);
    }
}

static mrse_status read_work(void *unused)
{
    mrse_diags diags;
    void *object = NULL;
    mrse_status status;

    (void)unused;
    mrse_diags_init(&diags);
    status = mrse_spec_read_text(&mrse_spec_label, "f.yaml", label_base, sizeof label_base - 1,
                                 &object, NULL, &diags);
    mrse_spec_object_free(&mrse_spec_label, object);
    return status;
}

static void label_read__no_memory__is_reported_and_leaks_nothing(void **state)
{
    (void)state;
    assert_in_range(oom_exhaust(read_work, NULL), 100, 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_read__head__fills_every_field),
        cmocka_unit_test(label_read__parts__keep_their_relations),
        cmocka_unit_test(label_read__guard__is_data_with_words),
        cmocka_unit_test(label_read__chain__keeps_order_and_condition),
        cmocka_unit_test(label_read__choice__keeps_each_option),
        cmocka_unit_test(label_read__limits__know_their_subject),
        cmocka_unit_test(label_read__clocks_and_zones__are_those_of_the_physics),
        cmocka_unit_test(label_read__coils_and_modes__are_sets),
        cmocka_unit_test(label_read__device_patient_others__fill_their_types),
        cmocka_unit_test(label_read__quotes__keep_the_test_conditions),
        cmocka_unit_test(label_words__every_list__is_walked_once),
        cmocka_unit_test(label_texts__every_member__has_a_name),
        cmocka_unit_test(label_read__weak_evidence__is_partial),
        cmocka_unit_test(label_load__teaching_labels__are_read_without_a_warning),
        cmocka_unit_test(label_read__no_memory__is_reported_and_leaks_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
