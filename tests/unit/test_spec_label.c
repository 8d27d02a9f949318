/* Label files: limits with their operators, branches, and one test for each thing that can be
 * wrong. SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec_support.h"

static const char base[] =
    "mrse: label/1\n"                                          /* 1 */
    "id: demo\n"                                               /* 2 */
    "device: Demo 1\n"                                         /* 3 */
    "manufacturer: Maker\n"                                    /* 4 */
    "category: stimulator\n"                                   /* 5 */
    "status: MR Conditional\n"                                 /* 6 */
    "stamp: an example\n"                                      /* 7 */
    "checked: 2026-11-22\n"                                    /* 8 */
    "sources:\n"                                               /* 9 */
    "  ifu: {origin: manufacturer, title: IFU, revision: B}\n" /* 10 */
    "  mail: {origin: manufacturer, title: Letter}\n"          /* 11 */
    "document: ifu\n"                                          /* 12 */
    "complete: partial\n"                                      /* 13 */
    "branches:\n"                                              /* 14 */
    "  - name: 1.5 T\n"                                        /* 15 */
    "    b0: [1.5 T]\n"                                        /* 16 */
    "    limits:\n"                                            /* 17 */
    "      - quantity: sfg\n"                                  /* 18 */
    "        limit: <= 25 T/m\n"                               /* 19 */
    "        also: 2500 G/cm\n"                                /* 20 */
    "        printed: 25 T/m (2500 G/cm)\n"                    /* 21 */
    "      - {quantity: b1-rms, limit: < 2.0 uT, printed: p, scope: prescan}\n"
    "      - {quantity: sar-head, limit: 0.1 to 0.5 W/kg, printed: p}\n"
    "      - {quantity: time, limit: \">= 30 min\", printed: p, source: mail}\n"
    "    conditions:\n"                                              /* 25 */
    "      - {topic: coil, printed: body coil only, source: mail}\n" /* 26 */
    "  - name: 3 T\n"                                                /* 27 */
    "    b0: [3 T, 2.9 T]\n"                                         /* 28 */
    "    source: mail\n"                                             /* 29 */
    "    conditions: [{topic: mode, printed: normal mode}]\n"        /* 30 */
    "conditions:\n"                                                  /* 31 */
    "  - {topic: state, printed: switched off}\n";                   /* 32 */

static mrse_label *read_text(const char *text, mrse_diags *diags)
{
    mrse_status status;
    mrse_label *label = spec_read(&mrse_spec_label, text, strlen(text), diags, &status);

    if (status != MRSE_OK) {
        spec_print(diags);
        fail_msg("not read");
    }
    return label;
}

static void label_read__valid__fills_every_field(void **state)
{
    static mrse_diags diags;
    mrse_label *l = read_text(base, &diags);

    (void)state;
    assert_int_equal(diags.warnings, 0);
    assert_string_equal(l->id, "demo");
    assert_string_equal(l->device, "Demo 1");
    assert_string_equal(l->manufacturer, "Maker");
    assert_string_equal(l->category, "stimulator");
    assert_string_equal(l->stamp, "an example");
    assert_int_equal(l->status, MRSE_LABEL_CONDITIONAL);
    assert_null(l->status_printed);
    assert_true(l->partial);
    assert_string_equal(l->document, "ifu");
    assert_int_equal(l->n_branches, 2);
    assert_string_equal(l->branch[0].name, "1.5 T");
    assert_int_equal(l->branch[0].line, 15);
    assert_int_equal(l->branch[0].n_b0, 1);
    assert_int_equal(l->branch[1].n_b0, 2);
    assert_rel(l->branch[1].b0[1].v, 2.9, 0);
    assert_int_equal(l->branch[1].b0[1].kind, MRSE_KIND_B0);
    assert_int_equal(l->branch[1].must.n_limits, 0);
    assert_string_equal(l->branch[0].must.condition[0].topic, "coil");
    assert_string_equal(l->branch[0].must.condition[0].printed, "body coil only");
    assert_int_equal(l->branch[0].must.condition[0].line, 26);
    assert_string_equal(l->must.condition[0].printed, "switched off");
    mrse_label_free(l);
}

static void label_read__sources__own_branch_or_document(void **state)
{
    static mrse_diags diags;
    mrse_label *l = read_text(base, &diags);

    (void)state;
    assert_string_equal(l->branch[0].must.limit[0].limit.value.src, "ifu");
    assert_string_equal(l->branch[0].must.limit[3].limit.value.src, "mail");
    assert_string_equal(l->branch[0].must.condition[0].source, "mail");
    assert_string_equal(l->branch[1].must.condition[0].source, "mail");
    assert_string_equal(l->branch[1].b0[0].src, "mail");
    assert_string_equal(l->must.condition[0].source, "ifu");
    mrse_label_free(l);
}

static void limit_read__each_form__keeps_operator_and_value(void **state)
{
    static mrse_diags diags;
    mrse_label *l = read_text(base, &diags);
    const mrse_label_limit *limit = l->branch[0].must.limit;

    (void)state;
    assert_int_equal(l->branch[0].must.n_limits, 4);
    assert_int_equal(limit[0].limit.op, MRSE_OP_LE);
    assert_rel(limit[0].limit.value.v, 25, 0);
    assert_rel(limit[0].limit.value.u, 0, 0);
    assert_int_equal(limit[0].limit.value.kind, MRSE_KIND_SFG);
    assert_int_equal(limit[0].limit.value.basis, MRSE_BASIS_DECLARED);
    assert_int_equal(limit[0].limit.value.origin, MRSE_ORIGIN_MANUFACTURER);
    assert_int_equal(limit[0].limit.value.line, 19);
    assert_string_equal(limit[0].limit.value.printed, "25 T/m");
    assert_string_equal(limit[0].printed, "25 T/m (2500 G/cm)");
    assert_int_equal(limit[0].scope, 0);
    assert_int_equal(limit[0].line, 18);
    assert_int_equal(limit[1].limit.op, MRSE_OP_LT);
    assert_rel(limit[1].limit.value.v, 2e-6, 1e-15);
    assert_int_equal(limit[1].scope, (mrse_set)1 << MRSE_SCOPE_PRESCAN);
    assert_int_equal(limit[2].limit.op, MRSE_OP_RANGE);
    assert_rel(limit[2].limit.value.v, 0.1, 0);
    assert_rel(limit[2].limit.upper, 0.5, 0);
    assert_int_equal(limit[3].limit.op, MRSE_OP_GE);
    assert_rel(limit[3].limit.value.v, 1800, 0);
    mrse_label_free(l);
}

static void check_limit(const char *written, mrse_op op, double low, double high)
{
    static mrse_diags diags;
    char *text = spec_changed(base, "<= 25 T/m\n        also: 2500 G/cm", written);
    mrse_label *l = read_text(text, &diags);

    free(text);
    assert_int_equal(l->branch[0].must.limit[0].limit.op, op);
    assert_rel(l->branch[0].must.limit[0].limit.value.v, low, 1e-15);
    if (op == MRSE_OP_RANGE)
        assert_rel(l->branch[0].must.limit[0].limit.upper, high, 1e-15);
    mrse_label_free(l);
}

static void limit_read__spellings__mean_the_same(void **state)
{
    (void)state;
    check_limit("\xE2\x89\xA4 25 T/m", MRSE_OP_LE, 25, 0);
    check_limit("\"<=25 T/m\"", MRSE_OP_LE, 25, 0);
    check_limit("\"\xE2\x89\xA5 720 G/cm\"", MRSE_OP_GE, 7.2, 0);
    check_limit("\"> 720 G/cm\"", MRSE_OP_GT, 7.2, 0);
    check_limit("< 90 mT/cm", MRSE_OP_LT, 9, 0);
    check_limit("1 to 2 T/m", MRSE_OP_RANGE, 1, 2);
    check_limit("100 G/cm to 2 T/m", MRSE_OP_RANGE, 1, 2);
    check_limit("1 to 2 T/m\n        also: 100 to 200 G/cm", MRSE_OP_RANGE, 1, 2);
    check_limit("<= 25 T/m\n        also: <= 2500 G/cm", MRSE_OP_LE, 25, 0);
}

/* Printed pairs agree when their roundings meet: 7.2 T/m and 720 G/cm, 0.9 kG/cm and 9.04 T/m. */
static void limit_read__second_unit__agrees_within_rounding(void **state)
{
    static mrse_diags diags;
    mrse_status status;
    char *text = spec_changed(base, "<= 25 T/m\n        also: 2500 G/cm",
                              "<= 0.9 kG/cm\n        also: 9.4 T/m");

    (void)state;
    mrse_label_free(read_text(text, &diags));
    assert_int_equal(diags.warnings, 0);
    free(text);
    text = spec_changed(base, "<= 25 T/m\n        also: 2500 G/cm",
                        "<= 0.9 kG/cm\n        also: 9.6 T/m");
    assert_null(spec_read(&mrse_spec_label, text, strlen(text), &diags, &status));
    assert_int_equal(status, MRSE_ERR_INPUT);
    assert_int_equal(diags.errors, 1);
    free(text);
}

static void label_read__same_quantity_with_scopes__is_no_contradiction(void **state)
{
    static mrse_diags diags;
    char *text = spec_changed(base, "{quantity: sar-head, limit: 0.1 to 0.5 W/kg, printed: p}",
                              "{quantity: b1-rms, limit: < 3 uT, printed: p, scope: exam}");

    (void)state;
    mrse_label_free(read_text(text, &diags));
    assert_int_equal(diags.warnings, 0);
    free(text);
}

static void label_read__other_statuses__need_no_branch(void **state)
{
    static const char *const status[] = {"MR Safe", "MR Unsafe", "MR Unlabelled",
                                         "legacy statement\nstatus_printed: MR compatible"};
    static const mrse_label_status want[] = {MRSE_LABEL_SAFE, MRSE_LABEL_UNSAFE,
                                             MRSE_LABEL_UNLABELLED, MRSE_LABEL_LEGACY};
    static mrse_diags diags;

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(status); i++) {
        char *text = spec_changed(base, "MR Conditional", status[i]);
        mrse_label *l;

        *strstr(text, "branches:") = '\0';
        l = read_text(text, &diags);
        free(text);
        assert_int_equal(l->status, want[i]);
        assert_int_equal(l->n_branches, 0);
        mrse_label_free(l);
    }
}

static void label_load__bad_arguments__is_refused(void **state)
{
    mrse_label *l = (mrse_label *)1;

    (void)state;
    assert_int_equal(mrse_label_load("x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_label_load(NULL, &l, NULL), MRSE_ERR_ARG);
    assert_null(l);
    mrse_label_free(NULL);
}

static void label_load__examples__are_read_without_a_warning(void **state)
{
    static const char *const file[] = {"examples/loop-recorder/label.yaml",
                                       "examples/cochlear-implant/label.yaml"};
    static const double limit_T_m[] = {25, 2.5};

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(file); i++) {
        static mrse_diags diags;
        mrse_label *l;

        mrse_diags_init(&diags);
        assert_int_equal(mrse_label_load(file[i], &l, &diags), MRSE_OK);
        assert_int_equal(diags.warnings, 0);
        assert_rel(l->branch[0].must.limit[0].limit.value.v, limit_T_m[i], 0);
        assert_true(l->partial);
        assert_non_null(strstr(l->stamp, "not current labelling"));
        assert_int_equal(l->sources.item[0].read.year, 2026);
        assert_non_null(l->sources.item[0].address);
        mrse_label_free(l);
    }
}

#define BRANCHES                                                                                   \
    "branches:\n"                                                                                  \
    "  - name: 1.5 T\n"                                                                            \
    "    b0: [1.5 T]\n"                                                                            \
    "    limits:\n"                                                                                \
    "      - quantity: sfg\n"                                                                      \
    "        limit: <= 25 T/m\n"                                                                   \
    "        also: 2500 G/cm\n"                                                                    \
    "        printed: 25 T/m (2500 G/cm)\n"                                                        \
    "      - {quantity: b1-rms, limit: < 2.0 uT, printed: p, scope: prescan}\n"                    \
    "      - {quantity: sar-head, limit: 0.1 to 0.5 W/kg, printed: p}\n"                           \
    "      - {quantity: time, limit: \">= 30 min\", printed: p, source: mail}\n"                   \
    "    conditions:\n"                                                                            \
    "      - {topic: coil, printed: body coil only, source: mail}\n"                               \
    "  - name: 3 T\n"                                                                              \
    "    b0: [3 T, 2.9 T]\n"                                                                       \
    "    source: mail\n"                                                                           \
    "    conditions: [{topic: mode, printed: normal mode}]\n"

static const slip slips[] = {
    {"limit__no_operator__asks_which", "limit: <= 25 T/m", "limit: 25 T/m", 19, 16,
     "branches[0].limits[0].limit", "the limit has no operator",
     "'<= 25 T/m' when that value itself is allowed, '< 25 T/m'", 0, 0},
    {"limit__equals_sign__asks_which", "limit: <= 25 T/m", "limit: = 25 T/m", 19, 16,
     "branches[0].limits[0].limit", "the limit has no operator", NULL, 0, 0},
    {"limit__wrong_kind_of_unit__names_both", "limit: <= 25 T/m", "limit: <= 25 T/m/s", 19, 16,
     "branches[0].limits[0].limit", "slew", NULL, 0, 0},
    {"limit__bare_number__asks_for_the_unit", "limit: <= 25 T/m", "limit: <= 25", 19, 16,
     "branches[0].limits[0].limit", "bare number", NULL, 0, 0},
    {"limit__zero__is_refused", "limit: <= 25 T/m", "limit: <= 0 T/m", 19, 16,
     "branches[0].limits[0].limit", "'0 T/m' is not more than zero", NULL, 0, 0},
    {"limit__too_large__names_the_range", "limit: <= 25 T/m", "limit: <= 2500 T/m", 19, 16,
     "branches[0].limits[0].limit", "outside the sensible range", NULL, 0, 0},
    {"limit__empty__is_refused_once", "limit: <= 25 T/m", "limit:", 19, 9,
     "branches[0].limits[0].limit", "the value is empty", NULL, 0, 0},
    {"limit__missing__is_refused", "        limit: <= 25 T/m\n", "", 18, 9,
     "branches[0].limits[0].limit", "'limit' is missing", NULL, 0, 0},
    {"limit__range_upside_down__is_refused", "0.1 to 0.5 W/kg", "0.5 to 0.1 W/kg", 23, 37,
     "branches[0].limits[2].limit", "the range '0.5 to 0.1 W/kg' is empty", NULL, 0, 0},
    {"limit__range_with_operator__is_refused", "0.1 to 0.5 W/kg", "<= 0.1 to 0.5 W/kg", 23, 37,
     "branches[0].limits[2].limit", "", NULL, 0, 0},
    {"limit__range_of_nothing__is_refused", "0.1 to 0.5 W/kg", "0.5 to 0.5 W/kg", 23, 37,
     "branches[0].limits[2].limit", "is empty", NULL, 0, 0},
    {"limit__range_bad_upper_end__is_refused", "0.1 to 0.5 W/kg", "0.1 to 0.5", 23, 37,
     "branches[0].limits[2].limit", "bare number", NULL, 0, 0},
    {"limit__range_bad_lower_end__is_refused", "0.1 to 0.5 W/kg", "x to 0.5 W/kg", 23, 37,
     "branches[0].limits[2].limit", "not a number", NULL, 0, 0},
    {"limit__range_long_lower_end__is_refused", "0.1 to 0.5 W/kg",
     "0.10000000000000000000000000000000000000000000000000000000000000000000000 W/m to 0.5 W/kg",
     23, 37, "branches[0].limits[2].limit", "the lower end has more than 63 characters", NULL, 0,
     0},
    {"quantity__unknown__lists_all", "quantity: sfg", "quantity: sfq", 18, 19,
     "branches[0].limits[0].quantity", "'sfq' is no quantity that a label limits",
     "did you mean 'sfg'?", 0, 0},
    {"quantity__kind_that_no_label_limits__is_refused", "quantity: sfg", "quantity: mass", 18, 19,
     "branches[0].limits[0].quantity", "'mass' is no quantity", "known: sfg, product", 0, 0},
    {"quantity__missing__is_refused", "quantity: sfg", "scope: exam", 18, 9,
     "branches[0].limits[0].quantity", "'quantity' is missing", NULL, 0, 0},
    {"also__disagrees__is_refused_and_names_both", "also: 2500 G/cm", "also: 250 G/cm", 20, 15,
     "branches[0].limits[0].also", "'<= 25 T/m' is not '250 G/cm'", "ask the manufacturer", 0, 0},
    {"also__other_operator__is_refused", "also: 2500 G/cm", "also: < 2500 G/cm", 20, 15,
     "branches[0].limits[0].also", "the operator differs", NULL, 0, 0},
    {"also__bad_unit__is_refused", "also: 2500 G/cm", "also: 2500 G", 20, 15,
     "branches[0].limits[0].also", "field gradient", NULL, 0, 0},
    {"also__no_range_for_a_range__is_refused", "0.1 to 0.5 W/kg,", "0.1 to 0.5 W/kg, also: 1 W/kg,",
     23, 60, "branches[0].limits[2].also", "no operator", NULL, 0, 0},
    {"also__lower_end_disagrees__is_refused", "0.1 to 0.5 W/kg,",
     "0.1 to 0.5 W/kg, also: 200 to 500 mW/kg,", 23, 60, "branches[0].limits[2].also",
     "contradicts itself", NULL, 0, 0},
    {"also__upper_end_disagrees__is_refused", "0.1 to 0.5 W/kg,",
     "0.1 to 0.5 W/kg, also: 100 to 600 mW/kg,", 23, 60, "branches[0].limits[2].also",
     "contradicts itself", NULL, 0, 0},
    {"printed__missing__is_refused", "        printed: 25 T/m (2500 G/cm)\n", "", 18, 9,
     "branches[0].limits[0].printed", "'printed' is missing", "own words", 0, 0},
    {"scope__unknown__lists_all", "scope: prescan", "scope: scan", 22, 64,
     "branches[0].limits[1].scope", "'scan' is not known here", "system, per axis", 0, 0},
    {"limits__same_quantity_twice__warns",
     "quantity: b1-rms, limit: < 2.0 uT, printed: p, scope: prescan",
     "quantity: sfg, limit: < 2.0 T/m, printed: p", 22, 9, "branches[0]",
     "limits[1] limits the same quantity as limits[0]", NULL, MRSE_SEV_WARNING, 0},
    {"limits__text_instead__is_refused", "limits:\n      - quantity: sfg",
     "limits:\n      - sfg\n      - quantity: sfg", 18, 9, "branches[0].limits[0]",
     "this is text; a map is needed", NULL, 0, 0},
    {"b0__text_instead_of_list__is_refused", "b0: [1.5 T]", "b0: 1.5 T", 16, 5, "branches[0].b0",
     "this is text; a list is needed", "[a, b]", 0, 0},
    {"b0__empty_list__is_refused", "b0: [1.5 T]", "b0: []", 16, 5, "branches[0].b0",
     "the list is empty", NULL, 0, 0},
    {"b0__bad_entry__names_its_index", "[3 T, 2.9 T]", "[3 T, 2.9 G/cm]", 28, 15,
     "branches[1].b0[1]", "magnetic field", NULL, 0, 0},
    {"condition__no_topic__is_refused", "topic: state, ", "", 32, 5, "conditions[0].topic",
     "'topic' is missing", NULL, 0, 0},
    {"condition__long_topic__is_refused", "topic: state",
     "topic: a234567890123456789012345678901234567890123456789012345678901234", 32, 13,
     "conditions[0].topic", "63 is the most", NULL, 0, 0},
    {"branch__without_conditions__warns", "    conditions: [{topic: mode, printed: normal mode}]\n",
     "", 27, 5, "branches[1]", "states no condition at all", NULL, MRSE_SEV_WARNING, 0},
    {"branch__same_name__is_refused", "name: 3 T", "name: 1.5 T", 27, 11, "",
     "branches[0] and branches[1] have the same name", NULL, 0, 0},
    {"branch__without_name__is_refused", "name: 3 T\n    b0", "b0", 27, 5, "branches[1].name",
     "'name' is missing", NULL, 0, 0},
    {"status__conditional_without_branches__is_refused", BRANCHES, "", 6, 9, "",
     "needs at least one branch", NULL, 0, 0},
    {"status__branches_text__is_refused", BRANCHES, "branches: x\n", 14, 1, "branches",
     "this is text; a list is needed", NULL, 0, 0},
    {"sources__all_missing__is_refused_once_each",
     "sources:\n  ifu: {origin: manufacturer, title: IFU, revision: B}\n"
     "  mail: {origin: manufacturer, title: Letter}\n",
     "", 9, 11, "document", "unknown source 'ifu'", "describe it under 'sources:'", 0, 3},
    {"status__unsafe_with_branches__is_refused", "MR Conditional", "MR Unsafe", 14, 1, "",
     "a label that is 'MR Unsafe' has no branches", NULL, 0, 0},
    {"status__unlabelled_with_branches__is_refused", "MR Conditional", "MR Unlabelled", 14, 1, "",
     "a label that is 'MR Unlabelled' has no branches", NULL, 0, 0},
    {"status__unknown__one_message", "MR Conditional", "MR conditional", 6, 9, "status",
     "'MR conditional' is not known", "did you mean 'MR Conditional'?", 0, 0},
    {"status__missing__one_message", "status: MR Conditional\n", "", 1, 1, "status",
     "'status' is missing", NULL, 0, 0},
    {"document__missing__is_refused", "document: ifu\n", "", 6, 9, "",
     "the labelling document is missing", NULL, 0, 0},
    {"document__unknown__is_refused_once", "document: ifu", "document: ifo", 12, 11, "document",
     "unknown source 'ifo'", "did you mean 'ifu'?", 0, 0},
    {"complete__no__is_not_a_choice", "complete: partial", "complete: no", 13, 11, "complete",
     "'no' is not known here", "known: yes, partial", 0, 0},
};

/* Its numbers are kept; that the statement is old stays visible. */
static void label_read__legacy_with_branches__keeps_status_and_limits(void **state)
{
    static mrse_diags diags;
    char *text = spec_changed(base, "MR Conditional", "legacy statement\nstatus_printed: MR safe");
    mrse_label *l = read_text(text, &diags);

    (void)state;
    assert_non_null(l);
    assert_int_equal(diags.n, 0);
    assert_int_equal(l->status, MRSE_LABEL_LEGACY);
    assert_int_equal(l->n_branches, 2);
    mrse_label_free(l);
    free(text);
}

static void label_read__legacy_without_words__is_refused(void **state)
{
    char *text = spec_changed(base, "MR Conditional", "legacy statement");
    static const slip want = {.line = 6, .col = 9, .text = "words of the legacy statement"};

    (void)state;
    *strstr(text, "branches:") = '\0';
    spec_expect(&mrse_spec_label, text, &want);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_read__valid__fills_every_field),
        cmocka_unit_test(label_read__sources__own_branch_or_document),
        cmocka_unit_test(limit_read__each_form__keeps_operator_and_value),
        cmocka_unit_test(limit_read__spellings__mean_the_same),
        cmocka_unit_test(limit_read__second_unit__agrees_within_rounding),
        cmocka_unit_test(label_read__same_quantity_with_scopes__is_no_contradiction),
        cmocka_unit_test(label_read__other_statuses__need_no_branch),
        cmocka_unit_test(label_read__legacy_with_branches__keeps_status_and_limits),
        cmocka_unit_test(label_read__legacy_without_words__is_refused),
        cmocka_unit_test(label_load__bad_arguments__is_refused),
        cmocka_unit_test(label_load__examples__are_read_without_a_warning),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    return failed + spec_run_slips(&mrse_spec_label, base, slips, MRSE_COUNT(slips), "label slips");
}
