/* Two files of ours, key by key. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char OLD[] = "mrse: label/1\nid: a\ntitle: |\n  two\n  lines\nlist: [one, two]\n"
                          "branches:\n"
                          "  - name: 1.5 T\n    limits:\n"
                          "      - {quantity: sfg, limit: <= 2500 G/cm}\n"
                          "      - {quantity: b1-rms, limit: <= 2.0 uT}\n"
                          "      - {quantity: b1-rms, limit: <= 3.0 uT}\n"
                          "  - name: 3 T\n    note: gone\n";

static mrse_file_diff *diff_of(const char *after)
{
    char old[1024];
    mrse_file_diff *diff = NULL;
    mrse_text_copy(old, sizeof old, scratch_write("old.yaml", OLD));
    assert_int_equal(mrse_file_diff_run(old, scratch_write("new.yaml", after), &diff, NULL),
                     MRSE_OK);
    return diff;
}

static const mrse_file_change *find(const mrse_file_diff *diff, const char *path)
{
    for (size_t i = 0; i < diff->n; i++)
        if (strcmp(diff->change[i].path, path) == 0)
            return &diff->change[i];
    fail_msg("nothing about '%s'", path);
    return NULL;
}

static void file_diff__order_and_comments__nothing(void **state)
{
    (void)state;
    mrse_file_diff *diff =
        diff_of("# a comment\nmrse: label/1\nbranches:\n  - note: gone\n    name: 3 T\n"
                "  - limits:\n      - {limit: <= 2.0 uT, quantity: b1-rms}\n"
                "      - {quantity: b1-rms, limit: <= 3.0 uT}\n"
                "      - {quantity: sfg, limit: <= 2500 G/cm}\n    name: \"1.5 T\"\n"
                "list: [two, one]\ntitle: |\n  two\n  lines\nid: a\n");
    assert_int_equal(diff->n, 0);
    mrse_file_diff_free(diff);
}

static void file_diff__changed_added_removed__each_with_its_lines(void **state)
{
    (void)state;
    mrse_file_diff *diff =
        diff_of("mrse: label/1\nid: b\ntitle: |\n  two\n  lines\nlist: [one, three]\n"
                "new: here\nbranches:\n  - name: 1.5 T\n    limits:\n"
                "      - {quantity: sfg, limit: <= 3000 G/cm}\n"
                "      - {quantity: b1-rms, limit: <= 2.0 uT}\n"
                "      - {quantity: b1-rms, limit: <= 2.5 uT}\n");
    const mrse_file_change *c = find(diff, "branches[1.5 T].limits[sfg].limit");
    assert_string_equal(c->before, "<= 2500 G/cm");
    assert_string_equal(c->after, "<= 3000 G/cm");
    assert_int_equal(c->line_before, 10);
    assert_int_equal(c->line_after, 11);
    c = find(diff, "branches[1.5 T].limits[b1-rms].limit"); /* the second of two twins */
    assert_string_equal(c->before, "<= 3.0 uT");
    assert_string_equal(c->after, "<= 2.5 uT");
    c = find(diff, "branches[3 T]");
    assert_string_equal(c->before, "{name: 3 T, note: gone}");
    assert_null(c->after);
    c = find(diff, "new");
    assert_null(c->before);
    assert_string_equal(c->after, "here");
    assert_non_null(find(diff, "list[two]"));
    assert_non_null(find(diff, "list[three]"));
    assert_non_null(find(diff, "id"));
    assert_int_equal(diff->n, 7);
    mrse_file_diff_free(diff);
}

static void file_diff__another_shape__whole(void **state)
{
    (void)state;
    mrse_file_diff *diff = diff_of("mrse: label/1\nid: {a: 1}\n");
    const mrse_file_change *c = find(diff, "id");
    assert_string_equal(c->before, "a");
    assert_string_equal(c->after, "{a: 1}");
    mrse_file_diff_free(diff);
}

static void file_diff__not_readable__said(void **state)
{
    mrse_file_diff *diff;
    mrse_diags diags;
    char good[1024];
    (void)state;
    mrse_text_copy(good, sizeof good, scratch_write("old.yaml", OLD));
    mrse_diags_init(&diags);
    assert_int_equal(mrse_file_diff_run(good, scratch_path("nowhere.yaml"), &diff, &diags),
                     MRSE_ERR_IO);
    assert_int_equal(mrse_file_diff_run(good, scratch_write("bad.yaml", "a: [\n"), &diff, &diags),
                     MRSE_ERR_INPUT);
    assert_null(diff);
    assert_int_equal(diags.errors, 2);
    assert_int_equal(mrse_file_diff_run(NULL, good, &diff, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_file_diff_run(good, good, NULL, NULL), MRSE_ERR_ARG);
    mrse_file_diff_free(NULL);
}

static mrse_status run(void *context)
{
    mrse_file_diff *diff = NULL;
    const char *const *path = context;
    mrse_status status = mrse_file_diff_run(path[0], path[1], &diff, NULL);
    mrse_file_diff_free(diff);
    return status;
}

static void file_diff__no_memory__says_so(void **state)
{
    char a[1024], b[1024];
    const char *path[] = {a, b};
    (void)state;
    mrse_text_copy(a, sizeof a, scratch_write("old.yaml", OLD));
    mrse_text_copy(b, sizeof b, scratch_write("new.yaml", "mrse: label/1\nnew: {a: [1, 2]}\n"));
    assert_true(oom_exhaust(run, path) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_diff__order_and_comments__nothing),
        cmocka_unit_test(file_diff__changed_added_removed__each_with_its_lines),
        cmocka_unit_test(file_diff__another_shape__whole),
        cmocka_unit_test(file_diff__not_readable__said),
        cmocka_unit_test(file_diff__no_memory__says_so),
    };
    return cmocka_run_group_tests_name("file_diff", tests, scratch_begin, scratch_end);
}
