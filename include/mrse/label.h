/* An implant's MR conditions as printed on its labelling, branch by branch.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_LABEL_H
#define MRSE_LABEL_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/label_rules.h"
#include "mrse/source.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_label_status {
    MRSE_LABEL_UNLABELLED = 0, /* MHRA: no MR labelling; also what a legacy statement amounts to */
    MRSE_LABEL_CONDITIONAL,
    MRSE_LABEL_SAFE, /* the ASTM F2503 term, as printed on the label: never a verdict of ours */
    MRSE_LABEL_UNSAFE,
    MRSE_LABEL_LEGACY, /* "MR compatible", "safe up to 4 T": stored, never a pass */
} mrse_label_status;

/* How the facts of the file were read. */
typedef enum mrse_label_evidence {
    MRSE_EVIDENCE_UNKNOWN = 0, /* not said: counts as partial */
    MRSE_EVIDENCE_IFU_PDF,     /* the manufacturer's document, read in full */
    MRSE_EVIDENCE_IFU_PAGE,    /* a page of the manufacturer's manual or site */
    MRSE_EVIDENCE_SECONDARY,   /* a review, policy or database that quotes the label */
    MRSE_EVIDENCE_PARTIAL,     /* cut short before all conditions were visible */
} mrse_label_evidence;

/* All that must be met together. Each list may be empty. */
typedef struct mrse_label_terms {
    mrse_label_limit *limit;
    size_t n_limits;
    mrse_label_chain *chain;
    size_t n_chains;
    struct mrse_label_choice *choice; /* NULL within an option of a choice */
    size_t n_choices;
    mrse_label_clock *clock;
    size_t n_clocks;
    mrse_label_zone *zone;
    size_t n_zones;
    mrse_label_coil *coil;
    size_t n_coils;
    mrse_label_mode *mode;
    size_t n_modes;
    mrse_label_state *state;
    size_t n_states;
    mrse_label_check *check;
    size_t n_checks;
    mrse_label_patient *patient;
    size_t n_patients;
    mrse_label_exclusion *exclusion;
    size_t n_exclusions;
    mrse_label_pair *pair;
    size_t n_pairs;
    mrse_label_condition *condition;
    size_t n_conditions;
    mrse_label_unknown *unknown;
    size_t n_unknowns;
    mrse_label_quote *quote; /* nothing to meet */
    size_t n_quotes;
} mrse_label_terms;

/* One way of several to meet the label: "4 W/kg for 15 min". */
typedef struct mrse_label_option {
    char *name;
    mrse_label_terms must;
    int line;
} mrse_label_option;

/* Met when all terms of any one option are. */
typedef struct mrse_label_choice {
    mrse_label_option *option;
    size_t n_options; /* >= 2 */
    char *printed, *source;
    int line;
} mrse_label_choice;

typedef enum mrse_label_magnet {
    MRSE_MAGNET_UNSAID = 0, /* the guard does not ask */
    MRSE_MAGNET_IN,
    MRSE_MAGNET_OUT,
} mrse_label_magnet;

/* When something holds: all of it together. Zero, empty or NULL: does not ask. */
typedef struct mrse_label_guard {
    mrse_set transmit; /* of mrse_transmit: the coil that transmits is one of these */
    mrse_set drive;    /* of mrse_drive */
    mrse_set regions;  /* of mrse_body_region: what is at the isocentre */
    mrse_set modes;    /* of mrse_label_mode_name */
    mrse_set bores;    /* of mrse_shape_of_bore */
    mrse_known proton; /* YES: imaging of 1H only */
    mrse_known horizontal_field;
    mrse_known reports_b1_rms; /* whether the scanner does */
    mrse_label_magnet magnet;
    mrse_label_zone *zone; /* places; each keeps its own words */
    size_t n_zones;
    char **combination; /* names of combinations: one of them is implanted */
    size_t n_combinations;
    char *printed; /* the label's words; NULL when the guard asks nothing */
    int line;      /* 0: the file has no guard here */
} mrse_label_guard;

typedef struct mrse_label_branch {
    char *name;
    mrse_value *b0; /* nominal classes in which this branch applies */
    size_t n_b0;
    mrse_limit b0_most; /* or: up to this nominal field; value missing when not given. Neither:
                         * the label is silent on B0 */
    mrse_label_guard when;
    mrse_label_terms must;
    int line;
} mrse_label_branch;

typedef enum mrse_label_role {
    MRSE_ROLE_OTHER = 0,
    MRSE_ROLE_DEVICE, /* generator, pump, valve, sensor */
    MRSE_ROLE_LEAD,   /* also catheters */
    MRSE_ROLE_EXTENSION,
    MRSE_ROLE_ADAPTOR,
    MRSE_ROLE_PLUG,
    MRSE_ROLE_ACCESSORY,
    MRSE_ROLE_EXTERNAL, /* worn, or a tool */
} mrse_label_role;

typedef struct mrse_label_component {
    char *id;
    mrse_label_role role;
    char *name;
    char **part; /* model and part numbers */
    size_t n_parts;
    bool unsafe;      /* the label says that with it the construct is MR Unsafe */
    bool unused_plug; /* its unused ports need a plug */
    char *plug;       /* id of the component that closes them; NULL: not said which */
    char *printed, *source;
    int line;
} mrse_label_component;

/* Parts that the label lists together: one of each group of alternatives. */
typedef struct mrse_label_group {
    char **component; /* ids: any one of these */
    size_t n_components;
    int line;
} mrse_label_group;

typedef struct mrse_label_combination {
    char *name;
    mrse_label_group *group; /* one of each group */
    size_t n_groups;
    mrse_label_ruling ruling; /* UNKNOWN: not tested */
    char *printed, *source;
    int line;
} mrse_label_combination;

typedef struct mrse_label {
    char *path; /* as opened */
    char *id, *device, *manufacturer, *category;
    mrse_label_status status;
    char *status_printed; /* the wording; NULL when not given, never for a legacy statement */
    char *stamp;          /* "teaching example, not current labelling"; NULL when none */
    char *region;         /* where the document holds: "US"; NULL: not said */
    mrse_label_evidence evidence;
    bool partial;      /* facts of the document are incomplete: no overall MET from this file */
    mrse_date checked; /* when the file was last compared with the document */
    mrse_date recheck; /* when to compare again; year 0: not said */
    char *document;    /* source id of the labelling document; "" when it has none */
    mrse_sources sources;
    mrse_label_component *component;
    size_t n_components;
    mrse_label_combination *combination;
    size_t n_combinations;
    mrse_label_guard when; /* common to all branches */
    mrse_label_terms must; /* common to all branches */
    mrse_label_branch *branch;
    size_t n_branches;
} mrse_label;

/** The term of a status, as labels print it: "MR Conditional"; never NULL. */
const char *mrse_label_status_text(mrse_label_status status);

/** "manufacturer's document, read in full"; never NULL. */
const char *mrse_label_evidence_text(mrse_label_evidence evidence);

const char *mrse_label_role_text(mrse_label_role role); /* "lead" */

/* What a requirement of any kind says, for lists of all of them. Borrowed from the label. */
typedef struct mrse_label_words {
    const char *topic; /* "clock", "transmit coil"; of a condition in words its own */
    const char *printed, *source;
    int line;
} mrse_label_words;

/** The words of requirement number `i`: all limits first, then the other lists in the order of
 *  mrse_label_terms, quoted test results left out because they demand nothing.
 *  Returned  false, and nothing in `out`, beyond the last, or when an argument is NULL
 *  Tests     tests/unit/test_spec_label_rules.c */
bool mrse_label_words_at(const mrse_label_terms *terms, size_t i, mrse_label_words *out);

/** The component of this id, or NULL. */
const mrse_label_component *mrse_label_component_find(const mrse_label *label, const char *id);

/** The branch of this name, or NULL. */
const mrse_label_branch *mrse_label_branch_find(const mrse_label *label, const char *name);

#ifdef __cplusplus
}
#endif
#endif
