#include "rule.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

static const char *const fault_names[FAULT_COUNT] = {
    [FAULT_NONE] = "none",
    [FAULT_RESET] = "reset",
    [FAULT_CLOSE] = "close",
    [FAULT_GARBAGE] = "garbage",
    [FAULT_TLS] = "tls",
    [FAULT_HANG_HEAD] = "hang_head",
    [FAULT_HANG_BODY] = "hang_body",
    [FAULT_HANG] = "hang",
    [FAULT_PINGS_ONLY] = "pings_only",
    [FAULT_CUT] = "cut",
    [FAULT_CUT_EVENT] = "cut_event",
    [FAULT_CUT_CHAR] = "cut_char",
    [FAULT_NO_END] = "no_end",
    [FAULT_HANG_END] = "hang_end",
    [FAULT_ERROR] = "error",
    [FAULT_BARE_ERROR] = "bare_error",
    [FAULT_DONE_ONLY] = "done_only",
    [FAULT_EMPTY] = "empty",
    [FAULT_NOTHING] = "nothing",
    [FAULT_ENDLESS] = "endless",
    [FAULT_HUGE_LINE] = "huge_line",
    [FAULT_HTML] = "html",
    [FAULT_JSON] = "json",
    [FAULT_BAD_JSON] = "bad_json",
    [FAULT_GZIP] = "gzip",
    [FAULT_REDIRECT] = "redirect",
    [FAULT_JOB_FAILED] = "job_failed",
    [FAULT_JOB_STUCK] = "job_stuck",
    [FAULT_JOB_LOST] = "job_lost",
};

enum { MAX_TEXT_BYTES = 16 << 20 };

static void
add_token(struct rule *r, struct buf *token)
{
    if (token->len == 0)
        return;
    r->tokens = xreallocarray(r->tokens, r->token_count + 1, sizeof(*r->tokens));
    r->tokens[r->token_count++] = buf_take(token);
}

/* Appends one byte of the text as it stands in a JSON string. */
static void
json_byte(struct buf *out, unsigned char c)
{
    if (c == '"' || c == '\\')
        buf_printf(out, "\\%c", c);
    else if (c < 0x20)
        buf_printf(out, "\\u%04x", c);
    else
        buf_append_char(out, (char)c);
}

/* Reads one C escape behind the backslash; *at moves past it. -1: not an escape for a byte. */
static int
escape(const char **at)
{
    static const char names[] = "ntrabefv\\\"0";
    static const char bytes[] = "\n\t\r\a\b\033\f\v\\\"";
    const char *p = *at;
    if (p[0] == 'x' && isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2])) {
        char hex[3] = {p[1], p[2], 0};
        *at = p + 3;
        return (int)strtol(hex, NULL, 16);
    }
    const char *known = *p != '\0' ? strchr(names, *p) : NULL;
    if (known == NULL)
        return -1;
    *at = p + 1;
    return (unsigned char)bytes[known - names];
}

/* The text's tokens: a new one before each blank that follows something else. */
static void
parse_text(struct rule *r, const char *p)
{
    struct buf token;
    buf_init(&token, MAX_TEXT_BYTES);
    while (*p != '\0') {
        if (*p == '\\' && p[1] == '|') {
            add_token(r, &token);
            p += 2;
        } else if (*p == '\\' && p[1] == 'u' && strlen(p) >= 6) {
            buf_append(&token, p, 6);
            p += 6;
        } else if (*p == '\\') {
            const char *after = p + 1;
            int c = escape(&after);
            json_byte(&token, c < 0 ? '\\' : (unsigned char)c);
            p = after;
        } else {
            if (*p == ' ' && token.len > 0 && token.p[token.len - 1] != ' ')
                add_token(r, &token);
            json_byte(&token, (unsigned char)*p++);
        }
    }
    add_token(r, &token);
    buf_finish(&token);
}

static void
make_tokens(struct rule *r, int count)
{
    for (int i = 0; i < count; i++) {
        struct buf token;
        buf_init(&token, 32);
        buf_printf(&token, i == 0 ? "t%d" : " t%d", i);
        add_token(r, &token);
        buf_finish(&token);
    }
}

/* A word's value: up to a blank, or between quotes with C escapes. */
static char *
read_value(const char **at)
{
    struct buf b;
    const char *p = *at;
    buf_init(&b, MAX_TEXT_BYTES);
    if (*p == '"') {
        p++;
        while (*p != '\0' && *p != '"') {
            if (*p == '\\') {
                p++;
                int c = escape(&p);
                buf_append_char(&b, c < 0 ? '\\' : (char)c);
            } else {
                buf_append_char(&b, *p++);
            }
        }
        if (*p == '"')
            p++;
    } else {
        while (*p != '\0' && *p != ' ')
            buf_append_char(&b, *p++);
    }
    *at = p;
    return buf_take(&b);
}

static bool
set_fault(struct rule *r, const char *name)
{
    for (int i = 0; i < FAULT_COUNT; i++) {
        if (strcmp(fault_names[i], name) == 0) {
            r->fault = (enum fault)i;
            return true;
        }
    }
    return false;
}

static bool
set_string(struct rule *r, const char *key, char **take_value)
{
    const struct {
        const char *key;
        char **field;
    } strings[] = {
        {"path", &r->path},
        {"model", &r->model},
        {"match", &r->match},
        {"stop", &r->stop},
        {"message", &r->message},
        {"code", &r->code},
        {"style", &r->style},
        {"type", &r->type},
        {"file", &r->file},
        {"retry_after", &r->retry_after},
        {"retry_after_ms", &r->retry_after_ms},
    };
    for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
        if (strcmp(key, strings[i].key) == 0) {
            free(*strings[i].field);
            *strings[i].field = *take_value;
            *take_value = NULL;
            return true;
        }
    }
    return false;
}

static bool
set_number(struct rule *r, const char *key, const char *value)
{
    const struct {
        const char *key;
        int *field;
    } numbers[] = {
        {"times", &r->times}, {"head", &r->head_ms},      {"first", &r->first_ms},
        {"gap", &r->gap_ms},  {"after", &r->after},       {"status", &r->status},
        {"chunk", &r->chunk}, {"thinking", &r->thinking},
    };
    char *end;
    long n = strtol(value, &end, 10);
    if (*value == '\0' || *end != '\0' || n < 0 || n > 1000000000)
        return false;
    if (strcmp(key, "count") == 0) {
        make_tokens(r, (int)n);
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (strcmp(key, numbers[i].key) == 0) {
            *numbers[i].field = (int)n;
            return true;
        }
    }
    return false;
}

static bool
set_word(struct rule *r, const char *key, char **take_value)
{
    const char *value = *take_value;
    if (strcmp(key, "fault") == 0)
        return set_fault(r, value);
    if (strcmp(key, "worker") == 0) {
        r->old_worker = strcmp(value, "old") == 0;
        return r->old_worker || strcmp(value, "new") == 0;
    }
    return set_string(r, key, take_value) || set_number(r, key, value);
}

static bool
set_flag(struct rule *r, const char *key)
{
    if (strcmp(key, "crlf") == 0)
        r->crlf = true;
    else if (strcmp(key, "pings") == 0)
        r->pings = true;
    else if (strcmp(key, "close") == 0)
        r->close = true;
    else if (strcmp(key, "bare") == 0)
        r->bare = true;
    else if (strcmp(key, "finish_each") == 0)
        r->finish_each = true;
    else if (strcmp(key, "single") == 0)
        r->single = true;
    else
        return false;
    return true;
}

struct rule *
rule_parse(const char *text, char *why, size_t cap)
{
    struct rule *r = xcalloc(1, sizeof(*r));
    const char *p = text;
    while (*p != '\0') {
        if (*p == ' ') {
            p++;
            continue;
        }
        if (strncmp(p, "text=", 5) == 0) {
            parse_text(r, p + 5);
            break;
        }
        const char *key_start = p;
        p += strcspn(p, " =");
        char *key = xstrndup(key_start, (size_t)(p - key_start));
        char *value = NULL;
        if (*p == '=') {
            p++;
            value = read_value(&p);
        }
        bool ok = value != NULL ? set_word(r, key, &value) : set_flag(r, key);
        if (!ok)
            snprintf(why, cap, "stand-in rule: cannot read %s%s%s in: %s", key,
                     value != NULL ? "=" : "", value != NULL ? value : "", text);
        free(key);
        free(value);
        if (!ok) {
            rule_destroy(r);
            return NULL;
        }
    }
    if (r->style == NULL)
        r->style = xstrdup("vllm");
    if (r->token_count == 0)
        parse_text(r, "Halo, ini jawaban singkat.");
    return r;
}

void
rule_destroy(struct rule *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->token_count; i++)
        free(r->tokens[i]);
    free(r->tokens);
    free(r->path);
    free(r->model);
    free(r->match);
    free(r->stop);
    free(r->message);
    free(r->code);
    free(r->retry_after);
    free(r->retry_after_ms);
    free(r->style);
    free(r->type);
    free(r->file);
    free(r);
}
