/* A label that uses every construct of its format, for tests that read it and tests that spoil it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_LABEL_SUPPORT_H
#define MRSE_TEST_LABEL_SUPPORT_H

static const char label_base[] =
    "mrse: label/1\n"
    "id: demo\n"
    "device: Demo 1\n"
    "manufacturer: Maker\n"
    "status: MR Conditional\n"
    "region: US\n"
    "evidence: ifu_pdf\n"
    "checked: 2026-11-22\n"
    "recheck: 2027-11-22\n"
    "sources: {ifu: {origin: manufacturer, title: IFU}, mail: {origin: manufacturer, title: M}}\n"
    "document: ifu\n"
    "complete: yes\n"
    "components:\n" /* 13 */
    "  - {id: gen, role: device, name: G, parts: ['1', '2'], plug_unused: yes, plug: cap, "
    "printed: p}\n"
    "  - {id: lead, role: lead, name: L, printed: p}\n"
    "  - {id: cap, role: plug, name: C, printed: p}\n"
    "  - {id: bad, role: adaptor, name: B, mr_unsafe: yes, printed: p}\n"
    "combinations:\n" /* 18 */
    "  - {name: all, groups: [{any_of: [gen]}, {any_of: [lead, cap]}], ruling: allowed, printed: "
    "p}\n"
    "when: {bore: cylinder, field: horizontal, nucleus: 1H, printed: closed bore}\n" /* 20 */
    "branches:\n"
    "  - name: a\n" /* 22 */
    "    b0: [1.5 T]\n"
    "    when:\n"
    "      transmit: [body, head]\n" /* 25 */
    "      drive: CP\n"
    "      regions: [head, leg]\n"
    "      modes: normal\n"
    "      reports_b1_rms: yes\n"
    "      magnet: out\n" /* 30 */
    "      zones: [{kind: coil-radius, printed: far from the coil}]\n"
    "      combinations: [all]\n"
    "      printed: with all\n"
    "    first_available:\n"
    "      - printed: B1 or SAR\n" /* 35 */
    "        source: mail\n"
    "        steps:\n"
    "          - limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p, scope: [prescan, exam]}]\n"
    "          - unreported: b1-rms\n"
    "            limits: [{quantity: sar-head, limit: < 1 W/kg, printed: p}]\n" /* 40 */
    "    any_of:\n"
    "      - printed: this or that\n"
    "        options:\n"
    "          - name: fast\n"
    "            limits: [{quantity: sar-whole-body, limit: <= 4 W/kg, printed: p}]\n" /* 45 */
    "          - name: slow\n"
    "            clocks: [{kind: continuous, limit: <= 30 min, gap: 5 min, printed: p}]\n"
    "  - {name: b, b0_limit: <= 3 T, limits: [{quantity: sfg, limit: not applicable, printed: "
    "p}]}\n"
    "limits:\n" /* 49 */
    "  - {quantity: capture-threshold, limit: <= 2 V, at: 0.4 ms, printed: p}\n"
    "  - {quantity: since-implant, limit: '>= 6 weeks', printed: p}\n"
    "  - {quantity: configuration-length, limit: <= 68 mm, of: stents, printed: p, source: mail}\n"
    "  - {quantity: sfg, limit: <= 720 G/cm, recalculable: yes, printed: p}\n"
    "clocks:\n" /* 54 */
    "  - {kind: window, limit: <= 30 min, window: 90 min, active: rf, printed: w}\n"
    "  - {kind: rest, limit: < 30 min, rest: 60 min, printed: r}\n"
    "  - {kind: region, limit: <= 60 min, region: chest, active: rf-and-gradients, printed: c}\n"
    "  - {kind: not-applicable, printed: no restriction}\n"
    "zones:\n" /* 59 */
    "  - {kind: isocentre-not-between, from: C7, to: L3, to_offset: -2 cm, printed: z}\n"
    "  - {kind: isocentre-distance, from: vertex, limit: < 40 cm, printed: d}\n"
    "  - {kind: bore-edge, limit: <= 7 cm, printed: e}\n"
    "  - {kind: not-applicable, printed: any}\n"
    "coils:\n" /* 64 */
    "  - {role: transmit, ruling: forbidden, which: local, where: over-regions, regions: chest, "
    "levels: shoulder, printed: p}\n"
    "  - {role: transmit, ruling: required, drive: [CP, multichannel], channels: 2, printed: p}\n"
    "  - {role: receive, ruling: allowed, printed: any}\n"
    "modes: [{allowed: [normal, 'FPO:B'], printed: m}]\n" /* 68 */
    "states: [{kind: magnet, ruling: forbidden, setting: in place, printed: s}]\n"
    "checks: [{when: after, action: interrogate, printed: k}]\n" /* 70 */
    "patients:\n"
    "  - {kind: posture, ruling: required, postures: [supine, prone], printed: t}\n"
    "  - {kind: entry, ruling: required, entries: feet-first, printed: t}\n"
    "  - {kind: fever, ruling: forbidden, printed: no fever}\n"
    "exclusions:\n" /* 75 */
    "  - {kind: components, ruling: forbidden, mr_unsafe: yes, components: [bad], printed: x}\n"
    "  - {kind: damaged, ruling: unknown, printed: fractured}\n"
    "  - {kind: region, ruling: forbidden, regions: [arm], printed: x}\n"
    "pairs:\n" /* 79 */
    "  - {kind: all-conditions, printed: all}\n"
    "  - {kind: metal-near, length: '> 5 cm', distance: < 4 cm, printed: near}\n"
    "conditions: [{topic: consent, printed: signed}]\n" /* 82 */
    "unknowns: [{topic: tilt, printed: not tested}]\n"
    "quotes:\n" /* 84 */
    "  - {test: temperature-rise, result: < 3 °C, whole_body_sar: 3.8 W/kg, calorimetric_sar: 3.1 "
    "W/kg, duration: 15 min, scanner: S, printed: q}\n"
    "  - {test: artefact, result: 7 mm, b0: 3 T, sequence: GRE, standard: F2119, printed: q}\n"
    "  - {test: deflection, result: 3 to 4 deg, printed: q}\n"
    "  - {test: torque-scale, result: '>= 3 1', printed: q}\n"
    "  - {test: counterweight, result: 870 g, printed: q}\n" /* 89 */
    "  - {test: other, printed: q}\n";

#endif
