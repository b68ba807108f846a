/* The page on which every key says what it sends and does, and which keys of the configuration clash. */
#include <stdio.h>
#include <string.h>

#include "berdua/ui/doc.h"
#include "berdua/ui/page.h"
#include "pressed.h"
#include "ui/edit/keymap.h"

enum { WIDE_COLS = 90, TEXT_BYTES = 160 };

void
pressed_add(struct page_pressed *p, const char *name, const char *bytes, size_t n, const char *does)
{
    struct pressed_key k = {.name = ""};
    size_t used = 0;
    snprintf(k.name, sizeof k.name, "%s", name);
    snprintf(k.does, sizeof k.does, "%s", does ? does : "");
    for (size_t i = 0; i < n && used + 5 < sizeof k.bytes; i++) {
        unsigned char c = (unsigned char)bytes[i];
        const char *how = c == 27 ? "Esc " : c < ' ' ? "^%c" : c < 127 ? "%c" : "\\x%02x";
        int shown = c < ' ' ? c + '@' : c;
        used += (size_t)snprintf(k.bytes + used, sizeof k.bytes - used, how, shown);
    }
    memmove(p->key + 1, p->key, (PRESSED_MOST - 1) * sizeof *p->key);
    p->key[0] = k;
    p->count += p->count < PRESSED_MOST;
}

/* What it does while writing or browsing. */
static void
meaning(const struct page_view *v, const struct pressed_key *k, enum focus focus,
        char out[TEXT_BYTES])
{
    enum action a = keymap_lookup(v->keymap, focus, k->name);
    const char *none = "nothing";
    if (a != ACT_NONE)
        snprintf(out, TEXT_BYTES, "%s: %s", action_info(a)->name, action_info(a)->help);
    else
        snprintf(out, TEXT_BYTES, "%s", focus == FOCUS_COMPOSE && k->does[0] ? k->does : none);
}

static void
key_row(struct doc *d, const struct page_view *v, const struct pressed_key *k)
{
    static const enum ink inks[] = {INK_KEY, INK_DIM, INK_TEXT, INK_TEXT};
    char name[TEXT_BYTES], compose[TEXT_BYTES], browse[TEXT_BYTES];
    keymap_spell(k->name, name, sizeof name);
    if (!*name)
        snprintf(name, sizeof name, "no name");
    meaning(v, k, FOCUS_COMPOSE, compose);
    meaning(v, k, FOCUS_BROWSE, browse);
    if (v->cols >= WIDE_COLS)
        doc_cells(d, inks, (const char *const[]){name, k->bytes, compose, browse}, 4);
    else
        doc_row(d, name, "%s, writing: %s, browsing: %s", k->bytes, compose, browse);
}

static void
add_clash(void *arg, const char *text)
{
    doc_warning(arg, "clash", "%s", text);
}

static void
keys_fill(struct doc *d, const struct page_view *v)
{
    static const int wide[] = {16, 18, 0, 0};
    static const enum ink head_inks[] = {INK_HEADING, INK_DIM, INK_DIM, INK_DIM};
    int widths[] = {wide[0], wide[1], (v->cols - wide[0] - wide[1]) / 2, 0};
    if (v->pressed->count == 0) {
        doc_remark(d, "Press any key, to see what berdua gets and what it does. Esc twice closes.");
    } else if (v->cols >= WIDE_COLS) {
        doc_columns(d, widths);
        doc_cells(d, head_inks, (const char *const[]){"Key", "sent", "writing", "browsing"}, 4);
    }
    for (int i = 0; i < v->pressed->count; i++)
        key_row(d, v, &v->pressed->key[i]);
    doc_blank(d);
    doc_remark(d,
               "The configuration binds keys so: keys: {compose: {A-1: verdict-left}}. An action "
               "has the name that stands before the colon here.");
    keymap_clashes(v->keymap, v->config, add_clash, d);
}

const struct page_ops page_keys = {.title = "Keys, as they come", .plain = true, .fill = keys_fill};
