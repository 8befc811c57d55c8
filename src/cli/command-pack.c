/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "handin/zc-handin.h"
#include "package/zc-passphrase.h"

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

int
zc_command_pack (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *path = NULL, *passphrase_file = NULL, *suite = NULL, *scan = NULL;
  g_auto (GStrv) to = NULL;
  gboolean docx = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_("The package to write"), "X.zcp" },
    { "to", 't', 0, G_OPTION_ARG_FILENAME_ARRAY, &to, N_("A receiving office's certificate (may be given again)"), "CERT.pem" },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file, N_("A file whose first line is the passphrase"), N_("FILE") },
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
  if (!path || (!to && !passphrase_file))
    return zc_fail (error, ZC_ERROR_USAGE, _("Say where with -o and for whom with --to or --passphrase-file.")) - 1;
  if (!(certificates = load_certificates (to, error)) || !choose_suite (suite, certificates, &packing.suite, error) ||
      (passphrase_file && (!(passphrase = zc_secret_read_line_file (passphrase_file, error)) ||
                           !zc_passphrase_check (passphrase, NULL, error))) ||
      !(inspection = zc_cli_open (words[0], error)))
    return -1;
  packing.certificates = certificates;
  packing.passphrase = passphrase;
  packing.scan = scan;
  packing.docx = docx;
  if (!zc_handin_pack (inspection, &packing, path, &cli->progress, error))
    return -1;
  for (guint i = 0; i < certificates->len; i++)
    {
      g_autofree char *words_of = zc_certificate_describe (certificates->pdata[i]);

      zc_cli_say (cli, _("Can be opened by:\n%s"), words_of);
    }
  zc_cli_say (cli, _("Wrote the package “%s”."), path);
  return 0;
}
