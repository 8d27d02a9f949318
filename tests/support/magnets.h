/* Actively shielded magnets of our own (not products), as coil tables for tests: the three reference
 * designs, and one of another family.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_MAGNETS_H
#define MRSE_TEST_MAGNETS_H

#include "mrse/field.h"

#define TEST_COIL(r1, r2, z1, z2, ampere_turns)                                                    \
    {                                                                                              \
        .type = MRSE_SOURCE_COIL, .r1_m = (r1), .r2_m = (r2), .z1_m = (z1), .z2_m = (z2),          \
        .current_A = (ampere_turns)                                                                \
    }

/* 1.5 T, 70 cm class */
static const mrse_source test_m15_coils[] = {
    TEST_COIL(0.4850, 0.5090, 0.0387, 0.1239, 255689),
    TEST_COIL(0.4850, 0.5090, -0.1239, -0.0387, 255689),
    TEST_COIL(0.4850, 0.5090, 0.2107, 0.3320, 363466),
    TEST_COIL(0.4850, 0.5090, -0.3320, -0.2107, 363466),
    TEST_COIL(0.4850, 0.5090, 0.4685, 0.5299, 185063),
    TEST_COIL(0.4850, 0.5090, -0.5299, -0.4685, 185063),
    TEST_COIL(0.4850, 0.5210, 0.5533, 0.7367, 824300),
    TEST_COIL(0.4850, 0.5210, -0.7367, -0.5533, 824300),
    TEST_COIL(0.9000, 0.9335, 0.5249, 0.6380, -473489),
    TEST_COIL(0.9000, 0.9335, -0.6380, -0.5249, -473489),
};

/* 3 T */
static const mrse_source test_m30_coils[] = {
    TEST_COIL(0.4850, 0.5290, 0.0383, 0.1312, 531370),
    TEST_COIL(0.4850, 0.5290, -0.1312, -0.0383, 531370),
    TEST_COIL(0.4850, 0.5290, 0.2153, 0.3391, 707777),
    TEST_COIL(0.4850, 0.5290, -0.3391, -0.2153, 707777),
    TEST_COIL(0.4850, 0.5290, 0.4408, 0.5172, 437302),
    TEST_COIL(0.4850, 0.5290, -0.5172, -0.4408, 437302),
    TEST_COIL(0.4850, 0.5490, 0.5875, 0.8057, 1814639),
    TEST_COIL(0.4850, 0.5490, -0.8057, -0.5875, 1814639),
    TEST_COIL(0.9200, 0.9579, 0.5075, 0.7163, -1029412),
    TEST_COIL(0.9200, 0.9579, -0.7163, -0.5075, -1029412),
};

/* 1.5 T, short, mixed coil radii */
static const mrse_source test_m15s_coils[] = {
    TEST_COIL(0.5050, 0.5290, 0.0436, 0.1255, 275201),
    TEST_COIL(0.5050, 0.5290, -0.1255, -0.0436, 275201),
    TEST_COIL(0.5050, 0.5290, 0.2215, 0.2860, 216282),
    TEST_COIL(0.5050, 0.5290, -0.2860, -0.2215, 216282),
    TEST_COIL(0.5000, 0.5300, 0.2955, 0.3408, 190338),
    TEST_COIL(0.5000, 0.5300, -0.3408, -0.2955, 190338),
    TEST_COIL(0.5000, 0.5420, 0.5374, 0.7164, 1052331),
    TEST_COIL(0.5000, 0.5420, -0.7164, -0.5374, 1052331),
    TEST_COIL(0.8800, 0.9105, 0.5093, 0.6435, -572301),
    TEST_COIL(0.8800, 0.9105, -0.6435, -0.5093, -572301),
};

/* 1.5 T: five main pairs on mixed radii, made for tests of the calibration, whose family has four */
static const mrse_source test_m15x_coils[] = {
    TEST_COIL(0.4770, 0.5030, 0.0356, 0.1156, 178156),
    TEST_COIL(0.4770, 0.5030, -0.1156, -0.0356, 178156),
    TEST_COIL(0.5180, 0.5420, 0.1523, 0.2522, 265162),
    TEST_COIL(0.5180, 0.5420, -0.2522, -0.1523, 265162),
    TEST_COIL(0.4900, 0.5200, 0.2873, 0.3873, 232808),
    TEST_COIL(0.4900, 0.5200, -0.3873, -0.2873, 232808),
    TEST_COIL(0.5070, 0.5330, 0.4666, 0.5366, 217800),
    TEST_COIL(0.5070, 0.5330, -0.5366, -0.4666, 217800),
    TEST_COIL(0.4800, 0.5200, 0.5984, 0.7584, 777951),
    TEST_COIL(0.4800, 0.5200, -0.7584, -0.5984, 777951),
    TEST_COIL(0.9130, 0.9470, 0.5264, 0.6464, -481947),
    TEST_COIL(0.9130, 0.9470, -0.6464, -0.5264, -481947),
};

#define TEST_COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const mrse_magnet test_m15 = {test_m15_coils, TEST_COUNT(test_m15_coils)};
static const mrse_magnet test_m30 = {test_m30_coils, TEST_COUNT(test_m30_coils)};
static const mrse_magnet test_m15s = {test_m15s_coils, TEST_COUNT(test_m15s_coils)};
static const mrse_magnet test_m15x = {test_m15x_coils, TEST_COUNT(test_m15x_coils)};

#endif
