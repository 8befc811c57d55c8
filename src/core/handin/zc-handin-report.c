/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-handin.h"

#include "layout/zc-pages.h"
#include "pdf/zc-pdf.h"
#include "word/zc-word.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static void
report_file_free (gpointer data)
{
  ZcReportFile *file = data;

  g_free (file->document);
  g_free (file->title);
  g_free (file->path);
  g_free (file);
}

static void
printed_free (gpointer data)
{
  ZcPrinted *printed = data;

  g_free (printed->place);
  g_free (printed->document);
  g_array_unref (printed->pages);
  g_free (printed);
}

void
zc_report_free (ZcReport *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->coverage);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

static char *
path_of (const ZcDocument *document, const char *dir, const char *extension)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", document->filename, extension);

  return g_build_filename (dir, name, NULL);
}

static void
add_file (ZcReport *report, const ZcDocument *document, char *path, guint pages)
{
  ZcReportFile *file = g_new0 (ZcReportFile, 1);

  file->document = g_strdup (document->id);
  file->title = g_strdup (document->title);
  file->path = path;
  file->pages = pages;
  g_ptr_array_add (report->files, file);
}

static gboolean
overflows (ZcPages *pages, const char *place)
{
  const GPtrArray *defects = zc_pages_defects (pages);

  for (guint i = 0; i < defects->len; i++)
    {
      const ZcDefect *defect = defects->pdata[i];

      if (defect->kind == ZC_DEFECT_OVERFLOW && g_strcmp0 (defect->place, place) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_coverage (ZcReport *report, const ZcDocument *document, ZcPages *pages, GPtrArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      const GArray *on = zc_pages_of_place (pages, places->pdata[i]);
      ZcPrinted *printed;

      if (!on || on->len == 0)
        continue;
      printed = g_new0 (ZcPrinted, 1);
      printed->place = g_strdup (places->pdata[i]);
      printed->document = g_strdup (document->id);
      printed->pages = g_array_copy ((GArray *) on);
      printed->overflows = overflows (pages, printed->place);
      g_ptr_array_add (report->coverage, printed);
    }
}

/* Returns: FALSE if it was said before. */
static gboolean
add_warning (ZcReport *report, char *warning)
{
  for (guint i = 0; i < report->warnings->len; i++)
    if (g_str_equal (report->warnings->pdata[i], warning))
      {
        g_free (warning);
        return FALSE;
      }
  g_ptr_array_add (report->warnings, warning);
  return TRUE;
}

/* What a reader of the pages should know: defects of this document, and faces that are stand-ins. */
static void
add_warnings (ZcReport *report, ZcPages *pages, ZcFonts *fonts, const ZcDocument *document)
{
  const GPtrArray *defects = zc_pages_defects (pages);

  for (guint i = 0; i < defects->len; i++)
    {
      const ZcDefect *defect = defects->pdata[i];

      if (add_warning (report, g_strdup_printf (_("“%s”, page %u: %s"), document->title, defect->page, defect->message)))
        report->defects++;
    }
  for (ZcFace face = 0; face < ZC_N_FACES; face++)
    {
      const ZcFontChoice *choice = zc_fonts_choice (fonts, face);

      if (choice->substituted && zc_pages_uses_face (pages, face))
        add_warning (report, g_strdup_printf (_("%s (%s) is not installed; “%s” stands in for it."), choice->name, choice->wanted,
                                              choice->found));
    }
}

static gboolean
write_pdf (ZcReport *report, const ZcDocument *document, ZcFonts *fonts, const char *dir, GPtrArray *places,
           const ZcProgress *progress, GError **error)
{
  g_autofree char *path = path_of (document, dir, "pdf");
  g_autoptr (ZcPages) pages = zc_pdf_compose_file (document, fonts, path, progress, error);

  if (!pages)
    return FALSE;
  add_warnings (report, pages, fonts, document);
  add_coverage (report, document, pages, places);
  add_file (report, document, g_steal_pointer (&path), zc_pages_count (pages));
  return TRUE;
}

static gboolean
write_docx (ZcReport *report, const ZcDocument *document, const char *dir, const ZcProgress *progress, GError **error)
{
  g_autofree char *path = path_of (document, dir, "docx");

  if (!zc_word_write (document, path, progress, error))
    return FALSE;
  add_file (report, document, g_steal_pointer (&path), 0);
  return TRUE;
}

ZcReport *
zc_handin_report (ZcRecord *record, const ZcSealMark *mark, const char *dir, guint formats, const ZcProgress *progress,
                  GError **error)
{
  g_autoptr (GPtrArray) documents = zc_documents_build (record, mark);
  g_autoptr (GPtrArray) places = zc_handin_places (record);
  g_autoptr (ZcFonts) fonts = zc_fonts_new (NULL, error);
  g_autoptr (ZcReport) report = g_new0 (ZcReport, 1);

  report->files = g_ptr_array_new_with_free_func (report_file_free);
  report->coverage = g_ptr_array_new_with_free_func (printed_free);
  report->warnings = g_ptr_array_new_with_free_func (g_free);
  if (!fonts)
    return NULL;
  if (g_mkdir_with_parents (dir, 0700) < 0)
    {
      zc_fail_errno (error, errno, _("Cannot make the folder “%s”."), dir);
      return NULL;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      const ZcDocument *document = documents->pdata[i];

      zc_progress_report (progress, _("Writing documents"), i, documents->len);
      if (zc_fail_if_cancelled (zc_progress_cancellable (progress), error))
        return NULL;
      if ((formats & ZC_FORMAT_PDF) && !write_pdf (report, document, fonts, dir, places, progress, error))
        return NULL;
      if ((formats & ZC_FORMAT_DOCX) && !write_docx (report, document, dir, progress, error))
        return NULL;
    }
  zc_progress_report (progress, _("Writing documents"), documents->len, documents->len);
  return g_steal_pointer (&report);
}
