/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "handin/zc-office.h"
#include "zc-cli.h"

G_BEGIN_DECLS

/** What `verify` and `open` both ask: how to open the package, and what to compare it with. */
typedef struct
{
  char *key;
  char *key_passphrase_file;
  char *passphrase_file;
  char *code;
  char *record;
} ZcIncomingOptions;

#define ZC_INCOMING_ENTRIES(o) \
  { "key", 'k', 0, G_OPTION_ARG_FILENAME, &(o).key, N_("The office's private key"), "KEY.pem" }, \
  { "key-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &(o).key_passphrase_file, \
    N_("A file whose first line is the private key's passphrase"), N_("FILE") }, \
  { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &(o).passphrase_file, \
    N_("A file whose first line is the package's passphrase"), N_("FILE") }, \
  { "code", 'c', 0, G_OPTION_ARG_STRING, &(o).code, N_("The seal code on the paper, or the text of its QR"), N_("CODE") }, \
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &(o).record, N_("Another record, to name the first difference"), "record.xml" }

/** zc_incoming_receive: Returns: (transfer full) (nullable) */
ZcIncoming *zc_incoming_receive (ZcCli *cli, const ZcIncomingOptions *options, char **paths, GError **error);
/**
 * zc_incoming_print: says what came in and whether it is this paper's. Returns: the exit status: 0, or 1 if it is
 * not.
 */
int zc_incoming_print (ZcCli *cli, const ZcIncoming *incoming);
void zc_incoming_options_clear (ZcIncomingOptions *options);

G_END_DECLS
