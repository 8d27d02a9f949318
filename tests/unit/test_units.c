/* Units, kinds, quantities as text, and values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/units.h"
#include "mrse/value.h"
#include "support/close.h"
#include "support/oom.h"

typedef struct reading {
    mrse_status status;
    mrse_quantity q;
    char why[512], hint[512];
} reading;

static reading read_as(const char *text, mrse_kind kind)
{
    reading r;
    mrse_buf why = {0}, hint = {0};

    memset(&r.q, 0x5A, sizeof r.q);
    r.status = mrse_quantity_read(text, kind, &r.q, &why, &hint);
    assert_int_equal(why.status, MRSE_OK);
    assert_int_equal(hint.status, MRSE_OK);
    assert_true(strlen(mrse_buf_text(&why)) < 256 && strlen(mrse_buf_text(&hint)) < 256);
    (void)snprintf(r.why, sizeof r.why, "%s", mrse_buf_text(&why));
    (void)snprintf(r.hint, sizeof r.hint, "%s", mrse_buf_text(&hint));
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    return r;
}

static double si_of(const char *text, mrse_kind kind)
{
    reading r = read_as(text, kind);

    if (r.status != MRSE_OK)
        fail_msg("'%s': %s", text, r.why);
    assert_int_equal(r.q.kind, kind);
    assert_non_null(r.q.unit);
    return r.q.si;
}

static void assert_refused(const char *text, mrse_kind kind, const char *why, const char *hint)
{
    static const mrse_quantity zero;
    reading r = read_as(text, kind);

    if (r.status != MRSE_ERR_INPUT)
        fail_msg("'%s' was accepted", text);
    assert_memory_equal(&r.q.si, &zero.si, sizeof zero.si);
    assert_memory_equal(&r.q.half_ulp, &zero.half_ulp, sizeof zero.half_ulp);
    assert_int_equal(r.q.kind, MRSE_KIND_NONE);
    assert_null(r.q.unit);
    if (!strstr(r.why, why) || !strstr(r.hint, hint))
        fail_msg("'%s': said '%s', hint '%s'; wanted '%s', '%s'", text, r.why, r.hint, why, hint);
    assert_true(r.hint[0] != '\0');
}

/* A kind whose unit has the given dimension. */
static mrse_kind kind_of(const char *dim)
{
    int k;

    for (k = 1; k < MRSE_KIND_COUNT; k++)
        if (strcmp(mrse_kind_get((mrse_kind)k)->dim, dim) == 0)
            return (mrse_kind)k;
    fail_msg("no kind has dimension '%s'", dim);
    return MRSE_KIND_NONE;
}

/* --- The table ------------------------------------------------------------------------------- */

/* Written a second time, by hand, from the definitions of the units: 1 G = 1e-4 T. */
static const struct {
    const char *unit;
    mrse_kind kind;
    double si;
} known[] = {
    {"m", MRSE_KIND_LENGTH, 1},
    {"cm", MRSE_KIND_LENGTH, 0.01},
    {"mm", MRSE_KIND_LENGTH, 0.001},
    {"T", MRSE_KIND_B0, 1},
    {"mT", MRSE_KIND_FIELD, 0.001},
    {"\xC2\xB5T", MRSE_KIND_B1_RMS, 1e-6},
    {"\xCE\xBCT", MRSE_KIND_B1_RMS, 1e-6},
    {"uT", MRSE_KIND_B1_PEAK, 1e-6},
    {"G", MRSE_KIND_FIELD, 1e-4},
    {"gauss", MRSE_KIND_FIELD, 1e-4},
    {"Gauss", MRSE_KIND_FIELD, 1e-4},
    {"kG", MRSE_KIND_FIELD, 0.1},
    {"T/m", MRSE_KIND_SFG, 1},
    {"mT/m", MRSE_KIND_GRADIENT, 0.001},
    {"mT/cm", MRSE_KIND_SFG, 0.1},
    {"G/cm", MRSE_KIND_SFG, 0.01},
    {"gauss/cm", MRSE_KIND_SFG, 0.01},
    {"Gauss/cm", MRSE_KIND_SFG, 0.01},
    {"kG/cm", MRSE_KIND_SFG, 10},
    {"T\xC2\xB2/m", MRSE_KIND_PRODUCT, 1},
    {"T2/m", MRSE_KIND_PRODUCT, 1},
    {"T^2/m", MRSE_KIND_PRODUCT, 1},
    {"G\xC2\xB2/cm", MRSE_KIND_PRODUCT, 1e-6},
    {"G2/cm", MRSE_KIND_PRODUCT, 1e-6},
    {"G^2/cm", MRSE_KIND_PRODUCT, 1e-6},
    {"T/m/s", MRSE_KIND_SLEW_SYSTEM, 1},
    {"mT/m/ms", MRSE_KIND_SLEW_SEQUENCE, 1},
    {"T/s", MRSE_KIND_DBDT_PEAK, 1},
    {"mT/ms", MRSE_KIND_DBDT_RMS, 1},
    {"G/s", MRSE_KIND_DBDT_RMS, 1e-4},
    {"W/kg", MRSE_KIND_SAR_HEAD, 1},
    {"mW/kg", MRSE_KIND_SAR_LOCAL, 0.001},
    {"s", MRSE_KIND_TIME, 1},
    {"ms", MRSE_KIND_TIME, 0.001},
    {"\xC2\xB5s", MRSE_KIND_TIME, 1e-6},
    {"\xCE\xBCs", MRSE_KIND_TIME, 1e-6},
    {"us", MRSE_KIND_TIME, 1e-6},
    {"min", MRSE_KIND_TIME, 60},
    {"h", MRSE_KIND_TIME, 3600},
    {"Hz", MRSE_KIND_FREQUENCY, 1},
    {"kHz", MRSE_KIND_FREQUENCY, 1000},
    {"MHz", MRSE_KIND_FREQUENCY, 1e6},
    {"deg", MRSE_KIND_ANGLE, 0.017453292519943295},
    {"\xC2\xB0", MRSE_KIND_ANGLE, 0.017453292519943295},
    {"rad", MRSE_KIND_ANGLE, 1},
    {"kg", MRSE_KIND_MASS, 1},
    {"g", MRSE_KIND_MASS, 0.001},
    {"mg", MRSE_KIND_MASS, 1e-6},
    {"K", MRSE_KIND_TEMPERATURE_RISE, 1},
    {"\xC2\xB0\x43", MRSE_KIND_TEMPERATURE_RISE, 1},
    {"A", MRSE_KIND_AMPERE_TURNS, 1},
    {"kA", MRSE_KIND_AMPERE_TURNS, 1000},
    {"MA", MRSE_KIND_AMPERE_TURNS, 1e6},
    {"%", MRSE_KIND_RATIO, 0.01},
    {"1", MRSE_KIND_RATIO, 1},
    {"ppm", MRSE_KIND_SUSCEPTIBILITY, 1e-6},
    {"d", MRSE_KIND_TIME, 86400},
    {"weeks", MRSE_KIND_TIME, 604800},
    {"J/kg", MRSE_KIND_SED, 1},
    {"kJ/kg", MRSE_KIND_SED, 1000},
    {"s/mm2", MRSE_KIND_B_VALUE, 1e6},
    {"s/m2", MRSE_KIND_B_VALUE, 1},
    {"dB", MRSE_KIND_SOUND_LEVEL, 1},
    {"m/s", MRSE_KIND_SPEED, 1},
    {"cm/s", MRSE_KIND_SPEED, 0.01},
    {"m3", MRSE_KIND_VOLUME, 1},
    {"ml", MRSE_KIND_VOLUME, 1e-6},
    {"mm3", MRSE_KIND_VOLUME, 1e-9},
    {"kg/m3", MRSE_KIND_DENSITY, 1},
    {"g/cm3", MRSE_KIND_DENSITY, 1000},
    {"S/m", MRSE_KIND_CONDUCTIVITY, 1},
    {"MS/m", MRSE_KIND_CONDUCTIVITY, 1e6},
    {"N", MRSE_KIND_FORCE, 1},
    {"mN", MRSE_KIND_FORCE, 1e-3},
    {"uN", MRSE_KIND_FORCE, 1e-6},
    {"N m", MRSE_KIND_TORQUE, 1},
    {"mN m", MRSE_KIND_TORQUE, 1e-3},
    {"uN m", MRSE_KIND_TORQUE, 1e-6},
    {"W", MRSE_KIND_POWER, 1},
    {"mW", MRSE_KIND_POWER, 1e-3},
    {"uW", MRSE_KIND_POWER, 1e-6},
    {"V", MRSE_KIND_VOLTAGE, 1},
    {"mV", MRSE_KIND_VOLTAGE, 1e-3},
    {"ohm", MRSE_KIND_RESISTANCE, 1},
    {"kohm", MRSE_KIND_RESISTANCE, 1e3},
};

static void units_table__every_entry__has_its_defined_size(void **state)
{
    size_t n, i;

    (void)state;
    assert_non_null(mrse_units_table(&n));
    assert_int_equal(n, sizeof known / sizeof known[0]);
    for (i = 0; i < n; i++) {
        const mrse_unit *unit = mrse_unit_find(known[i].unit);
        char text[64];

        assert_non_null(unit);
assert_string_equal(unit->dim, mrse_kind_get(known[i].kind)->dim);
        assert_rel(unit->to_si, known[i].si, 1e-15);
        (void)snprintf(text, sizeof text, "3 %s", known[i].unit);
        assert_rel(si_of(text, known[i].kind), 3 * known[i].si, 1e-15);
        (void)snprintf(text, sizeof text, "3%s", known[i].unit);
        if (strcmp(known[i].unit, "1") != 0) /* "31" is a bare number */
            assert_rel(si_of(text, known[i].kind), 3 * known[i].si, 1e-15);
    }
    assert_ptr_equal(mrse_units_table(NULL), mrse_units_table(&n));
}

static void units_table__every_entry__is_unique_and_decimal_as_said(void **state)
{
    size_t n, i, j;
    const mrse_unit *table = mrse_units_table(&n);

    (void)state;
    for (i = 0; i < n; i++) {
        for (j = 0; j < i; j++)
            assert_string_not_equal(table[i].text, table[j].text);
        assert_ptr_equal(mrse_unit_find(table[i].text), &table[i]);
        assert_non_null(table[i].note);
        if (table[i].exp10 != MRSE_UNIT_NOT_DECIMAL)
            assert_rel(table[i].to_si, pow(10, table[i].exp10), 1e-15);
        (void)kind_of(table[i].dim);
    }
}

static void unit_find__not_in_the_table__is_null(void **state)
{
    static const char *const none[] = {"",    "km",   "in",  "MT",  "Mt",   "t",    "t/m", "g/cm",
                                       "Gs",  "Tm",   "t/s", "T/M", "T m",  " T",   "T ",  "nT",
                                       "mA",  "°F",   "C",   "sec", "degC", "W/Kg", "hz",  "t/m/s",
                                       "G/m", "mT/s", "rpm", "ppb", "T/mm", "M",    "S",   "H"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_null(mrse_unit_find(none[i]));
    assert_null(mrse_unit_find(NULL));
}

static void kind_get__every_kind__is_complete(void **state)
{
    int k;
    size_t i;

    (void)state;
    for (k = 1; k < MRSE_KIND_COUNT; k++) {
        const mrse_kind_info *info = mrse_kind_get((mrse_kind)k);
        const mrse_unit *si = mrse_unit_find(info->si);

        assert_true(*info->id && *info->name && *info->symbol);
        assert_int_equal(mrse_kind_from_id(info->id), k);
        assert_non_null(si);
        assert_string_equal(si->dim, info->dim);
        assert_rel(si->to_si, 1, 0);
        assert_non_null(info->usual[0]);
        for (i = 0; i < 3 && info->usual[i]; i++) {
            assert_non_null(mrse_unit_find(info->usual[i]));
            assert_string_equal(mrse_unit_find(info->usual[i])->dim, info->dim);
        }
        if (*info->custom)
            assert_string_equal(mrse_unit_find(info->custom)->dim, info->dim);
    }
}

static void kind_get__no_such_kind__is_none(void **state)
{
    const mrse_kind_info *none = mrse_kind_get(MRSE_KIND_NONE);

    (void)state;
    assert_string_equal(none->id, "none");
    assert_ptr_equal(mrse_kind_get(MRSE_KIND_COUNT), none);
    assert_ptr_equal(mrse_kind_get((mrse_kind)-1), none);
    assert_ptr_equal(mrse_kind_get((mrse_kind)1000), none);
}

static void kind_from_id__list__is_the_documented_one(void **state)
{
    static const char *const ids[] = {"length",
                                      "b0",
                                      "field",
                                      "sfg",
                                      "product",
                                      "gradient",
                                      "slew-system",
                                      "slew-sequence",
                                      "dbdt-peak",
                                      "dbdt-rms",
                                      "b1-rms",
                                      "b1-peak",
                                      "sar-whole-body",
                                      "sar-partial-body",
                                      "sar-head",
                                      "sar-local",
                                      "sar-unspecified",
                                      "time",
                                      "frequency",
                                      "angle",
                                      "mass",
                                      "temperature-rise",
                                      "ampere-turns",
                                      "ratio",
                                      "sed",
                                      "b-value",
                                      "sound-level",
                                      "speed",
                                      "volume",
                                      "density",
                                      "conductivity",
                                      "susceptibility",
                                      "polarisation",
                                      "force",
                                      "torque",
                                      "power",
                                      "voltage",
                                      "resistance"};
    size_t i;

    (void)state;
    assert_int_equal(sizeof ids / sizeof ids[0], MRSE_KIND_COUNT - 1);
    for (i = 0; i < sizeof ids / sizeof ids[0]; i++)
        assert_int_equal(mrse_kind_from_id(ids[i]), i + 1);
    assert_int_equal(mrse_kind_from_id("none"), MRSE_KIND_NONE);
    assert_int_equal(mrse_kind_from_id("SFG"), MRSE_KIND_NONE);
    assert_int_equal(mrse_kind_from_id(""), MRSE_KIND_NONE);
    assert_int_equal(mrse_kind_from_id(NULL), MRSE_KIND_NONE);
}

/* udunits2 as a second opinion, on the units that it knows. It prints six digits. */
static void units_table__udunits2__agrees(void **state)
{
    size_t n, i, asked = 0;
    const mrse_unit *table = mrse_units_table(&n);

    (void)state;
    if (system("udunits2 -h >/dev/null 2>&1") != 0) {
        print_message("skipped: udunits2 is not installed\n");
        return;
    }
    for (i = 0; i < n; i++) {
        const char *si = mrse_kind_get(kind_of(table[i].dim))->si, *equals;
        char command[256], line[256] = "";
        FILE *pipe;

        if (strcmp(table[i].dim, "temperature rise") == 0)
            continue; /* udunits2 means the scale, with its offset */
        (void)snprintf(command, sizeof command, "udunits2 -U -H '1 %s' -W '%s' 2>/dev/null",
                       table[i].text, si);
        pipe = popen(command, "r");
        assert_non_null(pipe);
        equals = fgets(line, sizeof line, pipe) ? strstr(line, " = ") : NULL;
        (void)pclose(pipe);
        if (!equals)
            continue;
        assert_rel(table[i].to_si, strtod(equals + 3, NULL), 1e-5);
        asked++;
    }
    print_message("udunits2 knows %zu of %zu units\n", asked, n);
    assert_true(asked >= 35);
}

/* --- Reading --------------------------------------------------------------------------------- */

static void quantity_read__printed_number__gives_its_rounding(void **state)
{
    static const struct {
        const char *text;
        mrse_kind kind;
        double si, half;
    } cases[] = {
        {"2.5 m", MRSE_KIND_LENGTH, 2.5, 0.05},
        {"2.50 m", MRSE_KIND_LENGTH, 2.5, 0.005},
        {"250 cm", MRSE_KIND_LENGTH, 2.5, 0.005},
        {"2500 mm", MRSE_KIND_LENGTH, 2.5, 0.0005},
        {"25 T/m", MRSE_KIND_SFG, 25, 0.5},
        {"2500 G/cm", MRSE_KIND_SFG, 25, 0.005},
        {"720 G/cm", MRSE_KIND_SFG, 7.2, 0.005},
        {"1.5e3 A", MRSE_KIND_AMPERE_TURNS, 1500, 50},
        {"0 m", MRSE_KIND_LENGTH, 0, 0.5},
        {"-0.35 m", MRSE_KIND_LENGTH, -0.35, 0.005},
        {"+1 T", MRSE_KIND_B0, 1, 0.5},
        {"30 min", MRSE_KIND_TIME, 1800, 30},
        {"0.5 h", MRSE_KIND_TIME, 1800, 180},
        {"90 deg", MRSE_KIND_ANGLE, 1.5707963267948966, 0.008726646259971648},
        {"50 %", MRSE_KIND_RATIO, 0.5, 0.005},
        {"0.5 1", MRSE_KIND_RATIO, 0.5, 0.05},
        {"2.8 uT", MRSE_KIND_B1_RMS, 2.8e-6, 0.05e-6},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reading r = read_as(cases[i].text, cases[i].kind);

        assert_int_equal(r.status, MRSE_OK);
        assert_string_equal(r.why, "");
        assert_string_equal(r.hint, "");
        assert_rel(r.q.si, cases[i].si, 1e-15);
        assert_rel(r.q.half_ulp, cases[i].half, 1e-15);
    }
}

/* A label says 70 G/cm, a scanner 0.7 T/m: equal must be equal to the last bit, or "<=" decides
 * by chance. Multiplying gives 0.7000000000000001. */
static void quantity_read__same_size_in_other_unit__is_the_same_double(void **state)
{
    static const struct {
        const char *a, *b;
        mrse_kind kind;
    } pairs[] = {
        {"70 G/cm", "0.7 T/m", MRSE_KIND_SFG},
        {"720 G/cm", "7.2 T/m", MRSE_KIND_SFG},
        {"90 mT/cm", "9 T/m", MRSE_KIND_SFG},
        {"5 G", "0.5 mT", MRSE_KIND_FIELD},
        {"9 gauss", "0.9 mT", MRSE_KIND_FIELD},
        {"30 kG", "3 T", MRSE_KIND_FIELD},
        {"2.8 uT", "0.0028 mT", MRSE_KIND_B1_RMS},
        {"70 cm", "0.7 m", MRSE_KIND_LENGTH},
        {"64 MHz", "64000 kHz", MRSE_KIND_FREQUENCY},
        {"300 mW/kg", "0.3 W/kg", MRSE_KIND_SAR_HEAD},
        {"200 mT/m/ms", "200 T/m/s", MRSE_KIND_SLEW_SYSTEM},
        {"48e6 G2/cm", "48 T2/m", MRSE_KIND_PRODUCT},
        {"7 %", "0.07 1", MRSE_KIND_RATIO},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        double a = si_of(pairs[i].a, pairs[i].kind), b = si_of(pairs[i].b, pairs[i].kind);

        assert_memory_equal(&a, &b, sizeof a);
    }
}

/* 1000 random decimals in every pair of decimal units of a dimension. */
static void quantity_read__change_of_unit__keeps_the_value(void **state)
{
    unsigned long seed = 20261122;
    size_t n, i, j, k;
    const mrse_unit *table = mrse_units_table(&n);

    (void)state;
    for (i = 0; i < n; i++) {
        for (j = 0; j < n; j++) {
            if (strcmp(table[i].dim, table[j].dim) != 0)
                continue;
            for (k = 0; k < 20; k++) {
                char text[64];
                double direct, changed;
                reading r;

                seed = (seed * 1103515245UL + 12345UL) & 0x7FFFFFFFUL;
                (void)snprintf(text, sizeof text, "%lu.%03lu %s", seed / 1000 % 10000, seed % 1000,
                               table[i].text);
                direct = si_of(text, kind_of(table[i].dim));
                (void)snprintf(text, sizeof text, "%.17g %s", direct / table[j].to_si,
                               table[j].text);
                r = read_as(text, kind_of(table[j].dim));
                assert_int_equal(r.status, MRSE_OK);
                changed = r.q.si;
                assert_abs(changed, direct, 1e-15 * fabs(direct));
            }
        }
    }
}

static void quantity_read__wrong_dimension__names_both(void **state)
{
    (void)state;
    assert_refused("200 T/m", MRSE_KIND_SLEW_SYSTEM,
                   "'200 T/m' is a field gradient; a slew rate is needed",
                   "write '200 T/m/s' (or '200 mT/m/ms')");
    assert_refused("45 mT/m", MRSE_KIND_SLEW_SEQUENCE, "is a field gradient; a slew rate is needed",
                   "write '45 mT/m/ms' (or '45 T/m/s')");
    assert_refused("3 T", MRSE_KIND_SFG, "'3 T' is a magnetic field; a field gradient is needed",
                   "write '3 T/m'");
    assert_refused("2 W/kg", MRSE_KIND_B1_RMS,
                   "is a specific absorption rate; a magnetic field is needed", "uT");
    assert_refused("2 uT", MRSE_KIND_SAR_HEAD,
                   "is a magnetic field; a specific absorption rate is needed", "W/kg");
    assert_refused("5 deg", MRSE_KIND_MASS, "'5 deg' is an angle; a mass is needed", "kg, g");
    assert_refused("5 kg", MRSE_KIND_ANGLE, "'5 kg' is a mass; an angle is needed", "deg, rad");
    assert_refused("20 T/s", MRSE_KIND_SLEW_SYSTEM,
                   "is a rate of field change; a slew rate is needed", "T/m/s");
    assert_refused("200 T/m/s", MRSE_KIND_DBDT_PEAK,
                   "is a slew rate; a rate of field change is needed", "T/s");
    assert_refused("48 T2/m", MRSE_KIND_SFG, "is a force product; a field gradient is needed",
                   "T/m, G/cm");
    assert_refused("1 T/m", MRSE_KIND_FIELD, "is a field gradient; a magnetic field is needed",
                   "mT, T, G");
    assert_refused("5 s", MRSE_KIND_FREQUENCY, "is a time; a frequency is needed", "MHz");
    assert_refused("5 m", MRSE_KIND_TIME, "is a length; a time is needed", "s, ms, min");
    assert_refused("5 A", MRSE_KIND_RATIO, "is a current; a ratio is needed", "%");
    assert_refused("5 %", MRSE_KIND_TEMPERATURE_RISE, "is a ratio; a temperature rise", "K");
}

static void quantity_read__every_wrong_dimension__is_refused(void **state)
{
    size_t n, i;
    int k;
    const mrse_unit *table = mrse_units_table(&n);

    (void)state;
    for (i = 0; i < n; i++) {
        for (k = 1; k < MRSE_KIND_COUNT; k++) {
            char text[64];

            (void)snprintf(text, sizeof text, "5 %s", table[i].text);
            if (strcmp(table[i].dim, mrse_kind_get((mrse_kind)k)->dim) != 0)
                assert_refused(text, (mrse_kind)k, " is needed", "");
            else
                (void)si_of(text, (mrse_kind)k);
        }
    }
}

static void quantity_read__bare_number__asks_for_the_unit(void **state)
{
    (void)state;
    assert_refused("25", MRSE_KIND_SFG, "a number needs its unit",
                   "write '25 T/m' or '25 G/cm', whichever the source prints");
    assert_refused("2", MRSE_KIND_SAR_HEAD, "a number needs its unit", "write '2 W/kg'");
    assert_refused("0.5", MRSE_KIND_RATIO, "a number needs its unit", "'0.5 %' or '0.5 1'");
    assert_refused("0.51", MRSE_KIND_RATIO, "a number needs its unit", "'0.51 %'");
    assert_refused("1 ", MRSE_KIND_RATIO, "a number needs its unit", "'1 %'");
    assert_refused("70", MRSE_KIND_LENGTH, "a number needs its unit", "'70 m' or '70 cm'");
}

static void assert_hint(const char *text, mrse_kind kind, const char *hint)
{
    reading r = read_as(text, kind);

    assert_int_equal(r.status, MRSE_ERR_INPUT);
    assert_string_equal(r.hint, hint);
}

static void quantity_read__hints__are_worded_exactly(void **state)
{
    (void)state;
    assert_hint("25", MRSE_KIND_SFG, "write '25 T/m' or '25 G/cm', whichever the source prints");
    assert_hint("2", MRSE_KIND_SAR_HEAD, "write '2 W/kg'");
    assert_hint("2 kg", MRSE_KIND_SAR_HEAD, "head SAR is written in W/kg");
    assert_hint("2 s", MRSE_KIND_MASS, "mass is written in kg, g");
    assert_hint("2 s", MRSE_KIND_LENGTH, "length is written in m, cm, mm");
    assert_hint("2 T/m", MRSE_KIND_SLEW_SYSTEM,
                "write '2 T/m/s' (or '2 mT/m/ms') if that is what the source prints");
    assert_hint("2 T", MRSE_KIND_SFG, "write '2 T/m' if that is what the source prints");
    assert_hint("2 miles", MRSE_KIND_LENGTH, "a length is written in m, cm, mm");
    assert_hint("2 t/m", MRSE_KIND_SFG, "write '2 T/m' if that is meant: t is tonne, T is tesla");
}

static void quantity_read__case_slip__explains_the_letters(void **state)
{
    (void)state;
    assert_refused("5 MT", MRSE_KIND_FIELD, "'MT' is not a known unit", "write '5 mT'");
    assert_refused("5 MT", MRSE_KIND_FIELD, "", "M is mega");
    assert_refused("5 Mt", MRSE_KIND_FIELD, "'Mt' is not a known unit", "write '5 mT'");
    assert_refused("5 mt", MRSE_KIND_FIELD, "", "t is tonne, T is tesla");
    assert_refused("7.2 t/m", MRSE_KIND_SFG, "'t/m'", "write '7.2 T/m'");
    assert_refused("7.2 t/m", MRSE_KIND_SFG, "'t/m'", "t is tonne");
    assert_refused("720 g/cm", MRSE_KIND_SFG, "'g/cm'", "write '720 G/cm'");
    assert_refused("720 g/cm", MRSE_KIND_SFG, "'g/cm'", "g is gram, G is gauss");
    assert_refused("3 kg", MRSE_KIND_FIELD, "is a mass; a magnetic field is needed", "'3 kG'");
    assert_refused("5 g", MRSE_KIND_FIELD, "is a mass", "write '5 G'");
    assert_refused("5 G", MRSE_KIND_MASS, "is a magnetic field; a mass", "write '5 g'");
    assert_refused("5 M", MRSE_KIND_LENGTH, "'M'", "write '5 m'");
    assert_refused("5 S", MRSE_KIND_TIME, "'S'", "S is siemens");
    assert_refused("5 KHz", MRSE_KIND_FREQUENCY, "'KHz'", "K is kelvin");
    assert_refused("5 k", MRSE_KIND_TEMPERATURE_RISE, "'k'", "k is kilo");
    assert_refused("5 mA", MRSE_KIND_AMPERE_TURNS, "'mA'", "if that is meant: m is milli");
    assert_refused("5 hz", MRSE_KIND_FREQUENCY, "'hz'", "capitals matter");
    assert_refused("5 HZ", MRSE_KIND_FREQUENCY, "'HZ'", "write '5 Hz'");
    assert_refused("5 a", MRSE_KIND_AMPERE_TURNS, "'a'", "write '5 A'");
    assert_refused("5 Mhz", MRSE_KIND_FREQUENCY, "'Mhz'", "write '5 MHz'");
}

static void quantity_read__unknown_unit__names_the_nearest(void **state)
{
    (void)state;
    assert_refused("1.5 T/m/sec", MRSE_KIND_SLEW_SYSTEM, "'T/m/sec' is not a known unit",
                   "nearest known is 'T/m/s'");
    assert_refused("5 Gaus", MRSE_KIND_FIELD, "'Gaus'", "'Gauss'");
    assert_refused("5 Gs", MRSE_KIND_FIELD, "'Gs'", "'G'");
    assert_refused("5 me", MRSE_KIND_LENGTH, "'me'", "nearest known is 'm'");
    assert_refused("5 miles", MRSE_KIND_LENGTH, "'miles' is not a known unit",
                   "a length is written in m, cm, mm");
    assert_refused("5 degrees", MRSE_KIND_ANGLE, "'degrees'", "an angle is written in deg, rad");
    assert_refused("5 T @ 3", MRSE_KIND_FIELD, "'T @ 3'", "");
    assert_refused("5 T/m and more words than any unit can have, cut for the message",
                   MRSE_KIND_SFG, "is not a known unit", "T/m");
}

static void quantity_read__not_a_number__is_refused(void **state)
{
    static const char *const texts[] = {
        "",     " ",      "T",     "nan T", "NaN T", "inf T",    "-inf T", "infinity T", ".5 T",
        "5. T", "-.5 T",  "- 5 T", "+-5 T", "--5 T", "<= 5 T",   "~5 T",   "T 5",        " 5 T",
        "e5 T", "five T", "$5 T",  "\t5 T", "\n",    "\xC2\xA0", "+",      "-",          "."};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_refused(texts[i], MRSE_KIND_FIELD, "is not a number with its unit", "'0.5 mT'");
}

static void quantity_read__number_that_others_accept__is_refused(void **state)
{
    (void)state;
    assert_refused("0x10 T", MRSE_KIND_FIELD, "'x10 T'", "");
    assert_refused("7,2 T/m", MRSE_KIND_SFG, "',2 T/m'", "'.' as decimal mark");
    assert_refused("1 200 T/m", MRSE_KIND_SFG, "'200 T/m'", "nothing between thousands");
    assert_refused("1 000 T/m", MRSE_KIND_SFG, "'000 T/m'", "nothing between thousands");
    assert_refused("1 900 T/m", MRSE_KIND_SFG, "'900 T/m'", "nothing between thousands");
    assert_refused("1,200 T/m", MRSE_KIND_SFG, "',200 T/m'", "nothing between thousands");
    assert_refused("5\xC2\xA0T", MRSE_KIND_FIELD, "not a known unit", "no-break space");
    assert_refused("5\xE2\x80\xAFT", MRSE_KIND_FIELD, "not a known unit", "no-break space");
    assert_refused("5  T", MRSE_KIND_FIELD, "' T'", "one space or none");
    assert_refused("5 T ", MRSE_KIND_FIELD, "'T '", "one space or none");
    assert_refused("5\tT", MRSE_KIND_FIELD, "", "one space or none");
    assert_refused("5 T\n", MRSE_KIND_FIELD, "", "");
    assert_refused("5e T", MRSE_KIND_FIELD, "'e T'", "");
    assert_refused("5e+ T", MRSE_KIND_FIELD, "'e+ T'", "");
    assert_refused("1e5.5 T", MRSE_KIND_FIELD, "'.5 T'", "");
    assert_refused("5 \xC2\xB1 1 T", MRSE_KIND_FIELD, "not a known unit", "");
    assert_refused("5-6 T", MRSE_KIND_FIELD, "'-6 T'", "");
}

static void quantity_read__out_of_range__is_refused(void **state)
{
    (void)state;
    assert_refused("1e999 T", MRSE_KIND_FIELD, "too large or too small", "exponent");
    assert_refused("1e305 MA", MRSE_KIND_AMPERE_TURNS, "too large", "exponent");
    assert_refused("1e308 h", MRSE_KIND_TIME, "too large", "exponent");
    assert_refused("0e308 h", MRSE_KIND_TIME, "too large", "exponent");
    assert_refused("1e-400 T", MRSE_KIND_FIELD, "too large or too small", "exponent");
    assert_rel(si_of("1e300 T", MRSE_KIND_FIELD), 1e300, 1e-15);
    assert_rel(si_of("1e-300 T", MRSE_KIND_FIELD), 1e-300, 1e-15);
}

static void quantity_read__too_long__is_refused(void **state)
{
    char text[200];
    reading r;
    size_t n;

    (void)state;
    memset(text, '1', sizeof text);
    memcpy(text + 126, " T", 3); /* 128 characters: the longest that is read */
    assert_rel(si_of(text, MRSE_KIND_FIELD), 1.1111111111111111e125, 1e-15);
    memset(text, '1', sizeof text);
    memcpy(text + 127, " T", 3);
    assert_refused(text, MRSE_KIND_FIELD, "is not a number with its unit", "");
    for (n = 46; n <= 50; n++) { /* about as long as a message repeats, without a unit */
        memset(text, '1', sizeof text);
        text[n] = '\0';
        assert_refused(text, MRSE_KIND_SFG, "a number needs its unit", "T/m");
    }
    r = read_as(text, MRSE_KIND_SFG);
    memset(text, '1', sizeof text);
    memcpy(text + 47, "' is a bare", 12);
    assert_non_null(strstr(r.why, text)); /* 47 digits of the 50, then the closing quote */
}

static void quantity_read__misuse__is_err_arg(void **state)
{
    mrse_quantity q;

    (void)state;
    memset(&q, 0x5A, sizeof q);
    assert_int_equal(mrse_quantity_read(NULL, MRSE_KIND_SFG, &q, NULL, NULL), MRSE_ERR_ARG);
    assert_null(q.unit);
    assert_int_equal(mrse_quantity_read("5 T", MRSE_KIND_SFG, NULL, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_quantity_read("5 T", MRSE_KIND_NONE, &q, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_quantity_read("5 T", MRSE_KIND_COUNT, &q, NULL, NULL), MRSE_ERR_ARG);
    /* reasons are optional */
    assert_int_equal(mrse_quantity_read("5", MRSE_KIND_SFG, &q, NULL, NULL), MRSE_ERR_INPUT);
    assert_int_equal(mrse_quantity_read("5 T/m", MRSE_KIND_SFG, &q, NULL, NULL), MRSE_OK);
}

static mrse_status refuse_with_reasons(void *context)
{
    mrse_buf why = {0}, hint = {0}, out = {0};
    mrse_quantity q;
    mrse_status status = mrse_quantity_read(context, MRSE_KIND_SLEW_SYSTEM, &q, &why, &hint);

    mrse_quantity_print(&out, 7.2, MRSE_KIND_SFG, 3, 1);
    if (status == MRSE_ERR_INPUT)
        status = why.status ? why.status : hint.status ? hint.status : out.status;
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    mrse_buf_free(&out);
    return status;
}

static void quantity_read__out_of_memory__still_refuses(void **state)
{
    char dim[] = "200 T/m", bare[] = "200", unknown[] = "200 T/m/sec";

    (void)state;
    assert_true(oom_exhaust(refuse_with_reasons, dim) >= 3);
    assert_true(oom_exhaust(refuse_with_reasons, bare) >= 3);
    assert_true(oom_exhaust(refuse_with_reasons, unknown) >= 3);
}

/* --- Printing -------------------------------------------------------------------------------- */

static void assert_printed(double si, mrse_kind kind, int digits, int both, const char *want)
{
    mrse_buf out = {0};

    mrse_quantity_print(&out, si, kind, digits, both);
    assert_int_equal(out.status, MRSE_OK);
    assert_string_equal(mrse_buf_text(&out), want);
    mrse_buf_free(&out);
}

static void quantity_print__both_customs__are_shown(void **state)
{
    (void)state;
    assert_printed(7.2, MRSE_KIND_SFG, 3, 0, "7.20 T/m");
    assert_printed(7.2, MRSE_KIND_SFG, 3, 1, "7.20 T/m (720 G/cm)");
    assert_printed(25, MRSE_KIND_SFG, 3, 1, "25.0 T/m (2500 G/cm)");
    assert_printed(0.0005, MRSE_KIND_FIELD, 3, 1, "0.500 mT (5.00 G)");
    assert_printed(0.0009, MRSE_KIND_FIELD, 2, 1, "0.90 mT (9.0 G)");
    assert_printed(3, MRSE_KIND_FIELD, 3, 1, "3.00 T (30.0 kG)");
    assert_printed(3, MRSE_KIND_B0, 3, 1, "3.00 T");
    assert_printed(48, MRSE_KIND_PRODUCT, 3, 1, "48.0 T\xC2\xB2/m");
    assert_printed(0.04, MRSE_KIND_GRADIENT, 3, 1, "40.0 mT/m (4.00 G/cm)");
}

static void quantity_print__size__chooses_the_prefix(void **state)
{
    (void)state;
    assert_printed(0.1, MRSE_KIND_FIELD, 3, 0, "0.100 T");
    assert_printed(0.0999, MRSE_KIND_FIELD, 3, 0, "99.9 mT");
    assert_printed(-0.0999, MRSE_KIND_FIELD, 3, 0, "-99.9 mT");
    assert_printed(1e-4, MRSE_KIND_FIELD, 3, 0, "0.100 mT");
    assert_printed(0.99e-4, MRSE_KIND_FIELD, 3, 0, "99.0 \xC2\xB5T");
    assert_printed(2.8e-6, MRSE_KIND_B1_RMS, 3, 1, "2.80 \xC2\xB5T");
    assert_printed(2e-3, MRSE_KIND_B1_PEAK, 3, 1, "2.00 mT");
    assert_printed(1.6, MRSE_KIND_LENGTH, 3, 0, "1.60 m");
    assert_printed(0.7, MRSE_KIND_LENGTH, 3, 0, "70.0 cm");
    assert_printed(0.0052, MRSE_KIND_LENGTH, 2, 0, "5.2 mm");
    assert_printed(1.2, MRSE_KIND_GRADIENT, 3, 0, "1.20 T/m");
    assert_printed(200, MRSE_KIND_SLEW_SYSTEM, 3, 1, "200 T/m/s");
    assert_printed(20, MRSE_KIND_DBDT_PEAK, 3, 1, "20.0 T/s");
    assert_printed(3.2, MRSE_KIND_SAR_HEAD, 2, 1, "3.2 W/kg");
    assert_printed(12e-6, MRSE_KIND_TIME, 3, 0, "12.0 \xC2\xB5s");
    assert_printed(0.012, MRSE_KIND_TIME, 3, 0, "12.0 ms");
    assert_printed(119, MRSE_KIND_TIME, 3, 0, "119 s");
    assert_printed(1800, MRSE_KIND_TIME, 3, 0, "30.0 min");
    assert_printed(10800, MRSE_KIND_TIME, 3, 0, "3.00 h");
    assert_printed(63.87e6, MRSE_KIND_FREQUENCY, 4, 0, "63.87 MHz");
    assert_printed(1500, MRSE_KIND_FREQUENCY, 3, 0, "1.50 kHz");
    assert_printed(50, MRSE_KIND_FREQUENCY, 3, 0, "50.0 Hz");
    assert_printed(1.5707963267948966, MRSE_KIND_ANGLE, 3, 1, "90.0 deg");
    assert_printed(2.5, MRSE_KIND_MASS, 3, 0, "2.50 kg");
    assert_printed(0.025, MRSE_KIND_MASS, 3, 0, "25.0 g");
    assert_printed(2.5e-5, MRSE_KIND_MASS, 3, 0, "25.0 mg");
    assert_printed(1.2, MRSE_KIND_TEMPERATURE_RISE, 2, 1, "1.2 \xC2\xB0\x43");
    assert_printed(2e6, MRSE_KIND_AMPERE_TURNS, 3, 0, "2.00 MA");
    assert_printed(2e3, MRSE_KIND_AMPERE_TURNS, 3, 0, "2.00 kA");
    assert_printed(2, MRSE_KIND_AMPERE_TURNS, 3, 0, "2.00 A");
    assert_printed(0.25, MRSE_KIND_RATIO, 3, 1, "25.0 %");
}

/* At the threshold itself the larger unit is taken; and between thresholds the one between. */
static void quantity_print__threshold__takes_the_larger_unit(void **state)
{
    (void)state;
    assert_printed(1, MRSE_KIND_LENGTH, 3, 0, "1.00 m");
    assert_printed(0.01, MRSE_KIND_LENGTH, 3, 0, "1.00 cm");
    assert_printed(0.05, MRSE_KIND_LENGTH, 3, 0, "5.00 cm");
    assert_printed(0.1, MRSE_KIND_FIELD, 3, 1, "0.100 T (1.00 kG)");
    assert_printed(0.09, MRSE_KIND_FIELD, 3, 1, "90.0 mT (900 G)");
    assert_printed(1e-3, MRSE_KIND_B1_RMS, 3, 0, "1.00 mT");
    assert_printed(9e-4, MRSE_KIND_B1_RMS, 3, 0, "900 \xC2\xB5T");
    assert_printed(1, MRSE_KIND_GRADIENT, 3, 0, "1.00 T/m");
    assert_printed(7200, MRSE_KIND_TIME, 3, 0, "2.00 h");
    assert_printed(7199, MRSE_KIND_TIME, 3, 0, "120 min");
    assert_printed(120, MRSE_KIND_TIME, 3, 0, "2.00 min");
    assert_printed(1, MRSE_KIND_TIME, 3, 0, "1.00 s");
    assert_printed(1e-3, MRSE_KIND_TIME, 3, 0, "1.00 ms");
    assert_printed(5e-3, MRSE_KIND_TIME, 3, 0, "5.00 ms");
    assert_printed(5e-4, MRSE_KIND_TIME, 3, 0, "500 \xC2\xB5s");
    assert_printed(1e6, MRSE_KIND_FREQUENCY, 3, 0, "1.00 MHz");
    assert_printed(5e6, MRSE_KIND_FREQUENCY, 3, 0, "5.00 MHz");
    assert_printed(1e3, MRSE_KIND_FREQUENCY, 3, 0, "1.00 kHz");
    assert_printed(5e3, MRSE_KIND_FREQUENCY, 3, 0, "5.00 kHz");
    assert_printed(1, MRSE_KIND_MASS, 3, 0, "1.00 kg");
    assert_printed(5, MRSE_KIND_MASS, 3, 0, "5.00 kg");
    assert_printed(1e-3, MRSE_KIND_MASS, 3, 0, "1.00 g");
    assert_printed(5e-3, MRSE_KIND_MASS, 3, 0, "5.00 g");
    assert_printed(5e-4, MRSE_KIND_MASS, 3, 0, "500 mg");
    assert_printed(1e6, MRSE_KIND_AMPERE_TURNS, 3, 0, "1.00 MA");
    assert_printed(5e6, MRSE_KIND_AMPERE_TURNS, 3, 0, "5.00 MA");
    assert_printed(1e3, MRSE_KIND_AMPERE_TURNS, 3, 0, "1.00 kA");
    assert_printed(5e3, MRSE_KIND_AMPERE_TURNS, 3, 0, "5.00 kA");
}

static void quantity_print__zero__has_its_si_unit(void **state)
{
    (void)state;
    assert_printed(0, MRSE_KIND_FIELD, 3, 1, "0.00 T (0.00 G)");
    assert_printed(-0.0, MRSE_KIND_LENGTH, 3, 0, "0.00 m");
    assert_printed(0, MRSE_KIND_RATIO, 3, 0, "0.00 %");
    assert_printed(0, MRSE_KIND_SFG, 3, 1, "0.00 T/m (0.00 G/cm)");
}

static void quantity_print__not_finite__is_not_known(void **state)
{
    (void)state;
    assert_printed((double)NAN, MRSE_KIND_SFG, 3, 1, "not known");
    assert_printed((double)INFINITY, MRSE_KIND_SFG, 3, 1, "not known");
    assert_printed(-(double)INFINITY, MRSE_KIND_TIME, 3, 0, "not known");
}

static void quantity_print__no_kind__is_a_plain_number(void **state)
{
    (void)state;
    assert_printed(1.25, MRSE_KIND_NONE, 3, 1, "1.25");
    assert_printed(1.25, (mrse_kind)1000, 3, 1, "1.25");
}

/* What is printed is read again as the same value, within the digits printed. */
static void quantity_print__every_kind__reads_back(void **state)
{
    static const double sizes[] = {1e-9, 3.7e-6, 1.2345e-4, 0.0567, 0.1,     0.99999,
                                   1,    7.2,    63.87,     1234,   98765.4, 2.345e7};
    int k, sign;
    size_t i;

    (void)state;
    for (k = 1; k < MRSE_KIND_COUNT; k++) {
        for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            for (sign = -1; sign <= 1; sign += 2) {
                double si = sign * sizes[i];
                mrse_buf out = {0};

                mrse_quantity_print(&out, si, (mrse_kind)k, 4, 0);
                assert_rel(si_of(mrse_buf_text(&out), (mrse_kind)k), si, 0.5001e-3);
                mrse_buf_free(&out);
            }
        }
    }
}

/* Every unit of the table, with full digits. */
static void units_table__printed_with_17_digits__reads_back_to_the_bit(void **state)
{
    size_t n, i;
    const mrse_unit *table = mrse_units_table(&n);

    (void)state;
    for (i = 0; i < n; i++) {
        mrse_buf out = {0};
        double value = 12.0 / 7.0;
        reading r;

        mrse_buf_num(&out, value, 17);
        mrse_buf_addf(&out, " %s", table[i].text);
        r = read_as(mrse_buf_text(&out), kind_of(table[i].dim));
        assert_int_equal(r.status, MRSE_OK);
        assert_ptr_equal(r.q.unit, &table[i]);
        assert_rel(r.q.si / table[i].to_si, value, 1e-15);
        mrse_buf_free(&out);
    }
}

/* --- Values ---------------------------------------------------------------------------------- */

static void value_missing__any_kind__can_never_count(void **state)
{
    mrse_value v = mrse_value_missing(MRSE_KIND_SFG);

    (void)state;
    assert_true(isnan(v.v) && isnan(v.u));
    assert_int_equal(v.kind, MRSE_KIND_SFG);
    assert_int_equal(v.origin, MRSE_ORIGIN_UNVERIFIED);
    assert_int_equal(v.basis, MRSE_BASIS_COMPUTED);
    assert_string_equal(v.src, "");
    assert_string_equal(v.file, "");
    assert_string_equal(v.printed, "");
    assert_int_equal(v.line, 0);
}

static void value_computed__method__is_its_source(void **state)
{
    mrse_value v = mrse_value_computed(7.2, 0.1, MRSE_KIND_SFG, "sfg-path");
    char name[100];

    (void)state;
    assert_rel(v.v, 7.2, 0);
    assert_rel(v.u, 0.1, 0);
    assert_int_equal(v.kind, MRSE_KIND_SFG);
    assert_int_equal(v.origin, MRSE_ORIGIN_COMPUTED);
    assert_int_equal(v.basis, MRSE_BASIS_COMPUTED);
    assert_string_equal(v.src, "sfg-path");
    memset(name, 'a', sizeof name);
    name[99] = '\0';
    v = mrse_value_computed(1, 0, MRSE_KIND_SFG, name);
    assert_int_equal(strlen(v.src), sizeof v.src - 1);
    v = mrse_value_computed(1, 0, MRSE_KIND_SFG, NULL);
    assert_string_equal(v.src, "");
}

static void origin__zeroed_value__is_unverified(void **state)
{
    static const mrse_value zero;

    (void)state;
    assert_int_equal(zero.origin, MRSE_ORIGIN_UNVERIFIED);
}

static void origin_text__every_origin__reads_back(void **state)
{
    static const char *const names[] = {"unverified", "assumed", "manufacturer",
                                        "measured",   "console", "computed"};
    mrse_origin origin;
    int i;

    (void)state;
    for (i = 0; i < 6; i++) {
        assert_string_equal(mrse_origin_text((mrse_origin)i), names[i]);
        assert_true(mrse_origin_from_text(names[i], &origin));
        assert_int_equal(origin, i);
    }
    assert_string_equal(mrse_origin_text((mrse_origin)6), "unverified");
    assert_string_equal(mrse_origin_text((mrse_origin)-1), "unverified");
}

static void origin_from_text__unknown__is_false_and_unverified(void **state)
{
    mrse_origin origin = MRSE_ORIGIN_MEASURED;

    (void)state;
    assert_false(mrse_origin_from_text("Measured", &origin));
    assert_int_equal(origin, MRSE_ORIGIN_UNVERIFIED);
    assert_false(mrse_origin_from_text("", &origin));
    assert_false(mrse_origin_from_text(NULL, &origin));
    assert_false(mrse_origin_from_text("measured", NULL));
}

static void origin_weaker__all_pairs__follow_the_order(void **state)
{
    static const int strength[] = {0, 1, 2, 2, 2, 2};
    int a, b;

    (void)state;
    for (a = 0; a < 6; a++)
        for (b = 0; b < 6; b++)
            assert_int_equal(mrse_origin_weaker((mrse_origin)a, (mrse_origin)b),
                             strength[b] < strength[a] ? b : a);
    assert_int_equal(mrse_origin_weaker(MRSE_ORIGIN_MEASURED, (mrse_origin)77), 77);
    assert_int_equal(mrse_origin_weaker((mrse_origin)77, MRSE_ORIGIN_ASSUMED), 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_table__every_entry__has_its_defined_size),
        cmocka_unit_test(units_table__every_entry__is_unique_and_decimal_as_said),
        cmocka_unit_test(unit_find__not_in_the_table__is_null),
        cmocka_unit_test(kind_get__every_kind__is_complete),
        cmocka_unit_test(kind_get__no_such_kind__is_none),
        cmocka_unit_test(kind_from_id__list__is_the_documented_one),
        cmocka_unit_test(units_table__udunits2__agrees),
        cmocka_unit_test(quantity_read__printed_number__gives_its_rounding),
        cmocka_unit_test(quantity_read__same_size_in_other_unit__is_the_same_double),
        cmocka_unit_test(quantity_read__change_of_unit__keeps_the_value),
        cmocka_unit_test(quantity_read__wrong_dimension__names_both),
        cmocka_unit_test(quantity_read__every_wrong_dimension__is_refused),
        cmocka_unit_test(quantity_read__bare_number__asks_for_the_unit),
        cmocka_unit_test(quantity_read__hints__are_worded_exactly),
        cmocka_unit_test(quantity_read__case_slip__explains_the_letters),
        cmocka_unit_test(quantity_read__unknown_unit__names_the_nearest),
        cmocka_unit_test(quantity_read__not_a_number__is_refused),
        cmocka_unit_test(quantity_read__number_that_others_accept__is_refused),
        cmocka_unit_test(quantity_read__out_of_range__is_refused),
        cmocka_unit_test(quantity_read__too_long__is_refused),
        cmocka_unit_test(quantity_read__misuse__is_err_arg),
        cmocka_unit_test(quantity_read__out_of_memory__still_refuses),
        cmocka_unit_test(quantity_print__both_customs__are_shown),
        cmocka_unit_test(quantity_print__size__chooses_the_prefix),
        cmocka_unit_test(quantity_print__threshold__takes_the_larger_unit),
        cmocka_unit_test(quantity_print__zero__has_its_si_unit),
        cmocka_unit_test(quantity_print__not_finite__is_not_known),
        cmocka_unit_test(quantity_print__no_kind__is_a_plain_number),
        cmocka_unit_test(quantity_print__every_kind__reads_back),
        cmocka_unit_test(units_table__printed_with_17_digits__reads_back_to_the_bit),
        cmocka_unit_test(value_missing__any_kind__can_never_count),
        cmocka_unit_test(value_computed__method__is_its_source),
        cmocka_unit_test(origin__zeroed_value__is_unverified),
        cmocka_unit_test(origin_text__every_origin__reads_back),
        cmocka_unit_test(origin_from_text__unknown__is_false_and_unverified),
        cmocka_unit_test(origin_weaker__all_pairs__follow_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
