/* Sequence files: what one block asks of another. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "sequence_internal.h"

static const double FITS = 1e-9; /* rounding of sums of times, relative */

/* "timing", "te": the key in its block. It is there: its value was read. */
static const mrse_node *key_of(const mrse_reader *r, const mrse_node *root, const char *block,
                               const char *key)
{
    return mrse_spec_child(r, mrse_spec_child(r, root, block), key);
}

static double or_one(double v)
{
    return isfinite(v) ? v : 1;
}

static bool has_pulse(const mrse_protocol *p, mrse_pulse_role role)
{
    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].role == role)
            return true;
    return false;
}

/* ---- times ---- */

static void check_before_tr(mrse_reader *r, const mrse_node *root, const char *key,
                            const mrse_value *time, const mrse_value *tr)
{
    char path[32];
    size_t mark;

    if (!(time->v >= tr->v)) /* also when one is missing */
        return;
    (void)snprintf(path, sizeof path, "timing.%s", key);
    mark = mrse_spec_push(r, path, 0);
    mrse_spec_error(r, MRSE_ERR_INPUT, key_of(r, root, "timing", key)->at,
                    "check both numbers and their units; with a preparation, tr is the whole cycle",
                    "%s is not less than tr, %s", time->printed, tr->printed);
    mrse_spec_pop(r, mark);
}

/* The trains of all slices of one pass follow each other within one TR. Consoles count the lines of
 * an EPI train before parallel imaging, and some GRE trains per segment: there it is a hint. */
static void check_fit(mrse_reader *r, const mrse_node *root, const mrse_protocol *p)
{
    double passes = or_one(p->concatenations) * p->simultaneous;
    double slices = p->three_d ? 1 : ceil(or_one(p->slices) / passes);
    double need_s = slices * p->etl * p->esp.v;
    char num[MRSE_NUM_MAX], text[224];
    const char *hint = "check etl, echo_spacing, tr; slices are spread by 'concatenations'";
    const mrse_node *node;
    size_t mark;

    if (!(need_s > p->tr.v * (1 + FITS)))
        return;
    mrse_text_num(num, need_s * 1e3, 4);
    (void)snprintf(text, sizeof text,
                   "%zu slices of one pass times %zu echoes times %s take %s ms; tr is %s",
                   (size_t)slices, (size_t)p->etl, p->esp.printed, num, p->tr.printed);
    mark = mrse_spec_push(r, "timing.tr", 0);
    node = key_of(r, root, "timing", "tr");
    if (p->family == MRSE_FAMILY_TSE)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, hint, "%s", text);
    else
        mrse_spec_warn(r, node->at, hint, "%s", text);
    mrse_spec_pop(r, mark);
}

static void check_inversion(mrse_reader *r, const mrse_node *root, const mrse_protocol *p)
{
    bool pulse = has_pulse(p, MRSE_PULSE_INVERSION);

    if (pulse && !key_of(r, root, "timing", "ti"))
        mrse_spec_warn(r, mrse_spec_child(r, root, "pulses")->key_at, "add 'ti:' to 'timing:'",
                       "an inversion pulse, and no inversion time: contrast cannot be told");
    if (!pulse && p->n_pulses > 0 && isfinite(p->ti.v))
        mrse_spec_warn(r, key_of(r, root, "timing", "ti")->at,
                       "add the pulse: it may need most of the energy",
                       "an inversion time, and no inversion pulse among the pulses");
}

/* ---- the train ---- */

static void check_centre(mrse_reader *r, const mrse_node *root, const mrse_protocol *p)
{
    const mrse_node *node = key_of(r, root, "train", "centre_echo");
    char num[MRSE_NUM_MAX];
    size_t mark = mrse_spec_push(r, "train.centre_echo", 0);

    if (p->centre_echo > p->etl)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "echoes are counted from 1 to etl",
                        "echo %zu of a train of %zu", (size_t)p->centre_echo, (size_t)p->etl);
    else if (p->family == MRSE_FAMILY_TSE &&
             fabs(p->te.v / p->esp.v - p->centre_echo) > 0.5 * (1 + FITS)) {
        mrse_text_num(num, p->centre_echo * p->esp.v * 1e3, 4);
        mrse_spec_warn(r, node->at, "the effective te is that of the centre of k-space",
                       "echo %zu is at %s ms; te is %s", (size_t)p->centre_echo, num,
                       p->te.printed);
    }
    mrse_spec_pop(r, mark);
}

static void check_train(mrse_reader *r, const mrse_node *root, const mrse_protocol *p)
{
    bool epi = p->family == MRSE_FAMILY_EPI || p->family == MRSE_FAMILY_DWI;

    check_centre(r, root, p);
    if (!epi || key_of(r, root, "train", "etl"))
        return;
    mrse_spec_warn(r, mrse_spec_child(r, root, "family")->at,
                   "add 'train:' with 'etl:', the EPI factor",
                   "the number of echoes of %s is not given: neither scan time nor sharpness can "
                   "be told",
                   mrse_family_text(p->family));
}

/* ---- slices ---- */

static void check_slices(mrse_reader *r, const mrse_node *root, const mrse_protocol *p)
{
    size_t mark = mrse_spec_push(r, "slices", 0);

    if (p->concatenations > p->slices && !p->three_d)
        mrse_spec_error(r, MRSE_ERR_INPUT, key_of(r, root, "slices", "concatenations")->at,
                        "each pass holds one slice or more", "%zu passes for %zu slices",
                        (size_t)p->concatenations, (size_t)p->slices);
    if (isfinite(p->partitions) && !p->three_d)
        mrse_spec_warn(r, key_of(r, root, "slices", "partitions")->key_at,
                       "write 'dimension: 3D', or leave them out",
                       "a 2D sequence has no partitions");
    mrse_spec_pop(r, mark);
}

/* ---- gradients ---- */

static void check_lobe(mrse_reader *r, const mrse_node *node, const char *key,
                       const mrse_value *value, const mrse_value *largest)
{
    if (!(value->v > largest->v * 1.01))
        return;
    mrse_spec_warn(r, node->at, "correct one of the two: the larger one counts for dB/dt",
                   "the lobe's %s is more than the largest of the sequence, %s", key,
                   largest->printed);
}

static void check_lobes(mrse_reader *r, const mrse_node *root, const mrse_protocol *p)
{
    const mrse_node *node =
        p->n_lobes ? mrse_spec_first(r, key_of(r, root, "gradients", "lobes")) : NULL;
    size_t mark = mrse_spec_push(r, "gradients.lobes", 0);

    for (size_t i = 0; node && i < p->n_lobes; i++, node = mrse_spec_next(r, node)) {
        size_t inner = mrse_spec_push(r, NULL, i);

        check_lobe(r, node, "slew rate", &p->lobe[i].slew, &p->gradient_slew);
        check_lobe(r, node, "amplitude", &p->lobe[i].amplitude, &p->gradient_amplitude);
        mrse_spec_pop(r, inner);
    }
    mrse_spec_pop(r, mark);
}

void mrse_sequence_finish(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_protocol *p = base;

    p->b0.basis = MRSE_BASIS_DECLARED; /* a class is a name, whoever states it */
    p->simultaneous = or_one(p->simultaneous);
    check_before_tr(r, node, "te", &p->te, &p->tr);
    check_before_tr(r, node, "ti", &p->ti, &p->tr);
    check_fit(r, node, p);
    check_inversion(r, node, p);
    check_train(r, node, p);
    check_slices(r, node, p);
    check_lobes(r, node, p);
    mrse_sequence_check_pulses(r, node, p);
}
