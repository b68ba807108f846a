/* What the providers' requests have in common, and the plain questions that doctor asks. Private to
 * src/brain. Thread: a worker. */
#ifndef BERDUA_BRAIN_REQUEST_H
#define BERDUA_BRAIN_REQUEST_H

#include "berdua/base/buf.h"
#include "berdua/brain/call.h"
#include "berdua/net/http.h"

#include <stdbool.h>

struct brain_ops;
struct err;
struct json;

/* [{"role":…,"content":…}, …]: the system prompt, the messages, the aside at the beginning of the last. */
struct json *request_messages(const struct call_spec *spec);
/* The schema of the answer; NULL: any text. */
struct json *request_schema(const struct call_spec *spec);
/* max_tokens, temperature and top_p, unless they are left out. */
void request_add_limits(struct json *object, const struct call_spec *spec);
/* To this path of the brain's address, with its headers; the body is still to come. */
struct http_request request_open(const struct brain_conf *conf, const char *method,
                                 const char *path, const char *key);
/* What no error, recording or log may hold, one a line: the key (or NULL) and the headers' values that come from
 * variables. A new string, which secret_free frees. false: a variable is not set. */
bool request_secrets(const struct brain_conf *conf, const char *key, char **secrets,
                     struct err *err);
/* Merges what the configuration adds for the brain and the model, and prints into req->body. Takes
 * root. */
void request_take_body(struct http_request *req, struct json *root, const struct call_spec *spec);
/* The request of a provider that has a path for it, into *req. */
void request_build(struct http_request *req, const struct brain_ops *ops,
                   const struct call_spec *spec, const char *key);

/* The reason of a failed transfer, for people; HTTP_OK gives ERR_NONE. text: what http_perform said. */
enum error_kind request_outcome_kind(enum http_outcome o, int status);
/* What the transfer knows of the cause, in the words of an answer. */
enum error_cause request_cause(enum http_obstacle o);
/* The id that the server gave the request; NULL: none. */
const char *request_server_id(const struct http *http);
/* A whole GET with a deadline of its own. Takes req. true: 2xx, its body in *body. */
bool request_probe(struct http *http, struct http_request *req, const struct brain_conf *conf,
                   const char *key, struct buf *body, struct answer_error *error);
/* Reads {"data":[{"id":…}, …]} into names; false with an error when `model` is not among them. */
bool request_check_models(const struct buf *body, const struct model_conf *model,
                          struct answer_error *error, struct buf *names);
/* Sets kind and a formatted one-line message without the secrets (one a line, or NULL), replacing what is there. */
void request_error(struct answer_error *error, enum error_kind kind, const char *secrets,
                   const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
