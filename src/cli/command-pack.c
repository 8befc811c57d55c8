/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "base/zc-output.h"
#include "handin/zc-handin.h"
#include "package/zc-passphrase.h"

#include <glib/gstdio.h>

static GPtrArray *
load_certificates (char **paths, GError **error)
{
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_certificate_unref);

  for (guint i = 0; paths && paths[i]; i++)
    {
      ZcCertificate *certificate = zc_certificate_load (paths[i], error);

      if (!certificate)
        return NULL;
      g_ptr_array_add (certificates, certificate);
    }
  return g_steal_pointer (&certificates);
}

/* The suite that was asked for; else the one that the certificate is of; else the national one. */
static gboolean
choose_suite (const char *name, GPtrArray *certificates, ZcSuite *suite, GError **error)
{
  *suite = ZC_SUITE_GM_1;
  if (name)
    return zc_suite_from_name (name, suite) ||
           zc_fail (error, ZC_ERROR_USAGE, _("There is no suite “%s”. Write national or international."), name);
  if (certificates->len > 0)
    zc_certificate_get_suite (certificates->pdata[0], suite);
  return TRUE;
}

static ZcSecret *
read_chosen (ZcCli *cli, const char *path, GError **error)
{
  g_autoptr (ZcSecret) passphrase = zc_secret_read_line_file (path, error);
  guint score;

  if (!passphrase || !zc_passphrase_check (passphrase, &score, error))
    return NULL;
  zc_cli_say (cli, _("Strength of the passphrase: %u of 100."), score);
  return g_steal_pointer (&passphrase);
}

/* Draws a passphrase and writes it where it is to be kept; never over something that is there. */
static ZcSecret *
write_generated (ZcCli *cli, const char *path, GError **error)
{
  g_autoptr (ZcSecret) passphrase = NULL;
  g_autoptr (ZcOutput) output = NULL;
  g_autofree char *shown = g_filename_display_name (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s” is there already. Choose another file for the new passphrase."), shown);
  passphrase = zc_passphrase_generate ();
  output = zc_output_open (path, error);
  if (!output || !zc_output_write (output, zc_secret_data (passphrase), zc_secret_size (passphrase), error) ||
      !zc_output_write (output, "\n", 1, error) || !zc_output_commit (output, error))
    return NULL;
  zc_cli_say (cli, _("Wrote a new passphrase of %d bits into “%s”. Hand it over by another way than the package."),
              ZC_PASSPHRASE_GENERATED_BITS, shown);
  return g_steal_pointer (&passphrase);
}

int
zc_command_pack (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *path = NULL, *passphrase_file = NULL, *new_passphrase_file = NULL, *suite = NULL, *scan = NULL;
  g_auto (GStrv) to = NULL;
  gboolean docx = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_("The package to write"), "X.zcp" },
    { "to", 't', 0, G_OPTION_ARG_FILENAME_ARRAY, &to, N_("A receiving office's certificate (may be given again)"), "CERT.pem" },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file, N_("A file whose first line is the passphrase"), N_("FILE") },
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &new_passphrase_file,
      N_("Generate a passphrase and write it into this new file"), N_("FILE") },
    { "suite", 0, 0, G_OPTION_ARG_STRING, &suite, N_("national (SM2, SM4, SM3) or international (RSA, AES, SHA-256)"), N_("SUITE") },
    { "scan", 0, 0, G_OPTION_ARG_FILENAME, &scan, N_("A scan of the stamped pages"), N_("FILE") },
    { "docx", 0, 0, G_OPTION_ARG_NONE, &docx, N_("Put the documents in as DOCX too"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (ZcSecret) passphrase = NULL;
  ZcPacking packing = { 0 };

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1, &words, error))
    return -1;
  if (!path || (!to && !passphrase_file && !new_passphrase_file))
    return zc_fail (error, ZC_ERROR_USAGE, _("Say where with -o and for whom with --to or --passphrase-file.")) - 1;
  if (passphrase_file && new_passphrase_file)
    return zc_fail (error, ZC_ERROR_USAGE, _("A package has one passphrase: choose it or let one be generated.")) - 1;
  if (!(certificates = load_certificates (to, error)) || !choose_suite (suite, certificates, &packing.suite, error) ||
      (passphrase_file && !(passphrase = read_chosen (cli, passphrase_file, error))) ||
      !(inspection = zc_cli_open (words[0], error)) || !zc_handin_may_pack (inspection, error) ||
      (new_passphrase_file && !(passphrase = write_generated (cli, new_passphrase_file, error))))
    return -1;
  packing.certificates = certificates;
  packing.passphrase = passphrase;
  packing.scan = scan;
  packing.docx = docx;
  if (!zc_handin_pack (inspection, &packing, path, &cli->progress, error))
    {
      if (new_passphrase_file)
        g_unlink (new_passphrase_file); /* it opens nothing */
      return -1;
    }
  for (guint i = 0; i < certificates->len; i++)
    {
      g_autofree char *words_of = zc_certificate_describe (certificates->pdata[i]);

      zc_cli_say (cli, _("Can be opened by:\n%s"), words_of);
    }
  zc_cli_say (cli, _("Wrote the package “%s”."), path);
  return 0;
}
