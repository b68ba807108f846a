/* How a team's store stands, in one line: "team: 3 to send, last heard 14:02". Thread: main. */
#ifndef BERDUA_CMD_TEAM_WORDS_H
#define BERDUA_CMD_TEAM_WORDS_H

#include <stdint.h>

enum { TEAM_WORDS_BYTES = 320 };
/* trouble: why there is no connection, as an error says it; NULL or "": there is one. */
const char *team_words(int64_t to_send, int64_t heard_wall_us, const char *trouble,
                       char out[TEAM_WORDS_BYTES]);

#endif
