/* berdua export: the evidence for trainers, leaderboards and colleagues. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/export/export.h"
#include "cmd.h"
#include "export_file.h"
#include "out.h"
#include "values.h"

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
    [OPT_FORMAT] = {"format",
                    "native|arena|arena-140k|arena-55k|trl|kto|openai-dpo|sharegpt|"
                    "llamafactory-kto|routellm|csv|markdown",
                    .help = "the form of the rows"},
    [OPT_OUTPUT] = {"output", "FILE", 'o', .help = "where they go, instead of standard output"},
    [OPT_SINCE] = {"since", "TIME", .help = "only verdicts since then"},
    [OPT_UNTIL] = {"until", "TIME", .help = "only verdicts before that"},
    [OPT_CATEGORY] = {"category", "CATEGORY", .help = "only of this category"},
    [OPT_LANGUAGE] = {"language", "id|en|it", .help = "only in this language"},
    [OPT_INCLUDE] = {.name = "include",
                     .value = "FLAG",
                     .repeats = true,
                     .help = "verdicts with this flag, too; may be repeated"},
    [OPT_PLAIN_USERS] = {.name = "plain-users", .help = "users by name, not hashed"},
};

/* A flag's word, or "dispute". */
static bool
add_included(struct export_choice *c, const char *word, size_t n)
{
    int f = 0;
    if (n == strlen("dispute") && strncmp(word, "dispute", n) == 0)
        return c->dispute = true;
    while (f < FLAG_COUNT && (strncmp(verdict_flag_name((enum verdict_flag)f), word, n) != 0 ||
                              verdict_flag_name((enum verdict_flag)f)[n]))
        f++;
    if (f < FLAG_COUNT)
        c->include |= 1u << f;
    return f < FLAG_COUNT;
}

static int
read_included(const struct cmd_args *a, struct export_choice *c)
{
    for (const char *p = a->values[OPT_INCLUDE]; p && *p;) {
        size_t n = strcspn(p, ",");
        if (!add_included(c, p, n))
            return cmd_usage("export", "--include does not know \"%.*s\"", (int)n, p);
        p += n + (p[n] == ',');
    }
    return 0;
}

static int
read_format(const struct cmd_args *a, const struct export_format **out)
{
    const char *name = a->values[OPT_FORMAT];
    const struct export_format *f;
    struct buf names;
    *out = name ? export_format_find(name) : NULL;
    if (*out)
        return 0;
    buf_init(&names, 1 << 12);
    for (size_t i = 0; (f = export_format_at(i)) != NULL; i++)
        buf_printf(&names, "\n  %-17s %-6s %s", export_format_name(f), export_format_extension(f),
                   export_format_about(f));
    int code = name ? cmd_usage("export", "no format \"%s\"; there are:%s", name, names.p)
                    : cmd_usage("export", "--format is missing; there are:%s", names.p);
    buf_finish(&names);
    return code;
}

static int
read_choice(const struct cmd_args *a, struct export_choice *c)
{
    *c = (struct export_choice){.since_us = INT64_MIN,
                                .until_us = INT64_MAX,
                                .category = -1,
                                .language = -1,
                                .plain_users = a->values[OPT_PLAIN_USERS] != NULL};
    int code = read_format(a, &c->format);
    const struct command *own = &command_export;
    code = code ? code : value_time(own, a, OPT_SINCE, &c->since_us);
    code = code ? code : value_time(own, a, OPT_UNTIL, &c->until_us);
    code = code ? code : value_word(own, a, OPT_CATEGORY, category_parse, &c->category);
    code = code ? code : value_word(own, a, OPT_LANGUAGE, language_parse, &c->language);
    return code ? code : read_included(a, c);
}

static int
check_export(const struct cmd_args *a)
{
    struct export_choice c;
    return read_choice(a, &c);
}

static int
work_export(const struct cmd_args *a, struct err *err)
{
    struct export_choice choice;
    struct export_summary summary;
    if (read_choice(a, &choice))
        return EXIT_USAGE;
    if (!export_to_file(a->store, &choice, a->values[OPT_OUTPUT], &summary, err))
        return EXIT_FAILED;
    char *text = export_summary_text(&choice, &summary);
    const char *reminder = export_reminder(&choice, &summary);
    if (!a->globals->quiet)
        out_say("berdua: %s\n", text);
    if (reminder)
        out_say("berdua: %s\n", reminder);
    free(text);
    return EXIT_DONE;
}

const struct command command_export = {
    .name = "export",
    CMD_TABLE(option, options),
    .help = "verdicts with their answers, for others to load",
    .check = check_export,
    .work = work_export,
    .stored = true,
};
