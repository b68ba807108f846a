/* The commands, in the order of the help. */
#include "cmd.h"

#include "berdua/base/mem.h"

const struct command *const cmd_all[] = {
    &command_chat,     &command_ask,    &command_eval,       &command_classify, &command_score,
    &command_sessions, &command_replay, &command_knowledge,  &command_route,    &command_memory,
    &command_review,   &command_judge,  &command_export,     &command_report,   &command_team,
    &command_doctor,   &command_config, &command_completion,
};
const int cmd_count = ARRAY_LEN(cmd_all);
