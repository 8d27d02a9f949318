/* Sequences and their modification in case files. SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec_support.h"
#include "support/scratch.h"

static const char base[] =
    "mrse: case/1\n"                                                                  /* 1 */
    "title: A case\n"                                                                 /* 2 */
    "question: May it?\n"                                                             /* 3 */
    "simulated: yes\n"                                                                /* 4 */
    "author: {name: A. N. Example}\n"                                                 /* 5 */
    "sources: {plan: {origin: assumed, title: list, because: agreed}}\n"              /* 6 */
    "scanner: scanner.yaml\n"                                                         /* 7 */
    "sequences:\n"                                                                    /* 8 */
    "  - {file: a.yaml, role: before, name: usual, minutes: 3.5 min, source: plan}\n" /* 9 */
    "  - {file: b.YML, role: after, note: longer}\n"                                  /* 10 */
    "  - file: c.Seq\n"                                                               /* 11 */
    "  - file: IM0001\n"                                                              /* 12 */
    "modification:\n"                                                                 /* 13 */
    "  reason: the implant\n"                                                         /* 14 */
    "  constraint: B1+rms <= 2.0 uT\n"                                                /* 15 */
    "  image_quality: roots visible\n"                                                /* 16 */
    "reasoning: r\n"                                                                  /* 17 */
    "conclusion: c\n"                                                                 /* 18 */
    "residual_risk: k\n"                                                              /* 19 */
    "decides: the radiologist\n";                                                     /* 20 */

static void read__sequences__kinds_roles_and_words(void **state)
{
    static mrse_diags diags;
    mrse_status status;
    mrse_case *c = spec_read(&mrse_spec_case, base, strlen(base), &diags, &status);

    (void)state;
    assert_non_null(c);
    assert_int_equal(diags.n, 0);
    assert_int_equal(c->n_implants, 0);
    assert_int_equal(c->n_sequences, 4);
    assert_string_equal(c->sequence[0].file, "a.yaml");
    assert_string_equal(c->sequence[0].name, "usual");
    assert_int_equal(c->sequence[0].role, MRSE_SEQUENCE_BEFORE);
    assert_int_equal(c->sequence[0].kind, MRSE_SEQUENCE_PROTOCOL);
    assert_rel(c->sequence[0].duration.v, 210, 0);
    assert_int_equal(c->sequence[0].duration.origin, MRSE_ORIGIN_ASSUMED);
    assert_int_equal(c->sequence[0].line, 9);
    assert_int_equal(c->sequence[1].role, MRSE_SEQUENCE_AFTER);
    assert_int_equal(c->sequence[1].kind, MRSE_SEQUENCE_PROTOCOL);
    assert_string_equal(c->sequence[1].note, "longer");
    assert_true(isnan(c->sequence[1].duration.v));
    assert_int_equal(c->sequence[2].role, MRSE_SEQUENCE_PLANNED);
    assert_int_equal(c->sequence[2].kind, MRSE_SEQUENCE_PULSEQ);
    assert_int_equal(c->sequence[3].kind, MRSE_SEQUENCE_DICOM);
    assert_string_equal(c->modification.reason, "the implant");
    assert_string_equal(c->modification.constraint, "B1+rms <= 2.0 uT");
    assert_string_equal(c->modification.image_quality, "roots visible");
    mrse_case_free(c);
}

static const slip slips[] = {
    {"file__missing__is_refused", "file: c.Seq", "name: c", 11, 5, "sequences[2].file",
     "'file' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"role__unknown__lists_all", "role: after", "role: later", 10, 25, "sequences[1].role",
     "'later'", "planned, before, after", MRSE_SEV_ERROR, 0},
    {"minutes__no_unit__is_refused", "minutes: 3.5 min", "minutes: 3.5", 9, 56,
     "sequences[0].minutes", NULL, "min", MRSE_SEV_ERROR, 0},
    {"before__alone__is_a_warning", "role: after, ", "", 8, 1, "", "and none after", "both",
     MRSE_SEV_WARNING, 1},
    {"after__alone__is_a_warning", "role: before, ", "", 8, 1, "", "and none before", "both",
     MRSE_SEV_WARNING, 0},
    {"modification__nothing_modified__is_a_warning", "role: after, ", "", 13, 1, "",
     "no modified sequence", "role: after", MRSE_SEV_WARNING, 1},
    {"nothing__to_assess__names_sequences",
     "sequences:\n  - {file: a.yaml, role: before, name: usual, minutes: 3.5 min, source: plan}\n"
     "  - {file: b.YML, role: after, note: longer}\n  - file: c.Seq\n  - file: IM0001\n",
     "", 1, 1, "implants", "nothing to assess", "'sequences:'", MRSE_SEV_ERROR, 0},
};

/* The protocols are read, and their errors come with their names. */
static void check__named_protocols__errors_of_each(void **state)
{
    static mrse_diags diags;
    const char *path;

    (void)state;
    (void)scratch_write("scanner.yaml", "mrse: scanner/1\nid: d\nname: D\nchecked: 2026-11-22\n"
                                        "b0: {nominal: 1.5 T}\n");
    (void)scratch_write("a.yaml", "mrse: sequence/1\nfamily: TSE\n");
    (void)scratch_write("b.YML", "mrse: sequence/1\nfamily: TSF\n");
    path = scratch_write("case.yaml", base);
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(path, &diags), MRSE_ERR_INPUT);
    assert_int_equal(diags.errors, 1);
    for (size_t i = 0; i < diags.n; i++)
        if (diags.item[i].sev == MRSE_SEV_ERROR)
            assert_non_null(strstr(diags.item[i].file, "b.YML"));
    (void)scratch_write("b.YML", "mrse: sequence/1\nfamily: TSE\n");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(scratch_path("case.yaml"), &diags), MRSE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__sequences__kinds_roles_and_words),
        cmocka_unit_test(check__named_protocols__errors_of_each),
    };
    int failed = cmocka_run_group_tests(tests, scratch_begin, scratch_end);

    return failed +
           spec_run_slips(&mrse_spec_case, base, slips, MRSE_COUNT(slips), "sequences of a case");
}
