/* Sequences as they act on an object: dB/dt where it lies, and what the artefact depends on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/object_study.h"
#include "mrse/text.h"
#include "sequence_internal.h"

/* NaN stays: of what is not known there is no largest. */
static double larger(double a, double b)
{
    return isnan(a) || isnan(b) ? (double)NAN : fmax(a, b);
}

static double duration_of(const mrse_object_play *play)
{
    const mrse_sequence_input *in = play->input;
    if (isfinite(play->duration_s))
        return play->duration_s;
    if (in->played != NULL)
        return 1e-9 * (double)in->played->sequence->duration_ns;
    return in->protocol != NULL ? in->protocol->reported.scan_time.v : (double)NAN;
}

static double voxel_of(const mrse_protocol *p)
{
    return larger(p->thickness.v,
                  larger(p->fov_read.v / p->matrix_read, p->fov_phase.v / p->matrix_phase));
}

static mrse_status play(const mrse_scanner *scanner, const double place_m[3],
                        const double u_place_m[3], const mrse_object_play *from,
                        mrse_object_played *out)
{
    const mrse_sequence_input *in = from->input;
    const mrse_sequence_study alone = {.before = *in, .scanner = scanner};
    const mrse_gradient_use *g = &in->gradient;
    double amplitude_T_m = g->amplitude.value.v;
    bool known = in->protocol != NULL;
    out->name = from->name;
    out->duration_s = duration_of(from);
    out->frequency_Hz =
        amplitude_T_m > 0.0 ? g->slew_max.value.v / (2.0 * MRSE_PI * amplitude_T_m) : (double)NAN;
    out->bandwidth_Hz = known ? in->protocol->bandwidth.v : (double)NAN;
    out->echo_time_s = known ? in->protocol->te.v : (double)NAN;
    out->voxel_m = known ? voxel_of(in->protocol) : (double)NAN;
    out->b1_rms = mrse_sequence_exposure_of(&alone, false, MRSE_KIND_B1_RMS, &out->b1_name);
    mrse_status status = mrse_sequence_dbdt(scanner, in, place_m, u_place_m, &out->dbdt);
    const mrse_value *rms = &out->dbdt.rms, *peak = &out->dbdt.peak;
    out->at_peak = isnan(rms->v) && isfinite(peak->v);
    out->dbdt_T_s = out->at_peak ? peak->v : rms->v;
    out->u_dbdt_T_s = out->at_peak ? peak->u : rms->u;
    return status;
}

/* The worst of them, as if it were all of them. */
static void gather(const mrse_object_played *list, size_t n, mrse_object_setting *s,
                   char reason[192])
{
    double dbdt = 0.0, u = 0.0, frequency = 0.0, duration = 0.0, narrowest = 0.0, te = 0.0,
           voxel = 0.0;
    bool at_peak = false;
    for (size_t i = 0; i < n; i++) {
        const mrse_object_played *p = &list[i];
        if (p->dbdt_T_s > dbdt)
            u = p->u_dbdt_T_s;
        dbdt = larger(dbdt, p->dbdt_T_s);
        at_peak |= p->at_peak;
        frequency = larger(frequency, p->frequency_Hz);
        duration += p->duration_s;
        narrowest = larger(narrowest, 1.0 / p->bandwidth_Hz);
        te = larger(te, p->echo_time_s);
        voxel = larger(voxel, p->voxel_m);
        if (isnan(p->dbdt_T_s) && reason[0] == '\0' && isnan(s->dbdt_rms_T_s))
            (void)snprintf(reason, 192, "dB/dt or its frequency is not known: %.60s: %.80s",
                           p->name, p->dbdt.reason);
    }
    if (isnan(s->dbdt_rms_T_s)) {
        s->dbdt_rms_T_s = dbdt;
        s->u_dbdt_T_s = isfinite(u) ? u : 0.0;
        s->dbdt_at_peak = at_peak;
    }
    s->dbdt_frequency_Hz = isnan(s->dbdt_frequency_Hz) ? frequency : s->dbdt_frequency_Hz;
    s->duration_s = isnan(s->duration_s) ? duration : s->duration_s;
    s->bandwidth_Hz = isnan(s->bandwidth_Hz) ? 1.0 / narrowest : s->bandwidth_Hz;
    s->echo_time_s = isnan(s->echo_time_s) ? te : s->echo_time_s;
    s->voxel_m = isnan(s->voxel_m) ? voxel : s->voxel_m;
}

mrse_status mrse_object_play_all(const mrse_scanner *scanner, const double place_m[3],
                                 const double u_place_m[3], mrse_object_setting *setting,
                                 mrse_object_played **out, char reason[192])
{
    if (out == NULL || reason == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    reason[0] = '\0';
    if (scanner == NULL || place_m == NULL || u_place_m == NULL || setting == NULL ||
        (setting->play == NULL && setting->n_plays > 0))
        return MRSE_ERR_ARG;
    if (setting->n_plays == 0)
        return MRSE_OK;
    mrse_object_played *list = mrse_alloc(setting->n_plays, sizeof *list);
    mrse_status status = list != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    for (size_t i = 0; i < setting->n_plays && status == MRSE_OK; i++)
        status = play(scanner, place_m, u_place_m, &setting->play[i], &list[i]);
    if (status != MRSE_OK) {
        mrse_free(list);
        return status;
    }
    gather(list, setting->n_plays, setting, reason);
    *out = list;
    return MRSE_OK;
}
