/* The same answer in every habit of servers, for every decoder, with both line ends and in any chunking: the text, the
 * usage and the end must be the same. */
#include "unit/unit.h"

#include "decoding.h"

#include "berdua/base/json.h"

#define TEXT "Halo Kak, apa kabar \xF0\x9F\x98\x80?"

#define EV(json) "data: " json "\n\n"
#define C(delta, reason)                                                                           \
    EV("{\"choices\":[{\"index\":0,\"delta\":" delta ",\"finish_reason\":" reason "}]}")
#define SAY(text, reason) C("{\"content\":\"" text "\"}", reason)
#define THREE(reason)                                                                              \
    SAY("Halo ", reason) SAY("Kak, apa ", reason) SAY("kabar \xF0\x9F\x98\x80?", reason)
#define END           C("{}", "\"stop\"")
#define USED(in, out) EV("{\"choices\":[],\"usage\":{\"" in "\":9,\"" out "\":7}}")
#define USAGE         USED("prompt_tokens", "completion_tokens")
#define ZERO          EV("{\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}")
#define DONE          EV("[DONE]")
#define MESSAGE(text)                                                                              \
    EV("{\"choices\":[{\"message\":{\"content\":\"" text "\"},\"finish_reason\":null}]}")

struct habit {
    const char *name, *body;
    bool thinks;
};

static const struct habit openai[] = {
    {"ordinary", THREE("null") END USAGE DONE, false},
    {"a reason with every piece", THREE("\"stop\"") USAGE DONE, false},
    {"a reason on a thought",
     C("{\"reasoning_content\":\"hm\"}", "\"stop\"") THREE("null") USAGE DONE, true},
    {"no [DONE]", THREE("null") END USAGE, false},
    {"no reason", THREE("null") USAGE DONE, false},
    {"single line ends",
     "data: {\"choices\":[{\"delta\":{\"content\":\"Halo \"}}]}\n"
     "data: {\"choices\":[{\"delta\":{\"content\":\"Kak, apa kabar \xF0\x9F\x98\x80?\"},"
     "\"finish_reason\":\"stop\"}]}\n"
     "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":7}}\n"
     "data: [DONE]\n",
     false},
    {"lines of JSON",
     "{\"choices\":[{\"delta\":{\"content\":\"Halo \"}}]}\n"
     "{\"choices\":[{\"delta\":{\"content\":\"Kak, apa kabar \xF0\x9F\x98\x80?\"},"
     "\"finish_reason\":\"stop\"}]}\n"
     "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":7}}\n",
     false},
    {"one document",
     "{\"choices\":[{\"message\":{\"content\":\"" TEXT "\"},\"finish_reason\":\"stop\"}],"
     "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":7}}\n",
     false},
    {"the whole message each time",
     MESSAGE("Halo ") MESSAGE("Halo Kak, apa ") MESSAGE(TEXT) MESSAGE(TEXT) END USAGE DONE, false},
    {"the whole message at the end", THREE("null") MESSAGE(TEXT) END USAGE DONE, false},
    {"another message at the end", THREE("null") MESSAGE("Halo!") END USAGE DONE, false},
    {"messages in pieces",
     MESSAGE("Halo ") MESSAGE("Kak, apa ") MESSAGE("kabar \xF0\x9F\x98\x80?") END USAGE DONE,
     false},
    {"no error",
     EV("{\"error\":{},\"choices\":[{\"delta\":{\"content\":\"Halo \"}}]}") EV(
         "{\"error\":null,\"choices\":[{\"delta\":{\"content\":\"Kak, apa kabar "
         "\xF0\x9F\x98\x80?\"}}]}") EV("{\"error\":{\"code\":0,\"message\":\"\"},\"choices\":[]}")
         EV("{\"error\":false,\"choices\":[]}") "error: {}\n\n" EV(
             "{\"error\":{\"code\":\"0\",\"message\":\"success\"},\"choices\":[]}")
             END EV("{\"code\":\"200\",\"msg\":\"ok\"}") USAGE DONE,
     false},
    {"zeros after the usage", THREE("null") END USAGE ZERO DONE, false},
    {"zeros before the usage", ZERO THREE("null") ZERO END USAGE DONE, false},
    {"the usage twice", THREE("null") USAGE END USAGE DONE, false},
    {"usage as input and output", THREE("null") END USED("input_tokens", "output_tokens") DONE,
     false},
    {"usage as Ollama's", THREE("null") END USED("prompt_eval_count", "eval_count") DONE, false},
    {"usage as llama.cpp's", THREE("null") END USED("tokens_evaluated", "tokens_predicted") DONE,
     false},
    {"usage in another spelling, as text",
     THREE("null") END EV("{\"choices\":[],\"usageMetadata\":{\"promptTokenCount\":\"9\","
                          "\"candidatesTokenCount\":\"7\"}}") DONE,
     false},
    {"usage in an object of the server's own",
     THREE("null") END EV("{\"choices\":[],\"meta\":{\"billed_units\":{\"inputTokens\":9,"
                          "\"outputTokens\":7}},\"price\":{\"input\":1,\"output\":2}}") DONE,
     false},
    {"usage in a list, as a sum",
     THREE("null")
         END EV("{\"choices\":[],\"usage\":[{\"prompt_tokens\":9.0,\"total_tokens\":16}]}") DONE,
     false},
    {"usage beside the choices",
     THREE("null") END EV("{\"choices\":[],\"prompt_eval_count\":9,\"eval_count\":7}") DONE, false},
    {"usage as timings",
     THREE("null") END EV("{\"choices\":[],\"timings\":{\"prompt_n\":4,\"cache_n\":5,"
                          "\"predicted_n\":7}}") DONE,
     false},
    {"timings beside zeros",
     THREE("null") END ZERO EV("{\"choices\":[],\"timings\":{\"prompt_n\":9,\"predicted_n\":7}}")
         DONE,
     false},
    {"usage in the choice",
     THREE("null") EV("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"usage\":"
                      "{\"prompt_tokens\":9,\"completion_tokens\":7}}]}") DONE,
     false},
    {"a character in two events",
     SAY("Halo Kak, apa kabar \\ud83d", "null") SAY("\\ude00", "null") SAY("?", "null")
         END USAGE DONE,
     false},
    {"parts, null and nothing",
     C("{\"role\":\"assistant\",\"content\":null}", "null")
         C("{\"content\":[{\"type\":\"text\",\"text\":"
           "\"Halo \"},\"Kak, \"]}",
           "null") SAY("", "null") SAY("apa kabar \xF0\x9F\x98\x80?", "null") END USAGE DONE,
     false},
    {"the completions route",
     EV("{\"choices\":[{\"text\":\"Halo \",\"finish_reason\":null}]}")
         EV("{\"choices\":[{\"text\":\"Kak, apa kabar "
            "\xF0\x9F\x98\x80?\",\"finish_reason\":\"stop\"}]}") USAGE DONE,
     false},
    {"Ollama's generate",
     "{\"response\":\"Halo Kak, \",\"done\":false}\n{\"response\":\"apa kabar \xF0\x9F\x98\x80?\","
     "\"done\":false}\n{\"response\":\"\",\"done\":true,\"done_reason\":\"stop\","
     "\"prompt_eval_count\":9,\"eval_count\":7}\n",
     false},
    {"Ollama's chat",
     "{\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"hm\"},\"done\":false}\n"
     "{\"message\":{\"content\":\"Halo Kak, \"},\"done\":false}\n{\"message\":{\"content\":"
     "\"apa kabar "
     "\xF0\x9F\x98\x80?\"},\"done\":false}\n{\"message\":{\"content\":\"\"},\"done\":true,"
     "\"done_reason\":\"stop\",\"prompt_eval_count\":9,\"eval_count\":7}\n",
     true},
    {"TGI's generate",
     EV("{\"token\":{\"id\":1,\"text\":\"Halo \",\"special\":false},\"generated_text\":null}")
         EV("{\"token\":{\"text\":\"Kak, apa kabar \xF0\x9F\x98\x80?\",\"special\":false},"
            "\"generated_text\":null}")
             EV("{\"token\":{\"text\":\"</s>\",\"special\":true},\"generated_text\":\"" TEXT "\","
                "\"details\":{\"finish_reason\":\"eos_token\",\"generated_tokens\":7}}") USAGE,
     false},
    {"llama.cpp's completion",
     EV("{\"content\":\"Halo Kak, \",\"stop\":false}")
         EV("{\"content\":\"apa kabar \xF0\x9F\x98\x80?\",\"stop\":false}")
             EV("{\"content\":\"\",\"stop\":true,\"stop_type\":\"eos\",\"tokens_evaluated\":9,"
                "\"tokens_predicted\":7}"),
     false},
    {"a thought between tags",
     SAY("<thi", "null") SAY("nk>\\nhm", "null") SAY("\\n</think>\\n\\nHalo ", "null")
         SAY("Kak, apa kabar \xF0\x9F\x98\x80?", "null") END USAGE DONE,
     true},
    {"a whole message with a thought",
     MESSAGE("<think>hm</think>Halo ") MESSAGE("<think>hm</think>" TEXT) END USAGE DONE, true},
    {"reasoning", C("{\"reasoning\":\"hm\"}", "null") THREE("null") END USAGE DONE, true},
};

#define A(type, fields) "event: " type "\ndata: {\"type\":\"" type "\"" fields "}\n\n"
#define BEGIN(usage)    A("message_start", ",\"message\":{\"content\":[],\"usage\":" usage "}")
#define OPEN                                                                                       \
    A("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
#define T(text)                                                                                    \
    A("content_block_delta",                                                                       \
      ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" text "\"}")
#define STOP(usage) A("message_delta", ",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":" usage)
#define IN          "{\"input_tokens\":9,\"output_tokens\":1}"
#define OUT         "{\"output_tokens\":7}"
#define BYE         A("message_stop", "")
#define SPOKEN      OPEN T("Halo ") T("Kak, apa ") T("kabar \xF0\x9F\x98\x80?")

static const struct habit anthropic[] = {
    {"ordinary", BEGIN(IN) SPOKEN STOP(OUT) BYE, false},
    {"a reason before the text", BEGIN(IN) STOP(OUT) SPOKEN STOP(OUT) BYE, false},
    {"single line ends",
     "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":" IN "}}\n"
     "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
     "{\"type\":\"text_delta\",\"text\":\"" TEXT "\"}}\n"
     "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
     "\"end_turn\"},\"usage\":" OUT "}\n"
     "event: message_stop\ndata: {\"type\":\"message_stop\"}\n",
     false},
    {"lines of JSON",
     "{\"type\":\"message_start\",\"message\":{\"usage\":" IN "}}\n"
     "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
     "\"" TEXT "\"}}\n{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
     "\"usage\":" OUT "}\n{\"type\":\"message_stop\"}\n",
     false},
    {"one document",
     "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"" TEXT
     "\"}],\"stop_reason\":"
     "\"end_turn\",\"usage\":{\"input_tokens\":9,\"output_tokens\":7}}",
     false},
    {"the whole message at the end",
     BEGIN(IN) SPOKEN A("message", ",\"content\":[{\"type\":\"text\",\"text\":\"" TEXT "\"}],"
                                   "\"stop_reason\":\"end_turn\",\"usage\":" OUT) BYE,
     false},
    {"[DONE] at the end", BEGIN(IN) SPOKEN STOP(OUT) "data: [DONE]\n\n", false},
    {"no error",
     BEGIN(IN) SPOKEN A("ping", ",\"error\":{}")
         A("news", ",\"error\":null") "error: null\n\n" STOP(OUT) BYE,
     false},
    {"zeros around the usage",
     BEGIN("{\"input_tokens\":0,\"output_tokens\":0}") SPOKEN STOP("{\"input_tokens\":9,"
                                                                   "\"output_tokens\":7}")
         STOP("{\"input_tokens\":0,\"output_tokens\":0}") BYE,
     false},
    {"the usage in the cache",
     BEGIN("{\"input_tokens\":0,\"cache_read_input_tokens\":9,\"output_tokens\":0}")
         SPOKEN STOP(OUT) BYE,
     false},
    {"usage as OpenAI's",
     BEGIN("{\"prompt_tokens\":9}") SPOKEN STOP("{\"completion_tokens\":7}") BYE, false},
    {"usage as Bedrock's, at the end",
     BEGIN("{}") SPOKEN STOP("{}") A("message_stop", ",\"amazon-bedrock-invocationMetrics\":"
                                                     "{\"inputTokenCount\":9,"
                                                     "\"outputTokenCount\":7}"),
     false},
    {"usage beside the reason",
     BEGIN(IN) SPOKEN A("message_delta",
                        ",\"delta\":{\"stop_reason\":\"end_turn\",\"usage\":" OUT "}") BYE,
     false},
    {"the answer in the first event",
     A("message_start", ",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"" TEXT
                        "\"}],\"usage\":" IN "}") STOP(OUT) BYE,
     false},
    {"a character in two events",
     BEGIN(IN) OPEN T("Halo Kak, apa kabar \\ud83d") T("\\ude00") T("?") STOP(OUT) BYE, false},
    {"a thinking block",
     BEGIN(IN) A("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"thinking\","
                                        "\"thinking\":\"\"}")
         A("content_block_delta", ",\"index\":0,\"delta\":{\"type\":\"thinking_delta\","
                                  "\"thinking\":\"hm\"}")
             A("content_block_delta", ",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":"
                                      "\"" TEXT "\"}") STOP(OUT) BYE,
     true},
    {"a thought between tags",
     BEGIN(IN) OPEN T("<thi") T("nk>hm</th") T("ink>\\n") T(TEXT) STOP(OUT) BYE, true},
};

/* With every line end as CRLF. */
static char *
with_crlf(const char *body)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    for (; *body; body++) {
        if (*body == '\n')
            buf_append_char(&out, '\r');
        buf_append_char(&out, *body);
    }
    return buf_take(&out);
}

static void
check(enum provider provider, const char *const *bodies, const struct habit *h)
{
    struct heard heard;
    hear_bodies(&heard, provider, bodies, NULL);
    bool same = strcmp(heard.text.p, TEXT) == 0 && heard.end->finish == FINISH_STOP &&
                heard.end->usage.input == 9 && heard.end->usage.output == 7 &&
                (heard.thinking >= 0) == h->thinks;
    if (!same)
        fail_msg("%s, %s: \"%s\", end %d (%s), %lld in, %lld out, %lld thought",
                 provider_name(provider), h->name, heard.text.p, (int)heard.end->finish,
                 heard.end->error_message ? heard.end->error_message : "",
                 (long long)heard.end->usage.input, (long long)heard.end->usage.output,
                 (long long)heard.thinking);
    heard_finish(&heard);
}

/* The body as a RunPod worker passes it on: a string, cut in the middle. */
static void
check_runpod(const char *body, const struct habit *h)
{
    size_t n = strlen(body), cut = utf8_whole_prefix(body, n / 2);
    struct buf items;
    buf_init(&items, 1 << 20);
    if (*body != '{') {
        buf_append_str(&items, "{\"status\":\"IN_PROGRESS\",\"stream\":[{\"output\":");
        json_quote(&items, body, cut);
        buf_append_str(&items, "},{\"output\":");
        json_quote(&items, body + cut, n - cut);
    } else { /* objects, one a line */
        buf_append_str(&items, "{\"status\":\"IN_PROGRESS\",\"stream\":[{\"output\":");
        for (size_t i = 0; i < n;) {
            size_t line = strcspn(body + i, "\r\n");
            buf_append_str(&items, i ? "},{\"output\":" : "");
            buf_append(&items, body + i, line);
            i += line + strspn(body + i + line, "\r\n");
        }
    }
    buf_append_str(&items, "}]}");
    const char *const bodies[] = {items.p, "{\"status\":\"COMPLETED\",\"stream\":[]}", NULL};
    check(PROVIDER_RUNPOD, bodies, h);
    buf_finish(&items);
}

static void
every_habit_in_any_chunking_gives_the_same_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof openai / sizeof openai[0]; i++) {
        char *crlf = with_crlf(openai[i].body);
        check(PROVIDER_OPENAI, (const char *const[]){openai[i].body, NULL}, &openai[i]);
        check(PROVIDER_OPENAI, (const char *const[]){crlf, NULL}, &openai[i]);
        check_runpod(openai[i].body, &openai[i]);
        check_runpod(crlf, &openai[i]);
        free(crlf);
    }
    for (size_t i = 0; i < sizeof anthropic / sizeof anthropic[0]; i++) {
        char *crlf = with_crlf(anthropic[i].body);
        check(PROVIDER_ANTHROPIC, (const char *const[]){anthropic[i].body, NULL}, &anthropic[i]);
        check(PROVIDER_ANTHROPIC, (const char *const[]){crlf, NULL}, &anthropic[i]);
        free(crlf);
    }
}

static void
a_tool_that_was_asked_for_is_named(void **state)
{
    (void)state;
    static const struct {
        enum provider provider;
        const char *body;
    } table[] = {
        {PROVIDER_OPENAI,
         C("{\"content\":null,\"tool_calls\":[{\"function\":{\"name\":\"cuaca\"}}]}", "null")
             C("{}", "\"tool_calls\"") DONE},
        {PROVIDER_OPENAI, C("{\"tool_calls\":[{\"function\":{\"name\":\"cuaca\"}}]}", "null") DONE},
        {PROVIDER_OPENAI, C("{\"function_call\":{\"name\":\"cuaca\"}}", "null") DONE},
        {PROVIDER_ANTHROPIC,
         BEGIN(IN) A("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"tool_use\","
                                            "\"name\":\"cuaca\",\"input\":{}}") STOP(OUT) BYE},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct heard h;
        hear(&h, table[i].provider, table[i].body);
        assert_int_equal(h.end->finish, FINISH_STOP);
        assert_string_equal(h.end->tool, "cuaca");
        heard_finish(&h);
    }
}

static void
a_count_before_the_last_text_is_known_to_be_stale(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, PROVIDER_OPENAI, USAGE THREE("null") END DONE);
    assert_true(h.end->output_stale);
    heard_finish(&h);
    hear(&h, PROVIDER_OPENAI, USAGE THREE("null") END USAGE DONE);
    assert_false(h.end->output_stale);
    heard_finish(&h);
}

static void
lines_of_json_are_named_when_one_is_broken(void **state)
{
    (void)state;
    assert_fails(PROVIDER_OPENAI, "{\"response\":\"a\"}\n{\"response\":\"b\"x}\n{\"done\":true}\n",
                 ERR_PROTOCOL, "NDJSON");
    assert_fails(PROVIDER_OPENAI, "{\"response\":\"a\"}\n{\"error\":\"model broke\"}\n", ERR_SERVER,
                 "model broke");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_habit_in_any_chunking_gives_the_same_answer),
        cmocka_unit_test(a_tool_that_was_asked_for_is_named),
        cmocka_unit_test(a_count_before_the_last_text_is_known_to_be_stale),
        cmocka_unit_test(lines_of_json_are_named_when_one_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
