/* Case files: the field of one source at a point, its isocontours, and rides through it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "case_internal.h"

static mrse_source read_source(case_run *run)
{
    mrse_source source = {.type = run->method->source};

    if (source.type == MRSE_SOURCE_COIL) {
        source.r1_m = case_needed(run, "inner", MRSE_KIND_LENGTH);
        source.r2_m = case_needed(run, "outer", MRSE_KIND_LENGTH);
    } else {
        source.r1_m = case_needed(run, "radius", MRSE_KIND_LENGTH);
    }
    if (source.type == MRSE_SOURCE_LOOP) {
        source.z1_m = case_number(run, "position", MRSE_KIND_LENGTH, 0.0);
    } else {
        source.z1_m = case_needed(run, "from", MRSE_KIND_LENGTH);
        source.z2_m = case_needed(run, "to", MRSE_KIND_LENGTH);
    }
    source.current_A = case_needed(run, "current", MRSE_KIND_AMPERE_TURNS);
    return source;
}

/* "0.1 0.3 m", or each with its own unit: distance from the axis, then place along it. */
static void read_point(case_run *run, double *r_m, double *z_m)
{
    static const char blank[] = " \t";
    const char *text = case_text(run, "point", true), *z;
    char first[CASE_TEXT], both[2][CASE_TEXT];
    mrse_quantity q[2];
    size_t n, i;

    *r_m = *z_m = (double)NAN;
    if (!text)
        return;
    n = strcspn(text, blank);
    z = text + n + strspn(text + n, blank);
    mrse_text_copy(first, n + 1 < sizeof first ? n + 1 : sizeof first, text);
    if (strspn(z, "+-.0123456789") == 0) { /* the first has its own unit */
        n = (size_t)(z - text) + strcspn(z, blank);
        mrse_text_copy(first, n + 1 < sizeof first ? n + 1 : sizeof first, text);
        z = text + n + strspn(text + n, blank);
        (void)snprintf(both[0], sizeof both[0], "%s", first);
    } else {
        (void)snprintf(both[0], sizeof both[0], "%.80s %.40s", first,
                       z + strcspn(z, blank) + strspn(z + strcspn(z, blank), blank));
    }
    (void)snprintf(both[1], sizeof both[1], "%s", z);
    for (i = 0; i < 2; i++)
        if (mrse_quantity_read(both[i], MRSE_KIND_LENGTH, &q[i], NULL, NULL) != MRSE_OK) {
            case_wrong(run, "point: '%s' is not a distance from the axis and a place along it",
                       text);
            return;
        }
    *r_m = q[0].si;
    *z_m = q[1].si;
}

static void add_field(case_run *run, const mrse_field *field, const mrse_sfg *sfg)
{
    case_add(run, "Br", MRSE_KIND_FIELD, field->br_T);
    case_add(run, "Bz", MRSE_KIND_FIELD, field->bz_T);
    case_add(run, "dBr/dr", MRSE_KIND_SFG, field->dbr_dr_T_m);
    case_add(run, "dBr/dz", MRSE_KIND_SFG, field->dbr_dz_T_m);
    case_add(run, "dBz/dr", MRSE_KIND_SFG, field->dbz_dr_T_m);
    case_add(run, "dBz/dz", MRSE_KIND_SFG, field->dbz_dz_T_m);
    case_add(run, "Br/r", MRSE_KIND_SFG, field->br_over_r_T_m);
    case_add(run, "B", MRSE_KIND_FIELD, sfg->b_T);
    case_add(run, "grad", MRSE_KIND_SFG, sfg->grad_T_m);
    case_add(run, "grad_r", MRSE_KIND_SFG, sfg->grad_r_T_m);
    case_add(run, "grad_z", MRSE_KIND_SFG, sfg->grad_z_T_m);
    case_add(run, "product", MRSE_KIND_PRODUCT, sfg->product_T2_m);
}

mrse_status case_point(case_run *run)
{
    mrse_source source = read_source(run);
    mrse_magnet magnet = {&source, 1};
    mrse_field field = {0};
    mrse_sfg sfg = {0};
    double r_m, z_m;
    mrse_status status;

    read_point(run, &r_m, &z_m);
    if (run->wrong[0])
        return MRSE_OK;
    status = mrse_field_at(&magnet, r_m, z_m, &field);
    if (status != MRSE_OK)
        return status;
    mrse_sfg_from_field(&field, &sfg);
    add_field(run, &field, &sfg);
    return MRSE_OK;
}

mrse_status case_contour(case_run *run)
{
    mrse_source source = read_source(run);
    mrse_magnet magnet = {&source, 1};
    double level_T = case_needed(run, "level", MRSE_KIND_FIELD);
    mrse_contour *contour = NULL;
    mrse_status status;

    if (run->wrong[0])
        return MRSE_OK;
    status = mrse_contour_trace(&magnet, level_T, NULL, &contour);
    if (status != MRSE_OK)
        return status;
    case_add(run, "z_axis", MRSE_KIND_LENGTH, contour->extents.z_axis_m);
    case_add(run, "r_mid", MRSE_KIND_LENGTH, contour->extents.r_mid_m);
    case_add(run, "z_max", MRSE_KIND_LENGTH, contour->extents.z_max_m);
    case_add(run, "r_max", MRSE_KIND_LENGTH, contour->extents.r_max_m);
    mrse_contour_free(contour);
    return MRSE_OK;
}

mrse_status case_ride(case_run *run)
{
    mrse_source source = read_source(run);
    mrse_magnet magnet = {&source, 1};
    mrse_path path = {.z_start_m = case_number(run, "start", MRSE_KIND_LENGTH, MRSE_RIDE_START_M)};
    mrse_path_maxima at;
    mrse_status status;

    path.r_m = case_needed(run, "r", MRSE_KIND_LENGTH);
    path.z_end_m = case_needed(run, "end", MRSE_KIND_LENGTH);
    if (run->wrong[0])
        return MRSE_OK;
    status = mrse_path_search(&magnet, &path, &at);
    if (status != MRSE_OK)
        return status;
    case_add(run, "B", MRSE_KIND_FIELD, at.b.value);
    case_add(run, "B_z", MRSE_KIND_LENGTH, at.b.z_m);
    case_add(run, "grad", MRSE_KIND_SFG, at.grad.value);
    case_add(run, "grad_z", MRSE_KIND_LENGTH, at.grad.z_m);
    case_add(run, "product", MRSE_KIND_PRODUCT, at.product.value);
    case_add(run, "product_z", MRSE_KIND_LENGTH, at.product.z_m);
    case_add(run, "end_B", MRSE_KIND_FIELD, at.at_end.b_T);
    case_add(run, "end_grad", MRSE_KIND_SFG, at.at_end.grad_T_m);
    return MRSE_OK;
}
