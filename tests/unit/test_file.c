/* Reading and writing single files, paths and hashes; every input/output call failed in turn.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/wait.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "support/iofail.h"
#include "support/oom.h"
#include "support/place.h"

static mrse_diags diags;

static int fresh(void **state)
{
    mrse_diags_init(&diags);
    io_reset();
    return place_make(state);
}

static int clear(void **state)
{
    io_reset();
    return place_remove(state);
}

/* One error, with these words, about this file, and a hint. */
static void assert_told(mrse_status code, const char *file, const char *words)
{
    assert_int_equal(diags.n, 1);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.item[0].code, code);
    assert_string_equal(diags.item[0].file, file);
    if (!strstr(diags.item[0].text, words))
        fail_msg("'%s' does not say '%s'", diags.item[0].text, words);
    mrse_diags_init(&diags);
}

/* --- Reading --------------------------------------------------------------------------------- */

static void assert_read_fails(const char *path, size_t max, mrse_status code, const char *words)
{
    char *bytes = (char *)&diags;
    size_t n = 99;

    assert_int_equal(mrse_file_read(path, max, &bytes, &n, &diags), code);
    assert_null(bytes);
    assert_int_equal(n, 0);
    assert_told(code, path, words);
}

static void file_read__file__is_read_whole(void **state)
{
    char *bytes;
    size_t n;

    (void)state;
    place_put("a", "one\0two", 7);
    assert_int_equal(mrse_file_read(place("a"), 100, &bytes, &n, &diags), MRSE_OK);
    assert_int_equal(n, 7);
    assert_memory_equal(bytes, "one\0two", 8); /* and a NUL after it */
    mrse_free(bytes);
    place_put("empty", "", 0);
    assert_int_equal(mrse_file_read(place("empty"), 100, &bytes, &n, &diags), MRSE_OK);
    assert_int_equal(n, 0);
    assert_string_equal(bytes, "");
    mrse_free(bytes);
    assert_int_equal(diags.n, 0);
}

static void file_read__limit__is_exact(void **state)
{
    char *bytes, big[40000];
    size_t n;

    (void)state;
    memset(big, 'x', sizeof big);
    place_put("big", big, sizeof big);
    assert_int_equal(mrse_file_read(place("big"), sizeof big, &bytes, &n, &diags), MRSE_OK);
    assert_int_equal(n, sizeof big);
    assert_memory_equal(bytes, big, n);
    mrse_free(bytes);
    assert_read_fails(place("big"), sizeof big - 1, MRSE_ERR_LIMIT, "larger than 39999 bytes");
}

static void file_read__huge_file__is_refused_without_reading(void **state)
{
    int fd = open(place("huge"), O_WRONLY | O_CREAT, 0600);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, 1L << 30), 0); /* 1 GiB that takes no room */
    assert_int_equal(close(fd), 0);
    io_reset();
    assert_read_fails(place("huge"), MRSE_FILE_MAX, MRSE_ERR_LIMIT, "larger than 1048576 bytes");
    assert_int_equal(io.seen[IO_READ], 0);
    assert_int_equal(io.seen[IO_OPEN], 0);
}

static void file_read__not_a_file__is_refused(void **state)
{
    (void)state;
    assert_read_fails(place("none"), 100, MRSE_ERR_IO, "no such file or folder");
    assert_read_fails(place("none/a"), 100, MRSE_ERR_IO, "no such file or folder");
    assert_read_fails(place_root, 100, MRSE_ERR_IO, "it is a folder");
    assert_read_fails("/dev/zero", 100, MRSE_ERR_IO, "a device or a pipe");
    assert_read_fails("", 100, MRSE_ERR_IO, "no such file or folder");
    assert_int_equal(mkfifo(place("fifo"), 0600), 0); /* must not wait for a writer */
    assert_read_fails(place("fifo"), 100, MRSE_ERR_IO, "a device or a pipe");
    place_put("file", "x", 1);
    assert_read_fails(place("file/a"), 100, MRSE_ERR_IO, "not a folder");
    assert_int_equal(symlink("loop", place("loop")), 0);
    assert_read_fails(place("loop"), 100, MRSE_ERR_IO, "symbolic links");
}

/* Root reads everything, so ask as somebody else. */
static void file_read__no_permission__is_said(void **state)
{
    int status;
    pid_t child;

    (void)state;
    place_put("secret", "x", 1);
    assert_int_equal(chmod(place("secret"), 0), 0);
    assert_int_equal(chmod(place_root, 0555), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char *bytes;
        size_t n;
        bool told;

        if (getuid() == 0 && setuid(65534) != 0)
            _exit(2);
        told = mrse_file_read(place("secret"), 100, &bytes, &n, &diags) == MRSE_ERR_IO &&
               strstr(diags.item[0].text, "permission denied") && diags.item[0].hint[0];
        told = told && mrse_file_write(place("new"), "x", 1, false, &diags) == MRSE_ERR_IO &&
               strstr(diags.item[1].text, "permission denied");
        _exit(told ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* Runs `mrse_file_read("-")` with this file as standard input. */
static mrse_status read_stdin(const char *path, size_t max, char **bytes, size_t *n)
{
    int kept = dup(STDIN_FILENO), fd = open(path, O_RDONLY);
    mrse_status status;

    assert_true(fd >= 0);
    assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    (void)close(fd);
    status = mrse_file_read("-", max, bytes, n, &diags);
    if (kept >= 0) {
        assert_int_equal(dup2(kept, STDIN_FILENO), STDIN_FILENO);
        (void)close(kept);
    }
    return status;
}

static void file_read__standard_input__is_bounded(void **state)
{
    char *bytes;
    size_t n;

    (void)state;
    place_put("in", "from stdin", 10);
    assert_int_equal(read_stdin(place("in"), 10, &bytes, &n), MRSE_OK);
    assert_int_equal(n, 10);
    assert_string_equal(bytes, "from stdin");
    mrse_free(bytes);
    assert_int_equal(read_stdin(place("in"), 9, &bytes, &n), MRSE_ERR_LIMIT);
    assert_null(bytes);
    assert_told(MRSE_ERR_LIMIT, "-", "larger than 9 bytes");
    io_reset();
    assert_int_equal(read_stdin("/dev/zero", MRSE_FILE_MAX, &bytes, &n), MRSE_ERR_LIMIT);
    assert_true(io.seen[IO_READ] < 100); /* endless, but left soon */
    mrse_diags_init(&diags);
    assert_int_equal(read_stdin(place_root, 100, &bytes, &n), MRSE_ERR_IO);
    assert_told(MRSE_ERR_IO, "-", "it is a folder");
}

static void file_read__failing_calls__are_reported(void **state)
{
    (void)state;
    place_put("a", "text", 4);
    io.always[IO_READ] = EIO;
    assert_read_fails(place("a"), 100, MRSE_ERR_IO, "input/output error");
    io_reset();
    io.always[IO_OPEN] = EMFILE;
    assert_read_fails(place("a"), 100, MRSE_ERR_IO, "too many files are open");
    io_reset();
    io.always[IO_OPEN] = ENOMEM;
    assert_read_fails(place("a"), 100, MRSE_ERR_NOMEM, "out of memory");
    io_reset();
    io.always[IO_OPEN] = EKEYREJECTED; /* one without words of ours */
    assert_read_fails(place("a"), 100, MRSE_ERR_IO, "Key was rejected");
    io_reset();
    io.always[IO_OPEN] = 99999; /* one without any */
    assert_read_fails(place("a"), 100, MRSE_ERR_IO, "99999");
}

static void file_read__interrupted__goes_on(void **state)
{
    char *bytes;
    size_t n;

    (void)state;
    place_put("a", "text", 4);
    io.fail_at = 2; /* open is the first */
    io.error = EINTR;
    assert_int_equal(mrse_file_read(place("a"), 100, &bytes, &n, &diags), MRSE_OK);
    assert_int_equal(io.failed_kind, IO_READ);
    assert_string_equal(bytes, "text");
    mrse_free(bytes);
}

static void file_read__misuse__is_err_arg(void **state)
{
    char *bytes;
    size_t n;

    (void)state;
    assert_int_equal(mrse_file_read(NULL, 1, &bytes, &n, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_file_read("a", 1, NULL, &n, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_file_read("a", 1, &bytes, NULL, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_file_read_text("a", 1, NULL, &n, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_file_write(NULL, "", 0, true, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_file_write(place("a"), NULL, 1, true, &diags), MRSE_ERR_ARG);
    assert_int_equal(place_count(""), 0);
}

/* --- Text ------------------------------------------------------------------------------------ */

static void assert_text(const char *bytes, size_t n, mrse_status code, const char *words)
{
    char *text;
    size_t length;

    place_put("t", bytes, n);
    assert_int_equal(mrse_file_read_text(place("t"), 100, &text, &length, &diags), code);
    if (code == MRSE_OK) {
        assert_string_equal(text, words);
        assert_int_equal(length, strlen(words));
    } else {
        assert_null(text);
        assert_int_equal(length, 0);
        assert_told(code, place("t"), words);
    }
    mrse_free(text);
}

static void file_read_text__utf8__is_taken_without_its_mark(void **state)
{
    (void)state;
    assert_text("B1: 2 \xC2\xB5T\n", 10, MRSE_OK, "B1: 2 \xC2\xB5T\n");
    assert_text("\xEF\xBB\xBFx: 1\n", 8, MRSE_OK, "x: 1\n");
    assert_text("\xEF\xBB\xBF", 3, MRSE_OK, "");
    assert_text("", 0, MRSE_OK, "");
}

static void file_read_text__anything_else__is_refused(void **state)
{
    char *text;
    size_t n;

    (void)state;
    assert_text("a\0b", 3, MRSE_ERR_INPUT, "looks like a binary file");
    assert_text("\xFF\xFEx\0", 4, MRSE_ERR_INPUT, "UTF-16");
    assert_text("\xFE\xFF\0x", 4, MRSE_ERR_INPUT, "UTF-16");
    assert_text("\x89PNG\r\n\x1A\n\0\0", 10, MRSE_ERR_INPUT, "looks like a binary file");
    assert_text("\x1F\x8B\x08", 3, MRSE_ERR_INPUT, "byte 0x8B is not UTF-8");
    place_put("t", "one\nB1: 2 \xB5T\n", 13);
    assert_int_equal(mrse_file_read_text(place("t"), 100, &text, &n, &diags), MRSE_ERR_INPUT);
    assert_int_equal(diags.item[0].line, 2);
    assert_string_equal(diags.item[0].hint, "save it as plain text in UTF-8");
    assert_told(MRSE_ERR_INPUT, place("t"), "byte 0xB5 is not UTF-8");
    assert_int_equal(mrse_file_read_text(place("none"), 100, &text, &n, &diags), MRSE_ERR_IO);
    assert_null(text);
}

/* --- Writing --------------------------------------------------------------------------------- */

static void assert_write_fails(const char *path, bool force, const char *words)
{
    assert_int_equal(mrse_file_write(path, "new", 3, force, &diags), MRSE_ERR_IO);
    assert_told(MRSE_ERR_IO, path, words);
}

static void file_write__new_file__is_there_alone(void **state)
{
    struct stat st;
    mode_t mask = umask(027);

    (void)state;
    (void)umask(mask);
    assert_int_equal(mrse_file_write(place("a"), "one", 3, false, &diags), MRSE_OK);
    assert_string_equal(place_get("a"), "one");
    assert_int_equal(mrse_file_write(place("empty"), NULL, 0, false, &diags), MRSE_OK);
    assert_string_equal(place_get("empty"), "");
    assert_int_equal(place_count(""), 2);
    assert_int_equal(stat(place("a"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0666 & ~mask);
    assert_int_equal(st.st_nlink, 1);
    assert_true(io.seen[IO_FSYNC] >= 4); /* each file and its folder */
    assert_int_equal(diags.n, 0);
}

static void file_write__relative_name__goes_into_the_current_folder(void **state)
{
    char here[1024];

    (void)state;
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(place_root), 0);
    assert_int_equal(mrse_file_write("a", "one", 3, false, &diags), MRSE_OK);
    assert_int_equal(chdir(here), 0);
    assert_string_equal(place_get("a"), "one");
}

static void file_write__existing_file__needs_force(void **state)
{
    struct stat st;

    (void)state;
    place_put("a", "old", 3);
    assert_int_equal(chmod(place("a"), 0640), 0);
    assert_write_fails(place("a"), false, "it already exists");
    assert_string_equal(place_get("a"), "old");
    assert_int_equal(mrse_file_write(place("a"), "new", 3, true, &diags), MRSE_OK);
    assert_string_equal(place_get("a"), "new");
    assert_int_equal(stat(place("a"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(place_count(""), 1);
}

static void file_write__file_appears_meanwhile__is_not_replaced(void **state)
{
    (void)state;
    place_put("a", "old", 3);
    /* the file is seen by the link, which cannot replace it, whatever the first look said */
    io.always[IO_LINK] = EEXIST;
    assert_write_fails(place("b"), false, "it already exists");
    assert_int_equal(place_count(""), 1);
}

static void file_write__no_links_here__renames(void **state)
{
    (void)state;
    io.always[IO_LINK] = EPERM;
    assert_int_equal(mrse_file_write(place("a"), "one", 3, false, &diags), MRSE_OK);
    assert_string_equal(place_get("a"), "one");
    assert_int_equal(io.seen[IO_RENAME], 1);
    assert_int_equal(place_count(""), 1);
}

static void file_write__no_place_for_a_file__is_refused(void **state)
{
    char name[400];

    (void)state;
    assert_write_fails(place("none/a"), true, "no such file or folder");
    assert_write_fails(place_root, true, "it is a folder");
    assert_write_fails("", true, "no such file or folder");
    place_put("file", "old", 3);
    assert_write_fails(place("file/a"), true, "not a folder");
    assert_write_fails(place("file/"), true, "it is a folder");
    assert_int_equal(symlink("file", place("link")), 0);
    assert_write_fails(place("link"), true, "it is a link");
    assert_int_equal(symlink("nowhere", place("dangling")), 0);
    assert_write_fails(place("dangling"), true, "it is a link");
    assert_string_equal(place_get("file"), "old");
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    assert_int_equal(mrse_file_write(name, "new", 3, true, &diags), MRSE_ERR_IO);
    mrse_diags_init(&diags);
    name[250] = '\0'; /* the name itself would do, but not the temporary one */
    assert_int_equal(mrse_file_write(name, "new", 3, true, &diags), MRSE_ERR_IO);
    assert_non_null(strstr(diags.item[0].text, "the name is too long"));
    assert_int_equal(place_count(""), 3);
}

static void file_write__device__is_written_in_place(void **state)
{
    struct stat st;

    (void)state;
    assert_int_equal(mrse_file_write("/dev/null", "new", 3, false, &diags), MRSE_OK);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    if (stat("/dev/full", &st) != 0) {
        print_message("skipped: there is no /dev/full\n");
        return;
    }
    assert_write_fails("/dev/full", true, "no space left on the device");
    io.always[IO_OPEN] = EACCES;
    assert_write_fails("/dev/null", true, "permission denied");
    io_reset();
    io.always[IO_CLOSE] = EIO;
    assert_write_fails("/dev/null", true, "input/output error");
}

/* Runs mrse_file_write("-") with this file as standard output. */
static mrse_status write_stdout(const char *path, const char *text)
{
    int kept, fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    mrse_status status;

    assert_true(fd >= 0);
    fflush(stdout);
    kept = dup(STDOUT_FILENO);
    assert_true(kept >= 0);
    assert_int_equal(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
    (void)close(fd);
    printf("printed first, ");
    status = mrse_file_write("-", text, strlen(text), false, &diags);
    clearerr(stdout);
    /* What could not be written is dropped. */
    if (status != MRSE_OK && freopen("/dev/null", "w", stdout) == NULL)
        status = MRSE_ERR_ARG;
    assert_int_equal(dup2(kept, STDOUT_FILENO), STDOUT_FILENO);
    (void)close(kept);
    return status;
}

static void file_write__standard_output__keeps_the_order(void **state)
{
    (void)state;
    assert_int_equal(write_stdout(place("out"), "then this"), MRSE_OK);
    assert_string_equal(place_get("out"), "printed first, then this");
}

static void file_write__full_standard_output__is_reported(void **state)
{
    struct stat st;

    (void)state;
    if (stat("/dev/full", &st) != 0) {
        print_message("skipped: there is no /dev/full\n");
        return;
    }
    assert_int_equal(write_stdout("/dev/full", "x"), MRSE_ERR_IO);
    assert_told(MRSE_ERR_IO, "standard output", "no space left on the device");
}

static void file_write__reasons__are_in_words(void **state)
{
    static const struct {
        int kind, error;
        const char *words;
    } cases[] = {
        {IO_WRITE, ENOSPC, "no space left on the device"},
        {IO_WRITE, EDQUOT, "disk quota"},
        {IO_WRITE, EFBIG, "too large"},
        {IO_FSYNC, EIO, "input/output error"},
        {IO_FSYNC, ENOSPC, "no space left"},
        {IO_CLOSE, ENOSPC, "no space left"},
        {IO_OPEN, EACCES, "permission denied"},
        {IO_OPEN, EROFS, "can only be read"},
        {IO_CHMOD, EIO, "input/output error"},
        {IO_RENAME, EXDEV, "on another disk"},
        {IO_RENAME, EBUSY, "in use"},
    };
    size_t i;

    (void)state;
    place_put("a", "old", 3);
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        io_reset();
        io.always[cases[i].kind] = cases[i].error;
        assert_write_fails(place("a"), true, cases[i].words);
        io_reset();
        assert_string_equal(place_get("a"), "old");
        assert_int_equal(place_count(""), 1);
    }
}

/* What a killed run leaves behind is never taken for the file, nor written to. */
static void file_write__leftovers_of_killed_runs__are_not_touched(void **state)
{
    char name[64];
    int i;

    (void)state;
    for (i = 0; i < 99; i++) {
        (void)snprintf(name, sizeof name, ".a.tmp-%ld-%d", (long)getpid(), i);
        place_put(name, "left", 4);
    }
    assert_int_equal(mrse_file_write(place("a"), "new", 3, false, &diags), MRSE_OK);
    assert_string_equal(place_get("a"), "new");
    assert_int_equal(place_count(""), 100);
    (void)snprintf(name, sizeof name, ".a.tmp-%ld-99", (long)getpid());
    place_put(name, "left", 4);
    assert_write_fails(place("a"), true, "it is in use");
    assert_string_equal(place_get(name), "left");
}

static void file_write__short_writes__are_completed(void **state)
{
    (void)state;
    io.short_writes = true;
    assert_int_equal(mrse_file_write(place("a"), "a longer text", 13, false, &diags), MRSE_OK);
    assert_string_equal(place_get("a"), "a longer text");
    assert_int_equal(io.seen[IO_WRITE], 13);
}

static void file_write__interrupted__goes_on(void **state)
{
    size_t n;

    (void)state;
    for (n = 1;; n++) {
        io_reset();
        io.fail_at = n;
        io.error = EINTR;
        if (mrse_file_write(place("a"), "text", 4, true, &diags) == MRSE_OK) {
            assert_string_equal(place_get("a"), "text");
            if (io.failed_kind < 0)
                break;
        } else {
            /* of these the system never says EINTR on a file; they must fail cleanly */
            assert_true(io.failed_kind != IO_WRITE && io.failed_kind != IO_FSYNC &&
                        io.failed_kind != IO_CLOSE);
        }
        assert_int_equal(place_count(""), access(place("a"), F_OK) == 0);
    }
    assert_true(n > 5);
}

static void remove_leftovers(void)
{
    char command[256];

    (void)snprintf(command, sizeof command, "rm -rf '%s'/.*.tmp-*", place_root);
    assert_int_equal(system(command), 0);
}

/* Each call fails in turn: the file is the old or the new one, whole, and alone. */
static void check_each_failure(bool force)
{
    int files = place_open_files();
    size_t n;

    for (n = 1;; n++) {
        mrse_status status;
        const char *text;

        if (force)
            place_put("a", "old", 3);
        else
            (void)unlink(place("a"));
        mrse_diags_init(&diags);
        io_reset();
        io.fail_at = n;
        status = mrse_file_write(place("a"), "new", 3, force, &diags);
        io.fail_at = 0;
        text = place_get("a");
        if (status == MRSE_OK)
            assert_string_equal(text, "new");
        else
            assert_string_equal(text, force ? "old" : "(none)");
        assert_int_equal(diags.errors, status != MRSE_OK);
        if (io.failed_kind == IO_UNLINK) /* the temporary name could not be removed: only that */
            remove_leftovers();
        assert_int_equal(place_count(""), access(place("a"), F_OK) == 0);
        assert_int_equal(place_open_files(), files);
        if (io.failed_kind < 0)
            break;
    }
    assert_int_equal(diags.n, 0);
    assert_true(n >= 7);
}

static void file_write__each_call_fails__never_half(void **state)
{
    (void)state;
    check_each_failure(true);
    check_each_failure(false);
}

static void file_write__folder_cannot_be_flushed__is_a_warning(void **state)
{
    (void)state;
    io.fail_at = 7; /* open folder, open, write, fsync, close, rename: then the folder's fsync */
    assert_int_equal(mrse_file_write(place("a"), "x", 1, true, &diags), MRSE_OK);
    assert_int_equal(io.failed_kind, IO_FSYNC);
    assert_int_equal(diags.warnings, 1);
    assert_non_null(strstr(diags.item[0].text, "may not survive a power cut"));
    assert_string_equal(place_get("a"), "x");
    io_reset();
    io.always[IO_FSYNC] = EINVAL; /* a file system without: nothing to say */
    mrse_diags_init(&diags);
    assert_int_equal(mrse_file_write(place("b"), "x", 1, true, &diags), MRSE_OK);
    assert_int_equal(diags.n, 0);
}

static mrse_status read_and_write(void *context)
{
    char *bytes = NULL;
    size_t n;
    mrse_status status;

    (void)context;
    mrse_diags_init(&diags);
    status = mrse_file_read_text(place("a"), 100000, &bytes, &n, &diags);
    if (status == MRSE_OK)
        status = mrse_file_write(place("b"), bytes, n, true, &diags);
    mrse_free(bytes);
    assert_int_equal(diags.errors, status != MRSE_OK);
    return status;
}

static void file_read_and_write__out_of_memory__is_reported(void **state)
{
    char text[50000];

    (void)state;
    memset(text, 'x', sizeof text);
    place_put("a", text, sizeof text);
    assert_true(oom_exhaust(read_and_write, NULL) >= 3);
    assert_int_equal(place_count(""), 2);
    if (oom_libc_available())
        assert_true(oom_exhaust_libc(read_and_write, NULL, 0) >= 3);
    assert_int_equal(place_count(""), 2);
}

/* --- Paths and hashes ------------------------------------------------------------------------ */

static void path_base__forms__give_the_last_part(void **state)
{
    (void)state;
    assert_string_equal(mrse_path_base("a/b.yaml"), "b.yaml");
    assert_string_equal(mrse_path_base("b.yaml"), "b.yaml");
    assert_string_equal(mrse_path_base("/b"), "b");
    assert_string_equal(mrse_path_base("a/"), "");
    assert_string_equal(mrse_path_base(""), "");
    assert_string_equal(mrse_path_base(NULL), "");
}

static void path_beside__forms__are_joined(void **state)
{
    static const char *const cases[][3] = {
        {"a/b.yaml", "../c.yaml", "a/../c.yaml"},
        {"a/b.yaml", "c.yaml", "a/c.yaml"},
        {"b.yaml", "c.yaml", "c.yaml"},
        {"-", "c.yaml", "c.yaml"},
        {"a/b.yaml", "/c.yaml", "/c.yaml"},
        {"/b", "c", "/c"},
        {"a//b", "c", "a//c"},
    };
    char *out;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(mrse_path_beside(cases[i][0], cases[i][1], &out), MRSE_OK);
        assert_string_equal(out, cases[i][2]);
        mrse_free(out);
    }
    assert_int_equal(mrse_path_beside("a", "", &out), MRSE_ERR_ARG);
    assert_null(out);
    assert_int_equal(mrse_path_beside(NULL, "a", &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_path_beside("a", NULL, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_path_beside("a", "b", NULL), MRSE_ERR_ARG);
}

static mrse_status join(void *context)
{
    char *out;
    mrse_status status = mrse_path_beside("folder/file", context, &out);

    mrse_free(out);
    return status;
}

static void path_beside__out_of_memory__is_reported(void **state)
{
    char name[] = "a name that together with its folder needs more than the first sixty-four bytes";

    (void)state;
    assert_int_equal(oom_exhaust(join, name), 2);
}

/* NIST FIPS 180-4 example values, and what `sha256sum` gives. */
static void sha256_hex__known_texts__give_known_sums(void **state)
{
    char hex[MRSE_SHA256_HEX], *million = mrse_alloc(1000000, 1);

    (void)state;
    assert_non_null(million);
    mrse_sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    mrse_sha256_hex(NULL, 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    mrse_sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    memset(million, 'a', 1000000);
    mrse_sha256_hex(million, 1000000, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    mrse_free(million);
}

/* RFC 1321, appendix A.5; 56 to 64 bytes is where the padding needs a second chunk. */
static void md5_hex__known_texts__give_known_sums(void **state)
{
    static const char *const known[][2] = {
        {"", "d41d8cd98f00b204e9800998ecf8427e"},
        {"a", "0cc175b9c0f1b6a831c399e269772661"},
        {"message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
         "d174ab98d277d9f5a5611c2c9f419d9f"},
        {"1234567890123456789012345678901234567890123456789012345678901234567890123456789"
         "0",
         "57edf4a22be3c955ac49da2e2107b67a"},
    };
    char hex[MRSE_MD5_HEX];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof known / sizeof known[0]; i++) {
        mrse_md5_hex(known[i][0], strlen(known[i][0]), hex);
        assert_string_equal(hex, known[i][1]);
    }
    mrse_md5_hex(NULL, 0, hex);
    assert_string_equal(hex, known[0][1]);
}

#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, fresh, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLACE(file_read__file__is_read_whole),
        WITH_PLACE(file_read__limit__is_exact),
        WITH_PLACE(file_read__huge_file__is_refused_without_reading),
        WITH_PLACE(file_read__not_a_file__is_refused),
        WITH_PLACE(file_read__no_permission__is_said),
        WITH_PLACE(file_read__standard_input__is_bounded),
        WITH_PLACE(file_read__failing_calls__are_reported),
        WITH_PLACE(file_read__interrupted__goes_on),
        WITH_PLACE(file_read__misuse__is_err_arg),
        WITH_PLACE(file_read_text__utf8__is_taken_without_its_mark),
        WITH_PLACE(file_read_text__anything_else__is_refused),
        WITH_PLACE(file_write__new_file__is_there_alone),
        WITH_PLACE(file_write__relative_name__goes_into_the_current_folder),
        WITH_PLACE(file_write__existing_file__needs_force),
        WITH_PLACE(file_write__file_appears_meanwhile__is_not_replaced),
        WITH_PLACE(file_write__no_links_here__renames),
        WITH_PLACE(file_write__no_place_for_a_file__is_refused),
        WITH_PLACE(file_write__device__is_written_in_place),
        WITH_PLACE(file_write__standard_output__keeps_the_order),
        WITH_PLACE(file_write__full_standard_output__is_reported),
        WITH_PLACE(file_write__reasons__are_in_words),
        WITH_PLACE(file_write__leftovers_of_killed_runs__are_not_touched),
        WITH_PLACE(file_write__short_writes__are_completed),
        WITH_PLACE(file_write__interrupted__goes_on),
        WITH_PLACE(file_write__each_call_fails__never_half),
        WITH_PLACE(file_write__folder_cannot_be_flushed__is_a_warning),
        WITH_PLACE(file_read_and_write__out_of_memory__is_reported),
        cmocka_unit_test(path_base__forms__give_the_last_part),
        cmocka_unit_test(path_beside__forms__are_joined),
        cmocka_unit_test(path_beside__out_of_memory__is_reported),
        cmocka_unit_test(sha256_hex__known_texts__give_known_sums),
        cmocka_unit_test(md5_hex__known_texts__give_known_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
