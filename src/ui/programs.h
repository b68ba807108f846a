/* Programs that are started for the operator. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_PROGRAMS_H
#define BERDUA_UI_PROGRAMS_H

#include "berdua/base/buf.h"
#include "clipboard_program.h"

struct loop_timer;
struct ui;

/* What was copied last. */
struct copying {
    struct clipboard_program *program; /* NULL: none runs */
    struct loop_timer *late;
    struct buf text;
    char *what;
};

/* The input line in $VISUAL or $EDITOR. */
void ui_edit_outside(struct ui *ui);
/* Into the clipboard, as ui.clipboard says; what: how the notice calls it. */
void ui_copy_text(struct ui *ui, const char *text, size_t n, const char *what);
void ui_copying_finish(struct ui *ui);

#endif
