/* An object file: what is known of a thing without a label, how it is known, and what it may be made
 * of. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_OBJECT_FILE_H
#define MRSE_OBJECT_FILE_H

#include "mrse/diag.h"
#include "mrse/object.h"
#include "mrse/source.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As people call shapes; several are one body for the physics. */
typedef enum mrse_object_form {
    MRSE_FORM_SPHERE = 0,
    MRSE_FORM_ELLIPSOID,
    MRSE_FORM_CYLINDER,
    MRSE_FORM_DISC, /* a short cylinder: length is its thickness */
    MRSE_FORM_PLATE,
    MRSE_FORM_RING,
    MRSE_FORM_LOOP, /* as a ring */
    MRSE_FORM_WIRE,
    MRSE_FORM_SPRING,
    MRSE_FORM_MAGNET, /* a cylinder magnetised along its axis */
} mrse_object_form;

/* Whether the conductor is insulated; not knowing is an answer of its own. */
typedef enum mrse_insulated {
    MRSE_INSULATED_UNKNOWN = 0,
    MRSE_INSULATED_NO,
    MRSE_INSULATED_YES,
} mrse_insulated;

/* A material of the file's own, or one of the table with some ranges put right. */
typedef struct mrse_object_material {
    char *id, *name;
    mrse_magnetic_class magnetic;
    mrse_value chi[2], polarisation[2], density[2], conductivity[2]; /* from, to; missing: none */
    int line;
} mrse_object_material;

typedef struct mrse_object_candidate {
    char *material, *because;
    int line;
} mrse_object_candidate;

/* A deflection that somebody measured, on this object or on one like it. */
typedef struct mrse_object_test {
    char *what;
    mrse_value angle, field, gradient; /* where it hung */
    int line;
} mrse_object_test;

typedef struct mrse_object_file {
    char *path; /* as opened */
    char *id, *name, *stamp;
    mrse_date checked;
    mrse_sources sources;
    mrse_object_form form;
    mrse_value diameter, length, width, depth, wire; /* as the form needs them */
    double turns;
    mrse_value mass;      /* missing: density times volume */
    mrse_value remanence; /* of magnets */
    mrse_object_candidate *candidate;
    size_t n_candidates;
    mrse_object_material *material;
    size_t n_materials;
    struct {
        double axis[3], across[3]; /* magnet frame; NaN: not known */
        char *because;
    } orientation;
    struct {
        mrse_value length; /* longest continuous path; missing: that of the shape */
        mrse_insulated insulated;
        mrse_value outer;    /* diameter of the insulation */
        double permittivity; /* of the insulation */
        mrse_value loop, gap;
        char *path; /* where it runs and ends */
    } conductor;
    struct {
        double permittivity; /* of what surrounds it, at the RF frequency; NaN: not given */
        mrse_value conductivity;
    } medium;
    double specific_heat_J_kg_K;
    char *location, *tissue, *fixation;
    char **evidence;
    size_t n_evidence;
    mrse_object_test *test;
    size_t n_tests;
} mrse_object_file;

/** Read an object file (format object/1).
 *  Returned  out      owned by the caller (mrse_object_file_free); NULL on failure
 *  Status    as mrse_case_load
 *  Tests     tests/unit/test_spec_object.c */
mrse_status mrse_object_load(const char *path, mrse_object_file **out,
                             mrse_diags *diags) MRSE_MUST_USE;
/** Free an object file; NULL is fine. */
void mrse_object_file_free(mrse_object_file *object);

/** The material of a candidate: the file's own ranges before those of the table.
 *  Given     i      below n_candidates
 *  Returned  out    text is borrowed from the file and the table
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, i, no such material)
 *  Tests     tests/unit/test_spec_object.c */
mrse_status mrse_object_file_material(const mrse_object_file *object, size_t i,
                                      mrse_material *out) MRSE_MUST_USE;

/** The shape for the physics, and the standard uncertainties of its lengths (0 where it has none).
 *  Tests     tests/unit/test_spec_object.c */
void mrse_object_file_shape(const mrse_object_file *object, mrse_shape *shape, mrse_shape *u);

/** How it lies; not known when the file does not say.
 *  Tests     tests/unit/test_spec_object.c */
mrse_orientation mrse_object_file_orientation(const mrse_object_file *object);

/** Name in a file ("coil spring"); "object" for anything else.
 *  Tests     tests/unit/test_spec_object.c */
const char *mrse_object_form_text(mrse_object_form form);

#ifdef __cplusplus
}
#endif
#endif
