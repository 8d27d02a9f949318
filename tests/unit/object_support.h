/* One wire to ride past and object files to write: what the tests of objects share. The wire is quick,
 * and its field is known in closed form. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_OBJECT_SUPPORT_H
#define MRSE_TEST_OBJECT_SUPPORT_H

#include <stdio.h>

#include "mrse/mrse.h"
#include "sheet_support.h"
#include "support/close.h"
#include "support/scratch.h"

static const char BALL[] = "shape: sphere\ndiameter: {value: 4 mm, u: 0.2 mm}\n";
static const char STEEL[] = "candidates: [{material: 316l, because: b}]\n";
static const char LEAD_OR_STEEL[] =
    "candidates:\n  - {material: lead, because: b}\n  - {material: 316l, because: c}\n";

static mrse_source object_wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
static mrse_study *study; /* of the wire, for the whole group */

static inline int object_begin(void **state)
{
    static const double level_T = 0.5, radius_m = 0.1;
    const mrse_study_options o = {
        .level_T = &level_T, .n_levels = 1, .radius_m = &radius_m, .n_radii = 1};
    fixture *f = with_coils();
    f->s.coil = &object_wire;
    return mrse_init() == MRSE_OK && scratch_begin(state) == 0 &&
                   mrse_study_run(&f->s, &o, &study, NULL) == MRSE_OK
               ? 0
               : -1;
}

static inline int object_end(void **state)
{
    mrse_study_free(study);
    return scratch_end(state);
}

static const mrse_position AT = {
    .x_m = 0.09, .z_m = 0.1, .u_x_m = 0.005, .u_z_m = 0.005, .entry = MRSE_ENTRY_FEET_FIRST};

static inline const char *write_object(const char *name, const char *shape, const char *more)
{
    char text[2048];
    (void)snprintf(text, sizeof text,
                   "mrse: object/1\nid: o\nname: o\nchecked: 2026-11-22\nsource: x\n"
                   "sources: {x: {origin: measured, title: t}}\n%s%s"
                   "location: l\ntissue: t\nfixation: f\nevidence: [e]\n",
                   shape, more);
    return scratch_write(name, text);
}

static inline mrse_object_file *object(const char *shape, const char *more)
{
    static mrse_diags diags;
    mrse_object_file *o = NULL;
    mrse_diags_init(&diags);
    if (mrse_object_load(write_object("object.yaml", shape, more), &o, &diags) != MRSE_OK)
        fail_msg("%s", diags.item[0].text);
    return o;
}

static inline mrse_object_setting quick(void)
{
    mrse_object_setting s = mrse_object_setting_default();
    s.samples = 200;
    return s;
}

static inline mrse_object_study *run(const mrse_object_file *o, const mrse_position *at,
                                     const mrse_object_setting *with)
{
    mrse_object_study *s = NULL;
    assert_int_equal(mrse_object_study_run(study, o, at, with, &s), MRSE_OK);
    return s;
}

#endif
