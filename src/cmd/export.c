/* berdua export: the evidence for trainers, leaderboards and colleagues. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/when.h"
#include "berdua/export/export.h"
#include "cmd.h"
#include "out.h"

enum {
    OPT_FORMAT,
    OPT_OUTPUT,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_CATEGORY,
    OPT_LANGUAGE,
    OPT_INCLUDE,
    OPT_PLAIN_USERS
};
static const struct cmd_option options[] = {
    [OPT_FORMAT] = {"format", "native"},
    [OPT_OUTPUT] = {"output", "FILE", 'o'},
    [OPT_SINCE] = {"since", "TIME"},
    [OPT_UNTIL] = {"until", "TIME"},
    [OPT_CATEGORY] = {"category", "CATEGORY"},
    [OPT_LANGUAGE] = {"language", "id|en|it"},
    [OPT_INCLUDE] = {.name = "include", .value = "FLAG", .repeats = true},
    [OPT_PLAIN_USERS] = {.name = "plain-users"},
};

static int
read_time(const struct cmd_args *a, int option, int64_t *out)
{
    const char *text = a->values[option];
    if (!text || when_parse(text, clock_wall_us(), out))
        return 0;
    return cmd_usage("export",
                     "--%s \"%s\" is no time: 2026-01-31, 2026-01-31T12:00:00+08:00, yesterday",
                     options[option].name, text);
}

static int
read_word(const struct cmd_args *a, int option, int (*parse)(const char *), int *out)
{
    *out = a->values[option] ? parse(a->values[option]) : -1;
    if (!a->values[option] || *out >= 0)
        return 0;
    return cmd_usage("export", "--%s does not know \"%s\"", options[option].name,
                     a->values[option]);
}

static int
read_flags(const struct cmd_args *a, unsigned *out)
{
    for (const char *p = a->values[OPT_INCLUDE]; p && *p;) {
        size_t n = strcspn(p, ",");
        int f = 0;
        while (f < FLAG_COUNT && (strncmp(verdict_flag_name((enum verdict_flag)f), p, n) != 0 ||
                                  verdict_flag_name((enum verdict_flag)f)[n]))
            f++;
        if (f == FLAG_COUNT)
            return cmd_usage("export", "--include does not know \"%.*s\"", (int)n, p);
        *out |= 1u << f;
        p += n + (p[n] == ',');
    }
    return 0;
}

static int
read_choice(const struct cmd_args *a, struct export_choice *c)
{
    *c = (struct export_choice){.since_us = INT64_MIN,
                                .until_us = INT64_MAX,
                                .plain_users = a->values[OPT_PLAIN_USERS] != NULL};
    const char *format = a->values[OPT_FORMAT];
    int code = !format ? cmd_usage("export", "--format is missing: native") : 0;
    if (format && strcmp(format, "native") != 0)
        code = cmd_usage("export", "no format \"%s\"; there is: native", format);
    code = code ? code : read_time(a, OPT_SINCE, &c->since_us);
    code = code ? code : read_time(a, OPT_UNTIL, &c->until_us);
    code = code ? code : read_word(a, OPT_CATEGORY, category_parse, &c->category);
    code = code ? code : read_word(a, OPT_LANGUAGE, language_parse, &c->language);
    return code ? code : read_flags(a, &c->include);
}

static int
check_export(const struct cmd_args *a)
{
    struct export_choice c;
    return read_choice(a, &c);
}

static bool
write_line(void *arg, const char *line, size_t n, struct err *err)
{
    return fwrite(line, 1, n, arg) == n ||
           err_set(err, "the export cannot be written: %s", strerror(errno));
}

/* Beside the file, so that nobody ever reads half of one. */
static FILE *
open_beside(const char *file, char **beside, struct err *err)
{
    *beside = xasprintf("%s.XXXXXX", file);
    int fd = mkstemp(*beside);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f)
        err_set(err, "%s: %s", file, strerror(errno));
    return f;
}

static bool
put_in_place(FILE *f, bool ok, const char *beside, const char *file, struct err *err)
{
    if (ok && (fflush(f) != 0 || fsync(fileno(f)) != 0 || rename(beside, file) != 0))
        ok = err_set(err, "%s: %s", file, strerror(errno));
    fclose(f);
    if (ok)
        path_sync_folder(file);
    else
        unlink(beside);
    return ok;
}

static void
say_summary(const struct export_summary *s)
{
    out_say("berdua: %lld %s exported", (long long)s->written,
            s->written == 1 ? "verdict" : "verdicts");
    if (s->left_out)
        out_say(", %lld left out:", (long long)s->left_out);
    const char *between = " ";
    for (int f = 0; f < FLAG_COUNT; f++) {
        if (!s->flagged[f])
            continue;
        out_say("%s%s %lld", between, verdict_flag_name((enum verdict_flag)f),
                (long long)s->flagged[f]);
        between = ", ";
    }
    out_say(s->left_out ? " (--include FLAG takes them in)\n" : "\n");
}

static int
work_export(const struct cmd_args *a, struct err *err)
{
    struct export_choice choice;
    struct export_summary summary = {0};
    char *beside = NULL;
    const char *file = a->values[OPT_OUTPUT];
    if (read_choice(a, &choice))
        return EXIT_USAGE;
    FILE *f = file ? open_beside(file, &beside, err) : stdout;
    bool ok = f && export_native(a->store, &choice, write_line, f, &summary, err);
    if (f && file)
        ok = put_in_place(f, ok, beside, file, err);
    else if (ok && fflush(f) != 0)
        ok = err_set(err, "the export cannot be written: %s", strerror(errno));
    free(beside);
    if (ok && !a->globals->quiet)
        say_summary(&summary);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_export = {
    .name = "export",
    CMD_TABLE(option, options),
    .help = "verdicts with their answers, for others to load",
    .check = check_export,
    .work = work_export,
    .stored = true,
};
