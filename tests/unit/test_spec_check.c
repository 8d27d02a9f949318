/* Whole files: checking a case with the files it names, the reference of the formats, and failing
 * allocations. SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <unistd.h>

#include "mrse/file.h"
#include "mrse/needs.h"
#include "spec_support.h"
#include "support/oom.h"

static const char loop_case[] = "examples/loop-recorder/case.yaml";
static const char cochlear_case[] = "examples/cochlear-implant/case.yaml";

static void write_text(const char *path, const char *text)
{
    assert_int_equal(mrse_file_write(path, text, strlen(text), true, NULL), MRSE_OK);
}

/* A folder of its own for each test, beside it the files that it needs. */
static char folder[] = "/tmp/mrse-spec-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static const char *in_folder(const char *name)
{
    static char path[2][128];
    static unsigned turn;
    char *to = path[turn++ % 2];

    (void)snprintf(to, sizeof path[0], "%s/%s", folder, name);
    return to;
}

static int remove_folder(void **state)
{
    static const char *const name[] = {"case.yaml", "label.yaml", "scanner.yaml", "big.yaml",
                                       "latin.yaml"};

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(name); i++)
        (void)remove(in_folder(name[i]));
    return rmdir(folder);
}

static void check_shipped(const char *path)
{
    static mrse_diags diags;

    mrse_diags_init(&diags);
    if (mrse_spec_check(path, &diags) != MRSE_OK || diags.n > 0) {
        spec_print(&diags);
        fail_msg("%s: an error or a warning", path);
    }
}

static bool is_scanner_file(const char *name)
{
    const char *end = strrchr(name, '.');

    return end && strcmp(end, ".yaml") == 0 && strcmp(name, "TEMPLATE.yaml") != 0;
}

/* Every file of the folder, also those that are added later. */
static void spec_check__every_shipped_scanner__has_no_error(void **state)
{
    DIR *dir = opendir("scanners");
    size_t n = 0;

    (void)state;
    assert_non_null(dir);
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char path[512];

        if (!is_scanner_file(entry->d_name))
            continue;
        (void)snprintf(path, sizeof path, "scanners/%s", entry->d_name);
        check_shipped(path);
        n++;
    }
    (void)closedir(dir);
    assert_in_range(n, 24, 1000);
}

static void spec_check__examples__have_no_error(void **state)
{
    static const char *const file[] = {
        loop_case,
        cochlear_case,
        "examples/loop-recorder/label.yaml",
        "examples/tse-b1rms/after.yaml",
        "examples/dwi-dbdt/after.yaml",
    };

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(file); i++) {
        static mrse_diags diags;

        mrse_diags_init(&diags);
        assert_int_equal(mrse_spec_check(file[i], &diags), MRSE_OK);
        assert_int_equal(diags.n, 0);
        assert_int_equal(mrse_spec_check(file[i], NULL), MRSE_OK);
    }
}

static void spec_check__bad_argument_or_no_file__is_refused(void **state)
{
    static mrse_diags diags;

    (void)state;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(NULL, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_spec_check(in_folder("none.yaml"), &diags), MRSE_ERR_IO);
    assert_int_equal(diags.errors, 1);
    write_text(in_folder("label.yaml"), "id: a\n");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("label.yaml"), &diags), MRSE_ERR_INPUT);
    assert_non_null(strstr(diags.item[0].text, "such as 'mrse: case/1'"));
}

#define CASE_HEAD                                                                                  \
    "mrse: case/1\ntitle: t\nquestion: q\nsimulated: yes\nauthor: {name: A}\n"                     \
    "reasoning: r\nconclusion: c\nresidual_risk: r\ndecides: d\n"                                  \
    "scan: {landmark: l, entry: head first, posture: supine}\n"

#define LABEL                                                                                      \
    "mrse: label/1\nid: a\ndevice: D\nmanufacturer: M\nstatus: MR Conditional\n"                   \
    "checked: 2026-11-22\ncomplete: yes\nsources: {s: {origin: manufacturer, title: T}}\n"         \
    "document: s\nbranches:\n  - name: magnet in\n    b0: [1.5 T]\n"                               \
    "    limits: [{quantity: sfg, limit: <= 3 T/m, printed: p}]\n"

static void spec_check__case__reports_the_files_it_names(void **state)
{
    static mrse_diags diags;

    (void)state;
    write_text(in_folder("case.yaml"), CASE_HEAD "scanner: scanner.yaml\nimplants:\n"
                                                 "  - {name: a, label: label.yaml}\n"
                                                 "  - {name: b, label: label.yaml}\n");
    write_text(in_folder("label.yaml"), "mrse: label/1\nid: a b\n");
    write_text(in_folder("scanner.yaml"), "mrse: scanner/1\nid: a\nname: 'x\n");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("case.yaml"), &diags), MRSE_ERR_INPUT);
    assert_string_equal(diags.item[0].file, in_folder("scanner.yaml"));
    assert_int_equal(diags.item[0].line, 3);
    assert_string_equal(diags.item[1].file, in_folder("label.yaml"));
    assert_int_equal(diags.errors, 1 + 1 + 5); /* the label once, though two implants have it */
}

static void spec_check__case__missing_files_are_named(void **state)
{
    static mrse_diags diags;

    (void)state;
    write_text(in_folder("case.yaml"), CASE_HEAD "scanner: none.yaml\nimplants:\n"
                                                 "  - {name: a, label: nothing.yaml}\n");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("case.yaml"), &diags), MRSE_ERR_IO);
    assert_int_equal(diags.errors, 2);
    assert_string_equal(diags.item[0].file, in_folder("none.yaml"));
    assert_string_equal(diags.item[1].file, in_folder("nothing.yaml"));
}

static void spec_check__case__branch_must_be_the_labels(void **state)
{
    static mrse_diags diags;

    (void)state;
    write_text(in_folder("case.yaml"),
               CASE_HEAD "scanner: label.yaml\nimplants:\n"
                         "  - {name: a, label: label.yaml, branch: magnet in}\n"
                         "  - {name: b, label: label.yaml, branch: magnet on}\n"
                         "  - {name: c, label: label.yaml}\n");
    write_text(in_folder("label.yaml"), LABEL);
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("case.yaml"), &diags), MRSE_ERR_INPUT);
    assert_int_equal(diags.errors, 2);
    assert_string_equal(diags.item[0].text, "this is a label file; a scanner file is needed");
    assert_string_equal(diags.item[1].text, "the label has no branch 'magnet on'");
    assert_string_equal(diags.item[1].field, "implants[1].branch");
    assert_string_equal(diags.item[1].file, in_folder("case.yaml"));
    assert_int_equal(diags.item[1].line, 14);
    assert_string_equal(diags.item[1].hint,
                        "did you mean 'magnet in'? branches of the label: magnet in");
}

static void spec_check__branch_of_a_label_without__is_refused(void **state)
{
    static mrse_diags diags;

    (void)state;
    write_text(in_folder("case.yaml"), CASE_HEAD "scanner: none.yaml\nimplants:\n"
                                                 "  - {name: a, label: label.yaml, branch: x}\n");
    write_text(in_folder("label.yaml"), "mrse: label/1\nid: a\ndevice: D\nmanufacturer: M\n"
                                        "status: MR Unlabelled\nchecked: 2026-11-22\n"
                                        "complete: yes\n");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("case.yaml"), &diags), MRSE_ERR_IO);
    assert_int_equal(diags.errors, 2);
    assert_string_equal(diags.item[1].text, "the label has no branch 'x'");
}

static void spec_check__file_beyond_1_MiB__is_refused(void **state)
{
    static mrse_diags diags;
    size_t n = MRSE_FILE_MAX + 1;
    char *text = malloc(n + 1);

    (void)state;
    assert_non_null(text);
    memset(text, '#', n);
    text[n] = '\0';
    memcpy(text, "mrse: label/1\n", 14);
    assert_int_equal(mrse_file_write(in_folder("big.yaml"), text, n, true, NULL), MRSE_OK);
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("big.yaml"), &diags), MRSE_ERR_LIMIT);
    /* one byte less is read: then the keys are missing */
    assert_int_equal(mrse_file_write(in_folder("big.yaml"), text, n - 1, true, NULL), MRSE_OK);
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("big.yaml"), &diags), MRSE_ERR_INPUT);
    assert_int_equal(diags.errors, 6);
    free(text);
}

static void spec_check__encodings__utf8_only_with_or_without_mark(void **state)
{
    static mrse_diags diags;

    (void)state;
    write_text(in_folder("latin.yaml"), "mrse: label/1\nid: a\ndevice: \xE4\n");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("latin.yaml"), &diags), MRSE_ERR_INPUT);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.item[0].line, 3);
    assert_int_equal(
        mrse_file_write(in_folder("latin.yaml"), "mrse: label/1\nid: \0\n", 20, true, NULL),
        MRSE_OK);
    assert_int_equal(mrse_spec_check(in_folder("latin.yaml"), NULL), MRSE_ERR_INPUT);
    write_text(in_folder("latin.yaml"), "\xEF\xBB\xBF" LABEL);
    mrse_diags_init(&diags);
    assert_int_equal(mrse_spec_check(in_folder("latin.yaml"), &diags), MRSE_OK);
}

/* ---- the reference ---- */

static void reference__every_key_of_every_format__is_there(void **state)
{
    static const char *const row[] = {
        "| `value` | quantity | yes |",
        "| `sources.ID.because` | text |  |",
        "| `bore.diameter` | number: length, 10.0 cm to 2.00 m |  |",
        "| `static_field.coils[].winding.ampere_turns` | quantity: ampere-turns",
        "| `static_field.uncertainty.because` | text | yes |",
        "| `also` | quantity |",
        "| `branches[].limits` | list of maps: a limit |",
        "## label/1: a chain of limits",
        "| `branches[].b0` | list of numbers: main field",
        "| `implants[].position.u_x` | length or % |",
        "| `scan.posture` | `supine`, `prone`, `left lateral`, `right lateral` | yes |",
        "| `author.name` | text | yes |",
        "relative standard uncertainty of \\|B\\|",
        "| `id` | id, up to 64 characters | yes |",
        "| `train.etl` | whole number, 1 to 10000 |  |",
        "| `acquisition.partial_phase` | plain number, 0.500 to 1 |  |",
        "| `gradients.safe.x.a` | list of three: plain numbers, 0 to 10 | yes |",
        "| `gradients.safe.x.tau` | list of three: time, ",
        "| `object/1` | ",
        "| `# azimuth_u:` | angle |",
        "## Test case",
    };
    mrse_buf out = {0};

    (void)state;
    assert_int_equal(mrse_spec_reference(&out), MRSE_OK);
    for (size_t i = 0; i < MRSE_COUNT(row); i++)
        if (!strstr(out.data, row[i]))
            fail_msg("no line '%s'", row[i]);
    assert_int_equal(mrse_spec_reference(NULL), MRSE_ERR_ARG);
    mrse_buf_free(&out);
}

static void check_schema(const mrse_schema *schema, const mrse_buf *reference, const char *path)
{
    char line[MRSE_SPEC_PATH];

    assert_in_range(schema->n, 1, MRSE_SPEC_FIELDS);
    for (size_t i = 0; i < schema->n; i++) {
        const mrse_field_spec *field = &schema->field[i];

        (void)snprintf(line, sizeof line, "| `%s%s` |", path, field->key);
        if (!strstr(reference->data, line))
            fail_msg("no line '%s'", line);
        assert_non_null(field->doc);
        assert_in_range(strlen(field->key), 1, MRSE_SPEC_NAME);
        if (field->kind != MRSE_KIND_NONE)
            assert_true(field->min < field->max);
        if (field->type == MRSE_FIELD_LIST)
            assert_true(field->child->size > 0);
        (void)snprintf(line, sizeof line, "%s%s%s.", path, field->key,
                       field->type == MRSE_FIELD_LIST ? "[]" : "");
        if (field->child && field->child->apart)
            line[0] = '\0'; /* in a table of its own */
        if (field->child)
            check_schema(field->child, reference, line);
    }
}

static void reference__tables__are_complete(void **state)
{
    mrse_buf out = {0};

    (void)state;
    assert_int_equal(mrse_spec_reference(&out), MRSE_OK);
    check_schema(mrse_spec_scanner.schema, &out, "");
    check_schema(mrse_spec_label.schema, &out, "");
    check_schema(mrse_spec_case.schema, &out, "");
    check_schema(mrse_spec_sequence.schema, &out, "");
    check_schema(&mrse_spec_value_schema, &out, "");
    check_schema(&mrse_spec_source_schema, &out, "sources.ID.");
    mrse_buf_free(&out);
}

/* ---- failing allocations ---- */

static mrse_status check_file(void *context)
{
    return mrse_spec_check(context, NULL);
}

static mrse_status check_needs(void *context)
{
    mrse_needs needs;
    mrse_status status = mrse_needs_check(context, &needs, NULL);

    mrse_needs_clear(&needs);
    return status;
}

static mrse_status write_reference(void *context)
{
    mrse_buf out = {0};
    mrse_status status = mrse_spec_reference(&out);

    (void)context;
    mrse_buf_free(&out);
    return status;
}

typedef struct text_work {
    const mrse_format *format;
    const char *text;
} text_work;

static mrse_status read_work(void *context)
{
    const text_work *work = context;
    static mrse_diags diags;
    void *object;
    mrse_status status;

    mrse_diags_init(&diags);
    status = mrse_spec_read_text(work->format, "f", work->text, strlen(work->text), &object, NULL,
                                 &diags);
    if (status != MRSE_OK && object)
        return MRSE_ERR_ARG;
    mrse_spec_object_free(work->format, object);
    return status;
}

/* Each with an error that needs memory to be explained. */
static const char *const wrong[] = {
    "mrse: label/1\nid: a\ndevice: D\nmanufacturer: M\nstatus: MR Conditional\n"
    "checked: 2026-11-22\ncomplete: yes\nsources: {s: {origin: manufacturer, title: T}}\n"
    "document: s\nbranches:\n  - name: magnet in\n    b0: [1.5 T, 200 T]\n"
    "    limits: [{quantity: sfg, limit: <= 3 T/m/s, printed: p}]\n",
};

static void out_of_memory__each_allocation_of_ours__is_reported_and_leaks_nothing(void **state)
{
    char loop[sizeof loop_case], cochlear[sizeof cochlear_case];
    char magnet[] = "scanners/reference-m15.yaml", sheet[] = "scanners/example-data-sheet.yaml";
    text_work work = {&mrse_spec_label, wrong[0]};

    (void)state;
    memcpy(loop, loop_case, sizeof loop);
    memcpy(cochlear, cochlear_case, sizeof cochlear);
    assert_in_range(oom_exhaust(check_file, loop), 100, 100000);
    assert_in_range(oom_exhaust(check_file, cochlear), 100, 100000);
    assert_in_range(oom_exhaust(check_file, magnet), 10, 100000);
    assert_in_range(oom_exhaust(check_needs, sheet), 20, 100000);
    assert_in_range(oom_exhaust(write_reference, NULL), 3, 100000);
    assert_in_range(oom_exhaust(read_work, &work), 10, 100000);
}

static void out_of_memory__each_malloc__is_reported_and_leaks_nothing(void **state)
{
    char cochlear[sizeof cochlear_case];
    text_work work = {&mrse_spec_label, wrong[0]};

    (void)state;
    memcpy(cochlear, cochlear_case, sizeof cochlear);
    if (!oom_libc_available()) {
        print_message("skipped: malloc cannot be replaced here\n");
        return;
    }
    assert_in_range(oom_exhaust_libc(check_file, cochlear, 0), 100, 1000000);
    assert_in_range(oom_exhaust_libc(read_work, &work, 0), 20, 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spec_check__examples__have_no_error),
        cmocka_unit_test(spec_check__every_shipped_scanner__has_no_error),
        cmocka_unit_test(spec_check__bad_argument_or_no_file__is_refused),
        cmocka_unit_test(spec_check__case__reports_the_files_it_names),
        cmocka_unit_test(spec_check__case__missing_files_are_named),
        cmocka_unit_test(spec_check__case__branch_must_be_the_labels),
        cmocka_unit_test(spec_check__branch_of_a_label_without__is_refused),
        cmocka_unit_test(spec_check__file_beyond_1_MiB__is_refused),
        cmocka_unit_test(spec_check__encodings__utf8_only_with_or_without_mark),
        cmocka_unit_test(reference__every_key_of_every_format__is_there),
        cmocka_unit_test(reference__tables__are_complete),
        cmocka_unit_test(out_of_memory__each_allocation_of_ours__is_reported_and_leaks_nothing),
        cmocka_unit_test(out_of_memory__each_malloc__is_reported_and_leaks_nothing),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
