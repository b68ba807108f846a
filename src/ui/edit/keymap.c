#include "keymap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/utf8.h"
#include "ui/term/input.h"
#include "ui/term/keyname.h"

enum {
    IN_COMPOSE = 1 << FOCUS_COMPOSE,
    IN_BROWSE = 1 << FOCUS_BROWSE,
    EVERYWHERE = IN_COMPOSE | IN_BROWSE,
    MOST_KEYS = 3, /* of a sequence */
    WRITTEN_BYTES = MOST_KEYS * KEY_NAME_BYTES,
};

static const struct {
    unsigned where;
    const char *key;
    enum action action;
} defaults[] = {{IN_COMPOSE, "Enter", ACT_SEND},
                {IN_COMPOSE, "A-Enter", ACT_NEWLINE},
                {IN_COMPOSE, "S-Enter", ACT_NEWLINE},
                {IN_COMPOSE, "C-j", ACT_NEWLINE},
                {IN_COMPOSE, "C-x C-e", ACT_EDITOR},
                {IN_COMPOSE, "C-d", ACT_QUIT_IF_EMPTY},
                {IN_COMPOSE, "A-q", ACT_STASH},
                {IN_COMPOSE, "Esc", ACT_BROWSE},
                {IN_COMPOSE, "A-Up", ACT_LINE_UP},
                {IN_COMPOSE, "A-Down", ACT_LINE_DOWN},
                {IN_COMPOSE, "C-Home", ACT_TOP},
                {IN_COMPOSE, "C-End", ACT_BOTTOM},
                {EVERYWHERE, "C-Up", ACT_TURN_PREVIOUS},
                {EVERYWHERE, "C-Down", ACT_TURN_NEXT},
                {EVERYWHERE, "PgUp", ACT_PAGE_UP},
                {EVERYWHERE, "PgDn", ACT_PAGE_DOWN},
                {EVERYWHERE, "A-1", ACT_VERDICT_LEFT},
                {EVERYWHERE, "A-2", ACT_VERDICT_RIGHT},
                {EVERYWHERE, "A-3", ACT_VERDICT_TIE},
                {EVERYWHERE, "A-4", ACT_VERDICT_BOTH_BAD},
                /* for terminals that keep Alt for themselves */
                {EVERYWHERE, "F5", ACT_VERDICT_LEFT},
                {EVERYWHERE, "F6", ACT_VERDICT_RIGHT},
                {EVERYWHERE, "F7", ACT_VERDICT_TIE},
                {EVERYWHERE, "F8", ACT_VERDICT_BOTH_BAD},
                /* and for those that keep function keys too, as a browser does */
                {IN_COMPOSE, "C-x 1", ACT_VERDICT_LEFT},
                {IN_COMPOSE, "C-x 2", ACT_VERDICT_RIGHT},
                {IN_COMPOSE, "C-x 3", ACT_VERDICT_TIE},
                {IN_COMPOSE, "C-x 4", ACT_VERDICT_BOTH_BAD},
                {EVERYWHERE, "A-n", ACT_NOTE},
                {EVERYWHERE, "A-u", ACT_UNDO},
                {IN_COMPOSE, "C-x n", ACT_NOTE},
                {IN_COMPOSE, "C-x u", ACT_UNDO},
                {EVERYWHERE, "A-r", ACT_REGENERATE},
                {EVERYWHERE, "A-z", ACT_ZOOM},
                {EVERYWHERE, "A-m", ACT_MODE},
                {EVERYWHERE, "A-p", ACT_PANEL},
                {EVERYWHERE, "C-c", ACT_CLEAR_OR_CANCEL},
                {EVERYWHERE, "C-z", ACT_SUSPEND},
                {EVERYWHERE, "C-l", ACT_REDRAW},
                {EVERYWHERE, "S-Tab", ACT_TAB},
                {EVERYWHERE, "F1", ACT_HELP},
                {IN_BROWSE, "i", ACT_COMPOSE},
                {IN_BROWSE, "Enter", ACT_COMPOSE},
                {IN_BROWSE, "j", ACT_LINE_DOWN},
                {IN_BROWSE, "Down", ACT_LINE_DOWN},
                {IN_BROWSE, "k", ACT_LINE_UP},
                {IN_BROWSE, "Up", ACT_LINE_UP},
                {IN_BROWSE, "K", ACT_TURN_PREVIOUS},
                {IN_BROWSE, "J", ACT_TURN_NEXT},
                {IN_BROWSE, "g", ACT_TOP},
                {IN_BROWSE, "Home", ACT_TOP},
                {IN_BROWSE, "G", ACT_BOTTOM},
                {IN_BROWSE, "End", ACT_BOTTOM},
                {IN_BROWSE, "C-u", ACT_HALF_UP},
                {IN_BROWSE, "C-d", ACT_HALF_DOWN},
                {IN_BROWSE, "/", ACT_SEARCH},
                {IN_BROWSE, "n", ACT_SEARCH_NEXT},
                {IN_BROWSE, "N", ACT_SEARCH_PREVIOUS},
                {IN_BROWSE, "1", ACT_VERDICT_LEFT},
                {IN_BROWSE, "2", ACT_VERDICT_RIGHT},
                {IN_BROWSE, "3", ACT_VERDICT_TIE},
                {IN_BROWSE, "4", ACT_VERDICT_BOTH_BAD},
                {EVERYWHERE, "A-s", ACT_REVEAL},
                {IN_BROWSE, "f", ACT_FOLD},
                {IN_BROWSE, "F", ACT_OUTLINE},
                {IN_BROWSE, "|", ACT_STACK},
                {IN_BROWSE, "R", ACT_RAW},
                {IN_BROWSE, "y", ACT_COPY},
                {IN_BROWSE, "e", ACT_EDIT_RESEND},
                {IN_BROWSE, "r", ACT_REGENERATE},
                {IN_BROWSE, "o", ACT_OLDER},
                {IN_BROWSE, "Tab", ACT_TAB},
#define PAGE_KEY(id, name, argument, key, help) {IN_BROWSE, key, ACT_##id},
                UI_PAGES(PAGE_KEY)
#undef PAGE_KEY
};

struct binding {
    enum focus focus;
    enum action action; /* ACT_NONE: the user took the key away */
    char key[WRITTEN_BYTES];
};

struct keymap {
    struct binding *list; /* the user's bindings first, the latest of them first */
    size_t n;
};

static const char *const focus_names[FOCUS_COUNT] = {
    [FOCUS_COMPOSE] = "compose",
    [FOCUS_BROWSE] = "browse",
};

static bool
is_sequence(const char *key)
{
    return strchr(key, ' ') != NULL;
}

static const struct binding *
find_binding(const struct keymap *k, enum focus focus, const char *key, size_t n)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct binding *b = &k->list[i];
        if (b->focus == focus && strlen(b->key) == n && memcmp(b->key, key, n) == 0)
            return b;
    }
    return NULL;
}

/* What the terminal sends for the keys; 0 with a reason when one of them has no bytes of its own. */
static size_t
sequence_bytes(const char *keys, char bytes[KEYMAP_SEQUENCE_BYTES], struct err *err)
{
    size_t used = 0;
    for (const char *p = keys; *p; p += strspn(p, " ")) {
        char name[KEY_NAME_BYTES];
        size_t n = strcspn(p, " ");
        snprintf(name, sizeof name, "%.*s", (int)n, p);
        p += n;
        if (!keyname_bytes(name, bytes + used, &n)) {
            err_set(err, "\"%s\" cannot be part of a sequence", name);
            return 0;
        }
        used += n;
    }
    return used;
}

/* Canonical spelling of "ctrl-x ctrl-e"; false with a reason, to which the caller adds the place. */
static bool
canonical_keys(const char *written, char out[WRITTEN_BYTES], struct err *err)
{
    char bytes[KEYMAP_SEQUENCE_BYTES];
    size_t used = 0;
    int keys = 0;
    const char *p = written;
    while (*p) {
        size_t n = strcspn(p, " ");
        if (n == 0) {
            p++;
            continue;
        }
        char word[KEY_NAME_BYTES] = "";
        char name[KEY_NAME_BYTES];
        if (n < sizeof word)
            memcpy(word, p, n);
        if (!*word || !input_key_name(word, name))
            return err_set(err, "no such key; keys are written like A-1, C-x C-e, F1, PgUp, g");
        if (++keys > MOST_KEYS)
            return err_set(err, "a sequence has at most three keys");
        used += (size_t)snprintf(out + used, WRITTEN_BYTES - used, "%s%s", used ? " " : "", name);
        p += n;
    }
    if (keys == 0)
        return err_set(err, "no key");
    return keys == 1 || sequence_bytes(out, bytes, err) > 0;
}

static bool
read_user(struct keymap *k, const struct key_binding *kb, struct err *err)
{
    struct binding b = {.action = ACT_NONE};
    struct err why = {.text = ""};
    int focus = names_find(focus_names, FOCUS_COUNT, kb->focus);
    if (focus < 0)
        return err_set(err, "keys.%s: no such focus (compose, browse)", kb->focus ? kb->focus : "");
    b.focus = (enum focus)focus;
    bool ok = canonical_keys(kb->key ? kb->key : "", b.key, &why);
    if (ok && is_sequence(b.key) && b.focus != FOCUS_COMPOSE)
        ok = err_set(&why, "sequences of keys work in the compose focus only");
    if (ok && kb->action && *kb->action) {
        const struct action_info *info = action_by_name(kb->action);
        const char *near = info ? NULL : action_nearest_name(kb->action);
        if (info)
            b.action = info->action;
        else if (near)
            ok = err_set(&why, "no action \"%s\" (did you mean \"%s\"?)", kb->action, near);
        else
            ok = err_set(&why, "no action \"%s\"", kb->action);
    }
    if (!ok)
        return err_set(err, "keys.%s.\"%s\": %s", kb->focus, kb->key ? kb->key : "", why.text);
    k->list[k->n++] = b;
    return true;
}

/* A sequence whose first key is bound alone could never be typed. */
static const struct binding *
hidden_by(const struct keymap *k, const char *sequence)
{
    const struct binding *b = find_binding(k, FOCUS_COMPOSE, sequence, strcspn(sequence, " "));
    return b && b->action != ACT_NONE ? b : NULL;
}

static bool
check_sequences(const struct keymap *k, struct err *err)
{
    for (size_t i = 0; i < k->n; i++) {
        const char *key = k->list[i].key;
        const struct binding *b = is_sequence(key) ? hidden_by(k, key) : NULL;
        if (b)
            return err_set(err, "keys.compose.\"%s\": \"%s\" is bound alone", key, b->key);
    }
    return true;
}

static void
add_defaults(struct keymap *k)
{
    for (size_t i = 0; i < ARRAY_LEN(defaults); i++) {
        for (int f = 0; f < FOCUS_COUNT; f++) {
            const char *key = defaults[i].key;
            if (!key || !(defaults[i].where & (1u << f)) ||
                find_binding(k, (enum focus)f, key, strlen(key)))
                continue;
            if (is_sequence(key) && hidden_by(k, key))
                continue;
            struct binding *b = &k->list[k->n++];
            *b = (struct binding){.focus = (enum focus)f, .action = defaults[i].action};
            snprintf(b->key, sizeof b->key, "%s", key);
        }
    }
}

struct keymap *
keymap_create(const struct config *config, struct err *err)
{
    struct keymap *k = xcalloc(1, sizeof *k);
    k->list = xcalloc(config->key_count + ARRAY_LEN(defaults) * FOCUS_COUNT, sizeof *k->list);
    for (size_t i = config->key_count; i-- > 0;)
        if (!read_user(k, &config->keys[i], err))
            goto fail;
    if (!check_sequences(k, err))
        goto fail;
    add_defaults(k);
    return k;
fail:
    keymap_destroy(&k);
    return NULL;
}

void
keymap_destroy(struct keymap **k)
{
    if (!*k)
        return;
    free((*k)->list);
    free(*k);
    *k = NULL;
}

enum action
keymap_lookup(const struct keymap *k, enum focus focus, const char *key_name)
{
    const struct binding *b = find_binding(k, focus, key_name, strlen(key_name));
    return b ? b->action : ACT_NONE;
}

/* Whether the i-th binding is in force: an earlier one of the same key wins. */
static bool
in_force(const struct keymap *k, size_t i)
{
    const struct binding *b = &k->list[i];
    return b->action != ACT_NONE && find_binding(k, b->focus, b->key, strlen(b->key)) == b;
}

void
keymap_keys_for(const struct keymap *k, enum focus focus, enum action a, char *out, size_t cap)
{
    size_t used = 0;
    if (!cap)
        return;
    *out = 0;
    for (size_t i = 0; a != ACT_NONE && i < k->n; i++) {
        const struct binding *b = &k->list[i];
        if (b->focus != focus || b->action != a || !in_force(k, i))
            continue;
        size_t need = strlen(b->key) + (used ? 2 : 0);
        if (used + need >= cap)
            return;
        used += (size_t)snprintf(out + used, cap - used, "%s%s", used ? ", " : "", b->key);
    }
}

/* ---- clashes ---- */

struct teller {
    const struct config *config; /* whose keys are the first of the list, in reverse */
    void (*add)(void *arg, const char *text);
    void *arg;
};

static void tell(const struct teller *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
tell(const struct teller *t, const char *fmt, ...)
{
    char text[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    t->add(t->arg, text);
}

/* The user's binding of a key that stands at i in the configuration. */
static const struct binding *
user_binding(const struct keymap *k, const struct teller *t, size_t i)
{
    return &k->list[t->config->key_count - 1 - i];
}

static void
tell_twice(const struct keymap *k, size_t i, const struct teller *t)
{
    const struct key_binding *keys = t->config->keys;
    const struct binding *b = user_binding(k, t, i);
    for (size_t j = 0; j < i; j++)
        if (user_binding(k, t, j)->focus == b->focus &&
            strcmp(user_binding(k, t, j)->key, b->key) == 0)
            tell(t, "keys.%s: \"%s\" and \"%s\" are one key; the second counts",
                 focus_names[b->focus], keys[j].key, keys[i].key);
}

static void
tell_untyped(const struct keymap *k, size_t i, const struct teller *t)
{
    const struct binding *b = user_binding(k, t, i);
    const char *key = t->config->keys[i].key;
    uint32_t cp;
    size_t n = strlen(b->key);
    int hidden = 0;
    if (b->focus != FOCUS_COMPOSE || b->action == ACT_NONE)
        return;
    if (strcmp(b->key, "Tab") == 0)
        tell(t, "keys.compose.\"%s\": the menu of commands has this key", key);
    else if (utf8_decode(b->key, n, &cp) == n || strcmp(b->key, "Space") == 0)
        tell(t, "keys.compose.\"%s\": this character can no longer be typed", key);
    for (size_t d = 0; d < ARRAY_LEN(defaults); d++)
        hidden += defaults[d].key && is_sequence(defaults[d].key) &&
                  strcspn(defaults[d].key, " ") == n && memcmp(defaults[d].key, b->key, n) == 0;
    if (hidden)
        tell(t, "keys.compose.\"%s\": %d sequences that begin with it can no longer be typed", key,
             hidden);
}

/* An action that has lost its last key to another one, or Enter to nothing. */
static void
tell_keyless(const struct keymap *k, size_t i, const struct teller *t)
{
    const struct binding *b = user_binding(k, t, i);
    char left[KEY_NAME_BYTES];
    for (size_t d = 0; d < ARRAY_LEN(defaults); d++) {
        enum action was = defaults[d].action;
        if (!defaults[d].key || !(defaults[d].where & (1u << b->focus)) ||
            strcmp(defaults[d].key, b->key) != 0 || was == b->action ||
            (b->action == ACT_NONE && was != ACT_SEND))
            continue;
        keymap_keys_for(k, b->focus, was, left, sizeof left);
        if (!*left)
            tell(t, "keys.%s.\"%s\": no key is left for %s", focus_names[b->focus],
                 t->config->keys[i].key, action_info(was)->name);
    }
}

void
keymap_clashes(const struct keymap *k, const struct config *config,
               void (*add)(void *arg, const char *text), void *arg)
{
    const struct teller t = {config, add, arg};
    for (size_t i = 0; i < config->key_count; i++) {
        const struct binding *b = user_binding(k, &t, i);
        tell_twice(k, i, &t);
        if (find_binding(k, b->focus, b->key, strlen(b->key)) != b)
            continue; /* another of the same key counts */
        tell_untyped(k, i, &t);
        tell_keyless(k, i, &t);
    }
}

size_t
keymap_sequence(const struct keymap *k, size_t i, char bytes[KEYMAP_SEQUENCE_BYTES], enum action *a)
{
    for (size_t j = 0; j < k->n; j++) {
        *a = k->list[j].action;
        if (is_sequence(k->list[j].key) && in_force(k, j) && i-- == 0)
            return sequence_bytes(k->list[j].key, bytes, NULL);
    }
    return 0;
}

void
keymap_spell(const char *key, char *out, size_t cap)
{
    size_t used = 0;
    if (cap)
        *out = 0;
    for (const char *p = key; *p && used + 1 < cap;) {
        const char *word = NULL;
        bool ctrl = false;
        if (p[1] == '-' && p[2] && p[2] != ' ') {
            word = *p == 'C' ? "Ctrl-" : *p == 'A' ? "Alt-" : *p == 'S' ? "Shift-" : NULL;
            ctrl = *p == 'C';
        }
        if (!word) {
            out[used++] = *p++;
            out[used] = 0;
            continue;
        }
        used += (size_t)snprintf(out + used, cap - used, "%s", word);
        p += 2;
        /* People write Ctrl-X for the letter key; Alt-n keeps its case, which matters there. */
        if (ctrl && used + 1 < cap && *p >= 'a' && *p <= 'z' && strchr(" ,", p[1])) {
            out[used++] = (char)(*p++ - 'a' + 'A');
            out[used] = 0;
        }
    }
    if (cap) /* no half of a character */
        out[utf8_whole_prefix(out, strlen(out))] = 0;
}
