/* Writes the verdicts into a file, as `berdua export` does, and says where they went. What was left out is told in numbers
 * alone, since the kinds of verdicts would tell a rater how the brains stand. */
#include "page_source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/conf/config.h"
#include "berdua/export/export.h"
#include "berdua/store/store.h"
#include "cmd/export_file.h"

static void
list_formats(struct doc *d)
{
    const struct export_format *f;
    doc_remark(d, "/export FORMAT [FILE] writes the verdicts so far into a file:");
    doc_blank(d);
    for (size_t i = 0; (f = export_format_at(i)) != NULL; i++)
        doc_row(d, export_format_name(f), "%s", export_format_about(f));
}

/* Here, under the format's name, where none is given. */
static char *
file_of(const struct export_format *f, const char *named)
{
    return *named ? path_expand(named)
                  : xasprintf("berdua-%s.%s", export_format_name(f), export_format_extension(f));
}

static void
say_where(struct doc *d, const char *file, const struct export_choice *choice,
          const struct export_summary *sum)
{
    char *whole = realpath(file, NULL);
    const char *reminder = export_reminder(choice, sum);
    doc_row(d, "written to", "%s", whole ? whole : file);
    doc_row(d, "rows", "%lld", (long long)sum->rows);
    if (sum->left_out)
        doc_row(d, "left out", "%lld verdicts; `berdua export` says why", (long long)sum->left_out);
    if (reminder)
        doc_warning(d, "terms", "%s.", reminder);
    free(whole);
}

static void
export_into(struct doc *d, const struct page_source *s, const struct export_format *format,
            const char *file)
{
    struct err err = {0};
    struct export_summary sum;
    struct export_choice choice = {.format = format,
                                   .since_us = INT64_MIN,
                                   .until_us = INT64_MAX,
                                   .category = -1,
                                   .language = -1};
    struct store *store = store_open(s->config->store_url, &err);
    if (store && export_to_file(store, &choice, file, &sum, &err))
        say_where(d, file, &choice, &sum);
    else
        doc_warning(d, "failed", "%s", err.text);
    store_close(&store);
}

static void
export_load(struct doc *d, const struct page_source *s)
{
    const char *about = s->about ? s->about : "";
    size_t n = strcspn(about, " \t");
    const char *rest = about + n + strspn(about + n, " \t");
    char *name = xstrndup(about, n);
    const struct export_format *format = export_format_find(name);
    if (format) {
        char *file = file_of(format, rest);
        export_into(d, s, format, file);
        free(file);
    } else {
        if (*name)
            doc_warning(d, "failed", "no format \"%s\"", name);
        list_formats(d);
    }
    free(name);
}

const struct page_ops page_export = {
    .title = "Export", .plain = true, .prints = true, .load = export_load};
