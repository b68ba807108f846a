/* What a server can keep of the prompts of a long session: each request is compared with those before it, as a server
 * does that keeps marked prefixes (Claude) or the last prompt (llama-server, vLLM). */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/terms.h"
#include "contract.h"
#include "report.h"
#include "table.h"

enum { TURNS = 40, FIRST_JUDGED = 3, LOOK_BACK_BLOCKS = 20, MAX_BLOCKS = 400 };

/* One prompt as blocks of text: where each ends, the hash of all up to there, and whether it is marked. A server keeps
 * prompts apart by model. */
struct prompt_blocks {
    uint64_t model;
    bool answer; /* no context and no analysis: these have other prompts */
    size_t messages, count, end[MAX_BLOCKS];
    uint64_t hash[MAX_BLOCKS];
    bool marked[MAX_BLOCKS];
};

static void
add_block(struct prompt_blocks *p, const char *text, bool marked)
{
    size_t i = p->count++;
    assert_true(i < MAX_BLOCKS);
    p->end[i] = (i ? p->end[i - 1] : 0) + strlen(text);
    p->hash[i] = hash_bytes(text, strlen(text), i ? p->hash[i - 1] : 0);
    p->marked[i] = marked;
}

/* How each of the system prompts begins. */
static bool
for_an_answer(const char *system)
{
    return strncmp(system, "Rule 0 of the house", 19) == 0 ||
           strncmp(system, "You answer for a company in Bali", 32) == 0;
}

/* A string, or an array of text blocks. */
static void
add_content(struct prompt_blocks *p, const struct json *content)
{
    if (json_str(content))
        add_block(p, json_str(content), false);
    if (json_is_array(content))
        for (const struct json *b = json_first(content); b; b = json_next(b))
            add_block(p, json_get_str(b, "text"), json_get(b, "cache_control") != NULL);
}

static void
read_prompt(struct prompt_blocks *p, struct standin *server, size_t request)
{
    struct standin_request *q = standin_request(server, request);
    struct json *root = json_parse(q->body, strlen(q->body), NULL);
    const struct json *system = json_get(root, "system"), *messages = json_get(root, "messages");
    const struct json *first = system ? json_first(system) : json_first(messages);
    const char *model = json_get_str(root, "model");
    *p = (struct prompt_blocks){
        .messages = json_count(messages),
        .model = hash_bytes(model, strlen(model), 0),
        .answer = for_an_answer(json_get_str(first, system ? "text" : "content"))};
    add_content(p, system);
    for (const struct json *m = json_first(messages); m; m = json_next(m))
        add_content(p, json_get(m, "content"));
    json_free(root);
    standin_request_free(&q);
}

/* Bytes of the prompt that Claude's server has kept: it looks back from each mark to prefixes that were marked before. */
static size_t
kept_by_marks(const struct prompt_blocks *now, const struct prompt_blocks *before, size_t n)
{
    size_t kept = 0;
    for (size_t mark = 0; mark < now->count; mark++)
        for (size_t i = mark + 1; now->marked[mark] && i-- > 0 && mark - i < LOOK_BACK_BLOCKS;)
            for (size_t r = 0; r < n; r++)
                for (size_t k = 0; k < before[r].count && before[r].model == now->model; k++)
                    if (before[r].marked[k] && before[r].hash[k] == now->hash[i] &&
                        now->end[i] > kept)
                        kept = now->end[i];
    return kept;
}

/* Bytes at the front that are those of the prompt before. */
static size_t
kept_in_slot(const struct prompt_blocks *now, const struct prompt_blocks *before, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; n > 0 && i < now->count && i < before[n - 1].count &&
                       now->hash[i] == before[n - 1].hash[i];
         i++)
        kept = now->end[i];
    return kept;
}

typedef size_t (*kept_fn)(const struct prompt_blocks *now, const struct prompt_blocks *before,
                          size_t n);

/* At least this share of all prompts for answers; 0: there are none. An unseen answer may be given up for the next: what
 * follows such a gap is not judged. */
static void
expect_kept(struct standin *server, const char *what, kept_fn kept, double least)
{
    struct prompt_blocks *p = xcalloc(TURNS, sizeof *p);
    size_t count = standin_count(server), asked = 0;
    double read = 0, all = 0;
    for (size_t i = 0; i < count && asked < TURNS; i++) {
        read_prompt(&p[asked], server, i);
        if (!p[asked].answer)
            continue;
        if (asked >= FIRST_JUDGED - 1 && p[asked].messages == p[asked - 1].messages + 2) {
            read += (double)kept(&p[asked], p, asked);
            all += (double)p[asked].end[p[asked].count - 1];
        }
        asked++;
    }
    assert_true(least > 0 ? asked >= TURNS / 2 : asked == 0);
    if (read < least * all)
        fail_msg("%s: %.0f of %.0f bytes were kept (%.3f)", what, read, all, read / all);
    free(p);
}

static char *
long_system(void)
{
    struct buf text;
    buf_init(&text, 1 << 16);
    buf_append_str(&text, "system: \"");
    for (int i = 0; i < 120; i++)
        buf_printf(&text, "Rule %d of the house: answer briefly, kindly and with the facts. ", i);
    buf_append_str(&text, "\"");
    return buf_take(&text);
}

/* Messages whose category changes from each to the next, so that style, length and context do too; or, rarely, from the
 * one that the fast model answers to one for the deep model. */
static char *
changing_messages(bool rarely)
{
    static const char *const said[] = {"halo, apa kabar", "aku malu bertanya tentang visa",
                                       "berapa pajak PT PMA", "kenapa orang Bali pakai canang"};
    struct buf script;
    buf_init(&script, 1 << 16);
    for (int i = 0; i < TURNS; i++) {
        int k = rarely ? (i % 18 == 17 ? 3 : 2) : i % (int)ARRAY_LEN(said);
        buf_printf(&script, "%s, nomor %d\n", said[k], i);
    }
    return buf_take(&script);
}

/* As long as the styles ask for: four sentences. */
static const char answer_rule[] =
    "text=Tidak perlu malu, Kak, banyak orang yang bertanya hal yang sama dan semuanya terbantu. "
    "Visa dan izin tinggal di Bali memang punya beberapa langkah, tetapi satu per satu bisa kita "
    "lalui bersama. Ceritakan dulu Kakak berasal dari mana dan berapa lama rencana tinggal di "
    "sini, supaya tim kami bisa memeriksa pilihan yang cocok. Setelah itu kami kirimkan daftar "
    "dokumen yang perlu disiapkan, tanpa terburu-buru.";
/* Short sentences, as the prompt for a context asks for. */
static const char note_rule[] =
    "match=\"Catatan untuk rekan\" text=Pelanggan merasa malu dan takut dianggap tidak tahu. "
    "Sambut "
    "dulu pertanyaannya dengan hangat, lalu jawab. Hindari nada menggurui.";

struct cached_session {
    const char *mode;
    bool llama_everywhere;     /* every category has reached 100 % */
    bool rarely;               /* the deep model is asked in one turn of 18 */
    double least[BRAIN_COUNT]; /* 0: not asked */
    bool unseen;               /* LLAMA answers in the shadow */
};

static void
run_session(void **state, const struct cached_session *s, const char *claude, const char *llama)
{
    static const char *const categories[] = {"greeting",        "emotional",        "cultural",
                                             "business_simple", "business_complex", "general"};
    struct cli_result r;
    char *script = changing_messages(s->rarely);
    char what[80];
    table_clear(state);
    table_set(state);
    struct table *t = *state;
    place_config(t->place, standin_url(t->claude, ""), claude, standin_url(t->llama, "/v1"), llama,
                 NULL);
    /* LLAMA's unseen answer has ended by then: one that is given up for the next message is missing from the sample. */
    char *claude_rule = xasprintf("first=%d %s", s->unseen ? 40 : 0, answer_rule);
    standin_rule(t->claude, claude_rule);
    free(claude_rule);
    standin_rule(t->llama, note_rule);
    standin_rule(t->llama, answer_rule);
    for (size_t i = 0; s->llama_everywhere && i < ARRAY_LEN(categories); i++) {
        cli_run(&r, t->place, ARGS("route", "set", categories[i], "100"), NULL);
        expect_exit(&r, 0);
        cli_finish(&r);
    }
    cli_run(&r, t->place, ARGS("--linear", "-m", s->mode), script);
    expect_exit(&r, 0);
    cli_finish(&r);
    snprintf(what, sizeof what, "%s%s, Claude", s->mode, s->llama_everywhere ? " at 100 %" : "");
    expect_kept(t->claude, what, kept_by_marks, s->least[BRAIN_CLAUDE]);
    snprintf(what, sizeof what, "%s%s, LLAMA", s->mode, s->llama_everywhere ? " at 100 %" : "");
    expect_kept(t->llama, what, kept_in_slot, s->least[BRAIN_LLAMA]);
    free(script);
}

/* In route and full the turns are shared by two models of Claude, each with a cache of its own. */
static const struct cached_session sessions[] = {
    {"parallel", false, false, {.9, .9}}, {"shadow", false, false, {.9, .9}, true},
    {"context", false, false, {.9, 0}},   {"route", false, false, {.9, 0}},
    {"route", false, true, {.9, 0}},      {"route", true, false, {0, .9}},
    {"jiwa", false, false, {.9, 0}},      {"full", false, false, {.9, .9}, true},
    {"full", true, false, {.9, .9}},
};

static void
most_of_each_prompt_is_read_from_the_servers_cache_in_every_mode(void **state)
{
    char *system = long_system();
    for (size_t i = 0; i < ARRAY_LEN(sessions); i++)
        run_session(state, &sessions[i], system, system);
    free(system);
}

/* The shipped prompts, whose styles differ by category. */
static void
so_it_is_with_the_shipped_prompts_while_the_style_changes(void **state)
{
    static const char models[] =
        "models: {fast: {id: claude-haiku-5-5}, deep: {id: claude-sonnet-5-5}}\n";
    for (size_t i = 0; i < ARRAY_LEN(sessions); i++)
        run_session(state, &sessions[i], models, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(most_of_each_prompt_is_read_from_the_servers_cache_in_every_mode),
        AT_A_TABLE(so_it_is_with_the_shipped_prompts_while_the_style_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
