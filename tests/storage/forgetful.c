/* A disk that forgets: loaded before libc (LD_PRELOAD), it watches what a process writes below one folder.
 *
 * Armed with `forget_at`, the power is cut at the nth write or sync: what was not synced is taken back, some of
 * it at random written again, whole or torn at a sector, files whose name was not synced in their folder are
 * gone, and the process ends at once. Armed with `fail_at`, the nth write or sync fails with EIO.
 *
 * A removed file is gone at once; a rename counts as making the new name.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, CUT_CODE = 99 };

struct change { /* a write, or a truncation, that was not synced */
    struct change *before, *after;
    char path[PATH_MAX];
    off_t at, size_before;
    size_t old_length, new_length;
    char *old_bytes, *new_bytes;
    int truncates;
};
struct made { /* a new name that was not synced in its folder */
    struct made *next;
    char path[PATH_MAX];
};

static struct change *first, *last;
static struct made *names;
static char root[PATH_MAX];
static long left_to_cut = -1, left_to_fail = -1;
static unsigned keep_percent;
static unsigned long long chance;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_open)(const char *, int, ...);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void find_real(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_open = dlsym(RTLD_NEXT, "open64");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
}

static unsigned drawn(unsigned below) {
    chance = chance * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(chance >> 33) % below;
}

static void arm(const char *folder) { snprintf(root, sizeof root, "%s", folder); }

void forget_at(const char *folder, long nth, unsigned keep, unsigned long long seed) {
    arm(folder);
    keep_percent = keep;
    chance = seed;
    left_to_cut = nth;
}

void fail_at(const char *folder, long nth) {
    arm(folder);
    left_to_fail = nth;
}

static int is_watched(const char *path) { return root[0] && !strncmp(path, root, strlen(root)); }

static int path_of(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_watched(path);
}

static void apply(struct change *one, int again) {
    int file = real_open(one->path, O_RDWR);
    if (file < 0) return;
    if (again) {
        size_t length = one->new_length;
        if (drawn(4) == 0 && length > SECTOR) length = SECTOR * (1 + drawn(length / SECTOR));
        if (one->truncates) real_ftruncate(file, one->at);
        else real_pwrite(file, one->new_bytes, length, one->at);
    } else {
        real_ftruncate(file, one->size_before);
        real_pwrite(file, one->old_bytes, one->old_length, one->at);
    }
    close(file);
}

static void cut_power(void) {
    for (struct change *one = last; one; one = one->before) apply(one, 0);
    for (struct change *one = first; one; one = one->after)
        if (drawn(100) < keep_percent) apply(one, 1);
    for (struct made *one = names; one; one = one->next) real_unlink(one->path);
    _exit(CUT_CODE);
}

/* Whether this operation is to fail; does not come back where the power is cut. Called with the lock held. */
static int fails(void) {
    if (left_to_cut > 0 && --left_to_cut == 0) cut_power();
    return left_to_fail > 0 && --left_to_fail == 0;
}

static void note(const char *path, int file, off_t at, const void *bytes, size_t length, int truncates) {
    struct stat about;
    struct change *one = calloc(1, sizeof *one);
    fstat(file, &about);
    snprintf(one->path, sizeof one->path, "%s", path);
    one->at = at;
    one->size_before = about.st_size;
    one->truncates = truncates;
    one->old_length = at < about.st_size ? (size_t)(about.st_size - at) : 0;
    if (!truncates && one->old_length > length) one->old_length = length;
    one->old_bytes = malloc(one->old_length + 1);
    int again = real_open(path, O_RDONLY);
    if (again >= 0) {
        if (pread(again, one->old_bytes, one->old_length, at) < 0) one->old_length = 0;
        close(again);
    }
    one->new_length = truncates ? 0 : length;
    one->new_bytes = malloc(one->new_length + 1);
    if (!truncates) memcpy(one->new_bytes, bytes, length);
    one->before = last;
    if (last) last->after = one; else first = one;
    last = one;
}

static void forget_changes(const char *path) {
    for (struct change *one = first, *next; one; one = next) {
        next = one->after;
        if (strcmp(one->path, path)) continue;
        if (one->before) one->before->after = one->after; else first = one->after;
        if (one->after) one->after->before = one->before; else last = one->before;
        free(one->old_bytes);
        free(one->new_bytes);
        free(one);
    }
}

static void forget_names(const char *folder) {
    size_t length = strlen(folder);
    for (struct made **place = &names; *place;) {
        struct made *one = *place;
        int within = !strncmp(one->path, folder, length) && one->path[length] == '/'
                     && !strchr(one->path + length + 1, '/');
        if (!within) { place = &one->next; continue; }
        *place = one->next;
        free(one);
    }
}

static void forget_name(const char *path) {
    for (struct made **place = &names; *place; place = &(*place)->next)
        if (!strcmp((*place)->path, path)) {
            struct made *one = *place;
            *place = one->next;
            free(one);
            return;
        }
}

static void note_name(const char *path) {
    struct made *one = calloc(1, sizeof *one);
    snprintf(one->path, sizeof one->path, "%s", path);
    one->next = names;
    names = one;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t at) {
    char path[PATH_MAX];
    pthread_mutex_lock(&lock);
    int watched = path_of(file, path), failed = watched && fails();
    if (watched && !failed) note(path, file, at, bytes, length, 0);
    ssize_t done = failed ? -1 : real_pwrite(file, bytes, length, at);
    pthread_mutex_unlock(&lock);
    if (failed) errno = EIO;
    return done;
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return pwrite64(file, bytes, length, at); }

ssize_t write(int file, const void *bytes, size_t length) {
    char path[PATH_MAX];
    if (!root[0] || !path_of(file, path)) return real_write(file, bytes, length);
    pthread_mutex_lock(&lock);
    int failed = fails();
    if (!failed) note(path, file, lseek(file, 0, SEEK_CUR), bytes, length, 0);
    ssize_t done = failed ? -1 : real_write(file, bytes, length);
    pthread_mutex_unlock(&lock);
    if (failed) errno = EIO;
    return done;
}

int ftruncate64(int file, off_t size) {
    char path[PATH_MAX];
    pthread_mutex_lock(&lock);
    int watched = path_of(file, path), failed = watched && fails();
    if (watched && !failed) note(path, file, size, NULL, 0, 1);
    int done = failed ? -1 : real_ftruncate(file, size);
    pthread_mutex_unlock(&lock);
    if (failed) errno = EIO;
    return done;
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

static int synced(int file, int (*sync)(int)) {
    char path[PATH_MAX];
    struct stat about;
    pthread_mutex_lock(&lock);
    int watched = path_of(file, path), failed = watched && fails();
    int done = failed ? -1 : sync(file);
    if (watched && !done) {
        if (!fstat(file, &about) && S_ISDIR(about.st_mode)) forget_names(path);
        else forget_changes(path);
    }
    pthread_mutex_unlock(&lock);
    if (failed) errno = EIO;
    return done;
}
int fsync(int file) { return synced(file, real_fsync); }
int fdatasync(int file) { return synced(file, real_fdatasync); }

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int is_new = (flags & O_CREAT) && is_watched(path) && access(path, F_OK);
    int file = real_open(path, flags, mode);
    if (is_new && file >= 0) {
        pthread_mutex_lock(&lock);
        note_name(path);
        pthread_mutex_unlock(&lock);
    }
    return file;
}
int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open64(path, flags, mode);
}

int rename(const char *from, const char *to) {
    int is_new = is_watched(to) && access(to, F_OK);
    pthread_mutex_lock(&lock);
    int done = real_rename(from, to);
    if (!done && is_watched(from)) {
        forget_changes(from); /* they are the same bytes under another name now; callers sync before */
        forget_name(from);
    }
    if (!done && is_new) note_name(to);
    pthread_mutex_unlock(&lock);
    return done;
}

int unlink(const char *path) {
    pthread_mutex_lock(&lock);
    if (is_watched(path)) {
        forget_changes(path);
        forget_name(path);
    }
    int done = real_unlink(path);
    pthread_mutex_unlock(&lock);
    return done;
}

int failed_already(void) { return left_to_fail == 0; }
