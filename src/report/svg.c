/* SVG text from cairo, with a title and a description for those who do not see it, and with
 * numbers in its identifiers that do not depend on what was drawn before in this process.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-svg.h>

#include <string.h>

#include "figure_internal.h"
#include "mrse/alloc.h"

/* cairo numbers these from a counter that runs on for the life of the process. */
static const char *const counted[] = {"surface", "image", "clip", "mask", "linear", "pattern"};
enum { N_COUNTED = sizeof counted / sizeof counted[0] };

typedef struct seen {
    unsigned long *number;
    size_t n, cap;
} seen;

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

/* The order of appearance, from 1; 0 when memory has run out. */
static size_t order_of(seen *s, unsigned long number)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->number[i] == number)
            return i + 1;
    if (s->n == s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 16;
        unsigned long *grown = mrse_realloc(s->number, cap, sizeof *grown);

        if (!grown)
            return 0;
        s->number = grown;
        s->cap = cap;
    }
    s->number[s->n++] = number;
    return s->n;
}

/* At p, behind a quote or '#': the length of a counted word that digits follow, else 0. */
static size_t counted_at(const char *p, size_t *which)
{
    for (size_t i = 0; i < N_COUNTED; i++) {
        size_t n = strlen(counted[i]);

        if (strncmp(p, counted[i], n) == 0 && is_digit(p[n])) {
            *which = i;
            return n;
        }
    }
    return 0;
}

static void escape(mrse_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            mrse_buf_add(out, "&amp;");
        else if (*text == '<')
            mrse_buf_add(out, "&lt;");
        else if (*text == '>')
            mrse_buf_add(out, "&gt;");
        else if ((unsigned char)*text < 0x20 || *text == 0x7f)
            mrse_buf_add(out, " ");
        else
            mrse_buf_addn(out, text, 1);
    }
}

static mrse_status describe(const mrse_figure *figure, mrse_buf *out)
{
    mrse_buf alt = {0};
    mrse_status status = mrse_figure_alt(figure, &alt);
    const char *title = figure->title ? figure->title : "";

    if (status == MRSE_OK) {
        mrse_buf_add(out, "\n<title>");
        escape(out, mrse_text_is_utf8(title, strlen(title)) ? title : "");
        mrse_buf_add(out, "</title>\n<desc>");
        escape(out, mrse_text_is_utf8(mrse_buf_text(&alt), alt.len) ? mrse_buf_text(&alt) : "");
        mrse_buf_add(out, "</desc>");
        status = out->status;
    }
    mrse_buf_free(&alt);
    return status;
}

static mrse_status rewrite(const mrse_figure *figure, const char *from, mrse_buf *out)
{
    seen s[N_COUNTED] = {{0}};
    const char *root = strstr(from, "<svg"), *p = from;
    const char *body = root ? strchr(root, '>') : NULL;
    mrse_status status = body ? MRSE_OK : MRSE_ERR_IO;

    while (status == MRSE_OK && *p) {
        size_t plain = strcspn(p, "\"#>"), word, which;

        mrse_buf_addn(out, p, plain + (p[plain] != '\0'));
        p += plain;
        if (!*p)
            break;
        if (p++ == body)
            status = describe(figure, out);
        word = counted_at(p, &which);
        if (word > 0) {
            unsigned long number = 0;
            size_t order;

            mrse_buf_addn(out, p, word);
            for (p += word; is_digit(*p); p++)
                number = number * 10 + (unsigned long)(*p - '0');
            order = order_of(&s[which], number);
            mrse_buf_addf(out, "%zu", order);
            if (order == 0)
                status = MRSE_ERR_NOMEM;
        }
    }
    for (size_t i = 0; i < N_COUNTED; i++)
        mrse_free(s[i].number);
    return status == MRSE_OK ? out->status : status;
}

mrse_status mrse_figure_svg(const mrse_figure *figure, mrse_buf *out)
{
    mrse_buf raw = {0};
    double w_pt, h_pt;
    cairo_surface_t *surface;
    cairo_t *cr;
    mrse_status status;

    if (out)
        memset(out, 0, sizeof *out);
    if (!figure || !out)
        return MRSE_ERR_ARG;
    mrse_figure_size(figure, &w_pt, &h_pt);
    surface = cairo_svg_surface_create_for_stream(mrse_cairo_write, &raw, w_pt, h_pt);
    cr = cairo_create(surface);
    status = mrse_figure_draw(cr, figure, w_pt, h_pt);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == MRSE_OK)
        status = raw.status;
    if (status == MRSE_OK)
        status = mrse_cairo_status(cairo_surface_status(surface));
    cairo_surface_destroy(surface);
    if (status == MRSE_OK)
        status = rewrite(figure, mrse_buf_text(&raw), out);
    mrse_buf_free(&raw);
    if (status != MRSE_OK)
        mrse_buf_free(out);
    return status;
}
