/* How an examination is to be run, and what has been confirmed: the tables of keys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "case_internal.h"
#include "label_internal.h"

#define AT(member)        offsetof(mrse_case, examination.member)
#define CONFIRMED(member) offsetof(mrse_case_confirmed, member)

static const mrse_field_spec confirmed_fields[] = {
    {.key = "what",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CONFIRMED(what),
     .longest = 160,
     .doc =
         "what the label asks about: magnet, mode, therapy, fever, abandoned leads, the action of "
         "a check, the topic of a condition"},
    {.key = "is",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CONFIRMED(is),
     .longest = 160,
     .doc = "the setting of a device state; of all else: met, not met, absent, present, arranged, "
            "done"},
    {.key = "by",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CONFIRMED(by),
     .longest = MRSE_SPEC_NAME,
     .doc = "role of who has confirmed it, not the name"},
    {.key = "date", .type = MRSE_FIELD_DATE, .at = CONFIRMED(date), .doc = "when"},
};

const mrse_schema mrse_spec_confirmed_schema = {
    .name = "what is confirmed",
    .field = confirmed_fields,
    .n = MRSE_COUNT(confirmed_fields),
    .size = sizeof(mrse_case_confirmed),
    .line = CONFIRMED(line),
};

static const mrse_field_spec examination_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of the numbers here"},
    {.key = "coil",
     .type = MRSE_FIELD_TEXT,
     .at = AT(coil),
     .longest = MRSE_SPEC_NAME,
     .doc =
         "the coil that transmits: its name in the scanner file, or body, head, extremity, local"},
    {.key = "receive_coil",
     .type = MRSE_FIELD_TEXT,
     .at = AT(receive_coil),
     .longest = MRSE_SPEC_NAME,
     .doc = "the coil that receives, as the console calls it; 'none' when the transmit coil does"},
    {.key = "attending",
     .type = MRSE_FIELD_TEXTS,
     .at = AT(attending),
     .count = AT(n_attending),
     .longest = MRSE_SPEC_NAME,
     .doc = "who has to be there besides the radiographer, by role, not by name"},
    {.key = "mode",
     .type = MRSE_FIELD_CHOICE,
     .at = AT(mode),
     .choice = mrse_spec_modes,
     .first = 1,
     .doc = "operating mode that the scanner is set to"},
    {.key = "level",
     .type = MRSE_FIELD_CHOICE,
     .at = AT(level),
     .choice = mrse_spec_levels,
     .first = 1,
     .doc = "vertebra or landmark that is at the isocentre"},
    {.key = "offset",
     .type = MRSE_FIELD_VALUE,
     .at = AT(offset),
     .kind = MRSE_KIND_LENGTH,
     .min = -2,
     .max = 2,
     .doc = "of the isocentre from that level, towards the head"},
    {.key = "region",
     .type = MRSE_FIELD_CHOICE,
     .at = AT(region),
     .choice = mrse_spec_regions,
     .first = 1,
     .doc = "part of the body at the isocentre"},
    {.key = "height",
     .type = MRSE_FIELD_VALUE,
     .at = AT(height),
     .kind = MRSE_KIND_LENGTH,
     .min = 0.4,
     .max = 2.5,
     .doc = "of the patient, for levels of the body"},
    {.key = "free_before",
     .type = MRSE_FIELD_VALUE,
     .at = AT(free_before),
     .kind = MRSE_KIND_TIME,
     .min = 0,
     .max = 1e9,
     .doc = "time known to be without MR before the examination"},
};

const mrse_schema mrse_spec_examination_schema = {
    .name = "an examination",
    .doc = "How the examination is to be run. What is left out is not known, and a condition that "
           "depends on it stays UNDETERMINED.",
    .field = examination_fields,
    .n = MRSE_COUNT(examination_fields),
    .line = MRSE_NOWHERE,
};
