/* What a scanner file says of the RF system: transmit coils, how they are driven, and which
 * exposure the console displays and guarantees. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_RF_SYSTEM_H
#define MRSE_RF_SYSTEM_H

#include <stddef.h>

#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Not said is not no. */
typedef enum mrse_known {
    MRSE_KNOWN_NOT = 0,
    MRSE_KNOWN_NO,
    MRSE_KNOWN_YES,
} mrse_known;

/* Which coil transmits: labels allow some and exclude others. */
typedef enum mrse_transmit {
    MRSE_TRANSMIT_UNKNOWN = 0,
    MRSE_TRANSMIT_BODY, /* built into the bore */
    MRSE_TRANSMIT_HEAD,
    MRSE_TRANSMIT_EXTREMITY,
    MRSE_TRANSMIT_LOCAL, /* any other that transmits itself */
} mrse_transmit;

typedef enum mrse_drive {
    MRSE_DRIVE_UNKNOWN = 0,
    MRSE_DRIVE_CP,           /* circularly polarised, quadrature */
    MRSE_DRIVE_ELLIPTICAL,   /* two ports, fixed phase and amplitude other than quadrature */
    MRSE_DRIVE_MULTICHANNEL, /* phases and amplitudes set for each patient */
    MRSE_DRIVE_LINEAR,
} mrse_drive;

typedef struct mrse_rf_coil {
    char *name; /* as the console calls it */
    mrse_transmit transmit;
    mrse_drive drive;
    double channels;  /* whole, >= 1; NaN: not said */
    mrse_known fpo_b; /* fixed parameter option: basic can be set with this coil */
    int line;
} mrse_rf_coil;

/* Missing (NaN), or 0, what the file does not say. */
typedef struct mrse_rf_system {
    mrse_rf_coil *coil;
    size_t n_coils;
    mrse_value b1_peak, b1_rms;         /* the largest that the system gives */
    mrse_known reports_b1_rms;          /* the console displays it before a scan */
    mrse_known fpo_b;                   /* the system offers the fixed parameter option: basic */
    mrse_value fpo_b1_peak, fpo_b1_rms; /* what it then keeps within, as the manufacturer states */
    mrse_value fpo_slew, fpo_dbdt_peak, fpo_dbdt_rms;
} mrse_rf_system;

#ifdef __cplusplus
}
#endif
#endif
