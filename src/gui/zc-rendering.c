/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-rendering.h"

#include "layout/zc-pages.h"
#include "pdf/zc-pdf.h"

struct _ZcRendering
{
  gatomicrefcount refs;
  char *title;
  ZcPages *pages;
  GBytes *pdf;
};

ZcRendering *
zc_rendering_new (const ZcDocument *document, ZcFonts *fonts, const ZcProgress *progress, GError **error)
{
  GBytes *pdf;
  g_autoptr (ZcPages) pages = zc_pdf_compose (document, fonts, &pdf, progress, error);
  ZcRendering *self;

  if (!pages)
    return NULL;
  self = g_new0 (ZcRendering, 1);
  g_atomic_ref_count_init (&self->refs);
  self->title = g_strdup (document->title);
  self->pages = g_steal_pointer (&pages);
  self->pdf = pdf;
  return self;
}

const char *
zc_rendering_get_title (const ZcRendering *self)
{
  return self->title;
}

GBytes *
zc_rendering_get_pdf (const ZcRendering *self)
{
  return self->pdf;
}

const char *
zc_rendering_get_warning (const ZcRendering *self)
{
  const GPtrArray *defects = zc_pages_defects (self->pages);

  return defects->len > 0 ? ((const ZcDefect *) defects->pdata[0])->message : NULL;
}

guint
zc_rendering_find_anchor (const ZcRendering *self, const char *anchor)
{
  const GPtrArray *outline = zc_pages_outline (self->pages);

  for (guint i = 0; i < outline->len; i++)
    {
      const ZcOutlineEntry *entry = outline->pdata[i];

      if (g_strcmp0 (entry->anchor, anchor) == 0)
        return entry->page;
    }
  return 0;
}

guint64
zc_rendering_version (ZcInspection *inspection)
{
  return zc_inspection_data_version (inspection) * 2 + 2 + (zc_inspection_get_state (inspection) >= ZC_STATE_SEALED);
}

ZcRendering *
zc_rendering_ref (ZcRendering *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
zc_rendering_unref (ZcRendering *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->title);
  zc_pages_unref (self->pages);
  g_bytes_unref (self->pdf);
  g_free (self);
}
