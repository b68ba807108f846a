#include "cassette.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
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
    bool has[BRAIN_COUNT];
};

struct cassette_library {
    struct tape *tapes;
    struct exchange *exchanges;
    size_t count, exchange_count;
    size_t *slots; /* hash table of exchanges by purpose and message: index + 1, 0 is free */
    size_t slot_count;
    struct err *why; /* of the last pick that failed */
    bool has[CALL_PURPOSE_COUNT][BRAIN_COUNT];
};

/* ---- words ---- */

/* Frequent small words, by which the language of a message is guessed: good enough to choose a recording. */
static const struct {
    const char *language, *words;
} small_words[] = {
    {"id",
     " aku saya kamu anda yang dan di ke dari ini itu tidak nggak gak ga mau bisa apa apakah "
     "bagaimana gimana kenapa mengapa untuk dengan ada sudah belum tentang kak mas mbak dong sih "
     "banget buat kalau kalo karena juga tolong terima kasih selamat pagi siang malam halo "
     "berapa lama kita kami harus saja aja jangan bukan lagi cara boleh ya "},
    {"en",
     " i you the a an is are was were to of and in it my me do does did how what why when where "
     "can could would should for with on not have has this that please hello hi thanks thank am "
     "be we they your if about need want from there which "},
    {"it",
     " io tu il lo la gli le i un una di che e è non per con come cosa perché quando dove posso "
     "puoi vorrei voglio ho hai ha sono sei siamo mi ti si ci del della dei nel nella al alla "
     "ciao grazie buongiorno buonasera anche ma se mio mia quanto quale devo serve "},
};

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

/* The word at *at of a list like " a b ", with its blanks ("\x20a\x20"), as a new string; NULL at the end. */
static char *
next_word(const char *list, size_t *at)
{
    const char *from = list + *at;
    if (*from != ' ' || !from[1])
        return NULL;
    const char *to = strchr(from + 1, ' ');
    if (!to)
        return NULL;
    *at += (size_t)(to - from);
    return xstrndup(from, (size_t)(to - from) + 1);
}

static const char *
guess_language(const char *words)
{
    const char *best = NULL;
    int most = 0;
    for (size_t i = 0; i < ARRAY_LEN(small_words); i++) {
        int hits = 0;
        size_t at = 0;
        for (char *w; (w = next_word(words, &at)); free(w))
            hits += strstr(small_words[i].words, w) != NULL;
        if (hits == most)
            best = NULL;
        if (hits > most) {
            most = hits;
            best = small_words[i].language;
        }
    }
    return best;
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
    s->exchanges[t.exchange].has[c->brain] = s->has[c->purpose][c->brain] = true;
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

struct nearness {
    bool same, whole, category, language;
    double words;
};

/* A word of the message asked for: rare ones weigh more, one divided by the number of messages that hold it. */
struct weighed {
    char *word;
    double weight;
};

/* Ends with a NULL. */
static struct weighed *
weigh_words(const struct cassette_library *s, const char *words)
{
    struct weighed *list = NULL;
    size_t count = 0, at = 0;
    for (char *w; (w = next_word(words, &at));) {
        size_t holders = 0;
        for (size_t i = 0; i < s->exchange_count; i++)
            holders += strstr(s->exchanges[i].words.p, w) != NULL;
        list = xgrow(list, count, sizeof *list);
        list[count++] = (struct weighed){w, holders ? 1.0 / (double)holders : 0};
    }
    list = xgrow(list, count, sizeof *list);
    list[count] = (struct weighed){0};
    return list;
}

static struct nearness
nearness_of(const struct cassette_library *s, const struct exchange *x, const struct buf *words,
            const struct weighed *weights, const char *language, const char *category)
{
    struct nearness n = {.whole = true};
    n.same = words->len && words->len == x->words.len && strcmp(words->p, x->words.p) == 0;
    for (int b = 0; b < BRAIN_COUNT; b++)
        n.whole = n.whole && x->has[b] == s->has[x->c->purpose][b];
    n.category = category && x->c->category && strcmp(category, x->c->category) == 0;
    n.language = language && x->c->language && strcmp(language, x->c->language) == 0;
    for (; weights->word; weights++)
        n.words += strstr(x->words.p, weights->word) ? weights->weight : 0;
    return n;
}

/* > 0: a is nearer. */
static int
nearer(const struct nearness *a, const struct nearness *b)
{
    const int order[] = {a->same - b->same, a->whole - b->whole, a->category - b->category,
                         a->language - b->language,
                         fabs(a->words - b->words) < 1e-9 ? 0
                         : a->words > b->words            ? 1
                                                          : -1};
    for (size_t i = 0; i < ARRAY_LEN(order); i++)
        if (order[i])
            return order[i];
    return 0;
}

/* Index of the nearest exchange that has the brain; the message decides among equals, which keeps both
 * brains together and still gives different messages different answers. */
static bool
nearest(const struct cassette_library *s, enum brain_id brain, enum call_purpose purpose,
        const char *message, const char *category, size_t *out)
{
    struct buf words;
    fold_words(&words, message);
    const char *language = guess_language(words.p);
    struct weighed *weights = weigh_words(s, words.p);
    size_t *equal = xcalloc(s->exchange_count, sizeof *equal);
    size_t count = 0;
    struct nearness best = {.words = 0};
    for (size_t i = 0; i < s->exchange_count; i++) {
        if (s->exchanges[i].c->purpose != purpose || !s->exchanges[i].has[brain])
            continue;
        struct nearness n = nearness_of(s, &s->exchanges[i], &words, weights, language, category);
        int order = count ? nearer(&n, &best) : 1;
        if (order > 0) {
            best = n;
            count = 0;
        }
        if (order >= 0)
            equal[count++] = i;
    }
    if (count)
        *out = equal[hash_bytes(message, strlen(message), 0) % count];
    for (size_t i = 0; weights[i].word; i++)
        free(weights[i].word);
    free(weights);
    free(equal);
    buf_finish(&words);
    return count > 0;
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
                      enum call_purpose purpose, const char *message, const char *category,
                      uint64_t seed)
{
    size_t x;
    if (!nearest(s, brain, purpose, message, category, &x))
        return NULL;
    size_t tapes = 0;
    for (size_t i = 0; i < s->count; i++)
        tapes += s->tapes[i].exchange == x && s->tapes[i].c->brain == brain;
    size_t skip = tapes ? (size_t)(seed % tapes) : 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->tapes[i].exchange == x && s->tapes[i].c->brain == brain && skip-- == 0)
            return whole_tape(s, &s->tapes[i]);
    return NULL;
}

const char *
cassette_library_why(const struct cassette_library *s)
{
    return s->why->text;
}
