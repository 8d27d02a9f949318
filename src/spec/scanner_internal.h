/* Blocks of the scanner table that stand in files of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_SCANNER_INTERNAL_H
#define MRSE_SPEC_SCANNER_INTERNAL_H

#include "spec_internal.h"

/* Offsets are those of mrse_scanner (scanner_gradients.c, scanner_rf.c). */
extern const mrse_schema mrse_scanner_gradients, mrse_scanner_rf;

#endif
