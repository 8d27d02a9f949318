/* Words of a label's status. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/label.h"

const char *mrse_label_status_text(mrse_label_status status)
{
    switch (status) {
    case MRSE_LABEL_CONDITIONAL:
        return "MR Conditional";
    case MRSE_LABEL_SAFE:
        return "MR Safe";
    case MRSE_LABEL_UNSAFE:
        return "MR Unsafe";
    case MRSE_LABEL_LEGACY:
        return "legacy statement";
    case MRSE_LABEL_UNLABELLED:
        break;
    }
    return "MR Unlabelled";
}
