/* berdua memory edit: opens a person's profile in the operator's editor. */
#include "memory_edit.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/path.h"
#include "berdua/conf/config.h"
#include "berdua/session/analysis.h"
#include "berdua/jiwa/profile.h"
#include "berdua/store/memory_store.h"
#include "berdua/ui/external.h"
#include "cmd/out.h"

enum { MAX_TEXT_BYTES = 1 << 20 };

static bool
load_profile(struct store *m, const struct config *config, const char *user, struct jiwa *out,
             struct err *err)
{
    struct memory_look look;
    *out = (struct jiwa){0};
    if (!memory_store_look(m, user, analysis_cutoff_us(config, clock_wall_us()), &look, err))
        return false;
    bool ok = jiwa_parse(out, look.profile, err);
    free(look.profile);
    return ok;
}

static bool
save(struct store *m, const struct config *config, const char *user, const struct jiwa *before,
     struct jiwa *edited, struct err *err)
{
    struct jiwa now = {0};
    bool ok = false;
    if (!store_begin(m, err))
        return false;
    if (load_profile(m, config, user, &now, err)) {
        jiwa_edit_keep(edited, before, &now);
        char *text = jiwa_print(edited);
        ok = memory_store_put_profile(m, user, text, clock_wall_us(), err) && store_commit(m, err);
        free(text);
    }
    if (!ok)
        store_rollback(m);
    jiwa_finish(&now);
    return ok;
}

/* The first letter of the answer, in lower case; an empty line is `usual`, and 0 is nobody there to answer. */
static int
ask_operator(const char *question, int usual)
{
    char line[64] = "";
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return 0;
    out_say("%s ", question);
    if (!fgets(line, sizeof line, stdin))
        return 0;
    return line[0] == '\n' ? usual : tolower((unsigned char)line[0]);
}

static size_t
count_items(const struct jiwa *profile)
{
    size_t n = 0;
    for (int f = 0; f < JIWA_FIELD_COUNT; f++)
        for (size_t i = 0; i < profile->fields[f].count; i++)
            n += !profile->fields[f].v[i].removed;
    return n;
}

/* An editor that failed to write leaves an empty file, so that alone deletes nothing. */
static bool
confirm_emptied(const struct jiwa *before, const struct jiwa *edited, const char *user,
                struct err *err)
{
    char question[80];
    size_t n = count_items(before);
    if (n == 0 || count_items(edited) > 0)
        return true;
    snprintf(question, sizeof question, "No item is left. Delete all %zu? [y/N]", n);
    return ask_operator(question, 'n') == 'y' ||
           err_set(err,
                   "no item is left in the text, and nobody said that all %zu shall be deleted; "
                   "nothing was saved (berdua memory forget %s deletes everything)",
                   n, user);
}

/* Opens the editor until the text can be read; false: the operator gave up; err has the reason. */
static bool
edit_until_good(struct buf *text, const struct jiwa *before, struct jiwa *edited, struct err *err)
{
    struct buf back;
    buf_init(&back, MAX_TEXT_BYTES);
    for (bool again = false;; again = true) {
        buf_clear(&back);
        if (!external_edit(text->p, &back, err)) {
            if (again) /* the round before */
                external_keep(text->p, text->len, err);
            break;
        }
        buf_clear(text);
        buf_append(text, back.p, back.len);
        if (jiwa_edit_read(text->p, before, clock_wall_us(), edited, err)) {
            buf_finish(&back);
            return true;
        }
        out_say("berdua: %s\n", err->text);
        int answer = ask_operator("Edit again? [Y/n]", 'y');
        if (answer == 0 || answer == 'n') {
            external_keep(text->p, text->len, err);
            break;
        }
        err->text[0] = 0;
    }
    buf_finish(&back);
    return false;
}

static bool
same_profile(const struct jiwa *a, const struct jiwa *b)
{
    char *x = jiwa_print(a), *y = jiwa_print(b);
    bool is = strcmp(x, y) == 0;
    free(x);
    free(y);
    return is;
}

bool
memory_edit(struct store *m, const struct config *config, const char *user, bool quiet,
            struct err *err)
{
    struct jiwa before = {0}, edited = {0};
    struct buf text;
    bool ok = false, changed = false;
    buf_init(&text, MAX_TEXT_BYTES);
    /* What cannot be saved is refused before the editor opens, not after. */
    if (!store_begin(m, err))
        goto out;
    store_rollback(m);
    if (!load_profile(m, config, user, &before, err))
        goto out;
    jiwa_edit_text(&before, user, &text);
    if (!edit_until_good(&text, &before, &edited, err))
        goto out;
    if (!confirm_emptied(&before, &edited, user, err))
        goto out;
    changed = !same_profile(&before, &edited);
    ok = !changed || save(m, config, user, &before, &edited, err);
    if (!ok)
        external_keep(text.p, text.len, err);
    else if (!quiet)
        out_say(changed ? "berdua: saved\n" : "berdua: nothing was changed\n");
out:
    buf_finish(&text);
    jiwa_finish(&before);
    jiwa_finish(&edited);
    return ok;
}
