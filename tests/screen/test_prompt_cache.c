/* What a server can keep of the prompts of a long session: each request is compared with those before it, as a server
 * does that keeps marked prefixes (Claude) or the last prompt (llama-server, vLLM). */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "contract.h"
#include "report.h"
#include "table.h"

enum { TURNS = 40, FIRST_JUDGED = 3, LOOK_BACK_BLOCKS = 20, MAX_BLOCKS = 400 };

/* One prompt as blocks of text: where each ends, the hash of all up to there, and whether it is marked. */
struct prompt_blocks {
    size_t count, end[MAX_BLOCKS];
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
    *p = (struct prompt_blocks){0};
    assert_non_null(root);
    add_content(p, json_get(root, "system"));
    const struct json *messages = json_get(root, "messages");
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
                for (size_t k = 0; k < before[r].count; k++)
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

static void
expect_kept(struct standin *server, const char *what, kept_fn kept)
{
    struct prompt_blocks *p = xcalloc(TURNS, sizeof *p);
    size_t count = standin_count(server), asked = 0;
    double read = 0, all = 0;
    for (size_t i = 0; i < count && asked < TURNS; i++) {
        read_prompt(&p[asked], server, i);
        if (p[asked].count < 2 || p[asked].end[0] < 4000)
            continue; /* a context or an analysis: another prompt */
        if (asked >= FIRST_JUDGED - 1) {
            read += (double)kept(&p[asked], p, asked);
            all += (double)p[asked].end[p[asked].count - 1];
        }
        asked++;
    }
    assert_true(asked >= 10);
    if (read < .9 * all)
        print_message("%s: %.0f of %.0f bytes were kept\n", what, read, all);
    assert_true(read >= .9 * all);
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

static void
most_of_each_prompt_is_read_from_the_servers_cache_in_every_mode(void **state)
{
    static const char *const modes[] = {"parallel", "shadow", "context", "route", "jiwa", "full"};
    static const char *const said[] = {"halo, apa kabar", "aku malu bertanya tentang visa",
                                       "berapa pajak PT PMA", "kenapa orang Bali pakai canang"};
    struct table *t = *state;
    char *system = long_system();
    for (size_t m = 0; m < ARRAY_LEN(modes); m++) {
        struct buf script;
        struct cli_result r;
        table_clear(state);
        table_set(state);
        t = *state;
        place_config(t->place, standin_url(t->claude, ""), system, standin_url(t->llama, "/v1"),
                     system, NULL);
        buf_init(&script, 1 << 16);
        for (int i = 0; i < TURNS; i++)
            buf_printf(&script, "%s, nomor %d\n", said[i % (int)ARRAY_LEN(said)], i);
        cli_run(&r, t->place, ARGS("--linear", "-m", modes[m]), script.p);
        expect_exit(&r, 0);
        expect_kept(t->claude, modes[m], kept_by_marks);
        if (strcmp(modes[m], "parallel") == 0)
            expect_kept(t->llama, "llama", kept_in_slot);
        cli_finish(&r);
        buf_finish(&script);
    }
    free(system);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(most_of_each_prompt_is_read_from_the_servers_cache_in_every_mode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
