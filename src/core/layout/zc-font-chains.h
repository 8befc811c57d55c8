/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-fonts.h"

G_BEGIN_DECLS

/** ZcFamily: a family that may stand for a face. */
typedef struct
{
  const char *name;
  guint16 weight;    /* as fontconfig counts: 80 regular, 200 bold */
  gboolean official; /* one of the faces the standard's users expect; else a stand-in */
} ZcFamily;

/** ZcFontChain: what may stand for a face, best first; ends with a NULL name. */
typedef struct
{
  const char *name;
  const char *wanted;
  const ZcFamily *families;
} ZcFontChain;

extern const ZcFontChain zc_font_chains[ZC_N_FACES];

G_END_DECLS
