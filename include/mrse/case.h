/* A case file: the question, who asks, which scanner, which implants where, and the author's words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CASE_H
#define MRSE_CASE_H

#include "mrse/diag.h"
#include "mrse/label.h"
#include "mrse/position.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which value of the scanner is compared with a spatial gradient limit: by default the largest that
 * anybody can reach; the implant's own path only by the author's stated choice. */
typedef enum mrse_decisive { MRSE_DECISIVE_SCANNER = 0, MRSE_DECISIVE_PATH } mrse_decisive;

/* What somebody has confirmed of the device, the patient, or a condition in words. */
typedef struct mrse_case_confirmed {
    char *what;     /* "magnet", "fever", "abandoned leads", the action of a check, a topic */
    char *is;       /* the setting; or met, not met, absent, present, arranged, done */
    char *by;       /* role of who confirmed it */
    mrse_date date; /* year 0: not said */
    int line;
} mrse_case_confirmed;

typedef struct mrse_case_implant {
    char *name;
    char *label;  /* file, relative to the case file */
    char *branch; /* NULL: chosen by the guards */
    bool has_position;
    mrse_value x, y, z;      /* from the landmark; each with its u > 0; else missing (NaN) */
    char *position_evidence; /* how the position is known */
    mrse_decisive decisive;
    char *because;    /* required when the path is decisive */
    char **component; /* ids of the label's components that are implanted */
    size_t n_components;
    mrse_date implanted;      /* year 0: not said */
    mrse_value lifetime_used; /* scanned since implantation, all examinations; missing: not known */
    mrse_case_confirmed *confirmed;
    size_t n_confirmed;
    int line;
} mrse_case_implant;

/* How the examination is to be run; nothing of it need be said, and what is not said is not known. */
typedef struct mrse_case_examination {
    char *coil; /* that transmits: its name in the scanner file, or body, head, extremity, local */
    char *receive_coil; /* as the console calls it; NULL: not said */
    char **attending;   /* who has to be there, by role */
    size_t n_attending;
    unsigned mode;           /* mrse_label_mode_name + 1; 0: not said */
    mrse_level level;        /* at the isocentre */
    mrse_value offset;       /* of it, towards the head; 0 when only the level is said */
    mrse_body_region region; /* at the isocentre */
    mrse_value height;       /* of the patient */
    mrse_value free_before;  /* time without MR before; missing: not known */
} mrse_case_examination;

/* What makes a stricter operating mode than the label's worth a thought, and what the expert chose.
 * Not said is not no. */
typedef struct mrse_case_patient {
    mrse_known can_report; /* pain or heat, while being scanned */
    mrse_known pregnant;
    mrse_known regulates_heat; /* of the body: not with fever, some drugs, large burns */
    mrse_known child;
    unsigned mode; /* chosen, mrse_label_mode_name + 1; 0: none */
    char *because; /* NULL only when no mode is chosen */
    int line;      /* 0: the case says nothing of the patient */
} mrse_case_patient;

/* Which sequence of a modification this is. */
typedef enum mrse_sequence_role {
    MRSE_SEQUENCE_PLANNED = 0, /* it is to be run, and compared with no other */
    MRSE_SEQUENCE_BEFORE,      /* as the department has it */
    MRSE_SEQUENCE_AFTER,       /* as modified for the implant */
} mrse_sequence_role;

/* By the end of the file's name. */
typedef enum mrse_sequence_kind {
    MRSE_SEQUENCE_PROTOCOL = 0, /* .yaml, .yml: format sequence/1 */
    MRSE_SEQUENCE_PULSEQ,       /* .seq */
    MRSE_SEQUENCE_DICOM,        /* any other: the header of an image */
} mrse_sequence_kind;

typedef struct mrse_case_sequence {
    char *file; /* relative to the case file; of DICOM it may be the name of a person */
    mrse_sequence_kind kind;
    mrse_sequence_role role;
    char *name;          /* what to call it; NULL: as the file does */
    mrse_value duration; /* planned, s (key `minutes`); missing: as the sequence says */
    mrse_value pause;    /* without RF and gradients, after it; 0 when not said */
    char *note;          /* NULL */
    int line;
} mrse_case_sequence;

/* An object without a label; its place is that of an implant. Quantities missing: not known. */
typedef struct mrse_case_object {
    mrse_case_implant place; /* name, position; `label` is the object file, relative to the case */
    mrse_value couch_speed, walking_speed;
    mrse_value dbdt_rms, dbdt_frequency, duration; /* of the gradients at the object */
    mrse_value bandwidth, echo_time, voxel;        /* for the artefact */
} mrse_case_object;

/* What the author judges of one hazard; nothing of it is computed, and what is NULL was not given. */
typedef struct mrse_case_hazard {
    char *object, *hazard, *severity, *likelihood, *mitigation, *residual;
    int line;
} mrse_case_hazard;

typedef struct mrse_case_mhra {
    char *section, *edition;
    bool complied;
    char *how; /* how it is complied with, or why it is deviated from */
} mrse_case_mhra;

typedef struct mrse_case {
    char *path; /* as opened */
    char *title, *stamp, *question;
    bool simulated;
    char *requester_role;
    mrse_date requested, performed; /* year 0: not given */
    struct {
        char *name, *role, *registration, *site; /* name NULL: UNATTRIBUTED */
    } author;
    mrse_sources sources;
    char *scanner;  /* file, relative to the case file */
    char *site;     /* file of the room, likewise; NULL: none */
    char *survey;   /* file of measured points, likewise; NULL: none */
    char *landmark; /* NULL: nobody is scanned, entry and posture mean nothing */
    mrse_entry entry;
    mrse_posture posture;
    mrse_value couch_height; /* missing (NaN) when no implant has a position and none is given */
    mrse_case_implant *implant;
    size_t n_implants; /* 0 only with objects, a site, a survey or sequences */
    mrse_case_object *object;
    size_t n_objects;
    mrse_case_hazard *hazard; /* the author's, of the objects */
    size_t n_hazards;
    char *compare_scanner; /* file of another scanner that could be used; NULL: none */
    mrse_case_sequence *sequence;
    size_t n_sequences;
    mrse_case_examination examination;
    mrse_case_patient patient;
    struct {
        char *reason;            /* why the sequence is modified; NULL: not said */
        char *constraint;        /* which limit it has to keep */
        char *image_quality;     /* what the radiologist was asked; NULL: not said */
        mrse_label_limit *limit; /* what it is for, judged before and after */
        size_t n_limits;
        mrse_case_implant place; /* only its position: where dB/dt is wanted */
    } modification;
    char *ipem_category, *ipem_why;
    mrse_case_mhra *mhra;
    size_t n_mhra;
    char *own_contribution, *others_contribution;
    char **alternative, **not_considered;
    size_t n_alternatives, n_not_considered;
    char *referrer_justification, *reasoning, *conclusion, *residual_risk, *decides;
} mrse_case;

/** Read a case file (format case/1), without the files it names.
 *  Given     path     file name, as opened
 *            diags    where every error and warning goes; may be NULL
 *  Returned  out      the case, owned by the caller (mrse_case_free); NULL on failure
 *  Status    MRSE_OK | MRSE_ERR_INPUT | MRSE_ERR_IO | MRSE_ERR_LIMIT | MRSE_ERR_NOMEM, that of the
 *            first error; MRSE_ERR_NOMEM outranks the others
 *  Tests     tests/unit/test_spec_case.c */
mrse_status mrse_case_load(const char *path, mrse_case **out, mrse_diags *diags) MRSE_MUST_USE;
/** Free a case; NULL is fine. */
void mrse_case_free(mrse_case *c);

/** Read a label file (format label/1).
 *  Returned  out      the label, owned by the caller (mrse_label_free); NULL on failure
 *  Status    as mrse_case_load
 *  Tests     tests/unit/test_spec_label.c */
mrse_status mrse_label_load(const char *path, mrse_label **out, mrse_diags *diags) MRSE_MUST_USE;
/** Free a label; NULL is fine. */
void mrse_label_free(mrse_label *label);

/** Read any file of ours and report every error in it; a case also reads the files it names,
 *  whose messages carry their file names.
 *  Status    MRSE_OK (warnings do not count) | as mrse_case_load
 *  Tests     tests/unit/test_spec_check.c */
mrse_status mrse_spec_check(const char *path, mrse_diags *diags) MRSE_MUST_USE;

/** The reference of all file formats, as Markdown, appended to `out`: what docs/formats.md holds.
 *  It is written from the tables that the reader obeys, so it cannot omit a key.
 *  Status    MRSE_OK | MRSE_ERR_NOMEM | MRSE_ERR_ARG
 *  Tests     tests/unit/test_spec_check.c */
mrse_status mrse_spec_reference(mrse_buf *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
