/* Tables and pairs of the PDF view: rows of wrapped cells that break over pages between rows, and
 * within a row only when it is taller than a page. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/alloc.h"
#include "pdf_internal.h"
#include "pdf_table_internal.h"

#define PAD        2.3 /* above and below a cell's text */
#define PAD_FINE   1.4
#define GAP_AFTER  8.0
#define FIRST_ROWS 45.0 /* a table does not begin with less at the foot of a page */

static double pad_of(const mrse_pdf_grid *grid)
{
    return grid->block->style == MRSE_STYLE_SMALL ? PAD_FINE : PAD;
}

static mrse_pdf_form cell_form(const mrse_pdf_grid *grid, size_t column)
{
    const mrse_block *block = grid->block;
    bool table = block->kind == MRSE_BLOCK_TABLE;
    return (mrse_pdf_form){
        .role = mrse_pdf_grid_role(block, column, false),
        .width = grid->width[column] - 2 * MRSE_PDF_CELL_PAD,
        .right = table && block->column[column].number,
        .newline = MRSE_NEWLINE_KEEP,
        .whole = table && block->column[column].number,
        .lead_verdict = table || column == 1,
    };
}

static void free_row(mrse_pdf_text *cell, size_t n)
{
    for (size_t i = 0; cell && i < n; i++)
        mrse_pdf_text_free(&cell[i]);
    mrse_free(cell);
}

static double row_height(const mrse_pdf_grid *grid, const mrse_pdf_text *cell)
{
    double height = 0;
    for (size_t i = 0; cell && i < grid->n; i++)
        height = cell[i].height > height ? cell[i].height : height;
    return height + 2 * pad_of(grid);
}

/* The cells of one row; NULL when memory is short, empty when the sheet has failed. */
static mrse_pdf_text *make_row(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid, size_t first)
{
    mrse_pdf_text *cell = mrse_alloc(grid->n, sizeof *cell);
    if (!cell)
        mrse_pdf_fail(sheet, MRSE_ERR_NOMEM);
    for (size_t i = 0; cell && i < grid->n; i++) {
        const char *text = grid->block->cell[first + i];
        mrse_pdf_form form = cell_form(grid, i);
        cell[i] = mrse_pdf_text_make(sheet, text, strlen(text), &form);
    }
    return cell;
}

static mrse_pdf_text *make_head(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid)
{
    mrse_pdf_text *cell = mrse_alloc(grid->n, sizeof *cell);
    if (!cell)
        mrse_pdf_fail(sheet, MRSE_ERR_NOMEM);
    for (size_t i = 0; cell && i < grid->n; i++) {
        const char *text = grid->block->column[i].header;
        mrse_pdf_form form = cell_form(grid, i);
        form.role = mrse_pdf_grid_role(grid->block, i, true);
        form.whole = false;
        form.lead_verdict = false;
        cell[i] = mrse_pdf_text_make(sheet, text, strlen(text), &form);
    }
    return cell;
}

static void open_grid(mrse_pdf_sheet *sheet, const mrse_block *block, mrse_pdf_grid *grid)
{
    bool table = block->kind == MRSE_BLOCK_TABLE;
    *grid = (mrse_pdf_grid){.block = block, .n = table ? block->n_columns : 2};
    grid->width = mrse_alloc(grid->n, sizeof *grid->width);
    if (!grid->width) {
        mrse_pdf_fail(sheet, MRSE_ERR_NOMEM);
        return;
    }
    mrse_pdf_grid_widths(sheet, grid);
    if (table && sheet->status == MRSE_OK) {
        grid->head = make_head(sheet, grid);
        grid->head_height = row_height(grid, grid->head);
        /* A header that fills the page would leave no room for rows: then it is not repeated. */
        grid->repeat = grid->head_height < (sheet->bottom - sheet->top) / 3;
    }
}

static void close_grid(mrse_pdf_grid *grid)
{
    free_row(grid->head, grid->n);
    mrse_free(grid->width);
    *grid = (mrse_pdf_grid){0};
}

static void rule(mrse_pdf_sheet *sheet, double y, double width, double grey)
{
    if (!sheet->draw)
        return;
    cairo_set_source_rgb(sheet->cr, grey, grey, grey);
    cairo_set_line_width(sheet->cr, width);
    cairo_move_to(sheet->cr, MRSE_PDF_LEFT, y);
    cairo_line_to(sheet->cr, MRSE_PDF_LEFT + MRSE_PDF_BODY, y);
    cairo_stroke(sheet->cr);
}

static const char *cell_tag(const mrse_pdf_grid *grid, size_t column, bool head)
{
    if (grid->block->kind == MRSE_BLOCK_PAIRS)
        return column == 0 ? "Lbl" : "LBody";
    bool names_row = column == 0 && !grid->block->column[0].number;
    return head || names_row ? "TH" : "TD";
}

/* A part of a row: for each cell the lines from[i] up to to[i]. `tagged` false: a repeated header,
 * which a reader has heard already. */
static void draw_part(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid, const mrse_pdf_text *cell,
                      const size_t *from, const size_t *to, bool head, bool tagged)
{
    const char *row = grid->block->kind == MRSE_BLOCK_PAIRS ? "LI" : "TR";
    double x = MRSE_PDF_LEFT;
    if (tagged)
        mrse_pdf_tag(sheet, row);
    for (size_t i = 0; i < grid->n; i++) {
        const char *tag = cell_tag(grid, i, head);
        if (tagged)
            mrse_pdf_tag(sheet, tag);
        mrse_pdf_text_draw(sheet, &cell[i], from ? from[i] : 0, to ? to[i] : cell[i].n,
                           x + MRSE_PDF_CELL_PAD, sheet->y + pad_of(grid));
        if (tagged)
            mrse_pdf_untag(sheet, tag);
        x += grid->width[i];
    }
    if (tagged)
        mrse_pdf_untag(sheet, row);
}

static void draw_head(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid, bool tagged)
{
    if (!grid->head)
        return;
    if (sheet->draw) {
        cairo_rectangle(sheet->cr, MRSE_PDF_LEFT, sheet->y, MRSE_PDF_BODY, grid->head_height);
        cairo_set_source_rgba(sheet->cr, 0.12, 0.23, 0.37, 0.08);
        cairo_fill(sheet->cr);
    }
    draw_part(sheet, grid, grid->head, NULL, NULL, true, tagged);
    sheet->y += grid->head_height;
    rule(sheet, sheet->y, 0.9, 0.15);
}

static void break_grid(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid)
{
    mrse_pdf_new_page(sheet);
    if (grid->repeat)
        draw_head(sheet, grid, false);
}

/* How many lines of each cell fit here, and the height they take with padding; false when the row
 * is finished. At the head of a page every unfinished cell gets a line, or this would not end. */
static bool split_row(const mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid,
                      const mrse_pdf_text *cell, bool fresh, const size_t *from, size_t *to,
                      double *height)
{
    bool more = false;
    *height = 0;
    for (size_t i = 0; i < grid->n; i++) {
        double used = 0;
        to[i] = mrse_pdf_text_fit(&cell[i], from[i], sheet->bottom - sheet->y - 2 * pad_of(grid),
                                  &used);
        if (fresh && to[i] == from[i] && to[i] < cell[i].n) {
            used = cell[i].line[to[i]].bottom - cell[i].line[to[i]].top;
            to[i]++;
        }
        *height = used > *height ? used : *height;
        more = more || from[i] < cell[i].n;
    }
    *height += 2 * pad_of(grid);
    return more;
}

static void flow_parts(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid, const mrse_pdf_text *cell,
                       bool head, size_t *from, size_t *to)
{
    double height = 0;
    bool fresh = false, done = false;
    while (!done && sheet->status == MRSE_OK &&
           split_row(sheet, grid, cell, fresh, from, to, &height)) {
        if (memcmp(from, to, grid->n * sizeof *from) != 0) {
            draw_part(sheet, grid, cell, from, to, head, true);
            sheet->y += height;
            memcpy(from, to, grid->n * sizeof *from);
        }
        done = true;
        for (size_t i = 0; i < grid->n; i++)
            done = done && from[i] == cell[i].n;
        if (!done)
            break_grid(sheet, grid);
        fresh = true;
    }
}

/* A row taller than a page flows line by line. */
static void flow_row(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid, const mrse_pdf_text *cell,
                     bool head)
{
    size_t *from = mrse_alloc(grid->n, sizeof *from), *to = mrse_alloc(grid->n, sizeof *to);
    if (from && to)
        flow_parts(sheet, grid, cell, head, from, to);
    else
        mrse_pdf_fail(sheet, MRSE_ERR_NOMEM);
    mrse_free(from);
    mrse_free(to);
}

static void draw_row(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid, size_t first)
{
    mrse_pdf_text *cell = make_row(sheet, grid, first);
    double height = row_height(grid, cell);
    double page = sheet->bottom - sheet->top - (grid->repeat ? grid->head_height : 0);
    if (sheet->status == MRSE_OK && height <= page) {
        if (height > sheet->bottom - sheet->y)
            break_grid(sheet, grid);
        draw_part(sheet, grid, cell, NULL, NULL, false, true);
        sheet->y += height;
    } else if (sheet->status == MRSE_OK) {
        flow_row(sheet, grid, cell, false);
    }
    rule(sheet, sheet->y, 0.4, 0.75);
    free_row(cell, grid->n);
}

static void begin_head(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid)
{
    if (grid->head_height > sheet->bottom - sheet->top) {
        flow_row(sheet, grid, grid->head, true);
        rule(sheet, sheet->y, 0.9, 0.15);
        return;
    }
    if (grid->head_height > sheet->bottom - sheet->y)
        mrse_pdf_new_page(sheet);
    draw_head(sheet, grid, true);
}

static mrse_pdf_text make_caption(mrse_pdf_sheet *sheet, const mrse_block *block, unsigned number)
{
    mrse_buf buf = {0};
    mrse_pdf_text text = {0};
    if (!block->text[0])
        return text;
    mrse_buf_addf(&buf, "Table %u:", number);
    mrse_pdf_form form = {.role = MRSE_PDF_CAPTION, .width = MRSE_PDF_BODY, .bold_bytes = buf.len};
    mrse_buf_addf(&buf, " %s", block->text);
    mrse_pdf_fail(sheet, buf.status);
    text = mrse_pdf_text_make(sheet, mrse_buf_text(&buf), buf.len, &form);
    mrse_buf_free(&buf);
    return text;
}

/* Caption, header and first rows, of which a long one may break. */
static double first_height(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid, double caption)
{
    double height = caption + grid->head_height, limit = (sheet->bottom - sheet->top) / 2;
    double rows = 0;
    for (size_t i = 0; rows < FIRST_ROWS && (i + 1) * grid->n <= grid->block->n_cells; i++) {
        mrse_pdf_text *cell = make_row(sheet, grid, i * grid->n);
        rows += row_height(grid, cell);
        free_row(cell, grid->n);
    }
    height += rows;
    return height < limit ? height : limit;
}

static double grid_first(mrse_pdf_sheet *sheet, const mrse_block *block, double caption)
{
    mrse_pdf_grid grid;
    open_grid(sheet, block, &grid);
    double height = sheet->status == MRSE_OK ? first_height(sheet, &grid, caption) : 0;
    close_grid(&grid);
    return height;
}

double mrse_pdf_table_first(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    mrse_pdf_text caption = make_caption(sheet, block, sheet->n_tables + 1);
    double height = grid_first(sheet, block, caption.height + 3);
    mrse_pdf_text_free(&caption);
    return height;
}

double mrse_pdf_pairs_first(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    return grid_first(sheet, block, 0);
}

static void set_table(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid,
                      const mrse_pdf_text *caption)
{
    const mrse_block *block = grid->block;
    mrse_pdf_room(sheet, first_height(sheet, grid, caption->height + 3));
    mrse_pdf_tag(sheet, "Table");
    if (caption->n > 0) {
        /* The caption belongs to the table, also where it is longer than a page. */
        mrse_pdf_frame frame = {.tag = "Caption"};
        mrse_pdf_flow(sheet, caption, &frame);
        sheet->y += 3;
    }
    begin_head(sheet, grid);
    for (size_t i = 0; i + grid->n <= block->n_cells && sheet->status == MRSE_OK; i += grid->n)
        draw_row(sheet, grid, i);
    mrse_pdf_untag(sheet, "Table");
    sheet->y += GAP_AFTER;
}

void mrse_pdf_table(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    mrse_pdf_grid grid;
    if (block->text[0])
        sheet->n_tables++;
    mrse_pdf_text caption = make_caption(sheet, block, sheet->n_tables);
    open_grid(sheet, block, &grid);
    if (sheet->status == MRSE_OK)
        set_table(sheet, &grid, &caption);
    close_grid(&grid);
    mrse_pdf_text_free(&caption);
}

static void set_pairs(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid)
{
    const mrse_block *block = grid->block;
    mrse_pdf_room(sheet, first_height(sheet, grid, 0));
    mrse_pdf_tag(sheet, "L");
    rule(sheet, sheet->y, 0.4, 0.75);
    for (size_t i = 0; i + 2 <= block->n_cells && sheet->status == MRSE_OK; i += 2)
        draw_row(sheet, grid, i);
    mrse_pdf_untag(sheet, "L");
    sheet->y += GAP_AFTER;
}

void mrse_pdf_pairs(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    mrse_pdf_grid grid;
    if (block->n_cells < 2)
        return;
    open_grid(sheet, block, &grid);
    if (sheet->status == MRSE_OK)
        set_pairs(sheet, &grid);
    close_grid(&grid);
}
