/* Sites made up for tests: a loop at the origin of the plan, and what each test puts around it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_SITE_SUPPORT_H
#define MRSE_TEST_SITE_SUPPORT_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "mrse/site_study.h"
#include "support/close.h"

#define A_M 0.5
static const double CURRENT_A = 2e5, U_MODEL = 0.02;

static mrse_source loop = {MRSE_SOURCE_LOOP, A_M, 0, 0, 0, 2e5};

typedef struct room {
    mrse_scanner scanner;
    mrse_study study;
    mrse_site site;
    mrse_site_line line;
    mrse_site_place place[8];
    mrse_site_item item;
    mrse_site_storey storey;
    mrse_site_study *result;
} room;

static inline mrse_value known(double v, double u)
{
    mrse_value value = mrse_value_computed(v, u, MRSE_KIND_LENGTH, "");

    value.origin = MRSE_ORIGIN_MEASURED;
    return value;
}

/* A loop at the origin of the plan, 1 m above the floor, its axis along x. */
static inline void begin(room *m, double u_m)
{
    memset(m, 0, sizeof *m);
    loop.current_A = CURRENT_A;
    m->study.scanner = &m->scanner;
    m->study.model.magnet = (mrse_magnet){&loop, 1};
    m->study.model.u_field = U_MODEL;
    m->study.model.u_grad = U_MODEL;
    m->study.basis = known(0, 0);
    m->site.name = (char *)(uintptr_t) "room";
    m->site.magnet.x = m->site.magnet.y = known(0, 0);
    m->site.magnet.height = known(1, 0);
    m->site.magnet.azimuth = known(0, 0);
    m->site.magnet.u = known(u_m, 0);
}

static inline void add_line(room *m, mrse_site_kind kind, bool closed, size_t n, const double *xy,
                            double u_m)
{
    for (size_t i = 0; i < n; i++)
        m->place[i] = (mrse_site_place){xy[2 * i], xy[2 * i + 1]};
    m->line = (mrse_site_line){
        .kind = kind, .place = m->place, .n = n, .closed = closed, .u = known(u_m, 0)};
    m->line.named[kind] = (char *)(uintptr_t) "line";
    m->site.outline = &m->line;
    m->site.n_outlines = 1;
}

static inline mrse_site_limit limit_of(double b_T)
{
    mrse_site_limit limit = {.limit = {MRSE_OP_LE, known(b_T, 0), 0}};

    limit.limit.value.kind = MRSE_KIND_FIELD;
    limit.limit.value.basis = MRSE_BASIS_DECLARED;
    return limit;
}

static inline void add_item(room *m, double x_m, double y_m, double within_m, double u_m,
                            double limit_T)
{
    m->item = (mrse_site_item){.name = (char *)(uintptr_t) "item",
                               .x = known(x_m, 0),
                               .y = known(y_m, 0),
                               .height = mrse_value_missing(MRSE_KIND_LENGTH),
                               .within = known(within_m, 0),
                               .u = known(u_m, 0),
                               .limit = limit_of(limit_T)};
    m->site.item = &m->item;
    m->site.n_items = 1;
}

static inline const mrse_site_study *run(room *m)
{
    mrse_site_study_free(m->result);
    assert_int_equal(mrse_site_study_run(&m->study, &m->site, &m->result), MRSE_OK);
    return m->result;
}

static inline void end(room *m)
{
    mrse_site_study_free(m->result);
}

/* On the axis of a loop: mu0 I a^2 / 2 (a^2 + z^2)^1.5. */
static inline double on_axis(double z_m)
{
    return MRSE_MU0 * CURRENT_A * A_M * A_M / (2 * pow(A_M * A_M + z_m * z_m, 1.5));
}

#endif
