/* Levels of the body as shares of stature. Landmarks are means of a survey of 6068 adults, men and
 * women pooled; vertebrae are laid between two of them. None of it is a measurement of the patient:
 * the origin is assumed, and unverified where no source was found.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/anatomy.h"

#include <math.h>
#include <string.h>

#include "mrse/text.h"

static const char METHOD[] = "anatomy-stature";

#define ANSUR "ANSUR II (Gordon et al., NATICK/TR-15/007, 2014), mean of 6068 adults: "

/* Mean stature of the survey; depths below it in mm are stature less height, or as measured. */
static const double SURVEY_MM = 1714.41;

typedef struct landmark {
    const char *text;
    double depth_mm; /* in a person of the survey's mean stature */
    double u_m;      /* spread among people of equal stature, standing or lying */
    mrse_origin origin;
    const char *source;
} landmark;

#define FIRST_LANDMARK MRSE_LEVEL_VERTEX

/* The author's u: 1 cm on the head, 2 cm for bones near the skin, 2.5 to 3 cm for what moves with
 * posture, breathing and build. */
static const landmark landmarks[] = {
    {"vertex", 0.0, 0.0, MRSE_ORIGIN_ASSUMED, "by definition"},
    {"glabella", 91.0, 0.015, MRSE_ORIGIN_UNVERIFIED, ""},
    {"nasion", 103.4, 0.01, MRSE_ORIGIN_ASSUMED,
     "chin (Drillis and Contini 1966) less menton-sellion length 119.5 mm (ANSUR II)"},
    {"eyes", 112.2, 0.01, MRSE_ORIGIN_ASSUMED, ANSUR "sitting height 898.1 less eye height 785.9"},
    {"ear", 129.6, 0.01, MRSE_ORIGIN_ASSUMED, ANSUR "tragion to top of head 129.6 mm"},
    {"chin", 222.9, 0.01, MRSE_ORIGIN_ASSUMED,
     "R. Drillis and R. Contini, Body segment parameters, 1966: 0.870 of stature"},
    {"shoulder", 308.3, 0.02, MRSE_ORIGIN_ASSUMED, ANSUR "acromial height 1406.2 mm"},
    {"sternal notch", 311.5, 0.02, MRSE_ORIGIN_ASSUMED, ANSUR "suprasternale height 1403.0 mm"},
    {"nipples", 462.4, 0.025, MRSE_ORIGIN_ASSUMED, ANSUR "chest height 1252.0 mm"},
    {"xiphoid", 0.0, 0.03, MRSE_ORIGIN_ASSUMED,
     "surface marking T8 to T9, as in CT of 100 adults (J. Anat. Soc. India 2019;68:39)"},
    {"umbilicus", 682.9, 0.025, MRSE_ORIGIN_ASSUMED, ANSUR "waist height (omphalion) 1031.5 mm"},
    {"iliac crest", 674.4, 0.02, MRSE_ORIGIN_ASSUMED, ANSUR "iliocristale height 1040.1 mm"},
    {"symphysis", 840.0, 0.03, MRSE_ORIGIN_UNVERIFIED, ""},
    {"hip", 831.7, 0.025, MRSE_ORIGIN_ASSUMED, ANSUR "trochanterion height 882.7 mm"},
    {"knee", 1231.2, 0.02, MRSE_ORIGIN_ASSUMED, ANSUR "lateral femoral epicondyle 483.2 mm"},
    {"ankle", 1644.8, 0.01, MRSE_ORIGIN_ASSUMED, ANSUR "lateral malleolus 69.6 mm"},
};

/* Heights of the vertebrae in mm, each with the disc below it. Sums agree with the lengths of the
 * parts of the column (cervical 11 to 14 cm, thoracic 27 to 30, lumbar 17 to 19); the division
 * within a part, growing downwards, is the author's. */
static const double height_mm[] = {
    0.0,  12.0, 22.0, 16.0, 16.0, 16.0, 16.0, 16.0, 19.5, 20.5, 21.0, 21.5, 22.0,
    22.5, 23.0, 23.5, 24.5, 26.0, 27.5, 30.0, 33.5, 35.0, 36.0, 36.5, 37.0, 30.0,
};

static const char vertebra_source[] = "cervicale and iliocristale of ANSUR II, column lengths "
                                      "after R. Fick in Rauber-Kopsch; crest at "
                                      "L4 (J. Anat. 2007;210:232); division within a part: author";

/* The disc below C7 lies this much lower than the tip of its spinous process (cervicale, 236.9 mm),
 * because the upper thoracic end plates tilt forward by 20 to 30 degrees; the middle of L4 is level
 * with the palpated iliac crest, which is between the imaged L4-L5 and the palpated L3-L4. */
static const double BELOW_C7_MM = 236.9 + 20.0, MIDDLE_L4_MM = 674.4;
static const double VERTEBRA_U_M = 0.025;

static bool is_vertebra(mrse_level level)
{
    return level >= MRSE_LEVEL_C1 && level <= MRSE_LEVEL_S1;
}

static bool is_level(mrse_level level)
{
    return level > MRSE_LEVEL_UNKNOWN && level < MRSE_LEVEL_COUNT;
}

static double sum_mm(mrse_level from, mrse_level to)
{
    double sum = 0.0;
    for (int i = (int)from; i <= (int)to; i++)
        sum += height_mm[i];
    return sum;
}

/* The column is laid out straight, so its parts shrink or stretch between the two anchors. */
static double stretch(void)
{
    double own = sum_mm(MRSE_LEVEL_T1, MRSE_LEVEL_L3) + height_mm[MRSE_LEVEL_L4] / 2.0;
    return (MIDDLE_L4_MM - BELOW_C7_MM) / own;
}

static double vertebra_mm(mrse_level level)
{
    double half = height_mm[level] / 2.0;
    if (level <= MRSE_LEVEL_C7)
        return BELOW_C7_MM - sum_mm(level, MRSE_LEVEL_C7) + half;
    return BELOW_C7_MM + stretch() * (sum_mm(MRSE_LEVEL_T1, level) - half);
}

static const landmark *landmark_of(mrse_level level)
{
    return &landmarks[level - FIRST_LANDMARK];
}

static double share_of(mrse_level level)
{
    if (level == MRSE_LEVEL_XIPHOID)
        level = MRSE_LEVEL_T9;
    return (is_vertebra(level) ? vertebra_mm(level) : landmark_of(level)->depth_mm) / SURVEY_MM;
}

mrse_anatomy mrse_anatomy_of(const mrse_value *height)
{
    mrse_anatomy person;
    person.height = height != NULL ? *height : mrse_value_missing(MRSE_KIND_LENGTH);
    for (int i = 0; i < MRSE_LEVEL_COUNT; i++)
        person.own[i] = mrse_value_missing(MRSE_KIND_LENGTH);
    return person;
}

mrse_status mrse_anatomy_override(mrse_anatomy *person, mrse_level level, const mrse_value *depth)
{
    if (person == NULL || depth == NULL || !is_level(level) || depth->kind != MRSE_KIND_LENGTH ||
        !isfinite(depth->v) || !isfinite(depth->u) || depth->u < 0.0)
        return MRSE_ERR_ARG;
    if (depth->v < 0.0 || depth->v > 2.5)
        return MRSE_ERR_RANGE;
    person->own[level] = *depth;
    return MRSE_OK;
}

static bool has_height(const mrse_anatomy *person)
{
    const mrse_value *h = &person->height;
    return h->kind == MRSE_KIND_LENGTH && h->v >= MRSE_ANATOMY_HEIGHT_MIN_M &&
           h->v <= MRSE_ANATOMY_HEIGHT_MAX_M;
}

/* share times stature; a stature as declared is taken as it stands. */
static mrse_value from_stature(const mrse_anatomy *person, double share, double u_m,
                               mrse_origin origin)
{
    const mrse_value *h = &person->height;
    double u_height_m = h->basis == MRSE_BASIS_DECLARED && isnan(h->u) ? 0.0 : h->u;
    mrse_value out =
        mrse_value_computed(share * h->v, hypot(u_m, share * u_height_m), MRSE_KIND_LENGTH, METHOD);
    if (u_height_m < 0.0)
        out.u = NAN;
    out.origin = mrse_origin_weaker(origin, h->origin);
    return out;
}

mrse_status mrse_anatomy_depth(const mrse_anatomy *person, mrse_level level, mrse_value *depth)
{
    if (depth == NULL)
        return MRSE_ERR_ARG;
    *depth = mrse_value_missing(MRSE_KIND_LENGTH);
    if (person == NULL || !is_level(level))
        return MRSE_ERR_ARG;
    if (isfinite(person->own[level].v)) {
        *depth = person->own[level];
        return MRSE_OK;
    }
    if (level == MRSE_LEVEL_VERTEX) {
        *depth = mrse_value_computed(0.0, 0.0, MRSE_KIND_LENGTH, METHOD);
        return MRSE_OK;
    }
    if (!has_height(person))
        return MRSE_ERR_RANGE;
    double u_m = is_vertebra(level) ? VERTEBRA_U_M : landmark_of(level)->u_m;
    mrse_origin origin = is_vertebra(level) ? MRSE_ORIGIN_ASSUMED : landmark_of(level)->origin;
    *depth = from_stature(person, share_of(level), u_m, origin);
    return MRSE_OK;
}

/* What two levels share drops out of their distance. Only vertebrae are sure to share it: of them the
 * distance varies by a tenth, and 5 mm, among people of equal stature. */
static double u_between(const mrse_anatomy *person, mrse_level from, mrse_level to,
                        const mrse_value *a, const mrse_value *b)
{
    double apart = hypot(a->u, b->u);
    bool column = is_vertebra(from) && is_vertebra(to) && !isfinite(person->own[from].v) &&
                  !isfinite(person->own[to].v);
    return column && isfinite(apart) ? fmin(apart, 0.1 * fabs(b->v - a->v) + 0.005) : apart;
}

mrse_status mrse_anatomy_between(const mrse_anatomy *person, mrse_level from, mrse_level to,
                                 mrse_value *length)
{
    mrse_value a, b;
    if (length == NULL)
        return MRSE_ERR_ARG;
    *length = mrse_value_missing(MRSE_KIND_LENGTH);
    if (person != NULL && is_level(from) && from == to) {
        *length = mrse_value_computed(0.0, 0.0, MRSE_KIND_LENGTH, METHOD);
        return MRSE_OK;
    }
    mrse_status status = mrse_anatomy_depth(person, from, &a);
    if (status == MRSE_OK)
        status = mrse_anatomy_depth(person, to, &b);
    if (status != MRSE_OK)
        return status;
    *length = mrse_value_computed(b.v - a.v, u_between(person, from, to, &a, &b), MRSE_KIND_LENGTH,
                                  METHOD);
    length->origin =
        mrse_origin_weaker(mrse_origin_weaker(MRSE_ORIGIN_COMPUTED, a.origin), b.origin);
    return MRSE_OK;
}

mrse_status mrse_anatomy_half_height(const mrse_anatomy *person, mrse_level level, mrse_value *half)
{
    if (half == NULL)
        return MRSE_ERR_ARG;
    *half = mrse_value_missing(MRSE_KIND_LENGTH);
    if (person == NULL || !is_level(level))
        return MRSE_ERR_ARG;
    if (!is_vertebra(level)) {
        *half = mrse_value_computed(0.0, 0.0, MRSE_KIND_LENGTH, METHOD);
        return MRSE_OK;
    }
    if (!has_height(person))
        return MRSE_ERR_RANGE;
    double mm = height_mm[level] / 2.0 * (level > MRSE_LEVEL_C7 ? stretch() : 1.0);
    /* A sixth of it: bodies of equal stature differ by that much. */
    double share = mm / SURVEY_MM;
    *half = from_stature(person, share, share * person->height.v / 6.0, MRSE_ORIGIN_ASSUMED);
    return MRSE_OK;
}

static const struct {
    const char *text;
    mrse_level top, bottom; /* unknown: lies beside the trunk */
} regions[] = {
    {"unknown", MRSE_LEVEL_UNKNOWN, MRSE_LEVEL_UNKNOWN},
    {"head", MRSE_LEVEL_VERTEX, MRSE_LEVEL_CHIN},
    {"neck", MRSE_LEVEL_CHIN, MRSE_LEVEL_STERNAL_NOTCH},
    {"chest", MRSE_LEVEL_STERNAL_NOTCH, MRSE_LEVEL_XIPHOID},
    {"abdomen", MRSE_LEVEL_XIPHOID, MRSE_LEVEL_ILIAC_CREST},
    {"pelvis", MRSE_LEVEL_ILIAC_CREST, MRSE_LEVEL_SYMPHYSIS},
    {"leg", MRSE_LEVEL_SYMPHYSIS, MRSE_LEVEL_ANKLE},
    {"arm", MRSE_LEVEL_UNKNOWN, MRSE_LEVEL_UNKNOWN},
};

enum { N_REGIONS = sizeof regions / sizeof regions[0] };

bool mrse_anatomy_region(mrse_body_region region, mrse_level *top, mrse_level *bottom)
{
    bool known = (int)region > 0 && (int)region < N_REGIONS;
    if (top != NULL)
        *top = known ? regions[region].top : MRSE_LEVEL_UNKNOWN;
    if (bottom != NULL)
        *bottom = known ? regions[region].bottom : MRSE_LEVEL_UNKNOWN;
    return known && regions[region].top != MRSE_LEVEL_UNKNOWN;
}

const char *mrse_level_text(mrse_level level)
{
    static const char *const vertebra[] = {"C1",  "C2", "C3", "C4", "C5", "C6", "C7", "T1",  "T2",
                                           "T3",  "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11",
                                           "T12", "L1", "L2", "L3", "L4", "L5", "S1"};
    if (is_vertebra(level))
        return vertebra[level - MRSE_LEVEL_C1];
    return is_level(level) ? landmark_of(level)->text : "unknown";
}

mrse_level mrse_level_from_text(const char *text)
{
    for (int i = MRSE_LEVEL_UNKNOWN + 1; text != NULL && i < MRSE_LEVEL_COUNT; i++)
        if (strcmp(text, mrse_level_text((mrse_level)i)) == 0)
            return (mrse_level)i;
    return MRSE_LEVEL_UNKNOWN;
}

const char *mrse_anatomy_source(mrse_level level)
{
    if (is_vertebra(level))
        return vertebra_source;
    return is_level(level) ? landmark_of(level)->source : "";
}

const char *mrse_body_region_text(mrse_body_region region)
{
    return (int)region > 0 && (int)region < N_REGIONS ? regions[region].text : "unknown";
}

mrse_body_region mrse_body_region_from_text(const char *text)
{
    for (int i = 1; text != NULL && i < N_REGIONS; i++)
        if (strcmp(text, regions[i].text) == 0)
            return (mrse_body_region)i;
    return MRSE_BODY_UNKNOWN;
}
