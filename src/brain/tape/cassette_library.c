#include "cassette.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"

enum { FILE_MAX_BYTES = 64 << 20 };

/* One cassette. Only its header is read until it is picked, so that a library of any size is opened cheaply. */
struct tape {
    struct cassette *c;
    const struct embedded *shipped; /* where its steps are: here … */
    char *path;                     /* … or in this file; both NULL: c has them */
    size_t exchange;
};

/* All the tapes of one message that serve the same purpose. */
struct exchange {
    const struct cassette *c; /* one of them */
    struct buf words;         /* folded, each between blanks: " aku malu " */
};

struct cassette_library {
    struct tape *tapes;
    struct exchange *exchanges;
    size_t count, exchange_count;
    size_t *slots; /* hash table of exchanges by purpose and message: index + 1, 0 is free */
    size_t slot_count;
    struct err *why; /* of the last pick that failed */
};

/* ---- words ---- */

/* Length of the run of letters and digits at p. Typographic punctuation (E2 80 xx) separates words as ASCII's
 * does. */
static size_t
word_len(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        unsigned char c = (unsigned char)p[i];
        bool ascii_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bool punctuation = c == 0xE2 && i + 1 < n && (unsigned char)p[i + 1] == 0x80;
        if (!ascii_word && (c < 0x80 || punctuation))
            break;
        i++;
    }
    return i;
}

/* " word word " of a message; "" when it has none. */
static void
fold_words(struct buf *out, const char *message)
{
    struct buf folded;
    buf_init(out, FILE_MAX_BYTES);
    buf_init(&folded, FILE_MAX_BYTES);
    utf8_fold(&folded, message, strlen(message));
    for (size_t i = 0; i < folded.len;) {
        size_t n = word_len(folded.p + i, folded.len - i);
        if (n) {
            if (!out->len)
                buf_append_char(out, ' ');
            buf_append(out, folded.p + i, n);
            buf_append_char(out, ' ');
            i += n;
        } else {
            /* Skips the whole character, so that none of its later bytes begins a word. */
            uint32_t cp;
            size_t len = utf8_decode(folded.p + i, folded.len - i, &cp);
            i += len ? len : 1;
        }
    }
    buf_finish(&folded);
}

/* ---- filling ---- */

/* The slot of the exchange, or the free one where it belongs. */
static size_t *
find_slot(const struct cassette_library *s, enum call_purpose purpose, const char *message)
{
    size_t i = (size_t)hash_bytes(message, strlen(message), purpose) % s->slot_count;
    for (; s->slots[i]; i = (i + 1) % s->slot_count) {
        const struct cassette *c = s->exchanges[s->slots[i] - 1].c;
        if (c->purpose == purpose && strcmp(c->message, message) == 0)
            break;
    }
    return &s->slots[i];
}

static void
grow_slots(struct cassette_library *s)
{
    free(s->slots);
    s->slot_count = s->slot_count ? 4 * s->slot_count : 64;
    s->slots = xcalloc(s->slot_count, sizeof *s->slots);
    for (size_t x = 0; x < s->exchange_count; x++)
        *find_slot(s, s->exchanges[x].c->purpose, s->exchanges[x].c->message) = x + 1;
}

static void
add_cassette(struct cassette_library *s, struct tape t)
{
    struct cassette *c = t.c;
    if (2 * s->exchange_count >= s->slot_count)
        grow_slots(s);
    size_t *slot = find_slot(s, c->purpose, c->message);
    if (!*slot) {
        s->exchanges = xgrow(s->exchanges, s->exchange_count, sizeof *s->exchanges);
        s->exchanges[s->exchange_count] = (struct exchange){.c = c};
        fold_words(&s->exchanges[s->exchange_count].words, c->message);
        *slot = ++s->exchange_count;
    }
    t.exchange = *slot - 1;
    s->tapes = xgrow(s->tapes, s->count, sizeof *s->tapes);
    s->tapes[s->count++] = t;
}

static bool
ends_with(const char *s, const char *end)
{
    size_t n = strlen(s);
    size_t m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static bool
fill_from_program(struct cassette_library *s, struct err *err)
{
    for (const struct embedded *f = embedded_files; f->name; f++) {
        if (!ends_with(f->name, ".cassette"))
            continue;
        struct cassette *c = cassette_parse_header(f->name, f->data, f->size, err);
        if (!c)
            return false;
        add_cassette(s, (struct tape){.c = c, .shipped = f});
    }
    return true;
}

/* Reads a file, or only its first line. What is no file, such as a pipe, might never end. */
static bool
read_tape(const char *path, bool first_line, struct buf *out, struct err *err)
{
    int fd = path_open_plain(path, O_RDONLY, 0, NULL, err);
    bool ok = fd >= 0;
    for (ssize_t n = 1; ok && n > 0;) {
        char chunk[16384];
        n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno != EINTR)
            ok = err_set(err, "%s: %s", path, strerror(errno));
        else if (n > 0 && !buf_append(out, chunk, (size_t)n))
            ok = err_set(err, "%s: larger than %zu bytes", path, out->max);
        if (first_line && n > 0 && out->p[0] == '{' && memchr(chunk, '\n', (size_t)n))
            break;
        n = n < 0 ? 1 : n; /* interrupted */
    }
    if (fd >= 0)
        close(fd);
    return ok;
}

static bool
fill_from_file(struct cassette_library *s, const char *path, struct err *err)
{
    struct buf b;
    buf_init(&b, FILE_MAX_BYTES);
    bool ok = read_tape(path, true, &b, err);
    /* Empty: its program ended before the first line was written. */
    if (ok && b.len) {
        struct cassette *c = cassette_parse_header(path, b.p, b.len, err);
        ok = c != NULL;
        if (c)
            add_cassette(s, (struct tape){.c = c, .path = xstrdup(path)});
    }
    buf_finish(&b);
    return ok;
}

static bool
fill_from_folder(struct cassette_library *s, const char *dir, struct err *err)
{
    char *start = xasprintf("%s/", dir), **names;
    size_t count;
    bool ok = path_list(start, &names, &count, err);
    for (size_t i = 0; i < count; i++) {
        if (ends_with(names[i], ".cassette"))
            ok = ok && fill_from_file(s, names[i], err);
        free(names[i]);
    }
    free(names);
    free(start);
    return ok;
}

struct cassette_library *
cassette_library_open(const char *dir_or_null, struct err *err)
{
    struct cassette_library *s = xcalloc(1, sizeof *s);
    s->why = xcalloc(1, sizeof *s->why);
    bool folder = dir_or_null && *dir_or_null;
    if (!(folder ? fill_from_folder(s, dir_or_null, err) : fill_from_program(s, err)))
        cassette_library_close(&s);
    return s;
}

void
cassette_library_close(struct cassette_library **sp)
{
    struct cassette_library *s = *sp;
    if (!s)
        return;
    for (size_t i = 0; i < s->exchange_count; i++)
        buf_finish(&s->exchanges[i].words);
    for (size_t i = 0; i < s->count; i++) {
        cassette_destroy(&s->tapes[i].c);
        free(s->tapes[i].path);
    }
    free(s->slots);
    free(s->why);
    free(s->exchanges);
    free(s->tapes);
    free(s);
    *sp = NULL;
}

size_t
cassette_library_count(const struct cassette_library *s)
{
    return s->count;
}

/* ---- picking ---- */

/* Are they the same words? Of messages without any, the same bytes. */
static bool
is_message(const struct exchange *x, const char *message, const struct buf *words)
{
    return words->len ? words->len == x->words.len && strcmp(words->p, x->words.p) == 0
                      : strcmp(message, x->c->message) == 0;
}

/* The exchange of that message, else one that fits any; NULL: there is none. Recorded to the letter is better than in
 * other case or with other signs. */
static const struct exchange *
find_exchange(const struct cassette_library *s, enum call_purpose purpose, const char *message)
{
    size_t at = s->slot_count ? *find_slot(s, purpose, message) : 0;
    const struct exchange *found = at ? &s->exchanges[at - 1] : NULL, *any = NULL;
    struct buf words;
    fold_words(&words, message);
    for (size_t i = 0; !found && i < s->exchange_count; i++) {
        const struct exchange *x = &s->exchanges[i];
        if (x->c->purpose != purpose)
            continue;
        if (is_message(x, message, &words))
            found = x;
        else if (!x->c->message[0])
            any = x;
    }
    buf_finish(&words);
    return found ? found : any;
}

/* Reads the steps. NULL with the library's reason. */
static const struct cassette *
whole_tape(const struct cassette_library *s, struct tape *t)
{
    struct buf b;
    struct cassette *c = NULL;
    if (!t->shipped && !t->path)
        return t->c;
    buf_init(&b, FILE_MAX_BYTES);
    if (t->shipped)
        c = cassette_parse(t->shipped->name, t->shipped->data, t->shipped->size, s->why);
    else if (read_tape(t->path, false, &b, s->why))
        c = cassette_parse(t->path, b.p, b.len, s->why);
    buf_finish(&b);
    if (!c)
        return NULL;
    t->c->steps = c->steps; /* into the struct that is there, because its exchange points to it */
    t->c->count = c->count;
    c->steps = NULL;
    c->count = 0;
    cassette_destroy(&c);
    free(t->path);
    t->path = NULL;
    t->shipped = NULL;
    return t->c;
}

const struct cassette *
cassette_library_pick(const struct cassette_library *s, enum brain_id brain,
                      enum call_purpose purpose, const char *message, uint64_t seed)
{
    const struct exchange *x = find_exchange(s, purpose, message);
    if (!x)
        return NULL;
    size_t exchange = (size_t)(x - s->exchanges), tapes = 0;
    for (size_t i = 0; i < s->count; i++)
        tapes += s->tapes[i].exchange == exchange && s->tapes[i].c->brain == brain;
    size_t skip = tapes ? (size_t)(seed % tapes) : 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->tapes[i].exchange == exchange && s->tapes[i].c->brain == brain && skip-- == 0)
            return whole_tape(s, &s->tapes[i]);
    return NULL;
}

const char *
cassette_library_why(const struct cassette_library *s)
{
    return s->why->text;
}
