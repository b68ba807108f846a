#include "unit/unit.h"

#include "decoding.h"

#include <math.h>

#define O PROVIDER_OPENAI
#define A PROVIDER_ANTHROPIC

#define CHUNK(choices) "data: {\"id\":\"c1\",\"model\":\"zantara\",\"choices\":[" choices "]}\n\n"
#define SAY(text)      CHUNK("{\"index\":0,\"delta\":{\"content\":\"" text "\"},\"finish_reason\":null}")
#define END(reason)    CHUNK("{\"index\":0,\"delta\":{},\"finish_reason\":\"" reason "\"}")
#define USAGE                                                                                      \
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,"                \
    "\"prompt_tokens_details\":{\"cached_tokens\":4},"                                             \
    "\"completion_tokens_details\":{\"reasoning_tokens\":1}}}\n\n"
#define DONE "data: [DONE]\n\n"

static void
every_capture_gives_its_text_usage_and_end(void **state)
{
    (void)state;
    static const struct capture captures[] = {
        {"oai_ctrl.sse", "oai_ctrl.text", FINISH_LENGTH, "length", "tiny", 24, 200, 23, -1},
        {"oai_killed.sse", "oai_killed.text", FINISH_NONE, NULL, "models/slow.gguf", -1, -1, -1,
         -1},
        {"oai_multiturn.sse", "oai_multiturn.text", FINISH_LENGTH, "length", "tiny", 78, 16, 0, -1},
        {"oai_nousage.sse", "oai_nousage.text", FINISH_LENGTH, "length", "tiny", 24, 8, 23, -1},
        {"oai_short.sse", "oai_short.text", FINISH_LENGTH, "length", "tiny", 24, 24, 0, -1},
        {"oai_stopseq.sse", "oai_stopseq.text", FINISH_STOP, "stop", "tiny", 24, 3, 23, -1},
        {"oai_think_len.sse", "oai_think_len.text", FINISH_LENGTH, "length", "tiny-think", 16, 5,
         15, 14},
        {"oai_nonstream.json", "oai_nonstream.text", FINISH_LENGTH, "length", "tiny", 24, 24, 23,
         -1},
    };
    for (size_t i = 0; i < sizeof captures / sizeof captures[0]; i++)
        assert_capture(O, &captures[i]);
}

/* llama-server's own rate, from the same bytes: it counts from the end of the prompt. The model of the captures was done in
 * 20 ms, which is too short for a rate: its clock is slowed. */
static void
the_speed_is_the_servers_own_within_five_percent(void **state)
{
    (void)state;
    enum { SLOWER = 10 };
    static const char *const files[] = {"captures/oai_short.sse", "captures/oai_multiturn.sse",
                                        "captures/oai_ctrl.sse"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct buf body;
        struct heard h;
        struct answer a;
        double prompt_ms, predicted_ms, per_second;
        read_data(files[i], &body);
        const char *timings = strstr(body.p, "\"timings\":");
        assert_non_null(timings);
        assert_int_equal(sscanf(strstr(timings, "\"prompt_ms\":"), "\"prompt_ms\":%lf", &prompt_ms),
                         1);
        assert_int_equal(
            sscanf(strstr(timings, "\"predicted_ms\":"), "\"predicted_ms\":%lf", &predicted_ms), 1);
        assert_int_equal(sscanf(strstr(timings, "\"predicted_per_second\":"),
                                "\"predicted_per_second\":%lf", &per_second),
                         1);
        const char *const bodies[] = {body.p, NULL};
        hear_bodies(&h, O, bodies, &body.len);
        answer_init(&a, BRAIN_LLAMA);
        a.status = STATUS_COMPLETE;
        a.usage = h.end->usage;
        per_second /= SLOWER;
        a.times.ttft_us = (int64_t)(prompt_ms * SLOWER * 1e3);
        a.times.total_us = (int64_t)((prompt_ms + predicted_ms) * SLOWER * 1e3);
        assert_true(fabs(answer_tokens_per_s(&a, 0) / per_second - 1) < .05);
        answer_finish(&a);
        heard_finish(&h);
        buf_finish(&body);
    }
}

static void
vllm_puts_the_finish_on_the_last_content_chunk(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, O,
         CHUNK("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,"
               "\"finish_reason\":null}") SAY("Ha")
             CHUNK("{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\","
                   "\"stop_reason\":null}") USAGE DONE);
    assert_string_equal(h.text.p, "Halo");
    assert_int_equal(h.end->finish, FINISH_STOP);
    assert_int_equal(h.end->usage.input, 9);
    assert_int_equal(h.end->usage.output, 2);
    assert_int_equal(h.end->usage.cache_read, 4);
    assert_int_equal(h.end->usage.thinking, 1);
    assert_string_equal(h.end->model, "zantara");
    heard_finish(&h);
}

static void
ollama_sends_role_and_text_together(void **state)
{
    (void)state;
    assert_hears(O,
                 CHUNK("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Ha\"},"
                       "\"finish_reason\":null}") SAY("lo")
                     CHUNK("{\"index\":0,\"delta\":{\"role\":\"assistant\","
                           "\"content\":\"\"},\"finish_reason\":\"stop\"}") DONE,
                 "Halo", FINISH_STOP);
}

static void
crlf_comments_and_a_missing_space_change_nothing(void **state)
{
    (void)state;
    assert_hears(
        O,
        ": ping - 2026-11-24\r\n\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"Ha\"}}]}\r\n\r\n"
        ":\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"lo\"},"
        "\"finish_reason\":\"stop\"}]}\r\n\r\ndata: [DONE]\r\n\r\n",
        "Halo", FINISH_STOP);
    assert_hears(
        O, "data:{\"choices\":[{\"delta\":{\"content\":\"Ha\"},\"finish_reason\":\"stop\"}]}\r\r",
        "Ha", FINISH_STOP);
}

static void
reasoning_under_either_name_is_thinking_and_never_text(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, O,
         CHUNK("{\"delta\":{\"reasoning\":\"abc\",\"content\":null}}")
             CHUNK("{\"delta\":{\"reasoning_content\":\"de\"}}")
                 CHUNK("{\"delta\":{\"reasoning\":\"f\",\"reasoning_content\":\"f\"}}")
                     CHUNK("{\"delta\":{\"content\":[{\"type\":\"thinking\",\"text\":\"g\"}]}}")
                         CHUNK("{\"delta\":{\"reasoning_details\":[{\"text\":\"hi\"}]}}")
                             CHUNK("{\"delta\":{\"reasoning\":\"j\",\"reasoning_details\":"
                                   "[{\"text\":\"j\"}]}}") SAY("x") END("stop"));
    assert_string_equal(h.text.p, "x");
    assert_int_equal(h.thinking, 10);
    heard_finish(&h);
}

static void
a_thought_between_tags_at_the_start_is_thinking(void **state)
{
    (void)state;
    static const struct {
        const char *body, *text;
        int64_t thinking;
    } table[] = {
        {SAY("<think>\\nshort") SAY("\\n</think>\\n\\nHalo") SAY(" juga"), "Halo juga", 7},
        {SAY(" \\n<th") SAY("ink>ab</thi") SAY("nk>") SAY("\\n") SAY("x"), "x", 2},
        {SAY("<thinking>ab</think>c</thinking>x"), "x", 11},
        {SAY("[THINK]ab[/THINK]x"), "x", 2},
        {SAY("<think>a</think>\\n<think>b</think>x"), "x", 2},
        {SAY("<think></think>\\n\\nx"), "x", 0},
        {SAY("<THI") SAY("NK>ab</Thi") SAY("nk>x"), "x", 2},
        {SAY("<think mode=\\\"deep\\\"") SAY(">ab</think>x"), "x", 2},
        {SAY("<thought>ab</thought><reasoning>cd</reasoning>x"), "x", 4},
        {SAY("<|channel|>analysis<|message|>ab<|end|><|start|>assistant<|channel|>fi")
             SAY("nal<|message|>x"),
         "x", 27},
        {SAY("\\u25c1think\\u25b7ab\\u25c1/think\\u25b7x"), "x", 2},
        {SAY("<thinker>ab</thinker>"), "<thinker>ab</thinker>", -1},
        {SAY("<think of it"), "<think of it", -1},
        {SAY("<think>never clo") SAY("sed</th"), "", 16},
        {SAY("<th") SAY("ank you"), "<thank you", -1},
        {SAY("<thi"), "<thi", -1},
        {SAY("  x"), "  x", -1},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char body[2048];
        struct heard h;
        snprintf(body, sizeof body, "%s%s%s", table[i].body, END("stop"), DONE);
        hear(&h, O, body);
        assert_string_equal(h.text.p, table[i].text);
        assert_int_equal(h.thinking, table[i].thinking);
        assert_int_equal(h.end->text_seen, *table[i].text != 0);
        heard_finish(&h);
    }
}

static void
a_tag_after_the_start_is_text(void **state)
{
    (void)state;
    assert_hears(O, SAY("Use <think>a</think> so.") END("stop"), "Use <think>a</think> so.",
                 FINISH_STOP);
    assert_hears(O, SAY("```\\n<think>a</think>\\n```") END("stop"), "```\n<think>a</think>\n```",
                 FINISH_STOP);
    assert_hears(O, SAY("<think>a</think>b <think>c</think>") END("stop"), "b <think>c</think>",
                 FINISH_STOP);
}

static void
a_thought_inside_an_answer_that_began_with_one_is_thinking(void **state)
{
    (void)state;
    static const struct {
        const char *body, *text;
    } table[] = {
        {SAY("<think>a</think>b\\n") SAY("<thi") SAY("nk>\\nc\\n</th") SAY("ink>\\n\\nd"), "b\nd"},
        {SAY("<think>a</think>b\\n\\n<think>c</think>d\\n<think>e</think>\\nf"), "b\n\nd\nf"},
        {SAY("<think>a</think>Like so:\\n```\\n<think>c</think>\\n```\\n<think>e</think>f"),
         "Like so:\n```\n<think>c</think>\n```\nf"},
        {SAY("<think>a</think>- so\\n  ``") SAY("`\\n<think>c</think>"),
         "- so\n  ```\n<think>c</think>"},
        {SAY("<think>a</think>b\\n<think>never closed, so it is text"),
         "b\n<think>never closed, so it is text"},
        {SAY("b\\n<think>c</think>"), "b\n<think>c</think>"},
        {SAY("<think>a</think>b\\n``") SAY("` x\\n~") SAY("~\\n"), "b\n``` x\n~~\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char body[2048];
        snprintf(body, sizeof body, "%s%s%s", table[i].body, END("stop"), DONE);
        assert_hears(O, body, table[i].text, FINISH_STOP);
    }
}

static void
what_ends_like_a_thought_is_taken_back_and_what_speaks_of_tags_stays(void **state)
{
    (void)state;
    static const struct {
        const char *body, *text;
    } table[] = {
        {SAY("hm\\n</th") SAY("ink>\\n\\nHalo"), "Halo"},
        {SAY("They greet me.</think>") SAY("\\n\\nHalo"), "Halo"},
        {SAY("They greet me.</thi") SAY("nk>Halo"), "Halo"},
        {SAY("1 < 2 [so]\\n</THINKING> Halo </think>"), "Halo </think>"},
        {SAY("hm\\n[/THINK]") SAY("Halo"), "Halo"},
        {SAY("hm\\n\\u25c1/think\\u25b7Halo"), "Halo"},
        {SAY("</think>\\n\\n") SAY("Halo"), "Halo"},
        {SAY("\\n") SAY("\\n</think>\\n\\n") SAY("Halo"), "Halo"},
        {SAY("hm\\n</think>\\n<think>so\\n</think>\\nHalo"), "Halo"},
        {SAY("hm\\n```\\nx\\n```\\n</think>\\nHalo"), "Halo"},
        {SAY("  hm\\n  </think>\\nHalo"), "Halo"},
        {SAY("A thought ends with </think>."), "A thought ends with </think>."},
        {SAY("It ends with </think>\\nas I said"), "It ends with </think>\nas I said"},
        {SAY("It ends with `x</think>\\ny` as"), "It ends with `x</think>\ny` as"},
        {SAY("so</think>so"), "so</think>so"},
        {SAY("```\\n</think>\\n```\\nHalo"), "```\n</think>\n```\nHalo"},
        {SAY("    </think>\\nHalo"), "    </think>\nHalo"},
        {SAY("Write <think>, then\\n</think>\\nHalo"), "Write <think>, then\n</think>\nHalo"},
        {SAY("```\\n<think>\\n```\\n</think>\\nHalo"), "```\n<think>\n```\n</think>\nHalo"},
        {SAY("Halo\\n</thinker>\\nx"), "Halo\n</thinker>\nx"},
        {SAY("Halo\\n</think>"), "Halo\n</think>"}, /* nothing follows: that was the answer */
        {SAY("Halo.</think>") SAY("\\n \\n"), "Halo.</think>\n \n"},
        {SAY("<think>a</think>b\\n</think>\\nc"), "b\n</think>\nc"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char body[2048];
        struct heard h;
        snprintf(body, sizeof body, "%s%s%s", table[i].body, END("stop"), DONE);
        hear(&h, O, body);
        assert_string_equal(h.text.p, table[i].text);
        heard_finish(&h);
    }
}

/* What is taken for a thought because earlier answers began with one. */
static void
a_supposed_thought_that_does_not_end_is_the_answer_unless_it_was_cut(void **state)
{
    (void)state;
    static const struct {
        const char *body, *text;
        bool no_thought;
        int64_t thinking;
    } table[] = {
        {SAY("hm\\n</think>\\nHalo") END("stop"), "Halo", false, 3},
        {SAY("hm\\n[/TH") SAY("INK]\\nHalo") END("stop"), "Halo", false, 3},
        {SAY("Halo, ") SAY("Kak") END("stop"), "Halo, Kak", true, 0},
        {SAY("Halo, ") SAY("Kak"), "Halo, Kak", true, 0},
        {SAY("hm, ") SAY("so") END("length"), "", false, 6},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char body[2048];
        struct heard h;
        snprintf(body, sizeof body, "%s%s", table[i].body, DONE);
        heard_init(&h, O);
        decoder_think_first(h.d, false);
        heard_feed(&h, body, strlen(body), 5, 0);
        heard_end(&h);
        assert_string_equal(h.text.p, table[i].text);
        assert_int_equal(h.end->no_thought, table[i].no_thought);
        assert_int_equal(h.thinking, table[i].thinking);
        assert_int_equal(h.end->thinks_first, table[i].thinking == 3);
        heard_finish(&h);
    }
}

static void
content_may_be_an_array_of_parts(void **state)
{
    (void)state;
    assert_hears(O,
                 CHUNK("{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},\"b\","
                       "{\"type\":\"image_url\",\"text\":\"no\"},{\"text\":\"c\"},7,null]}}")
                     END("stop"),
                 "abc", FINISH_STOP);
}

static void
only_the_first_choice_is_the_answer(void **state)
{
    (void)state;
    assert_hears(O,
                 CHUNK("{\"index\":1,\"delta\":{\"content\":\"no\"},\"finish_reason\":\"length\"},"
                       "{\"index\":0,\"delta\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}"),
                 "yes", FINISH_STOP);
}

static void
finish_reasons_become_ends(void **state)
{
    (void)state;
    static const struct {
        const char *reason;
        enum finish finish;
    } table[] = {
        {"stop", FINISH_STOP},
        {"tool_calls", FINISH_STOP},
        {"eos_token", FINISH_STOP},
        {"tired", FINISH_STOP},
        {"length", FINISH_LENGTH},
        {"content_filter", FINISH_REFUSED},
        {"abort", FINISH_ERROR},
        {"error", FINISH_ERROR},
        {"MAX_TOKENS", FINISH_LENGTH},
        {"content_filter: SAFETY", FINISH_REFUSED},
        {"insufficient_system_resource", FINISH_ERROR},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char body[2048];
        snprintf(body, sizeof body,
                 "%sdata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"%s\"}]}\n\n%s%s",
                 SAY("x"), table[i].reason, USAGE, DONE);
        struct heard h;
        hear(&h, O, body);
        assert_int_equal(h.end->finish, table[i].finish);
        assert_int_equal(h.end->error, table[i].finish == FINISH_ERROR ? ERR_SERVER : ERR_NONE);
        assert_string_equal(h.end->stop_reason, table[i].reason);
        assert_int_equal(h.end->usage.output, 2);
        heard_finish(&h);
    }
}

static void
an_end_without_done_is_good_and_an_end_without_a_reason_is_none(void **state)
{
    (void)state;
    assert_hears(O, SAY("x") END("stop"), "x", FINISH_STOP);
    assert_hears(O, SAY("x"), "x", FINISH_NONE);
    assert_hears(O, CHUNK("{\"delta\":{\"content\":\"x\"}}"), "x", FINISH_NONE);
    assert_hears(O, SAY("x") "data: {\"choices\":[{\"delta\":{\"content\":\"y", "x", FINISH_NONE);
    assert_hears(O, ":\n\n:\n\n", "", FINISH_NONE);
    /* Ollama swallows an error and sends an empty chunk. */
    assert_hears(O, SAY("x") SAY(""), "x", FINISH_NONE);
}

static void
done_without_an_answer_is_not_a_success(void **state)
{
    (void)state;
    assert_fails(O, DONE, ERR_EMPTY, "without an answer");
    assert_fails(O, CHUNK("{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}") DONE, ERR_EMPTY,
                 "without an answer");
    assert_hears(O, SAY("x") DONE SAY("late"), "x", FINISH_STOP);
    assert_hears(O, SAY("x") "data: [DONE]", "x", FINISH_STOP);
    /* A proper end without text: the call decides that it is empty. */
    struct heard h;
    hear(&h, O, SAY("") END("stop") DONE);
    assert_int_equal(h.end->finish, FINISH_STOP);
    assert_false(h.end->text_seen);
    heard_finish(&h);
}

static void
an_error_in_the_stream_fails_whatever_follows(void **state)
{
    (void)state;
    assert_fails(O,
                 SAY("x") "data: {\"error\":{\"message\":\"EngineCore died\",\"type\":"
                          "\"InternalServerError\",\"param\":null,\"code\":500}}\n\n" DONE,
                 ERR_SERVER, "EngineCore died");
    assert_fails(O,
                 SAY("x") "data: {\"error\":{\"code\":500,\"message\":\"boom\",\"type\":"
                          "\"server_error\"}}\n\n",
                 ERR_SERVER, "boom");
    assert_fails(
        O, SAY("x") "error: {\"code\":503,\"message\":\"busy\",\"type\":\"unavailable_error\"}\n\n",
        ERR_OVERLOADED, "busy");
    assert_fails(O, "error: it broke\n\n", ERR_SERVER, "it broke");
    assert_fails(
        O, "data: {\"error\":{\"message\":\"Input too big\",\"http_status_code\":422}}\n\n" DONE,
        ERR_BAD_REQUEST, "Input too big");
    assert_fails(O, "data: {\"error\":\"Model is overloaded\",\"error_type\":\"overloaded\"}\n\n",
                 ERR_OVERLOADED, "Model is overloaded");
    assert_fails(O, "data: {\"object\":\"error\",\"message\":\"no such model\",\"code\":404}\n\n",
                 ERR_NOT_FOUND, "no such model");
    assert_fails(O, "event: error\ndata: {\"message\":\"m\"}\n\n", ERR_SERVER, "m");
}

static void
a_null_or_empty_error_member_is_none(void **state)
{
    (void)state;
    assert_hears(O,
                 "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"x\"},"
                 "\"finish_reason\":\"stop\"}],\"usage\":null}\n\n",
                 "x", FINISH_STOP);
}

static void
timings_count_when_nobody_asked_for_usage(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, O,
         SAY("x") "data: "
                  "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}\n\n"
                  "data: {\"choices\":[],\"timings\":{\"prompt_n\":1,\"predicted_n\":99}}\n\n");
    assert_int_equal(h.end->usage.input, 9);
    assert_int_equal(h.end->usage.output, 2);
    heard_finish(&h);
}

static void
an_error_is_found_in_a_choice_and_beside_the_choices(void **state)
{
    (void)state;
    assert_fails(O,
                 SAY("x") CHUNK("{\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"code\":429,"
                                "\"message\":\"upstream is busy\"}}") DONE,
                 ERR_RATE_LIMIT, "upstream is busy");
    assert_fails(O, "data: {\"choices\":[],\"x_groq\":{\"id\":\"r\",\"error\":\"it broke\"}}\n\n",
                 ERR_SERVER, "it broke");
    assert_hears(O, SAY("x") "data: {\"choices\":[],\"x_groq\":{\"id\":\"r\"}}\n\n" END("stop"),
                 "x", FINISH_STOP);
}

static void
what_nobody_understands_is_quoted_when_nothing_better_comes(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "upstream connect error", "data: upstream connect error\n\n",
        "data: \"upstream connect error\"\n\n", "data: {\"a\":\"upstream connect error\"}\n\n",
        "data: {\"a\":\"upstream connect error\"}\n\n" DONE};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct heard h;
        hear(&h, i % 2 ? O : PROVIDER_ANTHROPIC, bodies[i]);
        assert_non_null(h.end->odd);
        assert_non_null(strstr(h.end->odd, "upstream connect error"));
        heard_finish(&h);
    }
    assert_fails(O, bodies[4], ERR_EMPTY, "; it sent: {\"a\":\"upstream connect error\"}");
}

static void
a_refusal_field_is_the_text_of_a_refusal(void **state)
{
    (void)state;
    assert_hears(O,
                 CHUNK("{\"delta\":{\"refusal\":\"I \"}}")
                     CHUNK("{\"delta\":{\"refusal\":\"cannot\"}}") END("stop") DONE,
                 "I cannot", FINISH_REFUSED);
    assert_hears(O, "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"No\"}}]}", "No",
                 FINISH_REFUSED);
}

static void
another_providers_answer_names_the_setting(void **state)
{
    (void)state;
    assert_fails(O, "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{}}\n\n",
                 ERR_PROTOCOL, "set provider to anthropic");
    assert_fails(O, "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}",
                 ERR_PROTOCOL, "set provider to anthropic");
    assert_fails(O, "event: response.created\ndata: {\"type\":\"response.created\"}\n\n",
                 ERR_PROTOCOL, "before /responses");
    assert_fails(O, "{\"object\":\"response\",\"output\":[]}", ERR_PROTOCOL, "before /responses");
    assert_fails(A, CHUNK("{\"delta\":{\"content\":\"x\"}}") END("stop") DONE, ERR_PROTOCOL,
                 "set provider to openai");
    assert_fails(A, "{\"choices\":[{\"message\":{\"content\":\"x\"}}]}", ERR_PROTOCOL,
                 "set provider to openai");
}

static void
documents_decode_too(void **state)
{
    (void)state;
    assert_hears(O, " \n{\"choices\":[{\"message\":{\"content\":\"x\"}}]}\n", "x", FINISH_STOP);
    assert_hears(O, "{\"choices\":[{\"text\":\"x\",\"finish_reason\":\"length\"}]}", "x",
                 FINISH_LENGTH);
    struct buf body;
    read_data("captures/oai_err_overflow.json", &body);
    assert_fails(O, body.p, ERR_CONTEXT_LENGTH, "27018 tokens");
    buf_finish(&body);
    assert_fails(O, "{\"hello\":1}", ERR_PROTOCOL, "unknown shape: {\"hello\":1}");
    assert_hears(O,
                 "[{\"choices\":[{\"delta\":{\"content\":\"x\"}}]},\n"
                 "{\"choices\":[{\"delta\":{\"content\":\"y\"},\"finish_reason\":\"length\"}]}]",
                 "xy", FINISH_LENGTH);
    assert_fails(O, "{\"candidates\":[{\"content\":{}}]}", ERR_PROTOCOL, "/v1beta/openai");
    assert_fails(O, "{\"success\":false,\"errors\":[{\"message\":\"no route\"}]}", ERR_SERVER,
                 "no route");
    assert_fails(O, "{\"code\":1113,\"msg\":\"no balance\"}", ERR_SERVER, "no balance");
    assert_fails(O, "  <html>", ERR_PROTOCOL, "web page");
    assert_fails(O, "[{\"choices\":", ERR_PROTOCOL, "not valid JSON");
}

static void
garbage_is_a_protocol_error_unless_the_answer_had_ended(void **state)
{
    (void)state;
    assert_fails(O, SAY("x") "data: {oops\n\n", ERR_PROTOCOL, "not valid JSON");
    assert_hears(O, SAY("x") "data: oops\n\ndata: [BEAT]\n\n" SAY("y") END("stop"), "xy",
                 FINISH_STOP); /* a word is no broken piece */
    assert_hears(O, SAY("x") END("stop") "data: oops\n\n", "x", FINISH_STOP);
    assert_hears(O, SAY("x") "event: keepalive\ndata: oops\n\n" END("stop"), "x", FINISH_STOP);
}

static void
control_characters_and_bad_utf8_arrive_as_specified(void **state)
{
    (void)state;
    assert_hears(O, SAY("\\u001b]52;c;x\\u0007\\u0000\\udc00\xFF\xE2\x82") END("stop"),
                 "\x1b]52;c;x\x07\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD",
                 FINISH_STOP);
}

static void
a_line_without_end_is_refused_rather_than_kept(void **state)
{
    (void)state;
    struct heard h;
    heard_init(&h, O);
    char block[4096];
    memset(block, 'x', sizeof block);
    decoder_feed(h.d, "data: ", 6);
    int rounds = 0;
    while (decoder_feed(h.d, block, sizeof block) && rounds < 100000)
        rounds++;
    assert_true(rounds < 1000);
    assert_int_equal(decoder_finish(h.d)->error, ERR_PROTOCOL);
    heard_finish(&h);
}

static void
a_character_split_over_two_events_is_joined(void **state)
{
    (void)state;
    assert_hears(O, SAY("a\\ud83d") SAY("\\ude00") SAY("\xE2") SAY("\x82\xAC") END("stop") DONE,
                 "a\xF0\x9F\x98\x80\xE2\x82\xAC", FINISH_STOP);
    assert_hears(O, SAY("\\ude00") SAY("\\ud83d") SAY("\\ud83d\\ude00") DONE,
                 "\xEF\xBF\xBD\xEF\xBF\xBD\xF0\x9F\x98\x80", FINISH_STOP);
}

/* Where servers say what was read from their cache or written to it. */
static void
cached_tokens_are_read_wherever_a_server_names_them(void **state)
{
    (void)state;
    static const struct {
        const char *last;
        int64_t input, read, written;
    } rows[] = {
        {"\"usage\":{\"prompt_tokens\":9,\"prompt_tokens_details\":{\"cached_tokens\":4}}", 9, 4,
         -1},
        {"\"usage\":{\"prompt_tokens\":9,\"prompt_tokens_details\":null,\"cached_tokens\":4}", 9, 4,
         -1},
        {"\"usage\":{\"prompt_tokens\":9,\"prompt_cache_hit_tokens\":4,"
         "\"prompt_cache_miss_tokens\":5}",
         9, 4, -1},
        {"\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4}}", 9, 4, -1},
        {"\"usage\":{\"prompt_tokens\":9,\"prompt_tokens_details\":{\"cached_tokens\":0},"
         "\"cache_read_input_tokens\":4,\"cache_creation_input_tokens\":3}",
         9, 4, 3},
        {"\"usage\":{\"prompt_tokens\":9,\"prompt_tokens_details\":{\"cached_tokens\":4,"
         "\"cache_write_tokens\":3}}",
         9, 4, 3},
        {"\"usage\":{\"prompt_tokens\":9},\"timings\":{\"prompt_n\":5,\"cache_n\":4}", 9, 4, -1},
        {"\"usage\":{\"prompt_tokens\":9,\"prompt_tokens_details\":{\"cached_tokens\":0}}", 9, 0,
         -1},
        {"\"usage\":{\"prompt_tokens\":9}", 9, -1, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct heard h;
        char body[600];
        snprintf(body, sizeof body, SAY("Hai") END("stop") "data: {\"choices\":[],%s}\n\n" DONE,
                 rows[i].last);
        hear(&h, O, body);
        assert_int_equal(h.end->usage.input, rows[i].input);
        assert_int_equal(h.end->usage.cache_read, rows[i].read);
        assert_int_equal(h.end->usage.cache_write, rows[i].written);
        heard_finish(&h);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cached_tokens_are_read_wherever_a_server_names_them),
        cmocka_unit_test(a_character_split_over_two_events_is_joined),
        cmocka_unit_test(every_capture_gives_its_text_usage_and_end),
        cmocka_unit_test(the_speed_is_the_servers_own_within_five_percent),
        cmocka_unit_test(vllm_puts_the_finish_on_the_last_content_chunk),
        cmocka_unit_test(ollama_sends_role_and_text_together),
        cmocka_unit_test(crlf_comments_and_a_missing_space_change_nothing),
        cmocka_unit_test(reasoning_under_either_name_is_thinking_and_never_text),
        cmocka_unit_test(a_thought_between_tags_at_the_start_is_thinking),
        cmocka_unit_test(a_tag_after_the_start_is_text),
        cmocka_unit_test(a_thought_inside_an_answer_that_began_with_one_is_thinking),
        cmocka_unit_test(what_ends_like_a_thought_is_taken_back_and_what_speaks_of_tags_stays),
        cmocka_unit_test(a_supposed_thought_that_does_not_end_is_the_answer_unless_it_was_cut),
        cmocka_unit_test(content_may_be_an_array_of_parts),
        cmocka_unit_test(only_the_first_choice_is_the_answer),
        cmocka_unit_test(finish_reasons_become_ends),
        cmocka_unit_test(an_end_without_done_is_good_and_an_end_without_a_reason_is_none),
        cmocka_unit_test(done_without_an_answer_is_not_a_success),
        cmocka_unit_test(an_error_in_the_stream_fails_whatever_follows),
        cmocka_unit_test(a_null_or_empty_error_member_is_none),
        cmocka_unit_test(timings_count_when_nobody_asked_for_usage),
        cmocka_unit_test(an_error_is_found_in_a_choice_and_beside_the_choices),
        cmocka_unit_test(what_nobody_understands_is_quoted_when_nothing_better_comes),
        cmocka_unit_test(a_refusal_field_is_the_text_of_a_refusal),
        cmocka_unit_test(another_providers_answer_names_the_setting),
        cmocka_unit_test(documents_decode_too),
        cmocka_unit_test(garbage_is_a_protocol_error_unless_the_answer_had_ended),
        cmocka_unit_test(control_characters_and_bad_utf8_arrive_as_specified),
        cmocka_unit_test(a_line_without_end_is_refused_rather_than_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
