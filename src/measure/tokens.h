/* Splits text into tokens, fed in pieces: the tokens are the same however the text is cut. Allocates nothing and may
 * be copied, so that "as if the text ended here" is tokens_end on a copy. Owner: whoever embeds it. Thread: its
 * owner's. */
#ifndef BERDUA_MEASURE_TOKENS_H
#define BERDUA_MEASURE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TOKEN_MAX = 96
}; /* the first bytes of a word that are compared; the rest of a longer word is skipped */

enum token_kind {
    TOKEN_WORD,     /* letters of any script, digits after the first letter, inner apostrophes */
    TOKEN_NUMBER,   /* begins with a digit: "2", "1.500.000", "100jt", "10:30" */
    TOKEN_EMOJI,    /* one pictograph without its modifiers, or a face of ASCII: ":)", "<3" */
    TOKEN_CLAUSE,   /* , ; : ( ) and dashes between blanks; text is the mark */
    TOKEN_SENTENCE, /* . ! ? … and the end of a line; text is the mark */
};

struct token {
    enum token_kind kind;
    uint32_t start, end; /* bytes of the whole text, end exclusive */
    /* lower case, NFC, curly apostrophes straight, "makasihhh" as "makasih"; no NUL */
    const char *text;
    size_t len;
    /* A second form when letters were repeated ("goood": text "god", alt "good"; "iyaa": "iyaa", "iya"). */
    const char *alt;
    size_t alt_len; /* 0: none */
    bool capital;   /* begins with a capital */
    bool shout;     /* two or more letters, all capital */
    bool elongated; /* a letter three times or more in a row */
};
/* The token and its text are valid during the call only. */
typedef void (*token_sink)(void *ctx, const struct token *t);

struct tokens {
    uint32_t offset; /* bytes consumed so far */
    uint32_t start;  /* of the pending token */
    uint32_t end;    /* end of the pending token */
    uint8_t state, partial_len, len, mark_len, letters, capitals;
    bool ascii, capital, blank_before;
    char partial[4];      /* a code point cut by the end of a piece */
    char mark[4];         /* marks that may begin a token */
    char text[TOKEN_MAX]; /* the pending word; ASCII already in lower case */
};

void tokens_init(struct tokens *t);
void tokens_feed(struct tokens *t, const char *p, size_t n, token_sink sink, void *ctx);
/* The text ends: the pending token is emitted. No sentence token is added for the end. */
void tokens_end(struct tokens *t, token_sink sink, void *ctx);

#endif
