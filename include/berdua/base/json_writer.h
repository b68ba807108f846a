/* JSON text without a tree, for what is written by the hundred thousand. Keys are literals of plain ASCII; NULL inside a list.
 * Values are printed as json_print does. What does not fit into the buf sets `full`; the text is then useless.
 * Owner: whoever embeds it. Thread: its owner's. */
#ifndef BERDUA_BASE_JSON_WRITER_H
#define BERDUA_BASE_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct json;

enum { JSON_WRITER_DEPTH = 32 };
struct json_writer {
    struct buf *out;
    bool full;
    /* private */
    bool comma;
    uint32_t lists; /* a bit for each level: it is a list */
    int depth;
};

struct json_writer json_writer_on(struct buf *out);
void json_write_object(struct json_writer *w, const char *key);
void json_write_list(struct json_writer *w, const char *key);
void json_write_end(struct json_writer *w);
void json_write_str(struct json_writer *w, const char *key, const char *s); /* NULL: null */
void json_write_strn(struct json_writer *w, const char *key, const char *s, size_t n);
void json_write_num(struct json_writer *w, const char *key, double v);   /* NaN: null */
void json_write_float(struct json_writer *w, const char *key, double v); /* with a point: 1.0 */
void json_write_int(struct json_writer *w, const char *key, int64_t v);
void json_write_bool(struct json_writer *w, const char *key, bool v);
void json_write_null(struct json_writer *w, const char *key);
/* What is JSON already. */
void json_write_printed(struct json_writer *w, const char *key, const char *json, size_t n);
void json_write_tree(struct json_writer *w, const char *key, const struct json *v); /* NULL: null */

#endif
