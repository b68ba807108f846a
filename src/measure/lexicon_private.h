/* The insides of a lexicon, shared by its reader (lexicon_read.c) and its matcher (lexicon.c). */
#ifndef BERDUA_MEASURE_LEXICON_PRIVATE_H
#define BERDUA_MEASURE_LEXICON_PRIVATE_H

#include "lexicon.h"

/* A trie whose edges live in one hash table, keyed by (node, word). */
struct lexicon_edge {
    uint64_t word;
    uint32_t node, child; /* child 0: a free slot, because the root is never a child */
};
struct lexicon_node {
    uint32_t entries; /* first of a list through lexicon_entry.next */
};
struct lexicon_group {
    char *section, *category;
    int section_number; /* equal for equal sections */
};
struct lexicon {
    struct lexicon_node *nodes;
    uint32_t node_count;
    struct lexicon_edge *edges;
    size_t edge_cap, edge_count;
    struct lexicon_entry *entries;
    uint32_t entry_count;
    struct lexicon_group *groups;
    int group_count;
};

/* The hash of a word (lower case, NFC), without its accents. */
uint64_t lexicon_word(const char *p, size_t n);
void lexicon_put(struct lexicon *l, const uint64_t *words, size_t n, int group, int language,
                 double weight);

#endif
