/* The part of YAML that the configuration uses: one document of mappings, lists and scalars. Anchors, aliases and
 * tags are refused, so a small file cannot grow into a large tree. The only file that includes libyaml is yaml.c.
 * Owner: the caller of yaml_parse. Thread: any. */
#ifndef BERDUA_CONF_YAML_H
#define BERDUA_CONF_YAML_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;

enum node_kind { NODE_SCALAR, NODE_MAP, NODE_LIST };

struct node {
    enum node_kind kind;
    char *key; /* name inside its mapping; NULL in a list and at the root */
    int key_line, key_col;
    char *text; /* scalar, free of NUL */
    bool plain; /* written without quotes, so it may be a number, true, null */
    int line, col;
    struct node *first, *last, *next;
};

enum { YAML_FILE_MOST = 1024 * 1024, YAML_DEPTH_MOST = 32, YAML_NODES_MOST = 20000 };

/* *root is NULL for a document that holds nothing. false: err = "NAME:LINE:COL: reason". */
bool yaml_parse(const char *name, const char *p, size_t n, struct node **root, struct err *err);
void node_free(struct node **root);
/* A plain scalar that means "nothing": empty, ~ or null. */
bool node_is_null(const struct node *n);
/* Appends as compact JSON; plain true, false, null and numbers keep their type. */
void node_to_json(const struct node *n, struct buf *out);
/* Appends s as a scalar that is read back as the same text: plain where that is safe, else quoted. */
void yaml_scalar(struct buf *out, const char *s);
/* [-] digits [. digits] [exponent]; loose: also .digits, digits. and leading zeros. */
bool yaml_is_number(const char *s, bool loose);

#endif
