/* Makes writes to files whose names contain $FAIL_IN fail with $FAIL_ERRNO, while the file $FAIL_WHILE exists, and at
   most $FAIL_TIMES times. Loaded with LD_PRELOAD into a desk, as a disk that has a fault or a quota. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int failed;

static int must_fail(int fd) {
    const char *in = getenv("FAIL_IN"), *when = getenv("FAIL_WHILE"), *times = getenv("FAIL_TIMES");
    char link[64], name[4096];
    if (!in || !when || access(when, F_OK) != 0 || failed >= atoi(times)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, name, sizeof name - 1);
    if (length < 0) return 0;
    name[length] = 0;
    if (!strstr(name, in)) return 0;
    failed++;
    errno = atoi(getenv("FAIL_ERRNO"));
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
ssize_t write(int fd, const void *data, size_t n) { return must_fail(fd) ? -1 : REAL(write)(fd, data, n); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return must_fail(fd) ? -1 : REAL(pwrite)(fd, data, n, at); }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
    return must_fail(fd) ? -1 : REAL(pwrite64)(fd, data, n, at);
}
int fsync(int fd) { return must_fail(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return must_fail(fd) ? -1 : REAL(fdatasync)(fd); }
