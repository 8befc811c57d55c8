/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-cli.h"

#include "handin/zc-handin-disc.h"

G_BEGIN_DECLS

/** ZcDiscOptions: the options of "zicha disc"; unset ones are NULL or FALSE. */
typedef struct
{
  char *output;
  char *sheet;
  char *capacity;
  char *drive;
  char *log;
  char *inspection;
  gboolean split;
  gboolean erase;
} ZcDiscOptions;

/**
 * zc_cli_disc_inspection: opens --inspection for its log, which only a sealed one has. Returns: (transfer full)
 * (nullable)
 */
ZcInspection *zc_cli_disc_inspection (const ZcDiscOptions *options, GError **error);

/** zc_cli_disc_burn: "zicha disc burn": @path is a package, whose image is written first, or an image. */
int zc_cli_disc_burn (ZcCli *cli, const char *path, const ZcDiscOptions *options, GError **error);

G_END_DECLS
