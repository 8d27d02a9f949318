/* Case files: the table of keys. The checks between them are in case_check.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/case.h"

#include <math.h>

#include "case_internal.h"

static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const entries[] = {"head first", "feet first", NULL};
static const char *const postures[] = {"supine", "prone", "left lateral", "right lateral", NULL};
static const char *const sequence_roles[] = {"planned", "before", "after", NULL};
static const char *const decisive[] = {"scanner maximum", "path", NULL};
static const char *const categories[] = {"1.1", "1.2", "2.1", "2.2", "3",   "4.1",
                                         "4.2", "4.3", "5.1", "5.2", "6.1", "6.2",
                                         "7.1", "7.2", "8.1", "8.2", NULL};

#define AT(member)       offsetof(mrse_case, member)
#define IMPLANT(member)  offsetof(mrse_case_implant, member)
#define MHRA(member)     offsetof(mrse_case_mhra, member)
#define SEQUENCE(member) offsetof(mrse_case_sequence, member)

#define COORDINATE(name, text)                                                                     \
    {                                                                                              \
        .key = #name, .type = MRSE_FIELD_VALUE, .required = true, .at = IMPLANT(name),             \
        .kind = MRSE_KIND_LENGTH, .min = -MRSE_CASE_REACH, .max = MRSE_CASE_REACH, .doc = (text)   \
    }
#define SPREAD(name, text)                                                                         \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_RAW, .at = MRSE_NOWHERE, .form = "length or %",          \
        .doc = (text)                                                                              \
    }

static const mrse_field_spec position_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of the coordinates"},
    COORDINATE(x, "from the landmark towards the patient's left (negative: right)"),
    COORDINATE(y, "from the landmark towards the front (negative: back)"),
    COORDINATE(z, "from the landmark towards the head (negative: feet)"),
    SPREAD("u", "standard uncertainty of each coordinate that states none itself; required"),
    SPREAD("u_x", "standard uncertainty of x, where it differs"),
    SPREAD("u_y", "standard uncertainty of y, where it differs"),
    SPREAD("u_z", "standard uncertainty of z, where it differs"),
    {.key = "evidence",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = IMPLANT(position_evidence),
     .doc = "how the position and its uncertainty are known"},
};

const mrse_schema mrse_case_position_schema = {
    .name = "a position",
    .field = position_fields,
    .n = MRSE_COUNT(position_fields),
    .line = MRSE_NOWHERE,
    .finish = mrse_case_finish_position,
};

static const mrse_field_spec implant_fields[] = {
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = IMPLANT(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what to call it; nothing that identifies a patient"},
    {.key = "label",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = IMPLANT(label),
     .doc = "its label file, relative to this file"},
    {.key = "branch",
     .type = MRSE_FIELD_TEXT,
     .at = IMPLANT(branch),
     .doc = "name of the label's branch that applies; left out, the field strength chooses"},
    {.key = "position",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_case_position_schema,
     .doc = "where it is in the patient, from the landmark"},
    {.key = "decisive",
     .type = MRSE_FIELD_CHOICE,
     .at = IMPLANT(decisive),
     .choice = decisive,
     .doc = "which gradient the limit is compared with: the largest that anybody can reach (the "
            "default), or the largest on the implant's own path"},
    {.key = "because",
     .type = MRSE_FIELD_TEXT,
     .at = IMPLANT(because),
     .doc = "why the path may decide; required when it does"},
    {.key = "components",
     .type = MRSE_FIELD_TEXTS,
     .at = IMPLANT(component),
     .count = IMPLANT(n_components),
     .longest = MRSE_SPEC_NAME,
     .doc = "ids of the label's components that are implanted"},
    {.key = "implanted",
     .type = MRSE_FIELD_DATE,
     .at = IMPLANT(implanted),
     .doc = "day of implantation, for labels that ask for weeks since then"},
    {.key = "lifetime_used",
     .type = MRSE_FIELD_VALUE,
     .at = IMPLANT(lifetime_used),
     .kind = MRSE_KIND_TIME,
     .min = 0,
     .max = 3.6e7,
     .doc =
         "scanning time of all examinations since implantation, for labels that limit their sum"},
    {.key = "confirmed",
     .type = MRSE_FIELD_LIST,
     .at = IMPLANT(confirmed),
     .count = IMPLANT(n_confirmed),
     .child = &mrse_spec_confirmed_schema,
     .doc = "what has been confirmed of device, patient and conditions in words, and by whom"},
};

static const mrse_schema implant_schema = {
    .name = "an implant",
    .field = implant_fields,
    .n = MRSE_COUNT(implant_fields),
    .size = sizeof(mrse_case_implant),
    .line = IMPLANT(line),
    .finish = mrse_case_finish_implant,
};

static const mrse_field_spec scan_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of the couch height"},
    {.key = "landmark",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(landmark),
     .doc = "anatomical point that is put at the isocentre: 'nasion'"},
    {.key = "entry",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = AT(entry),
     .choice = entries,
     .doc = "which end of the patient goes in first"},
    {.key = "posture",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = AT(posture),
     .choice = postures,
     .doc = "how the patient lies; lateral: on that side"},
    {.key = "couch_height",
     .type = MRSE_FIELD_VALUE,
     .at = AT(couch_height),
     .kind = MRSE_KIND_LENGTH,
     .min = -0.6,
     .max = 0.6,
     .doc = "the landmark above (or, negative, below) the magnet's axis; required with a position"},
};

static const mrse_schema scan_schema = {
    .field = scan_fields, .n = MRSE_COUNT(scan_fields), .line = MRSE_NOWHERE};

static const mrse_field_spec requested_fields[] = {
    {.key = "by",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(requester_role),
     .doc = "role of who asks, not the name: 'superintendent radiographer'"},
    {.key = "date",
     .type = MRSE_FIELD_DATE,
     .required = true,
     .at = AT(requested),
     .doc = "when the question came"},
};
static const mrse_field_spec author_fields[] = {
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(author.name),
     .doc = "who answers; without it every page says UNATTRIBUTED"},
    {.key = "role", .type = MRSE_FIELD_TEXT, .at = AT(author.role), .doc = "role or job title"},
    {.key = "registration",
     .type = MRSE_FIELD_TEXT,
     .at = AT(author.registration),
     .doc = "professional registration"},
    {.key = "site", .type = MRSE_FIELD_TEXT, .at = AT(author.site), .doc = "organisation"},
};
static const mrse_field_spec ipem_fields[] = {
    {.key = "category",
     .type = MRSE_FIELD_WORD,
     .required = true,
     .at = AT(ipem_category),
     .choice = categories,
     .doc = "sub-category of the IPEM MRSE experience categories"},
    {.key = "why",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(ipem_why),
     .doc = "what in this case shows that experience"},
};
static const mrse_field_spec mhra_fields[] = {
    {.key = "section",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = MHRA(section),
     .doc = "section number"},
    {.key = "edition",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = MHRA(edition),
     .doc = "edition that was read, such as v4.3 (2021)"},
    {.key = "complied",
     .type = MRSE_FIELD_FLAG,
     .required = true,
     .at = MHRA(complied),
     .choice = no_yes,
     .doc = "whether the advice complies with it"},
    {.key = "how",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = MHRA(how),
     .doc = "how it complies, or why it deviates"},
};
static const mrse_field_spec contribution_fields[] = {
    {.key = "own",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(own_contribution),
     .doc = "what the author did"},
    {.key = "others",
     .type = MRSE_FIELD_TEXT,
     .at = AT(others_contribution),
     .doc = "what others did, by role"},
};

static const mrse_field_spec sequence_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of the planned duration"},
    {.key = "file",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = SEQUENCE(file),
     .doc = "its file, relative to this file: .yaml (sequence/1), .seq (Pulseq), or a DICOM image"},
    {.key = "role",
     .type = MRSE_FIELD_CHOICE,
     .at = SEQUENCE(role),
     .choice = sequence_roles,
     .doc = "before or after the modification; left out: planned, and compared with no other"},
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .at = SEQUENCE(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what to call it; nothing that identifies a patient"},
    {.key = "minutes",
     .type = MRSE_FIELD_VALUE,
     .at = SEQUENCE(duration),
     .kind = MRSE_KIND_TIME,
     .min = 1e-3,
     .max = 86400,
     .doc = "how long it is planned to run, with its unit: 4 min"},
    {.key = "pause",
     .type = MRSE_FIELD_VALUE,
     .at = SEQUENCE(pause),
     .kind = MRSE_KIND_TIME,
     .min = 0,
     .max = 86400,
     .doc = "pause after it, without RF and gradients: 10 min"},
    {.key = "note", .type = MRSE_FIELD_TEXT, .at = SEQUENCE(note), .doc = "anything to know"},
};
static const mrse_field_spec modification_fields[] = {
    {.key = "reason",
     .type = MRSE_FIELD_TEXT,
     .at = AT(modification.reason),
     .doc = "why the sequence is modified"},
    {.key = "constraint",
     .type = MRSE_FIELD_TEXT,
     .at = AT(modification.constraint),
     .doc = "which limit it has to keep: 'B1+rms <= 2.0 uT, label section 3'"},
    {.key = "image_quality",
     .type = MRSE_FIELD_TEXT,
     .at = AT(modification.image_quality),
     .doc = "what the radiologist is asked of the images; room for the answer is left"},
    {.key = "limits",
     .type = MRSE_FIELD_LIST,
     .at = AT(modification.limit),
     .count = AT(modification.n_limits),
     .child = &mrse_spec_limit_schema,
     .doc = "limits that the modification is for, judged before and after; after decides"},
    {.key = "position",
     .type = MRSE_FIELD_MAP,
     .at = AT(modification.place),
     .child = &mrse_case_position_schema,
     .doc = "where dB/dt is wanted, from the landmark; left out: where the only implant is"},
};

static const mrse_schema sequence_schema = {
    .name = "a sequence",
    .field = sequence_fields,
    .n = MRSE_COUNT(sequence_fields),
    .size = sizeof(mrse_case_sequence),
    .line = SEQUENCE(line),
    .finish = mrse_case_finish_sequence,
};
static const mrse_schema modification_schema = {
    .field = modification_fields, .n = MRSE_COUNT(modification_fields), .line = MRSE_NOWHERE};
static const mrse_schema requested_schema = {
    .field = requested_fields, .n = MRSE_COUNT(requested_fields), .line = MRSE_NOWHERE};
static const mrse_schema author_schema = {
    .field = author_fields, .n = MRSE_COUNT(author_fields), .line = MRSE_NOWHERE};
static const mrse_schema ipem_schema = {
    .field = ipem_fields, .n = MRSE_COUNT(ipem_fields), .line = MRSE_NOWHERE};
static const mrse_schema contribution_schema = {
    .field = contribution_fields, .n = MRSE_COUNT(contribution_fields), .line = MRSE_NOWHERE};
const mrse_schema mrse_spec_mhra_schema = {.field = mhra_fields,
                                           .n = MRSE_COUNT(mhra_fields),
                                           .size = sizeof(mrse_case_mhra),
                                           .line = MRSE_NOWHERE};

static const mrse_field_spec case_fields[] = {
    {.key = "mrse",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`case/1`",
     .doc = "the format; the first key of the file"},
    {.key = "title",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(title),
     .longest = 160,
     .doc = "title of the worksheet; nothing that identifies a patient"},
    {.key = "stamp",
     .type = MRSE_FIELD_TEXT,
     .at = AT(stamp),
     .doc = "a warning that every document repeats"},
    {.key = "question",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(question),
     .doc = "what is asked"},
    {.key = "simulated",
     .type = MRSE_FIELD_FLAG,
     .required = true,
     .at = AT(simulated),
     .choice = no_yes,
     .doc = "yes when the case is made up"},
    {.key = "requested", .type = MRSE_FIELD_MAP, .child = &requested_schema, .doc = "the request"},
    {.key = "performed",
     .type = MRSE_FIELD_DATE,
     .at = AT(performed),
     .doc = "when the question was answered"},
    {.key = "author", .type = MRSE_FIELD_MAP, .child = &author_schema, .doc = "who answers"},
    {.key = "sources",
     .type = MRSE_FIELD_SOURCES,
     .at = AT(sources),
     .doc = "map from an id to what the numbers of this file come from"},
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of every number that names none itself"},
    {.key = "scanner",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(scanner),
     .doc = "the scanner file, relative to this file"},
    {.key = "site",
     .type = MRSE_FIELD_TEXT,
     .at = AT(site),
     .doc = "the file of the room that it stands in, relative to this file"},
    {.key = "survey",
     .type = MRSE_FIELD_TEXT,
     .at = AT(survey),
     .doc = "the file of measured points (CSV), relative to this file"},
    {.key = "scan",
     .type = MRSE_FIELD_MAP,
     .child = &scan_schema,
     .doc = "how the patient is scanned; required with implants"},
    {.key = "implants",
     .type = MRSE_FIELD_LIST,
     .at = AT(implant),
     .count = AT(n_implants),
     .child = &implant_schema,
     .doc = "every implant that is known; required without objects, site, survey and sequences"},
    {.key = "objects",
     .type = MRSE_FIELD_LIST,
     .at = AT(object),
     .count = AT(n_objects),
     .child = &mrse_case_object_schema,
     .doc = "things without a label, each with a file of what is known of it"},
    {.key = "hazards",
     .type = MRSE_FIELD_LIST,
     .at = AT(hazard),
     .count = AT(n_hazards),
     .child = &mrse_case_hazard_schema,
     .doc = "what the author judges of each hazard of the objects"},
    {.key = "compare_scanner",
     .type = MRSE_FIELD_TEXT,
     .at = AT(compare_scanner),
     .doc = "file of another scanner that could be used instead, relative to this file"},
    {.key = "examination",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_spec_examination_schema,
     .doc = "how the examination is to be run: coil, mode, isocentre"},
    {.key = "patient",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_case_patient_schema,
     .doc = "what asks for a stricter operating mode than the label's, and the mode chosen"},
    {.key = "sequences",
     .type = MRSE_FIELD_LIST,
     .at = AT(sequence),
     .count = AT(n_sequences),
     .child = &sequence_schema,
     .doc = "sequences that are to be run, or compared before and after a modification"},
    {.key = "modification",
     .type = MRSE_FIELD_MAP,
     .child = &modification_schema,
     .doc = "why a sequence is modified, and what the images have to show"},
    {.key = "ipem",
     .type = MRSE_FIELD_MAP,
     .child = &ipem_schema,
     .doc = "what the case is evidence of"},
    {.key = "mhra",
     .type = MRSE_FIELD_LIST,
     .at = AT(mhra),
     .count = AT(n_mhra),
     .child = &mrse_spec_mhra_schema,
     .doc = "sections of the MHRA guidelines that are complied with or deviated from"},
    {.key = "contribution",
     .type = MRSE_FIELD_MAP,
     .child = &contribution_schema,
     .doc = "who did what"},
    {.key = "alternatives",
     .type = MRSE_FIELD_TEXTS,
     .at = AT(alternative),
     .count = AT(n_alternatives),
     .doc = "other ways that were considered, and why not"},
    {.key = "not_considered",
     .type = MRSE_FIELD_TEXTS,
     .at = AT(not_considered),
     .count = AT(n_not_considered),
     .doc = "what this assessment leaves out"},
    {.key = "justification",
     .type = MRSE_FIELD_TEXT,
     .at = AT(referrer_justification),
     .doc = "the referrer's reason for the examination, without identifying a patient"},
    {.key = "reasoning",
     .type = MRSE_FIELD_TEXT,
     .at = AT(reasoning),
     .doc = "the author's reasoning, apart from the calculation"},
    {.key = "conclusion",
     .type = MRSE_FIELD_TEXT,
     .at = AT(conclusion),
     .doc = "the author's advice, in the author's words"},
    {.key = "residual_risk",
     .type = MRSE_FIELD_TEXT,
     .at = AT(residual_risk),
     .doc = "what risk remains when the advice is followed"},
    {.key = "decides", .type = MRSE_FIELD_TEXT, .at = AT(decides), .doc = "who decides, by role"},
};

static const mrse_schema case_schema = {
    .name = "a case",
    .field = case_fields,
    .n = MRSE_COUNT(case_fields),
    .size = sizeof(mrse_case),
    .line = MRSE_NOWHERE,
    .finish = mrse_case_finish,
};

const mrse_format mrse_spec_case = {
    .kind = "case",
    .doc = "The question, who asks, which scanner, which implants where, and the author's words.",
    .schema = &case_schema,
    .path = AT(path),
};

mrse_status mrse_case_load(const char *path, mrse_case **out, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_file(&mrse_spec_case, path, &object, NULL, diags);
    *out = object;
    return status;
}

void mrse_case_free(mrse_case *c)
{
    mrse_spec_object_free(&mrse_spec_case, c);
}
