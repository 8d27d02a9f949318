/* Names of what labels demand, as documents print them. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/label_rules.h"

/* The name at place `i`; that of the unknown, at 0, for anything else. */
#define NAME_OF(names, i) (names)[(size_t)(i) < sizeof(names) / sizeof *(names) ? (size_t)(i) : 0]

bool mrse_set_has(mrse_set set, unsigned member)
{
    return member < 64 && (set >> member & 1) != 0;
}

const char *mrse_label_scope_text(mrse_label_scope scope)
{
    static const char *const name[] = {"system", "per axis", "sequence", "exam", "prescan"};

    return NAME_OF(name, scope);
}

const char *mrse_label_subject_text(mrse_label_subject subject)
{
    static const char *const name[] = {
        "exposure", "since implantation", "height of the patient", "length of what is implanted",
        "spacing",  "lead impedance",     "capture threshold",     "battery"};

    return NAME_OF(name, subject);
}

const char *mrse_label_ruling_text(mrse_label_ruling ruling)
{
    static const char *const name[] = {"not known", "allowed", "required", "forbidden"};

    return NAME_OF(name, ruling);
}

const char *mrse_label_mode_text(mrse_label_mode_name mode)
{
    static const char *const name[] = {"normal", "first level", "second level", "FPO:B"};

    return NAME_OF(name, mode);
}

const char *mrse_label_state_text(mrse_label_state_kind kind)
{
    static const char *const name[] = {"not known", "device mode",    "therapy",  "sensing",
                                       "magnet",    "external parts", "battery",  "reservoir",
                                       "bandage",   "port",           "location", "orientation"};

    return NAME_OF(name, kind);
}

const char *mrse_label_moment_text(mrse_label_moment moment)
{
    static const char *const name[] = {"before", "during", "after"};

    return NAME_OF(name, moment);
}

const char *mrse_label_patient_text(mrse_label_patient_kind kind)
{
    static const char *const name[] = {"not known",  "fever", "posture",  "entry",
                                       "both sides", "awake", "informed", "other"};

    return NAME_OF(name, kind);
}

const char *mrse_label_exclusion_text(mrse_label_exclusion_kind kind)
{
    static const char *const name[] = {
        "not known",  "abandoned leads", "damaged", "listed components",
        "other make", "region",          "other"};

    return NAME_OF(name, kind);
}

const char *mrse_label_test_text(mrse_label_test test)
{
    static const char *const name[] = {"not known", "temperature rise",      "deflection",
                                       "force",     "force to weight",       "torque",
                                       "artefact",  "torque, scale 0 to +4", "counterweight",
                                       "other test"};

    return NAME_OF(name, test);
}
