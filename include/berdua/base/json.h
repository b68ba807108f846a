/* JSON: the only door to cJSON. Accepts what real servers send: a lone surrogate escape or \u0000
 * becomes U+FFFD instead of losing the document; invalid UTF-8 becomes U+FFFD.
 * Owner: the caller of json_parse/json_object/json_array frees the root; borrowed pointers live as
 * long as their root. Thread: a tree belongs to one thread. */
#ifndef BERDUA_BASE_JSON_H
#define BERDUA_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct json; /* opaque: a value anywhere in a tree */

/* The whole of p must be one value (blanks around it allowed). NULL and a reason on failure; the
 * reason names the byte offset. */
struct json *json_parse(const char *p, size_t n, struct err *err);
/* The same for a document whose strings are parts of a longer text: half of a surrogate pair comes as the three
 * bytes ED A0 80 to ED BF BF, and invalid UTF-8 as it is, so that the caller can join it with the next part. */
struct json *json_parse_part(const char *p, size_t n, struct err *err);
void json_free(struct json *root);
struct json *json_dup(const struct json *v);

/* All readers accept NULL and the wrong type, and then say "absent". */
const struct json *json_get(const struct json *object, const char *key); /* exact case */
/* Dotted path of object keys: json_at(v, "error.message"). */
const struct json *json_at(const struct json *v, const char *path);
const char *json_str(const struct json *v); /* NULL unless a string; NUL-free */
const char *json_get_str(const struct json *object, const char *key);
bool json_num(const struct json *v, double *out);
bool json_get_num(const struct json *object, const char *key, double *out);
bool json_get_int(const struct json *object, const char *key, int64_t *out);
bool json_get_bool(const struct json *object, const char *key, bool *out);
bool json_is_object(const struct json *v);
bool json_is_array(const struct json *v);
bool json_is_null(const struct json *v);                     /* present and null */
const struct json *json_first(const struct json *container); /* first child or NULL */
const struct json *json_next(const struct json *v);
const char *json_key(const struct json *v); /* name of a member, else NULL */
size_t json_count(const struct json *container);

struct json *json_object(void);
struct json *json_array(void);
/* Adders take ownership of value where one is passed. A NULL string or value adds null. */
void json_add(struct json *object, const char *key, struct json *take_value);
void json_add_str(struct json *object, const char *key, const char *s);
void json_add_strn(struct json *object, const char *key, const char *s, size_t n);
void json_add_num(struct json *object, const char *key, double v); /* NaN adds null */
void json_add_int(struct json *object, const char *key, int64_t v);
void json_add_bool(struct json *object, const char *key, bool v);
void json_add_null(struct json *object, const char *key);
void json_push(struct json *array, struct json *take_value);
void json_push_num(struct json *array, double v);
void json_push_str(struct json *array, const char *s);
/* Recursive: objects merge, null in `over` removes the member of the same name, everything else replaces it where it
 * stands (a merge patch, RFC 7396). */
void json_merge(struct json *into, const struct json *over);
/* Appends compact text; false when the buf's cap is hit. */
bool json_print(const struct json *v, struct buf *out);
/* p is what json_print gives for the value that it is: it may be handed on unread. Of values of texts, lists and objects
 * alone; false of many that are printed with \u. */
bool json_is_printed(const char *p, size_t n);
/* Appends s (n bytes) as one JSON string with its quotes; invalid UTF-8 becomes U+FFFD. */
bool json_quote(struct buf *out, const char *s, size_t n);
/* Appends the number by the fewest digits that give it back; null when it is not finite. */
bool json_print_number(struct buf *out, double v);

#endif
