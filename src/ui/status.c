/* The one-row parts: title, the rule above the input, the status line. What is true for a while (not saved yet, a
 * paste that is not finished) outranks a message, which passes, and stays beside it; hints come last. */
#include "status.h"
#include "ui_private.h"
#include "review_keys.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "ui/text/words.h"

enum {
    SPELLED_FROM_COLS = 100,
    SHORT_BELOW_COLS = 60,
    KEY_TEXT = 32,
    KEYS_TEXT = 128,
    NOTE_LEAST_COLS = 4,
    NOTE_COLS = 24,
    TITLE_SHARE = 2,
    CATEGORY_COLS = 16,
    STATE_BYTES = 512,
    RULE_PIECE_COLS = 8
};

/* How far the judging is, in place of the session's title. */
static void
title_pace(struct line *l, const struct ui *ui, int room)
{
    bool pending = ui->judging.stage == JUDGING_BOTH_RUN || ui->judging.stage == JUDGING_PAIR;
    int whole = l->width;
    l->width = room;
    judging_bar(
        l, &(struct judging_pace){.pair = ui->facts->blind.done + pending,
                                  .done = ui->facts->blind.done,
                                  .target = ui->facts->blind.target,
                                  .each_s = ui->facts->blind.each_s,
                                  .left = ui->facts->review.left,
                                  .kappa = ui->facts->review.on ? ui->facts->review.kappa : NAN,
                                  .glyphs = ui->glyphs});
    l->width = whole;
}

/* What stands at the right end of the title: which turn is selected, and what the verdicts of the session are. Less of it
 * where there is less room. */
static void
title_place(struct line *l, const struct ui *ui, int room)
{
    const struct turn *t = view_selected(ui->view), *last = conversation_last(ui->conversation);
    const int64_t *tally = ui->facts->tally;
    char place[48], whole[160], tally_alone[96];
    int widths = l->width;
    if (!t || t->seq <= 0 || last->seq < t->seq)
        return;
    snprintf(place, sizeof place, "turn %" PRId64 " of %" PRId64, t->seq, last->seq);
    const char *sep = ui->glyphs->middle;
    snprintf(whole, sizeof whole, "%s%sLLAMA %" PRId64 "%sClaude %" PRId64 "%stie %" PRId64, place,
             sep, tally[VERDICT_LLAMA], sep, tally[VERDICT_CLAUDE], sep, tally[VERDICT_TIE]);
    if (tally[VERDICT_BOTH_BAD] > 0)
        snprintf(whole + strlen(whole), sizeof whole - strlen(whole), "%sboth bad %" PRId64, sep,
                 tally[VERDICT_BOTH_BAD]);
    bool judged = tally[VERDICT_LLAMA] + tally[VERDICT_CLAUDE] + tally[VERDICT_TIE] +
                      tally[VERDICT_BOTH_BAD] >
                  0;
    snprintf(tally_alone, sizeof tally_alone,
             "turn %" PRId64 "%sL %" PRId64 " C %" PRId64 " tie %" PRId64, t->seq, sep,
             tally[VERDICT_LLAMA], tally[VERDICT_CLAUDE], tally[VERDICT_TIE]);
    l->width = room;
    if (!judged || (!line_right(l, INK_TITLE_DETAIL, whole, 2) &&
                    !line_right(l, INK_TITLE_DETAIL, tally_alone, 2)))
        line_right(l, INK_TITLE_DETAIL, place, 2);
    l->width = widths;
}

void
status_title(struct line *l, const struct ui *ui)
{
    static const char simulated[] = " SIMULATED ";
    int cols = l->width;
    int room = ui->facts->simulated ? cols - (int)sizeof simulated : cols;
    line_add_str(l, INK_TITLE, cols > 20 ? " berdua" : "berdua");
    const char *sep = ui->glyphs->middle;
    int sep_cols = utf8_width(sep, strlen(sep));
    bool blind = ui->facts->blind.on;
    const char *mode = ui->facts->review.on ? "review"
                       : blind              ? "blind"
                                            : chat_mode_name(ui->facts->mode);
    if (l->cols + sep_cols + (int)strlen(mode) <= room) {
        line_add_str(l, INK_RULE, sep);
        line_add_str(l, INK_TITLE_DETAIL, mode);
    }
    if (ui->facts->review.category && l->cols + sep_cols + CATEGORY_COLS <= room / TITLE_SHARE) {
        line_add_str(l, INK_RULE, sep);
        line_add_str(l, INK_TITLE_DETAIL, ui->facts->review.category);
    }
    if (blind && ui->facts->blind.rater) {
        line_add_str(l, INK_RULE, sep);
        line_add_str(l, INK_TITLE_DETAIL, "rater ");
        line_add_raw(l, INK_TITLE_DETAIL, ui->facts->blind.rater, strlen(ui->facts->blind.rater),
                     (room - l->cols) / TITLE_SHARE);
    } else if (ui->facts->user && l->cols + sep_cols + 9 <= room) {
        line_add_str(l, INK_RULE, sep);
        line_add_str(l, INK_TITLE_DETAIL, "user ");
        line_add_raw(l, INK_TITLE_DETAIL, ui->facts->user, strlen(ui->facts->user),
                     (room - l->cols) / TITLE_SHARE);
    }
    const char *title = ui->conversation ? ui->conversation->title : NULL;
    if (blind)
        title_pace(l, ui, room);
    else if (title && title[0] && l->cols + sep_cols + 6 <= room) {
        line_add_str(l, INK_RULE, sep);
        line_add_raw(l, INK_TITLE_DETAIL, title, strlen(title), (room - l->cols) / TITLE_SHARE);
    }
    if (!blind)
        title_place(l, ui, room);
    if (ui->facts->simulated && !line_right(l, INK_SIMULATED, simulated, 1)) {
        line_reset(l, cols);
        line_add_str(l, INK_SIMULATED, cols >= 16 ? "berdua SIMULATED" : "SIMULATED");
    }
}

/* ---- the rule ---- */

/* How many writes wait, and why. */
static void
unsaved_words(const struct ui *ui, int room, struct buf *out)
{
    long long n = ui->facts->store.waiting;
    const char *reason = ui->facts->store.reason;
    if (!reason) {
        buf_printf(out, "saving: %lld waiting", n);
        return;
    }
    /* A reason that begins with the file's path loses it where there is no room for both. */
    const char *cause = reason[0] == '/' ? strstr(reason, ": ") : NULL;
    if (ui->facts->store.lost)
        buf_append_str(out, "NOT saved (");
    else if (n == 0)
        buf_append_str(out, "nothing can be saved (");
    else
        buf_printf(out, "not saved yet: %lld waiting (", n);
    if (cause && (int)out->len + utf8_width(reason, strlen(reason)) + 1 > room)
        reason = cause + 2;
    buf_printf(out, "%s)", reason);
}

static void
add_unsaved(struct line *l, const struct ui *ui, int room)
{
    struct buf text;
    buf_init(&text, STATE_BYTES);
    unsaved_words(ui, room, &text);
    line_add_raw(l, INK_WARNING, text.p, text.len, room);
    buf_finish(&text);
}

/* The text stands in the rule itself, so that no row moves when it appears or goes. */
static void
rule_with(struct line *l, const struct ui *ui, enum ink ink, const char *text)
{
    int room = l->width - l->cols - 6;
    if (room < RULE_PIECE_COLS)
        return;
    line_repeat(l, INK_RULE, ui->glyphs->horizontal, 2);
    line_add_str(l, ink, " ");
    if (text)
        line_add_raw(l, ink, text, strlen(text), room);
    else
        add_unsaved(l, ui, room);
    line_add_str(l, ink, " ");
}

void
status_rule(struct line *l, const struct ui *ui)
{
    char text[64];
    int tee_col = ui->page == ACT_NONE ? ui->layout.panel_rule_col : -1;
    if (ui->unsaved_shown)
        rule_with(l, ui, INK_WARNING, NULL);
    judging_question(&ui->judging, text, sizeof text);
    if (text[0] && ui->page == ACT_NONE) {
        rule_with(l, ui, INK_NEW_LINES, text);
    } else if (ui->new_lines > 0 && ui->page == ACT_NONE) {
        snprintf(text, sizeof text, "%s %d new line%s", ui->glyphs->down, ui->new_lines,
                 ui->new_lines == 1 ? "" : "s");
        rule_with(l, ui, INK_NEW_LINES, text);
    } else if (ui->more_below && ui->page == ACT_NONE) {
        snprintf(text, sizeof text, "%s more below, %d %%", ui->glyphs->down,
                 view_percent(ui->view));
        rule_with(l, ui, INK_HINT, text);
    } else if (ui->facts->review.on && ui->page == ACT_NONE && ui->judging.stage != JUDGING_OFF) {
        rule_with(l, ui, INK_HINT, ui->facts->review.words);
    } else if (ui->facts->team && ui->page == ACT_NONE) {
        rule_with(l, ui, INK_HINT, ui->facts->team);
    }
    if (tee_col >= l->cols) {
        line_repeat(l, INK_RULE, ui->glyphs->horizontal, tee_col - l->cols);
        line_add_str(l, INK_RULE, ui->glyphs->tee_up);
    }
    line_repeat(l, INK_RULE, ui->glyphs->horizontal, l->width - l->cols);
}

/* ---- status line ---- */

static const char *
short_help(const struct ui *ui, enum action a, int cols, char out[KEY_TEXT])
{
    if (a == ACT_VERDICT_LEFT || a == ACT_VERDICT_RIGHT) {
        const struct turn *about = view_selected(ui->view);
        enum brain_id b = turn_side(about, a == ACT_VERDICT_RIGHT);
        const char *better = cols < SHORT_BELOW_COLS ? "" : " better";
        snprintf(out, KEY_TEXT, "%s%s", about ? turn_name(about, b) : brain_title(b), better);
        return out;
    }
    return action_info(a)->short_help;
}

/* A function key is shorter to write than Alt-1, but no easier to find. */
static size_t
key_cost(const char *key)
{
    bool function = key[0] == 'F' && key[1] >= '0' && key[1] <= '9';
    return strlen(key) + (function ? 2 : 0);
}

/* "1" rather than "Alt-1" while browsing. */
static const char *
shortest_key(const struct ui *ui, enum action a, char keys[KEYS_TEXT])
{
    keymap_keys_for(ui->keymap, ui->focus, a, keys, KEYS_TEXT);
    char *best = keys;
    for (char *p = keys; *p;) {
        char *end = strstr(*p == ',' ? p + 1 : p, ", ");
        if (end)
            *end = 0;
        if (key_cost(p) < key_cost(best))
            best = p;
        p = end ? end + 2 : p + strlen(p);
    }
    return *best ? best : NULL;
}

static void
add_gap(struct line *l)
{
    if (l->cols > 1)
        line_add_str(l, INK_TEXT, "  ");
}

/* false when there was no room for it. */
static bool
add_hint(struct line *l, const char *key, const char *text, int room)
{
    int cols = utf8_width(key, strlen(key)) + 1 + utf8_width(text, strlen(text));
    if (l->cols + 2 + cols > room)
        return false;
    add_gap(l);
    line_add_str(l, INK_KEY, key);
    line_addf(l, INK_HINT, " %s", text);
    return true;
}

/* Beside the key for the note stands what was noted of the selected turn. */
static bool
add_key(struct line *l, const struct ui *ui, enum action a, int room)
{
    char spelled[KEY_TEXT], help[KEY_TEXT], keys[KEYS_TEXT];
    const char *key = shortest_key(ui, a, keys);
    const char *text = short_help(ui, a, l->width, help);
    if (!key || !text)
        return true;
    if (l->width >= SPELLED_FROM_COLS) {
        keymap_spell(key, spelled, sizeof spelled);
        key = spelled;
    }
    if (!add_hint(l, key, text, room))
        return false;
    const struct turn *about = view_selected(ui->view);
    const char *note = a == ACT_NOTE && about ? about->verdict.note : NULL;
    int cols = room - l->cols - 2;
    if (note && cols >= NOTE_LEAST_COLS) {
        line_add_str(l, INK_HINT, ": ");
        line_add_raw(l, INK_TEXT, note, strlen(note), cols < NOTE_COLS ? cols : NOTE_COLS);
    }
    return true;
}

/* The columns that the first n hints need. */
static int
hints_cols(const struct judging_hint *h, size_t n, bool in_short)
{
    int cols = 0;
    for (size_t i = 0; i < n; i++) {
        const char *text = in_short ? h[i].in_short : h[i].text;
        cols += 3 + utf8_width(h[i].key, strlen(h[i].key)) + utf8_width(text, strlen(text));
    }
    return cols;
}

/* The verdicts, or the answers to a question, stand there all or not at all: some alone would bias. */
static void
add_judging_hints(struct line *l, const struct ui *ui, int room)
{
    struct judging_hint hints[JUDGING_HINTS];
    size_t must, n = judging_hints(&ui->judging, hints, &must);
    bool in_short = hints_cols(hints, must, false) > room - l->cols;
    if (in_short && hints_cols(hints, must, true) > room - l->cols)
        return;
    for (size_t i = 0; i < n; i++) {
        if (!add_hint(l, hints[i].key, in_short ? hints[i].in_short : hints[i].text, room))
            break;
        if (hints[i].chosen)
            line_add_str(l, INK_WINNER, ui->glyphs->star);
    }
}

/* The bare keys of a blind pair; false: there is none that waits. */
static bool
add_judging_keys(struct line *l, const struct ui *ui, int room)
{
    char state[64];
    if (ui->judging.stage == JUDGING_OFF || ui->writes ||
        (ui->focus == FOCUS_COMPOSE && !editor_empty(ui->editor)))
        return false;
    if (ui->judging.stage == JUDGING_BOTH_RUN) {
        panel_blind_state(conversation_last(ui->conversation), clock_us(), state, sizeof state);
        add_gap(l);
        line_add_raw(l, INK_HINT, state, strlen(state), room - l->cols);
        add_key(l, ui, ACT_CLEAR_OR_CANCEL, room);
    }
    add_judging_hints(l, ui, room);
    if (ui->layout.tabbed)
        add_key(l, ui, ACT_TAB, room);
    return true;
}

/* Where there is little room a question leaves none for a message that is no error, and the keys of a review leave it that
 * which stands before a colon; so many bytes of the message are shown. */
static size_t
notice_bytes(const struct ui *ui, int cols)
{
    char question[64];
    size_t whole = strlen(ui->notice);
    judging_question(&ui->judging, question, sizeof question);
    if (cols >= SPELLED_FROM_COLS || ui->notice_error || ui->writes)
        return whole;
    if (ui->facts->review.on && ui->judging.stage == JUDGING_PAIR && cols < SHORT_BELOW_COLS)
        return strcspn(ui->notice, ":");
    return question[0] ? 0 : whole;
}

/* Are there two answers to compare? */
static bool
can_be_judged(const struct turn *t)
{
    bool any = false;
    if (t->blind.on && t->blind.names_shown)
        return false;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        if (!t->asked[b] || turn_hides(t, (enum brain_id)b))
            return false;
        any = any || t->answers[b].text.len > 0;
    }
    return any;
}

/* The keys for a turn of which no answer runs. */
static const enum action *
keys_of_turn(const struct turn *t)
{
    static const enum action judge[] = {ACT_VERDICT_LEFT,     ACT_VERDICT_RIGHT, ACT_VERDICT_TIE,
                                        ACT_VERDICT_BOTH_BAD, ACT_NOTE,          ACT_NONE};
    static const enum action judged[] = {ACT_UNDO, ACT_NOTE, ACT_REGENERATE, ACT_NONE};
    static const enum action hidden[] = {ACT_REVEAL, ACT_REGENERATE, ACT_MODE, ACT_NONE};
    static const enum action alone[] = {ACT_REGENERATE, ACT_NOTE, ACT_MODE, ACT_NONE};
    if (t->verdict.kind != VERDICT_NONE)
        return judged;
    if (can_be_judged(t))
        return judge;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (turn_hides(t, (enum brain_id)b) && answer_valid(&t->answers[b]))
            return hidden;
    return alone;
}

static const enum action verdict_keys[] = {ACT_VERDICT_LEFT, ACT_VERDICT_RIGHT, ACT_VERDICT_TIE,
                                           ACT_VERDICT_BOTH_BAD};

/* All four as bare keys. */
static void
bare_verdict_keys(struct line *l, const struct ui *ui)
{
    for (size_t i = 0; i < ARRAY_LEN(verdict_keys); i++) {
        char keys[KEYS_TEXT];
        const char *key = shortest_key(ui, verdict_keys[i], keys);
        if (key)
            line_addf(l, INK_KEY, "%s%s", l->cols ? " " : "", key);
    }
    line_add_str(l, INK_HINT, " verdict");
}

/* All four verdicts, with words or as bare keys, or none: some alone would bias. */
static bool
add_verdict_keys(struct line *l, const struct ui *ui, int room)
{
    struct line all = {.cols = 0};
    int left = room - l->cols - (l->cols > 1 ? 2 : 0);
    bool whole = left > 0;
    line_reset(&all, l->width);
    for (size_t i = 0; i < ARRAY_LEN(verdict_keys) && whole; i++)
        whole = add_key(&all, ui, verdict_keys[i], left);
    if (!whole) {
        line_reset(&all, l->width);
        bare_verdict_keys(&all, ui);
    }
    whole = all.cols <= left;
    if (whole) {
        add_gap(l);
        line_join(l, &all, l->cols);
    }
    line_finish(&all);
    return whole;
}

static void
add_list(struct line *l, const struct ui *ui, const enum action *list, int room)
{
    for (const enum action *a = list; *a != ACT_NONE; a++) {
        bool verdict = *a >= ACT_VERDICT_LEFT && *a <= ACT_VERDICT_BOTH_BAD;
        if (verdict ? *a == ACT_VERDICT_LEFT && !add_verdict_keys(l, ui, room)
                    : !add_key(l, ui, *a, room))
            return;
    }
}

static void
add_keys(struct line *l, const struct ui *ui, int room)
{
    static const enum action running[] = {ACT_CLEAR_OR_CANCEL, ACT_NONE};
    static const enum action matches[] = {ACT_SEARCH_NEXT, ACT_SEARCH_PREVIOUS, ACT_NONE};
    static const enum action browse[] = {ACT_WHY,     ACT_COPY,   ACT_EDIT_RESEND, ACT_SEARCH,
                                         ACT_DIFF,    ACT_FOLD,   ACT_CONTEXT,     ACT_LINE_DOWN,
                                         ACT_LINE_UP, ACT_BOTTOM, ACT_NONE};
    const struct turn *about = view_selected(ui->view);
    bool tabbed = ui->layout.tabbed, runs = ui_running(ui);
    /* room is kept for the help key and the key that changes the focus, or that shows the other pane */
    int kept = tabbed ? 12 : 10 + (ui->focus == FOCUS_BROWSE ? 14 : 0);
    if (runs)
        add_list(l, ui, running, room - kept);
    if (ui->needle && ui->focus == FOCUS_BROWSE)
        add_list(l, ui, matches, room - kept);
    if (about && !turn_running(about))
        add_list(l, ui, keys_of_turn(about), room - kept);
    if (ui->focus == FOCUS_BROWSE)
        add_list(l, ui, browse, room - kept);
    if (tabbed)
        add_key(l, ui, ACT_TAB, room);
    add_key(l, ui, ui->focus == FOCUS_BROWSE ? ACT_COMPOSE : ACT_BROWSE,
            ui->focus == FOCUS_BROWSE ? room : room - 10);
    add_key(l, ui, ACT_HELP, room);
}

/* The verdict on the selected turn, and whether it is saved; where there is a message, or little room, only that. */
static int
verdict_text(const struct ui *ui, int cols, char *out, size_t cap, enum ink *ink)
{
    const struct turn *about = view_selected(ui->view);
    const char *words = about ? words_verdict(about) : NULL;
    out[0] = 0;
    if (!words)
        return 0;
    const char *state = about->verdict.saving ? "saving" : "saved";
    *ink = INK_WINNER;
    if (words_unsaved(ui->facts, about)) {
        state = words_unsaved(ui->facts, about);
        *ink = INK_WARNING;
    }
    bool whole = cols >= SHORT_BELOW_COLS && !ui->notice;
    if (whole && about->seq > 0)
        snprintf(out, cap, "%s: %s, turn %" PRId64, state, words, about->seq);
    else if (whole)
        snprintf(out, cap, "%s: %s", state, words);
    else
        snprintf(out, cap, "%s", state);
    return utf8_width(out, strlen(out)) + 1;
}

/* A paste that is not finished, and the key that ends the waiting, in place of the other keys. */
static bool
add_awaited_keys(struct line *l, const struct ui *ui)
{
    if (ui->waits == INPUT_WAITS_NOT)
        return false;
    bool rest = ui->waits == INPUT_WAITS_FOR_REST;
    add_gap(l);
    line_add_str(l, INK_WARNING,
                 rest ? "paste not finished: waiting for the rest"
                      : "the rest of the paste is left out");
    line_add_str(l, INK_WARNING, ui->glyphs->middle);
    line_add_str(l, INK_KEY, "Esc");
    line_add_str(l, INK_HINT, rest ? " gives it up" : " ends that");
    return true;
}

static void
add_page_hints(struct line *l, const struct ui *ui, int room)
{
    if (ui->page == ACT_KEYS) {
        add_hint(l, "Esc Esc", "close", room);
        return;
    }
    if (overlay_marked(&ui->overlay)) {
        add_hint(l, "Up Down", "choose", room);
        add_hint(l, "Enter", "open", room);
        add_hint(l, "Esc", ui->find[0] ? "all" : "close", room);
        add_hint(l, "a-z", "find", room);
        return;
    }
    if (ui->finding || ui->find[0]) {
        add_gap(l);
        line_add_str(l, INK_KEY, "/ ");
        line_add_raw(l, INK_TEXT, ui->find, strlen(ui->find), room - l->cols);
        if (ui->finding)
            line_add_str(l, INK_MARK, "_");
        add_hint(l, "Esc", "all rows", room);
        return;
    }
    char parts[16];
    snprintf(parts, sizeof parts, "1-%d", ui->overlay.part_count);
    if (add_hint(l, "q", "close", room) &&
        (ui->overlay.part_count < 2 || add_hint(l, parts, "parts", room)) &&
        add_hint(l, "/", "find", room) && add_hint(l, "Tab", "keys, messages", room))
        add_hint(l, "j k", "scroll", room);
}

void
status_line(struct line *l, const struct ui *ui)
{
    char verdict[64];
    enum ink verdict_ink = INK_WINNER;
    int cols = l->width;
    int right = verdict_text(ui, cols, verdict, sizeof verdict, &verdict_ink);
    int room = cols - right;
    if (cols > 20)
        line_add_str(l, INK_TEXT, " ");
    if (add_awaited_keys(l, ui))
        return;
    if (ui->focus == FOCUS_BROWSE && ui->page == ACT_NONE && !ui->facts->review.on)
        line_add_str(l, INK_TAB_ACTIVE, "browse");
    else if (editor_vi_mode(ui->editor) == 'c')
        line_add_str(l, INK_TAB_ACTIVE, "vi");
    if (ui->unsaved_shown && ui->layout.rule.rows == 0) {
        add_gap(l);
        add_unsaved(l, ui, room - l->cols);
    }
    if (ui->notice && notice_bytes(ui, cols)) {
        add_gap(l);
        line_add_raw(l, ui->notice_error ? INK_ERROR : INK_NOTICE, ui->notice,
                     notice_bytes(ui, cols), room - l->cols);
    }
    if (ui->page != ACT_NONE) {
        add_page_hints(l, ui, room);
    } else if (ui->menu.open && ui->menu.shown_count) {
        bool themes = ui->menu.about == ACT_THEME, asked = ui->asking == ASK_CHOICE;
        add_hint(l, "Up Down", themes ? "look" : "choose", room);
        bool copies = asked && ui->choice == ACT_COPY;
        add_hint(l, themes || asked ? "Enter" : "Tab",
                 themes   ? "keep"
                 : copies ? "copy"
                          : "take",
                 room);
        add_hint(l, "Esc", themes ? "take back" : asked ? "back" : "close", room);
    } else if (ui->asking != ASK_MESSAGE) {
        add_hint(l, "Esc", "back", room);
    } else if (!add_judging_keys(l, ui, room) && !ui->facts->review.on) {
        add_keys(l, ui, room);
    }
    if (ui->facts->review.on && ui->page == ACT_NONE && ui->asking == ASK_MESSAGE)
        ui_review_hints(ui, add_hint, l, room);
    if (right)
        line_right(l, verdict_ink, verdict, 1);
}
