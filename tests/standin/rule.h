/* A parsed rule of the stand-in server. Private to tests/standin. Thread: the server's. */
#ifndef TESTS_STANDIN_RULE_H
#define TESTS_STANDIN_RULE_H

#include <stdbool.h>
#include <stddef.h>

enum fault {
    FAULT_NONE,
    FAULT_RESET,      /* connection reset instead of an answer */
    FAULT_CLOSE,      /* orderly close instead of an answer */
    FAULT_GARBAGE,    /* bytes that are not HTTP */
    FAULT_TLS,        /* a TLS alert, as a TLS port answers a plain request */
    FAULT_HANG_HEAD,  /* no status line ever */
    FAULT_HANG_BODY,  /* headers, then nothing */
    FAULT_HANG,       /* after `after` tokens, nothing more */
    FAULT_PINGS_ONLY, /* headers, then pings for ever */
    FAULT_CUT,        /* after `after` tokens the connection closes between events */
    FAULT_CUT_EVENT,  /* … within an event */
    FAULT_CUT_CHAR,   /* … within a character of more than one byte */
    FAULT_NO_END,     /* a proper end of the body, no final event */
    FAULT_HANG_END,   /* the whole answer but its final event, then nothing */
    FAULT_ERROR,      /* after `after` tokens an error event, as the style does it */
    FAULT_BARE_ERROR, /* an `error:` field, as early llama-server wrote it */
    FAULT_DONE_ONLY,  /* only the final event */
    FAULT_EMPTY,      /* a proper answer without text */
    FAULT_NOTHING,    /* 200 with an empty body */
    FAULT_ENDLESS,    /* tokens for ever */
    FAULT_HUGE_LINE,  /* an event line of 2 MB */
    FAULT_HTML,       /* an HTML page, with `status` or 200 */
    FAULT_JSON,       /* the whole answer as one JSON object though a stream was asked for */
    FAULT_BAD_JSON,   /* an event whose data is not JSON */
    FAULT_GZIP,       /* the body gzipped though nobody asked */
    FAULT_REDIRECT,   /* 302 to `message`, or to another path of this server */
    FAULT_JOB_FAILED, /* runpod: the job ends as FAILED */
    FAULT_JOB_STUCK,  /* runpod: the job stays in the queue */
    FAULT_JOB_LOST,   /* runpod: 404 for the job */
    FAULT_COUNT
};

struct rule {
    char *path, *model, *match; /* NULL: any */
    int times;                  /* 0: without end */
    int used;
    int head_ms, first_ms, gap_ms;
    char *stop; /* NULL: the form's ordinary one */
    int after;
    int status; /* 0: 200 */
    char *message, *code, *retry_after, *retry_after_ms;
    int thinking;
    bool crlf, pings, close;
    bool finish_each; /* openai: every piece has the reason to finish */
    bool single;      /* one line end between events */
    bool bare;        /* runpod: /stream answers with a bare array, without a status */
    char *style;      /* never NULL */
    bool old_worker;  /* runpod output of worker-vllm before 2.24 */
    int chunk;
    char *type;
    enum fault fault;
    char *file;
    char **tokens; /* escaped for a JSON string, without quotes */
    size_t token_count;
};

/* NULL with a reason when the text cannot be read. */
struct rule *rule_parse(const char *text, char *why, size_t cap);
void rule_destroy(struct rule *r);

#endif
