/* A DICOM header as a protocol: what a console wrote down of a sequence that it played.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_DICOM_H
#define MRSE_PROTOCOL_DICOM_H

#include "mrse/dicom.h"
#include "mrse/protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The protocol that a header states. What it does not state, or states in a way that cannot be told,
 *  is missing; nothing is guessed.
 *  Given     dicom     as read
 *            diags     a note for each number that is there and not taken; may be NULL
 *  Returned  out       owned by the caller (mrse_protocol_free); NULL on failure. Values of origin
 *                      console, declared, source "dicom:" and the first 16 digits of the SHA-256,
 *                      no file: names of image files often are names of people. Exam NULL: the
 *                      header's identity of an examination is never read; the caller may state it.
 *                      reported.patient_mass is for comparing registrations only, never to print
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Valid     family from the standard's words and the names that the manufacturers give sequences;
 *            unknown when unclear (a gradient echo not called spoiled, a spin echo without a train
 *            length). TR only between excitations or of a cycle; that of one shot's echoes becomes
 *            the echo spacing. The flip angle of TSE is left out: of the refocusing pulses with
 *            some manufacturers, of the excitation with others. Operating mode: the higher of RF
 *            and gradients, when both are stated
 *  Source    DICOM PS3.3 2024 C.8.3.1, C.8.13; real headers of four manufacturers; code of Siemens'
 *            partial Fourier: rordenlab/dcm2niix
 *  Tests     tests/unit/test_protocol_dicom.c */
mrse_status mrse_protocol_from_dicom(const mrse_dicom *dicom, mrse_protocol **out,
                                     mrse_diags *diags) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
