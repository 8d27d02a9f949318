/* SHA-256, by libsodium. SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium/crypto_hash_sha256.h>

#include "mrse/file.h"

void mrse_sha256_hex(const void *bytes, size_t n, char out[MRSE_SHA256_HEX])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char hash[crypto_hash_sha256_BYTES];
    size_t i;

    (void)crypto_hash_sha256(hash, n > 0 ? bytes : (const void *)"", n);
    for (i = 0; i < sizeof hash; i++) {
        out[2 * i] = hex[hash[i] >> 4];
        out[2 * i + 1] = hex[hash[i] & 15];
    }
    out[MRSE_SHA256_HEX - 1] = '\0';
}
