/* A file that is written beside the one whose place it takes when it is whole, so that nobody ever reads half of one. A
 * program that is killed meanwhile leaves nothing: where the file system can, it has no name before it is whole; where
 * it cannot, or between the two steps of taking its place, the next one for the same file removes what the dead one left.
 * A link stays, and leads to the new file. A pipe or a device keeps its place and is written to as the bytes come.
 * Owner: the caller. Thread: any. */
#ifndef BERDUA_BASE_BESIDE_H
#define BERDUA_BASE_BESIDE_H

#include <stdbool.h>

struct beside {
    int fd; /* to write to; 0600 */
    /* private */
    char *file, *name; /* name NULL: it has none */
    bool through;      /* fd is a pipe or a device */
};

/* file: whose place it will take. false with errno; then nothing is to be dropped. */
bool beside_open(struct beside *b, const char *file);
/* Syncs it and puts it in its place. false with errno: it is gone. */
bool beside_commit(struct beside *b);
/* Without taking any place. */
void beside_drop(struct beside *b);

#endif
