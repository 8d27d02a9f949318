/* Figures as files: PNG chunks and pixels, SVG, alt text, what is not known, and failures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <png.h>

#include <stdlib.h>

#include "figure_support.h"
#include "mrse/mrse.h"
#include "report/figure_internal.h"
#include "support/oom.h"

static fixture *fix;

static int begin(void **state)
{
    (void)state;
    if (mrse_init() != MRSE_OK)
        return -1;
    fix = fix_create();
    return 0;
}

static int finish(void **state)
{
    (void)state;
    fix_free(fix);
    return 0;
}

/* ---- reading a PNG back through libpng */

typedef struct picture {
    png_structp png;
    png_infop info;
    const mrse_buf *from;
    size_t at;
    png_bytepp row;
    size_t width, height;
} picture;

static void on_read(png_structp png, png_bytep to, size_t n)
{
    picture *p = png_get_io_ptr(png);

    if (n > p->from->len - p->at)
        png_error(png, "short");
    memcpy(to, p->from->data + p->at, n);
    p->at += n;
}

static picture *open_png(const mrse_buf *buf)
{
    picture *p = calloc(1, sizeof *p);

    assert_non_null(p);
    p->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    p->info = png_create_info_struct(p->png);
    p->from = buf;
    if (setjmp(png_jmpbuf(p->png)))
        fail_msg("not a PNG");
    png_set_read_fn(p->png, p, on_read);
    png_read_png(p->png, p->info, PNG_TRANSFORM_IDENTITY, NULL);
    assert_int_equal(p->at, buf->len); /* nothing behind IEND */
    p->row = png_get_rows(p->png, p->info);
    p->width = png_get_image_width(p->png, p->info);
    p->height = png_get_image_height(p->png, p->info);
    return p;
}

static void close_png(picture *p)
{
    png_destroy_read_struct(&p->png, &p->info, NULL);
    free(p);
}

static const png_text *find_text(const picture *p, const char *keyword)
{
    png_textp text;
    int n = 0;

    png_get_text(p->png, p->info, &text, &n);
    for (int i = 0; i < n; i++)
        if (strcmp(text[i].key, keyword) == 0)
            return &text[i];
    return NULL;
}

static mrse_buf draw_png(const mrse_figure *figure, const mrse_figure_meta *meta)
{
    mrse_buf out = {0};

    assert_int_equal(mrse_figure_png(figure, meta, &out), MRSE_OK);
    return out;
}

/* Pixels of the left part whose colour is not a grey. */
static size_t coloured(const picture *p, double part)
{
    size_t n = 0;

    for (size_t y = 0; y < p->height; y++)
        for (size_t x = 0; x < (size_t)(part * (double)p->width); x++) {
            const png_byte *c = p->row[y] + 3 * x;
            int low = c[0] < c[1] ? c[0] : c[1], high = c[0] > c[1] ? c[0] : c[1];

            low = low < c[2] ? low : c[2];
            high = high > c[2] ? high : c[2];
            n += high - low > 30;
        }
    return n;
}

static void figure_png__each_kind__reads_back_with_size_and_resolution(void **state)
{
    (void)state;
    for (int k = 0; k < FIX_KINDS; k++) {
        mrse_figure figure = fix_kind(fix, fix_kinds[k]);
        mrse_buf buf = draw_png(&figure, NULL);
        picture *p = open_png(&buf);
        png_uint_32 x, y;
        double w_pt, h_pt;
        int unit;

        mrse_figure_size(&figure, &w_pt, &h_pt);
        assert_int_equal(p->width, 1400);
        assert_abs((double)p->width, w_pt * 200 / 72, 1e-9); /* whole pixels */
        assert_abs((double)p->height, h_pt * 200 / 72, 1e-9);
        assert_true(p->height > 600 && p->height < 1500);
        assert_int_equal(png_get_pHYs(p->png, p->info, &x, &y, &unit), PNG_INFO_pHYs);
        assert_int_equal(x, 7874);
        assert_int_equal(y, 7874);
        assert_int_equal(unit, PNG_RESOLUTION_METER);
        assert_int_equal(png_get_valid(p->png, p->info, PNG_INFO_tIME), 0);
        assert_true(coloured(p, 1) > 500); /* a picture, not a blank page */
        assert_int_equal(p->row[p->height - 1][0], 255);
        close_png(p);
        mrse_buf_free(&buf);
    }
}

static void figure_png__meta__text_chunks_in_latin_and_utf8(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_PLAN);
    mrse_figure_meta meta = {.title = "Floor plan",
                             .author = "Zoë Ångström",
                             .creation_time = "2026-11-22T10:00:00Z",
                             .software = "mrse 0.1",
                             .source = "record 0123456789ab",
                             .description = "line one\nline\ttwo",
                             .disclaimer = "raw \xff\x80 bytes \x01\x7f"};
    mrse_buf buf = draw_png(&figure, &meta);
    picture *p = open_png(&buf);

    assert_string_equal(find_text(p, "Title")->text, "Floor plan");
    assert_int_equal(find_text(p, "Title")->compression, PNG_TEXT_COMPRESSION_NONE);
    assert_string_equal(find_text(p, "Author")->text, "Zoë Ångström");
    assert_int_equal(find_text(p, "Author")->compression, PNG_ITXT_COMPRESSION_NONE);
    assert_string_equal(find_text(p, "Creation Time")->text, "2026-11-22T10:00:00Z");
    assert_string_equal(find_text(p, "Software")->text, "mrse 0.1");
    assert_string_equal(find_text(p, "Source")->text, "record 0123456789ab");
    assert_string_equal(find_text(p, "Description")->text, "line one\nline two");
    assert_string_equal(find_text(p, "Disclaimer")->text, "raw ?? bytes  ?");
    close_png(p);
    mrse_buf_free(&buf);
    buf = draw_png(&figure, &(mrse_figure_meta){.title = "", .author = NULL});
    p = open_png(&buf);
    assert_null(find_text(p, "Title")); /* an empty text is no chunk */
    assert_null(find_text(p, "Author"));
    close_png(p);
    mrse_buf_free(&buf);
}

static void figure_files__drawn_twice__same_bytes(void **state)
{
    (void)state;
    for (int k = 0; k < FIX_KINDS; k++) {
        mrse_figure figure = fix_kind(fix, fix_kinds[k]);
        mrse_buf a = draw_png(&figure, NULL), b = draw_png(&figure, NULL), c = {0}, d = {0};

        assert_int_equal(a.len, b.len);
        assert_memory_equal(a.data, b.data, a.len);
        assert_int_equal(mrse_figure_svg(&figure, &c), MRSE_OK);
        assert_int_equal(mrse_figure_svg(&figure, &d), MRSE_OK);
        assert_int_equal(c.len, d.len);
        assert_memory_equal(c.data, d.data, c.len);
        mrse_buf_free(&a);
        mrse_buf_free(&b);
        mrse_buf_free(&c);
        mrse_buf_free(&d);
    }
}

/* What is drawn over the field must show: each of these changes the picture. */
static void figure_png__limit_ride_uncertainty_stamp__each_changes_the_picture(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        mrse_figure whole = fix_kind(fix, k ? MRSE_FIGURE_PROFILE : MRSE_FIGURE_BORE_MAP), part[5];
        mrse_buf a = draw_png(&whole, NULL);

        for (int i = 0; i < 5; i++)
            part[i] = whole;
        part[0].limit_T_m = (double)NAN;
        part[1].stamp = NULL;
        part[2].record_id = NULL;
        part[3].title = "another";
        if (k)
            part[4].guard_T_m = 0;
        else
            part[4].u_r_m = (double)NAN;
        for (int i = 0; i < 5; i++) {
            mrse_buf b = draw_png(&part[i], NULL);

            assert_true(a.len != b.len || memcmp(a.data, b.data, a.len) != 0);
            mrse_buf_free(&b);
        }
        mrse_buf_free(&a);
    }
}

/* A maximum close to the limit is enlarged, with and without U, however few the samples. */
static void figure_png__maximum_near_the_limit__inset_drawn(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_PROFILE);
    double peak = fix->maxima.grad.value, z[3] = {4, 2, 0}, v[3] = {0, peak, 0};
    mrse_profile coarse = {3, z, v, v, v};
    mrse_panel panel = {{0, 0, 100, 100}, 0, 4, 0, 1.2 * peak};

    figure.limit_printed = NULL;
    figure.limit_T_m = 1.004 * peak;
    figure.n_exceeds = 0;
    assert_true(mrse_inset_wanted(&panel, &figure, peak));
    for (int i = 0; i < 4; i++) {
        mrse_buf a, b;

        figure.profile = i < 2 ? &fix->profile : &coarse;
        figure.guard_T_m = i % 2 ? 0.01 * peak : 0;
        figure.maxima = NULL;
        a = draw_png(&figure, NULL);
        figure.maxima = &fix->maxima;
        b = draw_png(&figure, NULL);
        assert_true(a.len > 20000 && b.len > 20000);
        mrse_buf_free(&a);
        mrse_buf_free(&b);
    }
    figure.limit_T_m = 1.5 * peak;
    assert_false(mrse_inset_wanted(&panel, &figure, peak));
    figure.limit_T_m = (double)NAN;
    assert_false(mrse_inset_wanted(&panel, &figure, peak));
}

/* ---- SVG */

/* Start and end tags match, in order; no text of the author opens one. */
static void check_balanced(const char *p)
{
    char open[32][16];
    size_t depth = 0;

    assert_memory_equal(p, "<?xml ", 6);
    p = strstr(p, "?>") + 2;
    while ((p = strchr(p, '<')) != NULL) {
        const char *end = strchr(p, '>');
        size_t n = strcspn(p + 1 + (p[1] == '/'), " \t\n/>");

        assert_non_null(end);
        assert_true(n > 0 && n < 16);
        if (p[1] == '/') {
            assert_true(depth > 0);
            depth--;
            assert_int_equal(strlen(open[depth]), n);
            assert_memory_equal(open[depth], p + 2, n);
        } else if (end[-1] != '/') {
            assert_true(depth < 32);
            memcpy(open[depth], p + 1, n);
            open[depth++][n] = '\0';
        }
        p = end;
    }
    assert_int_equal(depth, 0);
}

static size_t count(const char *text, const char *word)
{
    size_t n = 0;

    for (; (text = strstr(text, word)) != NULL; text += strlen(word))
        n++;
    return n;
}

static void figure_svg__each_kind__well_formed_one_image_at_most(void **state)
{
    (void)state;
    for (int k = 0; k < FIX_KINDS; k++) {
        mrse_figure figure = fix_kind(fix, fix_kinds[k]);
        mrse_buf svg = {0};
        bool map = figure.kind == MRSE_FIGURE_BORE_MAP || figure.kind == MRSE_FIGURE_ROOM_MAP;

        figure.title = "T1 < T2 & \"quoted\" </svg>";
        assert_int_equal(mrse_figure_svg(&figure, &svg), MRSE_OK);
        check_balanced(svg.data);
        assert_non_null(
            strstr(svg.data, "<title>T1 &lt; T2 &amp; \"quoted\" &lt;/svg&gt;</title>"));
        assert_int_equal(count(svg.data, "<desc>"), 1);
        assert_int_equal(count(svg.data, "<image"), map ? 1 : 0); /* the colours; all else vector */
        assert_true(count(svg.data, "<use") > 50);                /* text */
        mrse_buf_free(&svg);
    }
}

static void figure_svg__bytes_that_are_not_utf8__still_utf8(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_PROFILE);
    mrse_buf svg = {0};

    figure.title = "bad \xff title";
    figure.implant = "bad \xc3 implant";
    figure.stamp = "\xf0\x28\x8c\x28";
    assert_int_equal(mrse_figure_svg(&figure, &svg), MRSE_OK);
    assert_true(mrse_text_is_utf8(svg.data, svg.len));
    mrse_buf_free(&svg);
}

/* ---- alt text */

static void check_alt(const mrse_figure *figure, const char *want)
{
    mrse_buf out = {0};

    assert_int_equal(mrse_figure_alt(figure, &out), MRSE_OK);
    if (!strstr(mrse_buf_text(&out), want))
        fail_msg("'%s' is not in '%s'", want, mrse_buf_text(&out));
    mrse_buf_free(&out);
}

static void figure_alt__profile__states_maximum_place_and_limit(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_PROFILE);
    mrse_path_maxima maxima = {.grad = {2.4567, 0.1, 0.834}};

    figure.maxima = &maxima;
    figure.limit_T_m = 2.5;
    figure.limit_printed = "2.5 T/m";
    figure.n_exceeds = 0;
    check_alt(&figure, "Along the ride at 10.0 cm from the axis the spatial field gradient reaches "
                       "2.46 T/m (246 G/cm) at z = 0.83 m");
    check_alt(&figure, "; the label's limit is 2.5 T/m.");
    maxima.grad.value = 2.4983; /* three digits would read like the limit */
    check_alt(&figure, "reaches 2.4983 T/m");
    maxima.grad.value = 2.50003;
    check_alt(&figure, "reaches 2.50003 T/m");
    maxima.grad.value = (double)NAN;
    check_alt(&figure, "the largest spatial field gradient is not known");
    fix->path.r_m = 0;
    check_alt(&figure, "Along the ride on the axis");
    fix->path.r_m = 0.1;
    figure.limit_T_m = (double)NAN;
    mrse_buf out = {0};
    assert_int_equal(mrse_figure_alt(&figure, &out), MRSE_OK);
    assert_null(strstr(mrse_buf_text(&out), "limit"));
    mrse_buf_free(&out);
}

static void figure_alt__profile_without_maxima__largest_sample_unless_one_is_missing(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_PROFILE);
    double kept = fix->grad_T_m[3];
    mrse_peak peak = mrse_figure_peak(&figure);

    assert_rel(peak.value, fix->maxima.grad.value, 5e-3);
    assert_abs(peak.z_m, fix->maxima.grad.z_m, 0.04);
    fix->grad_T_m[3] = (double)NAN; /* what is missing may be the largest */
    check_alt(&figure, "is not known");
    fix->grad_T_m[3] = kept;
}

static void figure_alt__maps_and_plan__state_numbers(void **state)
{
    (void)state;
    mrse_figure bore = fix_kind(fix, MRSE_FIGURE_BORE_MAP),
                room = fix_kind(fix, MRSE_FIGURE_ROOM_MAP);
    mrse_figure plan = fix_kind(fix, MRSE_FIGURE_PLAN);
    mrse_extents *extents = &fix->row[0].contour->extents, kept = *extents;

    check_alt(&bore, "Section through the bore of Test magnet. The largest spatial field gradient "
                     "within reach is 4.32 T/m (432 G/cm), at z = 0.75 m and 0.35 m from the axis; "
                     "the label's limit is 1.2 T/m");
    extents->z_max_m = -7.123; /* the farthest point may lie behind the magnet */
    extents->r_max_m = 5.678;
    check_alt(&room, "The 0.5 mT line reaches 7.12 m along the bore and 5.68 m across");
    check_alt(&plan, "Floor plan of Test magnet. The 0.5 mT line reaches 7.12 m");
    extents->z_max_m = (double)NAN;
    check_alt(&plan, "reaches a distance that is not known");
    *extents = kept;
}

/* ---- what is not known */

static void figure_png__map_not_known__no_colour_of_the_scale(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_BORE_MAP);
    static double kept[FIX_N];
    double *grad = fix->study.bore.grad_T_m;

    memcpy(kept, grad, sizeof kept);
    figure.stamp = NULL;
    figure.limit_T_m = (double)NAN;
    for (size_t i = 0; i < FIX_N; i++)
        grad[i] = i % 2 ? (double)NAN : (double)INFINITY;
    mrse_buf buf = draw_png(&figure, NULL);
    picture *p = open_png(&buf);
    assert_int_equal(coloured(p, 0.8), 0); /* left of the colour bar */
    close_png(p);
    mrse_buf_free(&buf);
    memcpy(grad, kept, sizeof kept);
    buf = draw_png(&figure, NULL);
    p = open_png(&buf);
    assert_true(coloured(p, 0.8) > 10000); /* and with values it has colours there */
    close_png(p);
    mrse_buf_free(&buf);
}

static void figure_png__nan_everywhere__draws_without_numbers(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_PROFILE);
    static double nothing[FIX_SAMPLES];
    mrse_profile hollow = {FIX_SAMPLES, fix->z_m, nothing, nothing, nothing};
    mrse_scanner bare = {.name = NULL};
    mrse_study study = fix->study;

    for (size_t i = 0; i < FIX_SAMPLES; i++)
        nothing[i] = (double)NAN;
    figure.profile = &hollow;
    figure.exceeds = &(mrse_interval){(double)NAN, (double)NAN};
    figure.n_exceeds = 1;
    figure.guard_T_m = (double)NAN;
    mrse_buf buf = draw_png(&figure, NULL);
    mrse_buf_free(&buf);
    study.scanner = &bare;
    study.reach_grad = study.reach_b = mrse_value_missing(MRSE_KIND_SFG);
    study.contour = NULL;
    study.n_contours = 0;
    for (int k = 0; k < FIX_KINDS; k++) {
        figure = fix_kind(fix, fix_kinds[k]);
        figure.study = &study;
        figure.path = &(mrse_path){(double)NAN, (double)NAN, (double)NAN};
        buf = draw_png(&figure, NULL);
        mrse_buf_free(&buf);
        check_alt(&figure, ".");
    }
}

/* A scanner of which only the bore is known, with a loop and a sheet for windings, another named
 * line and two intervals: each variant draws, and differs from the plain figure. */
static void figure_png__other_scanners_and_quantities__drawn(void **state)
{
    (void)state;
    mrse_source source[2] = {{MRSE_SOURCE_LOOP, 0.5, 0, 0.3, 0, 1e5},
                             {MRSE_SOURCE_SHEET, 0.6, 0, -0.3, 0.3, 1e5}};
    mrse_scanner bare = {.name = "Bore only", .bore_diameter = fix->scanner.bore_diameter};
    mrse_study study = fix->study;
    mrse_contour_row row[FIX_CONTOURS];
    mrse_figure plain = fix_kind(fix, MRSE_FIGURE_BORE_MAP), figure = plain;
    mrse_buf a = draw_png(&plain, NULL), b;

    memcpy(row, fix->row, sizeof row);
    row[2].name = "5 mT: a line that the hospital names";
    row[2].u_z_max_m = 1e-6; /* too small to print */
    row[3].contour = NULL;   /* not traced */
    study.contour = row;
    study.scanner = &bare;
    study.model.magnet = (mrse_magnet){source, 2};
    figure.study = &study;
    for (int q = 0; q < 3; q++)
        for (int k = 0; k < 3; k++) {
            figure.kind = fix_kinds[k];
            figure.quantity = (mrse_map_quantity)q;
            b = draw_png(&figure, NULL);
            assert_true(a.len != b.len || memcmp(a.data, b.data, a.len) != 0);
            mrse_buf_free(&b);
        }
    figure = fix_kind(fix, MRSE_FIGURE_PROFILE);
    figure.limit_T_m = 40; /* far above: mentioned, not drawn to scale */
    figure.exceeds = (const mrse_interval[]){{1, 0.9}, {0.7, 0.6}};
    figure.n_exceeds = 2;
    b = draw_png(&figure, NULL);
    check_alt(&figure, "It is exceeded from z = 1.00 m to 0.90 m, and from z = 0.70 m to 0.60 m.");
    mrse_buf_free(&b);
    mrse_buf_free(&a);
}

/* ---- failures */

static void figure_calls__bad_arguments__refused(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_BORE_MAP);
    mrse_study without_maps = fix->study;
    mrse_buf out = {0};
    double w, h;

    assert_int_equal(mrse_figure_png(NULL, NULL, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_figure_png(&figure, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_figure_svg(NULL, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_figure_svg(&figure, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_figure_alt(NULL, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_figure_alt(&figure, NULL), MRSE_ERR_ARG);
    memset(&without_maps.bore, 0, sizeof without_maps.bore);
    figure.study = &without_maps;
    assert_int_equal(mrse_figure_png(&figure, NULL, &out), MRSE_ERR_ARG);
    figure.study = NULL;
    assert_int_equal(mrse_figure_svg(&figure, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_figure_alt(&figure, &out), MRSE_ERR_ARG);
    figure = fix_kind(fix, MRSE_FIGURE_PROFILE);
    figure.profile = NULL;
    assert_int_equal(mrse_figure_png(&figure, NULL, &out), MRSE_ERR_ARG);
    figure.profile = &(mrse_profile){.n = 1, .z_m = fix->z_m, .b_T = fix->b_T};
    assert_int_equal(mrse_figure_png(&figure, NULL, &out), MRSE_ERR_ARG);
    figure.kind = (mrse_figure_kind)99;
    assert_int_equal(mrse_figure_png(&figure, NULL, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_figure_alt(&figure, &out), MRSE_ERR_ARG);
    assert_null(out.data);
    mrse_figure_size(NULL, &w, &h);
    assert_true(w > 0 && h > 0);
    mrse_figure_size(&figure, NULL, NULL);
}

static void figure_draw__no_room__refused_and_context_kept(void **state)
{
    (void)state;
    for (int k = 0; k < FIX_KINDS; k++) {
        mrse_figure figure = fix_kind(fix, fix_kinds[k]);
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 40, 40);
        cairo_t *cr = cairo_create(surface);

        assert_int_equal(mrse_figure_draw(cr, &figure, 60, 60), MRSE_ERR_ARG);
        assert_int_equal(mrse_figure_draw(cr, &figure, (double)NAN, 300), MRSE_ERR_ARG);
        assert_int_equal(mrse_figure_draw(cr, &figure, 504, 360), MRSE_OK);
        assert_int_equal(mrse_figure_draw(cr, &figure, 300, 300), MRSE_OK); /* narrow still draws */
        assert_int_equal(cairo_status(cr), CAIRO_STATUS_SUCCESS);
        cairo_destroy(cr);
        cairo_surface_destroy(surface);
    }
}

static void figure_png__font_missing__io_error(void **state)
{
    (void)state;
    mrse_figure figure = fix_kind(fix, MRSE_FIGURE_PROFILE);
    mrse_buf out = {0};

    mrse_cairo_font_folder("/nonexistent/fonts");
    assert_int_equal(mrse_figure_png(&figure, NULL, &out), MRSE_ERR_IO);
    assert_null(out.data);
    assert_int_equal(mrse_figure_svg(&figure, &out), MRSE_ERR_IO);
    mrse_cairo_font_folder(NULL);
    assert_int_equal(mrse_figure_png(&figure, NULL, &out), MRSE_OK);
    mrse_buf_free(&out);
}

static mrse_status make_png(void *context)
{
    mrse_buf out = {0};
    mrse_status status =
        mrse_figure_png(context, &(mrse_figure_meta){.title = "t", .author = "Å"}, &out);

    mrse_buf_free(&out);
    return status;
}

static mrse_status make_svg(void *context)
{
    mrse_buf out = {0};
    mrse_status status = mrse_figure_svg(context, &out);

    mrse_buf_free(&out);
    return status;
}

static mrse_status make_alt(void *context)
{
    mrse_buf out = {0};
    mrse_status status = mrse_figure_alt(context, &out);

    mrse_buf_free(&out);
    return status;
}

static void figure_files__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    for (int k = 0; k < FIX_KINDS; k++) {
        mrse_figure figure = fix_kind(fix, fix_kinds[k]);

        if (k == 0) /* drawing is the same; libpng's own share is in every PNG */
            assert_true(oom_exhaust(make_png, &figure) > 8);
        assert_true(oom_exhaust(make_svg, &figure) > 8);
        assert_true(oom_exhaust(make_alt, &figure) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figure_png__each_kind__reads_back_with_size_and_resolution),
        cmocka_unit_test(figure_png__meta__text_chunks_in_latin_and_utf8),
        cmocka_unit_test(figure_files__drawn_twice__same_bytes),
        cmocka_unit_test(figure_png__limit_ride_uncertainty_stamp__each_changes_the_picture),
        cmocka_unit_test(figure_png__maximum_near_the_limit__inset_drawn),
        cmocka_unit_test(figure_svg__each_kind__well_formed_one_image_at_most),
        cmocka_unit_test(figure_svg__bytes_that_are_not_utf8__still_utf8),
        cmocka_unit_test(figure_alt__profile__states_maximum_place_and_limit),
        cmocka_unit_test(figure_alt__profile_without_maxima__largest_sample_unless_one_is_missing),
        cmocka_unit_test(figure_alt__maps_and_plan__state_numbers),
        cmocka_unit_test(figure_png__map_not_known__no_colour_of_the_scale),
        cmocka_unit_test(figure_png__nan_everywhere__draws_without_numbers),
        cmocka_unit_test(figure_png__other_scanners_and_quantities__drawn),
        cmocka_unit_test(figure_calls__bad_arguments__refused),
        cmocka_unit_test(figure_draw__no_room__refused_and_context_kept),
        cmocka_unit_test(figure_png__font_missing__io_error),
        cmocka_unit_test(figure_files__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, begin, finish);
}
