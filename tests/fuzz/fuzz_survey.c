/* Any bytes as a survey file. Checks: no crash; what is read is whole and within what the header
 * promises; what is refused says why, with a place. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/survey_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert: that is compiled away with NDEBUG. */
static void must(bool truth)
{
    if (!truth)
        abort();
}

static void check_survey(const mrse_survey *s)
{
    must(s->path && s->n > 0 && s->n <= MRSE_SURVEY_POINTS);
    must(s->position_u.v >= 0 && s->field_u.v >= 0);
    must(s->origin != MRSE_ORIGIN_MEASURED || (s->instrument && s->calibrated.year > 0));
    for (size_t i = 0; i < s->n; i++) {
        const mrse_survey_point *q = &s->point[i];
        must(fabs(q->x_m) <= 100 && fabs(q->y_m) <= 100 && fabs(q->z_m) <= 100);
        must(q->b_T > 0 && q->b_T <= 30);
        must(q->u_b_T >= 0 && isfinite(q->u_b_T) && q->u_position_m >= 0 && q->u_position_m <= 10);
        must(s->name[i] && s->line[i] > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static mrse_diags diags;
    mrse_survey *s = NULL;
    mrse_buf out = {0};
    const char *text = size ? (const char *)data : "";

    /* the file layer lets nothing else through */
    if (!mrse_text_is_utf8(text, size))
        return 0;
    mrse_diags_init(&diags);
    mrse_status status = mrse_survey_read("fuzz.csv", text, size, &s, &diags);
    must((status == MRSE_OK) == (s != NULL) && (status == MRSE_OK) == (diags.errors == 0));
    for (size_t i = 0; i < diags.n; i++) {
        must(diags.item[i].text[0] != '\0' && diags.item[i].line > 0);
        must(mrse_diag_format(&diags.item[i], &out) == MRSE_OK);
    }
    mrse_buf_free(&out);
    if (s)
        check_survey(s);
    mrse_survey_free(s);
    return 0;
}
