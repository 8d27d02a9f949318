/* Tests of src/core/init.c: start-up, version, libraries. SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_log.h>
#include <gsl/gsl_version.h>
#include <jansson.h>
#include <sodium.h>

#include "mrse/mrse.h"

static void *refuse(void *context, void *ptr, size_t size)
{
    (void)ptr;
    if (size > 0)
        ++*(int *)context;
    return NULL;
}

static void init__called_again__succeeds(void **state)
{
    (void)state;
    assert_int_equal(mrse_init(), MRSE_OK);
    assert_int_equal(mrse_init(), MRSE_OK);
}

static void init__then_gsl_domain_error__returns_a_status(void **state)
{
    (void)state;
    gsl_sf_result result;
    assert_int_equal(gsl_sf_log_e(-1, &result), GSL_EDOM);
}

static void init__then_sodium__hashes(void **state)
{
    (void)state;
    /* FIPS 180-2, appendix B.1: SHA-256 of "abc" begins ba7816bf. */
    const unsigned char text[] = {'a', 'b', 'c'};
    unsigned char sum[crypto_hash_sha256_BYTES];
    assert_int_equal(crypto_hash_sha256(sum, text, sizeof text), 0);
    assert_memory_equal(sum, "\xba\x78\x16\xbf", 4);
}

static void init__then_jansson__allocates_through_mrse_alloc(void **state)
{
    (void)state;
    int asked = 0;
    mrse_alloc_set(refuse, &asked);
    json_t *object = json_object();
    mrse_alloc_set(NULL, NULL);
    assert_null(object);
    assert_true(asked > 0);
}

static void version__called__is_the_version_file(void **state)
{
    (void)state;
    char line[32] = "";
    FILE *file = fopen("VERSION", "r");
    if (!file) {
        printf("skipped: not run from the project's root\n");
        skip();
    }
    assert_non_null(fgets(line, sizeof line, file));
    assert_int_equal(fclose(file), 0);
    line[strcspn(line, "\n")] = '\0';
    assert_string_equal(mrse_version(), line);
}

static void commit__called__is_empty_or_an_abbreviated_hash(void **state)
{
    (void)state;
    const char *commit = mrse_commit();
    assert_non_null(commit);
    if (!*commit)
        return;
    assert_true(strspn(commit, "0123456789abcdef") >= 7);
    const char *rest = commit + strspn(commit, "0123456789abcdef");
    assert_true(!*rest || strcmp(rest, "-dirty") == 0);
}

static void libraries__called__names_each_with_its_version(void **state)
{
    (void)state;
    static const char *const names[] = {("GSL " GSL_VERSION),
                                        "jansson ",
                                        "libyaml ",
                                        "libsodium ",
                                        "libpng ",
                                        "cairo ",
                                        "Pango ",
                                        "qpdf "};
    mrse_buf text = {0};
    assert_int_equal(mrse_libraries(&text), MRSE_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *at = strstr(mrse_buf_text(&text), names[i]);
        assert_non_null(at);
        at = strchr(at, ' ') + 1;
        assert_true(*at >= '0' && *at <= '9');
        assert_non_null(memchr(at, '.', strcspn(at, ",")));
    }
    mrse_buf_free(&text);
}

static void libraries__null__is_a_programming_mistake(void **state)
{
    (void)state;
    assert_int_equal(mrse_libraries(NULL), MRSE_ERR_ARG);
}

static void libraries__no_memory__says_so(void **state)
{
    (void)state;
    int asked = 0;
    mrse_buf text = {0};
    mrse_alloc_set(refuse, &asked);
    mrse_status status = mrse_libraries(&text);
    mrse_alloc_set(NULL, NULL);
    assert_int_equal(status, MRSE_ERR_NOMEM);
    assert_true(asked > 0);
    mrse_buf_free(&text);
}

int main(void)
{
    if (mrse_init() != MRSE_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(init__called_again__succeeds),
        cmocka_unit_test(init__then_gsl_domain_error__returns_a_status),
        cmocka_unit_test(init__then_sodium__hashes),
        cmocka_unit_test(init__then_jansson__allocates_through_mrse_alloc),
        cmocka_unit_test(version__called__is_the_version_file),
        cmocka_unit_test(commit__called__is_empty_or_an_abbreviated_hash),
        cmocka_unit_test(libraries__called__names_each_with_its_version),
        cmocka_unit_test(libraries__null__is_a_programming_mistake),
        cmocka_unit_test(libraries__no_memory__says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
