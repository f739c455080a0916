/* numres get: fetches reservations by their ids and shows them. main.c calls it; requests.c
   requests each id. docs/tool.md describes the command. */
#include "requests.h"

static const struct help help = {
    25,
    " [OPTION...] ID...\n"
    "\n"
    "Fetches reservations by their ids from the Telnyx API, and shows them as numres\n"
    "show does.\n" EXCHANGE_HELP_KEY "\n",
    "\n"
    "If one is missing, the API's message says so. If one id fails, the others are\n"
    "still processed. A rejected key, a wait longer than 60 seconds, a failed output\n"
    "or an interrupt ends the run, and the ids not tried are named.\n"
    "\n"
    "Exit status: 0 success; 1 problems; 2 usage error; 3 the connection, input or\n"
    "output failed; 4 the API returned errors, or asks for a wait of more than 60\n"
    "seconds; 130 interrupted. The highest applies. 7 instead of 0: nothing was\n"
    "shown (--exit-status).\n"
    "\n"
    "Examples:\n"
    "  numres get 12ade33a-21c0-473b-b055-b3c836e1c292\n"
    "  numres list --format ids --status pending | xargs numres get --format csv\n",
};

static void run(struct exchange *exchange) {
    const struct settings *common = &exchange->settings->common;
    single_each(exchange, NUMRES_OPERATION_RETRIEVE, common->files, common->file_count);
}

int get_command(struct session *session, char **arguments, size_t count) {
    return exchange_command(session, COMMAND_get, &help, arguments, count, run);
}
