/* What slash commands do without a screen: the same, in lines, or what to do in place of it. */
#include "linear_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/core/thread.h"
#include "berdua/ui/external.h"
#include "berdua/ui/search.h"
#include "berdua/ui/ui.h"
#include "cmd/doc/memory_view.h"
#include "cmd/out.h"
#include "session_command.h"
#include "session_facts.h"

enum { AROUND_BYTES = 40, OUTLINE_COLS = 70, TEXT_MAX_BYTES = 1 << 20 };

const char *
linear_instead(enum action action)
{
    static const char one_line[] = "a message is one line here; /editor writes a longer one";
    static const char no_scroll[] = "nothing scrolls here; /back and /forward print the turns";
    static const char no_focus[] =
        "every line is read at once here; /turn N prints a turn, /search TEXT finds one";
    static const char *const instead[ACT_COUNT] = {
        [ACT_NEWLINE] = one_line,
        [ACT_STASH] = "nothing is typed ahead here that could be put aside",
        [ACT_SUSPEND] = "the terminal's Ctrl-Z does that",
        [ACT_REDRAW] = "nothing is drawn here; /turn prints the last turn again",
        [ACT_BROWSE] = no_focus,
        [ACT_COMPOSE] = no_focus,
        [ACT_KEYS] = "no key has a meaning of its own here; /help lists the commands",
        [ACT_MESSAGES] = "what was said stands above",
        [ACT_STACK] = "answers are printed one below the other here",
        [ACT_RAW] = "answers are printed as they were written here",
        [ACT_FOLD] = "nothing is folded here; /outline prints the questions alone",
        [ACT_ZOOM] = "both answers are printed whole; /turn N prints them again",
        [ACT_THEME] = "colours are the terminal's own here",
        [ACT_PAGE_UP] = no_scroll,
        [ACT_PAGE_DOWN] = no_scroll,
        [ACT_HALF_UP] = no_scroll,
        [ACT_HALF_DOWN] = no_scroll,
        [ACT_LINE_UP] = no_scroll,
        [ACT_LINE_DOWN] = no_scroll,
        [ACT_COPY] = "the terminal copies here; /turn N prints the answers again",
        [ACT_TAB] = "there are no panes here; /panel prints the figures",
    };
    return instead[action];
}

/* ---- turns ---- */

const struct conversation *
linear_conversation(const struct linear *l)
{
    return engine_conversation(runner_engine(l->runner));
}

const struct turn *
linear_selected(const struct linear *l)
{
    const struct conversation *c = linear_conversation(l);
    const struct turn *t = l->selected[0] ? conversation_find(c, l->selected) : NULL;
    return t ? t : conversation_last(c);
}

static bool
show_turn(struct linear *l, const struct turn *t)
{
    memcpy(l->selected, t->id, sizeof l->selected);
    linear_print_turn(l, t);
    return true;
}

/* Until the next message commands are about the turn of that number; "": the last. */
static bool
select_number(struct linear *l, const char *number, struct err *err)
{
    const struct conversation *c = linear_conversation(l);
    char *end;
    long long n = strtoll(number, &end, 10);
    const struct turn *found = *number ? NULL : conversation_last(c);
    for (size_t i = 0; *number && !*end && i < c->count; i++)
        if (c->turns[i]->seq == n)
            found = c->turns[i];
    if (!found)
        return err_set(err, *number ? "there is no turn %s" : "there is no turn yet%s", number);
    return show_turn(l, found);
}

/* The questions, with the verdicts on their answers. */
static bool
print_outline(const struct linear *l, struct err *err)
{
    const struct conversation *c = linear_conversation(l);
    if (c->count == 0)
        return err_set(err, "there is no turn yet");
    for (size_t i = 0; i < c->count; i++) {
        const struct turn *t = c->turns[i];
        out_print("turn %lld: ", (long long)t->seq);
        out_safe(t->message, true, OUTLINE_COLS);
        if (t->verdict.kind != VERDICT_NONE)
            out_print("  (%s)", linear_pair_given(t));
        out_print("\n");
    }
    return true;
}

/* The turn so many places from the selected one, or the one at that end. */
static bool
select_by(struct linear *l, enum action action, struct err *err)
{
    const struct conversation *c = linear_conversation(l);
    size_t i = 0;
    if (c->count == 0)
        return err_set(err, "there is no turn yet");
    while (c->turns[i] != linear_selected(l))
        i++;
    if (action == ACT_TOP)
        i = 0;
    else if (action == ACT_BOTTOM)
        i = c->count - 1;
    else if (action == ACT_TURN_PREVIOUS && i > 0)
        i--;
    else if (action == ACT_TURN_NEXT && i + 1 < c->count)
        i++;
    else
        return err_set(err, "there is no turn %s this one%s",
                       action == ACT_TURN_NEXT ? "behind" : "before",
                       c->older && action == ACT_TURN_PREVIOUS ? "; /older reads more" : "");
    return show_turn(l, c->turns[i]);
}

static bool
load_older(struct linear *l, struct err *err)
{
    if (!linear_conversation(l)->older)
        return err_set(err, "there are no older turns");
    runner_load_older(l->runner);
    out_print("Older turns are read; /top prints the first.\n");
    return true;
}

/* ---- searching ---- */

struct match {
    const struct turn *turn;
    const char *part, *text; /* whose, and the whole of it */
    size_t n, at, len;
};

/* Adds the matches in a text to *count; that of number `want` goes to *out. */
static void
match_text(struct match here, const char *needle, size_t want, size_t *count, struct match *out)
{
    for (size_t from = 0;;) {
        here.at = search_text(here.text, here.n, from, needle, &here.len);
        if (here.at == SIZE_MAX)
            return;
        if ((*count)++ == want)
            *out = here;
        from = here.at + (here.len ? here.len : 1);
    }
}

static size_t
find_matches(const struct linear *l, size_t want, struct match *out)
{
    const struct conversation *c = linear_conversation(l);
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const struct turn *t = c->turns[i];
        struct match m = {.turn = t, .part = "message", .text = t->message};
        m.n = strlen(t->message);
        match_text(m, l->needle, want, &count, out);
        for (int side = 0; side < BRAIN_COUNT && !turn_veiled(t); side++) {
            enum brain_id b = turn_side(t, side);
            m.part = brain_title(b);
            m.text = t->answers[b].text.p;
            m.n = t->answers[b].text.len;
            if (t->asked[b] && m.n && !turn_hides(t, b))
                match_text(m, l->needle, want, &count, out);
        }
    }
    return count;
}

/* Bytes before and behind, whole characters. */
static void
print_around(const struct match *m)
{
    size_t from = m->at > AROUND_BYTES ? m->at - AROUND_BYTES : 0;
    size_t to = m->n - m->at - m->len > AROUND_BYTES ? m->at + m->len + AROUND_BYTES : m->n;
    while (from > 0 && ((unsigned char)m->text[from] & 0xC0) == 0x80)
        from--;
    while (to < m->n && ((unsigned char)m->text[to] & 0xC0) == 0x80)
        to++;
    char *part = xstrndup(m->text + from, to - from);
    out_print("%s", from ? "…" : "");
    out_safe(part, true, 0);
    out_print("%s\n", to < m->n ? "…" : "");
    free(part);
}

/* Backwards from the newest, as on the screen: the next match is older. */
static bool
show_match(struct linear *l, int by, struct err *err)
{
    struct match m = {.turn = NULL};
    if (!l->needle)
        return err_set(err, "nothing was searched yet: /search TEXT");
    size_t count = find_matches(l, SIZE_MAX, &m);
    if (count == 0)
        return err_set(err, "not found: %s", l->needle);
    l->found = (l->found + count + (size_t)by) % count;
    find_matches(l, count - 1 - l->found, &m);
    memcpy(l->selected, m.turn->id, sizeof l->selected);
    out_print("match %zu of %zu, turn %lld, %s: ", l->found + 1, count, (long long)m.turn->seq,
              m.part);
    print_around(&m);
    return true;
}

static bool
search(struct linear *l, const char *needle, struct err *err)
{
    if (!*needle)
        return err_set(err, "/search TEXT: find text in the conversation");
    free(l->needle);
    l->needle = xstrdup(needle);
    l->found = 0;
    return show_match(l, 0, err);
}

/* ---- figures ---- */

static void
print_figures(const struct answer *a)
{
    out_print("%s: %s", brain_title(a->brain), answer_status_name(a->status));
    if (a->times.ttft_us >= 0)
        out_print(", first token %.0f ms", (double)a->times.ttft_us / US_PER_MS);
    if (a->times.total_us >= 0)
        out_print(", total %.2f s", (double)a->times.total_us / US_PER_S);
    if (a->usage.input >= 0 && a->usage.output >= 0)
        out_print(", tokens %lld in, %lld out", (long long)a->usage.input,
                  (long long)a->usage.output);
    if (!isnan(a->cost_usd))
        out_print(", cost $%.5f", a->cost_usd);
    out_print("\n");
}

static bool
figures(const struct linear *l, struct err *err)
{
    const struct turn *t = linear_selected(l);
    struct ui_facts facts = {.user = NULL};
    if (!t)
        return err_set(err, "there is no turn yet");
    if (turn_veiled(t))
        return err_set(err, "hidden while a pair waits for your verdict");
    out_print("turn %lld, %s\n", (long long)t->seq, chat_mode_name(t->mode));
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b] && !turn_hides(t, (enum brain_id)b))
            print_figures(&t->answers[b]);
    session_facts(linear_conversation(l), &facts);
    out_print(
        "session: LLAMA better %lld, Claude better %lld, tie %lld, both bad %lld; cost %s$%.5f\n",
        (long long)facts.tally[VERDICT_LLAMA], (long long)facts.tally[VERDICT_CLAUDE],
        (long long)facts.tally[VERDICT_TIE], (long long)facts.tally[VERDICT_BOTH_BAD],
        facts.cost.session_gaps ? "at least " : "", facts.cost.session_usd);
    return true;
}

static bool
print_modes(const struct linear *l)
{
    enum chat_mode now = engine_settings(runner_engine(l->runner))->mode;
    for (int m = 0; m < MODE_COUNT; m++)
        out_print("%s%s: %s\n", chat_mode_name((enum chat_mode)m), m == (int)now ? " (now)" : "",
                  chat_mode_help((enum chat_mode)m));
    return true;
}

/* ---- writing ---- */

/* A longer message, in the operator's editor. */
static bool
write_outside(struct linear *l, const char *text, struct err *err)
{
    struct buf written;
    if (!l->prompt)
        return err_set(err, "an editor needs a terminal");
    buf_init(&written, TEXT_MAX_BYTES);
    bool ok = external_edit(text, &written, err);
    if (ok && written.p[strspn(written.p, " \t\n")])
        ok = runner_submit(l->runner, written.p, BRAINS_BOTH, err);
    buf_finish(&written);
    return ok;
}

/* The message again, changed: as the argument, or in the editor. */
static bool
edit_message(struct linear *l, struct err *err)
{
    const struct turn *t = linear_selected(l);
    return t ? write_outside(l, t->message, err) : err_set(err, "there is no message to edit");
}

/* ---- all of them ---- */

static bool
memory(struct linear *l, struct err *err)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    thread_forbid_waiting(false);
    bool ok = memory_lines(l->config, linear_conversation(l)->user, &text, err);
    thread_forbid_waiting(true);
    if (ok)
        out_text(stdout, text.p, text.len);
    buf_finish(&text);
    return ok;
}

/* What the session does itself; a shadow that is shown now is printed. */
static bool
perform(struct linear *l, enum action action, const char *argument, struct err *err)
{
    struct err said = {0};
    const struct turn *t = linear_selected(l);
    bool shadow = action == ACT_REVEAL && t && !turn_veiled(t) && !t->revealed;
    if (!session_perform(l->runner, action, t ? t->id : NULL, argument, &said, err))
        return false;
    if (said.text[0])
        out_print("%s\n", said.text);
    for (int b = 0; shadow && b < BRAIN_COUNT; b++)
        if (t->asked[b] && t->answers[b].role == ROLE_SHADOW && !turn_hides(t, (enum brain_id)b) &&
            t->answers[b].status != STATUS_RUNNING)
            linear_print_answer(&t->answers[b]);
    return true;
}

static bool
is_page(enum action a)
{
    return a >= ACT_HELP && a < ACT_HELP + PAGE_COUNT;
}

/* Commands that are not the session's and no page. *ok: how it went; false: the action is none of them. */
static bool
look(struct linear *l, enum action action, const char *argument, bool *ok, struct err *err)
{
    switch (action) {
    case ACT_TURN:
        *ok = select_number(l, argument, err);
        return true;
    case ACT_TURN_PREVIOUS:
    case ACT_TURN_NEXT:
    case ACT_TOP:
    case ACT_BOTTOM:
        *ok = select_by(l, action, err);
        return true;
    case ACT_OUTLINE:
        *ok = print_outline(l, err);
        return true;
    case ACT_SEARCH:
        *ok = search(l, argument, err);
        return true;
    case ACT_SEARCH_NEXT:
    case ACT_SEARCH_PREVIOUS:
        *ok = show_match(l, action == ACT_SEARCH_NEXT ? 1 : -1, err);
        return true;
    case ACT_PANEL:
        *ok = figures(l, err);
        return true;
    case ACT_MODE:
        *ok = !*argument && print_modes(l);
        return *ok;
    case ACT_EDITOR:
        *ok = write_outside(l, "", err);
        return true;
    case ACT_EDIT_RESEND:
        *ok = edit_message(l, err);
        return true;
    case ACT_OLDER:
        *ok = load_older(l, err);
        return true;
    default:
        return false;
    }
}

bool
linear_command(struct linear *l, enum action action, const char *argument, struct err *err)
{
    bool ok = false;
    bool shown = !*argument || strcmp(argument, "show") == 0;
    const char *instead = linear_instead(action);
    if (instead)
        return err_set(err, "/%s: %s", action_info(action)->command, instead);
    if (action == ACT_QUIT || action == ACT_QUIT_IF_EMPTY) {
        input_lines_close(&l->input);
        ok = true;
    } else if (action == ACT_CANCEL || action == ACT_CLEAR_OR_CANCEL) {
        const struct turn *t = conversation_last(linear_conversation(l));
        ok = t && turn_running(t) ? perform(l, ACT_CANCEL, argument, err)
                                  : err_set(err, "nothing is running");
    } else if (look(l, action, argument, &ok, err)) {
        /* done */
    } else if (action == ACT_MEMORY && shown) {
        ok = memory(l, err);
    } else if (is_page(action) && (shown || !session_action(action))) {
        ok = linear_page(l, action, strcmp(argument, "show") == 0 ? "" : argument, err);
    } else {
        ok = perform(l, action, argument, err);
    }
    fflush(stdout);
    return ok;
}
