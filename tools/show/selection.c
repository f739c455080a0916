/* Reads the options that show, list and get have in common. show.c and the API's commands
   call it. */
#include "selection.h"

#include <string.h>
#include <unistd.h>

/* Why a workbook cannot be written, checked before anything is read or sent; NULL: it can. */
static const char *fault_of_xlsx(const struct show_format *format, const struct settings *texts) {
    if (format->functions == NULL)
        return "cannot be written: this numres was built without libxlsxwriter (Debian: "
               "libxlsxwriter-dev); use csv with --excel";
    if (texts->resume != NULL)
        return "cannot be combined with --resume: a workbook is written at the end; use csv";
    return isatty(STDOUT_FILENO) ? "cannot go to a terminal: send it to a file, such as "
                                   "> numbers.xlsx"
                                 : NULL;
}

/* What is wrong with the options that only CSV, or TSV as well, has; NULL: nothing. */
static const char *fault_of_rows(const char *name, const struct settings *texts) {
    const struct {
        bool is_given, has_tsv;
        const char *with_count, *elsewhere;
    } options[] = {
        {texts->excel, false, "supports --count or --excel, not both",
         "does not support --excel; use csv"},
        {texts->delimiter != NULL, false, "supports --count or --delimiter, not both",
         "does not support --delimiter; use csv"},
        {texts->keep_formulas, true, "supports --count or --keep-formulas, not both",
         "does not support --keep-formulas; use csv or tsv"},
    };
    for (size_t at = 0; at < sizeof options / sizeof options[0]; at++) {
        bool is_here =
            strcmp(name, "csv") == 0 || (options[at].has_tsv && strcmp(name, "tsv") == 0);
        if (options[at].is_given && texts->count)
            return options[at].with_count;
        if (options[at].is_given && !is_here)
            return options[at].elsewhere;
    }
    return NULL;
}

/* Whether the format allows the options that only some formats have. If it comes from the config
   file, the message names the line, which is found by the text. */
static bool fits_format(const struct show_format *format, const struct settings *texts,
                        const struct teller *teller) {
    const char *fault = strcmp(format->name, "xlsx") == 0 ? fault_of_xlsx(format, texts) : NULL;
    if (fault == NULL)
        fault = fault_of_rows(format->name, texts);
    return fault == NULL ||
           teller_refuse(teller, "--format", texts->format != NULL ? texts->format : format->name,
                         fault);
}

static bool has_counts(const char *name) {
    return show_format_of(name, false, true) != NULL;
}

static bool has_columns(const char *name) {
    return show_format_of(name, true, false) != NULL;
}

/* Whether the command line asks for what this format does not have. */
static bool gives_way(const char *name, const struct settings *texts) {
    return (texts->count && !has_counts(name)) || (texts->columns != NULL && !has_columns(name)) ||
           (texts->resume != NULL && strcmp(name, "xlsx") == 0);
}

/* A format from the config file gives way to what the command line asks for. */
static bool choose_format(const struct settings *texts, const struct teller *teller,
                          const char **name) {
    if (!options_choose(teller->command, "--format", texts->format, name, teller->messages))
        return false;
    return defaults_line_of(texts->format) == 0 || !gives_way(*name, texts) ||
           options_choose(teller->command, "--format", NULL, name, teller->messages);
}

static bool read_format(struct selection *selection, const struct settings *texts,
                        const struct teller *teller) {
    const char *name = NULL;
    if (!choose_format(texts, teller, &name))
        return false;
    if (texts->count && !has_counts(name))
        return teller_refuse(teller, "--format", name,
                             "does not support --count; use table, ndjson, json, csv or tsv");
    if (texts->columns != NULL && !has_columns(name))
        return teller_refuse(teller, "--format", name,
                             "does not support --columns; use table, csv, tsv or xlsx");
    if (texts->columns != NULL && texts->count)
        return teller_refuse_use(teller, "--columns cannot be combined with --count");
    selection->format = show_format_of(name, texts->columns != NULL, texts->count);
    return fits_format(selection->format, texts, teller);
}

static bool read_columns(struct selection *selection, const struct settings *texts,
                         const struct teller *teller) {
    if (!columns_begin(&selection->columns)) {
        print_string(teller->messages, "numres: out of memory\n");
        return false;
    }
    return texts->columns == NULL ||
           columns_choose(&selection->columns, teller->command, texts->columns, teller->messages);
}

/* "-COLUMN" sorts in reverse, as --reverse does; both together cancel out. */
static bool read_order(struct selection *selection, const struct settings *texts,
                       const struct teller *teller) {
    const char *name = texts->sort;
    if (name == NULL)
        return !texts->reverse || teller_refuse_use(teller, "--reverse needs --sort");
    if (strchr(name, ',') != NULL)
        return teller_refuse_use(teller, "--sort takes one column");
    bool has_minus = name[0] == '-';
    selection->is_descending = has_minus != texts->reverse;
    selection->sort = columns_find(&selection->columns, teller->command, name + (has_minus ? 1 : 0),
                                   teller->messages);
    return selection->sort != NULL;
}

static void take_limit(struct selection *selection, const char *option, uint64_t limit) {
    if (limit > 0 && (selection->limit == 0 || limit < selection->limit)) {
        selection->limit = limit;
        selection->limit_option = option;
    }
}

bool selection_read(struct selection *selection, enum option_command command,
                    const struct settings *texts, struct print *messages) {
    const struct teller teller = {command, messages};
    memset(selection, 0, sizeof *selection);
    take_limit(selection, "--limit", texts->limit.value);
    take_limit(selection, "--max-items", texts->max_items.value);
    return read_format(selection, texts, &teller) && read_columns(selection, texts, &teller) &&
           read_order(selection, texts, &teller) &&
           filter_read(&selection->filter, command, texts, messages);
}
