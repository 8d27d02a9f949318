/* What the files of units share. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_UNITS_INTERNAL_H
#define MRSE_UNITS_INTERNAL_H

#include "mrse/units.h"

/* Names of the dimensions, which messages use: "'25 T/m' is a field gradient". */
#define DIM_LENGTH      "length"
#define DIM_FIELD       "magnetic field"
#define DIM_GRADIENT    "field gradient"
#define DIM_PRODUCT     "force product"
#define DIM_SLEW        "slew rate"
#define DIM_DBDT        "rate of field change"
#define DIM_SAR         "specific absorption rate"
#define DIM_TIME        "time"
#define DIM_FREQUENCY   "frequency"
#define DIM_ANGLE       "angle"
#define DIM_MASS        "mass"
#define DIM_TEMPERATURE "temperature rise"
#define DIM_CURRENT     "current"
#define DIM_RATIO       "ratio"
#define DIM_SED         "specific energy"
#define DIM_B_VALUE     "b-value"
#define DIM_SOUND       "sound level"
#define DIM_SPEED       "speed"
#define DIM_VOLUME      "volume"
#define DIM_DENSITY     "density"
#define DIM_CONDUCT     "conductivity"
#define DIM_FORCE       "force"
#define DIM_TORQUE      "torque"
#define DIM_POWER       "power"
#define DIM_VOLTAGE     "voltage"
#define DIM_RESISTANCE  "resistance"

/* How much of the user's text a message repeats. */
enum { MRSE_UNITS_SHOWN = 48 };

/* Why a unit text was refused for a kind, in words. `number` is the user's number text. */
void mrse_units_explain_bare(const mrse_kind_info *kind, const char *number, mrse_buf *why,
                             mrse_buf *hint);
void mrse_units_explain_unknown(const mrse_kind_info *kind, const char *number, const char *unit,
                                mrse_buf *why, mrse_buf *hint);
void mrse_units_explain_dim(const mrse_kind_info *kind, const char *number, const mrse_unit *unit,
                            mrse_buf *why, mrse_buf *hint);

#endif
