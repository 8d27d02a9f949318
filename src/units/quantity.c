/* Quantities as text: reading one with its unit, printing one in the unit that people expect.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "units_internal.h"

enum { TEXT_MAX = 128 };

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

/* Length of the number that the text begins with; 0 when it begins with none. */
static size_t number_length(const char *text)
{
    size_t n = text[0] == '+' || text[0] == '-', more;

    more = digits_at(text + n);
    if (more == 0)
        return 0;
    n += more;
    if (text[n] == '.') {
        more = digits_at(text + n + 1);
        if (more == 0)
            return 0;
        n += 1 + more;
    }
    if (text[n] == 'e' || text[n] == 'E') {
        size_t sign = text[n + 1] == '+' || text[n + 1] == '-';

        more = digits_at(text + n + 1 + sign);
        if (more > 0)
            n += 1 + sign + more;
    }
    return n;
}

static mrse_status no_number(const mrse_kind_info *kind, const char *text, mrse_buf *why,
                             mrse_buf *hint)
{
    char shown[MRSE_UNITS_SHOWN];

    mrse_text_copy(shown, sizeof shown, text);
    mrse_buf_addf(why, "'%s' is not a number with its unit", shown);
    if (strstr(text, "\u2212") || strstr(text, "\u2013"))
        mrse_buf_add(hint, "the minus is a typographic one: write '-'; ");
    mrse_buf_addf(hint,
                  "write digits, with '.' as decimal mark and a digit on each side of it, "
                  "then the unit: '0.5 %s'",
                  kind->usual[0]);
    return MRSE_ERR_INPUT;
}

static mrse_status too_big(const char *number, mrse_buf *why, mrse_buf *hint)
{
    mrse_buf_addf(why, "'%s' is too large or too small a number to work with", number);
    mrse_buf_add(hint, "check the exponent");
    return MRSE_ERR_INPUT;
}

static mrse_status convert(const char *text, size_t n, const mrse_unit *unit, mrse_quantity *out)
{
    int exp10 = unit->exp10 == MRSE_UNIT_NOT_DECIMAL ? 0 : unit->exp10;
    double si, half;
    mrse_status status = mrse_text_read_num10(text, n, exp10, &si, &half);

    if (status != MRSE_OK)
        return status;
    if (unit->exp10 == MRSE_UNIT_NOT_DECIMAL) {
        si *= unit->to_si;
        half *= unit->to_si;
    }
    if (!isfinite(si) || !isfinite(half))
        return MRSE_ERR_INPUT;
    out->si = si;
    out->half_ulp = half;
    return MRSE_OK;
}

static mrse_status read_unit(const char *text, size_t n, mrse_kind kind, mrse_quantity *out,
                             mrse_buf *why, mrse_buf *hint)
{
    const mrse_kind_info *info = mrse_kind_get(kind);
    const char *rest = text + n + (text[n] == ' ');
    const mrse_unit *unit = mrse_unit_find(rest);
    char number[MRSE_UNITS_SHOWN];

    mrse_text_copy(number, n < sizeof number ? n + 1 : sizeof number, text);
    if (!unit) {
        if (*rest)
            mrse_units_explain_unknown(info, number, rest, why, hint);
        else
            mrse_units_explain_bare(info, number, why, hint);
        return MRSE_ERR_INPUT;
    }
    if (strcmp(unit->dim, info->dim) != 0) {
        mrse_units_explain_dim(info, number, unit, why, hint);
        return MRSE_ERR_INPUT;
    }
    if (convert(text, n, unit, out) != MRSE_OK)
        return too_big(number, why, hint);
    out->kind = kind;
    out->unit = unit;
    return MRSE_OK;
}

mrse_status mrse_quantity_read(const char *text, mrse_kind kind, mrse_quantity *out, mrse_buf *why,
                               mrse_buf *hint)
{
    size_t n;

    if (out)
        memset(out, 0, sizeof *out);
    if (!text || !out || kind <= MRSE_KIND_NONE || kind >= MRSE_KIND_COUNT)
        return MRSE_ERR_ARG;
    n = number_length(text);
    if (n == 0 || strlen(text) > TEXT_MAX)
        return no_number(mrse_kind_get(kind), text, why, hint);
    /* "0.5 1" is a ratio, "0.51" a bare number: the unit 1 needs its space, and has it, because
     * the number takes every digit that it can */
    return read_unit(text, n, kind, out, why, hint);
}

/* From which absolute SI value on a unit is the readable one; the last entry takes the rest. */
typedef struct scale {
    double from;
    const char *unit;
} scale;

static const scale length_scale[] = {{1, "m"}, {0.01, "cm"}, {0, "mm"}};
static const scale field_scale[] = {{0.1, "T"}, {1e-4, "mT"}, {0, "\u00B5T"}};
static const scale gauss_scale[] = {{0.1, "kG"}, {0, "G"}};
static const scale b1_scale[] = {{1e-3, "mT"}, {0, "\u00B5T"}};
static const scale gradient_scale[] = {{1, "T/m"}, {0, "mT/m"}};
static const scale time_scale[] = {
    {172800, "d"}, {7200, "h"}, {120, "min"}, {1, "s"}, {1e-3, "ms"}, {0, "\u00B5s"},
};
static const scale frequency_scale[] = {{1e6, "MHz"}, {1e3, "kHz"}, {0, "Hz"}};
static const scale angle_scale[] = {{0, "deg"}};
static const scale mass_scale[] = {{1, "kg"}, {1e-3, "g"}, {0, "mg"}};
static const scale temperature_scale[] = {{0, "\u00B0C"}};
static const scale current_scale[] = {{1e6, "MA"}, {1e3, "kA"}, {0, "A"}};
static const scale ratio_scale[] = {{0, "%"}};
static const scale sed_scale[] = {{1e3, "kJ/kg"}, {0, "J/kg"}};
static const scale b_value_scale[] = {{0, "s/mm2"}};
static const scale volume_scale[] = {{1e-3, "m3"}, {1e-6, "ml"}, {0, "mm3"}};
static const scale conductivity_scale[] = {{1e5, "MS/m"}, {0, "S/m"}};
static const scale susceptibility_scale[] = {{0.1, "1"}, {0, "ppm"}};
static const scale force_scale[] = {{1, "N"}, {1e-3, "mN"}, {0, "uN"}};
static const scale torque_scale[] = {{1, "N m"}, {1e-3, "mN m"}, {0, "uN m"}};
static const scale power_scale[] = {{1, "W"}, {1e-3, "mW"}, {0, "uW"}};

static const scale *scale_of(mrse_kind kind)
{
    switch (kind) {
    case MRSE_KIND_LENGTH:
        return length_scale;
    case MRSE_KIND_B0:
    case MRSE_KIND_FIELD:
        return field_scale;
    case MRSE_KIND_B1_RMS:
    case MRSE_KIND_B1_PEAK:
        return b1_scale;
    case MRSE_KIND_GRADIENT:
        return gradient_scale;
    case MRSE_KIND_TIME:
        return time_scale;
    case MRSE_KIND_FREQUENCY:
        return frequency_scale;
    case MRSE_KIND_ANGLE:
        return angle_scale;
    case MRSE_KIND_MASS:
        return mass_scale;
    case MRSE_KIND_TEMPERATURE_RISE:
        return temperature_scale;
    case MRSE_KIND_AMPERE_TURNS:
        return current_scale;
    case MRSE_KIND_RATIO:
        return ratio_scale;
    case MRSE_KIND_SED:
        return sed_scale;
    case MRSE_KIND_B_VALUE:
        return b_value_scale;
    case MRSE_KIND_VOLUME:
        return volume_scale;
    case MRSE_KIND_CONDUCTIVITY:
        return conductivity_scale;
    case MRSE_KIND_SUSCEPTIBILITY:
        return susceptibility_scale;
    case MRSE_KIND_FORCE:
        return force_scale;
    case MRSE_KIND_TORQUE:
        return torque_scale;
    case MRSE_KIND_POWER:
        return power_scale;
    default:
        return NULL; /* always printed in its SI unit */
    }
}

/* Zero has no size to choose by: it is printed in the SI unit, or the only one of the scale. */
static const char *readable(const scale *scales, const char *si_unit, double si)
{
    if (!scales || (si == 0 && scales[0].from > 0))
        return si_unit;
    while (fabs(si) < scales->from)
        scales++;
    return scales->unit;
}

const mrse_unit *mrse_unit_readable(double si, mrse_kind kind)
{
    return mrse_unit_find(readable(scale_of(kind), mrse_kind_get(kind)->si, si));
}

static void add_in(mrse_buf *out, double si, const char *unit_text, int digits)
{
    const mrse_unit *unit = mrse_unit_find(unit_text);

    mrse_buf_num(out, si / unit->to_si, digits);
    mrse_buf_addf(out, " %s", unit_text);
}

void mrse_quantity_print(mrse_buf *out, double si, mrse_kind kind, int digits, int both)
{
    const mrse_kind_info *info = mrse_kind_get(kind);
    const char *custom = info->custom;

    if (!isfinite(si)) {
        mrse_buf_add(out, "not known");
        return;
    }
    if (!*info->si) {
        mrse_buf_num(out, si, digits);
        return;
    }
    add_in(out, si, readable(scale_of(kind), info->si, si), digits);
    if (!both || !*custom)
        return;
    if (kind == MRSE_KIND_FIELD)
        custom = readable(gauss_scale, custom, si);
    mrse_buf_add(out, " (");
    add_in(out, si, custom, digits);
    mrse_buf_add(out, ")");
}
