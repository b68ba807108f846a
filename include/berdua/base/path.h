/* Where files live (XDG base directories) and how they are made safely. Thread: any. */
#ifndef BERDUA_BASE_PATH_H
#define BERDUA_BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct buf;
struct err;
struct stat;

/* Each returns a new string (free()), e.g. ".../berdua/config.yaml" for name "config.yaml"; the
 * folder is not created. An XDG variable that is empty or relative is ignored, as the standard says. */
char *path_config(const char *name);
char *path_data(const char *name);
char *path_state(const char *name);
/* "~/" and "~" expanded with HOME; anything else is copied. */
char *path_expand(const char *path);
/* Makes the folder that holds `file` and its parents, 0700. */
bool path_make_parent(const char *file, struct err *err);
/* What follows the last slash. */
const char *path_base(const char *file);
/* What stands before it: "." or "/" where that is nothing; new. */
char *path_folder(const char *file);
/* The names that begin with `start` (a folder with a slash, and more), sorted, each new. false: the folder cannot be read. */
bool path_list(const char *start, char ***names, size_t *count, struct err *err);
/* Opens (open(2), close-on-exec) without waiting for the other end of a FIFO. What is no plain file is refused: -1 with
 * a reason and errno (EINVAL: a FIFO or device). st: what is known of it, NULL: not wanted. */
int path_open_plain(const char *file, int flags, mode_t mode, struct stat *st, struct err *err);
/* Of a file with the certificates of authorities, at most; a system's takes a quarter of a megabyte. */
enum { PATH_CERTIFICATES_BYTES = 16 << 20 };
/* Is it a plain file of at most so many bytes that can be opened? Asked before a library opens it by itself, which would
 * wait for a FIFO and read a device without end. */
bool path_check_plain(const char *file, int64_t max_bytes, struct err *err);
/* Whole file, at most the buf's cap; a longer file is an error, as is a FIFO or a device, which is not waited for. */
bool path_read(const char *file, struct buf *out, struct err *err);
/* The same; *mode: its permissions. */
bool path_read_mode(const char *file, struct buf *out, unsigned *mode, struct err *err);
bool path_read_fd(int fd, struct buf *out, struct err *err);
/* false with errno. */
bool path_write_fd(int fd, const char *p, size_t n);
/* A new file (0600) in $TMPDIR, or /tmp; its name is new. -1 with errno: it was not made. */
int path_make_temporary(char **file);
/* What was renamed or removed survives a crash only once its folder is synced. Some file systems refuse to; then there is
 * nothing more to be done. */
void path_sync_folder(const char *file);
/* Why a file cannot be written, by errno, and what to do. */
const char *path_unwritable(int why);
/* Writes beside the file (0600), syncs, renames over it. */
bool path_write_atomic(const char *file, const char *p, size_t n, struct err *err);

#endif
