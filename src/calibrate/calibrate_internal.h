/* Inside of a calibration: the coil family, what it predicts, and the fit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CALIBRATE_INTERNAL_H
#define MRSE_CALIBRATE_INTERNAL_H

#include "mrse/calibrate.h"

enum {
    CAL_MAIN = 4, /* main pairs; the shield pair comes after them */
    CAL_PAIRS = CAL_MAIN + 1,
    CAL_EACH = 4,   /* parameters of a pair: ampere-turns, place, length, radius */
    CAL_COMMON = 2, /* radius of all main pairs, stretch of all along z */
    CAL_PARAMS = CAL_PAIRS * CAL_EACH + CAL_COMMON,
    CAL_FLAT = 6,        /* points on the axis where the field is nearly B0 */
    CAL_SCAN = 44,       /* places along a cylinder at which its maximum is looked for */
    CAL_PLACES_EACH = 2, /* a product of two maxima looks at two places */
    CAL_ROOM = 4,        /* edges of the room for the windings */
    CAL_FAR_SCAN = 24,   /* the same along a contour */
};

/* One coil at z > 0; its mirror image belongs to it. */
typedef struct cal_pair {
    double z_m, half_m;  /* middle and half of its length */
    double r_m, thick_m; /* mean radius, radial thickness */
    double turns_A;      /* ampere-turns */
} cal_pair;

typedef struct cal_design {
    const char *name;
    double b0_T, bore_radius_m, cover_half_length_m;
    cal_pair pair[CAL_PAIRS];
} cal_design;

size_t cal_design_count(void);
const cal_design *cal_design_get(size_t i);

/* A family: pairs as a function of parameters, each of which is 0 +- 1 before any data. */
typedef struct cal_family {
    cal_design start; /* scaled to the field, bore and length at hand */
    double sd_radius_m, sd_stretch;
} cal_family;

void cal_family_set(cal_family *f, const cal_design *design, double b0_T,
                    const mrse_housing_size *size);
void cal_family_pairs(const cal_family *f, const double *theta, cal_pair out[CAL_PAIRS]);
/* The windings of a pair, of all pairs. */
void cal_pair_sources(const cal_pair *pair, mrse_source out[2]);
void cal_pairs_sources(const cal_pair pair[CAL_PAIRS], mrse_source out[2 * CAL_PAIRS]);

/* The field at one place, and |B|, gradient and product from it. */
typedef struct cal_field {
    double br_T, bz_T, dbr_dz_T_m, dbz_dz_T_m;
} cal_field;

/* Where a datum looks at the field: its maximum, or the place it names. */
typedef struct cal_place {
    double r_m, z_m;
} cal_place;

/* The places of the data come first, one each and two for a product of two maxima; then those of
 * flatness, and the centre as the last. */
typedef struct cal_work {
    size_t *scan_at;  /* per datum: where its scan begins; data of one cylinder share theirs */
    size_t *place_at; /* per datum: its first place */
    size_t n_places, n_data_places;
    double *scan_r_m, *scan_z_m;
    cal_field *scan;
    double *r_m, *z_m;
    cal_field *base;             /* [CAL_PAIRS][n_places] */
    cal_field *moved;            /* [n_places] */
    double *br, *bz, *drz, *dzz; /* columns for the batch */
    double *column;              /* [CAL_PAIRS][CAL_EACH][data and flatness] */
} cal_work;

/* A data sheet prints |B|, but the field outside a shield changes its sign, so that |B| has several
 * branches. A fit begins with the field itself, its sign on the axis and in the mid-plane assumed. */
typedef enum cal_pattern {
    CAL_UNSIGNED = 0, /* |B| */
    CAL_USUAL,        /* along the axis as inside, against it in the mid-plane */
    CAL_MID_TURNS,    /* the same, but the outermost line of the mid-plane lies beyond a null */
    CAL_AXIS_TURNS,   /* the same on the axis */
    CAL_PATTERNS
} cal_pattern;

/* What a fit works with. */
typedef struct cal_problem {
    const mrse_datum *datum;
    size_t n;
    mrse_housing_size size;
    cal_family family;
    double b0_T;
    double soften; /* the data's uncertainties are multiplied by this: 1 in the end */
    cal_pattern pattern;
    size_t without; /* a datum left out; n: none */
    cal_work *work;
    double *residual; /* cal_residual_count of them, for the Jacobian */
} cal_problem;

mrse_status cal_work_new(size_t n, cal_work **out) MRSE_MUST_USE;
void cal_work_free(cal_work *work);

/* Field of some sources at n places; what a datum looks for there: 0 |B|, 1 gradient, 2 product. */
mrse_status cal_fields(cal_work *w, const mrse_source *source, size_t n_sources, size_t n,
                       const double *r_m, const double *z_m, cal_field *out) MRSE_MUST_USE;
double cal_quantity(int which, const cal_field *f, double r_m);
int cal_looks_for(mrse_datum_type type, int place);
bool cal_is_extent(mrse_datum_type type);
bool cal_is_axial(mrse_datum_type type);
/* Fill work->r_m, z_m and what belongs to them for this magnet, whose windings end at end_m. */
mrse_status cal_find_places(const cal_problem *p, const mrse_source *source,
                            double end_m) MRSE_MUST_USE;
/* How far the windings stick out of the space there is for them, as residuals. */
void cal_room(const cal_problem *p, const cal_pair pair[CAL_PAIRS], double out[CAL_ROOM]);

/* Residuals: data, flatness, room for the coils, prior. */
size_t cal_residual_count(const cal_problem *p);
/* `jacobian` (may be NULL) holds cal_residual_count rows of CAL_PARAMS; `predicted` (may be NULL)
 * the data as the magnet gives them. */
mrse_status cal_evaluate(const cal_problem *p, const double *theta, double *residual,
                         double *jacobian, double *predicted) MRSE_MUST_USE;

/* A fit, from a design to the magnet that the data ask for. */
typedef struct cal_fit {
    double theta[CAL_PARAMS];
    double cost, chi2;      /* of everything; of the data alone */
    size_t design, meaning; /* of the radial extents: which problem it belongs to */
    cal_pattern pattern;
    mrse_status status;
} cal_fit;

enum { CAL_STARTS = 2 * 4 * CAL_PATTERNS };

typedef struct cal_starts {
    cal_fit fit[CAL_STARTS], rough[CAL_STARTS];
    size_t n, n_starts;
} cal_starts;

/* From the design towards the data; and all the way. */
mrse_status cal_fit_rough(cal_problem *p, cal_fit *fit) MRSE_MUST_USE;
mrse_status cal_fit_finish(cal_problem *p, cal_fit *fit) MRSE_MUST_USE;
/* From an old answer to that of changed data. */
mrse_status cal_fit_again(cal_problem *p, cal_fit *fit) MRSE_MUST_USE;

/* Whether the windings lie between bore and covers, or nearly so. */
bool cal_has_room(const cal_problem *p, const cal_pair pair[CAL_PAIRS]);

/* MRSE_ERR_INPUT, and which two, when numbers contradict each other: by themselves; by the fit. */
mrse_status cal_clash_plain(const mrse_datum *data, size_t n, mrse_clash *clash) MRSE_MUST_USE;
mrse_status cal_clash_of_fit(cal_problem *p, const cal_fit *fit, mrse_clash *clash) MRSE_MUST_USE;

/* c->row, of c->model.magnet; `steps` as in posterior.c, CAL_PARAMS columns of CAL_PARAMS. */
mrse_status cal_rows(const cal_problem *p, const double *theta, const double *steps,
                     mrse_calibration *c) MRSE_MUST_USE;

/* The model of the best fit with its variants, and its rows. */
mrse_status cal_posterior(cal_problem *problem, const cal_starts *s,
                          mrse_calibration *c) MRSE_MUST_USE;

#endif
