/* Conductors against the wavelength in tissue. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/rf_length.h"

#include <complex.h>
#include <math.h>

#include "mrse/field.h"
#include "mrse/text.h"

static const double LIGHT_m_s = 299792458.0, EULER = 0.57721566490153286;
/* A bare wire was worst at 20 cm where half a wave is 21.7 cm; ends, bends and surroundings shift it. */
static const double SHORTEST_HALVES = 0.6, LONGEST_HALVES = 1.3, SHORT_FRACTION = 0.2;
/* King's theory: the insulated wire is thin, and the medium much denser than its insulation. */
static const double THIN = 0.2, DENSER = 4.0;

typedef struct statement {
    const char *id, *text, *source;
} statement;

static const statement statements[] = {
    {"rf-bare-20cm", "a bare wire was worst at 20 cm, with about 28 C, at 64 MHz in gel",
     "Park, Nyenhuis, as quoted by paperexplained 32e67913; the paper was not read"},
    {"rf-insulated-40cm",
     "an insulated wire resonated beyond 40 cm at 64 MHz: half a wave in tissue "
     "is no upper limit for insulated conductors",
     "Park, Nyenhuis, as quoted by paperexplained 32e67913; the paper was not read"},
    {"rf-dbs-41cm", "a DBS lead was worst at 41 cm at 64 MHz", "Nyenhuis 2005"},
    {"rf-first-harmonic", "currents on implants shorter than 20 cm behave as the first harmonic",
     "PMC7898303"},
    {"rf-vessel-tenfold", "E along a stent in a vessel may be ten times that of the ASTM phantom",
     "Frontiers 2018.01439"},
    {"rf-loop",
     "a closed loop carries a current induced by B1 through its area, whatever its length; "
     "burns at contact points of loops are the commonest",
     "no source read [untraced]"},
    {"rf-proximity",
     "conductors near each other, or near their own ends, couple: not computed here",
     "no source read [untraced]"},
    {"rf-not-across-b0",
     "results do not carry over to another field strength, coil or landmark: 3 T "
     "can heat less than 1.5 T",
     "mrisafety.com 227"},
};
enum { STATEMENTS = sizeof statements / sizeof statements[0] };

static const statement *find(const char *id)
{
    for (size_t i = 0; id && i < STATEMENTS; i++)
        if (mrse_text_equal(statements[i].id, id))
            return &statements[i];
    return NULL;
}

const char *mrse_rf_statement_text(const char *id)
{
    const statement *s = find(id);

    return s ? s->text : NULL;
}

const char *mrse_rf_statement_source(const char *id)
{
    const statement *s = find(id);

    return s ? s->source : NULL;
}

static bool is_positive(double x)
{
    return isfinite(x) && x > 0.0;
}

static bool is_medium(mrse_medium m, double frequency_Hz)
{
    return isfinite(m.permittivity) && m.permittivity >= 1.0 && isfinite(m.conductivity_S_m) &&
           m.conductivity_S_m >= 0.0 && is_positive(frequency_Hz);
}

/* In double: I itself is a complex float. */
static double complex complex_of(double re, double im)
{
    return re + im * (double complex)I;
}

/* Complex wave number with Re > 0, Im >= 0 (time factor exp(-i w t)). */
static double complex wave_number(mrse_medium m, double frequency_Hz)
{
    const double eps0 = 1.0 / (MRSE_MU0 * LIGHT_m_s * LIGHT_m_s);
    double w = 2.0 * MRSE_PI * frequency_Hz;

    return w / LIGHT_m_s * csqrt(complex_of(m.permittivity, m.conductivity_S_m / (w * eps0)));
}

double mrse_rf_wavelength_m(mrse_medium medium, double frequency_Hz)
{
    if (!is_medium(medium, frequency_Hz))
        return (double)NAN;
    return 2.0 * MRSE_PI / creal(wave_number(medium, frequency_Hz));
}

/* k_L^2 = k_i^2 (ln(b/a) + F) / ln(b/a), F = H0(k b) / (k b H1(k b)), which for a thin wire is
 * -(ln(k b / 2) + Euler's constant) + i pi / 2. */
double mrse_rf_insulated_wavelength_m(mrse_medium medium, double frequency_Hz, double wire_m,
                                      double outer_m, double insulation)
{
    if (!is_medium(medium, frequency_Hz) || !is_positive(wire_m) || !is_positive(outer_m) ||
        wire_m >= outer_m || !isfinite(insulation) || insulation < 1.0)
        return (double)NAN;
    double complex k = wave_number(medium, frequency_Hz);
    double k_i = creal(wave_number((mrse_medium){insulation, 0.0}, frequency_Hz));
    double ln = log(outer_m / wire_m);
    if (cabs(k) * outer_m > THIN || cabs(k) * cabs(k) < DENSER * k_i * k_i)
        return (double)NAN;
    double complex f = -(clog(k * outer_m / 4.0) + EULER) + complex_of(0.0, MRSE_PI / 2.0);
    return 2.0 * MRSE_PI / creal(k_i * csqrt((ln + f) / ln));
}

static void say(mrse_rf_judgement *out, const char *id)
{
    if (out->n_statements < MRSE_RF_STATEMENTS)
        out->statement[out->n_statements++] = id;
}

static void say_all(const mrse_conductor *c, mrse_rf_judgement *out)
{
    say(out, "rf-bare-20cm");
    if (c->insulated) {
        say(out, "rf-insulated-40cm");
        say(out, "rf-dbs-41cm");
    }
    if (c->length_m < 0.2)
        say(out, "rf-first-harmonic");
    if (!(c->loop_m == 0.0))
        say(out, "rf-loop");
    if (!(c->gap_m > out->half_m))
        say(out, "rf-proximity");
    say(out, "rf-vessel-tenfold");
    say(out, "rf-not-across-b0");
}

static void grade(const mrse_conductor *c, mrse_rf_judgement *out)
{
    const char *why;

    if (isnan(c->length_m)) {
        out->grade = MRSE_RF_UNKNOWN;
        why = "the length of the conductor is not known";
    } else if (out->fraction < SHORT_FRACTION) {
        out->grade = MRSE_RF_SHORT;
        why = "less than a fifth of the shortest length of resonance";
    } else if (out->fraction < 1.0) {
        out->grade = MRSE_RF_GROWING;
        why = "shorter than the shortest length of resonance: heating grows with length";
    } else if (c->length_m <= out->critical_to_m) {
        out->grade = MRSE_RF_RESONANT;
        why = isinf(out->critical_to_m)
                  ? "insulated, and how is not known: any longer length may be at resonance"
                  : "within the lengths at which the first resonance may lie";
    } else {
        out->grade = MRSE_RF_LONG;
        why = "longer than the first resonance: its ends may still heat, and further maxima follow";
    }
    mrse_text_copy(out->reason, sizeof out->reason, why);
}

static bool is_length(double x_m)
{
    return isnan(x_m) || (isfinite(x_m) && x_m >= 0.0);
}

mrse_status mrse_rf_judge(const mrse_conductor *conductor, mrse_medium medium, double frequency_Hz,
                          mrse_rf_judgement *out)
{
    const mrse_conductor *c = conductor;

    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_rf_judgement){0};
    if (!c)
        return MRSE_ERR_ARG;
    if (!is_medium(medium, frequency_Hz) || !is_length(c->length_m) || !is_length(c->loop_m) ||
        !is_length(c->gap_m) || !is_length(c->wire_m) || !is_length(c->outer_m))
        return MRSE_ERR_RANGE;
    out->wavelength_m = mrse_rf_wavelength_m(medium, frequency_Hz);
    out->half_m = 0.5 * out->wavelength_m;
    out->critical_from_m = SHORTEST_HALVES * out->half_m;
    out->critical_to_m = LONGEST_HALVES * out->half_m;
    if (c->insulated) {
        double wave_m = mrse_rf_insulated_wavelength_m(medium, frequency_Hz, c->wire_m, c->outer_m,
                                                       c->insulation);
        out->critical_to_m = isnan(wave_m)
                                 ? (double)INFINITY
                                 : fmax(out->critical_to_m, LONGEST_HALVES * 0.5 * wave_m);
    }
    out->fraction = c->length_m / out->critical_from_m;
    grade(c, out);
    say_all(c, out);
    return MRSE_OK;
}

double mrse_rf_scaled_rise_K(double rise_K, double sar_from_W_kg, double sar_to_W_kg)
{
    if (!isfinite(rise_K) || rise_K < 0.0 || !is_positive(sar_from_W_kg) ||
        !isfinite(sar_to_W_kg) || sar_to_W_kg < 0.0)
        return (double)NAN;
    return rise_K * sar_to_W_kg / sar_from_W_kg;
}

double mrse_rf_b1_ratio(double b1_from_T, double b1_to_T)
{
    if (!is_positive(b1_from_T) || !isfinite(b1_to_T) || b1_to_T < 0.0)
        return (double)NAN;
    return b1_to_T / b1_from_T * (b1_to_T / b1_from_T);
}
