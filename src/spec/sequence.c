/* Sequence files: the table of keys, in the words of a console. Pulses, gradients and what the
 * console reports are in sequence_parts.c, the checks in sequence_check.c and sequence_pulse.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sequence_internal.h"

#define AT(member) offsetof(mrse_protocol, member)

#define SOURCE_OF_BLOCK                                                                            \
    {                                                                                              \
        .key = "source", .type = MRSE_FIELD_SOURCE, .at = MRSE_NOWHERE,                            \
        .doc = "id of the source of this block"                                                    \
    }
#define VALUE(name, member, its_kind, least, most, text)                                           \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = AT(member), .kind = (its_kind),             \
        .min = (least), .max = (most), .doc = (text)                                               \
    }
#define COUNT_OF(name, member, least, most, text)                                                  \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_COUNT, .at = AT(member), .min = (least), .max = (most),  \
        .doc = (text)                                                                              \
    }
#define FACTOR(name, member, least, most, text)                                                    \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_FACTOR, .at = AT(member), .min = (least), .max = (most), \
        .doc = (text)                                                                              \
    }
#define BLOCK(its_fields)                                                                          \
    {                                                                                              \
        .field = (its_fields), .n = MRSE_COUNT(its_fields), .line = MRSE_NOWHERE                   \
    }

static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const families[] = {"SE", "TSE", "GRE", "bSSFP", "EPI", "DWI", NULL};
static const char *const dimensions[] = {"2D", "3D", NULL};
static const char *const orders[] = {"linear", "centric", NULL};

const char *const mrse_sequence_regions[] = {"head", "neck", "chest", "abdomen", "pelvis",
                                             "knee", "foot", "arm",   "spine",   NULL};

static const mrse_field_spec timing_fields[] = {
    SOURCE_OF_BLOCK,
    VALUE("tr", tr, MRSE_KIND_TIME, 1e-4, 60,
          "repetition time: from one excitation of a slice to the next; with an inversion or "
          "preparation for a train of GRE the whole cycle"),
    VALUE("te", te, MRSE_KIND_TIME, 1e-6, 5,
          "echo time, of a train the effective one: of the centre of k-space"),
    VALUE("ti", ti, MRSE_KIND_TIME, 1e-4, 20,
          "inversion time: from the inversion pulse to the excitation, or to the centre of the "
          "train of GRE"),
    VALUE("echo_spacing", esp, MRSE_KIND_TIME, 1e-5, 1, "from one echo of the train to the next"),
    COUNT_OF("dummies", dummies, 0, 100000, "TRs without data at the beginning of each pass"),
};

static const mrse_field_spec train_fields[] = {
    COUNT_OF("etl", etl, 1, 10000,
             "echoes of one train: turbo factor, EPI factor, lines of one cycle of MPRAGE"),
    {.key = "order",
     .type = MRSE_FIELD_CHOICE,
     .at = AT(order),
     .choice = orders,
     .first = 1,
     .doc = "how the echoes fill k-space: from edge to edge, or from the centre outwards"},
    COUNT_OF("centre_echo", centre_echo, 1, 10000,
             "which echo fills the centre of k-space; left out: from te and echo_spacing"),
};

static const mrse_field_spec slices_fields[] = {
    SOURCE_OF_BLOCK,
    COUNT_OF("number", slices, 1, 10000, "slices in all; 3D: slabs"),
    VALUE("thickness", thickness, MRSE_KIND_LENGTH, 1e-5, 0.5,
          "of one slice; 3D: of one partition"),
    VALUE("gap", gap, MRSE_KIND_LENGTH, -0.1, 0.5, "between slices; negative: they overlap"),
    COUNT_OF("concatenations", concatenations, 1, 10000,
             "passes (acquisitions, packages) over which the slices are spread, each with its own "
             "TRs"),
    COUNT_OF("simultaneous", simultaneous, 1, 64,
             "slices excited at once: multiband, SMS factor; left out: 1"),
    COUNT_OF("partitions", partitions, 1, 100000, "3D: slice-encoding steps of the full k-space"),
};

static const mrse_field_spec geometry_fields[] = {
    SOURCE_OF_BLOCK,
    COUNT_OF("matrix_read", matrix_read, 2, 100000, "samples along the frequency direction"),
    COUNT_OF("matrix_phase", matrix_phase, 1, 100000,
             "phase-encoding lines of the full k-space, without oversampling"),
    VALUE("fov_read", fov_read, MRSE_KIND_LENGTH, 1e-3, 2, "field of view, frequency direction"),
    VALUE("fov_phase", fov_phase, MRSE_KIND_LENGTH, 1e-3, 2, "field of view, phase direction"),
    FACTOR("phase_oversampling", phase_oversampling, 0, 10,
           "share of the lines added against wrap: 20 %"),
};

static const mrse_field_spec acquisition_fields[] = {
    SOURCE_OF_BLOCK,
    COUNT_OF("averages", averages, 1, 10000, "averages: NEX, NSA, number of acquisitions"),
    COUNT_OF("volumes", volumes, 1, 100000,
             "measurements: diffusion directions times b-values, phases, repetitions"),
    VALUE("bandwidth", bandwidth, MRSE_KIND_FREQUENCY, 1, 2e6,
          "of one pixel: where the console shows the whole width, divided by the matrix"),
    FACTOR("acceleration_phase", acceleration_phase, 1, 64, "parallel imaging along phase"),
    FACTOR("acceleration_slice", acceleration_slice, 1, 64, "parallel imaging along partitions"),
    COUNT_OF("reference_lines", reference_lines, 0, 10000,
             "lines that the scan itself adds to calibrate parallel imaging"),
    FACTOR("partial_phase", partial_phase, 0.5, 1, "partial Fourier along phase: 6/8"),
    FACTOR("partial_slice", partial_slice, 0.5, 1, "partial Fourier along partitions"),
    FACTOR("g_factor", g_factor, 1, 100, "noise amplification of parallel imaging"),
    VALUE("b_value", b_value, MRSE_KIND_B_VALUE, 0, 1e11, "largest diffusion weighting"),
};

static const mrse_schema timing_schema = BLOCK(timing_fields);
static const mrse_schema train_schema = BLOCK(train_fields);
static const mrse_schema slices_schema = BLOCK(slices_fields);
static const mrse_schema geometry_schema = BLOCK(geometry_fields);
static const mrse_schema acquisition_schema = BLOCK(acquisition_fields);

static const mrse_field_spec sequence_fields[] = {
    {.key = "mrse",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`sequence/1`",
     .doc = "the format; the first key of the file"},
    {.key = "id",
     .type = MRSE_FIELD_NAME,
     .at = AT(id),
     .longest = MRSE_SPEC_NAME,
     .doc = "short name for records; nothing that identifies a patient"},
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .at = AT(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "as the console calls it: 't2_tse_sag'"},
    {.key = "stamp",
     .type = MRSE_FIELD_TEXT,
     .at = AT(stamp),
     .doc = "a warning that every document repeats"},
    {.key = "note", .type = MRSE_FIELD_TEXT, .at = AT(note), .doc = "anything worth knowing"},
    {.key = "sources",
     .type = MRSE_FIELD_SOURCES,
     .at = AT(sources),
     .doc = "map from an id to what the numbers of this file come from"},
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of every number that names none itself"},
    {.key = "family",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = AT(family),
     .choice = families,
     .first = MRSE_FAMILY_SE,
     .doc = "kind of sequence; GRE is spoiled, DWI a diffusion-weighted spin-echo EPI; an "
            "inversion pulse makes STIR, FLAIR or MPRAGE of it"},
    {.key = "dimension",
     .type = MRSE_FIELD_FLAG,
     .at = AT(three_d),
     .choice = dimensions,
     .doc = "left out: 2D"},
    VALUE("b0", b0, MRSE_KIND_B0, 0.01, 21,
          "field class of the scanner: tissue times depend on it"),
    {.key = "coil",
     .type = MRSE_FIELD_TEXT,
     .at = AT(coil),
     .longest = MRSE_SPEC_NAME,
     .doc = "transmit coil, as the console calls it; SAR is compared for the same one only"},
    {.key = "region",
     .type = MRSE_FIELD_CHOICE,
     .at = AT(region),
     .choice = mrse_sequence_regions,
     .first = MRSE_REGION_HEAD,
     .doc = "what is at the isocentre; SAR is compared for the same one only"},
    {.key = "exam",
     .type = MRSE_FIELD_TEXT,
     .at = AT(exam),
     .longest = MRSE_SPEC_NAME,
     .doc = "the same word in all sequences of one examination of one registered patient; nothing "
            "that identifies the patient"},
    {.key = "timing", .type = MRSE_FIELD_MAP, .child = &timing_schema, .doc = "times"},
    {.key = "train", .type = MRSE_FIELD_MAP, .child = &train_schema, .doc = "the train of echoes"},
    {.key = "slices", .type = MRSE_FIELD_MAP, .child = &slices_schema, .doc = "slices or slabs"},
    {.key = "geometry", .type = MRSE_FIELD_MAP, .child = &geometry_schema, .doc = "in plane"},
    {.key = "acquisition",
     .type = MRSE_FIELD_MAP,
     .child = &acquisition_schema,
     .doc = "what is acquired of k-space, and how often"},
    {.key = "pulses",
     .type = MRSE_FIELD_LIST,
     .at = AT(pulse),
     .count = AT(n_pulses),
     .child = &mrse_sequence_pulse,
     .doc = "every RF pulse; B1+rms is worked out of them only when all are here"},
    {.key = "adiabatic_or_verse",
     .type = MRSE_FIELD_FLAG,
     .at = AT(adiabatic_or_verse),
     .choice = no_yes,
     .doc = "yes when some pulse is: its flip angle and duration do not say what B1 it needs"},
    {.key = "gradients",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_sequence_gradients,
     .doc = "the switched gradients of the sequence"},
    {.key = "reported",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_sequence_reported,
     .doc = "what the console says that the sequence does"},
};

static const mrse_schema sequence_schema = {
    .name = "a sequence",
    .field = sequence_fields,
    .n = MRSE_COUNT(sequence_fields),
    .size = sizeof(mrse_protocol),
    .line = MRSE_NOWHERE,
    .finish = mrse_sequence_finish,
};

const mrse_format mrse_spec_sequence = {
    .kind = "sequence",
    .doc = "One sequence as a console shows it, with its RF pulses and gradients where they are "
           "known.",
    .schema = &sequence_schema,
    .path = AT(path),
};

mrse_status mrse_protocol_load(const char *path, mrse_protocol **out, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_file(&mrse_spec_sequence, path, &object, NULL, diags);
    *out = object;
    return status;
}

void mrse_protocol_free(mrse_protocol *protocol)
{
    mrse_spec_object_free(&mrse_spec_sequence, protocol);
}
