/* Sound of a sequence whose gradients are scaled. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/acoustic.h"

#include <math.h>

#define DB_PER_RELATIVE (20 / 2.302585092994045684) /* 20 / ln 10 */

mrse_status mrse_acoustic_change(double ratio, double u_ratio, bool same_timing, mrse_acoustic *out)
{
    const char *reason;

    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_acoustic){.change = mrse_value_missing(MRSE_KIND_SOUND_LEVEL)};
    if (isinf(ratio) || ratio <= 0 || isinf(u_ratio) || u_ratio < 0)
        return MRSE_ERR_ARG;
    if (!same_timing) {
        reason = "the timing changes: where the new spectrum meets the scanner's resonances only "
                 "its measured frequency response tells; slower gradients can be louder";
    } else if (isnan(ratio)) {
        reason = "the ratio of the gradients, the same for all of them, is not known";
    } else {
        reason = "same timing, all gradients scaled alike: 20 log10 of the ratio";
        out->change = mrse_value_computed(20 * log10(ratio), DB_PER_RELATIVE * u_ratio / ratio,
                                          MRSE_KIND_SOUND_LEVEL, MRSE_METHOD_ACOUSTIC);
    }
    mrse_text_copy(out->reason, sizeof out->reason, reason);
    return MRSE_OK;
}
