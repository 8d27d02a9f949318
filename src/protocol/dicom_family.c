/* Which family of sequences a header speaks of. SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "dicom_internal.h"

const char *dicom_words(const mrse_dicom *d, const char *name)
{
    const mrse_dicom_item *item = mrse_dicom_find(d, name);

    return item ? item->text : "";
}

double dicom_number(const mrse_dicom *d, const char *name)
{
    const mrse_dicom_item *item = mrse_dicom_find(d, name);

    return item ? item->value.v : (double)NAN;
}

bool dicom_says(const char *text, const char *word)
{
    size_t n = strlen(word);

    while (*text != '\0') {
        size_t len = strcspn(text, "\\");
        if (len == n && strncmp(text, word, n) == 0)
            return true;
        text += len + (text[len] == '\\');
    }
    return false;
}

bool dicom_contains(const char *text, const char *word)
{
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (word[i] != '\0' &&
               tolower((unsigned char)text[i]) == tolower((unsigned char)word[i]))
            i++;
        if (word[i] == '\0')
            return true;
    }
    return false;
}

static bool contains_any(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (dicom_contains(text, *words))
            return true;
    return false;
}

/* Names that stand for one family with the manufacturer that uses them. */
static const char *const names_dwi[] = {"ep_b", "dwi", "diff", NULL};
static const char *const names_epi[] = {"epfid", "epse", "epi", NULL};
static const char *const names_bssfp[] = {"tfi2d", "tfi3d", "trufi",  "b-ffe", "bffe",
                                          "b-tfe", "btfe",  "fiesta", NULL};
static const char *const names_spoiled[] = {"fl2d", "fl3d", "tfl", "t1ffe", "t1tfe", "spgr", NULL};
static const char *const names_tse[] = {"tse", "fse", "haste", NULL};

static mrse_family spin_echo(const mrse_dicom *d)
{
    double train = dicom_number(d, "EchoTrainLength");

    if (isnan(train))
        train = dicom_number(d, "RFEchoTrainLength");
    if (train > 1)
        return MRSE_FAMILY_TSE;
    return train == 1 ? MRSE_FAMILY_SE : MRSE_FAMILY_UNKNOWN;
}

mrse_family dicom_family(const mrse_dicom *d)
{
    const char *name = dicom_words(d, "SequenceName");
    const char *kind = dicom_words(d, "ScanningSequence");
    bool echo_planar = dicom_says(kind, "EP") || contains_any(name, names_epi);
    bool spin = dicom_says(kind, "SE") || strcmp(dicom_words(d, "EchoPulseSequence"), "SPIN") == 0;
    bool gradient =
        dicom_says(kind, "GR") || strcmp(dicom_words(d, "EchoPulseSequence"), "GRADIENT") == 0;

    if (contains_any(name, names_dwi) && (echo_planar || spin))
        return MRSE_FAMILY_DWI;
    if (echo_planar)
        return MRSE_FAMILY_EPI;
    if (contains_any(name, names_bssfp))
        return MRSE_FAMILY_BSSFP;
    if (spin == gradient) /* neither, or both, as in GRASE */
        return MRSE_FAMILY_UNKNOWN;
    if (spin)
        return contains_any(name, names_tse) ? MRSE_FAMILY_TSE : spin_echo(d);
    if (dicom_says(dicom_words(d, "SequenceVariant"), "SP") || contains_any(name, names_spoiled))
        return MRSE_FAMILY_GRE;
    return MRSE_FAMILY_UNKNOWN;
}
