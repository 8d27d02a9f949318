/* The hazards of an object on its ride: every candidate, and all that is not known at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/object_study.h"

#include <math.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"
#include "mrse/eddy_heating.h"
#include "mrse/lenz.h"

/* The table is wide enough for samples four standard uncertainties away. */
enum { BAND_SAMPLES = 500 };
static const double TABLE_U = 4.0, LEAST_WIDTH_M = 1e-3;
/* Protons; and the medium that is usually taken for phantoms (ASTM F2182), whose source was not read. */
static const double GAMMA_HZ_T = 42.577478518e6;
static const mrse_medium GEL = {80.0, 0.47};

mrse_object_setting mrse_object_setting_default(void)
{
    const double unknown = (double)NAN;
    return (mrse_object_setting){.couch_m_s = MRSE_COUCH_SPEED_M_S,
                                 .walking_m_s = MRSE_WALKING_SPEED_M_S,
                                 .dbdt_rms_T_s = unknown,
                                 .dbdt_frequency_Hz = unknown,
                                 .duration_s = unknown,
                                 .bandwidth_Hz = unknown,
                                 .echo_time_s = unknown,
                                 .voxel_m = unknown};
}

/* ---- the place ---- */

/* Distance and side from the axis, as a spread. Near the axis the direction means nothing, and the
 * larger uncertainty is taken. */
static mrse_status place_of(const mrse_position *position, mrse_place_spread *out)
{
    double at_m[3], u_m[3];
    mrse_status status = mrse_position_place(position, at_m, u_m);
    if (status != MRSE_OK)
        return status;
    double r_m = hypot(at_m[0], at_m[1]), u_r_m = fmax(u_m[0], u_m[1]);
    if (r_m > 2.0 * u_r_m)
        u_r_m = hypot(at_m[0] * u_m[0], at_m[1] * u_m[1]) / r_m;
    *out = (mrse_place_spread){.r_m = r_m,
                               .u_r_m = u_r_m,
                               .z_end_m = at_m[2],
                               .u_z_end_m = u_m[2],
                               .azimuth_rad = atan2(at_m[1], at_m[0])};
    return MRSE_OK;
}

/* The gradients act where it lies during the scan. */
static mrse_status run_sequences(mrse_object_study *s, const mrse_position *position)
{
    double at_m[3], u_m[3];
    mrse_status status = mrse_position_place(position, at_m, u_m);
    if (status == MRSE_OK)
        status = mrse_object_play_all(s->study->scanner, at_m, u_m, &s->setting, &s->played,
                                      s->played_reason);
    if (status == MRSE_OK)
        s->n_played = s->setting.n_plays;
    return status;
}

static mrse_status make_table(mrse_object_study *s, mrse_ride_table **table)
{
    const mrse_place_spread *p = &s->place;
    double half_m = fmax(TABLE_U * p->u_r_m, LEAST_WIDTH_M);
    return mrse_ride_table_build(&s->study->model.magnet, fmax(p->r_m - half_m, 0.0),
                                 p->r_m + half_m, MRSE_RIDE_START_M,
                                 p->z_end_m - TABLE_U * p->u_z_end_m, table, s->table_error);
}

/* ---- candidates ---- */

static double moment_of(const mrse_object_study *s, const mrse_material *m,
                        const mrse_substance *middle)
{
    double tissue = mrse_material_find("tissue")->chi.low;
    switch (m->magnetic) {
    case MRSE_MAGNETIC_LINEAR:
        return mrse_artefact_moment_A_m2(middle->chi, tissue, s->body.volume_m3, s->study->b0_T);
    case MRSE_MAGNETIC_SOFT: /* saturated: at most this */
        return middle->ms_A_m * s->body.volume_m3;
    case MRSE_MAGNETIC_HARD:
        break;
    }
    return middle->br_T / MRSE_MU0 * s->body.volume_m3;
}

static mrse_status add_artefact(const mrse_object_study *s, const mrse_substance *middle,
                                mrse_object_candidate_row *row)
{
    const mrse_artefact_input in = {.moment_A_m2 = fabs(moment_of(s, &row->material, middle)),
                                    .longest_m = s->body.longest_m,
                                    .gamma_Hz_T = GAMMA_HZ_T,
                                    .bandwidth_Hz = s->setting.bandwidth_Hz,
                                    .shift_pixels = 1.0,
                                    .echo_time_s = s->setting.echo_time_s,
                                    .voxel_m = s->setting.voxel_m};
    return mrse_artefact_estimate(&in, &row->artefact);
}

static mrse_status run_candidate(mrse_object_study *s, const mrse_shape *shape, size_t i)
{
    static const double middle[4] = {0.5, 0.5, 0.5, 0.5};
    mrse_object_candidate_row *row = &s->candidate[i];
    mrse_object what = {.shape = *shape,
                        .mass_kg = s->object->mass.v,
                        .orientation = mrse_object_file_orientation(s->object)};
    const mrse_object_ride ride = {s->ride.at.path, s->place.azimuth_rad};
    row->because = s->object->candidate[i].because;
    mrse_status status = mrse_object_file_material(s->object, i, &row->material);
    if (status == MRSE_OK)
        status = mrse_material_take(&row->material, middle, &what.substance);
    if (status == MRSE_OK)
        status = mrse_ride_force_of(&s->study->model, &ride, &what, &row->at);
    if (status == MRSE_OK)
        status = add_artefact(s, &what.substance, row);
    return status;
}

/* ---- everything at once ---- */

static mrse_status say_setting(const mrse_object_study *s, mrse_hazard_setting *out)
{
    mrse_path_maxima best, u;
    mrse_status status = mrse_model_path(&s->study->model, &s->ride.at.path, &best, &u);
    if (status != MRSE_OK)
        return status;
    *out = (mrse_hazard_setting){.u_field = u.b.value / best.b.value,
                                 .u_grad = u.grad.value / best.grad.value,
                                 .couch_m_s = s->setting.couch_m_s,
                                 .walking_m_s = s->setting.walking_m_s,
                                 .rate_rad_s = MRSE_TURN_RATE_RAD_S,
                                 .dbdt_rms_T_s = s->setting.dbdt_rms_T_s,
                                 .u_dbdt_T_s =
                                     isfinite(s->setting.u_dbdt_T_s) ? s->setting.u_dbdt_T_s : 0.0,
                                 .frequency_Hz = s->setting.dbdt_frequency_Hz};
    return isfinite(out->u_field) && isfinite(out->u_grad) ? MRSE_OK : MRSE_ERR_RANGE;
}

/* Each candidate by itself: together they would be bands between answers, which is no answer. */
static mrse_status add_bands(mrse_object_study *s, const mrse_ride_table *table,
                             const mrse_object_spread *spread, const mrse_hazard_setting *setting)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < s->n_candidates && status == MRSE_OK; i++) {
        mrse_object_spread alone = *spread;
        alone.candidate = &spread->candidate[i];
        alone.n_candidates = 1;
        status = mrse_hazard_band_of(table, &alone, &s->place, setting, BAND_SAMPLES,
                                     MRSE_HAZARD_SEED, &s->candidate[i].band);
    }
    return status;
}

static mrse_status sample_in_table(mrse_object_study *s, const mrse_object_spread *spread)
{
    size_t n = s->setting.samples > 0 ? s->setting.samples : (size_t)MRSE_OBJECT_SAMPLES;
    mrse_hazard_setting setting;
    mrse_ride_table *table = NULL;
    mrse_status status = say_setting(s, &setting);
    if (status == MRSE_OK)
        status = make_table(s, &table);
    if (status == MRSE_OK)
        status = mrse_hazard_sample(table, spread, &s->place, &setting, n, MRSE_HAZARD_SEED,
                                    &s->sampled);
    if (status == MRSE_OK && s->setting.bands)
        status = add_bands(s, table, spread, &setting);
    mrse_ride_table_free(table);
    return status;
}

static mrse_status run_doubt(mrse_object_study *s)
{
    mrse_object_spread spread = {.mass_kg = s->object->mass.v,
                                 .u_mass_kg = isfinite(s->object->mass.u) ? s->object->mass.u : 0.0,
                                 .n_candidates = s->n_candidates,
                                 .orientation = mrse_object_file_orientation(s->object)};
    const mrse_material **list = mrse_alloc(s->n_candidates, sizeof *list);
    if (list == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < s->n_candidates; i++)
        list[i] = &s->candidate[i].material;
    spread.candidate = list;
    mrse_object_file_shape(s->object, &spread.shape, &spread.u_shape);
    mrse_status status = sample_in_table(s, &spread);
    mrse_free(list);
    return status;
}

/* ---- heating, RF, function ---- */

/* What one candidate weighs is not known when its density is not: then nothing is the least. */
static double least_mass_kg(const mrse_object_study *s)
{
    double least_kg = INFINITY;
    if (isfinite(s->object->mass.v))
        return s->object->mass.v;
    for (size_t i = 0; i < s->n_candidates; i++) {
        double mass_kg = s->candidate[i].material.density_kg_m3.low * s->body.volume_m3;
        if (isnan(mass_kg))
            return mass_kg;
        least_kg = fmin(least_kg, mass_kg);
    }
    return least_kg;
}

/* The largest power of all samples, and the least mass of the candidates: a bound. */
static mrse_status run_rise(mrse_object_study *s)
{
    const mrse_hazard_summary *power = &s->sampled.hazard[MRSE_HAZARD_EDDY_POWER];
    double mass_kg = least_mass_kg(s), heat = s->object->specific_heat_J_kg_K;
    const char *why = NULL;
    if (!isfinite(power->largest))
        why = power->reason;
    else if (!isfinite(heat))
        why = "the specific heat is not given in the object file";
    else if (!isfinite(mass_kg))
        why = "neither mass nor density is known";
    else if (!isfinite(s->setting.duration_s))
        why = "how long the gradients act is not given";
    if (why != NULL) {
        s->rise = mrse_hazard_missing(MRSE_KIND_TEMPERATURE_RISE, (double)NAN, (double)NAN, why);
        return MRSE_OK;
    }
    const mrse_hazard most =
        mrse_hazard_of(power->largest, 0.0, MRSE_KIND_POWER, MRSE_METHOD_EDDY, NULL);
    return mrse_eddy_rise(&most, mass_kg, heat, s->setting.duration_s, &s->rise);
}

static double or_unknown(const mrse_value *value)
{
    return isfinite(value->v) ? value->v : (double)NAN;
}

/* What is not said of a conductor is taken the worse way, except a loop or neighbour nobody saw. */
static mrse_status judge_rf(mrse_object_study *s, mrse_conductor *c, mrse_medium medium)
{
    bool coil = s->body.shape.type == MRSE_SHAPE_SPRING && !isfinite(s->object->conductor.length.v);
    double wire_m = coil ? s->body.volume_m3 / (0.25 * MRSE_PI * c->wire_m * c->wire_m) : 0.0;
    mrse_status status = mrse_rf_judge(c, medium, s->rf_frequency_Hz, &s->rf);
    /* Waves along a coil are shorter than along a rod: somewhere between its length and its wire's. */
    if (status == MRSE_OK && wire_m > c->length_m && s->rf.fraction < 1.0) {
        c->length_m = fmin(wire_m, s->rf.critical_from_m);
        status = mrse_rf_judge(c, medium, s->rf_frequency_Hz, &s->rf);
    }
    s->rf_length_m = c->length_m;
    return status;
}

static mrse_status run_rf(mrse_object_study *s)
{
    const mrse_object_file *o = s->object;
    bool ring = s->body.shape.type == MRSE_SHAPE_RING;
    mrse_conductor c = {.length_m = or_unknown(&o->conductor.length),
                        .insulated = o->conductor.insulated != MRSE_INSULATED_NO,
                        .wire_m = or_unknown(&o->wire),
                        .outer_m = or_unknown(&o->conductor.outer),
                        .insulation = o->conductor.permittivity,
                        .loop_m = isfinite(o->conductor.loop.v) ? o->conductor.loop.v : 0.0,
                        .gap_m = isfinite(o->conductor.gap.v) ? o->conductor.gap.v : 0.0};
    mrse_medium medium = {o->medium.permittivity, o->medium.conductivity.v};
    if (isnan(c.length_m)) { /* a compact body is as long as it is, and has no insulation */
        bool wire =
            s->body.shape.type == MRSE_SHAPE_WIRE || s->body.shape.type == MRSE_SHAPE_SPRING;
        c.length_m = s->body.longest_m;
        c.insulated = wire ? c.insulated : o->conductor.insulated == MRSE_INSULATED_YES;
    }
    if (ring && !isfinite(o->conductor.loop.v))
        c.loop_m = o->diameter.v;
    s->rf_gel = !isfinite(medium.permittivity) || !isfinite(medium.conductivity_S_m);
    if (s->rf_gel)
        medium = GEL;
    s->rf_frequency_Hz = isfinite(s->study->scanner->frequency.v) ? s->study->scanner->frequency.v
                                                                  : GAMMA_HZ_T * s->study->b0_T;
    return judge_rf(s, &c, medium);
}

/* Not known how it lies: the field may oppose its magnetisation. */
static mrse_status run_function(mrse_object_study *s)
{
    mrse_orientation lies = mrse_object_file_orientation(s->object);
    double br_T = s->object->remanence.v, angle_rad = MRSE_PI;
    if (s->object->form != MRSE_FORM_MAGNET)
        return MRSE_OK;
    if (!isfinite(br_T))
        br_T = s->candidate[0].material.polarisation_T.low;
    if (!isfinite(br_T) || br_T <= 0.0)
        return MRSE_OK; /* unknown: the grade says so */
    if (lies.known) {
        const double *a = lies.axis3;
        angle_rad =
            acos(fmax(-1.0, fmin(1.0, a[2] / sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]))));
    }
    return mrse_magnet_judge(s->body.n[2], br_T, (double)NAN, s->ride.at.b.v, angle_rad, &s->state);
}

static mrse_status run(mrse_object_study *s, const mrse_position *position)
{
    mrse_shape shape, u;
    mrse_object_file_shape(s->object, &shape, &u);
    mrse_status status = mrse_study_ride(s->study, position, (double)NAN, &s->ride);
    if (status == MRSE_OK && isnan(s->ride.at.grad.u))
        status = MRSE_ERR_RANGE;
    if (status == MRSE_OK)
        status = place_of(position, &s->place);
    if (status == MRSE_OK)
        status = run_sequences(s, position);
    if (status == MRSE_OK)
        status = mrse_body_of(&shape, &s->body);
    s->candidate = mrse_alloc(s->object->n_candidates, sizeof *s->candidate);
    if (s->candidate == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < s->object->n_candidates && status == MRSE_OK; i++) {
        status = run_candidate(s, &shape, i);
        s->n_candidates++;
    }
    if (status == MRSE_OK)
        status = run_doubt(s);
    if (status == MRSE_OK)
        status = run_rise(s);
    if (status == MRSE_OK)
        status = run_rf(s);
    if (status == MRSE_OK)
        status = run_function(s);
    if (status == MRSE_OK && s->setting.samples == 0)
        status = mrse_object_working(s);
    return status;
}

mrse_status mrse_object_study_run(const mrse_study *study, const mrse_object_file *object,
                                  const mrse_position *position, const mrse_object_setting *setting,
                                  mrse_object_study **out)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (study == NULL || object == NULL || position == NULL || setting == NULL ||
        object->n_candidates == 0)
        return MRSE_ERR_ARG;
    mrse_object_study *s = mrse_alloc(1, sizeof *s);
    if (s == NULL)
        return MRSE_ERR_NOMEM;
    s->study = study;
    s->object = object;
    s->setting = *setting;
    mrse_status status = run(s, position);
    if (status != MRSE_OK) {
        mrse_object_study_free(s);
        return status;
    }
    *out = s;
    return MRSE_OK;
}

void mrse_object_study_free(mrse_object_study *s)
{
    if (s == NULL)
        return;
    mrse_ride_clear(&s->ride);
    mrse_free(s->step);
    mrse_free(s->played);
    mrse_free(s->candidate);
    mrse_free(s);
}

void mrse_object_test_ratio(const mrse_object_study *s, const mrse_object_test *test,
                            double *saturated, double *linear)
{
    double ratio = mrse_deflection_ratio(test->angle.v);
    *saturated = ratio * s->ride.at.grad.v / test->gradient.v;
    *linear = ratio * s->ride.at.product.v / (test->field.v * test->gradient.v);
}
