/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/zc-printed-list.h"

#include "widgets/zc-line-list.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

static const char *
title_of (ZcScheme *scheme, const char *document)
{
  const ZcDocumentSpec *spec = zc_scheme_find_document (scheme, document);

  return spec ? spec->title : document;
}

static char *
pages_of (const GArray *pages)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < pages->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "、" : "", g_array_index (pages, guint, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GPtrArray *
lines_of (ZcRecord *record, const ZcReport *report)
{
  g_autoptr (GPtrArray) places = zc_record_places (record);
  g_autoptr (GHashTable) printed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < report->coverage->len; i++)
    {
      const ZcPrinted *one = report->coverage->pdata[i];
      const char *before = g_hash_table_lookup (printed, one->place);
      g_autofree char *pages = pages_of (one->pages);
      char *where = g_strdup_printf (_("%s%s%s, page %s"), before ? before : "", before ? "; " : "",
                                     title_of (zc_record_get_scheme (record), one->document), pages);

      g_hash_table_replace (printed, one->place, where);
    }
  for (guint i = 0; i < places->len; i++)
    {
      const char *place = places->pdata[i];
      const char *where = g_hash_table_lookup (printed, place);
      g_autofree char *key = g_strdup_printf ("%u|%s", i, place);
      g_autofree char *label = zc_record_label (record, place);
      ZcLine *line = zc_line_new (key, where ? "zc-done-symbolic" : "zc-problem-symbolic", label, where ? where : _("not printed anywhere"));

      zc_line_set_style (line, where ? "success" : "error");
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static void
remove_report (const char *folder, const ZcReport *report)
{
  for (guint i = 0; report && i < report->files->len; i++)
    g_unlink (((const ZcReportFile *) report->files->pdata[i])->path);
  g_rmdir (folder);
}

gpointer
zc_printed_list_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "zicha-XXXXXX", NULL);
  ZcSealMark *mark = NULL;
  g_autoptr (ZcRecord) record = zc_handin_record (inspection, &mark, error);
  g_autoptr (ZcReport) report = NULL;
  GPtrArray *lines = NULL;

  if (record && !g_mkdtemp (folder))
    zc_fail_errno (error, errno, _("Cannot make a temporary folder."));
  else if (record)
    {
      report = zc_handin_report (record, mark, folder, ZC_FORMAT_PDF, progress, error);
      lines = report ? lines_of (record, report) : NULL;
      remove_report (folder, report);
    }
  zc_seal_mark_free (mark);
  return lines;
}
