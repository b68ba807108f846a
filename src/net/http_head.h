/* The parts of HTTP that need no library: a request's fields, the head of a response. Private to src/net. Thread: any. */
#ifndef BERDUA_NET_HTTP_HEAD_H
#define BERDUA_NET_HTTP_HEAD_H

#include "berdua/base/buf.h"

#include <stdbool.h>

/* A response's head is kept as name NUL value NUL …. */
/* Keeps a line of n bytes without its end; one that is no header is left out. false: the head is full. */
bool head_keep(struct buf *head, const char *line, size_t n);
/* The value, NULL when absent. */
const char *head_find(const struct buf *head, const char *name);
/* 200 of "HTTP/1.1 200 OK" or "HTTP/2 200"; 0 when the line is not a status line. */
int head_status(const char *line, size_t n);

#endif
