/* A field model: the best estimate of a magnet, and how far the real one may be from it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_MODEL_H
#define MRSE_MODEL_H

#include "mrse/path.h"
#include "mrse/reach.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Another magnet that the data allow, one standard uncertainty away along one direction of what is
 * not known. Variants of one direction lie on its two sides: the larger change of them counts. */
typedef struct mrse_variant {
    mrse_magnet magnet;
    int direction; /* variants of one direction stand next to each other */
    double weight; /* share of the variance: 1 for a direction of a fit */
} mrse_variant;

/* All borrowed. Standard uncertainty of anything derived: u^2 = (relative part)^2 + sum over the
 * directions of weight * (largest change among its variants)^2. */
typedef struct mrse_model {
    mrse_magnet magnet;
    double u_field, u_grad; /* relative, the same everywhere: |B|, gradient */
    const mrse_variant *variant;
    size_t n_variants;
} mrse_model;

/** |B|, gradient and product at a point, with standard uncertainties.
 *  Given     model     u_field, u_grad and every weight finite and >= 0
 *  Returned  at, u     u holds b_T, grad_T_m, grad_r_T_m, grad_z_T_m, product_T2_m; NaN where it
 *                      cannot be computed (a variant has a conductor there). The relative part of a
 *                      component of the gradient is that of the whole vector. Zero on failure
 *  Status    as mrse_sfg_at of model->magnet | MRSE_ERR_ARG (NULL, or model as above)
 *  Accuracy  `at` as mrse_sfg_at. u: first order in what is not known, and so are all u below; of
 *            calibrations, 2u covers 99 % of the gradients and of |B| on a ride, where their rms
 *            error is 0.6 u (make evidence-field). 0.1 ms with 23 variants
 *  Valid     as mrse_field_at, and as the calibration that the variants are of
 *  Source    JCGM 101:2008 and JCGM 102:2011: propagation through variants of all inputs at once
 *  Tests     tests/unit/test_model.c, tests/evidence/evidence_field.c */
mrse_status mrse_model_at(const mrse_model *model, double r_m, double z_m, mrse_sfg *at,
                          mrse_sfg *u) MRSE_MUST_USE;

/** The same at many points; arrays of n entries, each may be NULL.
 *  Returned  each array: NaN where there is no value, u also where a variant has none
 *  Status    as mrse_field_batch of model->magnet | MRSE_ERR_ARG (as above) | MRSE_ERR_NOMEM;
 *            after MRSE_ERR_ARG and MRSE_ERR_NOMEM nothing is written
 *  Tests     tests/unit/test_model.c */
mrse_status mrse_model_batch(const mrse_model *model, size_t n, const double *r_m,
                             const double *z_m, double *b_T, double *u_b_T, double *grad_T_m,
                             double *u_grad_T_m) MRSE_MUST_USE;

/** Maxima over a cylinder, over the reach, on a path, with their uncertainties: the maximum of each
 *  variant is searched, so that a maximum which wanders is no smaller for it.
 *  Returned  at; u     values only (places zero; of a path also at_end, as mrse_model_at); NaN where
 *                      the search fails in a variant. Zero on failure
 *  Status    as the search of model->magnet | MRSE_ERR_ARG (as above); memory that runs out in a
 *            variant is MRSE_ERR_NOMEM, no uncertainty
 *  Accuracy  `at` as the search; of calibrations, 2u covers all 784 maxima over cylinders of each
 *            kind, rms error 0.5 u (make evidence-field). A cylinder or a path 11 ms with 23
 *            variants, the reach 40 ms
 *  Tests     tests/unit/test_model.c, tests/evidence/evidence_field.c */
mrse_status mrse_model_cylinder(const mrse_model *model, double radius_m, mrse_cylinder *at,
                                mrse_cylinder *u) MRSE_MUST_USE;
mrse_status mrse_model_reach(const mrse_model *model, const mrse_reach *reach,
                             mrse_reach_maxima *at, mrse_reach_maxima *u) MRSE_MUST_USE;
mrse_status mrse_model_path(const mrse_model *model, const mrse_path *path, mrse_path_maxima *at,
                            mrse_path_maxima *u) MRSE_MUST_USE;

/* Relative uncertainty of the product. |B| and its gradient scale with the same currents, so their
 * errors may go together: they add, not in quadrature. */
static inline double mrse_u_product(double u_field, double u_grad)
{
    return u_field + u_grad;
}

#ifdef __cplusplus
}
#endif
#endif
