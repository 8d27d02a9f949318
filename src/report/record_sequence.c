/* Record section of a sequence's exposure. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "mrse/file.h"
#include "record_internal.h"

static const char *const axis_name[MRSE_AXES] = {"x", "y", "z"};

static const char *signature_word(mrse_signature signature)
{
    static const char *const word[] = {[MRSE_SIGNATURE_NONE] = "none",
                                       [MRSE_SIGNATURE_HOLDS] = "holds",
                                       [MRSE_SIGNATURE_DIFFERS] = "differs",
                                       [MRSE_SIGNATURE_UNKNOWN] = "not checked"};
    return word[signature];
}

static void put_sequence(json_put o, const mrse_sequence_exposure *e, const mrse_diags *diags)
{
    const mrse_pulseq *s = e->sequence;
    json_put c = mrse_json_object(o, "sequence");
    char version[40];
    (void)snprintf(version, sizeof version, "%d.%d.%d", s->major, s->minor, s->revision);
    mrse_json_text(c, "name", s->name[0] != '\0' ? s->name : NULL);
    mrse_json_text(c, "file", mrse_path_base(e->path));
    mrse_json_text(c, "format", "Pulseq");
    mrse_json_text(c, "version", version);
    mrse_json_text(c, "signature", signature_word(s->signature));
    mrse_json_int(c, "blocks", (long long)s->n_blocks);
    mrse_json_num(c, "duration_s", 1e-9 * s->duration_ns);
    mrse_json_int(c, "readouts", (long long)s->n_adc);
    mrse_json_int(c, "rotated_blocks", (long long)s->n_rotated);
    mrse_json_bool(c, "rasters_assumed", s->raster_assumed);
    json_put list = mrse_json_array(c, "warnings");
    for (size_t i = 0; diags != NULL && i < diags->n; i++)
        if (diags->item[i].sev == MRSE_SEV_WARNING)
            mrse_json_item_text(list, diags->item[i].text);
}

static void put_rf(json_put o, const mrse_b1_exposure *b1)
{
    json_put c = mrse_json_object(o, "rf");
    mrse_json_text(c, "refused", b1->refused[0] != '\0' ? b1->refused : NULL);
    mrse_json_num(c, "gamma_Hz_T", b1->gamma_Hz_T);
    mrse_json_int(c, "pulses", (long long)b1->n_pulses);
    mrse_json_num(c, "on_time_s", b1->on_time_s);
    mrse_json_num(c, "b1_peak_T", b1->peak_T);
    mrse_json_num(c, "b1_squared_Hz2_s", b1->integral_Hz2_s);
    mrse_json_num(c, "b1_squared_T2_s", b1->integral_T2_s);
    mrse_json_num(c, "window_s", b1->window_s);
    mrse_json_num(c, "b1_rms_T", b1->rms_T);
    mrse_json_num(c, "b1_rms_window_T", b1->rms_window_T);
    mrse_json_num(c, "window_at_s", b1->window_at_s);
    mrse_json_num(c, "b1_rms_periodic_T", b1->rms_periodic_T);
    mrse_json_num(c, "b1_rms_padded_T", b1->rms_padded_T);
    mrse_json_text(c, "method", "pulseq-rf");
}

static void put_axes(json_put o, const char *key, const double value[MRSE_AXES])
{
    json_put c = mrse_json_object(o, key);
    for (size_t i = 0; i < MRSE_AXES; i++)
        mrse_json_num(c, axis_name[i], value[i]);
}

static void put_gradient(json_put o, const mrse_gradient_exposure *g)
{
    json_put c = mrse_json_object(o, "gradient");
    put_axes(c, "amplitude_T_m", g->amplitude_T_m);
    put_axes(c, "rms_T_m", g->rms_T_m);
    put_axes(c, "slew_event_T_m_s", g->slew_event_T_m_s);
    put_axes(c, "slew_junction_T_m_s", g->slew_junction_T_m_s);
    put_axes(c, "slew_merged_T_m_s", g->slew_merged_T_m_s);
    put_axes(c, "slew_raster_T_m_s", g->slew_raster_T_m_s);
    mrse_json_num(c, "slew_raster_norm_T_m_s", g->slew_raster_norm_T_m_s);
    put_axes(c, "step_T_m", g->step_T_m);
    mrse_json_num(c, "raster_s", g->raster_s);
    mrse_json_text(c, "method", "pulseq-gradient");
}

static void put_model(json_put list, const char *model, const char *hardware, const char *method,
                      double peak, const double axis[MRSE_AXES], double at_s)
{
    json_put c = mrse_json_item(list);
    mrse_json_text(c, "model", model);
    mrse_json_text(c, "hardware", hardware);
    mrse_json_num(c, "peak", peak);
    mrse_json_num(c, "at_s", at_s);
    put_axes(c, "axis", axis);
    mrse_json_text(c, "method", method);
}

void mrse_record_put_exposure(json_put o, const mrse_sequence_exposure *e, const mrse_diags *diags)
{
    const mrse_gradient_exposure *g = &e->gradient;
    const mrse_safe *safe = g->safe;
    put_sequence(o, e, diags);
    json_put c = mrse_json_object(o, "exposure");
    put_rf(c, &e->b1);
    put_gradient(c, g);
    mrse_json_bool(c, "own_safe", e->own_safe);
    json_put list = mrse_json_array(c, "stimulation");
    const char *hardware = e->own_safe ? "the scanner's" : "published example, no scanner";
    put_model(list, "SAFE, peripheral", hardware, "safe-model", safe[0].peak, safe[0].peak_axis,
              ((double)safe[0].at + 0.5) * g->raster_s);
    put_model(list, "SAFE, cardiac", hardware, "safe-model", safe[1].peak, safe[1].peak_axis,
              ((double)safe[1].at + 0.5) * g->raster_s);
    if (e->coil != NULL)
        put_model(list, "convolution", e->coil->name, "gradient-convolution", g->convolution.peak,
                  g->convolution.peak_axis, ((double)g->convolution.at + 0.5) * g->raster_s);
}
