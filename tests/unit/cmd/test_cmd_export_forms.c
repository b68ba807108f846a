/* The forms of `export`, each against a golden file in tests/data/exports and against the rules of what loads it. */
#include "unit/unit.h"
#include "unit/full_disk.h"
#include "merge_kit.h"

#include <dirent.h>

#include "berdua/export/export.h"

static void
read_data(const char *name, struct buf *out)
{
    struct err err = {""};
    char *path = xasprintf("%s/tests/data/exports/%s", getenv("BERDUA_SRC"), name);
    buf_init(out, 16 << 20);
    if (!path_read(path, out, &err))
        fail_msg("%s", err.text);
    free(path);
}

static void
merge_sample(const struct kit *k)
{
    struct buf in;
    read_data("in.jsonl", &in);
    merge(k, in.p, "9 verdicts added");
    buf_finish(&in);
}

static void
export_as(const struct kit *k, const char *format, const char *more, struct buf *out)
{
    char arguments[256];
    snprintf(arguments, sizeof arguments, "export --format %s %s", format, more);
    assert_int_equal(run(k, arguments, out), EXIT_DONE);
}

/* The rows of a form of JSON, as one list. */
static struct json *
rows_of(const struct kit *k, const char *format, const char *more)
{
    struct buf out;
    char *rest = NULL;
    export_as(k, format, more, &out);
    struct json *rows = out.p[0] == '[' ? json_parse(out.p, out.len, NULL) : json_array();
    if (out.p[0] != '[')
        for (char *line = strtok_r(out.p, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
            json_push(rows, json_parse(line, strlen(line), NULL));
    assert_true(json_is_array(rows));
    buf_finish(&out);
    return rows;
}

/* BERDUA_WRITE_GOLDEN=1 writes them. */
static void
every_form_is_what_its_golden_file_says(void **state)
{
    struct kit *k = *state;
    const struct export_format *f;
    merge_sample(k);
    for (size_t i = 0; (f = export_format_at(i)) != NULL; i++) {
        struct buf got, want;
        char name[64];
        snprintf(name, sizeof name, "%s.%s", export_format_name(f), export_format_extension(f));
        export_as(k, export_format_name(f), "", &got);
        if (getenv("BERDUA_WRITE_GOLDEN")) {
            char *path = xasprintf("%s/tests/data/exports/%s", getenv("BERDUA_SRC"), name);
            FILE *file = fopen(path, "w");
            assert_non_null(file);
            assert_int_equal(fwrite(got.p, 1, got.len, file), got.len);
            assert_int_equal(fclose(file), 0);
            free(path);
        }
        read_data(name, &want);
        assert_string_equal(got.p, want.p);
        assert_int_equal(got.len, want.len);
        buf_finish(&got);
        buf_finish(&want);
    }
}

/* What help and completion of shells offer is what there is. */
static void
the_formats_that_are_offered_are_those_of_the_table(void **state)
{
    (void)state;
    const struct export_format *f;
    struct buf names;
    buf_init(&names, 1 << 10);
    for (size_t i = 0; (f = export_format_at(i)) != NULL; i++)
        buf_printf(&names, "%s%s", i ? "|" : "", export_format_name(f));
    assert_string_equal(command_export.options[0].name, "format");
    assert_string_equal(command_export.options[0].value, names.p);
    buf_finish(&names);
}

static void
what_is_left_out_is_said_with_its_reason(void **state)
{
    struct kit *k = *state;
    static const struct {
        const char *format, *more, *said;
    } table[] = {
        {"native", "",
         "berdua: 8 verdicts exported, 1 left out: leak 1 (--include FLAG takes them in)\n"},
        {"csv", "", "berdua: 7 verdicts exported, 2 left out: leak 1, votes of a judge 1 (--"},
        {"trl", "",
         "berdua: 2 verdicts exported, 7 left out: leak 1, later ones of the same pairs 2, ties 1, "
         "both bad 1, votes of a judge 1, whose history does not alternate 1 (--"},
        {"trl", "--include leak",
         "berdua: 3 verdicts exported, 6 left out: later ones of the same pairs 2, ties 1, both "
         "bad "
         "1, votes of a judge 1, whose history does not alternate 1\n"},
        {"kto", "--language id",
         "berdua: 2 verdicts exported in 4 rows, 3 left out: leak 1, later "},
        {"routellm", "", "berdua: 3 verdicts exported, 6 left out: leak 1, "},
        {"trl", "--category cultural", "berdua: 0 verdicts exported, 0 left out: ties 0\n"},
        {"sharegpt", "", "terms of service"},
    };
    merge_sample(k);
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        struct buf out;
        export_as(k, table[i].format, table[i].more, &out);
        assert_said(k, table[i].said);
        buf_finish(&out);
    }
}

static void
no_terms_are_said_of_what_trains_on_no_text(void **state)
{
    struct kit *k = *state;
    struct buf out, said;
    struct err err = {""};
    char *path = xasprintf("%s/stderr", k->folder);
    merge_sample(k);
    export_as(k, "arena", "", &out);
    buf_init(&said, 1 << 20);
    assert_true(path_read(path, &said, &err));
    assert_null(strstr(said.p, "terms"));
    buf_finish(&said);
    buf_finish(&out);
    free(path);
}

static void
a_pair_gives_one_row_and_a_dispute_takes_its_place_only_on_demand(void **state)
{
    struct kit *k = *state;
    merge_sample(k);
    static const struct {
        const char *more, *ids;
    } table[] = {
        {"", "v01 v02 v03 v04 "},
        {"--include leak", "v01 v02 v03 v04 v06 "},
        {"--include dispute", "v02 v03 v04 v08 "},
        {"--include dispute,leak --since 2023-11-14T22:16:00Z", "v03 v04 v06 v08 "},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        struct buf ids;
        buf_init(&ids, 128);
        struct json *rows = rows_of(k, "arena-140k", table[i].more);
        for (const struct json *row = json_first(rows); row; row = json_next(row))
            buf_printf(&ids, "%s ", json_get_str(row, "id"));
        assert_string_equal(ids.p, table[i].ids);
        buf_finish(&ids);
        json_free(rows);
    }
}

static void
count_nulls(const struct json *v, size_t *n)
{
    *n += json_is_null(v);
    for (const struct json *c = json_first(v); c; c = json_next(c))
        count_nulls(c, n);
}

/* TRL's trainers, and the Arrow files between, take neither a null nor a key that only some rows have. */
static void
rows_that_train_have_the_same_keys_and_no_nulls(void **state)
{
    struct kit *k = *state;
    static const char *const formats[] = {"trl", "kto", "openai-dpo", "sharegpt",
                                          "llamafactory-kto"};
    merge_sample(k);
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
        struct json *rows = rows_of(k, formats[i], "");
        const struct json *first = json_first(rows);
        size_t nulls = 0;
        assert_true(json_count(rows) >= 2);
        count_nulls(rows, &nulls);
        assert_int_equal(nulls, 0);
        for (const struct json *row = first; row; row = json_next(row)) {
            assert_int_equal(json_count(row), json_count(first));
            for (const struct json *v = json_first(first); v; v = json_next(v))
                assert_non_null(json_get(row, json_key(v)));
        }
        json_free(rows);
    }
}

static void
the_margin_is_there_when_a_row_has_a_strength_and_else_not(void **state)
{
    struct kit *k = *state;
    static const double margins[] = {1, .5};
    merge_sample(k);
    struct json *rows = rows_of(k, "trl", "--include leak");
    const struct json *row = json_first(rows);
    for (size_t i = 0; i < 3; i++, row = json_next(row)) {
        double margin;
        assert_true(json_get_num(row, "margin", &margin));
        assert_true(margin == (i < 2 ? margins[i] : 0));
    }
    json_free(rows);
    rows = rows_of(k, "trl", "--include leak --since 2023-11-14T22:18:00Z");
    assert_int_equal(json_count(rows), 1);
    assert_null(json_get(json_first(rows), "margin"));
    json_free(rows);
}

/* What FastChat's clean_battle_data.py makes of its own log, and its later scripts take for granted. */
static void
arena_follows_the_rules_of_fastchat(void **state)
{
    struct kit *k = *state;
    double before = 0;
    merge_sample(k);
    struct json *rows = rows_of(k, "arena", "--include leak");
    assert_int_equal(json_count(rows), 5);
    for (const struct json *row = json_first(rows); row; row = json_next(row)) {
        const char *winner = json_get_str(row, "winner");
        int64_t turn;
        double ts;
        bool known = strcmp(winner, "model_a") == 0 || strcmp(winner, "model_b") == 0 ||
                     strcmp(winner, "tie") == 0 || strcmp(winner, "tie (bothbad)") == 0;
        assert_true(known);
        assert_true(json_get_int(row, "turn", &turn) && json_get_num(row, "tstamp", &ts));
        assert_true(ts >= before);
        before = ts;
        assert_int_equal(strncmp(json_get_str(row, "judge"), "arena_user_", 11), 0);
        assert_string_not_equal(json_get_str(row, "model_a"), json_get_str(row, "model_b"));
        for (int side = 0; side < 2; side++) {
            const struct json *said = json_get(row, side ? "conversation_b" : "conversation_a");
            int i = 0;
            assert_int_equal(json_count(said), 2 * turn);
            for (const struct json *m = json_first(said); m; m = json_next(m)) {
                assert_string_equal(json_get_str(m, "role"), i++ % 2 ? "assistant" : "user");
                assert_non_null(json_get_str(m, "content"));
            }
        }
    }
    json_free(rows);
}

/* ---- CSV ---- */

/* One field of RFC 4180 from *p on; false: it is none. *last: of its row. */
static bool
take_field(const char **p, const char *end, struct buf *out, bool *last)
{
    bool quoted = *p < end && **p == '"';
    buf_clear(out);
    *p += quoted;
    for (; *p < end; ++*p) {
        bool quote = **p == '"';
        if (quoted && quote && *p + 1 < end && (*p)[1] == '"')
            ++*p;
        else if (quoted && quote)
            break;
        else if (!quoted && (quote || **p == '\r'))
            return false;
        else if (!quoted && (**p == ',' || **p == '\n'))
            break;
        buf_append_char(out, **p);
    }
    *p += quoted;
    if (*p >= end || (**p != ',' && **p != '\n'))
        return false;
    *last = *(*p)++ == '\n';
    return true;
}

/* Each row has as many fields as the first; field `column` of the rows after it, each in a list. */
static struct json *
column_of(const struct buf *csv, const char *column)
{
    struct json *found = json_array();
    const char *p = csv->p, *end = csv->p + csv->len;
    int want = -1, width = 0;
    struct buf field;
    buf_init(&field, 1 << 20);
    for (int row = 0; p < end; row++) {
        bool last = false;
        int i = 0;
        for (; !last; i++) {
            assert_true(take_field(&p, end, &field, &last));
            if (row == 0 && strcmp(field.p, column) == 0)
                want = i;
            if (row > 0 && i == want)
                json_push_str(found, field.p);
        }
        width = row == 0 ? i : width;
        assert_int_equal(i, width);
    }
    assert_true(want >= 0);
    buf_finish(&field);
    return found;
}

static void
a_line_of_csv_keeps_every_byte_of_a_text(void **state)
{
    struct kit *k = *state;
    static const char *const fields[] = {"message", "claude_text", "llama_text", "note", "id"};
    struct buf csv;
    merge_sample(k);
    export_as(k, "csv", "", &csv);
    struct json *records = rows_of(k, "native", "");
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct json *column = column_of(&csv, fields[i]);
        const struct json *cell = json_first(column);
        for (const struct json *r = json_first(records); r; r = json_next(r)) {
            const char *want =
                strcmp(fields[i], "claude_text") == 0  ? json_str(json_at(r, "answers.claude.text"))
                : strcmp(fields[i], "llama_text") == 0 ? json_str(json_at(r, "answers.llama.text"))
                                                       : json_get_str(r, fields[i]);
            if (json_is_object(json_get(r, "judge")))
                continue;
            assert_string_equal(json_str(cell), want ? want : "");
            cell = json_next(cell);
        }
        assert_null(cell);
        json_free(column);
    }
    json_free(records);
    buf_finish(&csv);
}

static void
the_turns_of_arena_55k_are_lists_inside_a_table(void **state)
{
    struct kit *k = *state;
    struct buf csv;
    static const char *const columns[] = {"prompt", "response_a", "response_b"};
    merge_sample(k);
    export_as(k, "arena-55k", "", &csv);
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        struct json *column = column_of(&csv, columns[i]);
        size_t turns[] = {1, 2, 1, 1}, row = 0;
        assert_int_equal(json_count(column), ARRAY_LEN(turns));
        for (const struct json *v = json_first(column); v; v = json_next(v), row++) {
            struct json *list = json_parse(json_str(v), strlen(json_str(v)), NULL);
            assert_int_equal(json_count(list), turns[row]);
            json_free(list);
        }
        json_free(column);
    }
    struct json *ties = column_of(&csv, "winner_tie");
    const struct json *tie = json_first(ties);
    for (int i = 0; i < 4; i++, tie = json_next(tie))
        assert_string_equal(json_str(tie), i < 2 ? "0" : "1");
    json_free(ties);
    buf_finish(&csv);
}

/* ---- what cannot be written ---- */

static int
files_in(const char *folder)
{
    DIR *d = opendir(folder);
    int n = 0;
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static void
a_full_disk_leaves_the_old_file_and_nothing_beside_it(void **state)
{
    struct kit *k = *state;
    struct buf records, out, file;
    struct err err = {""};
    buf_init(&records, 4 << 20);
    for (int i = 0; i < 200; i++) {
        char id[16];
        snprintf(id, sizeof id, "r%d", i);
        add_record(&records, id, "s", i + 1, 1.7e9 + i, "");
    }
    merge(k, records.p, "200 verdicts added");
    put_file(k, "out", "before");
    int files = files_in(k->folder);
    limit_files(64 << 10);
    int code = run_on(k, "export --format native -o", "out", &out);
    limit_files(RLIM_INFINITY);
    assert_int_equal(code, EXIT_FAILED);
    assert_said(k, "out cannot be written: ");
    assert_int_equal(files_in(k->folder), files);
    char *path = xasprintf("%s/out", k->folder);
    buf_init(&file, 100);
    assert_true(path_read(path, &file, &err));
    assert_string_equal(file.p, "before");
    free(path);
    buf_finish(&file);
    buf_finish(&out);
    assert_int_equal(run(k, "export --format native -o /dev/full", &out), EXIT_FAILED);
    assert_said(k, "/dev/full cannot be written: ");
    buf_finish(&out);
    buf_finish(&records);
}

static void
a_link_still_leads_to_its_file_and_a_device_stays_a_device(void **state)
{
    struct kit *k = *state;
    struct buf out;
    struct stat st;
    char *link = xasprintf("%s/link", k->folder);
    merge_sample(k);
    put_file(k, "there", "before");
    assert_int_equal(symlink("there", link), 0);
    assert_int_equal(run_on(k, "export --format routellm -o", "link", &out), EXIT_DONE);
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat(link, &st), 0);
    assert_true(st.st_size > 100);
    buf_finish(&out);
    assert_int_equal(run(k, "export --format routellm -o /dev/null", &out), EXIT_DONE);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    buf_finish(&out);
    free(link);
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv))
        return merge_kit_main(argc, argv, &command_export);
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(every_form_is_what_its_golden_file_says),
        T(the_formats_that_are_offered_are_those_of_the_table),
        T(what_is_left_out_is_said_with_its_reason),
        T(no_terms_are_said_of_what_trains_on_no_text),
        T(a_pair_gives_one_row_and_a_dispute_takes_its_place_only_on_demand),
        T(rows_that_train_have_the_same_keys_and_no_nulls),
        T(the_margin_is_there_when_a_row_has_a_strength_and_else_not),
        T(arena_follows_the_rules_of_fastchat),
        T(a_line_of_csv_keeps_every_byte_of_a_text),
        T(the_turns_of_arena_55k_are_lists_inside_a_table),
        T(a_full_disk_leaves_the_old_file_and_nothing_beside_it),
        T(a_link_still_leads_to_its_file_and_a_device_stays_a_device),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
