/* What a case says of the patient: the table of keys. Nothing of it identifies anybody.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "case_internal.h"
#include "label_internal.h"

#define AT(member) offsetof(mrse_case, patient.member)

#define YES_OR_NO(name, text)                                                                      \
    {                                                                                              \
        .key = #name, .type = MRSE_FIELD_CHOICE, .at = AT(name), .choice = mrse_spec_no_yes,       \
        .first = MRSE_KNOWN_NO, .doc = (text)                                                      \
    }

static const mrse_field_spec patient_fields[] = {
    YES_OR_NO(can_report, "whether the patient can report pain or heat while being scanned"),
    YES_OR_NO(pregnant, "whether the patient is pregnant"),
    YES_OR_NO(regulates_heat,
              "whether the body can regulate its heat: not with fever, some drugs, large burns"),
    YES_OR_NO(child, "whether the patient is a child"),
    {.key = "mode_chosen",
     .type = MRSE_FIELD_CHOICE,
     .at = AT(mode),
     .choice = mrse_spec_modes,
     .first = 1,
     .doc = "operating mode that the expert chose for this patient, beside the label's"},
    {.key = "because",
     .type = MRSE_FIELD_TEXT,
     .at = AT(because),
     .doc = "why this mode; required with mode_chosen"},
};

/* A choice without its reason is no judgement. */
static void finish_patient(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_node *mode = mrse_spec_child(r, node, "mode_chosen");

    (void)base;
    if (mode && !mrse_spec_child(r, node, "because"))
        mrse_spec_error(r, MRSE_ERR_INPUT, mode->at, "add 'because:' with the reason",
                        "the reason for the mode that is chosen is missing");
}

const mrse_schema mrse_case_patient_schema = {
    .name = "the patient",
    .doc = "What is left out is not known. Where one of these holds and no mode is chosen, the "
           "worksheet asks for it and the operating mode stays UNDETERMINED.",
    .field = patient_fields,
    .n = MRSE_COUNT(patient_fields),
    .line = AT(line),
    .finish = finish_patient,
};
