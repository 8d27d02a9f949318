/* Sequence files: RF pulses, gradients, and what the console reports.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_internal.h"

#define AT(member)       offsetof(mrse_protocol, member)
#define PULSE(member)    offsetof(mrse_protocol_pulse, member)
#define LOBE(member)     offsetof(mrse_protocol_lobe, member)
#define REPORTED(member) offsetof(mrse_protocol, reported.member)

#define SOURCE_OF(text)                                                                            \
    {                                                                                              \
        .key = "source", .type = MRSE_FIELD_SOURCE, .at = MRSE_NOWHERE, .doc = (text)              \
    }
#define VALUE(name, place, its_kind, least, most, text)                                            \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = (place), .kind = (its_kind),                \
        .min = (least), .max = (most), .doc = (text)                                               \
    }
#define COUNT_OF(name, place, least, most, text)                                                   \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_COUNT, .at = (place), .min = (least), .max = (most),     \
        .doc = (text)                                                                              \
    }
#define FACTOR(name, member, least, most, text)                                                    \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_FACTOR, .at = PULSE(shape.member), .min = (least),       \
        .max = (most), .doc = (text)                                                               \
    }

static const char *const roles[] = {"excitation",      "refocusing",  "inversion", "fat saturation",
                                    "saturation band", "preparation", NULL};
static const char *const forms[] = {"hard",      "sinc",     "gauss", "hann",
                                    "half sine", "triangle", "fermi", NULL};
static const char *const windows[] = {"none", "hann", "hamming", NULL};
static const char *const per[] = {"shot", "echo", "tr", NULL};
static const char *const axes[] = {"x", "y", "z", "any", NULL};
static const char *const modes[] = {"normal", "first level", "second level", NULL};

static const mrse_field_spec pulse_fields[] = {
    SOURCE_OF("id of the source of this pulse"),
    {.key = "role",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = PULSE(role),
     .choice = roles,
     .doc = "what it is for; preparation: T2 preparation, magnetisation transfer, restore, "
            "labelling"},
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .at = PULSE(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "as the console or the sequence calls it"},
    {.key = "flip",
     .type = MRSE_FIELD_VALUE,
     .at = PULSE(flip),
     .kind = MRSE_KIND_ANGLE,
     .min = 1e-3,
     .max = 70,
     .doc = "nominal flip angle"},
    {.key = "flips",
     .type = MRSE_FIELD_VALUES,
     .at = PULSE(train),
     .count = PULSE(n_train),
     .kind = MRSE_KIND_ANGLE,
     .min = 1e-3,
     .max = 70,
     .doc = "refocusing, instead of flip: the angles of a varying train, one for each echo"},
    VALUE("duration", PULSE(duration), MRSE_KIND_TIME, 1e-6, 10, "from its beginning to its end"),
    {.key = "shape",
     .type = MRSE_FIELD_CHOICE,
     .at = PULSE(shape.form),
     .choice = forms,
     .doc = "envelope; left out: what B1 the pulse needs is not known"},
    FACTOR("time_bandwidth", time_bandwidth, 0.1, 100, "sinc: duration times bandwidth"),
    {.key = "window",
     .type = MRSE_FIELD_CHOICE,
     .at = MRSE_NOWHERE,
     .choice = windows,
     .doc = "sinc: what its side lobes are weighted with; left out: none, which needs most energy"},
    FACTOR("sigmas", sigmas, 0.1, 20,
           "gauss: half of the duration in standard deviations; 3 is common"),
    FACTOR("flat", flat, 0, 0.5, "fermi: half width of the top, as a share of the duration"),
    FACTOR("edge", edge, 0.002, 0.5, "fermi: width of the edge, as a share of the duration"),
    VALUE("b1_peak", PULSE(b1_peak), MRSE_KIND_B1_PEAK, 1e-8, 2e-4,
          "largest B1+ as the console states it, in uT; goes before what the shape gives"),
    COUNT_OF("count", PULSE(count), 1, 100000, "how many of them each time; left out: 1"),
    {.key = "per",
     .type = MRSE_FIELD_CHOICE,
     .at = PULSE(per),
     .choice = per,
     .doc = "each time of what: an excitation of a slice (shot), an echo of the train (GRE, bSSFP: "
            "each TR), or a TR whatever the number of slices; left out: refocusing of TSE and "
            "excitation of GRE and bSSFP echo, others shot"},
    COUNT_OF("bands", PULSE(bands), 1, 64, "slices that this pulse excites at once; left out: 1"),
};

const mrse_schema mrse_sequence_pulse = {
    .name = "a pulse",
    .field = pulse_fields,
    .n = MRSE_COUNT(pulse_fields),
    .size = sizeof(mrse_protocol_pulse),
    .line = PULSE(line),
    .finish = mrse_sequence_finish_pulse,
};

static const mrse_field_spec lobe_fields[] = {
    SOURCE_OF("id of the source of this lobe"),
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = LOBE(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what it is for: 'readout', 'diffusion'"},
    {.key = "axis",
     .type = MRSE_FIELD_CHOICE,
     .at = LOBE(axis),
     .choice = axes,
     .doc = "axis of the magnet; any: not known or oblique, so that the worst counts; left out: "
            "any"},
    {.key = "amplitude",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = LOBE(amplitude),
     .kind = MRSE_KIND_GRADIENT,
     .min = 1e-5,
     .max = 1,
     .doc = "height of the trapezoid"},
    VALUE("slew", LOBE(slew), MRSE_KIND_SLEW_SEQUENCE, 1e-2, 2000,
          "of its ramps; or give ramp instead"),
    VALUE("ramp", LOBE(ramp), MRSE_KIND_TIME, 1e-6, 0.1, "duration of one ramp, from zero to top"),
    VALUE("flat", LOBE(flat), MRSE_KIND_TIME, 0, 1, "duration of its top; left out: none"),
    COUNT_OF("alternating", LOBE(alternating), 1, 100000,
             "lobes of alternating sign one after another without a gap, as in the readout of EPI; "
             "left out: 1"),
};

static const mrse_schema lobe_schema = {
    .name = "a gradient lobe",
    .field = lobe_fields,
    .n = MRSE_COUNT(lobe_fields),
    .size = sizeof(mrse_protocol_lobe),
    .line = LOBE(line),
    .finish = mrse_sequence_finish_lobe,
};

static const mrse_field_spec gradients_fields[] = {
    SOURCE_OF("id of the source of this block"),
    {.key = "mode",
     .type = MRSE_FIELD_TEXT,
     .at = AT(gradient_mode),
     .longest = MRSE_SPEC_NAME,
     .doc = "as the console calls it: 'fast', 'whisper'"},
    VALUE("amplitude", AT(gradient_amplitude), MRSE_KIND_GRADIENT, 1e-5, 1,
          "largest amplitude that the sequence uses on one axis"),
    VALUE("slew", AT(gradient_slew), MRSE_KIND_SLEW_SEQUENCE, 1e-2, 2000,
          "largest slew rate that the sequence uses on one axis"),
    {.key = "lobes",
     .type = MRSE_FIELD_LIST,
     .at = AT(lobe),
     .count = AT(n_lobes),
     .child = &lobe_schema,
     .doc = "the steepest trapezoids, for dB/dt and stimulation"},
};

const mrse_schema mrse_sequence_gradients = {
    .field = gradients_fields, .n = MRSE_COUNT(gradients_fields), .line = MRSE_NOWHERE};

static const mrse_field_spec reported_fields[] = {
    SOURCE_OF("id of the source of this block: the console"),
    VALUE("b1_rms", REPORTED(b1_rms), MRSE_KIND_B1_RMS, 1e-9, 3e-5,
          "B1+rms, in uT as consoles show it"),
    VALUE("b1_peak", REPORTED(b1_peak), MRSE_KIND_B1_PEAK, 1e-8, 2e-4,
          "largest B1+, in uT as consoles show it"),
    VALUE("sar_whole_body", REPORTED(sar_whole_body), MRSE_KIND_SAR_WHOLE_BODY, 0, 100,
          "whole-body SAR"),
    VALUE("sar_partial_body", REPORTED(sar_partial_body), MRSE_KIND_SAR_PARTIAL_BODY, 0, 200,
          "partial-body SAR"),
    VALUE("sar_head", REPORTED(sar_head), MRSE_KIND_SAR_HEAD, 0, 200, "head SAR"),
    VALUE("sar_local", REPORTED(sar_local), MRSE_KIND_SAR_LOCAL, 0, 1000,
          "local SAR, averaged over 10 g"),
    VALUE("sed", REPORTED(sed), MRSE_KIND_SED, 0, 1e6, "specific absorbed energy"),
    VALUE("dbdt", REPORTED(dbdt), MRSE_KIND_DBDT_PEAK, 0, 2000, "largest dB/dt"),
    VALUE("stimulation", REPORTED(stimulation), MRSE_KIND_RATIO, 0, 5,
          "share of the stimulation threshold: 80 %"),
    VALUE("slew", REPORTED(slew), MRSE_KIND_SLEW_SEQUENCE, 1e-2, 2000,
          "largest slew rate of the sequence, one axis"),
    VALUE("gradient", REPORTED(gradient), MRSE_KIND_GRADIENT, 1e-5, 1,
          "largest gradient of the sequence, one axis"),
    VALUE("scan_time", REPORTED(scan_time), MRSE_KIND_TIME, 1e-3, 86400,
          "scan time, without prescans"),
    VALUE("acoustic", REPORTED(acoustic), MRSE_KIND_SOUND_LEVEL, 20, 160,
          "sound level that it announces, LAeq"),
    {.key = "mode",
     .type = MRSE_FIELD_CHOICE,
     .at = REPORTED(mode),
     .choice = modes,
     .first = 1,
     .doc = "operating mode that it asks for"},
    VALUE("patient_mass", REPORTED(patient_mass), MRSE_KIND_MASS, 0.2, 500,
          "as registered: SAR is worked out with it"),
};

const mrse_schema mrse_sequence_reported = {
    .field = reported_fields,
    .n = MRSE_COUNT(reported_fields),
    .line = REPORTED(line),
    .finish = mrse_sequence_finish_reported,
};
