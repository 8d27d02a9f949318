/* A name planted in a DICOM file is nowhere in the memory of the process that read the file: a child
 * writes the file, the parent reads it, prints all of it, and looks through every page that it can
 * write to. SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dicom_support.h"
#include "mrse/mrse.h"
#include "support/scratch.h"

enum { NAME = 12, KEY = 0x5A, WINDOW = 1 << 16 };

/* The name is only ever written out in the child. */
static const unsigned char hidden[NAME] = {'X' ^ KEY, 'e' ^ KEY, 'n' ^ KEY, 'o' ^ KEY,
                                           'p' ^ KEY, 'h' ^ KEY, 'o' ^ KEY, 'n' ^ KEY,
                                           't' ^ KEY, 'e' ^ KEY, 'l' ^ KEY, 'o' ^ KEY};

static void show(char name[NAME + 1])
{
    volatile unsigned char key = KEY;
    for (size_t i = 0; i < NAME; i++)
        name[i] = (char)(hidden[i] ^ key);
    name[NAME] = '\0';
}

static void put_csa(maker *m, const char *name)
{
    char protocol[256], tag[64] = "MrPhoenixProtocol";
    (void)snprintf(protocol, sizeof protocol,
                   "### ASCCONV BEGIN ###\ntPatientName = \"%s\"\nalTR[0] = 3000000\n"
                   "### ASCCONV END ###\n%s\n",
                   name, name);
    size_t n = strlen(protocol), padded = (n + 3) / 4 * 4;
    put(m, 0x0029, 0x0010, "LO", "SIEMENS CSA HEADER");
    put_header(m, 0x0029, 0x1020, "OB", (uint32_t)(16 + 2 * 100 + 16 + padded));
    put_bytes(m, "SV10\4\3\2\1", 8);
    put_number(m, 2, 4);
    put_number(m, 77, 4);
    for (int k = 0; k < 2; k++) {
        memcpy(tag + 20, name, NAME); /* what stood in the buffer before */
        put_bytes(m, tag, sizeof tag);
        put_bytes(m, "\1\0\0\0UT\0\0\0\0\0\0\1\0\0\0\x4d\0\0\0", 20);
        size_t length = k == 0 ? n : 12;
        for (int i = 0; i < 4; i++)
            put_number(m, length, 4);
        if (k == 0) {
            put_bytes(m, protocol, n);
            put_bytes(m, "\0\0\0", padded - n);
            memcpy(tag, "PatientName\0\0\0\0\0\0", 18);
        } else {
            put_bytes(m, name, 12);
        }
    }
    put_bytes(m, name, 4); /* fills up to the stated length */
}

/* In every place that is not on the list: elements, private ones, sequences, after the pixels. */
static void write_file(const char *path)
{
    static maker m;
    char name[NAME + 1];
    show(name);
    begin(&m, EXPLICIT_LE);
    memcpy(m.b + 20, name, NAME);
    put(&m, 0x0008, 0x0060, "CS", "MR");
    put(&m, 0x0008, 0x0070, "LO", "SIEMENS");
    put(&m, 0x0008, 0x0081, "ST", name);
    put(&m, 0x0009, 0x0010, "LO", name);
    put(&m, 0x0009, 0x1010, "LO", name);
    put(&m, 0x0010, 0x0010, "PN", name);
    put(&m, 0x0010, 0x0020, "LO", name);
    put(&m, 0x0010, 0x1030, "DS", "70");
    put(&m, 0x0010, 0x4000, "LT", name);
    put(&m, 0x0018, 0x0080, "DS", "3000");
    open_seq(&m, 0x0018, 0x9176);
    open_item(&m);
    put(&m, 0x0018, 0x9177, "CS", "RF");
    put(&m, 0x0040, 0xA123, "PN", name);
    close_item(&m);
    close_seq(&m);
    put_csa(&m, name);
    open_seq(&m, 0x0040, 0x0275);
    open_item(&m);
    put(&m, 0x0032, 0x1060, "LO", name);
    close_item(&m);
    close_seq(&m);
    put_header(&m, 0x7FE0, 0x0010, "OW", 20000);
    for (int i = 0; i < 2000; i++)
        put_bytes(&m, name, 10);
    put(&m, 0xFFFC, 0xFFFC, "OB", name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, m.b, m.n) != (ssize_t)m.n || close(fd) != 0)
        _exit(1);
    _exit(0);
}

/* Six letters of the name are a find: half of it would be enough to know a person by. */
static size_t find_in(const unsigned char *b, size_t n)
{
    enum { ENOUGH = 6 };
    size_t found = 0;
    for (size_t i = 0; i + ENOUGH <= n; i++) {
        size_t k = 0;
        while (k < ENOUGH && (b[i + k] ^ KEY) == hidden[k])
            k++;
        found += k == ENOUGH;
    }
    return found;
}

static void forget(void *bytes, size_t n)
{
    volatile unsigned char *b = bytes;
    while (n-- > 0)
        *b++ = 0;
}

/* Every writable page, the scanner's own window left out. */
static size_t find_everywhere(size_t *bytes)
{
    static unsigned char window[WINDOW + NAME];
    static char line[512];
    size_t found = 0;
    *bytes = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    int pages = open("/proc/self/mem", O_RDONLY);
    assert_true(maps != NULL && pages >= 0);
    while (fgets(line, sizeof line, maps) != NULL) {
        char *rest;
        unsigned long long from = strtoull(line, &rest, 16), to = strtoull(rest + 1, &rest, 16);
        /* what is larger is the shadow of a sanitizer, terabytes of it */
        if (strncmp(rest, " rw", 3) != 0 || to - from > 1ULL << 30)
            continue;
        for (unsigned long long at = from; at < to; at += WINDOW) {
            size_t n = to - at < sizeof window ? (size_t)(to - at) : sizeof window;
            forget(window, sizeof window);
            ssize_t got = pread(pages, window, n, (off_t)at);
            if (got <= 0)
                break;
            *bytes += (size_t)got;
            found += find_in(window, (size_t)got);
        }
    }
    forget(window, sizeof window);
    (void)close(pages);
    (void)fclose(maps);
    return found;
}

static void read_and_print(const char *path)
{
    mrse_diags diags;
    mrse_dicom *d;
    mrse_buf out = {0};
    mrse_diags_init(&diags);
    mrse_status status = mrse_dicom_load(path, &d, &diags);
    size_t bytes, found = find_everywhere(&bytes); /* at once, before the stack is used again */
    assert_int_equal(status, MRSE_OK);
    assert_int_equal(found, 0);
    assert_int_equal(diags.n, 0);
    assert_non_null(mrse_dicom_find(d, "alTR[0]"));
    assert_non_null(mrse_dicom_find(d, "OperatingModeType"));
    const mrse_dicom *const pair[2] = {d, d};
    assert_int_equal(mrse_dicom_text(pair, 2, true, &out), MRSE_OK);
    assert_int_equal(mrse_dicom_json(pair, 2, true, &out), MRSE_OK);
    assert_int_equal(find_in((const unsigned char *)mrse_buf_text(&out), out.len), 0);
    assert_int_equal(find_everywhere(&bytes), 0); /* while everything is still there */
    mrse_buf_free(&out);
    mrse_dicom_free(d);
}

static void load__planted_names__are_not_in_memory_afterwards(void **state)
{
    char path[512];
    size_t bytes = 0;
    int status;
    (void)state;
    (void)snprintf(path, sizeof path, "%s", scratch_path("planted.dcm"));
    pid_t child = fork();
    if (child == 0)
        write_file(path);
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_int_equal(status, 0);
    assert_int_equal(find_everywhere(&bytes), 0);
    read_and_print(path);
    assert_int_equal(find_everywhere(&bytes), 0);
    assert_true(bytes > 100000);
    print_message("%zu bytes of memory looked through\n", bytes);
}

static void find_everywhere__a_name_on_heap_or_stack__is_found(void **state)
{
    char on_stack[NAME + 1], *on_heap = malloc(NAME + 1);
    size_t bytes;
    (void)state;
    assert_non_null(on_heap);
    show(on_heap);
    assert_true(find_everywhere(&bytes) >= 1);
    forget(on_heap, NAME);
    assert_int_equal(find_everywhere(&bytes), 0);
    show(on_stack);
    assert_true(find_everywhere(&bytes) >= 1);
    forget(on_stack, NAME);
    assert_int_equal(find_everywhere(&bytes), 0);
    free(on_heap);
}

/* What a reader that takes the file whole leaves behind: the test above can fail. */
static void find_everywhere__after_an_ordinary_read__finds_the_names(void **state)
{
    size_t bytes, n;
    char *content;
    (void)state;
    assert_int_equal(mrse_file_read(scratch_path("planted.dcm"), MRSE_FILE_MAX, &content, &n, NULL),
                     MRSE_OK);
    assert_true(find_everywhere(&bytes) >= 1000);
    forget(content, n);
    mrse_free(content);
}

static int set_up(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    (void)state;
    print_message("skipped: a sanitizer keeps gigabytes of its own, and what was freed\n");
    exit(0);
#endif
    return mrse_init() == MRSE_OK ? scratch_begin(state) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(find_everywhere__a_name_on_heap_or_stack__is_found),
        cmocka_unit_test(load__planted_names__are_not_in_memory_afterwards),
        cmocka_unit_test(find_everywhere__after_an_ordinary_read__finds_the_names),
    };
    return cmocka_run_group_tests(tests, set_up, scratch_end);
}
