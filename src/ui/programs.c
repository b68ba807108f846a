/* Programs that are started for the operator: the editor, which has the terminal meanwhile, and the one that sets the
 * clipboard. */
#include "ui_private.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/loop.h"
#include "ui/term/clipboard.h"

/* ---- the editor ---- */

static void
take_edited(struct ui *ui)
{
    struct err err = {{0}};
    struct buf text;
    if (!ui->external || !external_ended(ui->external))
        return;
    buf_init(&text, INPUT_MAX_PASTE_BYTES);
    bool ok = external_finish(&ui->external, &text, &err);
    ui_resume(ui);
    if (ok)
        editor_set_text(ui->editor, text.p);
    else
        ui_notice(ui, true, "%s", err.text);
    buf_finish(&text);
}

/* ---- the clipboard ---- */

static void
copy_by_terminal(struct ui *ui, const char *before)
{
    struct copying *c = &ui->copying;
    struct err err = {{0}};
    const char *hint = clipboard_hint();
    if (term_copy(ui->term, c->text.p, c->text.len, &err))
        ui_notice(ui, false, "%ssent to the terminal: %s, %zu bytes%s%s", before, c->what,
                  c->text.len, hint ? "; " : "", hint ? hint : "");
    else
        ui_notice(ui, true, "%s%s", before, err.text);
}

/* The terminal gets the text in the place of a program that nobody asked for by name. */
static void
copy_failed(struct ui *ui, const char *why)
{
    const char *setting = ui->config->ui.clipboard;
    char *before = xasprintf("%s; ", why);
    if (!setting || strcmp(setting, "auto") == 0)
        copy_by_terminal(ui, before);
    else
        ui_notice(ui, true, "not copied: %s", why);
    free(before);
}

static void
take_copied(struct ui *ui)
{
    struct copying *c = &ui->copying;
    struct err err = {{0}};
    if (!c->program)
        return;
    if (!clipboard_ended(c->program, clock_us())) {
        loop_timer_arm(c->late, clipboard_deadline(c->program));
        return;
    }
    loop_timer_arm(c->late, NEVER_US);
    char by[32];
    snprintf(by, sizeof by, "%s", clipboard_name(c->program));
    if (clipboard_finish(&c->program, &err))
        ui_notice(ui, false, "copied with %s: %s, %zu bytes", by, c->what, c->text.len);
    else
        copy_failed(ui, err.text);
}

/* ---- they end ---- */

static void
child_changed(int signo, void *arg)
{
    (void)signo;
    take_edited(arg);
    take_copied(arg);
}

static bool
watch_children(struct ui *ui, struct err *err)
{
    if (!ui->child_watched)
        ui->child_watched = loop_add_signal(ui->loop, SIGCHLD, child_changed, ui, err);
    return ui->child_watched;
}

/* ---- they start ---- */

/* The editor gets the terminal; calls, timers and writes go on meanwhile. */
void
ui_edit_outside(struct ui *ui)
{
    struct err err = {{0}};
    if (!watch_children(ui, &err)) {
        ui_notice(ui, true, "%s", err.text);
        return;
    }
    ui_suspend(ui);
    ui->external = external_start(editor_text(ui->editor), &err);
    if (ui->external)
        return;
    ui_resume(ui);
    ui_notice(ui, true, "%s", err.text);
}

static void
copy_is_late(void *arg)
{
    take_copied(arg);
}

/* Before the newer text is copied, or the older one might come last. */
static void
end_older_copy(struct copying *c)
{
    if (!c->program)
        return;
    clipboard_ended(c->program, clipboard_deadline(c->program));
    clipboard_finish(&c->program, NULL);
}

void
ui_copy_text(struct ui *ui, const char *text, size_t n, const char *what)
{
    struct copying *c = &ui->copying;
    struct err err = {{0}};
    const char *command = clipboard_command(ui->config->ui.clipboard);
    end_older_copy(c);
    free(c->what);
    c->what = xstrdup(what);
    buf_finish(&c->text);
    buf_init(&c->text, SIZE_MAX);
    buf_append(&c->text, text, n);
    if (!command) {
        copy_by_terminal(ui, "");
        return;
    }
    if (!c->late)
        c->late = loop_timer_create(ui->loop, copy_is_late, ui);
    if (!watch_children(ui, &err) || !(c->program = clipboard_start(command, text, n, &err)))
        copy_failed(ui, err.text);
    else
        loop_timer_arm(c->late, clipboard_deadline(c->program));
}

void
ui_copying_finish(struct ui *ui)
{
    struct copying *c = &ui->copying;
    if (c->program)
        clipboard_finish(&c->program, NULL);
    loop_timer_destroy(&c->late);
    buf_finish(&c->text);
    free(c->what);
}
