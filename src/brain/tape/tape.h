/* What the files about cassettes share. Private to brain/cassette.c, recorder.c and shelf.c. */
#ifndef BERDUA_BRAIN_TAPE_H
#define BERDUA_BRAIN_TAPE_H

#include "cassette.h"

bool tape_base64_encode(struct buf *out, const char *p, size_t n);
/* Reads the first line only: a cassette without steps. */
struct cassette *tape_parse_header(const char *name, const char *p, size_t n, struct err *err);

#endif
