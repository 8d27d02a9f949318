/* Alignment of a survey: what is held and what is fitted, whether the result means anything, and
 * each point against the aligned model. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "survey_internal.h"

enum { LEAST_POINTS = 6 };
/* A placement less certain than this is none. */
static const double MOST_U_M = 0.3, MOST_U_RAD = 10.0 * MRSE_PI / 180.0;
/* Heights within this are one plane, which sees a higher and a lower magnet alike. */
static const double PLANE_M = 0.2;
/* chi2 may be least this far from the plane by chance, or by the errors of the points' heights. */
static const double NEAR_PLANE_M = 0.2;
/* Standard uncertainty of a height that was given without one, for points in a plane. */
static const double GIVEN_HEIGHT_U_M = 0.1;

static bool is_model(const mrse_model *m)
{
    bool good = m != NULL && isfinite(m->u_field) && m->u_field >= 0.0 && isfinite(m->u_grad) &&
                m->u_grad >= 0.0 && (m->variant != NULL || m->n_variants == 0);
    for (size_t i = 0; good && i < m->n_variants; i++)
        good = isfinite(m->variant[i].weight) && m->variant[i].weight >= 0.0;
    return good;
}

static survey_known known_of(double at, double u)
{
    if (!isfinite(at))
        return (survey_known){true, 0.0, INFINITY};
    if (u == 0.0)
        return (survey_known){false, at, 0.0};
    return (survey_known){true, at, isfinite(u) && u > 0.0 ? u : (double)INFINITY};
}

static bool is_negative(double u)
{
    return u < 0.0;
}

/* Mean height of the points, and whether they lie in a plane. */
static double mean_height(const survey_problem *p, bool *plane)
{
    double sum = 0.0, low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < p->n; i++) {
        sum += p->point[i]->z_m;
        low = fmin(low, p->point[i]->z_m);
        high = fmax(high, p->point[i]->z_m);
    }
    *plane = high - low < PLANE_M;
    return sum / (double)p->n;
}

/* True when the height is held at the plane of the points for want of anything better. */
static bool take_prior(survey_problem *p, const mrse_placement_prior *prior)
{
    static const mrse_placement_prior nothing = {
        {NAN, NAN, NAN, NAN, 0.0}, INFINITY, INFINITY, 0.0};
    const mrse_placement_prior *k = prior != NULL ? prior : &nothing;
    survey_known *known = p->known;
    bool plane;
    const double height = mean_height(p, &plane);
    known[SURVEY_X] = known_of(k->at.x_m, k->u_position_m);
    known[SURVEY_Y] = known_of(k->at.y_m, k->u_position_m);
    known[SURVEY_Z] = known_of(k->at.z_m, k->u_position_m);
    known[SURVEY_AZIMUTH] = known_of(k->at.azimuth_rad, k->u_azimuth_rad);
    known[SURVEY_TILT] = (survey_known){.at = isfinite(k->at.tilt_rad) ? k->at.tilt_rad : 0.0};
    if (k->u_tilt_rad > 0.0)
        known[SURVEY_TILT] = known_of(known[SURVEY_TILT].at, k->u_tilt_rad);
    if (!known[SURVEY_Z].fitted || isfinite(known[SURVEY_Z].u))
        return false;
    if (!isfinite(k->at.z_m))
        known[SURVEY_Z].at = height;
    else if (plane)
        known[SURVEY_Z].u = GIVEN_HEIGHT_U_M;
    known[SURVEY_Z].fitted = !plane || isfinite(k->at.z_m);
    return !known[SURVEY_Z].fitted;
}

static double scale_of(const survey_problem *p)
{
    return p->dof > 0 ? sqrt(fmax(1.0, p->chi2 / (double)p->dof)) : 1.0;
}

static mrse_status chi2_at(survey_problem *p, double height, double *chi2)
{
    p->known[SURVEY_Z].at = p->place[SURVEY_Z] = height;
    mrse_status status = survey_fit(p, 30);
    if (status == MRSE_OK)
        status = survey_statistics(p);
    *chi2 = p->chi2;
    return status;
}

/* In a plane the field changes with the square of the isocentre's distance from it: the standard
 * uncertainty is the distance at which chi2 has grown by one from its least. A plane that is clearly
 * not isocentre's, or no knowledge of it, is no placement. */
static mrse_status find_height_u(survey_problem *p, double *u_m)
{
    static const double step = 0.05, far = 1.0;
    double place[SURVEY_PLACE], *amplitude = mrse_alloc(p->n_modes, sizeof *amplitude), chi2;
    const double here = p->chi2, share = scale_of(p) * scale_of(p), height = p->place[SURVEY_Z];
    double least = 0.0, least_at_m = 0.0;
    mrse_status status = amplitude != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    *u_m = INFINITY;
    memcpy(place, p->place, sizeof place);
    if (status == MRSE_OK)
        memcpy(amplitude, p->amplitude, p->n_modes * sizeof *amplitude);
    for (double h = step; h < far + step / 2.0 && status == MRSE_OK; h += step) {
        status = chi2_at(p, height + h, &chi2);
        const double more = (chi2 - here) / share;
        if (more < least) {
            least = more;
            least_at_m = h;
            *u_m = INFINITY;
        } else if (more >= least + 1.0 && !isfinite(*u_m)) {
            *u_m = h;
        }
    }
    if (status == MRSE_OK && (!(*u_m <= MOST_U_M) || (least < -4.0 && least_at_m > NEAR_PLANE_M)))
        status = MRSE_ERR_RANGE;
    memcpy(p->place, place, sizeof place);
    p->known[SURVEY_Z].at = height;
    if (amplitude != NULL)
        memcpy(p->amplitude, amplitude, p->n_modes * sizeof *amplitude);
    mrse_free(amplitude);
    return status == MRSE_OK ? survey_statistics(p) : status;
}

static mrse_status take_placement(survey_problem *p, double u_height_m, mrse_alignment *out)
{
    double u[SURVEY_PLACE];
    for (int k = 0; k < SURVEY_PLACE; k++)
        u[k] = scale_of(p) * sqrt(fmax(p->cov[k][k], 0.0));
    u[SURVEY_Z] = hypot(u[SURVEY_Z], u_height_m);
    out->at = survey_placement(p->place);
    out->u =
        (mrse_placement){u[SURVEY_X], u[SURVEY_Y], u[SURVEY_Z], u[SURVEY_AZIMUTH], u[SURVEY_TILT]};
    out->chi2 = p->chi2;
    out->dof = p->dof;
    bool known = p->dof > 0;
    for (int k = 0; k < SURVEY_PLACE; k++)
        known = known && u[k] <= (k < SURVEY_AZIMUTH ? MOST_U_M : MOST_U_RAD);
    return known ? MRSE_OK : MRSE_ERR_RANGE;
}

/* ---- each point ---- */

static double placement_variance(const survey_problem *p, const double j[SURVEY_PLACE])
{
    double sum = 0.0;
    for (int a = 0; a < SURVEY_PLACE; a++)
        for (int b = 0; b < SURVEY_PLACE; b++)
            sum += j[a] * p->cov[a][b] * j[b];
    return fmax(sum, 0.0) * scale_of(p) * scale_of(p);
}

static mrse_status take_row(const survey_problem *p, const mrse_survey_point *q,
                            mrse_survey_row *row)
{
    double dr[SURVEY_PLACE], dz[SURVEY_PLACE], j[SURVEY_PLACE];
    mrse_sfg at, u;
    survey_to_magnet(p->place, q, &row->r_m, &row->z_m, dr, dz);
    mrse_status status = mrse_model_at(p->model, row->r_m, row->z_m, &at, &u);
    if (status == MRSE_ERR_RANGE)
        return MRSE_OK; /* on a winding: it has no value, and says so */
    if (status != MRSE_OK)
        return status;
    for (int k = 0; k < SURVEY_PLACE; k++)
        j[k] = at.grad_r_T_m * dr[k] + at.grad_z_T_m * dz[k];
    row->predicted_T = at.b_T;
    row->u_predicted_T = hypot(u.b_T, sqrt(placement_variance(p, j)));
    row->u_measured_T = hypot(q->u_b_T, at.grad_T_m * q->u_position_m);
    const double both = hypot(row->u_predicted_T, row->u_measured_T);
    row->en = (q->b_T - at.b_T) / (2.0 * both);
    const double slope = at.grad_T_m / at.b_T; /* of ln|B| */
    row->outward_m = log(q->b_T / at.b_T) / slope;
    row->u_outward_m = hypot(row->u_predicted_T / at.b_T, row->u_measured_T / q->b_T) / slope;
    return MRSE_OK;
}

static mrse_status take_rows(const survey_problem *p, const mrse_survey_point *point, size_t n,
                             mrse_alignment *out)
{
    static const mrse_survey_row none = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, false};
    mrse_status status = MRSE_OK;
    out->row = mrse_alloc(n, sizeof *out->row);
    if (out->row == NULL)
        return MRSE_ERR_NOMEM;
    out->n_rows = n;
    for (size_t i = 0; i < n; i++)
        out->row[i] = none;
    for (size_t i = 0; i < p->n && status == MRSE_OK; i++) {
        mrse_survey_row *row = &out->row[p->point[i] - point];
        status = take_row(p, p->point[i], row);
        row->outlier = p->weight[i] == 0.0;
        out->n_outliers += row->outlier;
        out->n_used += !row->outlier;
    }
    return status;
}

static mrse_status align(survey_problem *p, const mrse_survey_point *point, size_t n,
                         const mrse_placement_prior *prior, mrse_alignment *out)
{
    double u_height_m = 0.0;
    if (p->n < LEAST_POINTS)
        return MRSE_ERR_RANGE;
    const bool plane = take_prior(p, prior);
    mrse_status status = survey_search(p, prior);
    if (status == MRSE_OK)
        status = survey_settle(p);
    if (status == MRSE_OK && plane)
        status = find_height_u(p, &u_height_m);
    if (status == MRSE_OK)
        status = take_placement(p, u_height_m, out);
    return status == MRSE_OK ? take_rows(p, point, n, out) : status;
}

mrse_status mrse_survey_align(const mrse_model *model, const mrse_survey_point *point, size_t n,
                              const mrse_placement_prior *prior, mrse_alignment *out)
{
    survey_problem p;
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (!is_model(model) || (point == NULL && n > 0) ||
        (prior != NULL && (is_negative(prior->u_position_m) || is_negative(prior->u_azimuth_rad) ||
                           is_negative(prior->u_tilt_rad))))
        return MRSE_ERR_ARG;
    mrse_status status = survey_problem_make(model, point, n, &p);
    if (status != MRSE_OK)
        return status;
    status = align(&p, point, n, prior, out);
    survey_problem_clear(&p);
    if (status != MRSE_OK)
        mrse_alignment_clear(out);
    return status;
}

void mrse_alignment_clear(mrse_alignment *alignment)
{
    if (alignment == NULL)
        return;
    mrse_free(alignment->row);
    memset(alignment, 0, sizeof *alignment);
}
