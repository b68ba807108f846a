/* The stand-in server: speaks the Anthropic, OpenAI and RunPod wire forms on 127.0.0.1 with scripted
 * timing and every fault a real peer has shown. One thread of its own, raw sockets and poll.
 *
 * What it answers is said by rules, one text each; the first rule that fits and is not used up wins,
 * and without one a short default answer is given. A rule is words separated by blanks:
 *   which requests    path=SUBSTR model=NAME match=SUBSTR (of the body) times=N (then used up)
 *   timing, in ms     head=N before the status line, first=N before the first token, gap=N between
 *   how it ends       stop=WORD (the form's own stop reason), after=N (tokens before the fault)
 *   HTTP error        status=N message="…" retry_after=S retry_after_ms=N code=WORD
 *   variations        thinking=N tokens before the text, crlf, single (line ends), finish_each, pings,
 *                     style=vllm|llama|ollama,
 *                     worker=old|new, bare (runpod: /stream names no status), chunk=N (bytes a write), type=MIME, close (no framing)
 *   fault=WORD        see the table in rule.c
 *   body              file=PATH sends that file as it is; count=N makes N numbered tokens;
 *                     text=… takes the rest of the rule: C escapes, \| forces a token boundary,
 *                     \uXXXX goes into the JSON as it stands (so a lone surrogate can be sent)
 * Thread: every function from any thread. */
#ifndef TESTS_STANDIN_STANDIN_H
#define TESTS_STANDIN_STANDIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct standin;

/* Aborts when no socket can be had. port 0: chosen by the kernel. */
struct standin *standin_start(int port);
void standin_stop(struct standin **s);
int standin_port(const struct standin *s);
/* "http://127.0.0.1:PORT" + path, in a buffer that lives as long as the server. */
const char *standin_url(struct standin *s, const char *path);
/* Aborts with a message on a rule that cannot be read: the test is wrong. */
void standin_rule(struct standin *s, const char *rule);
/* The same, false with a reason of at most cap bytes. */
bool standin_try_rule(struct standin *s, const char *rule, char *why, size_t cap);
void standin_clear_rules(struct standin *s);

enum { STANDIN_TIMED_TOKENS = 1 << 16 };

/* What arrived. Times are monotonic microseconds; 0: has not happened. */
struct standin_request {
    char *method, *path;
    char *headers; /* as sent, "Name: value\r\n" each */
    char *body;
    size_t body_len;
    int connection;          /* number of the connection, from 0 */
    int nth;                 /* request on that connection, from 0: above 0 it was reused */
    int64_t at_us;           /* whole request read */
    int64_t head_us;         /* first byte of the answer written */
    int64_t first_us;        /* first token written */
    int64_t done_us;         /* the scripted answer was written to its end */
    int64_t client_close_us; /* the client closed before that */
    int tokens;              /* written so far */
    int64_t *token_us;       /* when each of the first STANDIN_TIMED_TOKENS was written */
};
size_t standin_count(struct standin *s);
/* Requests whose path holds the substring. */
size_t standin_count_path(struct standin *s, const char *substring);
/* A copy; free with standin_request_free. Aborts when there is no i-th. */
struct standin_request *standin_request(struct standin *s, size_t i);
void standin_request_free(struct standin_request **r);
/* Header value into out; false when absent. */
bool standin_header(const struct standin_request *r, const char *name, char *out, size_t cap);
/* Wait for the condition; false when the deadline passes first. */
bool standin_wait_count(struct standin *s, size_t n, int timeout_ms);
bool standin_wait_client_close(struct standin *s, size_t i, int timeout_ms);

/* A port of 127.0.0.1 at which connecting is refused as long as *fd stays open. */
int standin_refusing_port(int *fd);

#endif
