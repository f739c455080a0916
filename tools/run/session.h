/* One run of a command: feeding its input to a parser, counts and the exit status (session.c); and
   the commands themselves, which main.c calls. Every command uses it: show and check as a whole,
   api/ in parts. */
#ifndef NUMRES_TOOLS_SESSION_H
#define NUMRES_TOOLS_SESSION_H

#include "state.h"

/* ---- session.c ---- */

/* `output` and `messages` must have begun, and all else must be zero. Reports go to standard
   error. */
void session_begin(struct session *session, const struct settings *settings);

/* The parser's options for the settings. */
numres_options session_options(const struct settings *settings);

/* Whether standard input is read and is a terminal. */
bool session_reads_terminal(const struct session *session);

/* The size of all files, or 0 if it is not known in advance. */
uint64_t session_total(const struct session *session);

/* Reads all files of the settings. `handlers` has the handlers of the records; those
   for problems, API errors and documents are the session's. The session is the user
   pointer of all. */
void session_read(struct session *session, const numres_handlers *handlers);

/* Reports a failure to write the output, unless it was reported. */
void session_tell_output(struct session *session);

/* Flushes the output, reports a failure to write, waits for the pager. Returns the
   exit code. */
int session_end(struct session *session);

void session_raise_exit_code(struct session *session, int exit_code);

/* Reads the command line with options_read, and prints the help if that is asked for. Returns
   false if there is nothing more to do; session->exit_code is then the result. */
bool session_read_options(struct session *session, enum option_command command,
                          const struct help *help, char **arguments, size_t count,
                          struct settings *settings);

/* Counts the reservation. With --bare, one without a member is most likely a page: reports that
   it is not a bare reservation, and raises the exit code. Every handler of reservations calls
   this first. */
void session_note_reservation(struct session *session, const numres_parser *parser,
                              const numres_reservation *reservation);

/* The session's handler of API errors. Its user pointer is the session. */
numres_answer session_on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                   void *user);
/* Count problems or an API error, and raise the exit code, without a message. */
void session_count_problems(struct session *session, uint64_t count);
void session_count_api_error(struct session *session);
/* Reports the error that has ended a document, and raises the exit code. */
void session_fail_document(struct session *session, const numres_parser *parser);

/* For a handler that has no room for the record at this index: sets the stop sentence,
   "RECORDS take more than LIMIT bytes; raise OPTION", and returns NUMRES_STOP. A limit of 0:
   there is no memory at all. */
numres_answer session_stop_for_memory(struct session *session, uint64_t index, const char *records,
                                      size_t limit, const char *option);

/* What a handler returns: NUMRES_STOP if nothing more can be, or need be, written. Quitting the
   pager does not stop anything: the exit code covers all of the input. */
numres_answer session_answer(const struct session *session);

/* ---- the commands, a file each ---- */

/* Each reads the options, runs the command and returns the exit code. The session's output and
   messages have begun. `arguments` are those after the command's name. */
#define COMMAND(command, what)                                                                     \
    int command##_command(struct session *session, char **arguments, size_t count);
#include "options.def"

/* The commands that ask the API. If they, config and --version are in a second program,
   network.c stands in for them; in a build without libcurl, missing.c does. */
#define API_COMMANDS(COMMAND)                                                                      \
    COMMAND(list)                                                                                  \
    COMMAND(get)                                                                                   \
    COMMAND(create)                                                                                \
    COMMAND(extend)                                                                                \
    COMMAND(wait)                                                                                  \
    COMMAND(login)

/* For numres config: says, in the same words, what the commands that ask the API would refuse
   of these settings. Runs no command and sends no request. Returns whether they would refuse
   nothing. */
bool api_settings_judge(const struct settings *settings, struct print *messages);

/* Prints the versions and limits; returns the exit code. */
int version_command(struct session *session);

/* The version of libcurl, for version_command. */
const char *api_curl_version(void);

#endif
