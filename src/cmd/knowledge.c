/* berdua knowledge: what the brains can be told about manners and customs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/knowledge/knowledge.h"
#include "cmd.h"
#include "out.h"
#include "berdua/base/safe.h"

enum { MAX_INPUT_BYTES = 64 << 10 };

enum { VERB_LIST, VERB_SEARCH, VERB_ADD, VERB_IMPORT, VERB_SYNC };
enum { OPT_JSON, OPT_LANGUAGE, OPT_LIMIT, OPT_ID, OPT_TOPIC, OPT_TAGS, OPT_TONE, OPT_LANGUAGES };

static const struct cmd_verb verbs[] = {[VERB_LIST] = {"list"},
                                        [VERB_SEARCH] = {"search", "TEXT", 1, 1},
                                        [VERB_ADD] = {"add", "TEXT|-", 0, 1},
                                        [VERB_IMPORT] = {"import", "FILE", 1, 1},
                                        [VERB_SYNC] = {"sync"}};
static const struct cmd_option options[] = {[OPT_JSON] = {"json"},
                                            [OPT_LANGUAGE] = {"language", "id|en|it"},
                                            [OPT_LIMIT] = {"limit", "N"},
                                            [OPT_ID] = {"id", "ID"},
                                            [OPT_TOPIC] = {"topic", "TOPIC"},
                                            [OPT_TAGS] = {"tags", "A,B"},
                                            [OPT_TONE] = {"tone", "TONE"},
                                            [OPT_LANGUAGES] = {"languages", "id,en,it"}};

struct asked {
    const char *what; /* the text or the file */
    bool json;
    const char *language, *limit;
    const char *id, *topic, *tags, *tone, *languages;
};

/* Prints text without control characters. */
static void
print_text(const char *text, bool one_line)
{
    struct buf safe;
    buf_init(&safe, SIZE_MAX);
    safe_text(&safe, text, strlen(text), one_line);
    fwrite(safe.p, 1, safe.len, stdout);
    buf_finish(&safe);
}

/* ---- list ---- */

/* "a, b" → ["a", "b"] */
static struct json *
words_json(const char *list)
{
    struct json *array = json_array();
    for (const char *p = list ? list : ""; *p;) {
        p += strspn(p, ", ");
        size_t n = strcspn(p, ",");
        char *word = xstrndup(p, n);
        if (n)
            json_push_str(array, word);
        free(word);
        p += n;
    }
    return array;
}

static bool
list_json(void *arg, const struct insight *i)
{
    struct json *o = json_object();
    json_add_str(o, "id", i->id);
    json_add_str(o, "topic", i->topic);
    json_add_str(o, "text", i->text);
    json_add(o, "tags", words_json(i->tags));
    json_add_str(o, "tone", i->tone);
    json_add(o, "languages", words_json(i->languages));
    json_add_str(o, "origin", i->shipped ? "shipped" : "user");
    json_push(arg, o);
    return true;
}

static bool
list_line(void *arg, const struct insight *i)
{
    (void)arg;
    printf("%-22s %-8s %-8s ", i->id, i->languages, i->shipped ? "shipped" : "user");
    print_text(i->topic, true);
    putchar('\n');
    return !ferror(stdout);
}

static bool
list_insights(struct knowledge *k, const struct asked *a, struct err *err)
{
    if (!a->json)
        return knowledge_list(k, list_line, NULL, err);
    struct json *doc = json_object(), *rows = json_array();
    bool ok = knowledge_list(k, list_json, rows, err);
    json_add(doc, "insights", rows);
    if (ok)
        out_json(stdout, doc);
    json_free(doc);
    return ok;
}

/* ---- search ---- */

static void
print_found(const struct insights *found)
{
    for (size_t i = 0; i < found->count; i++) {
        printf("%s%.2f  %s  ", i ? "\n" : "", found->v[i].score, found->v[i].id);
        print_text(found->v[i].topic, true);
        fputs("\n", stdout);
        print_text(found->v[i].text, false);
        putchar('\n');
    }
}

static void
print_found_json(const struct insights *found)
{
    struct json *doc = json_object();
    json_add_str(doc, "source", found->source == KNOWLEDGE_CHROMA ? "chroma" : "built-in");
    json_add_str(doc, "embedding", found->embedding);
    json_add_str(doc, "why_not_chroma", found->why_not_chroma);
    json_add_num(doc, "ms", (double)found->took_us / US_PER_MS);
    json_add(doc, "insights", insights_to_json(found));
    out_json(stdout, doc);
    json_free(doc);
}

static bool
search_insights(struct knowledge *k, const struct asked *a, bool quiet, struct err *err)
{
    struct insights found;
    struct knowledge_query q = {.text = a->what,
                                .text_len = strlen(a->what),
                                .language = a->language,
                                .limit = a->limit ? strtoul(a->limit, NULL, 10) : 0,
                                .deadline_us = NEVER_US};
    if (!knowledge_search(k, &q, &found, err))
        return false;
    if (a->json)
        print_found_json(&found);
    else
        print_found(&found);
    if (found.why_not_chroma && !quiet)
        fprintf(stderr, "berdua: %s; the built-in look-up answered\n", found.why_not_chroma);
    else if (found.embedding && !quiet)
        fprintf(stderr, "berdua: from Chroma, embedding %s\n", found.embedding);
    if (found.count == 0 && !quiet && !a->json)
        fputs("berdua: nothing fits\n", stderr);
    insights_finish(&found);
    return true;
}

/* ---- add, import, sync ---- */

/* The insight borrows its strings from the arguments. */
static bool
add_insight(struct knowledge *k, const struct asked *a, struct err *err)
{
    char *id = NULL;
    struct buf text;
    buf_init(&text, MAX_INPUT_BYTES);
    bool ok = a->what && strcmp(a->what, "-") != 0
                  ? buf_append_str(&text, a->what) || err_set(err, "the text is too long")
                  : stdin_read(&text, err);
    while (text.len && strchr("\r\n \t", text.p[text.len - 1]))
        buf_truncate(&text, text.len - 1);
    struct insight i = {.id = (char *)a->id,
                        .topic = (char *)a->topic,
                        .text = text.p,
                        .tags = (char *)a->tags,
                        .tone = (char *)a->tone,
                        .languages = (char *)a->languages};
    ok = ok && knowledge_add(k, &i, &id, err);
    if (ok)
        printf("%s\n", id);
    free(id);
    buf_finish(&text);
    return ok;
}

static void
complain_of_line(void *arg, const char *line)
{
    (void)arg;
    fprintf(stderr, "%s\n", line);
}

static bool
import_file(struct knowledge *k, const struct asked *a, bool quiet, struct err *err)
{
    size_t taken;
    if (!knowledge_import(k, a->what, &taken, complain_of_line, NULL, err))
        return false;
    if (!quiet)
        fprintf(stderr, "berdua: %zu taken\n", taken);
    return true;
}

static bool
synchronise(struct knowledge *k, const struct asked *a, bool quiet, struct err *err)
{
    struct knowledge_synced done;
    if (!knowledge_sync(k, NULL, &done, err))
        return false;
    if (a->json) {
        struct json *doc = json_object();
        json_add_int(doc, "pushed", (int64_t)done.pushed);
        json_add_int(doc, "removed", (int64_t)done.removed);
        json_add_str(doc, "embedding", done.embedding);
        out_json(stdout, doc);
        json_free(doc);
    } else if (!quiet) {
        printf("%zu pushed, %zu removed, embedding %s\n", done.pushed, done.removed,
               done.embedding);
    }
    return true;
}

/* ---- the command ---- */

static int
check_knowledge_args(const struct asked *a, int verb)
{
    if (verb == VERB_ADD && !a->topic)
        return cmd_usage("knowledge", "add needs --topic TOPIC");
    if (a->limit && (strspn(a->limit, "0123456789") != strlen(a->limit) || strlen(a->limit) > 3 ||
                     strtol(a->limit, NULL, 10) < 1))
        return cmd_usage("knowledge", "--limit wants a number from 1 to 999");
    if (a->language && strcmp(a->language, "id") != 0 && strcmp(a->language, "en") != 0 &&
        strcmp(a->language, "it") != 0)
        return cmd_usage("knowledge", "--language is one of id, en, it");
    return 0;
}

static bool
run_verb(struct knowledge *k, int verb, const struct asked *a, bool quiet, struct err *err)
{
    switch (verb) {
    case VERB_LIST:
        return list_insights(k, a, err);
    case VERB_SEARCH:
        return search_insights(k, a, quiet, err);
    case VERB_ADD:
        return add_insight(k, a, err);
    case VERB_IMPORT:
        return import_file(k, a, quiet, err);
    default:
        return synchronise(k, a, quiet, err);
    }
}

static int
run_knowledge(const struct globals *g, const struct cmd_args *args)
{
    const char *const *v = args->values;
    struct asked asked = {.what = args->word_count ? args->words[0] : NULL,
                          .json = v[OPT_JSON] != NULL,
                          .language = v[OPT_LANGUAGE],
                          .limit = v[OPT_LIMIT],
                          .id = v[OPT_ID],
                          .topic = v[OPT_TOPIC],
                          .tags = v[OPT_TAGS],
                          .tone = v[OPT_TONE],
                          .languages = v[OPT_LANGUAGES]};
    int code = check_knowledge_args(&asked, args->verb);
    if (code)
        return code;
    struct err err = {{0}};
    struct conf *conf = cmd_open_conf(g);
    if (!conf)
        return EXIT_CONFIG;
    struct keyring *keyring = keyring_create();
    struct knowledge *k = knowledge_open(conf_get(conf), keyring, NULL, &err);
    bool ok = k && run_verb(k, args->verb, &asked, g->quiet, &err);
    knowledge_close(&k);
    keyring_destroy(&keyring);
    conf_destroy(&conf);
    if (!ok)
        fprintf(stderr, "berdua: %s\n", err.text);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_knowledge = {
    .name = "knowledge",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "what the brains can be told about manners and customs",
    .run = run_knowledge,
};
