/* Stands between a program and the C library, counts each call that changes the disk, and lets one
 * of them go wrong: in the program, in git, and in whatever they start. Or writes down what was
 * changed and what was synced, so that a loss of power can be played afterwards.
 *
 * Loaded with LD_PRELOAD; TORTURE_CONTROL names the file through which all processes share one
 * count. Only calls on plain files count; pipes and terminals do not. What the C library writes by
 * itself, through stdio, does not pass here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, KILL_BEFORE, KILL_AFTER, KILL_ALL, FULL, BROKEN, RECORD };
enum { GROWS = 1, OTHER = 2 };
#define MOST 1000

struct control {
    int32_t armed, how;
    int64_t at, count;
    int32_t fired, processes;
    int32_t process[MOST];
    char log[1024];
    char where[512];  /* which program met the fault, at what, on which path */
};
static struct control *control;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("TORTURE_CONTROL");
    const char *name = program_invocation_short_name;
    int file = path ? syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0) : -1;
    if (file < 0) return;
    void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    syscall(SYS_close, file);
    if (map == MAP_FAILED) return;
    control = map;
    int other_end = !strcmp(name, "git-receive-pack") || !strcmp(name, "git-upload-pack");
    if (other_end && control->how != RECORD) {
        /* The other end of a sync is another machine, which nothing happens to. */
        control = NULL;
        unsetenv("LD_PRELOAD");
        return;
    }
    if (control->armed) {
        int at = __atomic_fetch_add(&control->processes, 1, __ATOMIC_SEQ_CST);
        if (at < MOST) control->process[at] = getpid();
    }
}

static void die(int all) {
    if (all)
        for (int n = 0; n < control->processes && n < MOST; n++)
            if (control->process[n] != getpid()) syscall(SYS_kill, control->process[n], SIGKILL);
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

static void tell(const char *call, int file, const char *path) {
    char link[64], name[PATH_MAX] = "";
    if (!path) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        if (readlink(link, name, sizeof name - 1) > 0) path = name;
    }
    snprintf(control->where, sizeof control->where, "%s: %s %s", program_invocation_short_name, call, path ? path : "");
}

/* Counts a call; returns what it has to fail with, 0 to go on, and -1 to die after it. */
static int step(int kind, const char *call, int file, const char *path) {
    if (!control || !control->armed || control->how == RECORD) return 0;
    int64_t now = __atomic_add_fetch(&control->count, 1, __ATOMIC_SEQ_CST);
    if (now < control->at || control->how == COUNT) return 0;
    if (control->how == FULL) {
        if (!(kind & GROWS)) return 0;
        if (!control->fired) tell(call, file, path);
        control->fired = 1;
        return ENOSPC;
    }
    if (now != control->at) return 0;
    tell(call, file, path);
    control->fired = 1;
    switch (control->how) {
        case BROKEN: return EIO;
        case KILL_AFTER: return -1;
        case KILL_ALL: die(1); break;
        default: die(0);
    }
    return 0;
}

static int is_plain(int file) {
    struct stat facts;
    int kept = errno;
    int plain = fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
    errno = kept;
    return plain;
}

/* ---- The journal of changes: KIND, inode, number, path, other path, bytes. ---- */

struct entry { int32_t kind, path, other, bytes; uint64_t inode; int64_t number; };

static void whole(int folder, const char *path, char *into) {
    char link[64];
    ssize_t length = 0;
    if (path[0] != '/') {
        if (folder == AT_FDCWD) strcpy(link, "/proc/self/cwd");
        else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        length = readlink(link, into, PATH_MAX - 2);
        if (length < 0) length = 0;
        into[length++] = '/';
    }
    snprintf(into + length, PATH_MAX - length, "%s", path);
}

static void note(char kind, uint64_t inode, int64_t number, const char *path, const char *other,
                 const void *bytes, size_t size) {
    if (!control || !control->armed || control->how != RECORD) return;
    int kept = errno;
    struct entry head = {kind, path ? strlen(path) : 0, other ? strlen(other) : 0, size, inode, number};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path},
                            {(void *)other, head.other}, {(void *)bytes, size}};
    int log = syscall(SYS_openat, AT_FDCWD, control->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    syscall(SYS_writev, log, parts, 4);
    syscall(SYS_close, log);
    errno = kept;
}

static int recording(void) { return control && control->armed && control->how == RECORD; }

static uint64_t inode_of(int file) {
    struct stat facts;
    return fstat(file, &facts) == 0 ? facts.st_ino : 0;
}

static void note_named(char kind, int folder, const char *path, int other_folder, const char *other) {
    if (!recording()) return;
    char one[PATH_MAX * 2], two[PATH_MAX * 2];
    int kept = errno;
    whole(folder, path, one);
    if (other) whole(other_folder, other, two);
    struct stat facts;
    uint64_t inode = 0;
    if (lstat(other ? two : one, &facts) == 0) inode = facts.st_ino;
    note(kind, inode, 0, one, other ? two : NULL, NULL, 0);
    errno = kept;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, name)
#define GUARD(kind, file, path) \
    int fault = step(kind, __func__, file, path); \
    if (fault > 0) { errno = fault; return -1; }
#define DONE(result) do { if (fault < 0) die(0); return result; } while (0)

/* ---- Writing ---- */

static ssize_t short_write(int file, const void *data, size_t size) {
    /* A full disk often takes a part of what it is given. */
    return size > 1 && control->count == control->at ? (ssize_t)syscall(SYS_write, file, data, size / 2) : -1;
}

ssize_t write(int file, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (!control || !control->armed || !is_plain(file)) return real(file, data, size);
    int fault = step(GROWS, __func__, file, NULL);
    if (fault > 0) {
        ssize_t part = fault == ENOSPC ? short_write(file, data, size) : -1;
        if (part > 0) return part;
        errno = fault;
        return -1;
    }
    int64_t at = 0;
    if (recording()) {
        struct stat facts;
        fstat(file, &facts);
        at = fcntl(file, F_GETFL) & O_APPEND ? facts.st_size : lseek(file, 0, SEEK_CUR);
    }
    ssize_t done = real(file, data, size);
    if (recording() && done > 0) note('W', inode_of(file), at, NULL, NULL, data, done);
    DONE(done);
}

#define PWRITE(name) \
    ssize_t name(int file, const void *data, size_t size, off_t at) { \
        REAL(ssize_t, #name, int, const void *, size_t, off_t); \
        if (!control || !control->armed || !is_plain(file)) return real(file, data, size, at); \
        GUARD(GROWS, file, NULL); \
        ssize_t done = real(file, data, size, at); \
        if (recording() && done > 0) note('W', inode_of(file), at, NULL, NULL, data, done); \
        DONE(done); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t writev(int file, const struct iovec *parts, int count) {
    if (!control || !control->armed || !is_plain(file)) return syscall(SYS_writev, file, parts, count);
    ssize_t all = 0;
    for (int n = 0; n < count; n++) {
        ssize_t done = parts[n].iov_len ? write(file, parts[n].iov_base, parts[n].iov_len) : 0;
        if (done < 0) return all ? all : -1;
        all += done;
        if ((size_t)done < parts[n].iov_len) break;
    }
    return all;
}

/* The quick ways of copying are refused, so that the callers write instead. */
ssize_t sendfile(int out, int in, off_t *at, size_t size) {
    if (!control || !control->armed) return syscall(SYS_sendfile, out, in, at, size);
    errno = ENOTSOCK;
    return -1;
}
ssize_t sendfile64(int out, int in, off_t *at, size_t size) { return sendfile(out, in, at, size); }
ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t size, unsigned flags) {
    if (!control || !control->armed) return syscall(SYS_copy_file_range, in, from, out, to, size, flags);
    errno = ENOSYS;
    return -1;
}

#define TRUNCATE(name) \
    int name(int file, off_t size) { \
        REAL(int, #name, int, off_t); \
        if (!control || !control->armed || !is_plain(file)) return real(file, size); \
        GUARD(GROWS, file, NULL); \
        int done = real(file, size); \
        if (recording() && !done) note('T', inode_of(file), size, NULL, NULL, NULL, 0); \
        DONE(done); \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

/* ---- Syncing ---- */

#define SYNC(name, kind) \
    int name(int file) { \
        REAL(int, #name, int); \
        if (!control || !control->armed) return real(file); \
        GUARD(OTHER, file, NULL); \
        int done = real(file); \
        if (recording() && !done) note(kind, inode_of(file), 0, NULL, NULL, NULL, 0); \
        DONE(done); \
    }
SYNC(fsync, 'S')
SYNC(fdatasync, 'S')
SYNC(syncfs, 'Y')

int sync_file_range(int file, off64_t at, off64_t size, unsigned flags) {
    REAL(int, "sync_file_range", int, off64_t, off64_t, unsigned);
    int done = real(file, at, size, flags);
    if (recording() && !done) note('B', inode_of(file), 0, NULL, NULL, NULL, 0);
    return done;
}

/* ---- Names ---- */

static int making(int flags) { return flags & (O_CREAT | O_TRUNC) && !(flags & O_DIRECTORY); }

static int opened(int folder, const char *path, int flags, mode_t mode) {
    int fault = 0;
    char before = 0;
    if (control && control->armed && making(flags)) {
        struct stat facts;
        int there = fstatat(folder, path, &facts, AT_SYMLINK_NOFOLLOW) == 0;
        if (there && !S_ISREG(facts.st_mode)) return syscall(SYS_openat, folder, path, flags, mode);
        before = there ? (flags & O_TRUNC ? 'T' : 0) : 'C';
        if (before) {
            fault = step(before == 'C' ? GROWS : OTHER, "open", 0, path);
            if (fault > 0) { errno = fault; return -1; }
        }
    }
    int file = syscall(SYS_openat, folder, path, flags, mode);
    if (recording() && file >= 0 && before == 'C') note_named('C', folder, path, 0, NULL);
    if (recording() && file >= 0 && before == 'T') note('T', inode_of(file), 0, NULL, NULL, NULL, 0);
    if (fault < 0) die(0);
    return file;
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static int renamed(int from_folder, const char *from, int folder, const char *to, unsigned flags) {
    GUARD(OTHER, 0, to);
    int done = syscall(SYS_renameat2, from_folder, from, folder, to, flags);
    if (!done) note_named('R', from_folder, from, folder, to);
    DONE(done);
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renamed(a, from, b, to, flags); }

static int linked(int from_folder, const char *from, int folder, const char *to, int flags) {
    GUARD(GROWS, 0, to);
    int done = syscall(SYS_linkat, from_folder, from, folder, to, flags);
    if (!done) note_named('L', from_folder, from, folder, to);
    DONE(done);
}
int link(const char *from, const char *to) { return linked(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return linked(a, from, b, to, flags); }

static int removed(int folder, const char *path, int flags) {
    GUARD(OTHER, 0, path);
    int done = syscall(SYS_unlinkat, folder, path, flags);
    if (!done) note_named('U', folder, path, 0, NULL);
    DONE(done);
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return removed(folder, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

static int folder_made(int folder, const char *path, mode_t mode) {
    struct stat facts;
    if (!control || !control->armed || fstatat(folder, path, &facts, AT_SYMLINK_NOFOLLOW) == 0)
        return syscall(SYS_mkdirat, folder, path, mode);
    GUARD(GROWS, 0, path);
    int done = syscall(SYS_mkdirat, folder, path, mode);
    if (!done) note_named('M', folder, path, 0, NULL);
    DONE(done);
}
int mkdir(const char *path, mode_t mode) { return folder_made(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return folder_made(folder, path, mode); }
