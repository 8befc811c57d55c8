/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-handin.h"

#include "layout/zc-pages.h"
#include "package/zc-manifest.h"
#include "pdf/zc-pdf.h"
#include "word/zc-word.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
add_bytes (GPtrArray *members, const char *name, GBytes *bytes)
{
  g_ptr_array_add (members, zc_member_new_bytes (name, NULL, bytes));
}

static gboolean
add_pdf (GPtrArray *members, const ZcDocument *document, ZcFonts *fonts, const ZcProgress *progress, GError **error)
{
  g_autofree char *name = g_strdup_printf ("documents/%s.pdf", document->filename);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ZcPages) pages = zc_pdf_compose (document, fonts, &bytes, progress, error);

  if (!pages)
    return FALSE;
  add_bytes (members, name, bytes);
  return TRUE;
}

static gboolean
add_docx (GPtrArray *members, const ZcDocument *document, const ZcProgress *progress, GError **error)
{
  g_autofree char *name = g_strdup_printf ("documents/%s.docx", document->filename);
  g_autoptr (GBytes) bytes = zc_word_to_bytes (document, progress, error);

  if (!bytes)
    return FALSE;
  add_bytes (members, name, bytes);
  return TRUE;
}

static gboolean
add_documents (GPtrArray *members, ZcRecord *record, const ZcSealMark *mark, gboolean docx, const ZcProgress *progress,
               GError **error)
{
  g_autoptr (GPtrArray) documents = zc_documents_build (record, mark);
  g_autoptr (ZcFonts) fonts = zc_fonts_new (NULL, error);

  if (!fonts)
    return FALSE;
  for (guint i = 0; i < documents->len; i++)
    {
      zc_progress_report (progress, _("Writing documents"), i + 1, documents->len);
      if (!add_pdf (members, documents->pdata[i], fonts, progress, error))
        return FALSE;
      if (docx && !add_docx (members, documents->pdata[i], progress, error))
        return FALSE;
    }
  return TRUE;
}

/* One line a file, in the order of the record: generated name, original name, items, caption; TAB between them. */
static void
add_listing (GString *listing, const ZcEvidence *file, const char *name)
{
  g_autofree char *items = g_strjoinv (",", file->items);

  g_string_append_printf (listing, "%s\t", name);
  zc_manifest_append_escaped (listing, file->name);
  g_string_append_printf (listing, "\t%s\t", items);
  zc_manifest_append_escaped (listing, file->caption ? file->caption : "");
  g_string_append_c (listing, '\n');
}

static gboolean
add_evidence (GPtrArray *members, ZcInspection *inspection, GError **error)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection, NULL);
  g_autoptr (GString) listing = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  guint list_at = members->len;

  for (guint i = 0; i < evidence->len; i++)
    {
      const ZcEvidence *file = evidence->pdata[i];
      g_autofree char *name = zc_member_evidence_name (i + 1, file->name);
      g_autoptr (ZcSource) source = zc_inspection_open_evidence (inspection, file->id, error);
      guint8 sm3[ZC_DIGEST_SIZE], sha256[ZC_DIGEST_SIZE];
      ZcMember *member;

      if (!source)
        return FALSE;
      member = zc_member_new (name, file->name, source);
      if (zc_unhex (file->sm3, sm3, sizeof sm3) && zc_unhex (file->sha256, sha256, sizeof sha256))
        zc_member_set_digests (member, sm3, sha256);
      g_ptr_array_add (members, member);
      add_listing (listing, file, name);
    }
  bytes = g_bytes_new (listing->str, listing->len);
  g_ptr_array_insert (members, (int) list_at, zc_member_new_bytes (ZC_MEMBER_FILES, NULL, bytes));
  return TRUE;
}

/* The earlier revisions, so that the office tells old paper from foreign paper: number, digest, sealed, unsealed; TAB
 * between. */
static void
add_earlier_seals (GPtrArray *members, ZcInspection *inspection, guint current)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  for (guint revision = 1; revision < current; revision++)
    {
      g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, revision);

      if (sealing)
        g_string_append_printf (list, "%u\t%s\t%s\t%s\n", revision, sealing->digest, sealing->time,
                                sealing->unsealed ? sealing->unsealed : "");
    }
  if (list->len == 0)
    return;
  bytes = g_bytes_new (list->str, list->len);
  add_bytes (members, ZC_MEMBER_SEALS, bytes);
}

static gboolean
add_scan (GPtrArray *members, const char *path, GError **error)
{
  g_autoptr (ZcSource) source = zc_source_new_file (path, error);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *evidence_name = zc_member_evidence_name (1, shown);
  g_autofree char *name = g_strconcat ("scan/", evidence_name + strlen ("files/"), NULL);

  if (!source)
    return FALSE;
  g_ptr_array_add (members, zc_member_new (name, shown, source));
  return TRUE;
}

static GPtrArray *
collect_members (ZcInspection *inspection, const ZcSealing *sealing, const ZcPacking *packing, const ZcProgress *progress,
                 GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  g_autoptr (ZcSealMark) mark = NULL;
  g_autoptr (ZcRecord) record = zc_handin_record (inspection, &mark, error);

  if (!record)
    return NULL;
  add_bytes (members, ZC_MEMBER_RECORD, sealing->record);
  add_bytes (members, ZC_MEMBER_SCHEME, zc_inspection_get_scheme (inspection)->bytes);
  add_earlier_seals (members, inspection, sealing->revision);
  if (!add_documents (members, record, mark, packing->docx, progress, error) || !add_evidence (members, inspection, error) ||
      (packing->scan && !add_scan (members, packing->scan, error)))
    return NULL;
  return g_steal_pointer (&members);
}

gboolean
zc_handin_may_pack (ZcInspection *inspection, GError **error)
{
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);

  return sealing || zc_fail (error, ZC_ERROR_USAGE, _("Only a sealed record can be packed. Seal it first."));
}

gboolean
zc_handin_pack (ZcInspection *inspection, const ZcPacking *packing, const char *path, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);
  g_autoptr (GPtrArray) members = NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (base);
  ZcPackageRequest request = { packing->suite, NULL, packing->certificates, packing->passphrase, 0 };

  if (!sealing)
    return zc_handin_may_pack (inspection, error);
  members = collect_members (inspection, sealing, packing, progress, error);
  if (!members)
    return FALSE;
  request.members = members;
  if (!zc_package_write_file (&request, path, progress, error))
    return FALSE;
  /* A read-only file can be packed all the same; there is only no place to note it. */
  return zc_inspection_is_read_only (inspection) || zc_inspection_log (inspection, "packed", shown, error);
}
