/* Exposure as the console states it in a header. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dicom_internal.h"

#define SAME 0.01 /* relative: the same number printed with fewer digits */

void dicom_take(const mrse_dicom *d, const char *name, mrse_kind kind, mrse_value *to)
{
    const mrse_dicom_item *item = mrse_dicom_find(d, name);

    if (item && isfinite(item->value.v) && item->value.kind == kind)
        *to = item->value;
}

static bool differ(double a, double b)
{
    return fabs(a - b) > SAME * fmax(fabs(a), fabs(b));
}

/* The same quantity may stand in several places: they must agree. */
static void take_kind(const mrse_dicom *d, mrse_kind kind, const char *what, mrse_value *to,
                      mrse_diags *diags)
{
    *to = mrse_value_missing(kind);
    for (size_t i = 0; i < d->n; i++) {
        const mrse_value *value = &d->item[i].value;
        if (value->kind != kind || !isfinite(value->v))
            continue;
        if (isfinite(to->v) && differ(value->v, to->v)) {
            (void)mrse_diag_add(diags, MRSE_SEV_WARNING, MRSE_OK,
                                "the header states %s twice, with different numbers: not taken",
                                what);
            *to = mrse_value_missing(kind);
            return;
        }
        if (isnan(to->v))
            *to = *value;
    }
}

static void take_stimulation(const mrse_dicom *d, mrse_value *to)
{
    const mrse_dicom_item *siemens = mrse_dicom_find(d, "CSA Stim_max_ges_norm_online");

    *to = mrse_value_missing(MRSE_KIND_RATIO);
    dicom_take(d, "GradientOutput PER_NERVE_STIM", MRSE_KIND_RATIO, to);
    if (isnan(to->v) && siemens && siemens->value.v > 0) {
        *to = siemens->value; /* root of the sum of squares of each axis over its limit */
        to->kind = MRSE_KIND_RATIO;
    }
}

static int level_of(const char *mode)
{
    static const char *const levels[] = {"IEC_NORMAL", "IEC_FIRST_LEVEL", "IEC_SECOND_LEVEL"};

    for (int i = 0; i < 3; i++)
        if (strcmp(mode, levels[i]) == 0)
            return i + 1;
    return 0;
}

/* That of the static field is the magnet's, not the sequence's. */
static unsigned mode_of(const mrse_dicom *d)
{
    int rf = level_of(dicom_words(d, "OperatingMode RF"));
    int gradient = level_of(dicom_words(d, "OperatingMode GRADIENT"));

    if (rf == 0 || gradient == 0)
        return 0;
    return (unsigned)(rf > gradient ? rf : gradient);
}

/* The weight that SAR was computed with goes before the one that was registered. The printed form is
 * dropped: the number is for comparing two headers, not for people to read. */
static void take_mass(const mrse_dicom *d, mrse_value *to)
{
    *to = mrse_value_missing(MRSE_KIND_MASS);
    dicom_take(d, "PatientWeight", MRSE_KIND_MASS, to);
    dicom_take(d, "CSA UsedPatientWeight", MRSE_KIND_MASS, to);
    memset(to->printed, 0, sizeof to->printed);
}

void dicom_reported(const mrse_dicom *d, mrse_reported *to, mrse_diags *diags)
{
    take_kind(d, MRSE_KIND_B1_RMS, "B1+rms", &to->b1_rms, diags);
    take_kind(d, MRSE_KIND_SAR_WHOLE_BODY, "whole-body SAR", &to->sar_whole_body, diags);
    take_kind(d, MRSE_KIND_SAR_PARTIAL_BODY, "partial-body SAR", &to->sar_partial_body, diags);
    take_kind(d, MRSE_KIND_SAR_HEAD, "head SAR", &to->sar_head, diags);
    take_kind(d, MRSE_KIND_SAR_LOCAL, "local SAR", &to->sar_local, diags);
    take_kind(d, MRSE_KIND_DBDT_PEAK, "dB/dt", &to->dbdt, diags);
    if (isfinite(to->dbdt.v) && d->vendor == MRSE_DICOM_VENDOR_OTHER) {
        to->dbdt = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
        (void)mrse_diag_add(diags, MRSE_SEV_NOTE, MRSE_OK,
                            "dB/dt not taken: some manufacturers write a fraction there, and what "
                            "this one writes is not known");
    }
    take_stimulation(d, &to->stimulation);
    dicom_take(d, "lTotalScanTimeSec", MRSE_KIND_TIME, &to->scan_time);
    dicom_take(d, "AcquisitionDuration", MRSE_KIND_TIME, &to->scan_time);
    to->mode = mode_of(d);
    take_mass(d, &to->patient_mass);
}
