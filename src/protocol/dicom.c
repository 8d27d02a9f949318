/* From a DICOM header to a protocol. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dicom_internal.h"
#include "mrse/alloc.h"

#define LARGEST_EXCITATION (MRSE_PI / 2 * 1.001) /* more refocuses, but for gradient echoes */

/* --- Nothing stated yet ----------------------------------------------------------------------------- */

static void begin_values(mrse_protocol *p)
{
    mrse_reported *r = &p->reported;
    const struct {
        mrse_value *value;
        mrse_kind kind;
    } all[] = {{&p->b0, MRSE_KIND_B0},
               {&p->tr, MRSE_KIND_TIME},
               {&p->te, MRSE_KIND_TIME},
               {&p->ti, MRSE_KIND_TIME},
               {&p->esp, MRSE_KIND_TIME},
               {&p->b_value, MRSE_KIND_B_VALUE},
               {&p->fov_read, MRSE_KIND_LENGTH},
               {&p->fov_phase, MRSE_KIND_LENGTH},
               {&p->thickness, MRSE_KIND_LENGTH},
               {&p->gap, MRSE_KIND_LENGTH},
               {&p->bandwidth, MRSE_KIND_FREQUENCY},
               {&p->gradient_amplitude, MRSE_KIND_GRADIENT},
               {&p->gradient_slew, MRSE_KIND_SLEW_SEQUENCE},
               {&r->b1_peak, MRSE_KIND_B1_PEAK},
               {&r->sed, MRSE_KIND_SED},
               {&r->slew, MRSE_KIND_SLEW_SEQUENCE},
               {&r->gradient, MRSE_KIND_GRADIENT},
               {&r->scan_time, MRSE_KIND_TIME},
               {&r->acoustic, MRSE_KIND_SOUND_LEVEL}};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        *all[i].value = mrse_value_missing(all[i].kind);
}

static void begin(mrse_protocol *p)
{
    double *const all[] = {&p->etl,
                           &p->centre_echo,
                           &p->slices,
                           &p->concatenations,
                           &p->averages,
                           &p->volumes,
                           &p->dummies,
                           &p->simultaneous,
                           &p->matrix_read,
                           &p->matrix_phase,
                           &p->partitions,
                           &p->phase_oversampling,
                           &p->acceleration_phase,
                           &p->acceleration_slice,
                           &p->reference_lines,
                           &p->g_factor,
                           &p->partial_phase,
                           &p->partial_slice};

    begin_values(p);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        *all[i] = (double)NAN;
}

/* --- Identity ---------------------------------------------------------------------------------------- */

static char *copy_or_null(const char *text)
{
    return text[0] != '\0' ? mrse_strdup(text) : NULL;
}

/* The names that people type, of protocols and series, are left in the file. */
static mrse_status identify(const mrse_dicom *d, mrse_protocol *p)
{
    enum { SHORT = 17 };
    const char *name = dicom_words(d, "SequenceName");
    const char *coil = dicom_words(d, "TransmitCoilName");
    const char *mode = dicom_words(d, "CSA GradientMode");
    char hash[SHORT], id[SHORT + 8];

    mrse_text_copy(hash, sizeof hash, d->sha256);
    (void)snprintf(id, sizeof id, hash[0] != '\0' ? "dicom:%s" : "dicom%s", hash);
    p->id = mrse_strdup(id);
    p->name = copy_or_null(name);
    p->coil = copy_or_null(coil);
    p->gradient_mode = copy_or_null(mode);
    p->sources.item = mrse_alloc(1, sizeof *p->sources.item);
    if (!p->id || !p->sources.item || (name[0] && !p->name) || (coil[0] && !p->coil) ||
        (mode[0] && !p->gradient_mode))
        return MRSE_ERR_NOMEM;
    p->sources.n = 1;
    p->sources.item[0].origin = MRSE_ORIGIN_CONSOLE;
    p->sources.item[0].id = mrse_strdup(id);
    p->sources.item[0].title = mrse_strdup("DICOM header of an image");
    return p->sources.item[0].id && p->sources.item[0].title ? MRSE_OK : MRSE_ERR_NOMEM;
}

/* --- Timing ------------------------------------------------------------------------------------------ */

static void take_tr(const mrse_dicom *d, mrse_protocol *p, mrse_diags *diags)
{
    bool whole = d->tr == MRSE_DICOM_TR_EXCITATION || d->tr == MRSE_DICOM_TR_CYCLE;

    if (whole)
        dicom_take(d, "RepetitionTime", MRSE_KIND_TIME, &p->tr);
    else if (d->tr == MRSE_DICOM_TR_ECHO)
        dicom_take(d, "RepetitionTime", MRSE_KIND_TIME, &p->esp);
    if (!whole && mrse_dicom_find(d, "RepetitionTime"))
        (void)mrse_diag_add(diags, MRSE_SEV_NOTE, MRSE_OK, "TR not taken: %s",
                            mrse_dicom_tr_text(d->tr));
}

/* Echoes of a train: refocusing pulses of TSE, gradient echoes of EPI, lines of a cycle. */
static double train_of(const mrse_dicom *d, mrse_family family)
{
    bool prepared = d->tr == MRSE_DICOM_TR_CYCLE || d->tr == MRSE_DICOM_TR_ECHO;
    bool gradient_train = family == MRSE_FAMILY_EPI || family == MRSE_FAMILY_DWI || prepared;
    double counted =
        dicom_number(d, gradient_train ? "EchoTrainLength gradient echoes" : "EchoTrainLength");

    if (family == MRSE_FAMILY_UNKNOWN && !prepared)
        return (double)NAN;
    if (isnan(counted))
        counted = dicom_number(d, gradient_train ? "GradientEchoTrainLength" : "RFEchoTrainLength");
    if (gradient_train && !(counted > 1))
        return (double)NAN; /* 0 or 1 of an EPI header counts something else */
    return counted >= 1 ? counted : (double)NAN;
}

/* --- Geometry ---------------------------------------------------------------------------------------- */

static void take_gap(const mrse_dicom *d, mrse_protocol *p)
{
    mrse_value spacing = mrse_value_missing(MRSE_KIND_LENGTH);

    dicom_take(d, "SpacingBetweenSlices", MRSE_KIND_LENGTH, &spacing);
    double gap_m = spacing.v - p->thickness.v;
    if (p->three_d || !(gap_m > -1e-6))
        return;
    p->gap = spacing;
    p->gap.v = gap_m > 1e-9 ? gap_m : 0; /* a difference of two decimals that are equal */
    memset(p->gap.printed, 0, sizeof p->gap.printed);
}

/* Siemens' code: one bit for each eighth from four on. */
static double siemens_partial(double code)
{
    static const struct {
        double code, share;
    } table[] = {{1, 4.0 / 8}, {2, 5.0 / 8}, {4, 6.0 / 8}, {8, 7.0 / 8}, {16, 1}};

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (code == table[i].code)
            return table[i].share;
    return (double)NAN;
}

static double at_least_one(double x)
{
    return x >= 1 ? x : (double)NAN;
}

static void take_geometry(const mrse_dicom *d, mrse_protocol *p)
{
    static const char *const lines[] = {"sKSpace.lPhaseEncodingLines",
                                        "MRAcquisitionPhaseEncodingStepsInPlane"};

    p->three_d = strcmp(dicom_words(d, "MRAcquisitionType"), "3D") == 0;
    dicom_take(d, "SliceThickness", MRSE_KIND_LENGTH, &p->thickness);
    take_gap(d, p);
    dicom_take(d, "PixelBandwidth", MRSE_KIND_FREQUENCY, &p->bandwidth);
    p->slices = at_least_one(dicom_number(d, "sSliceArray.lSize"));
    p->averages = dicom_number(d, "NumberOfAverages");
    p->averages = p->averages > 0 ? p->averages : (double)NAN;
    p->simultaneous = at_least_one(dicom_number(d, "sSliceAcceleration.lMultiBandFactor"));
    p->matrix_read = at_least_one(dicom_number(d, "MRAcquisitionFrequencyEncodingSteps"));
    for (size_t i = 0; i < 2 && isnan(p->matrix_phase); i++)
        p->matrix_phase = at_least_one(dicom_number(d, lines[i]));
    p->acceleration_phase = at_least_one(dicom_number(d, "sPat.lAccelFactPE"));
    p->partial_phase = siemens_partial(dicom_number(d, "sKSpace.ucPhasePartialFourier"));
}

/* --- RF ---------------------------------------------------------------------------------------------- */

static mrse_status take_flip(const mrse_dicom *d, mrse_protocol *p, mrse_diags *diags)
{
    mrse_value flip = mrse_value_missing(MRSE_KIND_ANGLE);
    bool small = p->family == MRSE_FAMILY_GRE || p->family == MRSE_FAMILY_BSSFP;

    dicom_take(d, "FlipAngle", MRSE_KIND_ANGLE, &flip);
    if (isnan(flip.v))
        return MRSE_OK;
    if (p->family == MRSE_FAMILY_TSE || (!small && flip.v > LARGEST_EXCITATION)) {
        (void)mrse_diag_add(diags, MRSE_SEV_NOTE, MRSE_OK,
                            "flip angle not taken: of spin echoes some manufacturers state that of "
                            "the refocusing pulses, others that of the excitation");
        return MRSE_OK;
    }
    p->pulse = mrse_alloc(1, sizeof *p->pulse);
    if (!p->pulse)
        return MRSE_ERR_NOMEM;
    p->n_pulses = 1;
    p->pulse[0] = (mrse_protocol_pulse){.role = MRSE_PULSE_EXCITATION,
                                        .flip = flip,
                                        .duration = mrse_value_missing(MRSE_KIND_TIME),
                                        .b1_peak = mrse_value_missing(MRSE_KIND_B1_PEAK),
                                        .count = 1,
                                        .per = small ? MRSE_PER_ECHO : MRSE_PER_SHOT,
                                        .bands = p->simultaneous > 1 ? p->simultaneous : 1};
    return MRSE_OK;
}

/* --- The whole --------------------------------------------------------------------------------------- */

static mrse_status fill(const mrse_dicom *d, mrse_protocol *p, mrse_diags *diags)
{
    mrse_status status = identify(d, p);

    if (status != MRSE_OK)
        return status;
    p->family = dicom_family(d);
    dicom_take(d, "MagneticFieldStrength", MRSE_KIND_B0, &p->b0);
    take_tr(d, p, diags);
    dicom_take(d, "EchoTime", MRSE_KIND_TIME, &p->te);
    dicom_take(d, "InversionTime", MRSE_KIND_TIME, &p->ti);
    p->etl = train_of(d, p->family);
    take_geometry(d, p);
    dicom_reported(d, &p->reported, diags);
    if (d->cut_short)
        (void)mrse_diag_add(
            diags, MRSE_SEV_WARNING, MRSE_OK,
            "the header is damaged or ends early: what is missing may only be lost");
    return take_flip(d, p, diags);
}

mrse_status mrse_protocol_from_dicom(const mrse_dicom *dicom, mrse_protocol **out,
                                     mrse_diags *diags)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (!dicom)
        return MRSE_ERR_ARG;
    mrse_protocol *p = mrse_alloc(1, sizeof *p);
    if (!p)
        return MRSE_ERR_NOMEM;
    begin(p);
    mrse_status status = fill(dicom, p, diags);
    if (status != MRSE_OK) {
        mrse_protocol_clear(p);
        mrse_free(p);
        return status;
    }
    *out = p;
    return MRSE_OK;
}
