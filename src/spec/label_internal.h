/* What the files of the label format share: the tables of each kind of requirement.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_LABEL_INTERNAL_H
#define MRSE_SPEC_LABEL_INTERNAL_H

#include "mrse/label.h"
#include "spec_internal.h"

/* Words of the file for the enums of the public headers; each list ends with NULL. */
extern const char *const mrse_spec_levels[],
    *const mrse_spec_regions[], *const mrse_spec_transmits[], *const mrse_spec_drives[],
                                                                  *const mrse_spec_modes[],
                                                                      *const mrse_spec_rulings[];

/* label_place.c */
extern const mrse_schema mrse_spec_clock_schema, mrse_spec_zone_schema, mrse_spec_coil_schema,
    mrse_spec_mode_schema;
/* label_state.c */
extern const mrse_schema mrse_spec_state_schema, mrse_spec_check_schema, mrse_spec_patient_schema,
    mrse_spec_exclusion_schema, mrse_spec_pair_schema, mrse_spec_condition_schema,
    mrse_spec_unknown_schema;
/* label_quote.c */
extern const mrse_schema mrse_spec_quote_schema;
/* label_terms.c */
extern const mrse_schema mrse_spec_chain_schema, mrse_spec_choice_schema;
/* label_guard.c */
extern const mrse_schema mrse_spec_guard_schema, mrse_spec_component_schema,
    mrse_spec_combination_schema;
/* The limit of a component's `b0_limit`; missing when there is none. */
void mrse_spec_read_b0_limit(mrse_reader *r, const mrse_node *node, mrse_limit *out);
/* Checks across the parts of a label: names that must exist, modes that leave nothing
 * (label_check.c). */
void mrse_spec_check_label(mrse_reader *r, const mrse_node *node, const mrse_label *label);

/* The keys that end every requirement. */
#define MRSE_LABEL_WORDS(holder)                                                                   \
    {.key = "printed",                                                                             \
     .type = MRSE_FIELD_TEXT,                                                                      \
     .required = true,                                                                             \
     .at = offsetof(holder, printed),                                                              \
     .doc = "the label's own words, as short as they can be understood"},                          \
    {                                                                                              \
        .key = "source", .type = MRSE_FIELD_SOURCE, .at = offsetof(holder, source),                \
        .doc = "id of the source, instead of the labelling document"                               \
    }

/* One list of the terms of a label, a branch or an option. */
#define MRSE_LABEL_LIST(holder, name, array, length, table, words)                                 \
    {                                                                                              \
        .key = name, .type = MRSE_FIELD_LIST, .at = offsetof(holder, must.array),                  \
        .count = offsetof(holder, must.length), .child = &(table), .doc = words                    \
    }

/* All of them but choices, which options do not have. */
#define MRSE_LABEL_TERMS(holder)                                                                   \
    MRSE_LABEL_LIST(holder, "limits", limit, n_limits, mrse_spec_limit_schema,                     \
                    "limits that are numbers"),                                                    \
        MRSE_LABEL_LIST(holder, "first_available", chain, n_chains, mrse_spec_chain_schema,        \
                        "limits of which the first counts that the scanner can show"),             \
        MRSE_LABEL_LIST(holder, "clocks", clock, n_clocks, mrse_spec_clock_schema,                 \
                        "how long the scanner may be active"),                                     \
        MRSE_LABEL_LIST(holder, "zones", zone, n_zones, mrse_spec_zone_schema,                     \
                        "what may be at the isocentre, and where the device may be"),              \
        MRSE_LABEL_LIST(holder, "coils", coil, n_coils, mrse_spec_coil_schema,                     \
                        "which coils may transmit and receive"),                                   \
        MRSE_LABEL_LIST(holder, "modes", mode, n_modes, mrse_spec_mode_schema,                     \
                        "operating modes of the scanner"),                                         \
        MRSE_LABEL_LIST(holder, "states", state, n_states, mrse_spec_state_schema,                 \
                        "how the device is set"),                                                  \
        MRSE_LABEL_LIST(holder, "checks", check, n_checks, mrse_spec_check_schema,                 \
                        "what is done before, during and after"),                                  \
        MRSE_LABEL_LIST(holder, "patients", patient, n_patients, mrse_spec_patient_schema,         \
                        "conditions of the patient"),                                              \
        MRSE_LABEL_LIST(holder, "exclusions", exclusion, n_exclusions, mrse_spec_exclusion_schema, \
                        "what must not be there, or was not tested"),                              \
        MRSE_LABEL_LIST(holder, "pairs", pair, n_pairs, mrse_spec_pair_schema,                     \
                        "rules between this and other implants"),                                  \
        MRSE_LABEL_LIST(holder, "conditions", condition, n_conditions, mrse_spec_condition_schema, \
                        "conditions in words that a person signs off"),                            \
        MRSE_LABEL_LIST(holder, "unknowns", unknown, n_unknowns, mrse_spec_unknown_schema,         \
                        "what the label says is not tested or not known"),                         \
        MRSE_LABEL_LIST(holder, "quotes", quote, n_quotes, mrse_spec_quote_schema,                 \
                        "test results that the label quotes: never limits")

#endif
