/* SAR of real scanners before and after a change, against what is predicted from the rest of their
 * headers: a table for people. Needs reference data in MRSE_GOLDEN_DIR; exits with 1 when a figure
 * is outside its stated 2u, when a row that must be refused is not, and when the data are not there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/mrse.h"

enum { PATH = 1024, LINE = 2048, COLUMNS = 17, ROWS = 64 };

enum { ID, SCANNER, CHANGE, KG, TR, TR_AFTER, FA, FA_AFTER, SAR, SAR_AFTER, B1, B1_AFTER };

static int failures, predicted, refused;

/* Cells of one line; a quoted cell may hold commas. */
static size_t split(char *line, char *cell[COLUMNS])
{
    size_t n = 0;
    char *at = line, *to;

    while (n < COLUMNS) {
        bool quoted = false, more;

        cell[n++] = to = at;
        for (; *at && *at != '\n' && *at != '\r' && (quoted || *at != ','); at++) {
            if (*at == '"')
                quoted = !quoted;
            else
                *to++ = *at;
        }
        more = *at == ',';
        *to = '\0';
        if (!more)
            break;
        at++;
    }
    return n;
}

static double number(const char *cell)
{
    double v;

    return mrse_text_read_num(cell, strlen(cell), &v, NULL) == MRSE_OK ? v : (double)NAN;
}

static mrse_value value(double v, mrse_kind kind)
{
    mrse_value x = mrse_value_computed(v, 0.0, kind, "header");

    x.origin = MRSE_ORIGIN_CONSOLE;
    x.basis = MRSE_BASIS_DECLARED;
    return x;
}

static void make(mrse_protocol *p, mrse_protocol_pulse *pulse, char *cell[COLUMNS], int after)
{
    *pulse = (mrse_protocol_pulse){.role = MRSE_PULSE_EXCITATION, .count = 1.0, .bands = 1.0};
    pulse->flip = value(number(cell[FA + after]) * MRSE_PI / 180.0, MRSE_KIND_ANGLE);
    pulse->duration = mrse_value_missing(MRSE_KIND_TIME);
    pulse->b1_peak = mrse_value_missing(MRSE_KIND_B1_PEAK);
    *p = (mrse_protocol){.family = MRSE_FAMILY_EPI, .pulse = pulse, .n_pulses = 1};
    p->tr = value(number(cell[TR + after]) * 1e-3, MRSE_KIND_TIME);
    p->te = p->ti = p->esp = p->b_value = p->thickness = mrse_value_missing(MRSE_KIND_TIME);
    p->b0 = value(3.0, MRSE_KIND_B0);
    p->slices = 36.0;
    p->concatenations = p->simultaneous = 1.0;
    p->etl = p->partial_phase = p->partial_slice = (double)NAN;
    p->reported.patient_mass = value(number(cell[KG]), MRSE_KIND_MASS);
    p->reported.b1_rms = value(number(cell[B1 + after]) * 1e-6, MRSE_KIND_B1_RMS);
    p->reported.sar_whole_body = mrse_value_missing(MRSE_KIND_SAR_WHOLE_BODY);
    p->reported.sar_partial_body = mrse_value_missing(MRSE_KIND_SAR_PARTIAL_BODY);
    p->reported.sar_head = mrse_value_missing(MRSE_KIND_SAR_HEAD);
    p->reported.sar_local = mrse_value_missing(MRSE_KIND_SAR_LOCAL);
    if (!after)
        p->reported.sar_whole_body = value(number(cell[SAR]), MRSE_KIND_SAR_WHOLE_BODY);
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* What the columns do not say stands in the text of the change. */
static void change(const char *id, const char *text, mrse_protocol *after)
{
    if (strstr(text, "36->35 slices"))
        after->slices = 35.0;
    if (starts(id, "P3") || starts(id, "P4") || starts(id, "P7"))
        after->family = MRSE_FAMILY_GRE; /* another sequence */
    if (strstr(text, "table moved"))
        after->region = MRSE_REGION_ABDOMEN;
    if (strstr(text, "-> 50 kg"))
        after->reported.patient_mass.v = 50.0;
    if (strstr(text, "acc1->acc3"))
        after->acceleration_phase = 3.0;
    if (strstr(id, "sms2") || strstr(id, "mb2") || strstr(id, "S2MB2"))
        after->simultaneous = 2.0;
    if (strstr(id, "mb5"))
        after->simultaneous = 5.0;
}

static const char *method_text(mrse_sar_method method)
{
    static const char *const text[] = {"none",         "as reported", "times", "B1+rms",
                                       "pulse energy", "reference",   "site",  "analytic"};

    return text[method];
}

static void check(const char *id, const mrse_sar *sar, double actual)
{
    bool must_refuse =
        starts(id, "P6") || starts(id, "P8") || starts(id, "P9") || starts(id, "P10");
    bool times = starts(id, "P1_") || starts(id, "P2");
    bool none = sar->method == MRSE_SAR_NONE, holds;
    double share = fabs(sar->ratio - actual) / (2.0 * sar->u_ratio);
    char got[MRSE_NUM_MAX], u[MRSE_NUM_MAX], want[MRSE_NUM_MAX], part[MRSE_NUM_MAX];

    mrse_text_fixed(want, actual, 5);
    if (none) {
        /* times and pairs of consoles' values must not be refused; multiband may */
        holds = must_refuse || (starts(id, "P4") && strstr(id, "MB2"));
        refused++;
        printf("%-34s %9s %9s %9s %6s  does not apply: %s%s\n", id, "-", "-", want, "-",
               sar->reason, holds ? "" : "   !");
    } else {
        holds = !must_refuse && share <= 1.0 &&
                (!times || (sar->method == MRSE_SAR_RATIO_TIME &&
                            2.0 * sar->u_ratio / sar->ratio <= 1e-3 * (1.0 + 1e-12)));
        predicted++;
        mrse_text_fixed(got, sar->ratio, 5);
        mrse_text_fixed(u, sar->u_ratio, 5);
        mrse_text_fixed(part, share, 3);
        printf("%-34s %9s %9s %9s %6s  %s%s\n", id, got, u, want, part, method_text(sar->method),
               holds ? "" : "   !");
    }
    failures += !holds;
}

static void row(char *cell[COLUMNS])
{
    static mrse_value reference[2];
    mrse_protocol before, after;
    mrse_protocol_pulse pulse[2];
    mrse_protocol_rf rf[2];
    mrse_sar sar;
    mrse_status status;

    make(&before, &pulse[0], cell, 0);
    make(&after, &pulse[1], cell, 1);
    before.region = after.region = MRSE_REGION_HEAD;
    change(cell[ID], cell[CHANGE], &after);
    if (starts(cell[ID], "P7") && isfinite(reference[0].v) && reference[0].v > 0.0) {
        status = mrse_sar_by_reference(&before.reported.sar_whole_body, &reference[0],
                                       &reference[1], &sar);
    } else if (starts(cell[ID], "P7")) {
        /* the first position is what the others are predicted from */
        reference[0] = before.reported.sar_whole_body;
        reference[1] = value(number(cell[SAR_AFTER]), MRSE_KIND_SAR_WHOLE_BODY);
        return;
    } else if (mrse_protocol_rf_of(&before, &rf[0]) != MRSE_OK ||
               mrse_protocol_rf_of(&after, &rf[1]) != MRSE_OK) {
        failures++;
        return;
    } else {
        status = mrse_sar_after(&before, &after, &rf[0], &rf[1], NULL, 0, &sar);
        mrse_protocol_rf_clear(&rf[0]);
        mrse_protocol_rf_clear(&rf[1]);
    }
    if (status != MRSE_OK) {
        failures++;
        return;
    }
    check(cell[ID], &sar, number(cell[SAR_AFTER]) / number(cell[SAR]));
}

int main(void)
{
    const char *folder = getenv("MRSE_GOLDEN_DIR");
    char path[PATH], line[LINE], *cell[COLUMNS];
    FILE *file;

    if (mrse_init() != MRSE_OK)
        return 1;
    (void)snprintf(path, sizeof path, "%s/sequence/before_after.csv", folder ? folder : ".");
    file = fopen(path, "r");
    if (!file) {
        printf("no reference data: MRSE_GOLDEN_DIR does not hold sequence/before_after.csv\n");
        return 1;
    }
    printf(
        "Whole-body SAR after a change over that before: predicted, u, as the console states it, "
        "error over 2u, method.\n!: outside 2u, or not refused where it must be. Positions "
        "(P7) are predicted from the first.\n\n%-34s %9s %9s %9s %6s\n",
        "row", "ratio", "u", "actual", "err/2u");
    if (!fgets(line, sizeof line, file))
        failures++;
    while (fgets(line, sizeof line, file))
        if (split(line, cell) > B1_AFTER)
            row(cell);
    (void)fclose(file);
    failures += predicted == 0 || refused == 0;
    printf("\n%d predicted, %d refused, %d not as they must be\n", predicted, refused, failures);
    return failures > 0;
}
