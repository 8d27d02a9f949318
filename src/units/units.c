/* The closed table of units and the kinds of quantity that may carry them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/units.h"

#include <string.h>

#include "units_internal.h"

/* U+00B5 is the micro sign, U+03BC the Greek letter mu: they look the same and people type either.
 * U+00B2 is superscript two, U+00B0 the degree sign. */
static const mrse_unit units[] = {
    {"m", DIM_LENGTH, 1e0, 0, ""},
    {"cm", DIM_LENGTH, 1e-2, -2, "1 cm = 0.01 m"},
    {"mm", DIM_LENGTH, 1e-3, -3, "1 mm = 0.001 m"},
    {"T", DIM_FIELD, 1e0, 0, ""},
    {"mT", DIM_FIELD, 1e-3, -3, "1 mT = 0.001 T = 10 G"},
    {"\u00B5T", DIM_FIELD, 1e-6, -6, "1 \u00B5T = 0.000001 T"},
    {"\u03BCT", DIM_FIELD, 1e-6, -6, "the same, with the Greek letter"},
    {"uT", DIM_FIELD, 1e-6, -6, "the same, in ASCII"},
    {"G", DIM_FIELD, 1e-4, -4, "1 G = 0.1 mT"},
    {"gauss", DIM_FIELD, 1e-4, -4, "1 gauss = 0.1 mT"},
    {"Gauss", DIM_FIELD, 1e-4, -4, "1 Gauss = 0.1 mT"},
    {"kG", DIM_FIELD, 1e-1, -1, "1 kG = 0.1 T"},
    {"T/m", DIM_GRADIENT, 1e0, 0, ""},
    {"mT/m", DIM_GRADIENT, 1e-3, -3, "1 mT/m = 0.001 T/m"},
    {"mT/cm", DIM_GRADIENT, 1e-1, -1, "1 mT/cm = 0.1 T/m"},
    {"G/cm", DIM_GRADIENT, 1e-2, -2, "1 G/cm = 0.01 T/m"},
    {"gauss/cm", DIM_GRADIENT, 1e-2, -2, "1 gauss/cm = 0.01 T/m"},
    {"Gauss/cm", DIM_GRADIENT, 1e-2, -2, "1 Gauss/cm = 0.01 T/m"},
    {"kG/cm", DIM_GRADIENT, 1e1, 1, "1 kG/cm = 10 T/m"},
    {"T\u00B2/m", DIM_PRODUCT, 1e0, 0, ""},
    {"T2/m", DIM_PRODUCT, 1e0, 0, "the same, in ASCII"},
    {"T^2/m", DIM_PRODUCT, 1e0, 0, "the same, in ASCII"},
    {"G\u00B2/cm", DIM_PRODUCT, 1e-6, -6, "1 G\u00B2/cm = 0.000001 T\u00B2/m"},
    {"G2/cm", DIM_PRODUCT, 1e-6, -6, "the same, in ASCII"},
    {"G^2/cm", DIM_PRODUCT, 1e-6, -6, "the same, in ASCII"},
    {"T/m/s", DIM_SLEW, 1e0, 0, ""},
    {"mT/m/ms", DIM_SLEW, 1e0, 0, "1 mT/m/ms = 1 T/m/s"},
    {"T/s", DIM_DBDT, 1e0, 0, ""},
    {"mT/ms", DIM_DBDT, 1e0, 0, "1 mT/ms = 1 T/s"},
    {"G/s", DIM_DBDT, 1e-4, -4, "1 G/s = 0.0001 T/s"},
    {"W/kg", DIM_SAR, 1e0, 0, ""},
    {"mW/kg", DIM_SAR, 1e-3, -3, "1 mW/kg = 0.001 W/kg"},
    {"s", DIM_TIME, 1e0, 0, ""},
    {"ms", DIM_TIME, 1e-3, -3, "1 ms = 0.001 s"},
    {"\u00B5s", DIM_TIME, 1e-6, -6, "1 \u00B5s = 0.000001 s"},
    {"\u03BCs", DIM_TIME, 1e-6, -6, "the same, with the Greek letter"},
    {"us", DIM_TIME, 1e-6, -6, "the same, in ASCII"},
    {"min", DIM_TIME, 60, MRSE_UNIT_NOT_DECIMAL, "1 min = 60 s"},
    {"h", DIM_TIME, 3600, MRSE_UNIT_NOT_DECIMAL, "1 h = 3600 s"},
    {"Hz", DIM_FREQUENCY, 1e0, 0, ""},
    {"kHz", DIM_FREQUENCY, 1e3, 3, "1 kHz = 1000 Hz"},
    {"MHz", DIM_FREQUENCY, 1e6, 6, "1 MHz = 1000000 Hz"},
    {"deg", DIM_ANGLE, MRSE_PI / 180, MRSE_UNIT_NOT_DECIMAL, "180 deg = pi rad"},
    {"\u00B0", DIM_ANGLE, MRSE_PI / 180, MRSE_UNIT_NOT_DECIMAL, "the same, as a sign"},
    {"rad", DIM_ANGLE, 1e0, 0, ""},
    {"kg", DIM_MASS, 1e0, 0, ""},
    {"g", DIM_MASS, 1e-3, -3, "gram; 1 g = 0.001 kg (gauss is a capital G)"},
    {"mg", DIM_MASS, 1e-6, -6, "1 mg = 0.000001 kg"},
    {"K", DIM_TEMPERATURE, 1e0, 0, ""},
    {"\u00B0C", DIM_TEMPERATURE, 1e0, 0, "a rise of 1 \u00B0C is a rise of 1 K"},
    {"A", DIM_CURRENT, 1e0, 0, "ampere-turns"},
    {"kA", DIM_CURRENT, 1e3, 3, "1 kA = 1000 A"},
    {"MA", DIM_CURRENT, 1e6, 6, "1 MA = 1000000 A"},
    {"%", DIM_RATIO, 1e-2, -2, "1 % = 0.01"},
    {"1", DIM_RATIO, 1e0, 0, "a plain number"},
    {"ppm", DIM_RATIO, 1e-6, -6, "1 ppm = 0.000001"},
    {"d", DIM_TIME, 86400, MRSE_UNIT_NOT_DECIMAL, "1 d = 24 h"},
    {"weeks", DIM_TIME, 604800, MRSE_UNIT_NOT_DECIMAL, "1 week = 7 d"},
    {"J/kg", DIM_SED, 1e0, 0, ""},
    {"kJ/kg", DIM_SED, 1e3, 3, "1 kJ/kg = 1000 J/kg"},
    {"s/mm2", DIM_B_VALUE, 1e6, 6, "1 s/mm2 = 1000000 s/m2"},
    {"s/m2", DIM_B_VALUE, 1e0, 0, ""},
    {"dB", DIM_SOUND, 1e0, 0, "of a sound pressure level, A-weighted where the source says so"},
    {"m/s", DIM_SPEED, 1e0, 0, ""},
    {"cm/s", DIM_SPEED, 1e-2, -2, "1 cm/s = 0.01 m/s"},
    {"m3", DIM_VOLUME, 1e0, 0, ""},
    {"ml", DIM_VOLUME, 1e-6, -6, "1 ml = 0.000001 m3"},
    {"mm3", DIM_VOLUME, 1e-9, -9, "1 mm3 = 0.000000001 m3"},
    {"kg/m3", DIM_DENSITY, 1e0, 0, ""},
    {"g/cm3", DIM_DENSITY, 1e3, 3, "1 g/cm3 = 1000 kg/m3"},
    {"S/m", DIM_CONDUCT, 1e0, 0, ""},
    {"MS/m", DIM_CONDUCT, 1e6, 6, "1 MS/m = 1000000 S/m"},
    {"N", DIM_FORCE, 1e0, 0, ""},
    {"mN", DIM_FORCE, 1e-3, -3, "1 mN = 0.001 N"},
    {"uN", DIM_FORCE, 1e-6, -6, "1 uN = 0.000001 N"},
    {"N m", DIM_TORQUE, 1e0, 0, ""},
    {"mN m", DIM_TORQUE, 1e-3, -3, "1 mN m = 0.001 N m"},
    {"uN m", DIM_TORQUE, 1e-6, -6, "1 uN m = 0.000001 N m"},
    {"W", DIM_POWER, 1e0, 0, ""},
    {"mW", DIM_POWER, 1e-3, -3, "1 mW = 0.001 W"},
    {"uW", DIM_POWER, 1e-6, -6, "1 uW = 0.000001 W"},
    {"V", DIM_VOLTAGE, 1e0, 0, ""},
    {"mV", DIM_VOLTAGE, 1e-3, -3, "1 mV = 0.001 V"},
    {"ohm", DIM_RESISTANCE, 1e0, 0, ""},
    {"kohm", DIM_RESISTANCE, 1e3, 3, "1 kohm = 1000 ohm"},
};

/* A table is read by its columns. */
/* clang-format off */
static const mrse_kind_info kinds[MRSE_KIND_COUNT] = {
    [MRSE_KIND_NONE] =             {"none", "no quantity", "?",
        "",              "",           "",     {NULL}},
    [MRSE_KIND_LENGTH] =           {"length", "length", "d",
        DIM_LENGTH,      "m",          "",     {"m", "cm", "mm"}},
    [MRSE_KIND_B0] =               {"b0", "main field", "B0",
        DIM_FIELD,       "T",          "",     {"T"}},
    [MRSE_KIND_FIELD] =            {"field", "magnetic field", "|B|",
        DIM_FIELD,       "T",          "G",    {"mT", "T", "G"}},
    [MRSE_KIND_SFG] =              {"sfg", "spatial field gradient", "|\u2207|B||",
        DIM_GRADIENT,    "T/m",        "G/cm", {"T/m", "G/cm"}},
    [MRSE_KIND_PRODUCT] =          {"product", "force product", "|B||\u2207|B||",
        DIM_PRODUCT,     "T\u00B2/m",  "",     {"T2/m", "G2/cm"}},
    [MRSE_KIND_GRADIENT] =         {"gradient", "gradient amplitude", "G",
        DIM_GRADIENT,    "T/m",        "G/cm", {"mT/m"}},
    [MRSE_KIND_SLEW_SYSTEM] =      {"slew-system", "slew rate of the system", "S",
        DIM_SLEW,        "T/m/s",      "",     {"T/m/s", "mT/m/ms"}},
    [MRSE_KIND_SLEW_SEQUENCE] =    {"slew-sequence", "slew rate of the sequence", "S",
        DIM_SLEW,        "T/m/s",      "",     {"T/m/s", "mT/m/ms"}},
    [MRSE_KIND_DBDT_PEAK] =        {"dbdt-peak", "peak dB/dt", "|dB/dt|",
        DIM_DBDT,        "T/s",        "",     {"T/s"}},
    [MRSE_KIND_DBDT_RMS] =         {"dbdt-rms", "rms dB/dt", "(dB/dt)rms",
        DIM_DBDT,        "T/s",        "",     {"T/s"}},
    [MRSE_KIND_B1_RMS] =           {"b1-rms", "B1+rms", "B1+rms",
        DIM_FIELD,       "T",          "",     {"uT"}},
    [MRSE_KIND_B1_PEAK] =          {"b1-peak", "peak B1+", "B1+peak",
        DIM_FIELD,       "T",          "",     {"uT"}},
    [MRSE_KIND_SAR_WHOLE_BODY] =   {"sar-whole-body", "whole-body SAR", "SARwb",
        DIM_SAR,         "W/kg",       "",     {"W/kg"}},
    [MRSE_KIND_SAR_PARTIAL_BODY] = {"sar-partial-body", "partial-body SAR", "SARpb",
        DIM_SAR,         "W/kg",       "",     {"W/kg"}},
    [MRSE_KIND_SAR_HEAD] =         {"sar-head", "head SAR", "SARhead",
        DIM_SAR,         "W/kg",       "",     {"W/kg"}},
    [MRSE_KIND_SAR_LOCAL] =        {"sar-local", "local SAR", "SARloc",
        DIM_SAR,         "W/kg",       "",     {"W/kg"}},
    [MRSE_KIND_SAR_UNSPECIFIED] =  {"sar-unspecified", "SAR (not said which)", "SAR",
        DIM_SAR,         "W/kg",       "",     {"W/kg"}},
    [MRSE_KIND_TIME] =             {"time", "time", "t",
        DIM_TIME,        "s",          "",     {"s", "ms", "min"}},
    [MRSE_KIND_FREQUENCY] =        {"frequency", "frequency", "f",
        DIM_FREQUENCY,   "Hz",         "",     {"MHz", "kHz", "Hz"}},
    [MRSE_KIND_ANGLE] =            {"angle", "angle", "\u03B1",
        DIM_ANGLE,       "rad",        "",     {"deg", "rad"}},
    [MRSE_KIND_MASS] =             {"mass", "mass", "m",
        DIM_MASS,        "kg",         "",     {"kg", "g"}},
    [MRSE_KIND_TEMPERATURE_RISE] = {"temperature-rise", "temperature rise", "\u0394T",
        DIM_TEMPERATURE, "K",          "",     {"\u00B0C", "K"}},
    [MRSE_KIND_AMPERE_TURNS] =     {"ampere-turns", "ampere-turns", "NI",
        DIM_CURRENT,     "A",          "",     {"A", "kA", "MA"}},
    [MRSE_KIND_RATIO] =            {"ratio", "ratio", "r",
        DIM_RATIO,       "1",          "",     {"%", "1"}},
    [MRSE_KIND_SED] =              {"sed", "specific absorbed energy", "SED",
        DIM_SED,         "J/kg",       "",     {"kJ/kg", "J/kg"}},
    [MRSE_KIND_B_VALUE] =          {"b-value", "b-value", "b",
        DIM_B_VALUE,     "s/m2",       "",     {"s/mm2"}},
    [MRSE_KIND_SOUND_LEVEL] =      {"sound-level", "sound level", "L",
        DIM_SOUND,       "dB",         "",     {"dB"}},
    [MRSE_KIND_SPEED] =            {"speed", "speed", "v",
        DIM_SPEED,       "m/s",        "",     {"m/s", "cm/s"}},
    [MRSE_KIND_VOLUME] =           {"volume", "volume", "V",
        DIM_VOLUME,      "m3",         "",     {"mm3", "ml"}},
    [MRSE_KIND_DENSITY] =          {"density", "density", "\u03C1",
        DIM_DENSITY,     "kg/m3",      "",     {"kg/m3", "g/cm3"}},
    [MRSE_KIND_CONDUCTIVITY] =     {"conductivity", "electrical conductivity", "\u03C3",
        DIM_CONDUCT,     "S/m",        "",     {"S/m", "MS/m"}},
    [MRSE_KIND_SUSCEPTIBILITY] =   {"susceptibility", "volume susceptibility (SI)", "\u03C7",
        DIM_RATIO,       "1",          "",     {"ppm", "1"}},
    [MRSE_KIND_POLARISATION] =     {"polarisation", "magnetic polarisation", "J",
        DIM_FIELD,       "T",          "",     {"T"}},
    [MRSE_KIND_FORCE] =            {"force", "force", "F",
        DIM_FORCE,       "N",          "",     {"N", "mN"}},
    [MRSE_KIND_TORQUE] =           {"torque", "torque", "\u03C4",
        DIM_TORQUE,      "N m",        "",     {"N m", "mN m"}},
    [MRSE_KIND_POWER] =            {"power", "power", "P",
        DIM_POWER,       "W",          "",     {"W", "mW"}},
    [MRSE_KIND_VOLTAGE] =          {"voltage", "voltage", "U",
        DIM_VOLTAGE,     "V",          "",     {"V", "mV"}},
    [MRSE_KIND_RESISTANCE] =       {"resistance", "resistance", "R",
        DIM_RESISTANCE,  "ohm",        "",     {"ohm", "kohm"}},
};
/* clang-format on */

const mrse_unit *mrse_units_table(size_t *n)
{
    if (n)
        *n = sizeof units / sizeof units[0];
    return units;
}

const mrse_unit *mrse_unit_find(const char *text)
{
    size_t i;

    if (!text)
        return NULL;
    for (i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i].text, text) == 0)
            return &units[i];
    return NULL;
}

const mrse_kind_info *mrse_kind_get(mrse_kind kind)
{
    return &kinds[(unsigned)kind < MRSE_KIND_COUNT ? kind : MRSE_KIND_NONE];
}

mrse_kind mrse_kind_from_id(const char *id)
{
    int i;

    for (i = MRSE_KIND_NONE + 1; id && i < MRSE_KIND_COUNT; i++)
        if (strcmp(kinds[i].id, id) == 0)
            return (mrse_kind)i;
    return MRSE_KIND_NONE;
}
