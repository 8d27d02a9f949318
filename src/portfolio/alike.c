/* How alike two texts are: pieces that say the same twice add nothing to a portfolio.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "mrse/alloc.h"
#include "portfolio_internal.h"

enum { RUN = 5, FEWEST = 40 }; /* words of a run; fewest runs that say anything */

static bool in_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* FNV-1a of the next word, small letters; 0 at the end. */
static uint64_t next_word(const char **text)
{
    const unsigned char *p = (const unsigned char *)*text;
    uint64_t hash = UINT64_C(14695981039346656037);

    while (*p != '\0' && !in_word(*p))
        p++;
    if (*p == '\0')
        return 0;
    for (; in_word(*p); p++)
        hash = (hash ^ (*p >= 'A' && *p <= 'Z' ? *p + 32U : *p)) * UINT64_C(1099511628211);
    *text = (const char *)p;
    return hash != 0 ? hash : 1;
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The different runs of five words, sorted; NULL: no memory. */
static uint64_t *runs_of(const char *text, size_t *n)
{
    size_t words = 0, kept = 0;
    const char *p = text;
    while (next_word(&p) != 0)
        words++;
    uint64_t *run = mrse_alloc(words + 1, sizeof *run), word[RUN] = {0};
    if (run == NULL)
        return NULL;
    p = text;
    for (size_t i = 0; i < words; i++) {
        word[i % RUN] = next_word(&p);
        if (i + 1 < RUN)
            continue;
        uint64_t hash = 0;
        for (size_t k = 0; k < RUN; k++) /* in the order of the text */
            hash = (hash ^ word[(i + 1 + k) % RUN]) * UINT64_C(1099511628211);
        run[kept++] = hash;
    }
    qsort(run, kept, sizeof *run, by_size);
    *n = 0;
    for (size_t i = 0; i < kept; i++)
        if (*n == 0 || run[*n - 1] != run[i])
            run[(*n)++] = run[i];
    return run;
}

double mrse_wording_alike(const char *a, const char *b)
{
    size_t n_a = 0, n_b = 0, common = 0;
    if (a == NULL || b == NULL)
        return NAN;
    uint64_t *run_a = runs_of(a, &n_a), *run_b = runs_of(b, &n_b);
    size_t shorter = n_a < n_b ? n_a : n_b;
    if (run_a != NULL && run_b != NULL)
        for (size_t i = 0, j = 0; i < n_a && j < n_b;) {
            common += run_a[i] == run_b[j];
            bool first = run_a[i] <= run_b[j], second = run_b[j] <= run_a[i];
            i += first;
            j += second;
        }
    mrse_free(run_a);
    mrse_free(run_b);
    return shorter >= FEWEST ? (double)common / (double)shorter : (double)NAN;
}
