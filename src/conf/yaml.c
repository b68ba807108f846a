#include "yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libyaml's header, not conf/yaml.h. */
#include <yaml.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

struct reading {
    const char *name;
    const char *text;
    size_t size;
    yaml_parser_t parser;
    struct node *root;
    struct node *open[YAML_DEPTH_MOST]; /* containers not yet closed, outermost first */
    int depth;
    struct node *key; /* a key that has no value yet; only inside a mapping */
    int nodes;
    struct err *err;
};

static int
line_of(const yaml_mark_t *m)
{
    return (int)m->line + 1;
}

static int
col_of(const yaml_mark_t *m)
{
    return (int)m->column + 1;
}

static bool
refuse(struct reading *r, const yaml_mark_t *at, const char *reason)
{
    return err_set(r->err, "%s:%d:%d: %s", r->name, line_of(at), col_of(at), reason);
}

/* The byte at line and column of a mark; its index counts characters, not bytes. */
static char
byte_at(const struct reading *r, const yaml_mark_t *at)
{
    size_t chars = 0;
    for (size_t i = 0; i < r->size; i++) {
        if (((unsigned char)r->text[i] & 0xC0) == 0x80)
            continue;
        if (chars++ == at->index)
            return r->text[i];
    }
    return 0;
}

/* libyaml's reader reports a byte offset, its scanner a line and column. */
static bool
refuse_syntax(struct reading *r)
{
    const yaml_parser_t *p = &r->parser;
    const char *problem = p->problem ? p->problem : "not understood";
    if (p->error == YAML_READER_ERROR) {
        yaml_mark_t at = {0};
        for (size_t i = 0; i < p->problem_offset && i < r->size; i++) {
            if (r->text[i] == '\n') {
                at.line++;
                at.column = 0;
            } else if (((unsigned char)r->text[i] & 0xC0) != 0x80) {
                at.column++;
            }
        }
        bool control = utf8_valid(r->text, r->size);
        return refuse(r, &at, control ? "a control character is not allowed" : "not valid UTF-8");
    }
    const yaml_mark_t *at = &p->problem_mark;
    if (byte_at(r, at) == '\t')
        return refuse(r, at, "a tab cannot stand here; indent with spaces");
    if (p->context)
        return err_set(r->err, "%s:%d:%d: %s, %s", r->name, line_of(at), col_of(at), p->context,
                       problem);
    return refuse(r, at, problem);
}

static void
free_nodes(struct node *n)
{
    while (n) {
        struct node *next = n->next;
        free_nodes(n->first); /* depth is capped while reading */
        free(n->key);
        free(n->text);
        free(n);
        n = next;
    }
}

void
node_free(struct node **root)
{
    free_nodes(*root);
    *root = NULL;
}

static const struct node *
member(const struct node *map, const char *key)
{
    for (const struct node *n = map->first; n; n = n->next)
        if (strcmp(n->key, key) == 0)
            return n;
    return NULL;
}

/* The innermost open mapping still needs a key for the next node. */
static bool
wants_key(const struct reading *r)
{
    return r->depth > 0 && r->open[r->depth - 1]->kind == NODE_MAP && !r->key;
}

/* Adds n to the tree: as the pending key's value, as an item of a list, or as the root. Takes ownership. */
static void
place(struct reading *r, struct node *n)
{
    if (r->depth == 0) {
        r->root = n;
        return;
    }
    struct node *parent = r->open[r->depth - 1];
    if (r->key) {
        n->key = r->key->text;
        n->key_line = r->key->line;
        n->key_col = r->key->col;
        free(r->key);
        r->key = NULL;
    }
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
}

static struct node *
make(struct reading *r, enum node_kind kind, const yaml_mark_t *at)
{
    if (++r->nodes > YAML_NODES_MOST) {
        refuse(r, at, "too many values for a configuration");
        return NULL;
    }
    struct node *n = xcalloc(1, sizeof *n);
    n->kind = kind;
    n->line = line_of(at);
    n->col = col_of(at);
    return n;
}

/* Reports an error with the whole path of the key, so that the user need not count indentation. */
static bool
refuse_twin(struct reading *r, const struct node *twin)
{
    char path[160] = "";
    for (int i = 1; i < r->depth; i++) {
        const char *k = r->open[i]->key;
        size_t used = strlen(path);
        if (k && used + strlen(k) + 2 < sizeof path)
            snprintf(path + used, sizeof path - used, "%s.", k);
    }
    return err_set(r->err, "%s:%d:%d: %s%.60s: duplicate key, first given in line %d", r->name,
                   r->key->line, r->key->col, path, r->key->text, twin->key_line);
}

/* Neither an anchor nor a tag. */
static bool
is_plain_node(struct reading *r, const yaml_event_t *e, bool anchor, bool tag)
{
    if (anchor)
        return refuse(r, &e->start_mark, "anchors and aliases are not supported");
    return !tag || refuse(r, &e->start_mark, "tags are not supported");
}

static bool
on_scalar(struct reading *r, const yaml_event_t *e)
{
    const yaml_mark_t *at = &e->start_mark;
    if (!is_plain_node(r, e, e->data.scalar.anchor, e->data.scalar.tag))
        return false;
    const char *text = (const char *)e->data.scalar.value;
    if (strlen(text) != e->data.scalar.length)
        return refuse(r, at, "a NUL character is not allowed");
    struct node *n = make(r, NODE_SCALAR, at);
    if (!n)
        return false;
    n->text = xstrdup(text);
    n->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (!wants_key(r)) {
        place(r, n);
        return true;
    }
    const struct node *twin = member(r->open[r->depth - 1], text);
    r->key = n;
    return !twin || refuse_twin(r, twin);
}

static bool
on_open(struct reading *r, enum node_kind kind, const yaml_event_t *e, bool anchor, bool tag)
{
    const yaml_mark_t *at = &e->start_mark;
    if (!is_plain_node(r, e, anchor, tag))
        return false;
    if (wants_key(r))
        return refuse(r, at, "a key must be a plain word");
    if (r->depth == YAML_DEPTH_MOST)
        return refuse(r, at, "nested too deeply");
    struct node *n = make(r, kind, at);
    if (!n)
        return false;
    place(r, n);
    r->open[r->depth++] = n;
    return true;
}

static bool
on_event(struct reading *r, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_ALIAS_EVENT:
        return is_plain_node(r, e, true, false);
    case YAML_SCALAR_EVENT:
        return on_scalar(r, e);
    case YAML_MAPPING_START_EVENT:
        return on_open(r, NODE_MAP, e, e->data.mapping_start.anchor, e->data.mapping_start.tag);
    case YAML_SEQUENCE_START_EVENT:
        return on_open(r, NODE_LIST, e, e->data.sequence_start.anchor, e->data.sequence_start.tag);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        r->depth--;
        return true;
    case YAML_DOCUMENT_START_EVENT:
        return r->root ? refuse(r, &e->start_mark, "only one document is allowed") : true;
    default:
        return true;
    }
}

bool
yaml_parse(const char *name, const char *p, size_t n, struct node **root, struct err *err)
{
    *root = NULL;
    struct reading r = {.name = name, .text = p, .size = n, .err = err};
    if (n > YAML_FILE_MOST)
        return err_set(err, "%s: larger than 1 MiB", name);
    if (!yaml_parser_initialize(&r.parser))
        abort();
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)p, n);
    bool ok = true, end = false;
    while (ok && !end) {
        yaml_event_t e;
        if (!yaml_parser_parse(&r.parser, &e)) {
            ok = refuse_syntax(&r);
            break;
        }
        end = e.type == YAML_STREAM_END_EVENT;
        ok = on_event(&r, &e);
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&r.parser);
    free_nodes(r.key);
    if (ok)
        *root = r.root;
    else
        free_nodes(r.root);
    return ok;
}
