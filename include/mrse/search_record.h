/* What a search for a modification found, for people and for programs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SEARCH_RECORD_H
#define MRSE_SEARCH_RECORD_H

#include "mrse/document.h"
#include "mrse/protocol_search.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The result as a document: the front as a table, which limit binds, what was tried; or the nearest
 *  setting and what stands in the way.
 *  Given     search, result    as given to and made by mrse_search_run
 *            text              of each limit, as the user wrote it
 *  Returned  out               mrse_document_free
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_search_record.c, tests/cli */
mrse_status mrse_search_document(const mrse_search *search, const mrse_search_result *result,
                                 const char *const *text, mrse_document **out) MRSE_MUST_USE;

/** The same as JSON text (schema mrse/modify/1), in SI units with 9 digits, appended.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_search_record.c, tests/cli */
mrse_status mrse_search_json(const mrse_search *search, const mrse_search_result *result,
                             const char *const *text, mrse_buf *out) MRSE_MUST_USE;

/** The result explained, as plain text, appended: what was given and where it was read; of the first
 *  setting, or of the nearest, what it changes and how it stands against each limit, with formula,
 *  numbers and origin; each method that was used in full.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_search_record.c, tests/cli */
mrse_status mrse_search_explain(const mrse_search *search, const mrse_search_result *result,
                                const char *const *text, mrse_buf *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
