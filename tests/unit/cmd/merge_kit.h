/* For tests whose evidence comes by `sessions merge`. Their main says:
 * if (cmd_asked(argc, argv)) return merge_kit_main(argc, argv, &command_NAME); */
#ifndef BERDUA_TESTS_MERGE_KIT_H
#define BERDUA_TESTS_MERGE_KIT_H

#include "cmd_kit.h"

#include "berdua/base/err.h"
#include "berdua/base/path.h"

static inline void
put_file(const struct kit *k, const char *name, const char *text)
{
    char *path = xasprintf("%s/%s", k->folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
    free(path);
}

/* Runs the command with FOLDER/ before the file's name. */
static inline int
run_on(const struct kit *k, const char *command, const char *file, struct buf *out)
{
    char *arguments = xasprintf("%s %s/%s", command, k->folder, file);
    int code = run(k, arguments, out);
    free(arguments);
    return code;
}

static inline void
assert_said(const struct kit *k, const char *part)
{
    char *path = xasprintf("%s/stderr", k->folder);
    struct buf text;
    struct err err = {""};
    buf_init(&text, 1 << 20);
    assert_true(path_read(path, &text, &err));
    if (!strstr(text.p, part))
        fail_msg("\"%s\" does not hold \"%s\"", text.p, part);
    buf_finish(&text);
    free(path);
}

static inline void
merge(const struct kit *k, const char *text, const char *said)
{
    struct buf out;
    put_file(k, "in", text);
    assert_int_equal(run_on(k, "sessions merge", "in", &out), EXIT_DONE);
    assert_said(k, said);
    buf_finish(&out);
}

#define ANSWERS                                                                                    \
    "\"answers\":{\"claude\":{\"text\":\"Tidak apa-apa\",\"ttft_ms\":301.5,\"cost_usd\":0.25},"    \
    "\"llama\":{\"text\":\"Jangan \\ud83d\\ude00 sungkan\",\"status\":\"complete\"}}"

/* A record as text, from few words. `more` stands first, and what stands first holds. */
static inline void
add_record(struct buf *out, const char *id, const char *session, int turn, double ts,
           const char *more)
{
    buf_printf(out,
               "{%s\"id\":\"%s\",\"ts\":%.6f,\"session\":\"%s\",\"turn\":%d,\"user\":\"mario\","
               "\"rater\":\"wayan\",\"message\":\"Kak, %d\",\"history\":[{\"role\":\"user\","
               "\"content\":\"a\"}],\"category\":\"emotional\",\"language\":\"id\","
               "\"mode\":\"parallel\",\"left\":\"llama\",\"winner\":\"llama\"," ANSWERS "}\n",
               more, id, ts, session, turn, turn);
}

static inline int
merge_kit_main(int argc, char **argv, const struct command *tested)
{
    struct globals g = {.db = argv[2]};
    bool sessions = strcmp(argv[3], "sessions") == 0;
    return cmd_execute(sessions ? &command_sessions : tested, &g, argc - 3, argv + 3);
}

#endif
