#include "unit/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "standin/standin.h"

enum { PATIENCE_MS = 20000 };

static int
dial(const struct standin *s)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)standin_port(s))};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    return fd;
}

static void
post(int fd, const char *path, const char *body)
{
    char *text = xasprintf("POST %s HTTP/1.1\r\nHost: x\r\nx-api-key: sk-rahasia\r\n"
                           "Content-Length: %zu\r\n\r\n%s",
                           path, strlen(body), body);
    assert_int_equal(send(fd, text, strlen(text), 0), strlen(text));
    free(text);
}

/* Reads until the text is there or the connection ends. */
static bool
read_until(int fd, struct buf *got, const char *text)
{
    char part[4096];
    ssize_t n;
    while (strstr(got->p, text) == NULL) {
        n = recv(fd, part, sizeof(part), 0);
        if (n <= 0)
            return false;
        buf_append(got, part, (size_t)n);
    }
    return true;
}

static void
a_rule_that_is_used_up_makes_room_for_the_next(void **state)
{
    (void)state;
    struct standin *s = standin_start(0);
    struct buf got;
    buf_init(&got, 1 << 20);
    standin_rule(s, "status=429 times=1 retry_after=3");
    standin_rule(s, "text=satu dua");
    int fd = dial(s);
    post(fd, "/v1/messages", "{\"model\":\"m\",\"stream\":true}");
    assert_true(read_until(fd, &got, "stand-in says 429"));
    assert_non_null(strstr(got.p, "retry-after: 3\r\n"));
    post(fd, "/v1/messages", "{\"model\":\"m\",\"stream\":true}");
    assert_true(read_until(fd, &got, "message_stop\"}"));
    assert_non_null(strstr(got.p, "\"text\":\" dua\""));
    struct standin_request *r = standin_request(s, 1);
    assert_int_equal(r->nth, 1);
    char key[64];
    assert_true(standin_header(r, "X-API-Key", key, sizeof(key)));
    assert_string_equal(key, "sk-rahasia");
    standin_request_free(&r);
    close(fd);
    buf_finish(&got);
    standin_stop(&s);
}

static void
a_hanging_answer_notes_when_the_client_gave_up(void **state)
{
    (void)state;
    struct standin *s = standin_start(0);
    struct buf got;
    buf_init(&got, 1 << 20);
    standin_rule(s, "fault=hang after=1");
    int fd = dial(s);
    post(fd, "/v1/chat/completions", "{\"model\":\"m\",\"stream\":true}");
    assert_true(read_until(fd, &got, "Halo,"));
    close(fd);
    assert_true(standin_wait_client_close(s, 0, PATIENCE_MS));
    buf_finish(&got);
    standin_stop(&s);
}

static void
a_cut_within_a_character_leaves_half_of_it(void **state)
{
    (void)state;
    struct standin *s = standin_start(0);
    struct buf got;
    buf_init(&got, 1 << 20);
    standin_rule(s, "fault=cut_char after=1 close");
    int fd = dial(s);
    post(fd, "/v1/messages", "{\"model\":\"m\",\"stream\":true}");
    assert_false(read_until(fd, &got, "no such text"));
    assert_memory_equal(got.p + got.len - 2, "\xe2\x98", 2);
    close(fd);
    buf_finish(&got);
    standin_stop(&s);
}

static void
an_answer_may_lack_its_end_and_say_stop_with_every_piece(void **state)
{
    (void)state;
    struct standin *s = standin_start(0);
    struct buf got;
    buf_init(&got, 1 << 20);
    standin_rule(s, "fault=hang_end finish_each single text=satu dua");
    int fd = dial(s);
    post(fd, "/v1/chat/completions", "{\"model\":\"m\",\"stream\":true}");
    assert_true(read_until(fd, &got, "\"usage\""));
    assert_non_null(strstr(got.p, "{\"content\":\" dua\"},\"finish_reason\":\"stop\"}]}\n"));
    close(fd);
    assert_true(standin_wait_client_close(s, 0, PATIENCE_MS));
    assert_null(strstr(got.p, "[DONE]"));
    assert_null(strstr(got.p, "}\n\n"));
    buf_finish(&got);
    standin_stop(&s);
}

static void
a_rule_with_a_wrong_word_says_which(void **state)
{
    (void)state;
    struct standin *s = standin_start(0);
    char why[256];
    assert_false(standin_try_rule(s, "fault=nonesuch", why, sizeof(why)));
    assert_non_null(strstr(why, "fault=nonesuch"));
    assert_false(standin_try_rule(s, "gap=x", why, sizeof(why)));
    standin_stop(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_that_is_used_up_makes_room_for_the_next),
        cmocka_unit_test(a_hanging_answer_notes_when_the_client_gave_up),
        cmocka_unit_test(a_cut_within_a_character_leaves_half_of_it),
        cmocka_unit_test(an_answer_may_lack_its_end_and_say_stop_with_every_piece),
        cmocka_unit_test(a_rule_with_a_wrong_word_says_which),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
