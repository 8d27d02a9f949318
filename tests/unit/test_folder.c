/* The whole-folder writer: it appears whole or not at all, and never takes away what it did not
 * write. Every input/output call is failed in turn, and the process killed before it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>

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

static void assert_told(const char *words)
{
    assert_true(diags.n >= 1);
    if (!strstr(diags.item[0].text, words))
        fail_msg("'%s' does not say '%s'", diags.item[0].text, words);
    mrse_diags_init(&diags);
}

static void assert_put(mrse_folder *folder, const char *name, const char *text)
{
    assert_int_equal(mrse_folder_write(folder, name, text, strlen(text), &diags), MRSE_OK);
}

/* A worksheet with this text in each of its four files. */
static mrse_status write_sheet(const char *path, bool force, const char *text)
{
    static const char *const names[] = {"a.txt", "figures/1.txt", "figures/2.txt", "b.txt"};
    mrse_folder *folder;
    mrse_status status = mrse_folder_begin(path, force, &folder, &diags);
    size_t i;

    if (status != MRSE_OK)
        return status;
    for (i = 0; i < 4 && status == MRSE_OK; i++)
        status = mrse_folder_write(folder, names[i], text, strlen(text), &diags);
    if (status != MRSE_OK) {
        mrse_folder_abandon(folder);
        return status;
    }
    return mrse_folder_commit(folder, &diags);
}

static bool sheet_is(const char *name, const char *text)
{
    static const char *const files[] = {"a.txt", "figures/1.txt", "figures/2.txt", "b.txt"};
    char path[128];
    size_t i;

    for (i = 0; i < 4; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", name, files[i]);
        if (strcmp(place_get(path), text) != 0)
            return false;
    }
    (void)snprintf(path, sizeof path, "%s/figures", name);
    return place_count(name) == 3 && place_count(path) == 2;
}

/* --- New folders ----------------------------------------------------------------------------- */

static void folder_commit__new_folder__appears_whole(void **state)
{
    mrse_folder *folder;

    (void)state;
    assert_int_equal(mrse_folder_begin(place("out"), false, &folder, &diags), MRSE_OK);
    assert_put(folder, "a.txt", "one");
    assert_put(folder, "figures/1.txt", "two");
    assert_put(folder, "figures/2.txt", "three");
    assert_put(folder, "empty", "");
    assert_int_equal(place_count("out"), -1); /* not before the end */
    assert_int_equal(mrse_folder_commit(folder, &diags), MRSE_OK);
    assert_int_equal(place_count("out"), 3);
    assert_string_equal(place_get("out/a.txt"), "one");
    assert_string_equal(place_get("out/figures/1.txt"), "two");
    assert_string_equal(place_get("out/figures/2.txt"), "three");
    assert_string_equal(place_get("out/empty"), "");
    assert_int_equal(place_count(""), 1); /* nothing beside it */
    assert_int_equal(diags.n, 0);
    assert_true(io.seen[IO_FSYNC] >= 7); /* four files, two folders, their parent */
}

static void folder_begin__trailing_slashes__are_dropped(void **state)
{
    (void)state;
    assert_int_equal(write_sheet(place("out//"), false, "x"), MRSE_OK);
    assert_true(sheet_is("out", "x"));
}

static void folder_begin__relative_name__works_after_chdir(void **state)
{
    char here[1024];
    mrse_folder *folder;

    (void)state;
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(place_root), 0);
    assert_int_equal(mrse_folder_begin("out", false, &folder, &diags), MRSE_OK);
    assert_int_equal(chdir(here), 0);
    assert_put(folder, "a", "x");
    assert_int_equal(mrse_folder_commit(folder, &diags), MRSE_OK);
    assert_string_equal(place_get("out/a"), "x");
}

static void folder_abandon__anything_written__is_removed(void **state)
{
    mrse_folder *folder;
    int files = place_open_files();

    (void)state;
    assert_int_equal(mrse_folder_begin(place("out"), false, &folder, &diags), MRSE_OK);
    assert_put(folder, "a.txt", "one");
    assert_put(folder, "figures/1.txt", "two");
    assert_int_equal(place_count(""), 1);
    mrse_folder_abandon(folder);
    assert_int_equal(place_count(""), 0);
    assert_int_equal(place_open_files(), files);
    mrse_folder_abandon(NULL);
}

static void folder_begin__empty_folder__is_taken(void **state)
{
    (void)state;
    assert_int_equal(mkdir(place("out"), 0700), 0);
    assert_int_equal(write_sheet(place("out"), false, "x"), MRSE_OK);
    assert_true(sheet_is("out", "x"));
}

static void assert_begin_fails(const char *path, bool force, const char *words)
{
    mrse_folder *folder = (mrse_folder *)&diags;

    assert_int_equal(mrse_folder_begin(path, force, &folder, &diags), MRSE_ERR_IO);
    assert_null(folder);
    assert_int_equal(diags.n, 1);
    assert_true(diags.item[0].hint[0] != '\0');
    assert_told(words);
}

static void folder_begin__no_place_for_a_folder__is_refused(void **state)
{
    char name[300];

    (void)state;
    place_put("file", "x", 1);
    assert_begin_fails(place("file"), true, "not a folder");
    assert_begin_fails(place("none/out"), true, "no such file or folder");
    assert_begin_fails("/", true, "in use");
    assert_begin_fails(".", true, "in use");
    assert_begin_fails("..", true, "in use");
    assert_begin_fails("a/..", true, "in use");
    assert_int_equal(mkdir(place("real"), 0700), 0);
    assert_int_equal(symlink("real", place("link")), 0);
    assert_begin_fails(place("link"), true, "not a folder");
    memset(name, 'n', sizeof name);
    name[299] = '\0';
    assert_begin_fails(name, true, "too long");
    name[250] = '\0';
    assert_begin_fails(name, true, "too long");
    assert_int_equal(place_count(""), 3);
}

static void folder_begin__misuse__is_err_arg(void **state)
{
    mrse_folder *folder;

    (void)state;
    assert_int_equal(mrse_folder_begin(NULL, true, &folder, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_folder_begin("", true, &folder, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_folder_begin("x", true, NULL, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_folder_commit(NULL, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_folder_write(NULL, "a", "", 0, &diags), MRSE_ERR_ARG);
}

static void folder_write__name_that_leads_elsewhere__is_refused(void **state)
{
    static const char *const names[] = {"",    "/a",  "a/", "a/b/c", "../a", "a/..",   ".",    "..",
                                        "./a", "a/.", "//", "/",     "a//b", "/etc/x", "../.."};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        mrse_folder *folder;

        assert_int_equal(mrse_folder_begin(place("out"), false, &folder, &diags), MRSE_OK);
        assert_put(folder, "good", "x");
        assert_int_equal(mrse_folder_write(folder, names[i], "x", 1, &diags), MRSE_ERR_ARG);
        /* and a folder that lacks a file is never finished */
        assert_int_equal(mrse_folder_commit(folder, &diags), MRSE_ERR_ARG);
        assert_int_equal(place_count(""), 0);
    }
}

static void folder_write__same_name_twice__is_refused(void **state)
{
    mrse_folder *folder;

    (void)state;
    assert_int_equal(mrse_folder_begin(place("out"), false, &folder, &diags), MRSE_OK);
    assert_put(folder, "a", "x");
    assert_int_equal(mrse_folder_write(folder, "a", "y", 1, &diags), MRSE_ERR_IO);
    assert_told("already exists");
    assert_int_equal(mrse_folder_commit(folder, &diags), MRSE_ERR_IO);
    assert_int_equal(place_count(""), 0);
}

/* --- Folders that exist ---------------------------------------------------------------------- */

static void folder_begin__full_folder__needs_force(void **state)
{
    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    assert_begin_fails(place("out"), false, "not empty");
    assert_true(sheet_is("out", "old"));
    assert_int_equal(chmod(place("out"), 0750), 0);
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_OK);
    assert_true(sheet_is("out", "new"));
    assert_int_equal(place_count(""), 1);
    {
        struct stat st;

        assert_int_equal(stat(place("out"), &st), 0);
        assert_int_equal(st.st_mode & 0777, 0750);
    }
    assert_int_equal(diags.n, 0);
}

static void folder_commit__old_folder__stays_until_then(void **state)
{
    mrse_folder *folder;

    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    assert_int_equal(mrse_folder_begin(place("out"), true, &folder, &diags), MRSE_OK);
    assert_put(folder, "a.txt", "new");
    assert_true(sheet_is("out", "old"));
    mrse_folder_abandon(folder);
    assert_true(sheet_is("out", "old"));
    assert_int_equal(place_count(""), 1);
}

static void assert_replace_refused(const char *what)
{
    char words[128];

    (void)snprintf(words, sizeof words, "it holds '%s', which was not written by", what);
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_ERR_IO);
    assert_told(words);
    assert_int_equal(place_count(""), 1);
    assert_string_equal(place_get("out/a.txt"), "old");
}

static void folder_commit__old_folder_holds_other_things__is_refused(void **state)
{
    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    place_put("out/signed.pdf", "signature", 9);
    assert_replace_refused("signed.pdf");
    assert_string_equal(place_get("out/signed.pdf"), "signature");
    assert_int_equal(unlink(place("out/signed.pdf")), 0);
    place_put("out/figures/note", "note", 4);
    assert_replace_refused("figures/note");
    assert_int_equal(unlink(place("out/figures/note")), 0);
    assert_int_equal(mkdir(place("out/figures/deep"), 0700), 0);
    assert_replace_refused("figures/deep");
    assert_int_equal(rmdir(place("out/figures/deep")), 0);
    assert_int_equal(symlink("/etc/passwd", place("out/link")), 0);
    assert_replace_refused("link");
    assert_int_equal(unlink(place("out/link")), 0);
    assert_int_equal(unlink(place("out/b.txt")), 0); /* not even under a name of ours */
    assert_int_equal(symlink("/etc/passwd", place("out/b.txt")), 0);
    assert_replace_refused("b.txt");
    assert_int_equal(unlink(place("out/b.txt")), 0);
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_OK);
    assert_true(sheet_is("out", "new"));
}

static void folder_commit__old_list_of_sums__says_what_is_ours(void **state)
{
    static const char digits[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    char sums[512];
    int n = snprintf(sums, sizeof sums, "%s  old.txt\n%s *figures/3.txt\nnot a sum  bad.txt\n",
                     digits, digits);

    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    place_put("out/SHA256SUMS", sums, (size_t)n);
    place_put("out/old.txt", "x", 1);
    place_put("out/figures/3.txt", "x", 1);
    place_put("out/bad.txt", "x", 1);
    assert_replace_refused("bad.txt");
    assert_int_equal(unlink(place("out/bad.txt")), 0);
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_OK);
    assert_true(sheet_is("out", "new"));
    assert_int_equal(place_count(""), 1);
}

static void folder_commit__list_of_sums_is_no_file__says_nothing(void **state)
{
    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    assert_int_equal(mkdir(place("out/SHA256SUMS"), 0700), 0);
    place_put("out/SHA256SUMS/x", "x", 1);
    assert_replace_refused("SHA256SUMS/x");
}

/* Systems without an exchange of names: two renames. */
static void folder_commit__no_exchange__moves_the_old_one_aside(void **state)
{
    static const int errors[] = {ENOSYS, EINVAL, ENOTSUP};
    size_t i;

    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "0"), MRSE_OK);
    for (i = 0; i < 3; i++) {
        char text[8];

        (void)snprintf(text, sizeof text, "%zu", i + 1);
        io.always[IO_EXCHANGE] = errors[i];
        assert_int_equal(write_sheet(place("out"), true, text), MRSE_OK);
        assert_true(sheet_is("out", text));
        assert_int_equal(place_count(""), 1);
    }
    io.always[IO_EXCHANGE] = EACCES; /* a real failure is not worked around */
    assert_int_equal(write_sheet(place("out"), true, "x"), MRSE_ERR_IO);
    assert_told("permission denied");
    io.always[IO_EXCHANGE] = ENOSYS;
    io.always[IO_RENAME] = EACCES;
    assert_int_equal(write_sheet(place("out"), true, "x"), MRSE_ERR_IO);
    io_reset();
    assert_true(sheet_is("out", "3"));
    assert_int_equal(place_count(""), 1);
}

static void folder_commit__leftovers_of_killed_runs__are_passed_over(void **state)
{
    char name[64];
    int i;

    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    for (i = 0; i < 200; i += i == 0 ? 100 : 1) { /* 0 and 100 to 199 */
        (void)snprintf(name, sizeof name, ".out.tmp-%ld-%d", (long)getpid(), i);
        assert_int_equal(mkdir(place(name), 0700), 0);
        (void)snprintf(name, sizeof name, ".out.tmp-%ld-%d/x", (long)getpid(), i);
        place_put(name, "left", 4);
    }
    io.always[IO_EXCHANGE] = ENOSYS;
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_ERR_IO);
    assert_true(sheet_is("out", "old"));
    io_reset();
    mrse_diags_init(&diags);
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_OK);
    assert_true(sheet_is("out", "new"));
    assert_int_equal(place_count(""), 102);
    for (i = 1; i < 100; i++) {
        (void)snprintf(name, sizeof name, ".out.tmp-%ld-%d", (long)getpid(), i);
        assert_int_equal(mkdir(place(name), 0700), 0);
    }
    assert_begin_fails(place("out"), true, "in use");
}

/* A process that has ended, and so a number that no process has. */
static long dead_process(void)
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0)
        _exit(0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    return (long)child;
}

static void leave_behind(const char *before, long pid, const char *after, char name[64])
{
    char inner[96];

    (void)snprintf(name, 64, "%s%ld%s", before, pid, after);
    assert_int_equal(mkdir(place(name), 0700), 0);
    (void)snprintf(inner, sizeof inner, "%s/sub", name);
    assert_int_equal(mkdir(place(inner), 0700), 0);
    (void)snprintf(inner, sizeof inner, "%s/sub/b", name);
    place_put(inner, "half", 4);
    (void)snprintf(inner, sizeof inner, "%s/a", name);
    place_put(inner, "half", 4);
}

static void folder_begin__leftovers_of_dead_processes__are_removed(void **state)
{
    static const char *const kept[][2] = {
        {".out.tmp-", "-100"},   /* an older folder, moved aside */
        {".other.tmp-", "-0"},   /* of another folder */
        {".out.tmp-", ""},       /* not our scheme */
        {".out.tmp-", "-0.bak"}, /* nor this */
        {"out.tmp-", "-0"},
    };
    char name[64], one[64], link_name[64];
    size_t n = sizeof kept / sizeof kept[0];
    long dead = dead_process();

    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    for (size_t i = 0; i < n; i++)
        leave_behind(kept[i][0], dead, kept[i][1], name);
    leave_behind(".out.tmp-", (long)getpid(), "-0", name); /* of a running process */
    leave_behind(".out.tmp-", dead, "-0", one);
    leave_behind(".out.tmp-", dead, "-99", name);
    (void)snprintf(link_name, sizeof link_name, ".out.tmp-%ld-1", dead);
    assert_int_equal(symlink(place("out"), place(link_name)), 0);
    assert_int_equal(place_count(""), (int)n + 5);
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_OK);
    assert_true(sheet_is("out", "new")); /* not emptied through the link */
    assert_int_equal(place_count(""), (int)n + 3);
    assert_int_equal(place_count(one), -1);
    assert_int_equal(place_count(name), -1);
}

/* The lock, not the number, says that somebody still writes: a number may be another machine's. */
static void folder_begin__locked_leftover__is_kept(void **state)
{
    char name[64];
    int fd;

    (void)state;
    leave_behind(".out.tmp-", dead_process(), "-0", name);
    fd = open(place(name), O_RDONLY | O_DIRECTORY);
    assert_true(fd >= 0);
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    assert_int_equal(write_sheet(place("out"), false, "new"), MRSE_OK);
    assert_int_equal(place_count(name), 2);
    assert_int_equal(close(fd), 0);
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_OK);
    assert_int_equal(place_count(name), -1);
}

/* The folder being written is locked for as long as it is. */
static void folder_begin__while_writing__is_locked(void **state)
{
    mrse_folder *folder = NULL;
    char name[64];
    int fd;

    (void)state;
    assert_int_equal(mrse_folder_begin(place("out"), false, &folder, &diags), MRSE_OK);
    (void)snprintf(name, sizeof name, ".out.tmp-%ld-0", (long)getpid());
    fd = open(place(name), O_RDONLY | O_DIRECTORY);
    assert_true(fd >= 0);
    assert_int_not_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    mrse_folder_abandon(folder);
    assert_int_equal(close(fd), 0);
}

/* Several processes at once into one folder: each writes a whole one or is told why not. One that was
 * overtaken between looking and exchanging leaves the other's whole folder under its hidden name; the
 * next run takes that away. */
static void folder_commit__runs_at_once__one_whole_sheet(void **state)
{
    enum { RUNS = 8, TURNS = 20 };
    pid_t child[RUNS];
    int status, written = 0;

    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    for (int i = 0; i < RUNS; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0) {
            int done = 0;
            for (int k = 0; k < TURNS; k++) {
                mrse_diags_init(&diags);
                done += write_sheet(place("out"), true, i % 2 ? "odd" : "even") == MRSE_OK;
            }
            _exit(done);
        }
    }
    for (int i = 0; i < RUNS; i++) {
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        written += WEXITSTATUS(status);
    }
    assert_true(written > 0);
    assert_true(sheet_is("out", "odd") || sheet_is("out", "even"));
    mrse_diags_init(&diags);
    assert_int_equal(write_sheet(place("out"), true, "last"), MRSE_OK);
    assert_true(sheet_is("out", "last"));
    assert_int_equal(place_count(""), 1);
}

static void folder_commit__old_folder_cannot_go__is_a_warning(void **state)
{
    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    io.always[IO_UNLINK] = EPERM;
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_OK);
    io_reset();
    assert_true(sheet_is("out", "new"));
    assert_int_equal(diags.errors, 0);
    assert_int_equal(diags.warnings, 1);
    assert_told("parts of the previous folder remain");
    assert_int_equal(place_count(""), 2);
}

/* --- When things go wrong -------------------------------------------------------------------- */

static void remove_leftovers(void)
{
    char command[256];

    (void)snprintf(command, sizeof command, "rm -rf '%s'/.*.tmp-*", place_root);
    assert_int_equal(system(command), 0);
}

static void check_each_failure(bool replace, int exchange_error)
{
    int files = place_open_files();
    size_t n;

    for (n = 1;; n++) {
        mrse_status status;
        bool reached;

        io_reset();
        remove_leftovers();
        mrse_diags_init(&diags);
        if (place_count("out") >= 0) {
            char command[256];

            (void)snprintf(command, sizeof command, "rm -rf '%s/out'", place_root);
            assert_int_equal(system(command), 0);
        }
        if (replace)
            assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
        io_reset();
        io.always[IO_EXCHANGE] = exchange_error;
        io.fail_at = n;
        status = write_sheet(place("out"), replace, "new");
        reached = io.total >= n;
        io.fail_at = 0;
        if (status == MRSE_OK)
            assert_true(sheet_is("out", "new"));
        else if (replace)
            assert_true(sheet_is("out", "old"));
        else
            assert_int_equal(place_count("out"), -1);
        assert_int_equal(diags.errors > 0, status != MRSE_OK);
        assert_int_equal(place_open_files(), files);
        if (io.failed_kind == IO_UNLINK)
            remove_leftovers();
        assert_int_equal(place_count(""), place_count("out") >= 0);
        if (!reached)
            break;
    }
    assert_int_equal(diags.n, 0);
    assert_true(n > 25);
}

static void folder__each_call_fails__never_half(void **state)
{
    (void)state;
    check_each_failure(false, 0);
    check_each_failure(true, 0);
    check_each_failure(true, ENOSYS);
}

static void folder_commit__old_folder_is_vast__is_refused(void **state)
{
    char command[256];

    (void)state;
    assert_int_equal(mkdir(place("out"), 0700), 0);
    (void)snprintf(command, sizeof command, "cd '%s/out' && seq 4097 | xargs mkdir", place_root);
    assert_int_equal(system(command), 0);
    assert_int_equal(write_sheet(place("out"), true, "new"), MRSE_ERR_IO);
    assert_told("which was not written by this program");
    assert_int_equal(place_count("out"), 4097);
    assert_int_equal(place_count(""), 1);
}

static void folder__full_disk__is_reported(void **state)
{
    (void)state;
    io.always[IO_WRITE] = ENOSPC;
    assert_int_equal(write_sheet(place("out"), false, "x"), MRSE_ERR_IO);
    assert_string_equal(diags.item[0].file, place("out/a.txt"));
    assert_told("no space left on the device");
    assert_int_equal(place_count(""), 0);
}

static mrse_status replace_sheet(void *context)
{
    mrse_status status;

    (void)context;
    mrse_diags_init(&diags);
    status = write_sheet(place("out"), true, "new");
    assert_int_equal(diags.errors > 0, status != MRSE_OK);
    return status;
}

static void folder__out_of_memory__leaves_the_old_one(void **state)
{
    (void)state;
    assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
    assert_true(oom_exhaust(replace_sheet, NULL) > 15);
    /* memory for the list of what to clear up is taken before, so clearing up cannot fail */
    assert_int_equal(place_count(""), 1);
    if (oom_libc_available())
        assert_true(oom_exhaust_libc(replace_sheet, NULL, 0) > 15);
    assert_int_equal(place_count(""), 1);
    assert_true(sheet_is("out", "new"));
}

/* A child process writes the sheet and is killed before its n-th call. Returns false when it got
 * to its end before that. */
static bool write_and_be_killed(size_t n, int exchange_error)
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        io_reset();
        io.always[IO_EXCHANGE] = exchange_error;
        io.kill_at = n;
        _exit(write_sheet(place("out"), true, "new") == MRSE_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status))
        return true;
    assert_int_equal(WEXITSTATUS(status), 0);
    return false;
}

/* Killed at any moment, the folder under its name is a whole one: the old or the new. */
static void check_each_kill(bool replace, int exchange_error)
{
    size_t n, seen_old = 0, seen_new = 0, seen_none = 0;
    bool killed = true;

    for (n = 1; killed; n++) {
        char command[256];

        (void)snprintf(command, sizeof command, "rm -rf '%s'/out '%s'/.*.tmp-*", place_root,
                       place_root);
        assert_int_equal(system(command), 0);
        if (replace)
            assert_int_equal(write_sheet(place("out"), false, "old"), MRSE_OK);
        killed = write_and_be_killed(n, exchange_error);
        seen_none += place_count("out") < 0;
        seen_old += sheet_is("out", "old");
        seen_new += sheet_is("out", "new");
        assert_int_equal(seen_old + seen_new + seen_none, n);
    }
    assert_true(sheet_is("out", "new"));
    assert_true(n > 25);
    assert_true(seen_new > 1);
    assert_true(replace ? seen_old > 20 : seen_old == 0);
    /* without an exchange there is one moment with neither; with it there is none */
    assert_true(!replace ? seen_none > 20 : seen_none == (exchange_error != 0));
}

static void folder__killed_at_each_call__is_never_half(void **state)
{
    (void)state;
    check_each_kill(false, 0);
    check_each_kill(true, 0);
    check_each_kill(true, ENOSYS);
}

#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, fresh, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLACE(folder_commit__new_folder__appears_whole),
        WITH_PLACE(folder_begin__trailing_slashes__are_dropped),
        WITH_PLACE(folder_begin__relative_name__works_after_chdir),
        WITH_PLACE(folder_abandon__anything_written__is_removed),
        WITH_PLACE(folder_begin__empty_folder__is_taken),
        WITH_PLACE(folder_begin__no_place_for_a_folder__is_refused),
        WITH_PLACE(folder_begin__misuse__is_err_arg),
        WITH_PLACE(folder_write__name_that_leads_elsewhere__is_refused),
        WITH_PLACE(folder_write__same_name_twice__is_refused),
        WITH_PLACE(folder_begin__full_folder__needs_force),
        WITH_PLACE(folder_commit__old_folder__stays_until_then),
        WITH_PLACE(folder_commit__old_folder_holds_other_things__is_refused),
        WITH_PLACE(folder_commit__old_list_of_sums__says_what_is_ours),
        WITH_PLACE(folder_commit__list_of_sums_is_no_file__says_nothing),
        WITH_PLACE(folder_commit__no_exchange__moves_the_old_one_aside),
        WITH_PLACE(folder_commit__leftovers_of_killed_runs__are_passed_over),
        WITH_PLACE(folder_begin__leftovers_of_dead_processes__are_removed),
        WITH_PLACE(folder_begin__locked_leftover__is_kept),
        WITH_PLACE(folder_begin__while_writing__is_locked),
        WITH_PLACE(folder_commit__runs_at_once__one_whole_sheet),
        WITH_PLACE(folder_commit__old_folder_cannot_go__is_a_warning),
        WITH_PLACE(folder_commit__old_folder_is_vast__is_refused),
        WITH_PLACE(folder__each_call_fails__never_half),
        WITH_PLACE(folder__full_disk__is_reported),
        WITH_PLACE(folder__out_of_memory__leaves_the_old_one),
        WITH_PLACE(folder__killed_at_each_call__is_never_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
