/* What labels demand, one type for each kind of requirement. Each keeps the label's own words
 * beside what the program compares. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_LABEL_RULES_H
#define MRSE_LABEL_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mrse/clock.h"
#include "mrse/position.h"
#include "mrse/rf_system.h"
#include "mrse/verdict.h"
#include "mrse/zone.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Several members of one enum, named beside it: bit n is member n. 0: the label says nothing. */
typedef uint64_t mrse_set;

/* In every type below: `printed` are the label's words, `source` the id of their document (""
 * when there is none), `line` the place in the label file. `not_applicable`: the label says that
 * there is no such limit here; it is then nothing to meet, and printed all the same. */

typedef enum mrse_label_scope {
    MRSE_SCOPE_SYSTEM = 0, /* the rating of the scanner, whatever the sequence uses */
    MRSE_SCOPE_AXIS,       /* each gradient axis by itself */
    MRSE_SCOPE_SEQUENCE,   /* each sequence */
    MRSE_SCOPE_EXAM,       /* the whole examination */
    MRSE_SCOPE_PRESCAN,    /* what the console shows before the scan; also prescans themselves */
} mrse_label_scope;

/* What a limit is about when its kind alone does not tell. */
typedef enum mrse_label_subject {
    MRSE_SUBJECT_EXPOSURE = 0,      /* what the scanner does: the kind says all */
    MRSE_SUBJECT_SINCE_IMPLANT,     /* kind time */
    MRSE_SUBJECT_HEIGHT,            /* of the patient, kind length */
    MRSE_SUBJECT_CONFIGURATION,     /* of what is implanted (overlapped stents), kind length */
    MRSE_SUBJECT_SPACING,           /* between what `of` names, kind length */
    MRSE_SUBJECT_LEAD_IMPEDANCE,    /* kind resistance */
    MRSE_SUBJECT_CAPTURE_THRESHOLD, /* kind voltage, at pulse width `at` */
    MRSE_SUBJECT_BATTERY,           /* share of its capacity, kind ratio */
} mrse_label_subject;

/* Its u is 0 and its basis declared: a limit is what it says. */
typedef struct mrse_label_limit {
    mrse_limit limit; /* not applicable: value missing, of its kind */
    mrse_label_subject subject;
    mrse_set scope;      /* of mrse_label_scope */
    mrse_value at;       /* CAPTURE_THRESHOLD: pulse width; else missing */
    bool not_applicable; /* "n/a for transmit/receive head coil" */
    bool recalculable;   /* "a higher value may apply if properly calculated" */
    char *of;            /* SPACING, CONFIGURATION: between or of what; else NULL */
    char *printed, *source;
    int line;
} mrse_label_limit;

/* Limits of which the first that the scanner can show counts. It is no free choice: a step counts
 * only where the scanner does not report `unreported`, which the step before limits. */
typedef struct mrse_label_step {
    mrse_kind unreported; /* MRSE_KIND_NONE in the first step */
    mrse_label_limit *limit;
    size_t n_limits; /* all of them must be met */
    int line;
} mrse_label_step;

typedef struct mrse_label_chain {
    mrse_label_step *step;
    size_t n_steps; /* >= 2 */
    char *printed, *source;
    int line;
} mrse_label_chain;

typedef struct mrse_label_clock {
    mrse_clock clock; /* not applicable: kind unknown */
    bool not_applicable;
    char *printed, *source;
    int line;
} mrse_label_clock;

typedef struct mrse_label_zone {
    mrse_zone_rule rule; /* not applicable ("any region may be scanned"): kind unknown */
    bool not_applicable;
    char *printed, *source;
    int line;
} mrse_label_zone;

typedef enum mrse_label_ruling {
    MRSE_RULING_UNKNOWN = 0, /* never MET; also "not tested", "not evaluated" */
    MRSE_RULING_ALLOWED,
    MRSE_RULING_REQUIRED, /* only this */
    MRSE_RULING_FORBIDDEN,
} mrse_label_ruling;

typedef enum mrse_label_reach {
    MRSE_REACH_ANYWHERE = 0,
    MRSE_REACH_OVER_DEVICE,  /* directly over device or leads */
    MRSE_REACH_CLEAR,        /* clear of device and leads */
    MRSE_REACH_OVER_REGIONS, /* over `regions` and `levels` */
} mrse_label_reach;

/* "Local transmit coils over the thorax: forbidden." A coil that no rule names is UNDETERMINED. */
typedef struct mrse_label_coil {
    bool receive; /* a receive-only coil; else one that transmits */
    mrse_label_ruling ruling;
    mrse_set transmit;    /* of mrse_transmit; 0: any */
    mrse_set drive;       /* of mrse_drive; 0: any */
    double channels_most; /* NaN: not said */
    mrse_label_reach reach;
    mrse_set regions; /* of mrse_body_region */
    mrse_set levels;  /* of mrse_level */
    char *printed, *source;
    int line;
} mrse_label_coil;

typedef enum mrse_label_mode_name {
    MRSE_LABEL_MODE_NORMAL = 0,
    MRSE_LABEL_MODE_FIRST,  /* first level controlled */
    MRSE_LABEL_MODE_SECOND, /* second level controlled */
    MRSE_LABEL_MODE_FPO_B,  /* fixed parameter option: basic */
} mrse_label_mode_name;

typedef struct mrse_label_mode {
    mrse_set allowed; /* of mrse_label_mode_name: the scan is in one of these. Never empty */
    char *printed, *source;
    int line;
} mrse_label_mode;

typedef enum mrse_label_state_kind {
    MRSE_STATE_UNKNOWN = 0,
    MRSE_STATE_MODE,       /* the device's own MR mode, by name */
    MRSE_STATE_THERAPY,    /* stimulation, pacing, delivery */
    MRSE_STATE_SENSING,    /* and what else it does by itself */
    MRSE_STATE_MAGNET,     /* in place, removed */
    MRSE_STATE_EXTERNAL,   /* worn parts: taken off */
    MRSE_STATE_BATTERY,    /* charged, not at end of service */
    MRSE_STATE_RESERVOIR,  /* empty */
    MRSE_STATE_BANDAGE,    /* splint, bandage, immobilisation */
    MRSE_STATE_PORT,       /* plugged */
    MRSE_STATE_LOCATION,   /* where it is implanted */
    MRSE_STATE_ORIENTATION /* of the device in the field */
} mrse_label_state_kind;

typedef struct mrse_label_state {
    mrse_label_state_kind kind;
    mrse_label_ruling ruling; /* of `setting` */
    char *setting;            /* "off", "MRI mode ON or AUTO" */
    char *printed, *source;
    int line;
} mrse_label_state;

typedef enum mrse_label_moment {
    MRSE_MOMENT_BEFORE = 0, /* before the examination */
    MRSE_MOMENT_DURING,     /* monitoring */
    MRSE_MOMENT_AFTER,
} mrse_label_moment;

typedef struct mrse_label_check {
    mrse_label_moment moment;
    char *action; /* "interrogate the device", "pulse oximetry or ECG" */
    char *printed, *source;
    int line;
} mrse_label_check;

typedef enum mrse_label_patient_kind {
    MRSE_PATIENT_UNKNOWN = 0,
    MRSE_PATIENT_FEVER,
    MRSE_PATIENT_POSTURE,
    MRSE_PATIENT_ENTRY,
    MRSE_PATIENT_BILATERAL, /* a device on each side */
    MRSE_PATIENT_AWAKE,     /* able to speak */
    MRSE_PATIENT_TOLD,      /* warned of what may be felt */
    MRSE_PATIENT_OTHER,     /* as printed: a person judges */
} mrse_label_patient_kind;

typedef struct mrse_label_patient {
    mrse_label_patient_kind kind;
    mrse_label_ruling ruling;
    mrse_set postures; /* POSTURE: of mrse_posture */
    mrse_set entries;  /* ENTRY: of mrse_entry */
    char *printed, *source;
    int line;
} mrse_label_patient;

typedef enum mrse_label_exclusion_kind {
    MRSE_EXCLUSION_UNKNOWN = 0,
    MRSE_EXCLUSION_ABANDONED,  /* leads without a device, extenders, adaptors */
    MRSE_EXCLUSION_DAMAGED,    /* broken, fractured */
    MRSE_EXCLUSION_COMPONENTS, /* parts that are listed under `components` */
    MRSE_EXCLUSION_OTHER_MAKE, /* mixed with another maker's parts */
    MRSE_EXCLUSION_REGION,     /* a part of the body is not to be scanned */
    MRSE_EXCLUSION_OTHER,      /* as printed: a person judges */
} mrse_label_exclusion_kind;

typedef struct mrse_label_exclusion {
    mrse_label_exclusion_kind kind;
    mrse_label_ruling ruling; /* FORBIDDEN, or UNKNOWN: not tested */
    bool unsafe;              /* the label says that it makes the construct MR Unsafe */
    char **component;         /* COMPONENTS: their ids */
    size_t n_components;
    mrse_set regions; /* REGION: of mrse_body_region */
    char *printed, *source;
    int line;
} mrse_label_exclusion;

typedef enum mrse_label_pair_kind {
    MRSE_PAIR_UNKNOWN = 0,
    MRSE_PAIR_ALL_CONDITIONS, /* the conditions of every implant must be met */
    MRSE_PAIR_METAL_NEAR,     /* no metal implant of length `length` within `distance` of a lead */
    MRSE_PAIR_OTHER,          /* as printed: a person judges */
} mrse_label_pair_kind;

typedef struct mrse_label_pair {
    mrse_label_pair_kind kind;
    mrse_limit length, distance; /* METAL_NEAR: what is forbidden, "> 5 cm" within "< 4 cm" */
    char *printed, *source;
    int line;
} mrse_label_pair;

/* A condition that needs a person's sign-off: carried through as text. */
typedef struct mrse_label_condition {
    char *topic; /* "consent", "local rules" */
    char *printed;
    char *source;
    int line;
} mrse_label_condition;

/* What the label says was not tested, evaluated or determined: never met, never failed. */
typedef struct mrse_label_unknown {
    char *topic; /* "overlapped beyond 68 mm" */
    char *printed, *source;
    int line;
} mrse_label_unknown;

typedef enum mrse_label_test {
    MRSE_TEST_UNKNOWN = 0,
    MRSE_TEST_TEMPERATURE_RISE,
    MRSE_TEST_DEFLECTION, /* kind angle */
    MRSE_TEST_FORCE,
    MRSE_TEST_FORCE_TO_WEIGHT, /* kind ratio */
    MRSE_TEST_TORQUE,
    MRSE_TEST_ARTEFACT,      /* kind length: how far it reaches beyond the device */
    MRSE_TEST_TORQUE_SCALE,  /* kind ratio: the 0 to +4 scale of older test reports */
    MRSE_TEST_COUNTERWEIGHT, /* kind mass: what keeps the item from turning */
    MRSE_TEST_OTHER,         /* as printed, without a result to compare */
} mrse_label_test;

/* A test result that the label quotes: evidence for the discussion, never a limit. */
typedef struct mrse_label_quote {
    mrse_label_test test;
    bool bound;        /* "less than 2.4 K"; false: the value itself, then op means nothing */
    mrse_limit result; /* missing when the label gives words only */
    mrse_value b0;     /* of the test; this and all below missing or NULL when not said */
    mrse_value sar;    /* during the test, as the scanner displayed it; its kind tells which */
    mrse_value calorimetric; /* the same by calorimetry, kind whole-body SAR */
    mrse_value duration;
    char *scanner, *sequence, *standard;
    char *printed, *source;
    int line;
} mrse_label_quote;

bool mrse_set_has(mrse_set set, unsigned member);                  /* false for members above 63 */
const char *mrse_label_scope_text(mrse_label_scope scope);         /* "per axis" */
const char *mrse_label_subject_text(mrse_label_subject subject);   /* "since implantation" */
const char *mrse_label_ruling_text(mrse_label_ruling ruling);      /* "forbidden" */
const char *mrse_label_mode_text(mrse_label_mode_name mode);       /* "first level" */
const char *mrse_label_state_text(mrse_label_state_kind kind);     /* "magnet" */
const char *mrse_label_moment_text(mrse_label_moment moment);      /* "during" */
const char *mrse_label_patient_text(mrse_label_patient_kind kind); /* "posture" */
const char *mrse_label_exclusion_text(mrse_label_exclusion_kind kind); /* "abandoned leads" */
const char *mrse_label_test_text(mrse_label_test test);                /* "temperature rise" */

#ifdef __cplusplus
}
#endif
#endif
