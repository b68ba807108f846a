/* A yardstick: what two streams in two panes cost with ncurses and libcurl and nothing else. One thread,
 * no store, no configuration, no Unicode, no wrapping at words.
 *
 *   yardstick [-p] URL [URL]     paints after every token; -p: once per pass of its loop */
#include <curl/curl.h>
#include <curses.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PANES = 2, LINE_BYTES = 65536, PROMPT_BYTES = 256, CTRL_C = 3, CTRL_U = 21 };

struct pane {
    WINDOW *win;
    CURL *easy;
    const char *url, *key; /* key: what stands before the text of a token */
    bool paint_each;
    char line[LINE_BYTES];
    size_t len;
};

static void
show(struct pane *p, const char *text)
{
    for (; *text && *text != '"'; text++) {
        if (text[0] == '\\' && text[1] == 'n') {
            waddch(p->win, '\n');
            text++;
        } else {
            waddch(p->win, (chtype)(unsigned char)*text);
        }
    }
    if (p->paint_each)
        wrefresh(p->win);
}

static size_t
receive(char *bytes, size_t one, size_t count, void *arg)
{
    struct pane *p = arg;
    for (size_t i = 0; i < one * count; i++) {
        if (bytes[i] != '\n') {
            if (p->len < LINE_BYTES - 1)
                p->line[p->len++] = bytes[i];
            continue;
        }
        p->line[p->len] = 0;
        p->len = 0;
        const char *at = strstr(p->line, p->key);
        if (at)
            show(p, at + strlen(p->key));
    }
    return one * count;
}

static void
ask(CURLM *multi, struct pane *p)
{
    if (p->easy)
        curl_multi_remove_handle(multi, p->easy);
    else
        p->easy = curl_easy_init();
    waddstr(p->win, "\n\n");
    curl_easy_setopt(p->easy, CURLOPT_URL, p->url);
    curl_easy_setopt(p->easy, CURLOPT_POSTFIELDS, "{\"stream\":true}");
    curl_easy_setopt(p->easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(p->easy, CURLOPT_WRITEDATA, p);
    curl_multi_add_handle(multi, p->easy);
}

static void
paint_prompt(const char *prompt)
{
    mvprintw(LINES - 1, 0, "> %s", prompt);
    clrtoeol();
    refresh();
}

/* 0: nothing typed; '\n': to be sent. */
static int
take_keys(char *prompt, size_t *len)
{
    int c, last = 0;
    while (last != '\n' && (c = getch()) != ERR) {
        last = c == '\r' ? '\n' : c;
        if (c == CTRL_C) {
            endwin();
            exit(0);
        }
        if (c == CTRL_U)
            *len = 0;
        else if (c >= ' ' && c < 127 && *len < PROMPT_BYTES - 1)
            prompt[(*len)++] = (char)c;
        prompt[*len] = 0;
    }
    return last;
}

int
main(int argc, char **argv)
{
    static struct pane panes[MAX_PANES];
    char prompt[PROMPT_BYTES] = "";
    size_t len = 0;
    int running = 0;
    bool per_pass = argc > 1 && strcmp(argv[1], "-p") == 0;
    int n = argc - 1 - per_pass;
    if (n < 1 || n > MAX_PANES)
        return 2;
    setlocale(LC_ALL, "");
    initscr();
    raw();
    noecho();
    nodelay(stdscr, TRUE);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    for (int i = 0; i < n; i++) {
        panes[i].url = argv[1 + per_pass + i];
        panes[i].key = strstr(panes[i].url, "/messages") ? "text_delta\",\"text\":\""
                                                         : "\"delta\":{\"content\":\"";
        panes[i].paint_each = !per_pass;
        panes[i].win = newwin(LINES - 1, COLS / n - 1, 0, i * (COLS / n));
        scrollok(panes[i].win, TRUE);
    }
    paint_prompt(prompt);
    for (;;) {
        int typed = take_keys(prompt, &len);
        if (typed == '\n' && running == 0) {
            for (int i = 0; i < n; i++)
                ask(multi, &panes[i]);
            prompt[len = 0] = 0;
        }
        if (typed)
            paint_prompt(prompt);
        curl_multi_perform(multi, &running);
        if (per_pass) {
            for (int i = 0; i < n; i++)
                wnoutrefresh(panes[i].win);
            doupdate();
        }
        struct curl_waitfd in = {.fd = 0, .events = CURL_WAIT_POLLIN};
        curl_multi_poll(multi, &in, 1, 1000, NULL);
    }
}
