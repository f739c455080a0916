/* The commands that ask the API, in a build without libcurl: each reports that. main.c
   calls them. */
#include "../run/session.h"

static int refuse(struct session *session, enum option_command command) {
    options_start(&session->messages, command);
    print_string(&session->messages,
                 "this numres was built without libcurl and cannot access the API; build "
                 "it where libcurl 7.85 or later is installed (Debian: libcurl4-openssl-dev), or "
                 "fetch pages with another program and give them to 'numres show'\n");
    return EXIT_WRONG_USE;
}

#define MISSING(name)                                                                              \
    int name##_command(struct session *session, char **arguments, size_t count) {                  \
        (void)arguments;                                                                           \
        (void)count;                                                                               \
        return refuse(session, COMMAND_##name);                                                    \
    }
API_COMMANDS(MISSING)

bool api_settings_judge(const struct settings *settings, struct print *messages) {
    (void)settings;
    (void)messages;
    return true;
}

const char *api_curl_version(void) {
    return "none: no command can access the API";
}
