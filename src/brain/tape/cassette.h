/* Recordings: JSON lines. Line 1 is the header; every further line is one chunk as it came off the
 * wire. The format:
 *   {"berdua_cassette":1,"brain":"llama","provider":"openai","model":"zantara","category":"emotional",
 *    "language":"id","purpose":"answer","message":"…","simulated":true,"request":{…body without secrets…}}
 *   {"t_us":412000,"connected":true}            connect finished
 *   {"t_us":980000,"status":200}                response head (an error status makes the body an error)
 *   {"t_us":981000,"bytes":"data: …"}           body bytes, valid UTF-8; or "base64":"…" when they are not
 *   {"t_us":990000,"end":true}                  end of one body
 *   {"t_us":990000,"fail":"connect"}            the transport failed (an error kind)
 * t_us counts from the start of the call and never falls. A last line without its newline was cut by a
 * crash and is left out. Thread: a worker, or main for tests. */
#ifndef BERDUA_BRAIN_CASSETTE_H
#define BERDUA_BRAIN_CASSETTE_H

#include "berdua/base/buf.h"
#include "berdua/brain/call.h"
#include "berdua/conf/config.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

enum cassette_kind { TAPE_CONNECTED, TAPE_STATUS, TAPE_BYTES, TAPE_END, TAPE_FAIL };

struct cassette_step {
    int64_t t_us;
    enum cassette_kind kind;
    int status;  /* TAPE_STATUS */
    char *bytes; /* TAPE_BYTES: len bytes; TAPE_FAIL: the error kind's name; NUL-terminated */
    size_t len;
};

struct cassette {
    enum brain_id brain;
    enum provider provider;
    /* what it was recorded for; an answer where the header does not say */
    enum call_purpose purpose;
    char *model, *category, *language, *message;
    bool simulated;
    struct cassette_step *steps;
    size_t count;
};

/* name is used in errors ("FILE:LINE: reason"). */
struct cassette *cassette_parse(const char *name, const char *p, size_t n, struct err *err);
/* Reads the first line only: a cassette without steps. */
struct cassette *cassette_parse_header(const char *name, const char *p, size_t n, struct err *err);
void cassette_destroy(struct cassette **c);
/* A further try was recorded after this step, so a failure in it did not end the call. */
bool cassette_goes_on(const struct cassette *c, size_t after);

/* A tape being recorded: one 0600 file in the folder (made when missing), written line by line as the
 * call goes. No header of HTTP is in it; the key, and any part of it of 12 or more characters, becomes
 * "…" wherever it stands. A write that fails ends the recording, not the call: every function
 * gives its reason once. */
struct recording {
    const char *dir;
    enum brain_id brain;
    enum call_purpose purpose;
    const char *provider, *model, *message; /* model, message: NULL where unknown */
};
struct recorder;
struct recorder *recorder_open(const struct recording *what, const char *request_body,
                               size_t request_len, const char *secrets, struct err *err);
bool recorder_step(struct recorder *r, const struct cassette_step *step, struct err *err);
bool recorder_close(struct recorder **r, struct err *err);

/* The library: shipped cassettes, or those of a folder. pick() gives the one that was recorded of this message for this
 * brain and purpose (case, accents and punctuation do not matter), else one whose header names no message, which fits
 * any; another message's never. The seed chooses among several tapes of it. NULL: there is none, or it cannot be read.
 * What is picked lives as long as the library, of which only the headers are read before. */
struct cassette_library;
struct cassette_library *cassette_library_open(const char *dir_or_null, struct err *err);
void cassette_library_close(struct cassette_library **s);
const struct cassette *cassette_library_pick(const struct cassette_library *s, enum brain_id brain,
                                             enum call_purpose purpose, const char *message,
                                             uint64_t seed);
/* Why the tape that was to be picked cannot be read; "": there is none. */
const char *cassette_library_why(const struct cassette_library *s);
size_t cassette_library_count(const struct cassette_library *s);

#endif
