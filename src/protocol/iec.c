/* Limits of IEC 60601-2-33 by operating mode. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/iec.h"

#include <math.h>
#include <string.h>

#include "mrse/stimulation.h"

#define SAR_TEXTS   "mri-q.com/sar-limits; JIS Z 4951 (mri-anzen.or.jp); GE operator manual"
#define LOCAL_TEXTS "mri-q.com, a table that is a picture and was not read"
#define CORE_TEXT   "MHRA device bulletin, page 30, as cited by revisemri.com"

#define NORMAL_WB  2.0
#define FIRST_WB   4.0
#define PER_DEGREE 0.25
#define WARM_DEGC  25.0

static const mrse_iec_entry table[] = {
    {"sar-whole-body", MRSE_KIND_SAR_WHOLE_BODY, MRSE_IEC_MODE_NORMAL, NORMAL_WB, "W/kg",
     "mean of 6 min", SAR_TEXTS, true},
    {"sar-whole-body", MRSE_KIND_SAR_WHOLE_BODY, MRSE_IEC_MODE_FIRST, FIRST_WB, "W/kg",
     "mean of 6 min; 0.25 W/kg less for each degree above 25 degC, down to 2", SAR_TEXTS, true},
    {"sar-head", MRSE_KIND_SAR_HEAD, MRSE_IEC_MODE_ANY, 3.2, "W/kg", "mean of 6 min", SAR_TEXTS,
     true},
    {"sar-partial-body", MRSE_KIND_SAR_PARTIAL_BODY, MRSE_IEC_MODE_NORMAL, 2.0, "W/kg",
     "10 - 8 r, r the exposed share of the mass; here at r = 1, the least", SAR_TEXTS, true},
    {"sar-partial-body", MRSE_KIND_SAR_PARTIAL_BODY, MRSE_IEC_MODE_FIRST, 4.0, "W/kg",
     "10 - 6 r, r the exposed share of the mass; here at r = 1, the least", SAR_TEXTS, true},
    {"sar-local-trunk", MRSE_KIND_SAR_LOCAL, MRSE_IEC_MODE_NORMAL, 10.0, "W/kg",
     "10 g, head and trunk", LOCAL_TEXTS, false},
    {"sar-local-trunk", MRSE_KIND_SAR_LOCAL, MRSE_IEC_MODE_FIRST, 20.0, "W/kg",
     "10 g, head and trunk", LOCAL_TEXTS, false},
    {"sar-local-limbs", MRSE_KIND_SAR_LOCAL, MRSE_IEC_MODE_NORMAL, 20.0, "W/kg", "10 g, limbs",
     LOCAL_TEXTS, false},
    {"sar-local-limbs", MRSE_KIND_SAR_LOCAL, MRSE_IEC_MODE_FIRST, 40.0, "W/kg", "10 g, limbs",
     LOCAL_TEXTS, false},
    {"sar-10s", MRSE_KIND_RATIO, MRSE_IEC_MODE_ANY, 2.0, "1",
     "SAR of any 10 s over the limit of 6 min", "JIS Z 4951 (mri-anzen.or.jp)", true},
    {"core-temperature", MRSE_KIND_TEMPERATURE_RISE, MRSE_IEC_MODE_NORMAL, 0.5, "degC", "",
     CORE_TEXT, true},
    {"core-temperature", MRSE_KIND_TEMPERATURE_RISE, MRSE_IEC_MODE_FIRST, 1.0, "degC", "",
     CORE_TEXT, true},
    {"sed-warning", MRSE_KIND_SED, MRSE_IEC_MODE_ANY, 6000.0, "J/kg",
     "one vendor's (Siemens) warning; the standard leaves it to risk management",
     "mriphysics.scot.nhs.uk", true},
    {"sed-stop", MRSE_KIND_SED, MRSE_IEC_MODE_ANY, 14400.0, "J/kg",
     "one vendor's (Siemens) stop, 2 W/kg for 2 h; the standard leaves it to risk management",
     "mriphysics.scot.nhs.uk", true},
    {"pns", MRSE_KIND_RATIO, MRSE_IEC_MODE_NORMAL, 0.8, "1", "of the mean threshold of perception",
     "GE operator manual; 78stepshealth.us", true},
    {"pns", MRSE_KIND_RATIO, MRSE_IEC_MODE_FIRST, 1.0, "1", "of the mean threshold of perception",
     "GE operator manual; 78stepshealth.us", true},
    {"cardiac-dbdt", MRSE_KIND_DBDT_PEAK, MRSE_IEC_MODE_ANY, MRSE_IEC_CARDIAC_T_S, "T/s",
     "20 / (1 - exp(-t / 3 ms)), t the ramp; here of a long ramp, the least",
     "checked against multiples of it at mrm.ismrm.org/t/503", false},
};

size_t mrse_iec_count(void)
{
    return sizeof table / sizeof table[0];
}

const mrse_iec_entry *mrse_iec_at(size_t i)
{
    return i < mrse_iec_count() ? &table[i] : NULL;
}

static bool of_mode(mrse_iec_mode entry, mrse_iec_mode asked)
{
    return entry == MRSE_IEC_MODE_ANY || entry == asked;
}

static bool is_mode(mrse_iec_mode mode)
{
    return mode == MRSE_IEC_MODE_NORMAL || mode == MRSE_IEC_MODE_FIRST;
}

static void state(mrse_limit *out, double v, mrse_kind kind, bool traced)
{
    *out = (mrse_limit){.op = MRSE_OP_LE};
    out->value = mrse_value_computed(v, 0.0, kind, MRSE_METHOD_IEC);
    out->value.origin = traced ? MRSE_ORIGIN_MANUFACTURER : MRSE_ORIGIN_UNVERIFIED;
    out->value.basis = MRSE_BASIS_DECLARED;
}

static void clear(mrse_limit *out)
{
    *out = (mrse_limit){.op = MRSE_OP_LE, .value = mrse_value_missing(MRSE_KIND_NONE)};
}

static const mrse_iec_entry *find(const char *id, mrse_iec_mode mode)
{
    size_t i;

    for (i = 0; i < mrse_iec_count(); i++)
        if (strcmp(table[i].id, id) == 0 && of_mode(table[i].mode, mode))
            return &table[i];
    return NULL;
}

mrse_status mrse_iec_find(const char *id, mrse_iec_mode mode, const mrse_iec_overrides *overrides,
                          mrse_limit *out)
{
    const mrse_iec_entry *entry;
    size_t i;

    if (!out)
        return MRSE_ERR_ARG;
    clear(out);
    entry = id ? find(id, mode) : NULL;
    if (!entry)
        return MRSE_ERR_ARG;
    for (i = 0; overrides && i < overrides->n; i++) {
        const mrse_iec_override *o = &overrides->item[i];

        if (!o->id || strcmp(o->id, id) != 0 || !of_mode(o->mode, mode))
            continue;
        if (o->value.kind != entry->kind)
            return MRSE_ERR_ARG;
        out->value = o->value;
        out->value.u = 0.0;
        out->value.basis = MRSE_BASIS_DECLARED;
        return MRSE_OK;
    }
    state(out, entry->value, entry->kind, entry->traced);
    return MRSE_OK;
}

mrse_status mrse_iec_partial_body(double exposed, mrse_iec_mode mode, mrse_limit *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    clear(out);
    if (!isfinite(exposed) || !is_mode(mode))
        return MRSE_ERR_ARG;
    if (!(exposed > 0.0 && exposed <= 1.0))
        return MRSE_ERR_RANGE;
    state(out, 10.0 - (mode == MRSE_IEC_MODE_NORMAL ? 8.0 : 6.0) * exposed,
          MRSE_KIND_SAR_PARTIAL_BODY, true);
    return MRSE_OK;
}

mrse_status mrse_iec_warm_room(double room_degC, mrse_iec_mode mode, mrse_limit *out)
{
    double above = fmax(0.0, room_degC - WARM_DEGC), limit = NORMAL_WB;

    if (!out)
        return MRSE_ERR_ARG;
    clear(out);
    if (!isfinite(room_degC) || !is_mode(mode))
        return MRSE_ERR_ARG;
    if (!(room_degC >= 0.0 && room_degC <= 50.0))
        return MRSE_ERR_RANGE;
    if (mode == MRSE_IEC_MODE_FIRST)
        limit = fmax(NORMAL_WB, FIRST_WB - PER_DEGREE * above);
    state(out, limit, MRSE_KIND_SAR_WHOLE_BODY, above == 0.0);
    return MRSE_OK;
}

mrse_status mrse_iec_10s(const mrse_limit *mean, mrse_limit *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    clear(out);
    if (!mean || mean->op != MRSE_OP_LE || mean->value.kind < MRSE_KIND_SAR_WHOLE_BODY ||
        mean->value.kind > MRSE_KIND_SAR_LOCAL)
        return MRSE_ERR_ARG;
    *out = *mean;
    out->value.v *= find("sar-10s", MRSE_IEC_MODE_ANY)->value;
    return MRSE_OK;
}

mrse_status mrse_iec_cardiac(double ramp_s, mrse_limit *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    clear(out);
    if (!isfinite(ramp_s))
        return MRSE_ERR_ARG;
    if (!(ramp_s > 0.0))
        return MRSE_ERR_RANGE;
    state(out, mrse_stimulation_cardiac_T_s(ramp_s), MRSE_KIND_DBDT_PEAK, false);
    return MRSE_OK;
}
