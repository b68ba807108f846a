/* A file system that fails when told to: SQLite's own, with faults put in front of it. */
#ifndef TESTS_UNIT_STORE_FAULT_VFS_H
#define TESTS_UNIT_STORE_FAULT_VFS_H

enum fault { FAULT_NONE, FAULT_BUSY, FAULT_FULL, FAULT_IOERR, FAULT_COUNT };

/* From now on every database of this process is reached through it. Before any is opened. */
void fault_vfs_install(void);
/* The next `times` tries of what this fault concerns (a lock, a write, a sync) fail; then it is over. Any thread. */
void fault_vfs_set(enum fault fault, int times);
/* How many tries are still to fail. */
int fault_vfs_left(void);

#endif
