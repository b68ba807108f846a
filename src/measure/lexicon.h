/* Words and phrases with weights, read from text files that people edit (lexicon/id.lex explains the format),
 * and found in a stream of tokens: whole tokens only, accents ignored, the Indonesian endings -nya -kah -lah
 * -ku -mu -pun and an English -s tried when the word itself does not fit.
 * A built lexicon is immutable: any thread may read. A matcher belongs to one. */
#ifndef BERDUA_MEASURE_LEXICON_H
#define BERDUA_MEASURE_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct token;

enum {
    PHRASE_MAX = 8,
    MATCH_MAX = 32
}; /* words of a phrase; matches that one token can complete */

struct lexicon;
struct lexicon *lexicon_create(void);
void lexicon_destroy(struct lexicon **l);
/* Adds the entries of one file. language: of enum language. A phrase that stands there already in the same
 * section, category and language gets the new weight; 0 silences it. new_groups: categories not seen before may be
 * made (the shipped files do; a user's file must not misspell one). False: "NAME:LINE:COL: reason". */
bool lexicon_add(struct lexicon *l, const char *name, const char *text, size_t n, int language,
                 bool new_groups, struct err *err);

/* A group is a category of a section: "[warmth]" and "empathy 1.4 …". -1: no entry has it. */
int lexicon_group(const struct lexicon *l, const char *section, const char *category);
int lexicon_group_count(const struct lexicon *l);

struct lexicon_entry {
    int16_t group;
    uint8_t language; /* whose file it came from */
    uint8_t words;
    float weight;
    uint32_t phrase; /* the same for equal phrases, so that each distinct phrase counts once */
    uint32_t next;   /* private */
};
struct match {
    const struct lexicon_entry *entry;
    uint32_t first, last; /* tokens, as counted by the matcher: breaks count too */
    uint32_t start, end;  /* bytes of the text */
};

struct matcher {
    uint32_t tokens; /* pushed so far: the next token's number */
    uint32_t active_len;
    struct {
        uint32_t node, first, start;
    } active[MATCH_MAX];
};
void matcher_init(struct matcher *m);
/* Pushes the next token and writes the matches that end with it into out[MATCH_MAX], longest first; returns how
 * many. A break token ends every phrase. Matches inside a longer one are reported too: see match_resolve. */
size_t matcher_push(struct matcher *m, const struct lexicon *l, const struct token *t,
                    struct match *out);
/* m: matches in the order of matcher_push. Drops each match that lies within a longer one of the same section; the
 * others keep their order. Returns how many are left. */
size_t match_resolve(const struct lexicon *l, struct match *m, size_t n);

#endif
