/* berdua knowledge: what the brains can be told about manners and customs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/terms.h"
#include "berdua/conf/secret.h"
#include "berdua/knowledge/knowledge.h"
#include "cmd.h"
#include "out.h"
#include "values.h"

enum { MAX_INPUT_BYTES = 64 << 10, LIMIT_MOST = 999 };

enum { VERB_LIST, VERB_SEARCH, VERB_ADD, VERB_IMPORT, VERB_SYNC };
enum { OPT_JSON, OPT_LANGUAGE, OPT_LIMIT, OPT_ID, OPT_TOPIC, OPT_TAGS, OPT_TONE, OPT_LANGUAGES };

static const struct cmd_verb verbs[] = {
    [VERB_LIST] = {"list", .help = "all insights"},
    [VERB_SEARCH] = {"search", "TEXT", 1, 1, .help = "those that fit a text"},
    [VERB_ADD] = {"add", "TEXT|-", 0, 1, .help = "an insight of your own"},
    [VERB_IMPORT] = {"import", "FILE", 1, 1, .help = "insights from JSON lines or a list"},
    [VERB_SYNC] = {"sync", .help = "into Chroma, where one is configured"}};
static const struct cmd_option options[] = {
    [OPT_JSON] = {"json", .help = "one JSON document"},
    [OPT_LANGUAGE] = {"language", "id|en|it", .help = "search: only texts in this language"},
    [OPT_LIMIT] = {"limit", "N", .help = "search: so many at most"},
    [OPT_ID] = {"id", "ID", .help = "add: the id of the text"},
    [OPT_TOPIC] = {"topic", "TOPIC", .help = "add: what the text is about"},
    [OPT_TAGS] = {"tags", "A,B", .help = "add: words of messages that the text fits"},
    [OPT_TONE] = {"tone", "TONE", .help = "add: the tone in which it is to be said"},
    [OPT_LANGUAGES] = {"languages", "id,en,it",
                       .help = "add: the languages of the conversations that it is for"}};

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
list_json(void *arg, struct insight *i)
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
list_line(void *arg, struct insight *i)
{
    (void)arg;
    out_print("%-22s %-8s %-8s ", i->id, i->languages, i->shipped ? "shipped" : "user");
    out_safe(i->topic, true, 0);
    putchar('\n');
    return !ferror(stdout);
}

static bool
list_insights(struct knowledge *k, const struct cmd_args *a, struct err *err)
{
    if (!a->values[OPT_JSON])
        return knowledge_list(k, list_line, NULL, err);
    struct json *doc = json_object(), *rows = json_array();
    bool ok = knowledge_list(k, list_json, rows, err);
    json_add(doc, "insights", rows);
    return out_json_if(ok, doc);
}

/* ---- search ---- */

static void
print_found(const struct insights *found)
{
    for (size_t i = 0; i < found->count; i++) {
        out_print("%s%.2f  %s  ", i ? "\n" : "", found->v[i].score, found->v[i].id);
        out_safe(found->v[i].topic, true, 0);
        fputs("\n", stdout);
        out_safe(found->v[i].text, false, 0);
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
}

static bool
search_insights(struct knowledge *k, const struct cmd_args *a, struct err *err)
{
    struct insights found;
    struct knowledge_query q = {
        .text = a->words[0],
        .text_len = strlen(a->words[0]),
        .language = a->values[OPT_LANGUAGE],
        .limit = a->values[OPT_LIMIT] ? strtoul(a->values[OPT_LIMIT], NULL, 10) : 0,
        .deadline_us = NEVER_US};
    if (!knowledge_search(k, &q, &found, err))
        return false;
    if (a->values[OPT_JSON])
        print_found_json(&found);
    else
        print_found(&found);
    if (found.why_not_chroma && !a->globals->quiet)
        out_say("berdua: %s; the built-in look-up answered\n", found.why_not_chroma);
    else if (found.embedding && !a->globals->quiet)
        out_say("berdua: from Chroma, embedding %s\n", found.embedding);
    if (found.count == 0 && !a->globals->quiet && !a->values[OPT_JSON])
        fputs("berdua: nothing fits\n", stderr);
    insights_finish(&found);
    return true;
}

/* ---- add, import, sync ---- */

/* The insight borrows its strings from the arguments. */
static bool
add_insight(struct knowledge *k, const struct cmd_args *a, struct err *err)
{
    char *id = NULL;
    struct buf text;
    buf_init(&text, MAX_INPUT_BYTES);
    bool ok = a->word_count && strcmp(a->words[0], "-") != 0
                  ? buf_append_str(&text, a->words[0]) || err_set(err, "the text is too long")
                  : stdin_read(&text, err);
    while (text.len && strchr("\r\n \t", text.p[text.len - 1]))
        buf_truncate(&text, text.len - 1);
    struct insight i = {.id = (char *)a->values[OPT_ID],
                        .topic = (char *)a->values[OPT_TOPIC],
                        .text = text.p,
                        .tags = (char *)a->values[OPT_TAGS],
                        .tone = (char *)a->values[OPT_TONE],
                        .languages = (char *)a->values[OPT_LANGUAGES]};
    ok = ok && knowledge_add(k, &i, &id, err);
    if (ok)
        out_print("%s\n", id);
    free(id);
    buf_finish(&text);
    return ok;
}

static void
complain_of_line(void *arg, const char *line)
{
    (void)arg;
    out_say("%s\n", line);
}

static bool
import_file(struct knowledge *k, const struct cmd_args *a, struct err *err)
{
    size_t taken;
    if (!knowledge_import(k, a->words[0], &taken, complain_of_line, NULL, err))
        return false;
    if (!a->globals->quiet)
        out_say("berdua: %zu taken\n", taken);
    return true;
}

static bool
synchronise(struct knowledge *k, const struct cmd_args *a, struct err *err)
{
    struct knowledge_synced done;
    if (!knowledge_sync(k, NULL, &done, err))
        return false;
    if (a->values[OPT_JSON]) {
        struct json *doc = json_object();
        json_add_int(doc, "pushed", (int64_t)done.pushed);
        json_add_int(doc, "removed", (int64_t)done.removed);
        json_add_str(doc, "embedding", done.embedding);
        out_json(stdout, doc);
    } else if (!a->globals->quiet) {
        out_print("%zu pushed, %zu removed, embedding %s\n", done.pushed, done.removed,
                  done.embedding);
    }
    return true;
}

/* ---- the command ---- */

static int
check_knowledge_args(const struct cmd_args *a)
{
    int64_t limit;
    int language;
    if (a->verb == VERB_ADD && !a->values[OPT_TOPIC])
        return cmd_usage("knowledge", "add needs --topic TOPIC");
    int code = value_number(&command_knowledge, a, OPT_LIMIT, 1, LIMIT_MOST, &limit);
    return code ? code : value_word(&command_knowledge, a, OPT_LANGUAGE, language_parse, &language);
}

static int
work_knowledge(const struct cmd_args *a, struct err *err)
{
    static bool (*const work[])(struct knowledge *, const struct cmd_args *,
                                struct err *) = {[VERB_LIST] = list_insights,
                                                 [VERB_SEARCH] = search_insights,
                                                 [VERB_ADD] = add_insight,
                                                 [VERB_IMPORT] = import_file,
                                                 [VERB_SYNC] = synchronise};
    struct keyring *keyring = keyring_create();
    struct knowledge *k = knowledge_open(a->config, keyring, NULL, err);
    bool ok = k && work[a->verb](k, a, err);
    knowledge_close(&k);
    keyring_destroy(&keyring);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_knowledge = {
    .name = "knowledge",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "what the brains can be told about manners and customs",
    .check = check_knowledge_args,
    .work = work_knowledge,
};
