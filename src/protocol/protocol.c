/* Names of what a protocol holds. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/protocol.h"

const char *mrse_family_text(mrse_family family)
{
    switch (family) {
    case MRSE_FAMILY_SE:
        return "SE";
    case MRSE_FAMILY_TSE:
        return "TSE";
    case MRSE_FAMILY_GRE:
        return "GRE";
    case MRSE_FAMILY_BSSFP:
        return "bSSFP";
    case MRSE_FAMILY_EPI:
        return "EPI";
    case MRSE_FAMILY_DWI:
        return "DWI";
    case MRSE_FAMILY_UNKNOWN:
        break;
    }
    return "not stated";
}

const char *mrse_pulse_role_text(mrse_pulse_role role)
{
    switch (role) {
    case MRSE_PULSE_EXCITATION:
        return "excitation";
    case MRSE_PULSE_REFOCUSING:
        return "refocusing";
    case MRSE_PULSE_INVERSION:
        return "inversion";
    case MRSE_PULSE_FAT_SATURATION:
        return "fat saturation";
    case MRSE_PULSE_SATURATION_BAND:
        return "saturation band";
    case MRSE_PULSE_PREPARATION:
        return "preparation";
    }
    return "not stated";
}

const char *mrse_region_text(mrse_landmark_region region)
{
    static const char *const text[] = {
        [MRSE_REGION_HEAD] = "head",     [MRSE_REGION_NECK] = "neck",
        [MRSE_REGION_CHEST] = "chest",   [MRSE_REGION_ABDOMEN] = "abdomen",
        [MRSE_REGION_PELVIS] = "pelvis", [MRSE_REGION_KNEE] = "knee",
        [MRSE_REGION_FOOT] = "foot",     [MRSE_REGION_ARM] = "arm",
    };

    if (region <= MRSE_REGION_UNKNOWN || region > MRSE_REGION_ARM)
        return "not stated";
    return text[region];
}
