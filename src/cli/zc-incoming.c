/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-incoming.h"

#include "package/zc-passphrase.h"

void
zc_incoming_options_clear (ZcIncomingOptions *options)
{
  g_clear_pointer (&options->key, g_free);
  g_clear_pointer (&options->key_passphrase_file, g_free);
  g_clear_pointer (&options->passphrase_file, g_free);
  g_clear_pointer (&options->code, g_free);
  g_clear_pointer (&options->record, g_free);
}

static ZcOfficeKey *
load_key (const ZcIncomingOptions *options, GError **error)
{
  g_autoptr (ZcSecret) passphrase = NULL;

  if (options->key_passphrase_file && !(passphrase = zc_secret_read_line_file (options->key_passphrase_file, error)))
    return NULL;
  return zc_office_key_load (options->key, passphrase, error);
}

/* A generated passphrase may be typed in lower case and without its hyphens. */
static ZcSecret *
load_passphrase (const ZcIncomingOptions *options, GError **error)
{
  ZcSecret *typed = zc_secret_read_line_file (options->passphrase_file, error);
  ZcSecret *canonical = typed ? zc_passphrase_canonical (typed) : NULL;

  if (!canonical)
    return typed;
  zc_secret_free (typed);
  return canonical;
}

ZcIncoming *
zc_incoming_receive (ZcCli *cli, const ZcIncomingOptions *options, char **paths, GError **error)
{
  g_autoptr (ZcOfficeKey) key = NULL;
  g_autoptr (ZcSecret) passphrase = NULL;
  g_autoptr (GBytes) other = NULL;

  if (!options->key && !options->passphrase_file)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("Say how to open it with --key or --passphrase-file."));
  if ((options->key && !(key = load_key (options, error))) ||
      (options->passphrase_file && !(passphrase = load_passphrase (options, error))) ||
      (options->record && !(other = zc_read_file (options->record, ZC_XML_MAX_BYTES, error))))
    return NULL;
  return zc_office_receive ((const char *const *) paths, g_strv_length (paths), key, passphrase, options->code, other,
                            &cli->progress, error);
}

static const char *
paper_id (ZcPaper paper)
{
  static const char *const ids[] = { "not-compared", "matches", "older", "differs" };

  return ids[paper];
}

static void
print_json (const ZcIncoming *incoming)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  zc_cli_json_bool (json, "whole", TRUE);
  zc_cli_json_string (json, "unit", incoming->unit);
  zc_cli_json_string (json, "scheme", incoming->scheme->id);
  zc_cli_json_string (json, "title", incoming->scheme->title);
  zc_cli_json_int (json, "revision", incoming->revision);
  zc_cli_json_string (json, "code", incoming->code);
  zc_cli_json_string (json, "digest", incoming->digest);
  zc_cli_json_int (json, "evidence", incoming->evidence);
  zc_cli_json_string (json, "paper", paper_id (incoming->paper));
  if (incoming->paper == ZC_PAPER_OLDER)
    zc_cli_json_int (json, "paper-revision", incoming->paper_revision);
  zc_cli_json_string (json, "difference", incoming->difference);
  json_builder_end_object (json);
  zc_cli_print_json (json);
}

static void
print_paper (const ZcIncoming *incoming)
{
  switch (incoming->paper)
    {
    case ZC_PAPER_NOT_COMPARED:
      zc_cli_print (_("Its seal code is %s. Compare it with the paper, or give the paper's with --code."), incoming->code);
      break;
    case ZC_PAPER_MATCHES:
      zc_cli_print (_("The paper's seal code matches: the stamped paper vouches for exactly this content."));
      break;
    case ZC_PAPER_OLDER:
      zc_cli_print (_("The paper is of revision %u, which was unsealed since; the disc holds revision %u. "
                      "Ask for the paper of revision %u."),
                    incoming->paper_revision, incoming->revision, incoming->revision);
      break;
    case ZC_PAPER_DIFFERS:
      zc_cli_print (_("The paper's seal code does not match: the paper belongs to another record than this disc (%s)."),
                    incoming->code);
      break;
    }
}

int
zc_incoming_print (ZcCli *cli, const ZcIncoming *incoming)
{
  gboolean no = incoming->paper == ZC_PAPER_OLDER || incoming->paper == ZC_PAPER_DIFFERS || incoming->difference;

  if (cli->json)
    {
      print_json (incoming);
      return no ? 1 : 0;
    }
  zc_cli_print (ngettext ("Whole: %s, %s, revision %u, %u evidence file.", "Whole: %s, %s, revision %u, %u evidence files.",
                          incoming->evidence),
                incoming->unit, incoming->scheme->title, incoming->revision, incoming->evidence);
  print_paper (incoming);
  if (incoming->difference)
    zc_cli_print (_("The records differ first in: %s"), incoming->difference);
  else if (incoming->compared)
    zc_cli_print (_("The other record states the same."));
  return no ? 1 : 0;
}
