/* A scratch folder for one test program, and small files in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_SCRATCH_H
#define MRSE_TEST_SCRATCH_H

/* Make a fresh folder / remove it with everything in it; for cmocka's group set-up and tear-down. */
int scratch_begin(void **state);
int scratch_end(void **state);

/* Path of a name in the folder: static storage, good for the next seven calls. */
const char *scratch_path(const char *name);
/* Write a file, or fail the test; returns its path. */
const char *scratch_write(const char *name, const char *text);
/* How many entries the folder holds. */
int scratch_count(void);

#endif
