/* Stands between one process and its files, under one folder (`root`) and nowhere else.
 *
 * Loaded with LD_PRELOAD and asleep until `faults_arm` is called (by ctypes, in the process that
 * is to suffer). Then it does one of three things with every call that changes something there:
 *
 *     TRACE    writes down what was done, in order, with all bytes (see `trace.py`)
 *     INJECT   the call of a given number fails, once or from there on
 *     KILL     the process kills itself at the call of a given number
 *
 * One lock is held over the call and its record, so that the record's order is the order in which
 * things happened, whatever the threads. A write to the file of acknowledgements (`promises`, outside
 * the root) is recorded as a promise and never counted.
 *
 * `faults_sabotage` makes the process forget what careful programs do, to see whether the tests
 * notice: flushes that are not made, a name that is given too late.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
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

enum mode { ASLEEP, TRACE, INJECT, KILL, COUNT };
enum sabotage {
    NO_FILE_SYNC = 1,       /* blobs, headers, packages are not flushed */
    NO_FOLDER_SYNC = 2,     /* folders are not flushed */
    NO_DATABASE_SYNC = 4,   /* neither database nor its log: synchronous=OFF */
    LATE_LOG_SYNC = 8,      /* the log only before it is merged: synchronous=NORMAL */
    ROW_BEFORE_BLOB = 16    /* a blob gets its name only after the row was committed */
};
enum kind {
    CREATE = 'C', WRITE = 'W', TRUNCATE = 'T', SYNC = 'S', RENAME = 'R', UNLINK = 'U',
    MKDIR = 'D', RMDIR = 'Y', LINK = 'L', PROMISE = 'P', UNKNOWN = '?'
};

struct record {
    uint8_t kind;
    uint8_t zero;
    uint16_t first;   /* length of the first path */
    uint16_t second;  /* length of the second path */
    uint16_t zero_2;
    uint64_t inode;
    uint64_t offset;
    uint64_t length;  /* of the bytes that follow the paths */
} __attribute__((packed));

#define MOST_FILES 4096

struct file {
    int tracked;      /* 1: under the root; 2: the file of promises */
    int is_folder;
    ino_t inode;
    char path[512];   /* relative to the root */
};

static struct file files[MOST_FILES];
static pthread_mutex_t door = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static enum mode mode = ASLEEP;
static char root[PATH_MAX];
static size_t root_length;
static char promises[PATH_MAX];
static int trace_file = -1;
static long calls, writes, chosen;
static int error_number, is_short, is_for_ever, has_struck;
static int sabotage;
static int unsynced_log = -1;
static char postponed_from[PATH_MAX], postponed_to[PATH_MAX];

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) abort();
    return found;
}

/* ---- what a path or a descriptor is ------------------------------------------------------- */

static int absolute(int folder, const char *path, char *out) {
    if (path == NULL) return -1;
    if (path[0] == '/') return snprintf(out, PATH_MAX, "%s", path) < PATH_MAX ? 0 : -1;
    char base[PATH_MAX];
    if (folder == AT_FDCWD) {
        if (getcwd(base, sizeof base) == NULL) return -1;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0) return -1;
        base[length] = 0;
    }
    return snprintf(out, PATH_MAX, "%s/%s", base, path) < PATH_MAX ? 0 : -1;
}

/* The part below the root; NULL if it lies elsewhere or is not durable (SQLite's shared memory). */
static const char *below(const char *path) {
    if (strncmp(path, root, root_length) != 0) return NULL;
    if (path[root_length] == 0) return "";
    if (path[root_length] != '/') return NULL;
    size_t length = strlen(path);
    if (length > 4 && strcmp(path + length - 4, "-shm") == 0) return NULL;
    return path + root_length + 1;
}

static struct file *tracked(int descriptor) {
    if (mode == ASLEEP || descriptor < 0 || descriptor >= MOST_FILES) return NULL;
    return files[descriptor].tracked == 1 ? &files[descriptor] : NULL;
}

static void forget(int descriptor) {
    if (descriptor >= 0 && descriptor < MOST_FILES) files[descriptor].tracked = 0;
}

static void remember(int descriptor, const char *path) {
    if (descriptor < 0) return;
    if (descriptor >= MOST_FILES) abort();
    struct file *file = &files[descriptor];
    file->tracked = 0;
    if (strcmp(path, promises) == 0) { file->tracked = 2; return; }
    const char *name = below(path);
    struct stat facts;
    if (name == NULL || fstat(descriptor, &facts) != 0) return;
    if (strlen(name) >= sizeof file->path) abort();
    file->tracked = 1;
    file->is_folder = S_ISDIR(facts.st_mode);
    file->inode = facts.st_ino;
    strcpy(file->path, name);
}

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static int is_database(const char *path) {
    return strstr(path, ".db") != NULL;
}

/* ---- the record ---------------------------------------------------------------------------- */

static void put(const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        long taken = syscall(SYS_write, trace_file, at, length);
        if (taken <= 0) abort();
        at += taken;
        length -= (size_t)taken;
    }
}

static void note(enum kind kind, const char *first, const char *second, uint64_t inode,
                 uint64_t offset, const void *bytes, uint64_t length) {
    if (mode != TRACE) return;
    struct record record = {
        .kind = (uint8_t)kind, .first = (uint16_t)strlen(first), .second = (uint16_t)strlen(second),
        .inode = inode, .offset = offset, .length = bytes == NULL ? 0 : length,
    };
    put(&record, sizeof record);
    put(first, record.first);
    put(second, record.second);
    if (bytes != NULL) put(bytes, length);
}

/* ---- the fault ----------------------------------------------------------------------------- */

/* Called once for each call that changes something under the root. 0: go on. Otherwise it fails. */
static int strikes(int is_write) {
    if (mode == ASLEEP || mode == TRACE) return 0;
    calls++;
    if (is_write) writes++;
    if (mode == COUNT) return 0;
    if (is_short) {
        if (!is_write || (is_for_ever ? writes < chosen : writes != chosen)) return 0;
    } else if (is_for_ever ? calls < chosen : calls != chosen) {
        return 0;
    }
    has_struck = 1;
    if (mode == KILL) {
        syscall(SYS_kill, getpid(), SIGKILL);
        pause();
    }
    return 1;
}

static int fails(int is_write) {
    if (!strikes(is_write)) return 0;
    if (is_short) return 0;
    errno = error_number;
    return 1;
}

/* How much of a write is let through; -1: it fails. */
static ssize_t allowed(size_t length) {
    if (!strikes(1)) return (ssize_t)length;
    if (!is_short) { errno = error_number; return -1; }
    return length > 1 ? (ssize_t)(length / 2) : (ssize_t)length;
}

/* ---- what the tests call ------------------------------------------------------------------- */

void faults_arm(int new_mode, const char *new_root, const char *new_promises, const char *trace) {
    pthread_mutex_lock(&door);
    snprintf(root, sizeof root, "%s", new_root);
    root_length = strlen(root);
    snprintf(promises, sizeof promises, "%s", new_promises);
    if (new_mode == TRACE) {
        int opened = (int)syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        trace_file = fcntl(opened, F_DUPFD_CLOEXEC, 900);
        syscall(SYS_close, opened);
        if (trace_file < 0) abort();
    }
    memset(files, 0, sizeof files);
    mode = (enum mode)new_mode;
    pthread_mutex_unlock(&door);
}

void faults_choose(long number, int new_error, int shortened, int for_ever) {
    chosen = number;
    error_number = new_error;
    is_short = shortened;
    is_for_ever = for_ever;
    calls = writes = has_struck = 0;
}

void faults_sabotage(int kinds) { sabotage = kinds; }
void faults_disarm(void) { pthread_mutex_lock(&door); mode = ASLEEP; pthread_mutex_unlock(&door); }
long faults_calls(void) { return calls; }
long faults_writes(void) { return writes; }
int faults_has_struck(void) { return has_struck; }

/* ---- opening and closing ------------------------------------------------------------------- */

static int opened_at(int folder, const char *path, int flags, mode_t rights) {
    __typeof__(&openat64) open_really = (__typeof__(&openat64))real("openat64");
    char whole[PATH_MAX];
    if (mode == ASLEEP || absolute(folder, path, whole) != 0
        || (below(whole) == NULL && strcmp(whole, promises) != 0))
        return open_really(folder, path, flags, rights);
    pthread_mutex_lock(&door);
    struct stat facts;
    const char *name = below(whole);
    int existed = fstatat(folder, path, &facts, 0) == 0;
    int changes = name != NULL && (((flags & O_CREAT) && !existed) || ((flags & O_TRUNC) && existed));
    int descriptor = -1;
    if (!changes || !fails(0)) {
        descriptor = open_really(folder, path, flags | O_CLOEXEC, rights);
        int kept = errno;
        remember(descriptor, whole);
        if (descriptor >= 0 && changes) {
            if (existed)
                note(TRUNCATE, name, "", files[descriptor].inode, 0, NULL, 0);
            else
                note(CREATE, name, "", files[descriptor].inode, 0, NULL, 0);
        }
        errno = kept;
    }
    pthread_mutex_unlock(&door);
    return descriptor;
}

#define RIGHTS(flags, last)                                   \
    mode_t rights = 0;                                        \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                  \
        va_list more;                                         \
        va_start(more, last);                                 \
        rights = va_arg(more, mode_t);                        \
        va_end(more);                                         \
    }

int open(const char *path, int flags, ...) {
    RIGHTS(flags, flags)
    return opened_at(AT_FDCWD, path, flags, rights);
}
int open64(const char *path, int flags, ...) {
    RIGHTS(flags, flags)
    return opened_at(AT_FDCWD, path, flags, rights);
}
int openat(int folder, const char *path, int flags, ...) {
    RIGHTS(flags, flags)
    return opened_at(folder, path, flags, rights);
}
int openat64(int folder, const char *path, int flags, ...) {
    RIGHTS(flags, flags)
    return opened_at(folder, path, flags, rights);
}
int creat(const char *path, mode_t rights) {
    return opened_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, rights);
}
int creat64(const char *path, mode_t rights) { return creat(path, rights); }

int close(int descriptor) {
    pthread_mutex_lock(&door);
    forget(descriptor);
    if (descriptor == unsynced_log) unsynced_log = -1;
    int result = REAL(close)(descriptor);
    pthread_mutex_unlock(&door);
    return result;
}

static int duplicated(int old, int new) {
    if (new >= 0 && new < MOST_FILES && old >= 0 && old < MOST_FILES) files[new] = files[old];
    return new;
}
int dup(int old) { return duplicated(old, REAL(dup)(old)); }
int dup2(int old, int new) { return duplicated(old, REAL(dup2)(old, new)); }
int dup3(int old, int new, int flags) { return duplicated(old, REAL(dup3)(old, new, flags)); }

/* ---- writing ------------------------------------------------------------------------------- */

static int really_sync(struct file *file, int descriptor);

/* synchronous=NORMAL: the log is flushed when it is about to be merged, not when it is committed. */
static void before_a_merge(struct file *file) {
    if (unsynced_log < 0 || !is_database(file->path) || ends_with(file->path, "-wal")) return;
    struct file *log = tracked(unsynced_log);
    if (log != NULL && strncmp(log->path, file->path, strlen(file->path)) == 0) {
        really_sync(log, unsynced_log);
        unsynced_log = -1;
    }
}

static ssize_t write_at(int descriptor, const void *bytes, size_t length, off64_t offset) {
    pthread_mutex_lock(&door);
    struct file *file = tracked(descriptor);
    ssize_t done = -1;
    if (file == NULL) {
        if (mode != ASLEEP && descriptor >= 0 && descriptor < MOST_FILES
            && files[descriptor].tracked == 2)
            note(PROMISE, "", "", 0, 0, bytes, length);
        done = offset < 0 ? REAL(write)(descriptor, bytes, length)
                          : REAL(pwrite64)(descriptor, bytes, length, offset);
    } else {
        before_a_merge(file);
        ssize_t part = allowed(length);
        if (part >= 0) {
            off64_t at = offset;
            if (at < 0) {
                struct stat facts;
                at = (fcntl(descriptor, F_GETFL) & O_APPEND) && fstat(descriptor, &facts) == 0
                         ? facts.st_size
                         : lseek64(descriptor, 0, SEEK_CUR);
            }
            done = offset < 0 ? REAL(write)(descriptor, bytes, (size_t)part)
                              : REAL(pwrite64)(descriptor, bytes, (size_t)part, offset);
            int kept = errno;
            if (done > 0)
                note(WRITE, file->path, "", file->inode, (uint64_t)at, bytes, (uint64_t)done);
            errno = kept;
        }
    }
    pthread_mutex_unlock(&door);
    return done;
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    return write_at(descriptor, bytes, length, -1);
}
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
    return write_at(descriptor, bytes, length, offset);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    return write_at(descriptor, bytes, length, offset);
}
/* Several pieces at once: the first is written; the caller must go on with the rest anyway. */
ssize_t writev(int descriptor, const struct iovec *pieces, int count) {
    if (tracked(descriptor) == NULL) return REAL(writev)(descriptor, pieces, count);
    for (int i = 0; i < count; i++)
        if (pieces[i].iov_len > 0)
            return write_at(descriptor, pieces[i].iov_base, pieces[i].iov_len, -1);
    return 0;
}

static int truncated(int descriptor, off64_t length) {
    pthread_mutex_lock(&door);
    struct file *file = tracked(descriptor);
    int result = -1;
    if (file == NULL || !fails(0)) {
        if (file != NULL) before_a_merge(file);
        result = REAL(ftruncate64)(descriptor, length);
        int kept = errno;
        if (file != NULL && result == 0)
            note(TRUNCATE, file->path, "", file->inode, (uint64_t)length, NULL, 0);
        errno = kept;
    }
    pthread_mutex_unlock(&door);
    return result;
}
int ftruncate(int descriptor, off_t length) { return truncated(descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return truncated(descriptor, length); }

/* What cannot be followed is recorded as such: the explorer refuses a trace that holds it. */
static void cannot_follow(int descriptor, const char *what) {
    pthread_mutex_lock(&door);
    struct file *file = tracked(descriptor);
    if (file != NULL) note(UNKNOWN, file->path, what, file->inode, 0, NULL, 0);
    pthread_mutex_unlock(&door);
}
int fallocate(int descriptor, int how, off_t offset, off_t length) {
    cannot_follow(descriptor, "fallocate");
    return REAL(fallocate)(descriptor, how, offset, length);
}
int fallocate64(int descriptor, int how, off64_t offset, off64_t length) {
    cannot_follow(descriptor, "fallocate");
    return REAL(fallocate64)(descriptor, how, offset, length);
}
int posix_fallocate(int descriptor, off_t offset, off_t length) {
    cannot_follow(descriptor, "posix_fallocate");
    return REAL(posix_fallocate)(descriptor, offset, length);
}
int posix_fallocate64(int descriptor, off64_t offset, off64_t length) {
    cannot_follow(descriptor, "posix_fallocate");
    return REAL(posix_fallocate64)(descriptor, offset, length);
}
ssize_t pwritev(int descriptor, const struct iovec *pieces, int count, off_t offset) {
    cannot_follow(descriptor, "pwritev");
    return REAL(pwritev)(descriptor, pieces, count, offset);
}
/* Python copies files with these two; refused, it falls back to reading and writing. */
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length,
                        unsigned int flags) {
    if (tracked(out) != NULL) { errno = EXDEV; return -1; }
    return REAL(copy_file_range)(in, from, out, to, length, flags);
}
ssize_t sendfile(int out, int in, off_t *offset, size_t length) {
    if (tracked(out) != NULL) { errno = ENOTSOCK; return -1; }
    return REAL(sendfile)(out, in, offset, length);
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t length) {
    if (tracked(out) != NULL) { errno = ENOTSOCK; return -1; }
    return REAL(sendfile64)(out, in, offset, length);
}
static void look_at_mapping(int descriptor, int protection, int flags) {
    if ((protection & PROT_WRITE) && (flags & MAP_SHARED)) cannot_follow(descriptor, "mmap");
}
void *mmap(void *at, size_t length, int protection, int flags, int descriptor, off_t offset) {
    look_at_mapping(descriptor, protection, flags);
    return REAL(mmap)(at, length, protection, flags, descriptor, offset);
}
void *mmap64(void *at, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    look_at_mapping(descriptor, protection, flags);
    return REAL(mmap64)(at, length, protection, flags, descriptor, offset);
}

/* ---- flushing ------------------------------------------------------------------------------ */

static int really_rename(const char *from, const char *to, const char *old, const char *new);

static int really_sync(struct file *file, int descriptor) {
    int result = REAL(fsync)(descriptor);
    int kept = errno;
    if (result == 0) note(SYNC, file->path, "", file->inode, 0, NULL, 0);
    errno = kept;
    return result;
}

static int is_forgotten(struct file *file, int descriptor) {
    if (file->is_folder) return sabotage & NO_FOLDER_SYNC;
    if (!is_database(file->path)) return sabotage & NO_FILE_SYNC;
    if (sabotage & NO_DATABASE_SYNC) return 1;
    if ((sabotage & LATE_LOG_SYNC) && ends_with(file->path, "-wal")) {
        unsynced_log = descriptor;
        return 1;
    }
    return 0;
}

static int synced(int descriptor) {
    pthread_mutex_lock(&door);
    struct file *file = tracked(descriptor);
    int result = -1;
    if (file == NULL)
        result = REAL(fsync)(descriptor);
    else if (!fails(0)) {
        result = is_forgotten(file, descriptor) ? 0 : really_sync(file, descriptor);
        if (postponed_to[0] != 0 && ends_with(file->path, "vault.db-wal")) {
            char from[PATH_MAX], to[PATH_MAX];
            strcpy(from, postponed_from);
            strcpy(to, postponed_to);
            postponed_to[0] = 0;
            really_rename(from, to, below(from), below(to));
        }
    }
    pthread_mutex_unlock(&door);
    return result;
}
int fsync(int descriptor) { return synced(descriptor); }
int fdatasync(int descriptor) { return synced(descriptor); }

/* ---- names --------------------------------------------------------------------------------- */

static int really_rename(const char *from, const char *to, const char *old, const char *new) {
    int result = REAL(renameat)(AT_FDCWD, from, AT_FDCWD, to);
    int kept = errno;
    if (result == 0) note(RENAME, old, new, 0, 0, NULL, 0);
    errno = kept;
    return result;
}

static int renamed(int from_folder, const char *from, int to_folder, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    if (mode == ASLEEP || absolute(from_folder, from, old) != 0
        || absolute(to_folder, to, new) != 0 || below(old) == NULL || below(new) == NULL)
        return REAL(renameat)(from_folder, from, to_folder, to);
    pthread_mutex_lock(&door);
    int result = -1;
    if ((sabotage & ROW_BEFORE_BLOB) && strstr(new, "/blobs/") != NULL) {
        strcpy(postponed_from, old);
        strcpy(postponed_to, new);
        result = 0;
    } else if (!fails(0))
        result = really_rename(old, new, below(old), below(new));
    pthread_mutex_unlock(&door);
    return result;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    return renamed(from_folder, from, to_folder, to);
}
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags) {
    char new[PATH_MAX];
    if (flags != 0 && mode != ASLEEP && absolute(to_folder, to, new) == 0 && below(new) != NULL) {
        errno = EINVAL;
        return -1;
    }
    if (flags != 0) return REAL(renameat2)(from_folder, from, to_folder, to, flags);
    return renamed(from_folder, from, to_folder, to);
}

/* One change of a name: `act` does it, `kind` says what it was. */
#define NAME_CHANGE(folder, path, kind, act)                                       \
    char whole[PATH_MAX];                                                          \
    if (mode == ASLEEP || absolute(folder, path, whole) != 0 || below(whole) == NULL) \
        return act;                                                                \
    pthread_mutex_lock(&door);                                                     \
    int result = -1;                                                               \
    if (!fails(0)) {                                                               \
        result = act;                                                              \
        int kept = errno;                                                          \
        struct stat facts = {0};                                                   \
        if (result == 0) {                                                         \
            if ((kind) == MKDIR) stat(whole, &facts);                              \
            note(kind, below(whole), "", facts.st_ino, 0, NULL, 0);                \
        }                                                                          \
        errno = kept;                                                              \
    }                                                                              \
    pthread_mutex_unlock(&door);                                                   \
    return result;

int unlinkat(int folder, const char *path, int flags) {
    NAME_CHANGE(folder, path, (flags & AT_REMOVEDIR) ? RMDIR : UNLINK,
                REAL(unlinkat)(folder, path, flags))
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int remove(const char *path) {
    int result = unlinkat(AT_FDCWD, path, 0);
    return result != 0 && errno == EISDIR ? unlinkat(AT_FDCWD, path, AT_REMOVEDIR) : result;
}
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int mkdirat(int folder, const char *path, mode_t rights) {
    NAME_CHANGE(folder, path, MKDIR, REAL(mkdirat)(folder, path, rights))
}
int mkdir(const char *path, mode_t rights) { return mkdirat(AT_FDCWD, path, rights); }
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    char old[PATH_MAX], new[PATH_MAX];
    if (mode == ASLEEP || absolute(from_folder, from, old) != 0
        || absolute(to_folder, to, new) != 0 || below(old) == NULL || below(new) == NULL)
        return REAL(linkat)(from_folder, from, to_folder, to, flags);
    pthread_mutex_lock(&door);
    int result = -1;
    if (!fails(0)) {
        result = REAL(linkat)(from_folder, from, to_folder, to, flags);
        int kept = errno;
        if (result == 0) note(LINK, below(old), below(new), 0, 0, NULL, 0);
        errno = kept;
    }
    pthread_mutex_unlock(&door);
    return result;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
