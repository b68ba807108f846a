/* berdua completion: what bash, zsh and fish need to complete a command line, made from the tables of the commands. */
#include "cmd.h"
#include "out.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/chat/terms.h"

/* ---- what may stand for a value ---- */

/* The words that `what` (as the help calls a value or the words of a verb) may be, blanks between them; "" when any text may
 * stand there. */
static void
put_choices(const char *what)
{
    if (strcmp(what, "MODE") == 0) {
        for (int m = 0; m < MODE_COUNT; m++)
            out_print("%s%s", m ? " " : "", chat_mode_name((enum chat_mode)m));
    } else if (strncmp(what, "CATEGORY", 8) == 0) {
        for (int c = 0; c < CATEGORY_COUNT; c++)
            out_print("%s%s", c ? " " : "", category_name((enum category)c));
    } else if (strchr(what, '|')) {
        for (const char *p = what; *p; p++)
            putchar(*p == '|' ? ' ' : *p);
    }
}

static bool
has_choices(const char *what)
{
    return strcmp(what, "MODE") == 0 || strncmp(what, "CATEGORY", 8) == 0 ||
           (strchr(what, '|') && what[0] >= 'a' && what[0] <= 'z');
}

static bool
is_path(const char *what)
{
    return strncmp(what, "FILE", 4) == 0 || strcmp(what, "DIR") == 0;
}

/* ---- lists, with blanks between ---- */

static void
put_commands(void)
{
    for (int i = 0; i < cmd_count; i++)
        out_print("%s%s", i ? " " : "", cmd_all[i]->name);
}

static void
put_options(const struct command *c)
{
    fputs("--config --db --no-color --help", stdout);
    for (int i = 0; i < c->option_count; i++)
        out_print(" --%s", c->options[i].name);
}

static void
put_verbs(const struct command *c)
{
    for (int i = 0; i < c->verb_count; i++)
        out_print("%s%s", i ? " " : "", c->verbs[i].name);
    if (!c->verb_count && c->alone.words && has_choices(c->alone.words))
        put_choices(c->alone.words);
}

/* An option of that name stood in an earlier command; what it takes is the same there. */
static bool
is_known(int command, int option)
{
    const char *name = cmd_all[command]->options[option].name;
    for (int c = 0; c <= command; c++)
        for (int i = 0; i < (c < command ? cmd_all[c]->option_count : option); i++)
            if (strcmp(cmd_all[c]->options[i].name, name) == 0)
                return true;
    return false;
}

/* ---- bash and zsh: the same function but for how words are counted and offered ---- */

struct shell {
    const char *name;
    const char *head, *tail;
    const char *first,
        *end; /* the index of the first word after the program, and of the word in work */
    const char *word, *last, *now; /* the word of index i, the one before, and the one in work */
    const char *offer, *close;     /* around words */
    const char *files;
};

static const struct shell bash = {
    "bash",
    "_berdua() {\n    local command= verb= i word\n    COMPREPLY=()\n",
    "}\ncomplete -F _berdua berdua\n",
    "1",
    "COMP_CWORD",
    "${COMP_WORDS[i]}",
    "${COMP_WORDS[COMP_CWORD-1]}",
    "${COMP_WORDS[COMP_CWORD]}",
    "COMPREPLY=($(compgen -W \"",
    "\" -- \"${COMP_WORDS[COMP_CWORD]}\"))",
    "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"${COMP_WORDS[COMP_CWORD]}\"))",
};

static const struct shell zsh = {
    "zsh",
    "#compdef berdua\n_berdua() {\n    local command= verb= i word\n",
    "}\nif [ \"$funcstack[1]\" = _berdua ]; then _berdua \"$@\"; else compdef _berdua berdua; fi\n",
    "2",
    "CURRENT",
    "${words[i]}",
    "${words[CURRENT-1]}",
    "${words[CURRENT]}",
    "compadd -- ",
    "",
    "_files",
};

/* What follows an option with a value. */
static void
put_value_cases(const struct shell *s)
{
    out_print("    case \"%s\" in\n    -c|--config|--db) %s; return ;;\n", s->last, s->files);
    for (int c = 0; c < cmd_count; c++) {
        for (int i = 0; i < cmd_all[c]->option_count; i++) {
            const struct cmd_option *o = &cmd_all[c]->options[i];
            if (!o->value || is_known(c, i))
                continue;
            out_print("    --%s", o->name);
            if (o->letter)
                out_print("|-%c", o->letter);
            fputs(") ", stdout);
            if (is_path(o->value))
                fputs(s->files, stdout);
            else if (has_choices(o->value))
                out_print("%s", s->offer), put_choices(o->value), fputs(s->close, stdout);
            puts(is_path(o->value) || has_choices(o->value) ? "; return ;;" : "return ;;");
        }
    }
    puts("    esac");
}

/* Finds the command and its verb, past options and their values. */
static void
put_finder(const struct shell *s)
{
    out_print("    for ((i = %s; i < %s; i++)); do\n        word=%s\n        case \"$word\" in\n"
              "        -c|--config|--db",
              s->first, s->end, s->word);
    for (int c = 0; c < cmd_count; c++) {
        for (int i = 0; i < cmd_all[c]->option_count; i++) {
            const struct cmd_option *o = &cmd_all[c]->options[i];
            if (!o->value || is_known(c, i))
                continue;
            out_print("|--%s", o->name);
            if (o->letter)
                out_print("|-%c", o->letter);
        }
    }
    puts(") ((i++)) ;;\n        -*) ;;\n"
         "        *) if [ -z \"$command\" ]; then command=$word; elif [ -z \"$verb\" ]; then "
         "verb=$word; fi ;;\n        esac\n    done");
}

static void
put_verb_words(const struct shell *s, const struct command *c)
{
    puts("        case \"$verb\" in");
    fputs("        \"\") ", stdout);
    out_print("%s", s->offer), put_verbs(c), out_print("%s ;;\n", s->close);
    for (int i = 0; i < c->verb_count; i++) {
        const char *words = c->verbs[i].words;
        if (!words || !(is_path(words) || has_choices(words)))
            continue;
        out_print("        %s) ", c->verbs[i].name);
        if (is_path(words))
            fputs(s->files, stdout);
        else
            out_print("%s", s->offer), put_choices(words), fputs(s->close, stdout);
        puts(" ;;");
    }
    puts("        esac ;;");
}

static void
put_function(const struct shell *s)
{
    fputs(s->head, stdout);
    put_value_cases(s);
    put_finder(s);
    out_print("    case \"%s\" in\n    -*)\n        case \"$command\" in\n", s->now);
    for (int c = 0; c < cmd_count; c++) {
        /* without a command it is the chat */
        out_print("        %s%s) %s", cmd_all[c]->name, c == 0 ? "|\"\"" : "", s->offer);
        put_options(cmd_all[c]);
        out_print("%s ;;\n", s->close);
    }
    puts("        esac\n        return ;;\n    esac\n    case \"$command\" in");
    out_print("    \"\") %s", s->offer), put_commands(), out_print("%s ;;\n", s->close);
    for (int c = 0; c < cmd_count; c++) {
        bool has_words = cmd_all[c]->alone.words && has_choices(cmd_all[c]->alone.words);
        if (!cmd_all[c]->verb_count && !has_words)
            continue;
        out_print("    %s)\n", cmd_all[c]->name);
        put_verb_words(s, cmd_all[c]);
    }
    puts("    esac");
    fputs(s->tail, stdout);
}

/* ---- fish ---- */

/* In single quotes, in which only these two need a stroke. */
static void
put_quoted(const char *text)
{
    putchar('\'');
    for (const char *p = text; *p; p++)
        out_print("%s%c", *p == '\'' || *p == '\\' ? "\\" : "", *p);
    putchar('\'');
}

static void
put_fish_option(const struct command *c, const struct cmd_option *o)
{
    out_print("complete -c berdua -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
    if (o->letter)
        out_print(" -s %c", o->letter);
    if (o->value && is_path(o->value))
        fputs(" -r -F", stdout);
    else if (o->value && has_choices(o->value))
        fputs(" -x -a '", stdout), put_choices(o->value), putchar('\'');
    else if (o->value)
        fputs(" -x", stdout);
    putchar('\n');
}

static void
put_fish_command(const struct command *c)
{
    out_print("complete -c berdua -n __fish_use_subcommand -a %s -d ", c->name);
    put_quoted(c->help);
    putchar('\n');
    for (int i = 0; i < c->option_count; i++)
        put_fish_option(c, &c->options[i]);
    if (c->verb_count || (c->alone.words && has_choices(c->alone.words))) {
        out_print("complete -c berdua -n '__fish_seen_subcommand_from %s; and not "
                  "__fish_seen_subcommand_from ",
                  c->name);
        put_verbs(c), fputs("' -a '", stdout), put_verbs(c), puts("'");
    }
    for (int i = 0; i < c->verb_count; i++)
        if (c->verbs[i].words && is_path(c->verbs[i].words))
            out_print("complete -c berdua -n '__fish_seen_subcommand_from %s; and "
                      "__fish_seen_subcommand_from %s' -F\n",
                      c->name, c->verbs[i].name);
}

static void
put_fish(void)
{
    puts("complete -c berdua -f\ncomplete -c berdua -s c -l config -r -F\n"
         "complete -c berdua -l db -r -F\ncomplete -c berdua -l no-color\n"
         "complete -c berdua -s h -l help");
    for (int c = 0; c < cmd_count; c++)
        put_fish_command(cmd_all[c]);
}

/* ---- the command ---- */

static int
run(const struct globals *g, const struct cmd_args *args)
{
    (void)g;
    const char *shell = args->words[0];
    if (strcmp(shell, "bash") == 0)
        put_function(&bash);
    else if (strcmp(shell, "zsh") == 0)
        put_function(&zsh);
    else if (strcmp(shell, "fish") == 0)
        put_fish();
    else
        return cmd_usage("completion", "\"%s\" is none of bash, zsh and fish", shell);
    return EXIT_DONE;
}

const struct command command_completion = {
    .name = "completion",
    .alone = {.words = "bash|zsh|fish", .least = 1, .most = 1},
    .help = "what a shell needs to complete a command line",
    .run = run,
};
