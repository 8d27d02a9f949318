/* DICOM files made byte by byte, for tests. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_DICOM_SUPPORT_H
#define MRSE_TEST_DICOM_SUPPORT_H

#include <stdint.h>
#include <string.h>

#include "mrse/dicom.h"
#include "support/close.h"

typedef struct maker {
    unsigned char b[65536];
    size_t n;
    bool implicit, big;
} maker;

static inline void put_bytes(maker *m, const void *bytes, size_t n)
{
    assert_true(n <= sizeof m->b - m->n);
    memcpy(m->b + m->n, bytes, n);
    m->n += n;
}

static inline void put_number(maker *m, uint64_t x, size_t n)
{
    unsigned char b[8];
    for (size_t i = 0; i < n; i++)
        b[m->big ? n - 1 - i : i] = (unsigned char)(x >> 8 * i);
    put_bytes(m, b, n);
}

/* The header of an element, with any length, true or not. */
static inline void put_header(maker *m, unsigned group, unsigned element, const char *vr,
                              uint32_t length)
{
    bool wide = strstr("OB OD OF OL OV OW SQ SV UC UN UR UT UV", vr) != NULL;
    put_number(m, group, 2);
    put_number(m, element, 2);
    if (m->implicit || group == 0xFFFE) {
        put_number(m, length, 4);
        return;
    }
    put_bytes(m, vr, 2);
    if (wide) {
        put_number(m, 0, 2);
        put_number(m, length, 4);
    } else {
        put_number(m, length, 2);
    }
}

static inline void put(maker *m, unsigned group, unsigned element, const char *vr, const char *text)
{
    size_t n = strlen(text);
    put_header(m, group, element, vr, (uint32_t)(n + n % 2));
    put_bytes(m, text, n);
    if (n % 2)
        put_bytes(m, " ", 1);
}

static inline void put_double(maker *m, unsigned group, unsigned element, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    put_header(m, group, element, "FD", 8);
    put_number(m, bits, 8);
}

static inline void put_float(maker *m, unsigned group, unsigned element, float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    put_header(m, group, element, "FL", 4);
    put_number(m, bits, 4);
}

static inline void put_short(maker *m, unsigned group, unsigned element, unsigned x)
{
    put_header(m, group, element, "US", 2);
    put_number(m, x, 2);
}

/* Sequences and items of undefined length. */
static inline void open_seq(maker *m, unsigned group, unsigned element)
{
    put_header(m, group, element, "SQ", 0xFFFFFFFFU);
}

static inline void open_item(maker *m)
{
    put_header(m, 0xFFFE, 0xE000, "", 0xFFFFFFFFU);
}

static inline void close_item(maker *m)
{
    put_header(m, 0xFFFE, 0xE00D, "", 0);
}

static inline void close_seq(maker *m)
{
    put_header(m, 0xFFFE, 0xE0DD, "", 0);
}

#define EXPLICIT_LE "1.2.840.10008.1.2.1"
#define IMPLICIT_LE "1.2.840.10008.1.2"
#define EXPLICIT_BE "1.2.840.10008.1.2.2"

/* Preamble and meta group; what follows is written in that syntax. */
static inline void begin(maker *m, const char *syntax)
{
    static const unsigned char zero[128];
    m->n = 0;
    m->implicit = m->big = false;
    put_bytes(m, zero, sizeof zero);
    put_bytes(m, "DICM", 4);
    put(m, 0x0002, 0x0010, "UI", syntax);
    m->implicit = strcmp(syntax, IMPLICIT_LE) == 0;
    m->big = strcmp(syntax, EXPLICIT_BE) == 0;
}

/* A classic header as far as group 0018. */
static inline void begin_classic(maker *m, const char *maker_name)
{
    begin(m, EXPLICIT_LE);
    put(m, 0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.4");
    put(m, 0x0008, 0x0060, "CS", "MR");
    put(m, 0x0008, 0x0070, "LO", maker_name);
}

/* A source that keeps account of what was asked for. */
typedef struct memory {
    const unsigned char *b;
    size_t n;
    size_t largest, calls, fail_at;
    unsigned char seen[65536]; /* 1: this byte was asked for */
} memory;

static inline mrse_status memory_read(void *context, uint64_t offset, void *to, size_t n)
{
    memory *m = context;
    assert_true(offset <= m->n && n <= m->n - offset);
    if (++m->calls == m->fail_at)
        return MRSE_ERR_IO;
    if (n > m->largest)
        m->largest = n;
    memcpy(to, m->b + offset, n);
    memset(m->seen + offset, 1, n);
    return MRSE_OK;
}

static inline mrse_status read_made(const maker *m, mrse_dicom **out, mrse_diags *diags)
{
    static memory from;
    memset(&from, 0, sizeof from);
    from.b = m->b;
    from.n = m->n;
    mrse_dicom_source source = {&from, m->n, memory_read};
    mrse_diags_init(diags);
    return mrse_dicom_read(
        &source, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", out, diags);
}

#endif
