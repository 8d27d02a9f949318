/* The XMP packet of a PDF: says what the Info dictionary says, for readers that look here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "document_internal.h"
#include "mrse/date.h"

static void write_text(mrse_buf *out, const char *text)
{
    mrse_document_escape(out, text, strlen(text), MRSE_NEWLINE_SPACE);
}

static void write_simple(mrse_buf *out, const char *name, const char *text)
{
    if (!text || !text[0])
        return;
    mrse_buf_addf(out, "<%s>", name);
    write_text(out, text);
    mrse_buf_addf(out, "</%s>\n", name);
}

/* XMP's containers: Alt for texts that may be translated, Seq for ordered and Bag for other lists. */
static void write_contained(mrse_buf *out, const char *name, const char *container,
                            const char *text)
{
    if (!text || !text[0])
        return;
    bool alternative = strcmp(container, "Alt") == 0;
    mrse_buf_addf(out, "<%s><rdf:%s><rdf:li%s>", name, container,
                  alternative ? " xml:lang=\"x-default\"" : "");
    write_text(out, text);
    mrse_buf_addf(out, "</rdf:li></rdf:%s></%s>\n", container, name);
}

/* As in the Info dictionary: a day alone is written as its beginning. */
static void write_dates(mrse_buf *out, const mrse_document *document)
{
    mrse_date date;
    char text[MRSE_DATE_TEXT];
    if (!document->date || mrse_date_read(document->date, &date) != MRSE_OK)
        return;
    date.has_time = true;
    mrse_date_text(&date, text);
    write_simple(out, "xmp:CreateDate", text);
    write_simple(out, "xmp:ModifyDate", text);
    write_simple(out, "xmp:MetadataDate", text);
}

void mrse_document_xmp(const mrse_document *document, const char *producer, mrse_buf *out)
{
    mrse_buf_add(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                      "<rdf:Description rdf:about=\"\"\n"
                      " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                      " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
                      "<dc:format>application/pdf</dc:format>\n");
    write_contained(out, "dc:title", "Alt", mrse_document_title(document));
    write_contained(out, "dc:creator", "Seq", mrse_document_author(document));
    write_contained(out, "dc:description", "Alt", document->subject);
    write_contained(out, "dc:language", "Bag", mrse_document_language(document));
    write_simple(out, "dc:identifier", document->id);
    write_simple(out, "xmp:CreatorTool", document->tool);
    write_dates(out, document);
    write_simple(out, "pdf:Producer", producer);
    mrse_buf_add(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}
