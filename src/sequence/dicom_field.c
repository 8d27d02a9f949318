/* What the number of one element means: the traps of real files, each with its note.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dicom_internal.h"

#define GAUSS_PER_T    1e4
#define PROTON_HZ_T    42.577478518e6 /* CODATA 2018, shielding neglected */
#define NOTHING_ABOVE  25.0           /* T: no magnet for people is stronger */
#define GAUSS_FROM     100.0          /* 0.01 T written in gauss */
#define NOMINAL_WITHIN 0.04
#define F0_WITHIN      0.05
#define FRACTION_MOST  2.0 /* a stimulation of 200 % is no setting of a console */

void dicom_note(mrse_dicom_item *item, const char *note)
{
    size_t n = strlen(item->note);
    if (n > 0 && n + 2 < sizeof item->note) {
        mrse_text_copy(item->note + n, sizeof item->note - n, "; ");
        n += 2;
    }
    mrse_text_copy(item->note + n, sizeof item->note - n, note);
}

void dicom_missing(mrse_dicom_item *item, const char *note)
{
    item->value = mrse_value_missing(item->value.kind);
    dicom_note(item, note);
}

void dicom_keep(mrse_dicom_item *item, double si, mrse_kind kind)
{
    if (!isfinite(si)) {
        dicom_missing(item, "not a finite number");
        return;
    }
    if (si == 0 && item->number[0] != 0) { /* lost in the conversion to SI */
        dicom_missing(item, "too small to be a number of a console");
        return;
    }
    item->value = mrse_value_missing(kind);
    item->value.v = si;
    item->value.origin = MRSE_ORIGIN_CONSOLE;
    item->value.basis = MRSE_BASIS_DECLARED;
    size_t n = strlen(item->text), unit = strlen(item->unit);
    if (n + unit + 2 <= sizeof item->value.printed) {
        mrse_text_copy(item->value.printed, sizeof item->value.printed, item->text);
        if (unit > 0)
            item->value.printed[n++] = ' ';
        mrse_text_copy(item->value.printed + n, sizeof item->value.printed - n, item->unit);
    }
}

/* --- Field and frequency ------------------------------------------------------------------------ */

/* Field strength in T that the number stands for, NaN when it cannot be told. */
static double field_T(double x)
{
    if (x > 0 && x <= NOTHING_ABOVE)
        return x;
    if (x >= GAUSS_FROM && x <= NOTHING_ABOVE * GAUSS_PER_T)
        return x / GAUSS_PER_T;
    return (double)NAN;
}

/* Labels speak of classes: 1.494 T is a 1.5 T magnet, 2.894 T one of 3 T. */
static void mean_field(mrse_dicom_item *item)
{
    static const double classes_T[] = {1.5, 3.0, 7.0};
    double x = item->number[0], b0_T = field_T(x);
    if (!isfinite(b0_T)) {
        dicom_missing(item, "neither tesla nor gauss makes a field strength of this number");
        return;
    }
    if (x >= GAUSS_FROM) {
        item->unit = "G";
        dicom_note(item, "written in gauss, where the standard says tesla");
    }
    double nominal_T = b0_T;
    for (size_t i = 0; i < sizeof classes_T / sizeof classes_T[0]; i++) {
        if (fabs(b0_T - classes_T[i]) <= NOMINAL_WITHIN * classes_T[i])
            nominal_T = classes_T[i];
    }
    if (nominal_T != b0_T)
        dicom_note(item, "the value is the nominal class of the magnet, not the number written");
    dicom_keep(item, nominal_T, MRSE_KIND_B0);
}

static bool is_proton(double f0_Hz, double b0_T)
{
    return fabs(f0_Hz - PROTON_HZ_T * b0_T) <= F0_WITHIN * PROTON_HZ_T * b0_T;
}

static void mean_frequency(const mrse_dicom *d, mrse_dicom_item *item)
{
    const mrse_dicom_item *field = mrse_dicom_find(d, "MagneticFieldStrength");
    double b0_T = field != NULL && field->n == 1 ? field_T(field->number[0]) : (double)NAN;
    double x = item->number[0];
    if (x > 0 && x < 1000) {
        dicom_keep(item, x * 1e6, MRSE_KIND_FREQUENCY);
    } else if (is_proton(x / 10, b0_T)) {
        item->unit = "0.1 Hz";
        dicom_note(item, "written in tenths of a hertz, where the standard says MHz; agrees with "
                         "the field strength");
        dicom_keep(item, x / 10, MRSE_KIND_FREQUENCY);
    } else if (is_proton(x, b0_T)) {
        item->unit = "Hz";
        dicom_note(item, "written in Hz, where the standard says MHz; agrees with the field "
                         "strength");
        dicom_keep(item, x, MRSE_KIND_FREQUENCY);
    } else {
        dicom_missing(item, "no unit makes this number the frequency of the stated field");
    }
}

/* --- Exposure ---------------------------------------------------------------------------------- */

static void mean_sar_of(mrse_dicom_item *item, const char *definition)
{
    static const struct {
        const char *term;
        mrse_kind kind;
    } table[] = {{"IEC_WHOLE_BODY", MRSE_KIND_SAR_WHOLE_BODY},
                 {"IEC_PARTIAL_BODY", MRSE_KIND_SAR_PARTIAL_BODY},
                 {"IEC_HEAD", MRSE_KIND_SAR_HEAD},
                 {"IEC_LOCAL", MRSE_KIND_SAR_LOCAL}};
    item->value.kind = MRSE_KIND_NONE;
    if (strcmp(definition, "SMR_B1RMS") == 0) {
        item->unit = "uT";
        dicom_note(item, "B1+rms in \xC2\xB5T, although it stands among the SAR values: no SAR");
        if (item->number[0] > 0)
            dicom_keep(item, item->number[0] / 1e6, MRSE_KIND_B1_RMS);
        else
            dicom_missing(item, "not filled");
        return;
    }
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(definition, table[i].term) != 0)
            continue;
        item->unit = "W/kg";
        item->value.kind = table[i].kind;
        if (item->number[0] > 0)
            dicom_keep(item, item->number[0], table[i].kind);
        else
            dicom_missing(item, "not above zero: not filled");
        return;
    }
    dicom_missing(item,
                  strcmp(definition, "SMR_BORELOCAL") == 0
                      ? "SMR_BORELOCAL is a term of the manufacturer's: no unit is stated, it "
                        "is taken for no SAR"
                      : "no definition of the standard stands beside it: not known which SAR "
                        "this is, or whether it is one");
}

static void mean_gradient_output(const mrse_dicom *d, mrse_dicom_item *item, const char *type)
{
    double x = item->number[0];
    item->value.kind = MRSE_KIND_NONE;
    if (!(x > 0)) {
        dicom_missing(item, "not above zero: not filled");
    } else if (strcmp(type, "DB_DT") == 0) {
        item->unit = "T/s";
        dicom_keep(item, x, MRSE_KIND_DBDT_PEAK);
    } else if (strcmp(type, "PER_NERVE_STIM") == 0 && x > FRACTION_MOST) {
        item->unit = "%";
        dicom_keep(item, x / 100, MRSE_KIND_RATIO);
    } else if (strcmp(type, "PER_NERVE_STIM") == 0 && d->vendor == MRSE_DICOM_SIEMENS) {
        dicom_note(item,
                   "read as a fraction of the stimulation limit (Siemens), where the standard "
                   "says percent");
        dicom_keep(item, x, MRSE_KIND_RATIO);
    } else if (strcmp(type, "PER_NERVE_STIM") == 0) {
        dicom_missing(item,
                      "a fraction or percent: the standard says percent, some write fractions");
    } else if (strcmp(type, "CARD_NERVE_STIM") == 0) {
        dicom_missing(item, "CARD_NERVE_STIM, cardiac stimulation, is no term of the standard: "
                            "neither its unit nor its limit is known");
    } else {
        dicom_missing(item, "no type of the standard stands beside it: unit not known");
    }
}

static void mean_sar(const mrse_dicom *d, mrse_dicom_item *item)
{
    if (!(item->number[0] > 0)) {
        dicom_missing(item, "not above zero: not filled");
        return;
    }
    for (size_t i = 0; i < d->n; i++) {
        const mrse_dicom_item *other = &d->item[i];
        bool same = other->element == 0x9181 && other->n == 1 &&
                    fabs(other->number[0] - item->number[0]) <= 1e-5 * item->number[0];
        const mrse_dicom_item *term = same ? dicom_beside(d, other, 0x0018, 0x9179) : NULL;
        if (term != NULL && strcmp(term->text, "IEC_WHOLE_BODY") != 0) {
            dicom_note(item, "whole body by the standard, but the same number stands in this file "
                             "under another definition");
            dicom_keep(item, item->number[0], MRSE_KIND_SAR_UNSPECIFIED);
            return;
        }
    }
    dicom_keep(item, item->number[0], MRSE_KIND_SAR_WHOLE_BODY);
}

static void mean_b1(mrse_dicom_item *item)
{
    if (item->number[0] == -9999)
        dicom_missing(item, "-9999 stands for not calculated (seen with parallel transmission)");
    else if (!(item->number[0] > 0))
        dicom_missing(item, "not above zero: not filled");
    else
        dicom_keep(item, item->number[0] / 1e6, MRSE_KIND_B1_RMS);
}

/* --- Timing ------------------------------------------------------------------------------------ */

static void mean_tr(const mrse_dicom *d, mrse_dicom_item *item)
{
    if (!(item->number[0] > 0)) {
        dicom_missing(item, "not above zero: not filled");
        return;
    }
    dicom_keep(item, item->number[0] / 1e3, MRSE_KIND_TIME);
    dicom_note(item, mrse_dicom_tr_text(d->tr));
}

/* Echo planar, or a turbo gradient echo: what follows the excitation is gradient echoes. */
static bool has_gradient_train(const mrse_dicom *d)
{
    const mrse_dicom_item *rf = mrse_dicom_find(d, "RFEchoTrainLength");
    const mrse_dicom_item *gradient = mrse_dicom_find(d, "GradientEchoTrainLength");
    const char *name = dicom_text_of(d, "SequenceName");
    name += *name == '*';
    if (dicom_has_word(dicom_text_of(d, "ScanningSequence"), "EP") || strncmp(name, "ep", 2) == 0)
        return true;
    return rf != NULL && gradient != NULL && rf->n == 1 && gradient->n == 1 && rf->number[0] <= 1 &&
           gradient->number[0] > 1;
}

/* Compared under another name: a turbo factor is not an EPI factor. */
static void mean_train(const mrse_dicom *d, mrse_dicom_item *item)
{
    if (!has_gradient_train(d)) {
        if (item->number[0] > 0)
            dicom_keep(item, item->number[0], MRSE_KIND_NONE);
        else
            dicom_missing(item, "0: not filled");
        return;
    }
    mrse_text_copy(item->name, sizeof item->name, "EchoTrainLength gradient echoes");
    if (item->number[0] > 1) {
        dicom_note(
            item, "counts gradient echoes (EPI or turbo field echo factor), not refocusing pulses");
        dicom_keep(item, item->number[0], MRSE_KIND_NONE);
    } else {
        dicom_missing(item,
                      "EPI, or all its lines in one train of gradient echoes: the number does "
                      "not count them");
    }
}

/* --- Private ----------------------------------------------------------------------------------- */

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static void mean_siemens(mrse_dicom_item *item)
{
    static const struct {
        const char *name, *unit;
        int exp10;
        mrse_kind kind;
    } table[] = {
        {"alTR", "us", -6, MRSE_KIND_TIME},
        {"lTotalScanTimeSec", "s", 0, MRSE_KIND_TIME},
        {"lScanTimeSec", "s", 0, MRSE_KIND_TIME},
        {"adFlipAngleDegree", "deg", 0, MRSE_KIND_ANGLE},
        {"CSA BandwidthPerPixelPhaseEncode", "Hz", 0, MRSE_KIND_FREQUENCY},
        {"CSA UsedPatientWeight", "kg", 0, MRSE_KIND_MASS},
        {"CSA TransmitterCalibration", "V", 0, MRSE_KIND_NONE},
        {"sTXSPEC.asNucleusInfo", "V", 0, MRSE_KIND_NONE},
        {"sTXSPEC.aRFPULSE", "V", 0, MRSE_KIND_NONE},
    };
    if (item->n != 1)
        return;
    double x = item->number[0];
    if (begins(item->name, "sProtConsistencyInfo.flNominalB0")) {
        item->unit = "T";
        mean_field(item);
        return;
    }
    if (begins(item->name, "CSA dBdt_") && x == 0) {
        dicom_missing(item, "0: not filled");
        return;
    }
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (!begins(item->name, table[i].name))
            continue;
        item->unit = table[i].unit;
        x = table[i].exp10 < 0 ? x / 1e6 : x;
        x = table[i].kind == MRSE_KIND_ANGLE ? x * MRSE_PI / 180 : x;
        if (x > 0)
            dicom_keep(item, x, table[i].kind);
        else
            dicom_missing(item, "0: not filled");
        return;
    }
    dicom_keep(item, x, MRSE_KIND_NONE);
}

static void mean_ge(mrse_dicom_item *item)
{
    bool sar = strcmp(item->keyword, "GEPeakSAR") == 0;
    if (item->n == 1 && item->number[0] > 0)
        dicom_keep(item, item->number[0], sar ? MRSE_KIND_SAR_UNSPECIFIED : MRSE_KIND_NONE);
    else if (item->n == 1)
        dicom_missing(item, "0: not filled");
}

/* --- The others -------------------------------------------------------------------------------- */

static void mean_plain(mrse_dicom_item *item)
{
    double x = item->number[0];
    switch (item->value.kind) {
    case MRSE_KIND_TIME:
        x = strcmp(item->unit, "ms") == 0 ? x / 1e3 : x;
        break;
    case MRSE_KIND_LENGTH:
        x = strcmp(item->unit, "mm") == 0 ? x / 1e3 : x;
        break;
    case MRSE_KIND_RATIO:
        x /= 100;
        break;
    case MRSE_KIND_ANGLE:
        x = x * MRSE_PI / 180;
        break;
    default:
        break;
    }
    if (item->value.kind == MRSE_KIND_NONE || x > 0)
        dicom_keep(item, x, item->value.kind);
    else
        dicom_missing(item, strcmp(item->keyword, "InversionTime") == 0
                                ? "0: no inversion pulse, or not filled"
                                : "not above zero: not filled");
}

static const char *text_beside(const mrse_dicom *d, const mrse_dicom_item *item, uint16_t element)
{
    const mrse_dicom_item *other = dicom_beside(d, item, 0x0018, element);
    return other != NULL ? other->text : "";
}

void dicom_mean(const mrse_dicom *d, mrse_dicom_item *item)
{
    const char *keyword = item->keyword;
    bool infinite = item->n == 1 && !isfinite(item->number[0]);
    if (item->cut)
        dicom_note(item, "longer than what is kept");
    if (begins(keyword, "PatientAge") && begins(item->text, "000"))
        dicom_note(item, "not filled");
    if (item->n > 1 || item->n == 0 || infinite) {
        bool number = item->value.kind != MRSE_KIND_NONE;
        item->value = mrse_value_missing(item->value.kind);
        if (number || infinite)
            dicom_note(item, infinite ? "not a finite number" : "not one number");
        return;
    }
    if (strcmp(keyword, "MagneticFieldStrength") == 0)
        mean_field(item);
    else if (strcmp(item->name, "ImagingFrequency") == 0)
        mean_frequency(d, item);
    else if (strcmp(keyword, "SAR") == 0)
        mean_sar(d, item);
    else if (strcmp(keyword, "B1rms") == 0)
        mean_b1(item);
    else if (strcmp(keyword, "SpecificAbsorptionRateValue") == 0)
        mean_sar_of(item, text_beside(d, item, 0x9179));
    else if (strcmp(keyword, "GradientOutput") == 0)
        mean_gradient_output(d, item, text_beside(d, item, 0x9180));
    else if (strcmp(keyword, "RepetitionTime") == 0)
        mean_tr(d, item);
    else if (strcmp(keyword, "EchoTrainLength") == 0)
        mean_train(d, item);
    else if (begins(keyword, "Siemens"))
        mean_siemens(item);
    else if (begins(keyword, "GE"))
        mean_ge(item);
    else
        mean_plain(item);
}
