#include "readline_text.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "editor.h"
#include "readline.h"
#include "ui/term/input.h"

void
text_insert(const char *p, size_t n)
{
    struct buf clean;
    size_t room = rl_end < EDITOR_MAX_TEXT_BYTES ? (size_t)(EDITOR_MAX_TEXT_BYTES - rl_end) : 0;
    buf_init(&clean, room);
    input_clean(&clean, p, n);
    if (clean.len) {
        rl_begin_undo_group();
        rl_insert_text(clean.p);
        rl_end_undo_group();
    }
    buf_finish(&clean);
}

bool
text_mend(void)
{
    if (utf8_valid(rl_line_buffer, (size_t)rl_end))
        return false;
    struct buf clean;
    buf_init(&clean, 3 * (size_t)rl_end);
    utf8_repair(&clean, rl_line_buffer, (size_t)rl_end);
    rl_begin_undo_group();
    rl_delete_text(0, rl_end);
    rl_point = 0;
    rl_insert_text(clean.p);
    rl_end_undo_group();
    buf_finish(&clean);
    return true;
}

static int
character_at(int at)
{
    if (at > rl_end)
        at = rl_end;
    while (at > 0 && ((unsigned char)rl_line_buffer[at] & 0xC0) == 0x80)
        at--;
    return at;
}

void
text_mend_places(void)
{
    rl_point = character_at(rl_point);
    rl_mark = character_at(rl_mark);
}

bool
text_cap(void)
{
    if (rl_end <= EDITOR_MAX_TEXT_BYTES)
        return false;
    while (rl_end > EDITOR_MAX_TEXT_BYTES && rl_do_undo())
        ;
    if (rl_end > EDITOR_MAX_TEXT_BYTES) /* there was nothing to undo */
        rl_delete_text((int)utf8_whole_prefix(rl_line_buffer, EDITOR_MAX_TEXT_BYTES), rl_end);
    if (rl_point > rl_end)
        rl_point = rl_end;
    return true;
}

/* As empty as a new line; the line that readline has already saved stays. */
static void
save_empty_line(void)
{
    UNDO_LIST *edits = rl_undo_list;
    char first = rl_line_buffer[0];
    rl_undo_list = NULL;
    rl_line_buffer[0] = 0;
    rl_maybe_save_line();
    rl_line_buffer[0] = first;
    rl_undo_list = edits;
}

void
text_keep_edits(void)
{
    const HIST_ENTRY *entry = current_history();
    if (!entry || RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH))
        return;
    /* The newest edit may have grown in place: the list is the same then, and the text is not. */
    if (entry->data && (entry->data != rl_undo_list || strcmp(entry->line, rl_line_buffer) != 0)) {
        HIST_ENTRY *old =
            replace_history_entry(where_history(), rl_line_buffer, (histdata_t)rl_undo_list);
        free_history_entry(old);
    }
    save_empty_line();
}

/* For each byte of it readline looks at all of it, and Ctrl-W and Ctrl-Y take it from the line. */
bool
text_search_is_full(char key)
{
    enum { CTRL_W = 23, CTRL_Y = 25, DEL = 127, MOST_BYTES = 512 };
    if (!RL_ISSTATE(RL_STATE_ISEARCH))
        return false;
    const char *rest = rl_line_buffer + rl_point;
    size_t more = (unsigned char)key >= ' ' && key != DEL;
    if (key == CTRL_Y)
        more = strlen(rest);
    else if (key == CTRL_W)
        more = 1 + strcspn(rest + (*rest != 0), " \t\n");
    return more && strlen(rl_display_prompt) + more > MOST_BYTES;
}

void
text_forget_left_line(void)
{
    if (!current_history())
        return;
    UNDO_LIST *edits = rl_undo_list;
    char *text = xstrdup(rl_line_buffer);
    int point = rl_point, mark = rl_mark;
    rl_maybe_unsave_line();
    if (rl_undo_list != edits)
        rl_free_undo_list();
    rl_replace_line(text, 0);
    rl_undo_list = edits;
    rl_point = point;
    rl_mark = mark;
    free(text);
}
