/* Notes every change that a process and its forks make below a folder, in the order they happen, with
 * the bytes, so that the disk as it was after any power cut can be worked out (see disk.py).
 *
 * Loaded by LD_PRELOAD and asleep until `power_begin`. One lock goes round each change and its note, across
 * processes, so the order in the log is the order on the disk. Syncs are noted and not performed. What could
 * change a file in a way that is not noted here is written down as UNKNOWN, and the campaign then fails.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 65536
#define REAL(name) ((__typeof__(&name))found(#name))

enum { CREATE = 1, TRUNCATE, WRITE, RENAME, LINK, UNLINK, MKDIR, RMDIR, SYNC, SYNC_FOLDER, SYNC_ALL, MARK, UNKNOWN };
enum { NOT_OURS, FILE_OF_OURS, FOLDER_OF_OURS };

static char root[PATH_MAX];
static int log_fd = -1;
static pthread_mutex_t *lock;
static unsigned char kind[FILES];

static void *found(const char *name) { return dlsym(RTLD_NEXT, name); }

static void enter(void) {
    if (pthread_mutex_lock(lock) == EOWNERDEAD) pthread_mutex_consistent(lock);
}
static void leave(void) {
    int saved = errno;
    pthread_mutex_unlock(lock);
    errno = saved;
}

struct __attribute__((packed)) head { uint8_t op; uint32_t first, second; uint64_t file, number; };

static void note(int op, uint64_t file, uint64_t number, const char *first, size_t first_size,
                 const void *second, size_t second_size) {
    int saved = errno;
    struct head head = {op, first_size, second_size, file, number};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)first, first_size}, {(void *)second, second_size}};
    if (REAL(writev)(log_fd, parts, 3) != (ssize_t)(sizeof head + first_size + second_size)) abort();
    errno = saved;
}
static void note_paths(int op, uint64_t file, const char *a, const char *b) {
    note(op, file, 0, a, strlen(a), b, strlen(b));
}
static void unknown(const char *what) {
    enter();
    note_paths(UNKNOWN, 0, what, "");
    leave();
}

static int full_path(int folder, const char *path, char *full) {
    char base[PATH_MAX];
    if (log_fd < 0 || path == NULL) return 0;
    if (path[0] == '/') {
        if (snprintf(full, PATH_MAX, "%s", path) >= PATH_MAX) return 0;
    } else {
        if (folder == AT_FDCWD) {
            if (getcwd(base, sizeof base) == NULL) return 0;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t size = readlink(link, base, sizeof base - 1);
            if (size < 0) return 0;
            base[size] = 0;
        }
        if (snprintf(full, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return 0;
    }
    size_t size = strlen(full);
    if (size > 4 && strcmp(full + size - 4, "-shm") == 0) return 0; /* made anew after every start */
    size_t length = strlen(root);
    return strncmp(full, root, length) == 0 && (full[length] == '/' || full[length] == 0);
}

static int ours(int fd) { return log_fd >= 0 && fd >= 0 && fd < FILES ? kind[fd] : NOT_OURS; }

/* ---- what the campaign calls ---- */

int power_begin(const char *folder, const char *log) {
    pthread_mutexattr_t shared;
    lock = mmap(NULL, sizeof *lock, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (lock == MAP_FAILED) return -1;
    pthread_mutexattr_init(&shared);
    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&shared, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(lock, &shared);
    snprintf(root, PATH_MAX, "%s", folder);
    log_fd = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return log_fd < 0 ? -1 : 0;
}
void power_mark(const char *text) {
    if (log_fd < 0) return;
    enter();
    note_paths(MARK, 0, text, "");
    leave();
}

/* ---- files ---- */

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    struct stat before, now;
    if (!full_path(folder, path, full)) return REAL(openat)(folder, path, flags, mode);
    if ((flags & O_TMPFILE) == O_TMPFILE) unknown("O_TMPFILE");
    enter();
    int there = stat(full, &before) == 0;
    int fd = REAL(openat)(folder, path, flags, mode);
    if (fd >= 0 && fd < FILES && fstat(fd, &now) == 0) {
        kind[fd] = S_ISREG(now.st_mode) ? FILE_OF_OURS : S_ISDIR(now.st_mode) ? FOLDER_OF_OURS : NOT_OURS;
        if (!there && (flags & O_CREAT)) note_paths(CREATE, now.st_ino, full, "");
        else if ((flags & O_TRUNC) && there && before.st_size > 0) note(TRUNCATE, now.st_ino, 0, "", 0, "", 0);
    }
    leave();
    return fd;
}
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
    if (fd >= 0 && fd < FILES) kind[fd] = NOT_OURS;
    return REAL(close)(fd);
}

static uint64_t inode(int fd) {
    struct stat now;
    return fstat(fd, &now) == 0 ? now.st_ino : 0;
}

ssize_t write(int fd, const void *data, size_t size) {
    if (ours(fd) != FILE_OF_OURS) return REAL(write)(fd, data, size);
    enter();
    struct stat now;
    fstat(fd, &now);
    off_t at = fcntl(fd, F_GETFL) & O_APPEND ? now.st_size : lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, data, size);
    if (done > 0) note(WRITE, now.st_ino, at, "", 0, data, done);
    leave();
    return done;
}
static ssize_t written_at(int fd, const void *data, size_t size, off_t at) {
    if (ours(fd) != FILE_OF_OURS) return REAL(pwrite)(fd, data, size, at);
    enter();
    ssize_t done = REAL(pwrite)(fd, data, size, at);
    if (done > 0) note(WRITE, inode(fd), at, "", 0, data, done);
    leave();
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return written_at(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return written_at(fd, data, size, at); }

static int cut(int fd, off_t size) {
    if (ours(fd) != FILE_OF_OURS) return REAL(ftruncate)(fd, size);
    enter();
    int failed = REAL(ftruncate)(fd, size);
    if (!failed) note(TRUNCATE, inode(fd), size, "", 0, "", 0);
    leave();
    return failed;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

/* ---- syncs: noted, not done ---- */

static int synced(int fd) {
    int what = ours(fd);
    char link[64], path[PATH_MAX];
    enter();
    if (what == FILE_OF_OURS) note(SYNC, inode(fd), 0, "", 0, "", 0);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = what == FOLDER_OF_OURS ? readlink(link, path, sizeof path) : -1;
    if (size > 0) note(SYNC_FOLDER, 0, 0, path, size, "", 0);
    leave();
    return 0;
}
int fsync(int fd) { return ours(fd) ? synced(fd) : REAL(fsync)(fd); }
int fdatasync(int fd) { return ours(fd) ? synced(fd) : REAL(fdatasync)(fd); }
int syncfs(int fd) {
    if (!ours(fd)) return REAL(syncfs)(fd);
    enter();
    note_paths(SYNC_ALL, 0, "", "");
    leave();
    return 0;
}

/* ---- names ---- */

#define AROUND(condition, call, ...) \
    if (!(condition)) return call; \
    enter(); \
    int failed = call; \
    if (!failed) note_paths(__VA_ARGS__); \
    leave(); \
    return failed;

int renameat(int from, const char *old, int to, const char *new) {
    char a[PATH_MAX], b[PATH_MAX];
    int both = full_path(from, old, a) + full_path(to, new, b);
    if (both == 1) unknown("a rename into or out of the folder");
    AROUND(both == 2, REAL(renameat)(from, old, to, new), RENAME, 0, a, b)
}
int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }
int linkat(int from, const char *old, int to, const char *new, int flags) {
    char a[PATH_MAX], b[PATH_MAX];
    int both = full_path(from, old, a) + full_path(to, new, b);
    if (both == 1) unknown("a link into or out of the folder");
    AROUND(both == 2, REAL(linkat)(from, old, to, new, flags), LINK, 0, a, b)
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }
int unlinkat(int folder, const char *path, int flags) {
    char a[PATH_MAX];
    AROUND(full_path(folder, path, a), REAL(unlinkat)(folder, path, flags), flags & AT_REMOVEDIR ? RMDIR : UNLINK, 0, a, "")
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int mkdirat(int folder, const char *path, mode_t mode) {
    char a[PATH_MAX];
    AROUND(full_path(folder, path, a), REAL(mkdirat)(folder, path, mode), MKDIR, 0, a, "")
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* ---- what nobody does today, and what would pass by unseen ---- */

#define UNSEEN(result, name, parameters, fd, arguments) \
    result name parameters { if (ours(fd) == FILE_OF_OURS) unknown(#name); return REAL(name) arguments; }
UNSEEN(ssize_t, writev, (int fd, const struct iovec *parts, int count), fd, (fd, parts, count))
UNSEEN(ssize_t, pwritev, (int fd, const struct iovec *parts, int count, off_t at), fd, (fd, parts, count, at))
UNSEEN(ssize_t, sendfile, (int fd, int from, off_t *at, size_t size), fd, (fd, from, at, size))
UNSEEN(ssize_t, copy_file_range, (int from, off64_t *a, int fd, off64_t *b, size_t size, unsigned flags), fd,
       (from, a, fd, b, size, flags))
UNSEEN(int, fallocate, (int fd, int mode, off_t at, off_t size), fd, (fd, mode, at, size))
UNSEEN(int, posix_fallocate, (int fd, off_t at, off_t size), fd, (fd, at, size))
static void *mapped(void *at, size_t size, int protection, int flags, int fd, off_t from) {
    if ((flags & MAP_SHARED) && (protection & PROT_WRITE) && ours(fd) == FILE_OF_OURS) unknown("mmap");
    return REAL(mmap)(at, size, protection, flags, fd, from);
}
void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t from) {
    return mapped(at, size, protection, flags, fd, from);
}
void *mmap64(void *at, size_t size, int protection, int flags, int fd, off64_t from) {
    return mapped(at, size, protection, flags, fd, from);
}
