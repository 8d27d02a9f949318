/* What a protocol holds: its names, and the end of it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/protocol.h"

#include "mrse/alloc.h"

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
        [MRSE_REGION_SPINE] = "spine",
    };

    if (region <= MRSE_REGION_UNKNOWN || region > MRSE_REGION_SPINE)
        return "not stated";
    return text[region];
}

static void clear_sources(mrse_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++) {
        mrse_document_source *s = &sources->item[i];

        mrse_free(s->id);
        mrse_free(s->title);
        mrse_free(s->revision);
        mrse_free(s->page);
        mrse_free(s->address);
        mrse_free(s->note);
        mrse_free(s->because);
    }
    mrse_free(sources->item);
}

void mrse_protocol_clear(mrse_protocol *protocol)
{
    if (!protocol)
        return;
    for (size_t i = 0; i < protocol->n_pulses; i++) {
        mrse_free(protocol->pulse[i].name);
        mrse_free(protocol->pulse[i].train);
    }
    for (size_t i = 0; i < protocol->n_lobes; i++)
        mrse_free(protocol->lobe[i].name);
    mrse_free(protocol->pulse);
    mrse_free(protocol->lobe);
    clear_sources(&protocol->sources);
    mrse_free(protocol->path);
    mrse_free(protocol->id);
    mrse_free(protocol->name);
    mrse_free(protocol->stamp);
    mrse_free(protocol->note);
    mrse_free(protocol->coil);
    mrse_free(protocol->exam);
    mrse_free(protocol->gradient_mode);
    *protocol = (mrse_protocol){0};
}
