/* An export into a file. Thread: a command's. */
#ifndef BERDUA_CMD_EXPORT_FILE_H
#define BERDUA_CMD_EXPORT_FILE_H

#include <stdbool.h>

struct err;
struct export_choice;
struct export_summary;
struct store;

/* Written beside the file and put in its place when it is whole, so that nobody ever reads half of one. What is no regular
 * file (a pipe, a device) is written to directly, as is stdout, where file is NULL. */
bool export_to_file(struct store *s, const struct export_choice *choice, const char *file,
                    struct export_summary *summary, struct err *err);

#endif
