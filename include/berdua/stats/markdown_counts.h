/* How much Markdown an answer has, counted as the public arena data sets are (FastChat, add_markdown_info.py; formats.md):
 * its patterns, after what lies between fences without a backtick was taken out. Pure. Thread: any. */
#ifndef BERDUA_STATS_MARKDOWN_COUNTS_H
#define BERDUA_STATS_MARKDOWN_COUNTS_H

#include <stddef.h>
#include <stdint.h>

struct markdown_counts {
    int64_t headers[6];         /* "# " to "###### " */
    int64_t ordered, unordered; /* "1. ", "- " */
    int64_t stars, underscores; /* **bold**, __bold__ */
};
struct markdown_counts markdown_count(const char *text, size_t n);
/* Of valid UTF-8. */
int64_t code_points(const char *text, size_t n);

#endif
