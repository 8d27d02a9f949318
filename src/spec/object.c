/* Object files: the table of keys. The checks between them are in object_check.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/object_file.h"

#include "object_internal.h"

const char *const mrse_object_forms[] = {"sphere",      "ellipsoid", "cylinder", "disc",
                                         "plate",       "ring",      "loop",     "wire",
                                         "coil spring", "magnet",    NULL};
static const char *const magnetic[] = {"linear", "soft", "hard", NULL};
static const char *const insulated[] = {"not known", "no", "yes", NULL};

#define AT(member)        offsetof(mrse_object_file, member)
#define MATERIAL(member)  offsetof(mrse_object_material, member)
#define TEST(member)      offsetof(mrse_object_test, member)
#define CANDIDATE(member) offsetof(mrse_object_candidate, member)

#define SOURCE_OF(text)                                                                            \
    {                                                                                              \
        .key = "source", .type = MRSE_FIELD_SOURCE, .at = MRSE_NOWHERE, .doc = (text)              \
    }
#define WORDS(name, offset, text)                                                                  \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_TEXT, .at = (offset), .doc = (text)                      \
    }
#define LENGTH(name, offset, most, text)                                                           \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = (offset), .kind = MRSE_KIND_LENGTH,         \
        .min = 1e-6, .max = (most), .doc = (text)                                                  \
    }
#define PROPERTY(name, offset, of, low, high, text)                                                \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = (offset), .kind = (of), .min = (low),       \
        .max = (high), .doc = (text)                                                               \
    }

static const mrse_field_spec material_fields[] = {
    {.key = "id",
     .type = MRSE_FIELD_NAME,
     .required = true,
     .at = MATERIAL(id),
     .longest = MRSE_SPEC_NAME,
     .doc = "its name in candidates; that of a row of the table puts this row right"},
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .at = MATERIAL(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what people call it"},
    SOURCE_OF("id of the source of these ranges"),
    {.key = "magnetic",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = MATERIAL(magnetic),
     .choice = magnetic,
     .doc = "linear: M = chi H; soft: ferromagnetic, without remanence; hard: a permanent magnet"},
    PROPERTY("chi_from", MATERIAL(chi[0]), MRSE_KIND_SUSCEPTIBILITY, -1, 1e7,
             "least volume susceptibility, SI; of soft materials the initial one"),
    PROPERTY("chi_to", MATERIAL(chi[1]), MRSE_KIND_SUSCEPTIBILITY, -1, 1e7, "largest"),
    PROPERTY("saturation_from", MATERIAL(polarisation[0]), MRSE_KIND_POLARISATION, 0, 3,
             "least saturation polarisation of soft, remanence of hard materials"),
    PROPERTY("saturation_to", MATERIAL(polarisation[1]), MRSE_KIND_POLARISATION, 0, 3, "largest"),
    PROPERTY("density_from", MATERIAL(density[0]), MRSE_KIND_DENSITY, 10, 3e4, "least density"),
    PROPERTY("density_to", MATERIAL(density[1]), MRSE_KIND_DENSITY, 10, 3e4, "largest"),
    PROPERTY("conductivity_from", MATERIAL(conductivity[0]), MRSE_KIND_CONDUCTIVITY, 0, 1e8,
             "least electrical conductivity"),
    PROPERTY("conductivity_to", MATERIAL(conductivity[1]), MRSE_KIND_CONDUCTIVITY, 0, 1e8,
             "largest"),
};

static const mrse_schema material_schema = {
    .name = "a material",
    .field = material_fields,
    .n = MRSE_COUNT(material_fields),
    .size = sizeof(mrse_object_material),
    .line = MATERIAL(line),
    .finish = mrse_object_finish_material,
};

static const mrse_field_spec candidate_fields[] = {
    {.key = "material",
     .type = MRSE_FIELD_NAME,
     .required = true,
     .at = CANDIDATE(material),
     .longest = MRSE_SPEC_NAME,
     .doc = "id of a material of this file, or of the built-in table"},
    {.key = "because",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CANDIDATE(because),
     .doc = "why it may be this one"},
};

static const mrse_schema candidate_schema = {
    .name = "a candidate",
    .field = candidate_fields,
    .n = MRSE_COUNT(candidate_fields),
    .size = sizeof(mrse_object_candidate),
    .line = CANDIDATE(line),
};

static const mrse_field_spec orientation_fields[] = {
    {.key = "axis",
     .type = MRSE_FIELD_THREE,
     .required = true,
     .at = AT(orientation.axis),
     .min = -1e3,
     .max = 1e3,
     .doc = "direction of its axis (rotation, thickness, length) in the magnet: across, up, along "
            "the bore; of any length"},
    {.key = "across",
     .type = MRSE_FIELD_THREE,
     .at = AT(orientation.across),
     .min = -1e3,
     .max = 1e3,
     .doc = "direction of its width, of ellipsoids and plates"},
    {.key = "because",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(orientation.because),
     .doc = "how it is known, and that it stays so on the ride"},
};

static const mrse_field_spec conductor_fields[] = {
    SOURCE_OF("id of the source of this block"),
    LENGTH("length", AT(conductor.length), 5, "longest continuous path of metal, along its bends"),
    {.key = "insulated",
     .type = MRSE_FIELD_CHOICE,
     .at = AT(conductor.insulated),
     .choice = insulated,
     .doc = "whether it is insulated, at least in part"},
    LENGTH("outer", AT(conductor.outer), 0.1, "diameter of the insulation"),
    {.key = "permittivity",
     .type = MRSE_FIELD_FACTOR,
     .at = AT(conductor.permittivity),
     .min = 1,
     .max = 100,
     .doc = "relative permittivity of the insulation"},
    LENGTH("loop", AT(conductor.loop), 5, "largest diameter of a closed loop that it forms"),
    LENGTH("gap", AT(conductor.gap), 5, "to the nearest other conductor"),
    WORDS("path", AT(conductor.path), "where it runs and where its ends are"),
};

static const mrse_field_spec medium_fields[] = {
    SOURCE_OF("id of the source of this block"),
    {.key = "permittivity",
     .type = MRSE_FIELD_FACTOR,
     .required = true,
     .at = AT(medium.permittivity),
     .min = 1,
     .max = 200,
     .doc = "relative permittivity of the tissue at the RF frequency"},
    {.key = "conductivity",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = AT(medium.conductivity),
     .kind = MRSE_KIND_CONDUCTIVITY,
     .min = 1e-3,
     .max = 10,
     .doc = "its conductivity there"},
};

static const mrse_field_spec test_fields[] = {
    {.key = "what",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = TEST(what),
     .doc = "what was tested, by whom and how"},
    SOURCE_OF("id of the source of the result"),
    PROPERTY("angle", TEST(angle), MRSE_KIND_ANGLE, 0, 1.5707963267948966,
             "deflection from the vertical"),
    PROPERTY("field", TEST(field), MRSE_KIND_FIELD, 1e-3, 20, "|B| where it hung"),
    PROPERTY("gradient", TEST(gradient), MRSE_KIND_SFG, 1e-3, 100, "spatial gradient there"),
};

static const mrse_schema orientation_schema = {
    .field = orientation_fields, .n = MRSE_COUNT(orientation_fields), .line = MRSE_NOWHERE};
static const mrse_schema conductor_schema = {
    .field = conductor_fields, .n = MRSE_COUNT(conductor_fields), .line = MRSE_NOWHERE};
static const mrse_schema medium_schema = {
    .field = medium_fields, .n = MRSE_COUNT(medium_fields), .line = MRSE_NOWHERE};
static const mrse_schema test_schema = {.name = "a test",
                                        .field = test_fields,
                                        .n = MRSE_COUNT(test_fields),
                                        .size = sizeof(mrse_object_test),
                                        .line = TEST(line)};

static const mrse_field_spec object_fields[] = {
    {.key = "mrse",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`object/1`",
     .doc = "the format; the first key of the file"},
    {.key = "id",
     .type = MRSE_FIELD_NAME,
     .required = true,
     .at = AT(id),
     .longest = MRSE_SPEC_NAME,
     .doc = "short name for file names and records"},
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "name for people, as it stands on worksheets"},
    WORDS("stamp", AT(stamp), "a warning that every document repeats, such as 'teaching example'"),
    {.key = "checked",
     .type = MRSE_FIELD_DATE,
     .required = true,
     .at = AT(checked),
     .doc = "when this file was last compared with its sources"},
    {.key = "sources",
     .type = MRSE_FIELD_SOURCES,
     .at = AT(sources),
     .doc = "map from an id to the X-ray, note or document that numbers come from"},
    SOURCE_OF("id of the source of every number that names none itself"),
    {.key = "shape",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = AT(form),
     .choice = mrse_object_forms,
     .doc = "the body that comes nearest; a disc is a short cylinder, a magnet one with remanence"},
    LENGTH("diameter", AT(diameter), 2,
           "of spheres, cylinders, discs, magnets; mean one of rings, "
           "loops, coil springs"),
    LENGTH("length", AT(length), 5,
           "of ellipsoids, cylinders, plates, wires, coil springs, magnets; thickness of discs"),
    LENGTH("width", AT(width), 2, "of ellipsoids and plates"),
    LENGTH("depth", AT(depth), 2, "of ellipsoids and plates"),
    LENGTH("wire", AT(wire), 0.1, "diameter of the wire of rings, loops, wires, coil springs"),
    {.key = "turns",
     .type = MRSE_FIELD_FACTOR,
     .at = AT(turns),
     .min = 0.5,
     .max = 1e4,
     .doc = "of coil springs"},
    PROPERTY("mass", AT(mass), MRSE_KIND_MASS, 1e-9, 100,
             "weighed; left out: density times volume"),
    PROPERTY("remanence", AT(remanence), MRSE_KIND_POLARISATION, 0.01, 2, "of magnets"),
    {.key = "candidates",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = AT(candidate),
     .count = AT(n_candidates),
     .child = &candidate_schema,
     .doc = "what it may be made of, each with its reason; one when that is known. They are taken "
            "as equally likely, which is a convention and no finding"},
    {.key = "materials",
     .type = MRSE_FIELD_LIST,
     .at = AT(material),
     .count = AT(n_materials),
     .child = &material_schema,
     .doc = "materials that the table lacks, or has wrong for this object"},
    {.key = "orientation",
     .type = MRSE_FIELD_MAP,
     .child = &orientation_schema,
     .doc = "how it lies; left out when not known: then every direction counts"},
    {.key = "conductor",
     .type = MRSE_FIELD_MAP,
     .child = &conductor_schema,
     .doc = "what matters to RF"},
    {.key = "medium",
     .type = MRSE_FIELD_MAP,
     .child = &medium_schema,
     .doc = "the tissue around it, for RF; left out: the values usually used for phantom gel"},
    {.key = "specific_heat",
     .type = MRSE_FIELD_FACTOR,
     .at = AT(specific_heat_J_kg_K),
     .min = 50,
     .max = 5000,
     .doc = "J/(kg K), a plain number; for the bound on heating by gradients"},
    WORDS("location", AT(location), "where it is in the body, in words"),
    WORDS("tissue", AT(tissue), "what is next to it: for the clinician"),
    WORDS("fixation", AT(fixation), "what holds it, and since when: for the clinician"),
    {.key = "evidence",
     .type = MRSE_FIELD_TEXTS,
     .at = AT(evidence),
     .count = AT(n_evidence),
     .doc = "what its identity rests on: X-ray, operation note, tests; and what is missing"},
    {.key = "tests",
     .type = MRSE_FIELD_LIST,
     .at = AT(test),
     .count = AT(n_tests),
     .child = &test_schema,
     .doc = "deflections that were measured"},
};

static const mrse_schema object_schema = {
    .name = "an object",
    .field = object_fields,
    .n = MRSE_COUNT(object_fields),
    .size = sizeof(mrse_object_file),
    .line = MRSE_NOWHERE,
    .finish = mrse_object_finish,
};

const mrse_format mrse_spec_object = {
    .kind = "object",
    .doc = "A thing without a label: its shape, what it may be made of, how that is known, and how "
           "it lies.",
    .schema = &object_schema,
    .path = AT(path),
};

mrse_status mrse_object_load(const char *path, mrse_object_file **out, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_file(&mrse_spec_object, path, &object, NULL, diags);
    *out = object;
    return status;
}

void mrse_object_file_free(mrse_object_file *object)
{
    mrse_spec_object_free(&mrse_spec_object, object);
}
