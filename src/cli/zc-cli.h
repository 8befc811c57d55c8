/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"
#include "inspection/zc-inspection.h"
#include "record/zc-record.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** ZcCli: what every command gets: the global options, and progress that draws on a terminal and listens to Ctrl+C. */
typedef struct
{
  gboolean json;
  gboolean quiet;
  ZcProgress progress;
} ZcCli;

typedef struct _ZcCommand ZcCommand;

/**
 * ZcCommandFunc: runs a command. @argv[0] is its name ("ledger"), the rest its words and options.
 * Returns: the exit status, or -1 with @error set (main() turns it into a status and prints the sentence)
 */
typedef int (*ZcCommandFunc) (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error);

struct _ZcCommand
{
  const char *name;      /* "scheme check" has the name "scheme" and takes "check" itself */
  const char *arguments; /* for --help: "FILE ID VALUE" */
  const char *summary;   /* N_() */
  ZcCommandFunc func;
};

#define ZC_COMMAND(name) \
  int zc_command_##name (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)

ZC_COMMAND (attach);
ZC_COMMAND (carried);
ZC_COMMAND (code);
ZC_COMMAND (detach);
ZC_COMMAND (disc);
ZC_COMMAND (evidence);
ZC_COMMAND (export);
ZC_COMMAND (fonts);
ZC_COMMAND (get);
ZC_COMMAND (history);
ZC_COMMAND (import);
ZC_COMMAND (keygen);
ZC_COMMAND (ledger);
ZC_COMMAND (new);
ZC_COMMAND (note);
ZC_COMMAND (open);
ZC_COMMAND (pack);
ZC_COMMAND (preflight);
ZC_COMMAND (redo);
ZC_COMMAND (report);
ZC_COMMAND (scheme);
ZC_COMMAND (schemes);
ZC_COMMAND (seal);
ZC_COMMAND (set);
ZC_COMMAND (status);
ZC_COMMAND (undo);
ZC_COMMAND (unseal);
ZC_COMMAND (verify);

/**
 * zc_cli_parse: reads the command's options and checks the number of words left.
 * @entries: (nullable): the command's own options
 * @words: (out) (transfer full): the words behind the command's name; NULL-terminated
 *
 * `--help` prints the command's help and exits with 0.
 */
gboolean zc_cli_parse (ZcCli *cli, const ZcCommand *command, int argc, char **argv, const GOptionEntry *entries, guint min,
                       guint max, char ***words, GError **error);

/** zc_cli_say: prints a line on stdout unless --quiet or --json. */
void zc_cli_say (ZcCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** zc_cli_print: prints a line on stdout: a result, also when quiet. Control characters of data become visible. */
void zc_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

/** zc_cli_print_visible: prints @text and a line feed; what a terminal would obey (control characters, turns of the
 * direction of writing, bytes that are no UTF-8) is shown instead. */
void zc_cli_print_visible (FILE *stream, const char *text);

/** zc_cli_print_json: prints what @builder holds as one JSON text; frees nothing. */
void zc_cli_print_json (JsonBuilder *builder);

/** zc_cli_json_string: adds a member; a NULL @value becomes null. */
void zc_cli_json_string (JsonBuilder *builder, const char *name, const char *value);
void zc_cli_json_int (JsonBuilder *builder, const char *name, gint64 value);
void zc_cli_json_bool (JsonBuilder *builder, const char *name, gboolean value);

/** zc_cli_open: opens the inspection at @path for editing. Returns: (transfer full) (nullable) */
ZcInspection *zc_cli_open (const char *path, GError **error);
/** zc_cli_open_to_read: opens it for reading, also while the window has it open. Returns: (transfer full) (nullable) */
ZcInspection *zc_cli_open_to_read (const char *path, GError **error);

/** zc_cli_place: what an ID on the command line means: a place as it is, a fact's id, an item's id (its answer).
 * Returns: (transfer full) (nullable): NULL with ZC_ERROR_USAGE */
char *zc_cli_place (const ZcScheme *scheme, const char *id, GError **error);

/** zc_cli_state_label: Returns: translated: draft, checked, sealed … */
const char *zc_cli_state_label (ZcState state);

G_END_DECLS
