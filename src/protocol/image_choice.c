/* Which tissues matter in which region. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/protocol_image.h"

/* Tissues that the table holds at 1.5 T and at 3 T: a default must not depend on the field. */
static const mrse_image_choice head = {.tissue = {"white-matter", "grey-matter", "csf"},
                                       .n_tissues = 3,
                                       .pair = {{0, 1}, {0, 2}},
                                       .n_pairs = 2};
static const mrse_image_choice neck = {.tissue = {"spinal-cord", "csf", "muscle", "fat"},
                                       .n_tissues = 4,
                                       .pair = {{0, 1}, {2, 3}},
                                       .n_pairs = 2};
static const mrse_image_choice chest = {
    .tissue = {"heart", "blood", "fat"}, .n_tissues = 3, .pair = {{0, 1}, {0, 2}}, .n_pairs = 2};
static const mrse_image_choice abdomen = {
    .tissue = {"liver", "kidney", "fat"}, .n_tissues = 3, .pair = {{0, 1}, {0, 2}}, .n_pairs = 2};
static const mrse_image_choice pelvis = {
    .tissue = {"muscle", "fat", "blood"}, .n_tissues = 3, .pair = {{0, 1}, {0, 2}}, .n_pairs = 2};
static const mrse_image_choice knee = {.tissue = {"cartilage", "muscle", "fat"},
                                       .n_tissues = 3,
                                       .pair = {{0, 1}, {0, 2}},
                                       .n_pairs = 2};
static const mrse_image_choice limb = {.tissue = {"muscle", "fat", "cartilage"},
                                       .n_tissues = 3,
                                       .pair = {{0, 1}, {2, 1}},
                                       .n_pairs = 2};
static const mrse_image_choice any = {
    .tissue = {"white-matter", "grey-matter", "csf", "muscle", "fat"},
    .n_tissues = 5,
    .pair = {{0, 1}, {0, 2}, {3, 4}},
    .n_pairs = 3};

void mrse_image_choice_of(mrse_landmark_region region, mrse_image_choice *choice)
{
    const mrse_image_choice *c = &any;

    if (!choice)
        return;
    switch (region) {
    case MRSE_REGION_HEAD:
        c = &head;
        break;
    case MRSE_REGION_NECK:
    case MRSE_REGION_SPINE: /* cord, cerebrospinal fluid, muscle, fat */
        c = &neck;
        break;
    case MRSE_REGION_CHEST:
        c = &chest;
        break;
    case MRSE_REGION_ABDOMEN:
        c = &abdomen;
        break;
    case MRSE_REGION_PELVIS:
        c = &pelvis;
        break;
    case MRSE_REGION_KNEE:
        c = &knee;
        break;
    case MRSE_REGION_FOOT:
    case MRSE_REGION_ARM:
        c = &limb;
        break;
    case MRSE_REGION_UNKNOWN:
        break;
    }
    *choice = *c;
}
