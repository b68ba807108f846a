#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "lexicon_private.h"
#include "tokens.h"

enum { NONE = UINT32_MAX, ROOT = 0 };

struct lexicon *
lexicon_create(void)
{
    struct lexicon *l = xcalloc(1, sizeof *l);
    l->nodes = xgrow(NULL, 0, sizeof *l->nodes);
    l->nodes[ROOT].entries = NONE;
    l->node_count = 1;
    return l;
}

void
lexicon_destroy(struct lexicon **l)
{
    if (!*l)
        return;
    for (int i = 0; i < (*l)->group_count; i++) {
        free((*l)->groups[i].section);
        free((*l)->groups[i].category);
    }
    free((*l)->groups);
    free((*l)->nodes);
    free((*l)->edges);
    free((*l)->entries);
    free(*l);
    *l = NULL;
}

/* Words are compared as 64-bit hashes of their letters without accents; among the few thousand words of a lexicon no
 * two collide. */
static char
plain_letter(unsigned char second)
{
    static const char letters[] = "aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0s"
                                  "aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y";
    return second >= 0x80 && second <= 0xbf ? letters[second - 0x80] : 0;
}

uint64_t
lexicon_word(const char *p, size_t n)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c == 0xc3 && i + 1 < n && plain_letter((unsigned char)p[i + 1]))
            c = (unsigned char)plain_letter((unsigned char)p[++i]);
        h = (h ^ c) * 0x100000001b3u;
    }
    return h;
}

static size_t
edge_slot(const struct lexicon *l, uint32_t node, uint64_t word)
{
    uint64_t h = (word ^ node * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
    size_t i = (size_t)(h >> 32) & (l->edge_cap - 1);
    while (l->edges[i].child != 0 && (l->edges[i].node != node || l->edges[i].word != word))
        i = (i + 1) & (l->edge_cap - 1);
    return i;
}

static uint32_t
child_of(const struct lexicon *l, uint32_t node, uint64_t word)
{
    return l->edge_cap == 0 ? 0 : l->edges[edge_slot(l, node, word)].child;
}

static void
grow_edges(struct lexicon *l)
{
    struct lexicon_edge *old = l->edges;
    size_t old_cap = l->edge_cap;
    l->edge_cap = old_cap ? 2 * old_cap : 4096;
    l->edges = xcalloc(l->edge_cap, sizeof *l->edges);
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].child)
            l->edges[edge_slot(l, old[i].node, old[i].word)] = old[i];
    free(old);
}

static uint32_t
make_child(struct lexicon *l, uint32_t node, uint64_t word)
{
    uint32_t child = child_of(l, node, word);
    if (child)
        return child;
    if (2 * (l->edge_count + 1) > l->edge_cap)
        grow_edges(l);
    l->nodes = xgrow(l->nodes, l->node_count, sizeof *l->nodes);
    child = l->node_count++;
    l->nodes[child].entries = NONE;
    l->edges[edge_slot(l, node, word)] = (struct lexicon_edge){word, node, child};
    l->edge_count++;
    return child;
}

void
lexicon_put(struct lexicon *l, const uint64_t *words, size_t n, int group, int language,
            double weight)
{
    uint32_t node = ROOT;
    for (size_t i = 0; i < n; i++)
        node = make_child(l, node, words[i]);
    for (uint32_t e = l->nodes[node].entries; e != NONE; e = l->entries[e].next) {
        if (l->entries[e].group == group && l->entries[e].language == language) {
            l->entries[e].weight = (float)weight;
            return;
        }
    }
    l->entries = xgrow(l->entries, l->entry_count, sizeof *l->entries);
    l->entries[l->entry_count] = (struct lexicon_entry){.group = (int16_t)group,
                                                        .language = (uint8_t)language,
                                                        .words = (uint8_t)n,
                                                        .weight = (float)weight,
                                                        .phrase = node,
                                                        .next = l->nodes[node].entries};
    l->nodes[node].entries = l->entry_count++;
}

int
lexicon_group(const struct lexicon *l, const char *section, const char *category)
{
    for (int i = 0; i < l->group_count; i++)
        if (strcmp(l->groups[i].section, section) == 0 &&
            strcmp(l->groups[i].category, category) == 0)
            return i;
    return -1;
}

int
lexicon_group_count(const struct lexicon *l)
{
    return l->group_count;
}

void
matcher_init(struct matcher *m)
{
    memset(m, 0, sizeof *m);
}

/* The forms in which a word is looked up: unchanged, with repeated letters reduced, without an ending. */
struct readings {
    uint64_t word[8];
    size_t n;
};

static void
add_stem(struct readings *r, const char *text, size_t len, const char *ending)
{
    size_t e = strlen(ending);
    if (len >= e + 3 && memcmp(text + len - e, ending, e) == 0)
        r->word[r->n++] = lexicon_word(text, len - e);
}

static void
read_word(struct readings *r, const struct token *t)
{
    static const char *const endings[] = {"nya", "kah", "lah", "ku", "mu", "pun", "'s"};
    r->n = 0;
    r->word[r->n++] = lexicon_word(t->text, t->len);
    if (t->alt_len)
        r->word[r->n++] = lexicon_word(t->alt, t->alt_len);
    if (t->kind != TOKEN_WORD)
        return;
    size_t before = r->n;
    for (size_t i = 0; i < ARRAY_LEN(endings) && r->n == before; i++)
        add_stem(r, t->text, t->len, endings[i]);
    if (r->n == before && t->len >= 4 && t->text[t->len - 1] == 's' && t->text[t->len - 2] != 's')
        add_stem(r, t->text, t->len, "s");
}

static uint32_t
follow(const struct lexicon *l, uint32_t node, const struct readings *r)
{
    for (size_t i = 0; i < r->n; i++) {
        uint32_t child = child_of(l, node, r->word[i]);
        if (child)
            return child;
    }
    return 0;
}

size_t
matcher_push(struct matcher *m, const struct lexicon *l, const struct token *t, struct match *out)
{
    uint32_t number = m->tokens++;
    if (t->kind == TOKEN_CLAUSE || t->kind == TOKEN_SENTENCE) {
        m->active_len = 0;
        return 0;
    }
    struct readings r;
    read_word(&r, t);
    size_t found = 0;
    uint32_t kept = 0, old = m->active_len;
    for (uint32_t i = 0; i <= old; i++) {
        bool fresh = i == old;
        uint32_t first = fresh ? number : m->active[i].first;
        uint32_t start = fresh ? t->start : m->active[i].start;
        uint32_t node = follow(l, fresh ? ROOT : m->active[i].node, &r);
        if (!node)
            continue;
        for (uint32_t e = l->nodes[node].entries; e != NONE && found < MATCH_MAX;
             e = l->entries[e].next)
            if (l->entries[e].weight != 0)
                out[found++] = (struct match){&l->entries[e], first, number, start, t->end};
        if (kept < PHRASE_MAX) {
            m->active[kept].node = node;
            m->active[kept].first = first;
            m->active[kept++].start = start;
        }
    }
    m->active_len = kept;
    return found;
}

static bool
hides(const struct lexicon *l, const struct match *big, const struct match *small)
{
    return big->entry && big->first <= small->first && big->last >= small->last &&
           big->last - big->first > small->last - small->first &&
           l->groups[big->entry->group].section_number ==
               l->groups[small->entry->group].section_number;
}

size_t
match_resolve(const struct lexicon *l, struct match *m, size_t n)
{
    /* A longer match that covers this one ends with it or at most one phrase later. A covered match need not be
     * tested as a cover, because whatever covers it covers the same matches. */
    for (size_t i = 0; i < n; i++) {
        bool hidden = false;
        for (size_t j = i; j-- > 0 && !hidden && m[j].last == m[i].last;)
            hidden = hides(l, &m[j], &m[i]);
        for (size_t j = i + 1; j < n && !hidden && m[j].last < m[i].last + PHRASE_MAX; j++)
            hidden = hides(l, &m[j], &m[i]);
        if (hidden)
            m[i].entry = NULL;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (m[i].entry)
            m[kept++] = m[i];
    return kept;
}
