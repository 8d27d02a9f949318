/* Which parameters differ between two sequences. Two protocols are compared key by key; two DICOM
 * headers element by element, with the header's own traps; anything else as protocols.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "sequence_internal.h"

static const double SAME = 1e-9; /* relative: the same number, typed in another unit */

static mrse_sequence_change *new_change(mrse_sequence_study *s, const char *what)
{
    mrse_sequence_change *grown = mrse_realloc(s->change, s->n_changes + 1, sizeof *grown);
    if (grown == NULL)
        return NULL;
    s->change = grown;
    mrse_sequence_change *c = &grown[s->n_changes++];
    memset(c, 0, sizeof *c);
    c->comparable = true;
    mrse_text_copy(c->what, sizeof c->what, what);
    return c;
}

static mrse_status print_value(char out[96], const mrse_value *v)
{
    mrse_buf text = {0};
    if (!isfinite(v->v))
        mrse_buf_add(&text, "not stated");
    else if (v->printed[0] != '\0')
        mrse_buf_add(&text, v->printed);
    else
        mrse_quantity_print(&text, v->v, v->kind, 5, 0);
    mrse_text_copy(out, 96, mrse_buf_text(&text));
    mrse_status status = text.status;
    mrse_buf_free(&text);
    return status;
}

static bool same_number(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b);
    return fabs(a - b) <= SAME * fmax(fabs(a), fabs(b));
}

static mrse_status compare_values(mrse_sequence_study *s, const char *what, const mrse_value *a,
                                  const mrse_value *b)
{
    if (same_number(a->v, b->v))
        return MRSE_OK;
    mrse_sequence_change *c = new_change(s, what);
    if (c == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = print_value(c->before, a);
    return status == MRSE_OK ? print_value(c->after, b) : status;
}

static void print_count(char out[96], double v)
{
    char num[MRSE_NUM_MAX];
    mrse_text_num(num, v, v == floor(v) ? 1 : 4);
    if (isfinite(v) && v == floor(v) && fabs(v) < 1e9)
        (void)snprintf(out, 96, "%lld", (long long)v);
    else
        mrse_text_copy(out, 96, isfinite(v) ? num : "not stated");
}

static mrse_status compare_counts(mrse_sequence_study *s, const char *what, double a, double b)
{
    if (same_number(a, b))
        return MRSE_OK;
    mrse_sequence_change *c = new_change(s, what);
    if (c == NULL)
        return MRSE_ERR_NOMEM;
    print_count(c->before, a);
    print_count(c->after, b);
    return MRSE_OK;
}

static mrse_status compare_texts(mrse_sequence_study *s, const char *what, const char *a,
                                 const char *b)
{
    if (mrse_text_equal(a, b))
        return MRSE_OK;
    mrse_sequence_change *c = new_change(s, what);
    if (c == NULL)
        return MRSE_ERR_NOMEM;
    mrse_text_copy(c->before, sizeof c->before, a != NULL ? a : "not stated");
    mrse_text_copy(c->after, sizeof c->after, b != NULL ? b : "not stated");
    return MRSE_OK;
}

/* What a console shows of a whole protocol. */
typedef enum field_form { VALUE, COUNT } field_form;
typedef struct field {
    const char *what;
    size_t at;
    field_form form;
} field;

#define AT(member) offsetof(mrse_protocol, member)

static const field fields[] = {
    {"repetition time TR", AT(tr), VALUE},
    {"echo time TE", AT(te), VALUE},
    {"inversion time TI", AT(ti), VALUE},
    {"echo spacing", AT(esp), VALUE},
    {"b-value", AT(b_value), VALUE},
    {"echo train length, EPI factor", AT(etl), COUNT},
    {"echo at the centre of k-space", AT(centre_echo), COUNT},
    {"slices", AT(slices), COUNT},
    {"concatenations", AT(concatenations), COUNT},
    {"slices excited at once", AT(simultaneous), COUNT},
    {"averages", AT(averages), COUNT},
    {"volumes", AT(volumes), COUNT},
    {"dummy repetitions", AT(dummies), COUNT},
    {"matrix, read", AT(matrix_read), COUNT},
    {"matrix, phase", AT(matrix_phase), COUNT},
    {"partitions", AT(partitions), COUNT},
    {"field of view, read", AT(fov_read), VALUE},
    {"field of view, phase", AT(fov_phase), VALUE},
    {"slice thickness", AT(thickness), VALUE},
    {"gap between slices", AT(gap), VALUE},
    {"phase oversampling", AT(phase_oversampling), COUNT},
    {"bandwidth of a pixel", AT(bandwidth), VALUE},
    {"acceleration, phase", AT(acceleration_phase), COUNT},
    {"acceleration, slice", AT(acceleration_slice), COUNT},
    {"reference lines", AT(reference_lines), COUNT},
    {"g-factor", AT(g_factor), COUNT},
    {"share of k-space, phase", AT(partial_phase), COUNT},
    {"share of k-space, slice", AT(partial_slice), COUNT},
    {"largest gradient amplitude", AT(gradient_amplitude), VALUE},
    {"largest slew rate of the sequence", AT(gradient_slew), VALUE},
};

static mrse_status compare_fields(mrse_sequence_study *s, const mrse_protocol *a,
                                  const mrse_protocol *b)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == MRSE_OK; i++) {
        const char *p = (const char *)a + fields[i].at, *q = (const char *)b + fields[i].at;
        if (fields[i].form == VALUE) {
            mrse_value x, y;
            memcpy(&x, p, sizeof x);
            memcpy(&y, q, sizeof y);
            status = compare_values(s, fields[i].what, &x, &y);
        } else {
            double x, y;
            memcpy(&x, p, sizeof x);
            memcpy(&y, q, sizeof y);
            status = compare_counts(s, fields[i].what, x, y);
        }
    }
    return status;
}

/* The pulse of the other protocol that plays the same part: the same role, and the same name or the
 * same place among those of the role. */
static const mrse_protocol_pulse *partner(const mrse_protocol *of, const mrse_protocol_pulse *p,
                                          size_t nth)
{
    const mrse_protocol_pulse *same_place = NULL;
    size_t seen = 0;
    for (size_t i = 0; i < of->n_pulses; i++) {
        const mrse_protocol_pulse *q = &of->pulse[i];
        if (q->role != p->role)
            continue;
        if (p->name != NULL && mrse_text_equal(p->name, q->name))
            return q;
        if (seen++ == nth)
            same_place = q;
    }
    return same_place;
}

static size_t place_among(const mrse_protocol *of, const mrse_protocol_pulse *p)
{
    size_t n = 0;
    for (const mrse_protocol_pulse *q = of->pulse; q < p; q++)
        n += q->role == p->role;
    return n;
}

static mrse_status whole_pulse(mrse_sequence_study *s, const mrse_protocol_pulse *p, bool added)
{
    char what[96];
    (void)snprintf(what, sizeof what, "%s pulse", mrse_pulse_role_text(p->role));
    return compare_texts(s, what, added ? "none" : "played", added ? "played" : "none");
}

/* Angles of a train: the smallest and the largest stand for it. */
static mrse_status print_train(char out[96], const mrse_protocol_pulse *p)
{
    char low[96], high[96];
    size_t first = 0, last = 0;
    if (p->n_train == 0)
        return print_value(out, &p->flip);
    for (size_t i = 0; i < p->n_train; i++) {
        first = p->train[i].v < p->train[first].v ? i : first;
        last = p->train[i].v > p->train[last].v ? i : last;
    }
    mrse_status status = print_value(low, &p->train[first]);
    if (status == MRSE_OK)
        status = print_value(high, &p->train[last]);
    if (status == MRSE_OK)
        (void)snprintf(out, 96, "%.40s to %.40s", low, high);
    return status;
}

static bool same_angles(const mrse_protocol_pulse *a, const mrse_protocol_pulse *b)
{
    if (a->n_train != b->n_train || !same_number(a->flip.v, b->flip.v))
        return false;
    for (size_t i = 0; i < a->n_train; i++)
        if (!same_number(a->train[i].v, b->train[i].v))
            return false;
    return true;
}

static mrse_status compare_pulse(mrse_sequence_study *s, const mrse_protocol_pulse *a,
                                 const mrse_protocol_pulse *b)
{
    const char *name = a->name != NULL ? a->name : mrse_pulse_role_text(a->role);
    char what[96];
    mrse_status status = MRSE_OK;
    if (!same_angles(a, b)) {
        (void)snprintf(what, sizeof what, "%.60s: flip angle", name);
        mrse_sequence_change *c = new_change(s, what);
        if (c == NULL)
            return MRSE_ERR_NOMEM;
        status = print_train(c->before, a);
        if (status == MRSE_OK)
            status = print_train(c->after, b);
    }
    (void)snprintf(what, sizeof what, "%.60s: duration", name);
    if (status == MRSE_OK)
        status = compare_values(s, what, &a->duration, &b->duration);
    (void)snprintf(what, sizeof what, "%.60s: peak B1+", name);
    if (status == MRSE_OK)
        status = compare_values(s, what, &a->b1_peak, &b->b1_peak);
    (void)snprintf(what, sizeof what, "%.60s: how many", name);
    if (status == MRSE_OK)
        status = compare_counts(s, what, a->count, b->count);
    (void)snprintf(what, sizeof what, "%.60s: time-bandwidth product", name);
    if (status == MRSE_OK && a->has_shape && b->has_shape)
        status = compare_counts(s, what, a->shape.time_bandwidth, b->shape.time_bandwidth);
    return status;
}

static mrse_status compare_pulses(mrse_sequence_study *s, const mrse_protocol *a,
                                  const mrse_protocol *b)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < a->n_pulses && status == MRSE_OK; i++) {
        const mrse_protocol_pulse *p = &a->pulse[i], *q = partner(b, p, place_among(a, p));
        status = q != NULL ? compare_pulse(s, p, q) : whole_pulse(s, p, false);
    }
    for (size_t i = 0; i < b->n_pulses && status == MRSE_OK; i++) {
        const mrse_protocol_pulse *q = &b->pulse[i];
        if (partner(a, q, place_among(b, q)) == NULL)
            status = whole_pulse(s, q, true);
    }
    return status;
}

static mrse_status compare_protocols(mrse_sequence_study *s, const mrse_protocol *a,
                                     const mrse_protocol *b)
{
    mrse_status status = compare_texts(s, "sequence family", mrse_family_text(a->family),
                                       mrse_family_text(b->family));
    if (status == MRSE_OK)
        status = compare_texts(s, "dimension", a->three_d ? "3D" : "2D", b->three_d ? "3D" : "2D");
    if (status == MRSE_OK)
        status = compare_fields(s, a, b);
    if (status == MRSE_OK)
        status = compare_pulses(s, a, b);
    if (status == MRSE_OK)
        status = compare_texts(s, "gradient mode", a->gradient_mode, b->gradient_mode);
    if (status == MRSE_OK)
        status = compare_texts(s, "transmit coil", a->coil, b->coil);
    if (status == MRSE_OK && a->region != b->region)
        status = compare_texts(s, "at the isocentre", mrse_region_text(a->region),
                               mrse_region_text(b->region));
    return status;
}

static void print_item(char out[96], const mrse_dicom_item *item)
{
    if (item == NULL)
        mrse_text_copy(out, 96, "not stated");
    else if (item->unit[0] != '\0')
        (void)snprintf(out, 96, "%.80s %.12s", item->text, item->unit);
    else
        mrse_text_copy(out, 96, item->text);
}

/* Weight, size, age and sex, and what people typed, stay in the header. */
static bool is_private(const mrse_dicom_item *a, const mrse_dicom_item *b)
{
    const mrse_dicom_item *item = a != NULL ? a : b;
    return item->privacy != MRSE_DICOM_TECHNICAL;
}

static mrse_status compare_headers(mrse_sequence_study *s, const mrse_dicom *a, const mrse_dicom *b)
{
    mrse_dicom_difference *d = NULL;
    size_t n = 0;
    mrse_status status = mrse_dicom_compare(a, b, &d, &n);
    for (size_t i = 0; i < n && status == MRSE_OK; i++) {
        if (is_private(d[i].a, d[i].b))
            continue;
        mrse_sequence_change *c = new_change(s, d[i].a != NULL ? d[i].a->name : d[i].b->name);
        if (c == NULL) {
            status = MRSE_ERR_NOMEM;
            break;
        }
        print_item(c->before, d[i].a);
        print_item(c->after, d[i].b);
        c->comparable = d[i].comparable;
        mrse_text_copy(c->note, sizeof c->note, d[i].note);
    }
    mrse_free(d);
    return status;
}

static mrse_status compare_played(mrse_sequence_study *s)
{
    const mrse_pulseq *a = s->before.played->sequence, *b = s->after.played->sequence;
    const mrse_value t_a = mrse_value_computed(1e-9 * a->duration_ns, 0.0, MRSE_KIND_TIME, ""),
                     t_b = mrse_value_computed(1e-9 * b->duration_ns, 0.0, MRSE_KIND_TIME, "");
    mrse_status status = compare_values(s, "duration", &t_a, &t_b);
    if (status == MRSE_OK)
        status = compare_counts(s, "blocks", (double)a->n_blocks, (double)b->n_blocks);
    if (status == MRSE_OK)
        status = compare_counts(s, "blocks that acquire data", (double)a->n_adc, (double)b->n_adc);
    if (status == MRSE_OK)
        status = compare_counts(s, "different RF events", (double)a->n_rf, (double)b->n_rf);
    if (status == MRSE_OK)
        status = compare_counts(s, "different gradient events", (double)a->n_gradients,
                                (double)b->n_gradients);
    return status;
}

mrse_status mrse_sequence_changes(mrse_sequence_study *s)
{
    if (!mrse_sequence_is_pair(s))
        return MRSE_OK;
    if (s->before.dicom != NULL && s->after.dicom != NULL)
        return compare_headers(s, s->before.dicom, s->after.dicom);
    if (s->before.protocol != NULL && s->after.protocol != NULL)
        return compare_protocols(s, s->before.protocol, s->after.protocol);
    if (s->before.played != NULL && s->after.played != NULL)
        return compare_played(s);
    return MRSE_OK;
}
