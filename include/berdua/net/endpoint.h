/* The address of a question from a configured base address, in whatever form it was pasted. Pure. Thread: any. */
#ifndef BERDUA_NET_ENDPOINT_H
#define BERDUA_NET_ENDPOINT_H

/* A new string: base + path ("/v1/messages"), where base may end with a version of its own ("…/v1", "…/v1beta/openai"),
 * with a slash, or with a whole endpoint ("…/v1/chat/completions"), which is taken as it stands, its last part replaced
 * by that of path. A query string of base stays behind the path. */
char *endpoint_url(const char *base, const char *path);

#endif
