/* Counts, logs and stops at what a process does to the files of one folder. Preloaded before libc (LD_PRELOAD).
 *
 * fileops_arm(folder, kill_at, is_torn, log) begins: before operation `kill_at` (from 1) the process kills itself as
 * `kill -9` would; with is_torn half of what a write was to write is written first. Operations are appended to the
 * descriptor `log` where it is not -1, each as a line of words and, behind a write, its bytes. fileops_mark() puts a
 * line of the program's own into the log. Files ending in -shm are memory that processes share: not logged.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static size_t folder_length;
static long kill_at, done;
static int is_torn, log_fd = -1;
static pid_t owner;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int is_armed(void) { return folder_length && owner == getpid(); }

static int is_inside(const char *path) {
    return !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

static const char *full(int at, const char *path, char *buffer) {
    if (path[0] == '/') return path;
    char link[64];
    ssize_t n;
    if (at == AT_FDCWD) {
        if (!getcwd(buffer, PATH_MAX)) return "";
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        if ((n = readlink(link, buffer, PATH_MAX - 1)) < 0) return "";
        buffer[n] = 0;
    }
    size_t length = strlen(buffer);
    snprintf(buffer + length, PATH_MAX - length, "/%s", path);
    return buffer;
}

static const char *name_of(int fd, char *buffer) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, buffer, PATH_MAX - 1);
    if (n < 0) return "";
    buffer[n] = 0;
    return buffer;
}

static unsigned long inode(int fd) {
    struct stat found;
    return syscall(SYS_fstat, fd, &found) ? 0 : (unsigned long)found.st_ino;
}

static void put(const void *data, size_t size) {
    const char *at = data;
    while (size) {
        ssize_t n = syscall(SYS_write, log_fd, at, size);
        if (n <= 0) abort();
        at += n;
        size -= (size_t)n;
    }
}

static void say(const char *format, ...) {
    char line[2 * PATH_MAX + 128];
    va_list given;
    va_start(given, format);
    int n = vsnprintf(line, sizeof line, format, given);
    va_end(given);
    if (log_fd >= 0) put(line, (size_t)n);
}

/* Counts an operation; true where it is the one to die at. The caller holds the lock. */
static int counted(void) { return ++done == kill_at; }

static void die(void) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

void fileops_arm(const char *path, long at, int torn, int log) {
    if (!realpath(path, folder)) abort();
    folder_length = strlen(folder);
    kill_at = at, is_torn = torn, log_fd = log, done = 0, owner = getpid();
}

long fileops_count(void) { return done; }

void fileops_mark(const char *text) {
    pthread_mutex_lock(&lock);
    say("mark\t%s\n", text);
    pthread_mutex_unlock(&lock);
}


/* Files that are opened: what counts is that a name is made, or that what it held is thrown away. */
static int opened(int (*open_it)(int, const char *, int, mode_t), int at, const char *path, int flags, mode_t mode) {
    char buffer[PATH_MAX];
    const char *name;
    if (!is_armed() || !(flags & (O_CREAT | O_TRUNC)) || !is_inside(name = full(at, path, buffer)))
        return open_it(at, path, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat found;
    int is_there = !stat(name, &found);
    int changes = is_there ? (flags & O_TRUNC) && found.st_size : !!(flags & O_CREAT);
    if (changes && counted()) die();
    int fd = open_it(at, path, flags, mode), kept = errno;
    if (fd >= 0 && !is_there) say("create\t%lu\t%s\n", inode(fd), name);
    else if (fd >= 0 && changes) say("truncate\t%lu\t0\n", inode(fd));
    pthread_mutex_unlock(&lock);
    errno = kept;
    return fd;
}

static int open_now(int at, const char *path, int flags, mode_t mode) {
    return (int)syscall(SYS_openat, at, path, flags, mode);
}

#define MODE(flags, mode) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list given; \
        va_start(given, flags); \
        mode = va_arg(given, mode_t); \
        va_end(given); \
    }

int open(const char *path, int flags, ...) { MODE(flags, mode) return opened(open_now, AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, mode) return opened(open_now, AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags, mode) return opened(open_now, at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags, mode) return opened(open_now, at, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(open_now, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

/* Bytes that are written. */
static ssize_t written(int fd, const void *data, size_t size, off_t at, int is_placed) {
    char buffer[PATH_MAX];
    const char *name;
    if (!is_armed() || fd == log_fd || !is_inside(name = name_of(fd, buffer)))
        return is_placed ? syscall(SYS_pwrite64, fd, data, size, at) : syscall(SYS_write, fd, data, size);
    size_t length = strlen(name);
    int is_shared = length > 4 && !strcmp(name + length - 4, "-shm");
    pthread_mutex_lock(&lock);
    if (!is_placed) at = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    if (counted()) {
        if (is_torn) is_placed ? syscall(SYS_pwrite64, fd, data, size / 2, at) : syscall(SYS_write, fd, data, size / 2);
        die();
    }
    ssize_t n = is_placed ? syscall(SYS_pwrite64, fd, data, size, at) : syscall(SYS_write, fd, data, size);
    int kept = errno;
    if (n > 0 && log_fd >= 0 && !is_shared) {
        say("write\t%lu\t%lld\t%zd\n", inode(fd), (long long)at, n);
        put(data, (size_t)n);
    }
    pthread_mutex_unlock(&lock);
    errno = kept;
    return n;
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return written(fd, data, size, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) { return written(fd, data, size, at, 1); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    ssize_t whole = 0;
    for (int i = 0; i < count; i++) {
        ssize_t n = write(fd, parts[i].iov_base, parts[i].iov_len);
        if (n < 0) return whole ? whole : n;
        whole += n;
    }
    return whole;
}

/* Ways to copy inside the kernel would pass unseen: callers fall back on read and write. */
ssize_t sendfile(int out, int in, off_t *at, size_t size) {
    if (is_armed()) { errno = EINVAL; return -1; }
    return syscall(SYS_sendfile, out, in, at, size);
}
ssize_t sendfile64(int out, int in, off_t *at, size_t size) { return sendfile(out, in, at, size); }
ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t size, unsigned flags) {
    if (is_armed()) { errno = EXDEV; return -1; }
    return syscall(SYS_copy_file_range, in, from, out, to, size, flags);
}

/* What is done to an open file. */
#define ON_FILE(result, name, call, word, extra, ...) \
    result name(__VA_ARGS__) { \
        char buffer[PATH_MAX]; \
        if (!is_armed() || !is_inside(name_of(fd, buffer))) return (result)call; \
        size_t length = strlen(buffer); \
        int is_shared = length > 4 && !strcmp(buffer + length - 4, "-shm"); \
        pthread_mutex_lock(&lock); \
        if (counted()) die(); \
        result n = (result)call; \
        int kept = errno; \
        if (!n && !is_shared) say(word "\t%lu\t%lld\t%s\n", inode(fd), (long long)(extra), buffer); \
        pthread_mutex_unlock(&lock); \
        errno = kept; \
        return n; \
    }

ON_FILE(int, fsync, syscall(SYS_fsync, fd), "fsync", 0, int fd)
ON_FILE(int, fdatasync, syscall(SYS_fdatasync, fd), "fsync", 0, int fd)
ON_FILE(int, ftruncate, syscall(SYS_ftruncate, fd, size), "truncate", size, int fd, off_t size)
ON_FILE(int, ftruncate64, syscall(SYS_ftruncate, fd, size), "truncate", size, int fd, off_t size)

/* What is done to names. */
static int renamed(int from_at, const char *from, int to_at, const char *to, long call, int flags, const char *word) {
    char first[PATH_MAX], second[PATH_MAX];
    const char *old, *new;
    if (!is_armed() || !(is_inside(old = full(from_at, from, first)) | is_inside(new = full(to_at, to, second))))
        return (int)syscall(call, from_at, from, to_at, to, flags);
    new = full(to_at, to, second);
    pthread_mutex_lock(&lock);
    if (counted()) die();
    int n = (int)syscall(call, from_at, from, to_at, to, flags), kept = errno;
    if (!n) say("%s\t%s\t%s\n", word, old, new);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return n;
}

int rename(const char *old, const char *new) { return renamed(AT_FDCWD, old, AT_FDCWD, new, SYS_renameat2, 0, "rename"); }
int renameat(int a, const char *old, int b, const char *new) { return renamed(a, old, b, new, SYS_renameat2, 0, "rename"); }
int renameat2(int a, const char *old, int b, const char *new, unsigned flags) {
    return renamed(a, old, b, new, SYS_renameat2, (int)flags, "rename");
}
int link(const char *old, const char *new) { return renamed(AT_FDCWD, old, AT_FDCWD, new, SYS_linkat, 0, "link"); }
int linkat(int a, const char *old, int b, const char *new, int flags) {
    return renamed(a, old, b, new, SYS_linkat, flags, "link");
}

static int named(int at, const char *path, long call, int extra, const char *word) {
    char buffer[PATH_MAX];
    const char *name;
    struct stat found;
    if (!is_armed() || !is_inside(name = full(at, path, buffer))) return (int)syscall(call, at, path, extra);
    pthread_mutex_lock(&lock);
    int changes = (call == SYS_mkdirat) == !!lstat(name, &found);
    if (changes && counted()) die();
    int n = (int)syscall(call, at, path, extra), kept = errno;
    if (!n) say("%s\t%s\n", word, name);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return n;
}

int unlink(const char *path) { return named(AT_FDCWD, path, SYS_unlinkat, 0, "unlink"); }
int unlinkat(int at, const char *path, int flags) {
    return named(at, path, SYS_unlinkat, flags, flags & AT_REMOVEDIR ? "rmdir" : "unlink");
}
int rmdir(const char *path) { return named(AT_FDCWD, path, SYS_unlinkat, AT_REMOVEDIR, "rmdir"); }
int mkdir(const char *path, mode_t mode) { return named(AT_FDCWD, path, SYS_mkdirat, (int)mode, "mkdir"); }
int mkdirat(int at, const char *path, mode_t mode) { return named(at, path, SYS_mkdirat, (int)mode, "mkdir"); }
