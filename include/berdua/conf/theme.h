/* Themes: the look of each role on the screen (an ink). Themes are YAML files; some are built in, and the user's own
 * in $XDG_CONFIG_HOME/berdua/themes/NAME.yaml take precedence. Which colours a terminal can show is decided
 * elsewhere (ui/term/palette.c). Owner: the caller. Thread: main. */
#ifndef BERDUA_CONF_THEME_H
#define BERDUA_CONF_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/* Names in the file are these in lower case with '-', e.g. "new-lines". */
enum ink {
    INK_TEXT, /* answers: the terminal's own colour is best, since most of the screen is this */
    INK_DIM,
    INK_TITLE,
    INK_TITLE_DETAIL,
    INK_SIMULATED,
    INK_RULE,
    INK_MARK, /* the sign before a message and before the input */
    INK_MESSAGE,
    INK_CLAUDE,
    INK_LLAMA,
    INK_WINNER,
    INK_RUNNING,
    INK_DONE,
    INK_WARNING,
    INK_ERROR,
    INK_LABEL,
    INK_VALUE,
    INK_KEY,
    INK_HINT,
    INK_NOTICE,
    INK_NEW_LINES,
    INK_MATCH,
    INK_TAB,
    INK_TAB_ACTIVE,
    INK_HEADING, /* from here: Markdown in an answer */
    INK_EMPHASIS,
    INK_STRONG,
    INK_CODE,
    INK_QUOTE,
    INK_LINK,
    INK_MARKER,
    INK_STRIKE,
    INK_CONTROL, /* a visible stand-in for a character that is not shown */
    INK_COUNT
};

enum ink_attribute {
    INK_BOLD = 1,
    INK_FAINT = 2,
    INK_ITALIC = 4,
    INK_UNDERLINE = 8,
    INK_REVERSE = 16
};

/* INK_OWN: the terminal's own colour; 0..255: a palette colour; INK_RGB | 0xRRGGBB. */
#define INK_RGB 0x1000000
enum { INK_OWN = -1, INK_NEAREST = -2 };

struct ink_style {
    int32_t fg, bg;
    /* 0..15 or INK_OWN for terminals with few colours; INK_NEAREST: the nearest to fg, bg. */
    int16_t fg16, bg16;
    uint8_t attributes;
};

enum ground { GROUND_UNKNOWN, GROUND_DARK, GROUND_LIGHT };

struct theme {
    char *name;
    char *description;  /* NULL: none */
    enum ground ground; /* of the terminals it is for; GROUND_UNKNOWN: any */
    int32_t paint;      /* what all of the screen is painted with, as fg is; INK_OWN: nothing */
    char *other;        /* the theme that takes its place on the other ground, NULL: none */
    struct ink_style inks[INK_COUNT];
};

/* NULL with err = "FILE:LINE:COL: reason (did you mean …?)". */
struct theme *theme_load(const char *name, struct err *err);
/* From the text of a file; `file` is for messages. */
struct theme *theme_parse(const char *file, const char *text, size_t len, struct err *err);
void theme_destroy(struct theme **t);
/* Calls add for the name of each shipped theme, then of each of the user's own. */
void theme_each(void (*add)(void *arg, const char *name), void *arg);

#endif
