/* Build tool: turns src/demo/exchanges.txt into cassettes (brain/cassette.h describes the format), one
 * per exchange, brain and purpose: Claude as Anthropic events, LLAMA as OpenAI chunks the way vLLM sends them.
 * usage: tapes EXCHANGES FOLDER */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 8192, MAX_LINE = 2048 };

struct exchange {
    char id[64], category[32], language[8], message[MAX_LINE];
    bool analysed; /* the file has its analysis */
};

struct side {
    bool claude;
    const char *purpose;
    long first_ms, connect_ms, stall_ms, status;
    double rate; /* tokens a second */
    char text[MAX_TEXT];
};

struct tape {
    FILE *f;
    int64_t t_us;
    uint32_t noise; /* a fixed seed, so that a build is reproducible */
};

static void
die(const char *what, long line)
{
    fprintf(stderr, "tapes: line %ld: %s\n", line, what);
    exit(1);
}

/* s as the inside of a JSON string, escaped `depth` times: text inside an event inside a tape. */
static void
put_escaped(FILE *f, const char *s, size_t n, int depth)
{
    for (size_t i = 0; i < n; i++) {
        char one[3] = {s[i], 0, 0};
        size_t len = 1;
        if (s[i] == '"' || s[i] == '\\' || s[i] == '\n') {
            one[0] = '\\';
            one[1] = s[i] == '\n' ? 'n' : s[i];
            len = 2;
        }
        if (depth > 1)
            put_escaped(f, one, len, depth - 1);
        else
            fwrite(one, 1, len, f);
    }
}

static void
put_plain(struct tape *t, const char *s)
{
    put_escaped(t->f, s, strlen(s), 1);
}

static void
begin_bytes(struct tape *t)
{
    fprintf(t->f, "{\"t_us\":%lld,\"bytes\":\"", (long long)t->t_us);
}

static void
end_bytes(struct tape *t)
{
    fputs("\"}\n", t->f);
}

static void
put_event(struct tape *t, const char *sse)
{
    begin_bytes(t);
    put_plain(t, sse);
    end_bytes(t);
}

/* The next piece of the text: `words` words with the blanks before them. */
static size_t
piece(const char *s, int words)
{
    size_t n = 0;
    while (words-- > 0 && s[n]) {
        n += strspn(s + n, " \n");
        n += strcspn(s + n, " \n");
    }
    return n;
}

static int
count_tokens(const char *s)
{
    return (int)(strlen(s) / 4) + 1;
}

static void
put_delta(struct tape *t, bool claude, const char *s, size_t n)
{
    begin_bytes(t);
    if (claude)
        put_plain(t,
                  "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                  "\"delta\":{\"type\":\"text_delta\",\"text\":\"");
    else
        put_plain(t, "data: {\"id\":\"demo\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
    put_escaped(t->f, s, n, 2);
    put_plain(t, claude ? "\"}}\n\n" : "\"},\"finish_reason\":null}]}\n\n");
    end_bytes(t);
}

static void
put_text(struct tape *t, const struct side *s)
{
    /* Claude's events carry a few words each, LLAMA's one. */
    int words = s->claude ? 3 : 1;
    size_t total = strlen(s->text);
    bool stalled = s->stall_ms == 0;
    for (const char *p = s->text; *p;) {
        size_t n = piece(p, words);
        if (n == 0)
            break;
        put_delta(t, s->claude, p, n);
        p += n;
        t->noise = t->noise * 1664525u + 1013904223u;
        double jitter = 0.6 + 0.8 * (double)(t->noise >> 8) / 16777216.0;
        t->t_us += (int64_t)(1e6 / s->rate * ((double)n / 4.0) * jitter);
        if (!stalled && (size_t)(p - s->text) > total / 2) {
            t->t_us += s->stall_ms * 1000;
            stalled = true;
        }
    }
}

static void
put_claude(struct tape *t, const struct side *s, const char *message)
{
    char sse[512];
    snprintf(
        sse, sizeof sse,
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_demo\","
        "\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"claude-haiku-5-5\","
        "\"stop_reason\":null,\"usage\":{\"input_tokens\":%d,\"output_tokens\":1}}}\n\n"
        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
        "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
        count_tokens(message) + 60);
    put_event(t, sse);
    put_text(t, s);
    snprintf(sse, sizeof sse,
             "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
             "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
             "\"end_turn\"},\"usage\":{\"output_tokens\":%d}}\n\n"
             "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
             count_tokens(s->text));
    put_event(t, sse);
}

static void
put_llama(struct tape *t, const struct side *s, const char *message)
{
    char sse[512];
    put_event(t,
              "data: {\"id\":\"demo\",\"model\":\"zantara-llama-3.1-8b\",\"choices\":[{\"index\":0,"
              "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n");
    put_text(t, s);
    int in = count_tokens(message) + 80, out = count_tokens(s->text);
    snprintf(sse, sizeof sse,
             "data: "
             "{\"id\":\"demo\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"
             "\n\ndata: {\"id\":\"demo\",\"choices\":[],\"usage\":{\"prompt_tokens\":%d,"
             "\"completion_tokens\":%d,\"total_tokens\":%d}}\n\ndata: [DONE]\n\n",
             in, out, in + out);
    put_event(t, sse);
}

static void
write_tape(const char *folder, const struct exchange *x, const struct side *s)
{
    char path[1024];
    const char *brain = s->claude ? "claude" : "llama";
    bool answer = strcmp(s->purpose, "answer") == 0;
    snprintf(path, sizeof path, "%s/%s-%s.cassette", folder, x->id, answer ? brain : s->purpose);
    struct tape t = {.f = fopen(path, "w"), .noise = (uint32_t)strlen(x->message) * 2654435761u};
    if (!t.f) {
        perror(path);
        exit(1);
    }
    fprintf(t.f,
            "{\"berdua_cassette\":1,\"brain\":\"%s\",\"provider\":\"%s\",\"model\":\"%s\","
            "\"category\":\"%s\",\"language\":\"%s\",\"purpose\":\"%s\",\"simulated\":true,"
            "\"message\":\"",
            brain, s->claude ? "anthropic" : "openai",
            s->claude ? "claude-haiku-5-5" : "zantara-llama-3.1-8b", x->category, x->language,
            s->purpose);
    put_escaped(t.f, x->message, strlen(x->message), 1);
    fputs("\"}\n", t.f);
    t.t_us = s->connect_ms * 1000;
    fprintf(t.f, "{\"t_us\":%lld,\"connected\":true}\n", (long long)t.t_us);
    t.t_us = s->first_ms * 1000;
    fprintf(t.f, "{\"t_us\":%lld,\"status\":%ld}\n", (long long)t.t_us, s->status);
    if (s->status != 200)
        put_event(&t,
                  "{\"error\":{\"message\":\"no worker is ready\",\"type\":\"unavailable_error\","
                  "\"code\":503}}");
    else if (s->claude)
        put_claude(&t, s, x->message);
    else
        put_llama(&t, s, x->message);
    fprintf(t.f, "{\"t_us\":%lld,\"end\":true}\n", (long long)t.t_us);
    if (fclose(t.f) != 0) {
        perror(path);
        exit(1);
    }
}

/* LLAMA finds nothing about a person in a conversation that ends with this message, where the file says nothing else. */
static void
write_empty_analysis(const char *folder, const struct exchange *x)
{
    static const struct side nothing = {.purpose = "analysis",
                                        .first_ms = 1400,
                                        .status = 200,
                                        .rate = 60,
                                        .text = "{\"emotional_state\": []}"};
    if (x->id[0] && !x->analysed)
        write_tape(folder, x, &nothing);
}

static void
finish_side(const char *folder, const struct exchange *x, struct side *s, bool *open)
{
    if (!*open)
        return;
    size_t n = strlen(s->text);
    while (n && s->text[n - 1] == '\n')
        s->text[--n] = 0;
    write_tape(folder, x, s);
    *open = false;
}

static long
option(const char *line, const char *name, long fallback)
{
    const char *p = strstr(line, name);
    return p ? strtol(p + strlen(name), NULL, 10) : fallback;
}

/* Of the line that begins a side, such as "claude first=400 rate=60"; NULL: the line begins none. */
static const char *
purpose_of(const char *line)
{
    static const char *const words[][2] = {{"claude ", "answer"},
                                           {"llama ", "answer"},
                                           {"context ", "context"},
                                           {"analysis ", "analysis"}};
    for (size_t i = 0; i < sizeof words / sizeof *words && strstr(line, "first="); i++)
        if (strncmp(line, words[i][0], strlen(words[i][0])) == 0)
            return words[i][1];
    return NULL;
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: tapes EXCHANGES FOLDER\n", stderr);
        return 2;
    }
    FILE *in = fopen(argv[1], "r");
    if (!in) {
        perror(argv[1]);
        return 1;
    }
    static struct exchange x;
    static struct side s;
    char line[MAX_LINE];
    bool open = false;
    for (long n = 1; fgets(line, sizeof line, in); n++) {
        const char *purpose = purpose_of(line);
        bool claude = strncmp(line, "claude ", 7) == 0;
        if (line[0] == '#' && !open)
            continue;
        if (strncmp(line, "= ", 2) == 0) {
            finish_side(argv[2], &x, &s, &open);
            write_empty_analysis(argv[2], &x);
            x.analysed = false;
            if (sscanf(line, "= %63s %31s %7s", x.id, x.category, x.language) != 3)
                die("= takes an id, a category and a language", n);
        } else if (strncmp(line, "> ", 2) == 0 && !open) {
            line[strcspn(line, "\n")] = 0;
            snprintf(x.message, sizeof x.message, "%s", line + 2);
        } else if (purpose) {
            finish_side(argv[2], &x, &s, &open);
            s = (struct side){.claude = claude,
                              .purpose = purpose,
                              .first_ms = option(line, "first=", 500),
                              .connect_ms = option(line, "connect=", 0),
                              .stall_ms = option(line, "stall=", 0),
                              .status = option(line, "status=", 200),
                              .rate = (double)option(line, "rate=", 50)};
            x.analysed = x.analysed || strcmp(purpose, "analysis") == 0;
            open = true;
        } else if (open) {
            if (strlen(s.text) + strlen(line) >= sizeof s.text)
                die("the answer is too long", n);
            memcpy(s.text + strlen(s.text), line, strlen(line) + 1);
        }
    }
    finish_side(argv[2], &x, &s, &open);
    write_empty_analysis(argv[2], &x);
    fclose(in);
    return 0;
}
