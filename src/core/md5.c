/* MD5, which signs Pulseq files: it shows whether a file changed by accident, and no more.
 * libsodium has no MD5, and the physics floors stay free of GLib.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "mrse/file.h"

enum { CHUNK = 64, ROUNDS = 64 };

/* floor(2^32 |sin(i + 1)|) */
static const uint32_t sine[ROUNDS] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
static const unsigned turn[4][4] = {
    {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

static void add_chunk(uint32_t state[4], const unsigned char *bytes)
{
    uint32_t word[16], a = state[0], b = state[1], c = state[2], d = state[3];
    unsigned i;

    for (i = 0; i < 16; i++)
        word[i] = (uint32_t)bytes[4 * i] | (uint32_t)bytes[4 * i + 1] << 8 |
                  (uint32_t)bytes[4 * i + 2] << 16 | (uint32_t)bytes[4 * i + 3] << 24;
    for (i = 0; i < ROUNDS; i++) {
        uint32_t f, sum, kept = d;
        unsigned k, by = turn[i / 16][i % 4];

        switch (i / 16) {
        case 0:
            f = (b & c) | (~b & d);
            k = i;
            break;
        case 1:
            f = (d & b) | (~d & c);
            k = (5 * i + 1) % 16;
            break;
        case 2:
            f = b ^ c ^ d;
            k = (3 * i + 5) % 16;
            break;
        default:
            f = c ^ (b | ~d);
            k = 7 * i % 16;
        }
        sum = a + f + sine[i] + word[k];
        d = c;
        c = b;
        b += sum << by | sum >> (32 - by);
        a = kept;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void mrse_md5_hex(const void *bytes, size_t n, char out[MRSE_MD5_HEX])
{
    static const char hex[] = "0123456789abcdef";
    uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    const unsigned char *from = bytes;
    unsigned char last[2 * CHUNK] = {0};
    uint64_t bits = (uint64_t)n * 8;
    size_t rest = n % CHUNK, ends = rest < CHUNK - 8 ? CHUNK : 2 * CHUNK, i;

    for (i = 0; i + CHUNK <= n; i += CHUNK)
        add_chunk(state, from + i);
    if (rest > 0)
        memcpy(last, from + i, rest);
    last[rest] = 0x80;
    for (i = 0; i < 8; i++)
        last[ends - 8 + i] = (unsigned char)(bits >> (8 * i));
    for (i = 0; i < ends; i += CHUNK)
        add_chunk(state, last + i);
    for (i = 0; i < 16; i++) {
        unsigned byte = state[i / 4] >> (8 * (i % 4)) & 255;

        out[2 * i] = hex[byte >> 4];
        out[2 * i + 1] = hex[byte & 15];
    }
    out[MRSE_MD5_HEX - 1] = '\0';
}
