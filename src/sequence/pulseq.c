/* Reading a Pulseq file: its version first, then the sections in whatever order they come, then the
 * links between them. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/pulseq.h"

#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "pulseq_internal.h"

enum { OLDEST = 2, NEWEST = 5, NEWEST_REVISION = 1, S = 9 };

#define OLD_GRADIENT_RASTER_NS 10000.0
#define OLD_RF_RASTER_NS       1000.0

static void begin_section(seq_reader *r)
{
    static const struct {
        const char *name;
        seq_section section;
    } known[] = {
        {"[VERSION]", SEQ_VERSION},
        {"[DEFINITIONS]", SEQ_DEFINITIONS},
        {"[BLOCKS]", SEQ_BLOCKS},
        {"[RF]", SEQ_RF},
        {"[GRADIENTS]", SEQ_GRADIENTS},
        {"[TRAP]", SEQ_TRAP},
        {"[ADC]", SEQ_ADC},
        {"[DELAYS]", SEQ_DELAYS},
        {"[SHAPES]", SEQ_SHAPES},
        {"[EXTENSIONS]", SEQ_EXTENSIONS},
        {"[SIGNATURE]", SEQ_SIGNATURE},
    };
    size_t i;

    seq_end_shape(r);
    r->section = SEQ_OTHER;
    for (i = 0; i < sizeof known / sizeof known[0]; i++)
        if (seq_token_is(r, 0, known[i].name))
            r->section = known[i].section;
    if (r->section == SEQ_SIGNATURE)
        r->signature_at = (size_t)(r->row - r->text);
    if (r->section == SEQ_OTHER)
        seq_error(r, 0, NULL,
                  "sections: VERSION DEFINITIONS BLOCKS RF GRADIENTS TRAP ADC DELAYS "
                  "EXTENSIONS SHAPES SIGNATURE",
                  "unknown section '%.*s'", (int)(r->token[0].n < 40 ? r->token[0].n : 40),
                  r->token[0].s);
}

/* "1post1" counts as 1. */
static bool read_part(const seq_reader *r, int *part)
{
    const seq_token *t = &r->token[1];
    size_t i;

    *part = 0;
    for (i = 0; i < t->n && i < 6 && t->s[i] >= '0' && t->s[i] <= '9'; i++)
        *part = 10 * *part + (t->s[i] - '0');
    return i > 0;
}

static void row_version(seq_reader *r)
{
    int *part = seq_token_is(r, 0, "major")      ? &r->seq->major
                : seq_token_is(r, 0, "minor")    ? &r->seq->minor
                : seq_token_is(r, 0, "revision") ? &r->seq->revision
                                                 : NULL;

    if (part && (r->n_tokens < 2 || !read_part(r, part)))
        seq_error(r, 0, "VERSION", "write 'major 1', 'minor 5', 'revision 0'",
                  "a version is made of numbers");
}

/* How rows are read depends on the version, and sections come in any order. */
static void find_version(seq_reader *r)
{
    bool found = false;

    r->seq->major = r->seq->minor = r->seq->revision = -1;
    while (seq_next_line(r)) {
        bool heading = r->token[0].s[0] == '[';

        if (heading && found)
            break;
        found = found || seq_token_is(r, 0, "[VERSION]");
        if (found && !heading)
            row_version(r);
    }
    r->at = 0;
    r->line = 0;
    if (r->errors > 0)
        return;
    if (r->n >= 2 && r->text[0] == 1 && r->text[1] == 'p')
        seq_error_at(r, 0, "VERSION", "write the sequence as a text file",
                     "the binary form of Pulseq is not read");
    else if (!found || r->seq->major < 0 || r->seq->minor < 0)
        seq_error_at(r, 1, "VERSION", "a Pulseq file says '[VERSION]', 'major 1', 'minor 5'",
                     "no version: not a Pulseq file, or one of version 1.0");
    else if (r->seq->major != 1 || r->seq->minor < OLDEST || r->seq->minor > NEWEST)
        seq_error_at(r, 1, "VERSION", "versions 1.2 to 1.5 are read; write the sequence anew",
                     "Pulseq version %d.%d is not read", r->seq->major, r->seq->minor);
    else if (r->seq->minor == NEWEST && r->seq->revision > NEWEST_REVISION)
        seq_warn(r, 0, "VERSION", NULL, "version 1.%d.%d is newer than this reader, made for 1.5.1",
                 r->seq->minor, r->seq->revision);
    if (r->seq->revision < 0)
        r->seq->revision = 0;
}

static void raster(seq_reader *r, double least_ns, double *ns)
{
    const char *hint = "a raster is a time in seconds such as 1e-05";

    if (seq_positive(r, 1, S, "DEFINITIONS", ns) &&
        !(*ns >= least_ns && *ns <= SEQ_RASTER_MAX_NS)) {
        *ns = 0.0;
        seq_error(r, 1, "DEFINITIONS", hint, "a raster between 1e-07 s and 1 s is needed");
    }
}

static void copy_rest(const seq_reader *r, char *to, size_t size)
{
    const seq_token *first = &r->token[1];
    size_t last = r->n_tokens < SEQ_TOKENS ? r->n_tokens : SEQ_TOKENS, n;
    char text[256];

    if (last < 2)
        return;
    n = (size_t)(r->token[last - 1].s + r->token[last - 1].n - first->s);
    n = n < sizeof text ? n : sizeof text - 1;
    memcpy(text, first->s, n);
    text[n] = '\0';
    if (mrse_text_is_utf8(text, n))
        mrse_text_copy(to, size, text);
    for (; *to; to++)
        if (*to == '\t' || *to == '\r')
            *to = ' ';
}

static void row_definition(seq_reader *r)
{
    if (seq_token_is(r, 0, "BlockDurationRaster")) {
        raster(r, 100.0, &r->seq->block_raster_ns);
    } else if (seq_token_is(r, 0, "GradientRasterTime")) {
        raster(r, 100.0, &r->seq->gradient_raster_ns);
    } else if (seq_token_is(r, 0, "RadiofrequencyRasterTime")) {
        raster(r, 100.0, &r->seq->rf_raster_ns);
    } else if (seq_token_is(r, 0, "TotalDuration")) {
        if (!seq_positive(r, 1, S, "DEFINITIONS.TotalDuration", &r->total_ns))
            r->total_ns = (double)NAN;
        r->total_line = r->line;
    } else if (seq_token_is(r, 0, "Name")) {
        copy_rest(r, r->seq->name, sizeof r->seq->name);
    } else if (seq_token_is(r, 0, "RequiredExtensions")) {
        copy_rest(r, r->required, sizeof r->required);
        r->required_line = r->line;
    }
}

static void row_block(seq_reader *r)
{
    bool v14 = r->seq->minor >= SEQ_V14;
    size_t columns = r->seq->minor >= 3 ? 8 : 7;
    uint32_t id;
    seq_row_block row = {0}, *kept;

    if (!seq_columns(r, columns, 8, "BLOCKS",
                     v14                  ? "id duration rf gx gy gz adc ext"
                     : r->seq->minor >= 3 ? "id delay rf gx gy gz adc ext"
                                          : "id delay rf gx gy gz adc") ||
        !seq_id(r, 0, "BLOCKS.id", &id) ||
        !seq_positive(r, 1, 0, "BLOCKS.duration", &row.duration) ||
        !seq_id(r, 2, "BLOCKS.rf", &row.rf) || !seq_id(r, 3, "BLOCKS.gx", &row.gradient[0]) ||
        !seq_id(r, 4, "BLOCKS.gy", &row.gradient[1]) ||
        !seq_id(r, 5, "BLOCKS.gz", &row.gradient[2]) || !seq_id(r, 6, "BLOCKS.adc", &row.adc) ||
        (r->n_tokens > 7 && !seq_id(r, 7, "BLOCKS.ext", &row.extension)))
        return;
    if (!v14 && (row.duration > 0x7fffffff || row.duration != floor(row.duration))) {
        seq_error(r, 1, "BLOCKS.delay", "before 1.4 this is the id of a delay", "not an id");
        return;
    }
    row.line = r->line;
    kept = seq_push(r, &r->block, sizeof *kept);
    if (kept)
        *kept = row;
}

static void row_signature(seq_reader *r)
{
    char *to = seq_token_is(r, 0, "Hash") ? r->signature : NULL;
    size_t size = sizeof r->signature;

    if (seq_token_is(r, 0, "Type")) {
        to = r->signature_type;
        size = sizeof r->signature_type;
    }
    if (to && r->n_tokens > 1 && r->token[1].n < size) {
        memcpy(to, r->token[1].s, r->token[1].n);
        to[r->token[1].n] = '\0';
    }
}

static void read_row(seq_reader *r)
{
    static void (*const row[])(seq_reader *) = {
        [SEQ_DEFINITIONS] = row_definition,
        [SEQ_BLOCKS] = row_block,
        [SEQ_RF] = seq_row_rf,
        [SEQ_GRADIENTS] = seq_row_gradient,
        [SEQ_TRAP] = seq_row_trap,
        [SEQ_ADC] = seq_row_adc,
        [SEQ_DELAYS] = seq_row_delay,
        [SEQ_EXTENSIONS] = seq_row_extension,
        [SEQ_SHAPES] = seq_row_shape,
        [SEQ_SPECIFICATION] = seq_row_specification,
        [SEQ_SIGNATURE] = row_signature,
        [SEQ_OTHER] = NULL,
    };

    if (seq_token_is(r, 0, "extension") &&
        (r->section == SEQ_EXTENSIONS || r->section == SEQ_SPECIFICATION))
        seq_begin_specification(r);
    else if (r->token[0].s[0] == '[')
        begin_section(r);
    else if (r->section == SEQ_NOWHERE)
        seq_error(r, 0, NULL, "rows stand below a section such as [VERSION]",
                  "a row before any section");
    else if (row[r->section])
        row[r->section](r);
}

/* Since 1.4 rasters must be stated. */
static void check_rasters(seq_reader *r)
{
    mrse_pulseq *seq = r->seq;
    bool old = seq->minor < SEQ_V14;

    if (r->block.n == 0)
        seq_error_at(r, 1, "BLOCKS", NULL, "there are no blocks");
    if (!old && seq->block_raster_ns == 0.0)
        seq_error_at(r, 1, "DEFINITIONS.BlockDurationRaster", "write 'BlockDurationRaster 1e-05'",
                     "is missing");
    if (!old && seq->gradient_raster_ns == 0.0)
        seq_error_at(r, 1, "DEFINITIONS.GradientRasterTime", "write 'GradientRasterTime 1e-05'",
                     "is missing");
    if (!old && seq->rf_raster_ns == 0.0)
        seq_error_at(r, 1, "DEFINITIONS.RadiofrequencyRasterTime",
                     "write 'RadiofrequencyRasterTime 1e-06'", "is missing");
    seq->raster_assumed = old && (seq->gradient_raster_ns == 0.0 || seq->rf_raster_ns == 0.0);
    if (seq->gradient_raster_ns == 0.0)
        seq->gradient_raster_ns = OLD_GRADIENT_RASTER_NS;
    if (seq->rf_raster_ns == 0.0)
        seq->rf_raster_ns = OLD_RF_RASTER_NS;
}

/* Of all bytes before the line end that stands before "[SIGNATURE]". */
static void check_signature(seq_reader *r)
{
    char md5[MRSE_MD5_HEX];
    size_t i;

    if (r->signature_at == 0)
        return;
    for (i = 0; r->signature_type[i]; i++)
        if (r->signature_type[i] >= 'A' && r->signature_type[i] <= 'Z')
            r->signature_type[i] = (char)(r->signature_type[i] + 32);
    if (strcmp(r->signature_type, "md5") != 0) {
        r->seq->signature = MRSE_SIGNATURE_UNKNOWN;
        seq_warn(r, 0, "SIGNATURE", NULL, "a signature of the type '%s' is not checked",
                 r->signature_type);
        return;
    }
    mrse_md5_hex(r->text, r->signature_at - 1, md5);
    r->seq->signature =
        strcmp(md5, r->signature) == 0 ? MRSE_SIGNATURE_HOLDS : MRSE_SIGNATURE_DIFFERS;
    if (r->seq->signature == MRSE_SIGNATURE_DIFFERS)
        seq_warn(r, 0, "SIGNATURE", "ask for the file as it was written",
                 "the md5 sum is %s, the file states %s: it was changed after it was signed", md5,
                 r->signature);
}

static void hand_over(seq_reader *r)
{
    mrse_pulseq *seq = r->seq;

    seq->rf = r->rf.item;
    seq->n_rf = r->rf.n;
    seq->gradient = r->gradient.item;
    seq->n_gradients = r->gradient.n;
    seq->point = r->point.item;
    seq->n_points = r->point.n;
    seq->rotation = r->rotation.item;
    seq->n_rotations = r->rotation.n;
    seq->shape = r->shape.item;
    seq->n_shapes = r->shape.n;
    seq->run = r->run.item;
    seq->n_runs = r->run.n;
    mrse_free(r->block.item);
    mrse_free(r->adc.item);
    mrse_free(r->delay.item);
    mrse_free(r->event.item);
    mrse_free(r->extension.item);
    mrse_free(r->value.item);
}

mrse_status mrse_pulseq_read(const char *text, size_t n, const char *name, mrse_pulseq **out,
                             mrse_diags *diags)
{
    seq_reader r = {0};

    if (!out)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (!text || !name)
        return MRSE_ERR_ARG;
    if (n > MRSE_PULSEQ_FILE_MAX)
        return MRSE_ERR_LIMIT;
    r.seq = mrse_alloc(1, sizeof *r.seq);
    if (!r.seq)
        return MRSE_ERR_NOMEM;
    r.text = text;
    r.n = n;
    r.name = name;
    r.diags = diags;
    r.total_ns = (double)NAN;
    find_version(&r);
    if (r.status == MRSE_OK) {
        while (seq_next_line(&r))
            read_row(&r);
        seq_end_shape(&r);
        check_rasters(&r);
        check_signature(&r);
    }
    if (r.status == MRSE_OK)
        seq_link(&r);
    hand_over(&r);
    if (r.status != MRSE_OK)
        mrse_pulseq_free(r.seq);
    else
        *out = r.seq;
    return r.status;
}

void mrse_pulseq_free(mrse_pulseq *sequence)
{
    if (!sequence)
        return;
    mrse_free(sequence->block);
    mrse_free(sequence->rf);
    mrse_free(sequence->gradient);
    mrse_free(sequence->point);
    mrse_free(sequence->rotation);
    mrse_free(sequence->shape);
    mrse_free(sequence->run);
    mrse_free(sequence);
}
