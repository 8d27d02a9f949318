/* Scanner files: the RF system, and the site's pairs of B1+rms and SAR read off the console.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/protocol.h"
#include "scanner_internal.h"
#include "sequence_internal.h"

#define AT(member)   offsetof(mrse_scanner, rf.member)
#define COIL(member) offsetof(mrse_rf_coil, member)
#define PAIR(member) offsetof(mrse_sar_pair, member)

#define SOURCE_OF(text)                                                                            \
    {                                                                                              \
        .key = "source", .type = MRSE_FIELD_SOURCE, .at = MRSE_NOWHERE, .doc = (text)              \
    }
#define VALUE(name, place, its_kind, least, most, text)                                            \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = (place), .kind = (its_kind),                \
        .min = (least), .max = (most), .doc = (text)                                               \
    }
#define KNOWN(name, place, text)                                                                   \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_CHOICE, .at = (place), .choice = no_yes,                 \
        .first = MRSE_KNOWN_NO, .doc = (text)                                                      \
    }

static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const transmits[] = {"body", "head", "extremity", "local", NULL};
static const char *const drives[] = {"CP", "elliptical", "multichannel", "linear", NULL};

static const mrse_field_spec coil_fields[] = {
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = COIL(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "as the console calls it"},
    {.key = "transmit",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = COIL(transmit),
     .choice = transmits,
     .first = MRSE_TRANSMIT_BODY,
     .doc = "which kind of transmit coil it is: body is the one in the bore"},
    {.key = "drive",
     .type = MRSE_FIELD_CHOICE,
     .at = COIL(drive),
     .choice = drives,
     .first = MRSE_DRIVE_CP,
     .doc = "how it is driven: CP (quadrature), elliptical, multichannel (parallel transmit), "
            "linear"},
    {.key = "channels",
     .type = MRSE_FIELD_COUNT,
     .at = COIL(channels),
     .min = 1,
     .max = 128,
     .doc = "transmit channels"},
    KNOWN("fpo_b", COIL(fpo_b), "whether FPO:B can be set with this coil"),
};

static void check_coil(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_rf_coil *coil = base;

    if (coil->drive == MRSE_DRIVE_MULTICHANNEL && coil->channels < 2)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "channels")->at,
                        "a quadrature coil is 'drive: CP'", "a multichannel drive of one channel");
}

static const mrse_schema coil_schema = {
    .name = "a transmit coil",
    .field = coil_fields,
    .n = MRSE_COUNT(coil_fields),
    .size = sizeof(mrse_rf_coil),
    .line = COIL(line),
    .finish = check_coil,
};

static const mrse_field_spec fpo_fields[] = {
    SOURCE_OF("id of the source of this block"),
    KNOWN("offered", AT(fpo_b), "whether the system offers it"),
    VALUE("b1_peak", AT(fpo_b1_peak), MRSE_KIND_B1_PEAK, 1e-7, 2e-4, "peak B1+ it keeps within"),
    VALUE("b1_rms", AT(fpo_b1_rms), MRSE_KIND_B1_RMS, 1e-8, 3e-5, "B1+rms it keeps within"),
    VALUE("slew", AT(fpo_slew), MRSE_KIND_SLEW_SYSTEM, 1, 2000, "slew rate it keeps within"),
    VALUE("dbdt_peak", AT(fpo_dbdt_peak), MRSE_KIND_DBDT_PEAK, 0.1, 2000,
          "peak dB/dt it keeps within"),
    VALUE("dbdt_rms", AT(fpo_dbdt_rms), MRSE_KIND_DBDT_RMS, 0.1, 2000, "rms dB/dt it keeps within"),
};

static const mrse_schema fpo_schema = {
    .field = fpo_fields, .n = MRSE_COUNT(fpo_fields), .line = MRSE_NOWHERE};

/* One number of four kinds: which key is written says which SAR it is. */
#define SAR(name, its_kind, text) VALUE(name, PAIR(sar), its_kind, 1e-6, 1000, text)

static const mrse_field_spec pair_fields[] = {
    SOURCE_OF("id of the source of this pair: the console"),
    {.key = "coil",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = PAIR(coil),
     .longest = MRSE_SPEC_NAME,
     .doc = "transmit coil that was used"},
    {.key = "region",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = PAIR(region),
     .choice = mrse_sequence_regions,
     .first = MRSE_REGION_HEAD,
     .doc = "what was at the isocentre"},
    VALUE("mass", PAIR(mass), MRSE_KIND_MASS, 0.2, 500, "as registered; left out: any"),
    {.key = "b1_rms",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = PAIR(b1_rms),
     .kind = MRSE_KIND_B1_RMS,
     .min = 1e-9,
     .max = 3e-5,
     .doc = "B1+rms as displayed, in uT"},
    SAR("sar_whole_body", MRSE_KIND_SAR_WHOLE_BODY, "SAR as displayed; one of the four"),
    SAR("sar_partial_body", MRSE_KIND_SAR_PARTIAL_BODY, "partial-body SAR, instead"),
    SAR("sar_head", MRSE_KIND_SAR_HEAD, "head SAR, instead"),
    SAR("sar_local", MRSE_KIND_SAR_LOCAL, "local SAR, instead"),
};

static void check_pair(mrse_reader *r, const mrse_node *node, void *base)
{
    static const char *const key[] = {"sar_whole_body", "sar_partial_body", "sar_head",
                                      "sar_local"};
    size_t n = 0;

    (void)base;
    for (size_t i = 0; i < MRSE_COUNT(key); i++)
        n += mrse_spec_child(r, node, key[i]) != NULL;
    if (n != 1)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at,
                        "write one of sar_whole_body, sar_partial_body, sar_head, sar_local; a "
                        "second SAR is a second pair",
                        n == 0 ? "the pair has no SAR" : "the pair has more than one SAR");
}

static const mrse_schema pair_schema = {
    .name = "a pair of B1+rms and SAR",
    .field = pair_fields,
    .n = MRSE_COUNT(pair_fields),
    .size = sizeof(mrse_sar_pair),
    .line = PAIR(line),
    .finish = check_pair,
};

static const mrse_field_spec fields[] = {
    SOURCE_OF("id of the source of this block"),
    {.key = "coils",
     .type = MRSE_FIELD_LIST,
     .at = AT(coil),
     .count = AT(n_coils),
     .child = &coil_schema,
     .doc = "coils that can transmit"},
    VALUE("b1_peak", AT(b1_peak), MRSE_KIND_B1_PEAK, 1e-7, 2e-4,
          "largest peak B1+ that the system gives"),
    VALUE("b1_rms", AT(b1_rms), MRSE_KIND_B1_RMS, 1e-8, 3e-5,
          "largest B1+rms that the system gives"),
    KNOWN("reports_b1_rms", AT(reports_b1_rms),
          "whether the console displays B1+rms before a scan"),
    {.key = "fpo_b",
     .type = MRSE_FIELD_MAP,
     .child = &fpo_schema,
     .doc = "fixed parameter option: basic of IEC 60601-2-33, as the manufacturer states it"},
    {.key = "sar_pairs",
     .type = MRSE_FIELD_LIST,
     .at = offsetof(mrse_scanner, sar_pair),
     .count = offsetof(mrse_scanner, n_sar_pairs),
     .child = &pair_schema,
     .doc = "B1+rms and SAR that the console displayed for the same sequence: the site's "
            "calibration"},
};

/* Cases and sequence files tell coils apart by their names alone. */
static void check_coils(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_rf_system *rf = &((const mrse_scanner *)base)->rf;
    const mrse_node *coils = mrse_spec_child(r, node, "coils");
    const mrse_node *entry = coils ? mrse_spec_first(r, coils) : NULL;

    for (size_t i = 0; entry && i < rf->n_coils; i++, entry = mrse_spec_next(r, entry))
        for (size_t k = 0; k < i && rf->coil[i].name; k++)
            if (mrse_text_equal(rf->coil[k].name, rf->coil[i].name)) {
                mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, entry, "name")->at,
                                "give each a name of its own",
                                "coils[%zu] and coils[%zu] have the same name", k, i);
                break;
            }
}

const mrse_schema mrse_scanner_rf = {
    .field = fields, .n = MRSE_COUNT(fields), .line = MRSE_NOWHERE, .finish = check_coils};
