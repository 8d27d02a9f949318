/* An implant's MR conditions as printed on its labelling, branch by branch.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_LABEL_H
#define MRSE_LABEL_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/source.h"
#include "mrse/verdict.h"

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

/* A numeric limit of the label. Its u is 0 and its basis declared: a limit is what it says. */
typedef struct mrse_label_limit {
    mrse_limit limit;
    char *printed; /* the label's own words for this limit */
    char *scope;   /* "system", "per axis", "sequence", "exam", "prescan"; NULL when not said */
    int line;
} mrse_label_limit;

/* A condition carried through as text, not yet assessed by the program. */
typedef struct mrse_label_condition {
    char *topic; /* "transmit coil", "time", "device state" */
    char *printed;
    char *source; /* source id, its own or the document; "" when none */
    int line;
} mrse_label_condition;

typedef struct mrse_label_branch {
    char *name;
    mrse_value *b0; /* nominal classes in which this branch applies; none: label is silent on B0 */
    size_t n_b0;
    mrse_label_limit *limit;
    size_t n_limits;
    mrse_label_condition *condition;
    size_t n_conditions;
    int line;
} mrse_label_branch;

typedef struct mrse_label {
    char *path; /* as opened */
    char *id, *device, *manufacturer, *category;
    mrse_label_status status;
    char *status_printed; /* the wording; NULL when not given, never for a legacy statement */
    char *stamp;          /* "teaching example, not current labelling"; NULL when none */
    bool partial;         /* facts of the document are incomplete: no overall MET from this file */
    mrse_date checked;    /* when the file was last compared with the document */
    char *document;       /* source id of the labelling document; "" when it has none */
    mrse_sources sources;
    mrse_label_branch *branch;
    size_t n_branches;
    mrse_label_condition *condition; /* common to all branches */
    size_t n_conditions;
} mrse_label;

/** The term of a status, as labels print it: "MR Conditional"; never NULL. */
const char *mrse_label_status_text(mrse_label_status status);

#ifdef __cplusplus
}
#endif
#endif
