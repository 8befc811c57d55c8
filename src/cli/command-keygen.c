/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "package/zc-office-key.h"
#include "package/zc-passphrase.h"

int
zc_command_keygen (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *office = NULL, *dir = NULL, *suite_name = NULL, *passphrase_file = NULL;
  const GOptionEntry entries[] = {
    { "office", 0, 0, G_OPTION_ARG_STRING, &office, N_("The office's name"), N_("NAME") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &dir, N_("The folder to write both files to"), N_("DIR") },
    { "suite", 0, 0, G_OPTION_ARG_STRING, &suite_name, N_("national (if not said) or international"), N_("SUITE") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      N_("Encrypt the private key with the first line of this file"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcSecret) passphrase = NULL;
  g_autoptr (ZcCertificate) certificate = NULL;
  g_autofree char *description = NULL;
  ZcSuite suite = ZC_SUITE_GM_1;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 0, 0, &words, error))
    return -1;
  if (!office || !dir)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say whose key with --office and where to write it with -o.")) - 1;
  if (suite_name && !zc_suite_from_name (suite_name, &suite))
    return zc_fail (error, ZC_ERROR_USAGE, _("There is no suite “%s”. Write national or international."), suite_name) - 1;
  if ((passphrase_file && (!(passphrase = zc_secret_read_line_file (passphrase_file, error)) ||
                           !zc_passphrase_check (passphrase, NULL, error))) ||
      !(certificate = zc_office_key_generate (suite, office, passphrase, dir, error)))
    return -1;
  description = zc_certificate_describe (certificate);
  zc_cli_say (cli, _("Publish %s/%s with the notice, and print its fingerprint there:\n%s"), dir, ZC_OFFICE_CERTIFICATE_FILE,
              description);
  zc_cli_say (cli, _("Keep %s/%s safe: whoever has it can open what is sent to you."), dir, ZC_OFFICE_KEY_FILE);
  return 0;
}
