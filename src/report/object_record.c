/* Record sections of an object without a label. SPDX-License-Identifier: GPL-3.0-or-later */
#include "object_internal.h"

#include <math.h>
#include <string.h>

#include "mrse/eddy_heating.h"
#include "mrse/lenz.h"

static const char *const grades[] = {"unknown", "short", "growing", "resonant", "long"};
static const char *const lost[] = {"unknown", "unlikely", "possible", "expected"};

/* What a row is called, by which method, and what to ask when it is missing. */
static const struct {
    mrse_hazard_id id;
    const char *key, *text, *method, *ask;
} row[] = {
    {MRSE_HAZARD_FORCE, "force", "displacement force", MRSE_METHOD_FORCE,
     "the magnetic properties of every candidate"},
    {MRSE_HAZARD_FORCE_RATIO, "force-ratio", "the same over its weight", MRSE_METHOD_FORCE,
     "mass, or density of every candidate"},
    {MRSE_HAZARD_TORQUE, "torque", "torque", MRSE_METHOD_TORQUE,
     "the magnetic properties of every candidate"},
    {MRSE_HAZARD_TORQUE_RATIO, "torque-ratio", "the same over weight times longest dimension",
     MRSE_METHOD_TORQUE, "mass, or density of every candidate"},
    {MRSE_HAZARD_LENZ_COUCH, "drag-couch", "drag at couch speed", MRSE_METHOD_LENZ, "the speed"},
    {MRSE_HAZARD_LENZ_WALKING, "drag-walking", "drag at walking speed", MRSE_METHOD_LENZ,
     "the speed"},
    {MRSE_HAZARD_LENZ_TORQUE, "drag-turning", "torque of drag when turning", MRSE_METHOD_LENZ,
     "the speed"},
    {MRSE_HAZARD_EDDY_POWER, "gradient-power", "power of switched gradients", MRSE_METHOD_EDDY,
     "dB/dt rms at the object and its main frequency, of the sequences planned"},
};

/* What to ask follows from why there is no number; what no shape can tell is not to be asked for. */
static const struct {
    const char *part, *ask;
} asks[] = {
    {"conductivity is not known", "the conductivity of every candidate"},
    {"shield", "nothing by this formula: skin effect needs a field calculation"},
    {"not saturated", "nothing by this formula: strongly magnetic bodies need a field calculation"},
    {"of a coil", "whether turns touch or the ends are joined, and its size as a loop"},
    {"mass does not fit", "whether it is hollow; sizes; which candidates its weight excludes"},
    {"over the length", "a test in the fringe field, or a calculation of the object in parts"},
    {"neither the mass", "its mass, or the density of every candidate"},
    {"how long", "the duration of the sequences planned"},
    {"specific heat", "the specific heat of every candidate"},
};

static const char *to_ask(const char *ask, const char *reason)
{
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++)
        if (strstr(reason, asks[i].part) != NULL)
            return asks[i].ask;
    return ask;
}

/* A sphere without magnetisation of its own lies as well one way as another. */
bool mrse_object_turns_nowhere(const mrse_object_study *s, mrse_hazard_id id)
{
    if (s->body.shape.type != MRSE_SHAPE_SPHERE ||
        (id != MRSE_HAZARD_TORQUE && id != MRSE_HAZARD_TORQUE_RATIO))
        return false;
    for (size_t i = 0; i < s->n_candidates; i++)
        if (s->candidate[i].material.magnetic == MRSE_MAGNETIC_HARD)
            return false;
    return true;
}

static void put_hazard(json_put list, const mrse_object_study *s, size_t i)
{
    const mrse_hazard_summary *h = &s->sampled.hazard[row[i].id];
    bool none = mrse_object_turns_nowhere(s, row[i].id);
    bool known = isfinite(h->median) && !none;
    bool at_peak =
        row[i].id == MRSE_HAZARD_EDDY_POWER && s->setting.dbdt_at_peak && isfinite(h->largest);
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "id", row[i].key);
    mrse_json_text(o, "hazard", row[i].text);
    mrse_json_text(o, "kind", mrse_kind_get(h->kind)->id);
    mrse_json_num(o, "median", none ? 0.0 : h->median);
    mrse_json_num(o, "low", none ? 0.0 : h->low);
    mrse_json_num(o, "high", none ? 0.0 : h->high);
    mrse_json_num(o, "largest", none ? 0.0 : h->largest);
    mrse_json_text(o, "method", row[i].method);
    mrse_json_text(o, "dominant", known ? mrse_hazard_input_text(h->dominant) : NULL);
    mrse_json_num(o, "share", known ? h->share[h->dominant] : (double)NAN);
    mrse_json_text(o, "state",
                   none      ? "none"
                   : !known  ? "UNDETERMINED"
                   : at_peak ? "bound"
                             : "estimated");
    mrse_json_text(o, "reason",
                   none ? "a sphere that is no magnet has none"
                   : !known && row[i].id == MRSE_HAZARD_EDDY_POWER && s->played_reason[0] != 0
                       ? s->played_reason
                   : at_peak ? "dB/dt taken as at its peak all the time: the rms is not known"
                   : h->reason[0] != 0 ? h->reason
                                       : NULL);
    mrse_json_int(o, "refused", (long long)h->n_refused);
    mrse_json_text(o, "ask", known || none ? NULL : to_ask(row[i].ask, h->reason));
}

static void put_rise(json_put list, const mrse_hazard *rise)
{
    bool known = isfinite(rise->value.v);
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "id", "gradient-rise");
    mrse_json_text(o, "hazard", "temperature rise by gradients if no heat left it");
    mrse_json_text(o, "kind", mrse_kind_get(MRSE_KIND_TEMPERATURE_RISE)->id);
    mrse_json_num(o, "median", (double)NAN);
    mrse_json_num(o, "low", (double)NAN);
    mrse_json_num(o, "high", (double)NAN);
    mrse_json_num(o, "largest", rise->value.v);
    mrse_json_text(o, "method", MRSE_METHOD_EDDY);
    mrse_json_text(o, "dominant", NULL);
    mrse_json_num(o, "share", (double)NAN);
    mrse_json_text(o, "state", known ? "bound" : "UNDETERMINED");
    mrse_json_text(o, "reason", known ? "RF heating adds to it" : rise->reason);
    mrse_json_text(
        o, "ask",
        known ? NULL : to_ask("dB/dt rms at the object, its frequency and duration", rise->reason));
}

static void put_place(json_put o, const char *key, const mrse_ride_place *at)
{
    json_put p = mrse_json_object(o, key);
    mrse_json_num(p, "r_m", at->r_m);
    mrse_json_num(p, "z_m", at->z_m);
    mrse_json_num(p, "b_T", at->b_T);
    mrse_json_num(p, "grad_T_m", at->grad_T_m);
    mrse_json_num(p, "product_T2_m", at->product_T2_m);
}

static void put_distance(json_put o, const char *key, const mrse_hazard *h)
{
    json_put d = mrse_json_object(o, key);
    mrse_json_num(d, "m", h->value.v);
    mrse_json_text(d, "reason", isfinite(h->value.v) ? NULL : h->reason);
}

/* Mass as weighed over that of a solid body of this material; NaN when it was not weighed. */
static double mass_share(const mrse_object_study *s, const mrse_material *m)
{
    return s->object->mass.v /
           (0.5 * (m->density_kg_m3.low + m->density_kg_m3.high) * s->body.volume_m3);
}

static void put_candidate(json_put list, const mrse_object_study *s,
                          const mrse_object_candidate_row *c)
{
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "material", c->material.id);
    mrse_json_text(o, "name", c->material.name);
    mrse_json_text(o, "because", c->because);
    mrse_json_text(o, "origin", mrse_origin_text(mrse_material_origin(&c->material)));
    mrse_json_text(o, "source", c->material.source);
    mrse_json_value(o, "force", &c->at.force.value);
    mrse_json_text(o, "force_reason", c->at.force.reason[0] != '\0' ? c->at.force.reason : NULL);
    mrse_json_num(o, "force_ratio", c->at.ratio.value.v);
    mrse_json_value(o, "deflection", &c->at.deflection.value);
    mrse_json_num(o, "torque_ratio", c->at.torque_ratio.value.v);
    mrse_json_text(o, "torque_reason", c->at.torque.reason[0] != '\0' ? c->at.torque.reason : NULL);
    mrse_json_bool(o, "turns_nowhere",
                   s->body.shape.type == MRSE_SHAPE_SPHERE &&
                       c->material.magnetic != MRSE_MAGNETIC_HARD);
    mrse_json_num(o, "extent", c->at.force.validity);
    mrse_json_num(o, "mass_share", mass_share(s, &c->material));
    mrse_json_num(o, "saturation", c->at.saturation);
    mrse_json_bool(o, "worst_orientation", c->at.worst_orientation);
    if (isfinite(c->at.force.value.v))
        put_place(o, "place", &c->at.place);
    json_put a = mrse_json_object(o, "artefact");
    put_distance(a, "along", &c->artefact.along_m);
    put_distance(a, "across", &c->artefact.across_m);
    put_distance(a, "dephasing", &c->artefact.dephasing_m);
}

static void put_rf(json_put o, const mrse_object_study *s)
{
    json_put f = mrse_json_object(o, "rf");
    mrse_json_text(f, "grade", grades[s->rf.grade]);
    mrse_json_num(f, "frequency_Hz", s->rf_frequency_Hz);
    mrse_json_num(f, "length_m", s->rf_length_m);
    mrse_json_num(f, "wavelength_m", s->rf.wavelength_m);
    mrse_json_num(f, "critical_from_m", s->rf.critical_from_m);
    mrse_json_num(f, "critical_to_m",
                  isfinite(s->rf.critical_to_m) ? s->rf.critical_to_m : (double)NAN);
    mrse_json_text(f, "reason", s->rf.reason);
    mrse_json_text(f, "medium",
                   s->rf_gel ? "phantom gel, permittivity 80, conductivity 0.47 S/m [untraced]"
                             : "of the object file");
    mrse_json_text(f, "method", MRSE_METHOD_RF_LENGTH);
    json_put list = mrse_json_array(f, "statements");
    for (size_t i = 0; i < s->rf.n_statements; i++) {
        json_put one = mrse_json_item(list);
        mrse_json_text(one, "id", s->rf.statement[i]);
        mrse_json_text(one, "text", mrse_rf_statement_text(s->rf.statement[i]));
        mrse_json_text(one, "source", mrse_rf_statement_source(s->rf.statement[i]));
    }
}

static void put_facts(json_put o, const mrse_object_file *f)
{
    mrse_json_text(o, "id", f->id);
    mrse_json_text(o, "device", f->name);
    mrse_json_text(o, "stamp", f->stamp);
    mrse_json_text(o, "shape", mrse_object_form_text(f->form));
    mrse_json_text(o, "location", f->location);
    mrse_json_text(o, "tissue", f->tissue);
    mrse_json_text(o, "fixation", f->fixation);
    mrse_json_text(o, "conductor_path", f->conductor.path);
    mrse_json_text(o, "orientation", f->orientation.because);
    json_put list = mrse_json_array(o, "evidence");
    for (size_t i = 0; i < f->n_evidence; i++)
        mrse_json_item_text(list, f->evidence[i]);
    json_put sizes = mrse_json_object(o, "sizes");
    const struct {
        const char *key;
        const mrse_value *value;
    } size[] = {{"diameter", &f->diameter},  {"length", &f->length}, {"width", &f->width},
                {"depth", &f->depth},        {"wire", &f->wire},     {"mass", &f->mass},
                {"remanence", &f->remanence}};
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++)
        if (isfinite(size[i].value->v))
            mrse_json_value(sizes, size[i].key, size[i].value);
}

static void put_tests(json_put o, const mrse_object_study *s)
{
    json_put list = mrse_json_array(o, "tests");
    for (size_t i = 0; i < s->object->n_tests; i++) {
        const mrse_object_test *test = &s->object->test[i];
        double saturated, linear;
        json_put one = mrse_json_item(list);
        mrse_object_test_ratio(s, test, &saturated, &linear);
        mrse_json_text(one, "what", test->what);
        mrse_json_value(one, "angle", &test->angle);
        mrse_json_value(one, "field", &test->field);
        mrse_json_value(one, "gradient", &test->gradient);
        mrse_json_num(one, "ratio_saturated", saturated);
        mrse_json_num(one, "ratio_linear", linear);
    }
}

static void put_ride(json_put o, const mrse_object_study *s)
{
    const mrse_exposure *at = &s->ride.at;
    json_put ride = mrse_json_object(o, "ride");
    mrse_json_num(ride, "r_m", s->place.r_m);
    mrse_json_num(ride, "u_r_m", s->place.u_r_m);
    mrse_json_num(ride, "z_end_m", s->place.z_end_m);
    mrse_json_num(ride, "u_z_end_m", s->place.u_z_end_m);
    mrse_json_value(ride, "gradient", &at->grad);
    mrse_json_num(ride, "gradient_z_m", at->at.grad.z_m);
    mrse_json_value(ride, "product", &at->product);
    mrse_json_num(ride, "product_z_m", at->at.product.z_m);
    json_put setting = mrse_json_object(o, "setting");
    mrse_json_num(setting, "couch_m_s", s->setting.couch_m_s);
    mrse_json_num(setting, "walking_m_s", s->setting.walking_m_s);
    mrse_json_num(setting, "turning_rad_s", MRSE_TURN_RATE_RAD_S);
    mrse_json_num(setting, "dbdt_rms_T_s", s->setting.dbdt_rms_T_s);
    mrse_json_num(setting, "dbdt_frequency_Hz", s->setting.dbdt_frequency_Hz);
    mrse_json_num(setting, "duration_s", s->setting.duration_s);
    mrse_json_num(setting, "bandwidth_Hz", s->setting.bandwidth_Hz);
    mrse_json_num(setting, "echo_time_s", s->setting.echo_time_s);
    mrse_json_num(setting, "voxel_m", s->setting.voxel_m);
}

/* Sequences as they act on it. */
static void put_played(json_put o, const mrse_object_study *s)
{
    json_put list = mrse_json_array(o, "sequences");
    for (size_t i = 0; i < s->n_played; i++) {
        const mrse_object_played *p = &s->played[i];
        json_put one = mrse_json_item(list);
        mrse_json_text(one, "name", p->name);
        mrse_json_value(one, "dbdt", p->at_peak ? &p->dbdt.peak : &p->dbdt.rms);
        mrse_json_bool(one, "at_peak", p->at_peak);
        mrse_json_text(one, "dbdt_how", p->dbdt.reason);
        mrse_json_num(one, "frequency_Hz", p->frequency_Hz);
        mrse_json_num(one, "duration_s", p->duration_s);
        mrse_json_num(one, "bandwidth_Hz", p->bandwidth_Hz);
        mrse_json_num(one, "echo_time_s", p->echo_time_s);
        mrse_json_num(one, "voxel_m", p->voxel_m);
        mrse_json_value(one, "b1_rms", &p->b1_rms);
        mrse_json_text(one, "b1_name", p->b1_name);
    }
}

void mrse_record_put_object(json_put o, const char *name, const mrse_object_study *s,
                            const mrse_object_lever *lever, size_t n_levers)
{
    mrse_json_text(o, "name", name != NULL ? name : s->object->name);
    put_facts(o, s->object);
    put_ride(o, s);
    json_put sampling = mrse_json_object(o, "sampling");
    mrse_json_text(sampling, "method", MRSE_METHOD_HAZARD_MC);
    mrse_json_int(sampling, "samples", (long long)s->sampled.n);
    mrse_json_int(sampling, "seed", (long long)s->sampled.seed);
    mrse_json_num(sampling, "table_error_field", s->table_error[0]);
    mrse_json_num(sampling, "table_error_gradient", s->table_error[1]);
    mrse_json_text(sampling, "origin", mrse_origin_text(s->sampled.origin));
    json_put hazards = mrse_json_array(o, "hazards");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        put_hazard(hazards, s, i);
    put_rise(hazards, &s->rise);
    json_put candidates = mrse_json_array(o, "candidates");
    for (size_t i = 0; i < s->n_candidates; i++)
        put_candidate(candidates, s, &s->candidate[i]);
    put_rf(o, s);
    if (s->object->form == MRSE_FORM_MAGNET) {
        json_put magnet = mrse_json_object(o, "magnet");
        mrse_json_text(magnet, "grade", lost[s->state.grade]);
        mrse_json_text(magnet, "reason", s->state.reason);
        mrse_json_text(magnet, "method", MRSE_METHOD_DEMAGNETISED);
    }
    put_tests(o, s);
    put_played(o, s);
    if (n_levers > 0)
        mrse_record_put_levers(o, lever, n_levers);
}
