/* Relaxation times of tissues at 1.5 T and 3 T, with ranges and sources.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/tissue.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Where the numbers are from. Of "read" the text with the numbers has been read; the others have
 * come through other people's lists and are unverified until the paper has been looked up. */
#define STANISZ                                                                                    \
    "G. J. Stanisz and others, Magn. Reson. Med. 54 (2005) 507, in vitro, 37 C: not read"
#define BAZELAIRE                                                                                  \
    "C. M. J. de Bazelaire and others, Radiology 230 (2004) 652, in vivo, mean and SD of six "     \
    "volunteers: abstract read"
#define BOJORQUEZ                                                                                  \
    "range: J. Z. Bojorquez and others, Magn. Reson. Imaging 35 (2017) 69, review of values in "   \
    "vivo: abstract read"
#define BRAINWEB  "BrainWeb phantom parameters, second-hand"
#define SIMULATOR "public list of an MRI simulator, author not named"
#define LIST      "public list without field strength or reference (liquisearch.com)"
#define JOIN      "; "

typedef struct time_ms {
    double v, low, high;
    mrse_origin origin, range;
    const char *source;
} time_ms;

typedef struct row {
    const char *id, *text;
    mrse_field_class field;
    time_ms t1, t2;
} row;

#define U MRSE_ORIGIN_UNVERIFIED
#define M MRSE_ORIGIN_MEASURED

/* Ends of a range: the smallest value minus, the largest plus, its stated standard deviation, over
 * the sources named. */
static const row table[] = {
    {"white-matter",
     "white matter",
     MRSE_FIELD_1_5_T,
     {884, 500, 934, U, U, STANISZ JOIN BRAINWEB JOIN SIMULATOR JOIN LIST},
     {72, 68, 90, U, U, STANISZ JOIN BRAINWEB JOIN SIMULATOR JOIN LIST}},
    {"white-matter",
     "white matter",
     MRSE_FIELD_3_T,
     {1084, 699, 1735, U, M, STANISZ JOIN BOJORQUEZ},
     {69, 66, 72, U, U, STANISZ JOIN SIMULATOR}},
    {"grey-matter",
     "grey matter",
     MRSE_FIELD_1_5_T,
     {1124, 833, 1174, U, U, STANISZ JOIN BRAINWEB JOIN SIMULATOR JOIN LIST},
     {95, 83, 103, U, U, STANISZ JOIN BRAINWEB JOIN SIMULATOR JOIN LIST}},
    {"grey-matter",
     "grey matter",
     MRSE_FIELD_3_T,
     {1820, 1330, 1934, U, U, STANISZ JOIN SIMULATOR},
     {99, 92, 106, U, U, STANISZ JOIN SIMULATOR}},
    {"csf",
     "cerebrospinal fluid",
     MRSE_FIELD_1_5_T,
     {4280, 2569, 4500, U, U, SIMULATOR JOIN BRAINWEB JOIN LIST},
     {2030, 329, 2300, U, U, SIMULATOR JOIN BRAINWEB JOIN LIST}},
    {"csf",
     "cerebrospinal fluid",
     MRSE_FIELD_3_T,
     {4160, 2569, 4500, U, U, SIMULATOR JOIN "range: that of 1.5 T"},
     {2100, 329, 2300, U, U, SIMULATOR JOIN "range: that of 1.5 T"}},
    {"fat",
     "fat",
     MRSE_FIELD_1_5_T,
     {290, 240, 350, U, U, SIMULATOR JOIN BRAINWEB JOIN LIST},
     {70, 60, 165, U, U, BRAINWEB JOIN SIMULATOR JOIN LIST}},
    {"fat",
     "fat",
     MRSE_FIELD_3_T,
     {382, 369, 395, M, M, BAZELAIRE},
     {68, 41, 371, M, M, BAZELAIRE JOIN BOJORQUEZ}},
    {"muscle",
     "skeletal muscle",
     MRSE_FIELD_1_5_T,
     {1008, 860, 1028, U, U, STANISZ JOIN BRAINWEB JOIN LIST},
     {44, 38, 50, U, U, STANISZ JOIN BRAINWEB JOIN LIST}},
    {"muscle",
     "skeletal muscle",
     MRSE_FIELD_3_T,
     {898, 865, 1425, M, U, BAZELAIRE JOIN STANISZ},
     {29, 25, 54, M, U, BAZELAIRE JOIN STANISZ}},
    {"liver",
     "liver",
     MRSE_FIELD_1_5_T,
     {576, 490, 606, U, U, STANISZ JOIN LIST},
     {46, 40, 52, U, U, STANISZ JOIN LIST}},
    {"liver",
     "liver",
     MRSE_FIELD_3_T,
     {809, 738, 880, M, M, BAZELAIRE JOIN STANISZ},
     {34, 30, 45, M, U, BAZELAIRE JOIN STANISZ}},
    {"kidney",
     "kidney",
     MRSE_FIELD_1_5_T,
     {690, 650, 720, U, U, STANISZ JOIN LIST},
     {55, 52, 75, U, U, STANISZ JOIN LIST}},
    {"kidney",
     "kidney",
     MRSE_FIELD_3_T,
     {1194, 988, 1687, U, M, STANISZ JOIN BAZELAIRE " (cortex, medulla)"},
     {56, 52, 89, U, U, STANISZ JOIN BAZELAIRE " (cortex, medulla)"}},
    {"blood",
     "blood",
     MRSE_FIELD_1_5_T,
     {1441, 1321, 1561, U, U, STANISZ JOIN LIST},
     {290, 50, 320, U, U, STANISZ JOIN LIST ", from without to with oxygen"}},
    {"blood",
     "blood",
     MRSE_FIELD_3_T,
     {1932, 1847, 2017, U, U, STANISZ},
     {275, 225, 325, U, U, STANISZ}},
    {"heart",
     "heart",
     MRSE_FIELD_1_5_T,
     {1030, 996, 1064, U, U, STANISZ},
     {40, 34, 46, U, U, STANISZ}},
    {"heart",
     "heart",
     MRSE_FIELD_3_T,
     {1471, 1440, 1502, U, U, STANISZ},
     {47, 36, 58, U, U, STANISZ}},
    {"spinal-cord",
     "spinal cord",
     MRSE_FIELD_1_5_T,
     {745, 708, 782, U, U, STANISZ},
     {74, 68, 80, U, U, STANISZ}},
    {"spinal-cord",
     "spinal cord",
     MRSE_FIELD_3_T,
     {993, 946, 1040, U, U, STANISZ},
     {78, 76, 80, U, U, STANISZ}},
    {"optic-nerve",
     "optic nerve",
     MRSE_FIELD_1_5_T,
     {815, 785, 845, U, U, STANISZ},
     {77, 68, 86, U, U, STANISZ}},
    {"optic-nerve",
     "optic nerve",
     MRSE_FIELD_3_T,
     {1083, 1044, 1122, U, U, STANISZ},
     {78, 73, 83, U, U, STANISZ}},
    {"cartilage",
     "cartilage",
     MRSE_FIELD_1_5_T,
     {1024, 954, 1105, U, U, STANISZ " (0 and 55 deg to the field)"},
     {30, 26, 49, U, U, STANISZ " (0 and 55 deg to the field)"}},
    {"cartilage",
     "cartilage",
     MRSE_FIELD_3_T,
     {1168, 1146, 1186, U, U, STANISZ " (0 and 55 deg to the field)"},
     {27, 24, 45, U, U, STANISZ " (0 and 55 deg to the field)"}},
    {"spleen",
     "spleen",
     MRSE_FIELD_3_T,
     {1328, 1297, 1359, M, M, BAZELAIRE},
     {61, 52, 70, M, M, BAZELAIRE}},
    {"pancreas",
     "pancreas",
     MRSE_FIELD_3_T,
     {725, 654, 796, M, M, BAZELAIRE},
     {43, 36, 50, M, M, BAZELAIRE}},
    {"bone-marrow",
     "bone marrow (L4)",
     MRSE_FIELD_3_T,
     {586, 513, 659, M, M, BAZELAIRE},
     {49, 45, 53, M, M, BAZELAIRE}},
    {"prostate",
     "prostate",
     MRSE_FIELD_3_T,
     {1597, 1555, 1639, M, M, BAZELAIRE},
     {74, 65, 83, M, M, BAZELAIRE}},
};

static mrse_tissue_time seconds(const time_ms *t)
{
    return (mrse_tissue_time){t->v / 1e3, t->low / 1e3, t->high / 1e3,
                              t->origin,  t->range,     t->source};
}

mrse_status mrse_tissue_field(double b0_T, mrse_field_class *field)
{
    if (field)
        *field = MRSE_FIELD_1_5_T;
    if (!field || !isfinite(b0_T))
        return MRSE_ERR_ARG;
    if (b0_T >= 1.4 && b0_T <= 1.6)
        return MRSE_OK;
    if (!(b0_T >= 2.8 && b0_T <= 3.2))
        return MRSE_ERR_RANGE;
    *field = MRSE_FIELD_3_T;
    return MRSE_OK;
}

bool mrse_tissue_at(size_t i, mrse_tissue *tissue)
{
    if (!tissue)
        return false;
    *tissue = (mrse_tissue){0};
    if (i >= sizeof table / sizeof table[0])
        return false;
    tissue->id = table[i].id;
    tissue->text = table[i].text;
    tissue->field = table[i].field;
    tissue->t1 = seconds(&table[i].t1);
    tissue->t2 = seconds(&table[i].t2);
    return true;
}

mrse_status mrse_tissue_find(const char *id, mrse_field_class field, mrse_tissue *tissue)
{
    size_t i;

    if (tissue)
        *tissue = (mrse_tissue){0};
    if (!id || !tissue)
        return MRSE_ERR_ARG;
    for (i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].field == field &&
            (strcmp(table[i].id, id) == 0 || strcmp(table[i].text, id) == 0))
            return mrse_tissue_at(i, tissue) ? MRSE_OK : MRSE_ERR_RANGE;
    return MRSE_ERR_RANGE;
}

mrse_origin mrse_tissue_origin(const mrse_tissue *tissue)
{
    if (!tissue)
        return MRSE_ORIGIN_UNVERIFIED;
    return mrse_origin_weaker(mrse_origin_weaker(tissue->t1.origin, tissue->t1.range_origin),
                              mrse_origin_weaker(tissue->t2.origin, tissue->t2.range_origin));
}
