/* The tables, and how an older file becomes a newer one. */
#ifndef BERDUA_STORE_SCHEMA_H
#define BERDUA_STORE_SCHEMA_H

#include <stdbool.h>

struct db;
struct err;

enum {
    SCHEMA_APPLICATION_ID = 0x62726475, /* "brdu" */
    SCHEMA_VERSION = 18
};

enum schema_state {
    SCHEMA_CURRENT,
    SCHEMA_OLD, /* or empty: schema_migrate brings it up to date */
    SCHEMA_REFUSED
};

/* Reads only. REFUSED comes with a reason. */
enum schema_state schema_look(struct db *db, struct err *err);
/* All steps in one transaction; another instance may have done it meanwhile. */
bool schema_migrate(struct db *db, struct err *err);
/* The same up to an older version, as the berdua of then left a file. */
bool schema_migrate_to(struct db *db, int last, struct err *err);
/* Inside a write transaction: has another instance, of a newer version, changed the file meanwhile? */
bool schema_still_current(struct db *db, struct err *err);
/* Quick: every page. Deep: also every index against its table, which takes several times as long. */
enum schema_depth { SCHEMA_QUICK, SCHEMA_DEEP };
/* false: damaged (DB_DAMAGED), or it could not be read to the end. */
bool schema_check(struct db *db, enum schema_depth depth, struct err *err);

#endif
