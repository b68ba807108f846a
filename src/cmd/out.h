/* What commands print and what they read from standard input, in one style. Thread: main. */
#ifndef BERDUA_CMD_OUT_H
#define BERDUA_CMD_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct buf;
struct doc;
struct err;
struct json;

/* All that a command prints goes through these, for it may hold what others wrote: a terminal gets it without control,
 * bidi and invisible characters, a file or pipe gets the exact bytes. out_say: a message on stderr; out_print: on stdout. */
void out_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void out_print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Prints the document on one line, flushes, and frees it. For a terminal, such characters are escaped as \uXXXX. */
void out_json(FILE *to, struct json *take_v);
/* The same on stdout, but ok false only frees it; returns ok. */
bool out_json_if(bool ok, struct json *take_v);
/* Prints the exact bytes to a file or pipe; for a terminal, control characters are made harmless. */
void out_text(FILE *to, const char *p, size_t n);
/* The same on stdout, with a line break at the end. */
void out_block(const char *p, size_t n);
/* Prints text on stdout without control characters, on one line unless it may have several, at most cols wide
 * (0: whole). */
void out_safe(const char *text, bool one_line, int cols);
/* A page of the chat as lines. */
void out_doc(const struct doc *d);
enum { OUT_TIME_BYTES = 32 };
/* "2026-01-31 12:00" here. */
const char *out_time(int64_t wall_us, char out[OUT_TIME_BYTES]);
/* What keeps bytes from being a text, and the remedy: "is not UTF-8; …"; NULL: nothing. */
const char *text_fault(const char *p, size_t n);
/* Appends all of standard input without its byte-order mark; false when that is no text, or more than out may hold, or
 * cannot be read. */
bool stdin_read(struct buf *out, struct err *err);

#endif
