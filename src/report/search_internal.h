/* Between the record of a search and its document. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SEARCH_RECORD_INTERNAL_H
#define MRSE_SEARCH_RECORD_INTERNAL_H

#include "json_internal.h"
#include "mrse/search_record.h"

mrse_status mrse_search_put(const mrse_search *search, const mrse_search_result *result,
                            const char *const *text, json_t **out) MRSE_MUST_USE;

#endif
