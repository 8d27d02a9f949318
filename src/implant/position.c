/* Where an implant is, and what its ride into the magnet meets.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/position.h"

#include <math.h>
#include <string.h>

/* Patient axes to room axes: horizontal (any sense: only r matters) and up. */
static void to_room(const mrse_position *p, double *across_m, double *up_m)
{
    switch (p->posture) {
    case MRSE_POSTURE_PRONE:
        *across_m = -p->x_m;
        *up_m = -p->y_m;
        return;
    case MRSE_POSTURE_LEFT_LATERAL:
        *across_m = p->y_m;
        *up_m = -p->x_m;
        return;
    case MRSE_POSTURE_RIGHT_LATERAL:
        *across_m = -p->y_m;
        *up_m = p->x_m;
        return;
    case MRSE_POSTURE_SUPINE:
        break;
    }
    *across_m = p->x_m;
    *up_m = p->y_m;
}

mrse_status mrse_position_place(const mrse_position *position, double place_m[3],
                                double u_place_m[3])
{
    if (place_m == NULL || u_place_m == NULL)
        return MRSE_ERR_ARG;
    for (int i = 0; i < 3; i++)
        place_m[i] = u_place_m[i] = (double)NAN;
    if (position == NULL)
        return MRSE_ERR_ARG;
    const bool lateral = position->posture == MRSE_POSTURE_LEFT_LATERAL ||
                         position->posture == MRSE_POSTURE_RIGHT_LATERAL;
    double across_m, up_m;
    to_room(position, &across_m, &up_m);
    up_m += position->couch_height_m;
    double z_m = position->entry == MRSE_ENTRY_FEET_FIRST ? position->z_m : -position->z_m;
    if (!isfinite(across_m) || !isfinite(up_m) || !isfinite(z_m))
        return MRSE_ERR_ARG;
    place_m[0] = across_m;
    place_m[1] = up_m;
    place_m[2] = z_m;
    u_place_m[0] = lateral ? position->u_y_m : position->u_x_m;
    u_place_m[1] = hypot(lateral ? position->u_x_m : position->u_y_m, position->u_couch_m);
    u_place_m[2] = position->u_z_m;
    return MRSE_OK;
}

mrse_status mrse_position_path(const mrse_position *position, mrse_path *path)
{
    if (path == NULL)
        return MRSE_ERR_ARG;
    memset(path, 0, sizeof *path);
    if (position == NULL)
        return MRSE_ERR_ARG;
    double across_m, up_m;
    to_room(position, &across_m, &up_m);
    double r_m = hypot(across_m, up_m + position->couch_height_m);
    double z_end_m = position->entry == MRSE_ENTRY_FEET_FIRST ? position->z_m : -position->z_m;
    if (!isfinite(r_m) || !isfinite(z_end_m) || fabs(z_end_m) >= MRSE_RIDE_START_M)
        return MRSE_ERR_ARG;
    path->r_m = r_m;
    path->z_start_m = MRSE_RIDE_START_M;
    path->z_end_m = z_end_m;
    return MRSE_OK;
}

/* Places tried on either side of the stated one: the worst need not be the farthest. */
enum { STEPS = 4 };

/* Largest change of each maximum when one coordinate moves by up to two standard uncertainties
 * either way, halved: U = 2u then covers that displacement even where the field bends away. */
typedef struct spread {
    double b_T, grad_T_m, product_T2_m;
} spread;

static mrse_status shifted_maxima(const mrse_magnet *magnet, const mrse_position *shifted,
                                  const mrse_path_maxima *at, spread *worst)
{
    mrse_path path;
    mrse_path_maxima there;
    mrse_status status = mrse_position_path(shifted, &path);
    if (status == MRSE_OK)
        status = mrse_path_search(magnet, &path, &there);
    if (status != MRSE_OK)
        return status;
    worst->b_T = fmax(worst->b_T, fabs(there.b.value - at->b.value) / 2.0);
    worst->grad_T_m = fmax(worst->grad_T_m, fabs(there.grad.value - at->grad.value) / 2.0);
    worst->product_T2_m =
        fmax(worst->product_T2_m, fabs(there.product.value - at->product.value) / 2.0);
    return MRSE_OK;
}

static mrse_status position_spread(const mrse_magnet *magnet, const mrse_position *position,
                                   const mrse_path_maxima *at, spread *total)
{
    mrse_position moved = *position;
    struct {
        double *coordinate;
        double u_m;
    } axis[] = {{&moved.x_m, position->u_x_m},
                {&moved.y_m, position->u_y_m},
                {&moved.z_m, position->u_z_m},
                {&moved.couch_height_m, position->u_couch_m}};
    double sum_b = 0.0, sum_grad = 0.0, sum_product = 0.0;
    for (size_t i = 0; i < sizeof axis / sizeof axis[0]; i++) {
        if (!isfinite(axis[i].u_m) || axis[i].u_m < 0.0)
            return MRSE_ERR_ARG;
        if (axis[i].u_m == 0.0)
            continue;
        spread worst = {0};
        double centre_m = *axis[i].coordinate;
        for (int step = -STEPS; step <= STEPS; step++) {
            if (step == 0)
                continue;
            *axis[i].coordinate = centre_m + 2.0 * step / STEPS * axis[i].u_m;
            mrse_status status = shifted_maxima(magnet, &moved, at, &worst);
            if (status != MRSE_OK)
                return status;
        }
        *axis[i].coordinate = centre_m;
        sum_b += worst.b_T * worst.b_T;
        sum_grad += worst.grad_T_m * worst.grad_T_m;
        sum_product += worst.product_T2_m * worst.product_T2_m;
    }
    total->b_T = sqrt(sum_b);
    total->grad_T_m = sqrt(sum_grad);
    total->product_T2_m = sqrt(sum_product);
    return MRSE_OK;
}

mrse_status mrse_exposure_on_ride(const mrse_model *model, const mrse_position *position,
                                  mrse_exposure *out)
{
    static const char method[] = "path-maximum";
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (model == NULL || position == NULL)
        return MRSE_ERR_ARG;
    mrse_exposure e = {0};
    spread where = {0};
    mrse_path_maxima u;
    mrse_status status = mrse_position_path(position, &e.path);
    if (status == MRSE_OK)
        status = mrse_model_path(model, &e.path, &e.at, &u);
    if (status == MRSE_OK)
        status = position_spread(&model->magnet, position, &e.at, &where);
    if (status != MRSE_OK)
        return status;
    e.u_position_grad_T_m = where.grad_T_m;
    e.u_model_grad_T_m = u.grad.value;
    e.b = mrse_value_computed(e.at.b.value, hypot(where.b_T, u.b.value), MRSE_KIND_FIELD, method);
    e.grad = mrse_value_computed(e.at.grad.value, hypot(where.grad_T_m, u.grad.value),
                                 MRSE_KIND_SFG, method);
    e.product = mrse_value_computed(e.at.product.value, hypot(where.product_T2_m, u.product.value),
                                    MRSE_KIND_PRODUCT, method);
    *out = e;
    return MRSE_OK;
}

const char *mrse_entry_text(mrse_entry entry)
{
    return entry == MRSE_ENTRY_FEET_FIRST ? "feet first" : "head first";
}

const char *mrse_posture_text(mrse_posture posture)
{
    switch (posture) {
    case MRSE_POSTURE_PRONE:
        return "prone";
    case MRSE_POSTURE_LEFT_LATERAL:
        return "lying on the left side";
    case MRSE_POSTURE_RIGHT_LATERAL:
        return "lying on the right side";
    case MRSE_POSTURE_SUPINE:
        break;
    }
    return "supine";
}
