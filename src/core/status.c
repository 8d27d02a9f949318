/* What each status means, in one phrase. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/status.h"

const char *mrse_status_text(mrse_status status)
{
    switch (status) {
    case MRSE_OK:
        return "done";
    case MRSE_ERR_ARG:
        return "the program called the library wrongly";
    case MRSE_ERR_NOMEM:
        return "out of memory";
    case MRSE_ERR_IO:
        return "reading or writing failed";
    case MRSE_ERR_INPUT:
        return "the input is not acceptable";
    case MRSE_ERR_LIMIT:
        return "a size limit is exceeded";
    case MRSE_ERR_RANGE:
        return "outside the validity of the method";
    case MRSE_ERR_NUMERIC:
        return "the calculation did not converge";
    }
    return "unknown status";
}
