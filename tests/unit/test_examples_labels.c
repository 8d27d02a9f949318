/* The teaching labels in examples/labels: each is read without a message and can never give an
 * overall MET, and each holds every number of the record of public facts that it was written from
 * (labels/labels.yaml under MRSE_GOLDEN_DIR, when it is there).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/case.h"
#include "mrse/label.h"
#include "mrse/text.h"
#include "support/close.h"
#include "support/golden.h"

/* Those of the record, and two from pages that it does not hold. */
enum { RECORDED = 41, EXTRA = 2, MOST_NUMBERS = 2048, LONGEST = 32768, PATH = 512 };

static const char folder[] = "examples/labels";

static const char *label_path(const char *id)
{
    static char path[PATH];
    const int n = snprintf(path, sizeof path, "%s/%s.yaml", folder, id);

    assert_in_range(n, 1, (int)sizeof path - 1);
    return path;
}

static mrse_label *load(const char *path)
{
    static mrse_diags diags;
    mrse_label *label = NULL;

    diags = (mrse_diags){0};
    if (mrse_label_load(path, &label, &diags) != MRSE_OK || diags.n != 0) {
        fail_msg("%s: %s", path, diags.n > 0 ? diags.item[0].text : "not read");
    }
    return label;
}

/* ---- every file ---- */

/* Whatever can be judged names a document that the file describes. */
static void check_words(const mrse_label *label, const mrse_label_terms *terms)
{
    mrse_label_words words;

    for (size_t i = 0; mrse_label_words_at(terms, i, &words); i++) {
        if (mrse_source_find(&label->sources, words.source) == NULL) {
            fail_msg("%s:%d: no source", label->path, words.line);
        }
    }
}

static void check_label(const mrse_label *label, const char *id)
{
    const mrse_document_source *document = mrse_source_find(&label->sources, label->document);

    assert_string_equal(label->id, id);
    assert_string_equal(label->stamp, "teaching, not current labelling");
    assert_int_not_equal(label->evidence, MRSE_EVIDENCE_UNKNOWN);
    assert_true(label->partial);
    assert_int_equal(label->checked.year, 2026);
    assert_int_equal(label->recheck.year, 2027);
    assert_non_null(document);
    for (size_t i = 0; i < label->sources.n; i++) {
        assert_int_equal(label->sources.item[i].read.year, 2026);
    }
    assert_non_null(document->address);
    assert_memory_equal(document->address, "http", 4);
    check_words(label, &label->must);
    for (size_t i = 0; i < label->n_branches; i++) {
        check_words(label, &label->branch[i].must);
    }
}

static void example_labels__every_file__is_read_without_message(void **state)
{
    DIR *dir = opendir(folder);
    size_t n = 0;

    (void)state;
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        char id[PATH] = "";
        const char *end = strstr(e->d_name, ".yaml");

        if (end == NULL || end[5] != '\0' || strlen(e->d_name) >= sizeof id) {
            continue;
        }
        memcpy(id, e->d_name, (size_t)(end - e->d_name));
        mrse_label *label = load(label_path(id));
        check_label(label, id);
        mrse_label_free(label);
        n++;
    }
    (void)closedir(dir);
    assert_int_equal(n, RECORDED + EXTRA);
}

/* ---- numbers ---- */

typedef struct number {
    double v;
    bool is_sfg; /* in T/m, as the record converts what the label prints */
} number;

static bool is_word(char c)
{
    return isalnum((unsigned char)c) != 0 || c == '_';
}

/* A key has digits of its own: "b0_T:". Where it ends, or NULL when the text starts with none. */
static const char *after_key(const char *text)
{
    const char *end = text;

    if (isalpha((unsigned char)*text) == 0) {
        return NULL;
    }
    while (is_word(*end)) {
        end++;
    }
    return end[0] == ':' && (end[1] == ' ' || end[1] == '\n') ? end : NULL;
}

/* "3,000" is one number, "1000,1500" two. */
static bool is_thousands(const char *start, const char *comma)
{
    return *comma == ',' && comma - start <= 3 && isdigit((unsigned char)comma[1]) != 0 &&
           isdigit((unsigned char)comma[2]) != 0 && isdigit((unsigned char)comma[3]) != 0 &&
           isdigit((unsigned char)comma[4]) == 0;
}

static const char *take_number(const char *text, double *out)
{
    char copy[64] = "";
    const char *start = text;
    size_t n = 0;

    while (isdigit((unsigned char)*text) != 0 || *text == '.' || is_thousands(start, text)) {
        if (*text == '.' && (strchr(copy, '.') != NULL || isdigit((unsigned char)text[1]) == 0)) {
            break;
        }
        assert_in_range(n, 0, sizeof copy - 2);
        if (*text != ',') {
            copy[n++] = *text;
        }
        text++;
    }
    *out = strtod(copy, NULL);
    return text;
}

static size_t numbers(const char *text, number *out)
{
    size_t n = 0;
    bool is_sfg = false, within = false; /* a word */

    while (*text != '\0') {
        const char *end = within ? NULL : after_key(text);

        if (end != NULL) {
            is_sfg = strncmp(text, "T_per_m:", 8) == 0;
            text = end;
        } else if (isdigit((unsigned char)*text) != 0) {
            assert_in_range(n, 0, MOST_NUMBERS - 1);
            out[n].is_sfg = is_sfg;
            text = take_number(text, &out[n++].v);
            is_sfg = false;
        } else {
            within = is_word(*text);
            text++;
        }
    }
    return n;
}

static bool has_sfg_in(const mrse_label_terms *terms, double sfg_T_m)
{
    for (size_t i = 0; i < terms->n_limits; i++) {
        const mrse_value *limit = &terms->limit[i].limit.value;
        if (limit->kind == MRSE_KIND_SFG && fabs(limit->v - sfg_T_m) <= 1e-12 * sfg_T_m) {
            return true;
        }
    }
    return false;
}

static bool has_sfg(const mrse_label *label, double sfg_T_m)
{
    for (size_t i = 0; i < label->n_branches; i++) {
        if (has_sfg_in(&label->branch[i].must, sfg_T_m)) {
            return true;
        }
    }
    return has_sfg_in(&label->must, sfg_T_m);
}

/* Dates of reading, addresses and the licence have numbers that say nothing of the device. */
static void blank_house_keeping(char *text)
{
    static const char *const keys[] = {"#", "mrse:", "address:", "read:", "checked:", "recheck:"};

    for (char *line = text; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *key = line + strspn(line, " ");
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            if (strncmp(key, keys[i], strlen(keys[i])) == 0) {
                memset(line, ' ', strcspn(line, "\n"));
                break;
            }
        }
    }
}

typedef struct written {
    mrse_label *label;
    number number[MOST_NUMBERS];
    size_t n;
} written;

static void open_written(written *w, const char *id)
{
    static char text[LONGEST];
    FILE *file = fopen(label_path(id), "rb");

    if (file == NULL) {
        fail_msg("no %s", label_path(id));
        return;
    }
    const size_t n = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    assert_in_range(n, 1, sizeof text - 2);
    text[n] = '\0';
    blank_house_keeping(text);
    w->n = numbers(text, w->number);
    mrse_label_free(w->label);
    w->label = load(label_path(id));
}

static bool holds(const written *w, const number *want)
{
    if (want->is_sfg) {
        return has_sfg(w->label, want->v);
    }
    for (size_t i = 0; i < w->n; i++) {
        if (w->number[i].v == want->v) {
            return true;
        }
    }
    return false;
}

/* Counts tell nothing of the device, and addresses are those of copies. */
static bool is_fact(const char *line)
{
    static const char *const skipped[] = {"  source:", "  vocab:", "  evidence:", "#"};

    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
        if (strncmp(line, skipped[i], strlen(skipped[i])) == 0) {
            return false;
        }
    }
    return true;
}

static size_t compare(golden *g, written *w)
{
    static char line[LONGEST];
    static number found[MOST_NUMBERS];
    size_t labels = 0, missing = 0;

    while (fgets(line, sizeof line, g->file) != NULL) {
        g->line++;
        if (strncmp(line, "- id: ", 6) == 0) {
            line[strcspn(line, "\n")] = '\0';
            open_written(w, line + 6);
            labels++;
            continue;
        }
        const size_t n = labels > 0 && is_fact(line) ? numbers(line, found) : 0;
        for (size_t i = 0; i < n; i++) {
            if (!holds(w, &found[i])) {
                print_error("%s:%zu: %g%s is not in %s\n", g->name, g->line, found[i].v,
                            found[i].is_sfg ? " T/m" : "", w->label->id);
                missing++;
            }
        }
    }
    assert_int_equal(missing, 0);
    return labels;
}

static void example_labels__numbers_of_the_record__all_are_there(void **state)
{
    static written w;
    golden g;

    (void)state;
    if (!golden_open(&g, "labels/labels.yaml")) {
        return;
    }
    assert_int_equal(compare(&g, &w), RECORDED);
    golden_close(&g);
    mrse_label_free(w.label);
}

/* The comparison itself: what it takes for a number. */
static void numbers__keys_and_thousands__are_told_apart(void **state)
{
    static number n[MOST_NUMBERS];

    (void)state;
    assert_int_equal(numbers("b0_T: [1.5, 3.0], sfg: \"3,000 G/cm\", T_per_m: 30}", n), 4);
    assert_rel(n[1].v, 3, 0);
    assert_rel(n[2].v, 3000, 0);
    assert_false(n[2].is_sfg);
    assert_rel(n[3].v, 30, 0);
    assert_true(n[3].is_sfg);
    assert_int_equal(numbers("IPG1000,1500, sw 9.5.2", n), 4);
    assert_rel(n[0].v, 1000, 0);
    assert_rel(n[2].v, 9.5, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example_labels__every_file__is_read_without_message),
        cmocka_unit_test(example_labels__numbers_of_the_record__all_are_there),
        cmocka_unit_test(numbers__keys_and_thousands__are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
