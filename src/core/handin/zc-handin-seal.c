/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-handin-private.h"

#include "inspection/zc-carry-over.h"
#include "seal/zc-seal-code.h"

#include <glib/gi18n-lib.h>

static ZcSealMark *
mark_of (const ZcSealing *sealing)
{
  guint8 digest[ZC_DIGEST_SIZE];
  g_autofree char *code = NULL, *qr = NULL;

  if (!zc_unhex (sealing->digest, digest, sizeof digest))
    return NULL;
  code = zc_seal_code_new (digest);
  qr = zc_seal_qr_template (digest, sealing->revision);
  return zc_seal_mark_new (code, qr, sealing->revision);
}

ZcRecord *
zc_handin_record (ZcInspection *inspection, ZcSealMark **mark, GError **error)
{
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);

  if (mark)
    *mark = sealing ? mark_of (sealing) : NULL;
  if (sealing)
    return zc_record_parse (sealing->record, zc_inspection_get_scheme (inspection), TRUE, error);
  return zc_record_new (inspection);
}

static ZcResult *
missing_evidence (const ZcEvidence *evidence, const GError *why)
{
  ZcResult *result = g_new0 (ZcResult, 1);

  result->level = ZC_LEVEL_MUST;
  result->rule = g_strdup ("stored");
  result->place = evidence->items[0] ? zc_place_new (ZC_PLACE_ITEM, evidence->items[0], 0, NULL)
                                     : zc_place_new (ZC_PLACE_EVIDENCE, NULL, evidence->id, "name");
  result->message = g_strdup_printf (_("The evidence “%s” can't be read back: %s Attach it again."), evidence->name, why->message);
  return result;
}

/* A look at what is there; the bytes themselves are digested when the record is sealed. */
static void
check_stored (ZcInspection *inspection, GPtrArray *results)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection, NULL);

  for (guint i = evidence->len; i > 0; i--)
    {
      const ZcEvidence *file = evidence->pdata[i - 1];
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcSource) source = zc_inspection_open_evidence (inspection, file->id, &error);

      if (!source)
        g_ptr_array_insert (results, 0, missing_evidence (file, error));
    }
}

/* What was promised last year is asked before anything else. */
static void
check_promises (ZcInspection *inspection, GPtrArray *results)
{
  g_autoptr (GArray) promises = zc_inspection_get_promises (inspection);

  for (guint i = 0; i < promises->len; i++)
    {
      guint64 finding = g_array_index (promises, guint64, i);
      g_autofree char *measure = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "measure");
      g_autofree char *item = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "item");
      const char *promised = zc_inspection_get (inspection, measure);

      if (zc_inspection_promise_waits (inspection, finding))
        zc_handin_add_result (results, ZC_LEVEL_MUST, "promised", zc_place_new (ZC_PLACE_FINDING, NULL, finding, "state"),
                    g_strdup_printf (_("Promised last time for %s: “%s”. Say whether it is done."),
                                     zc_inspection_get (inspection, item), promised ? promised : ""));
    }
}

/* Last year's proof may prove nothing this year, and last year's answer may have been given to other words. */
static void
check_carried (ZcInspection *inspection, GPtrArray *results)
{
  GPtrArray *items = zc_inspection_get_scheme (inspection)->items;
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection, NULL);

  check_promises (inspection, results);
  for (guint i = 0; i < evidence->len; i++)
    {
      const ZcEvidence *file = evidence->pdata[i];

      if (file->items[0] && zc_inspection_is_former_evidence (inspection, file->id))
        zc_handin_add_result (results, ZC_LEVEL_SHOULD, "former", zc_place_new (ZC_PLACE_ITEM, file->items[0], 0, NULL),
                    g_strdup_printf (_("The evidence “%s” is the very file of last time. Check that it still holds."), file->name));
    }
  for (guint i = 0; i < items->len; i++)
    {
      const ZcItem *item = items->pdata[i];
      g_autofree char *waiting = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "confirmed");

      if (zc_inspection_get (inspection, waiting) && zc_inspection_wording_changed (inspection, item->id))
        zc_handin_add_result (results, ZC_LEVEL_SHOULD, "wording", zc_place_new (ZC_PLACE_ITEM, item->id, 0, NULL),
                    g_strdup_printf (_("The words of %s “%s” are not those that were answered last time. Read them again."),
                                     item->id, item->title));
    }
}

GPtrArray *
zc_handin_quick_check (ZcInspection *inspection, ZcRecord *record)
{
  GPtrArray *results = zc_preflight (record, NULL);

  check_stored (inspection, results);
  check_carried (inspection, results);
  return results;
}

GPtrArray *
zc_handin_places (ZcRecord *record)
{
  GPtrArray *places = zc_record_places (record);
  g_autoptr (GPtrArray) files = zc_record_eval_nodes (record, "/record/evidence/file", NULL);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *id = zc_xml_attribute (files->pdata[i], "id");

      g_ptr_array_add (places, zc_place_new (ZC_PLACE_EVIDENCE, NULL, g_ascii_strtoull (id, NULL, 10), "name"));
    }
  return places;
}

GPtrArray *
zc_handin_preflight (ZcInspection *inspection, ZcRecord *record)
{
  g_autoptr (GPtrArray) documents = zc_documents_build (record, NULL);
  g_autoptr (GHashTable) printed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *results;

  for (guint i = 0; i < documents->len; i++)
    zc_document_add_places (documents->pdata[i], printed);
  results = zc_preflight (record, printed);
  zc_handin_check_pages (record, documents, results);
  check_stored (inspection, results);
  check_carried (inspection, results);
  if (zc_preflight_count (results, ZC_LEVEL_MUST) == 0 && zc_inspection_get_state (inspection) == ZC_STATE_DRAFT &&
      !zc_inspection_is_read_only (inspection))
    zc_inspection_set_checked (inspection, NULL);
  return results;
}

static gboolean
fail_preflight (GPtrArray *results, GError **error)
{
  guint more = zc_preflight_count (results, ZC_LEVEL_MUST) - 1;
  const ZcResult *first = results->pdata[0];

  for (guint i = 0; i < results->len && first->level != ZC_LEVEL_MUST; i++)
    first = results->pdata[i];
  if (more == 0)
    return zc_fail (error, ZC_ERROR_PREFLIGHT, _("It can't be sealed yet: %s"), first->message);
  return zc_fail (error, ZC_ERROR_PREFLIGHT,
                  g_dngettext (GETTEXT_PACKAGE, "It can't be sealed yet: %s (and %u more)", "It can't be sealed yet: %s (and %u more)",
                               more),
                  first->message, more);
}

gboolean
zc_handin_check_evidence (ZcInspection *inspection, const ZcProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection, NULL);

  for (guint i = 0; i < evidence->len; i++)
    if (!zc_inspection_check_evidence (inspection, ((const ZcEvidence *) evidence->pdata[i])->id, progress, error))
      return FALSE;
  return TRUE;
}

void
zc_checked_free (ZcChecked *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->results);
  g_bytes_unref (self->record);
  g_free (self);
}

ZcChecked *
zc_handin_check (ZcInspection *inspection)
{
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  ZcChecked *self = g_new0 (ZcChecked, 1);

  self->results = zc_handin_preflight (inspection, record);
  self->record = zc_record_to_bytes (record);
  return self;
}

static gboolean
check_open (ZcInspection *inspection, GError **error)
{
  return zc_inspection_get_state (inspection) < ZC_STATE_SEALED ||
         zc_fail (error, ZC_ERROR_READ_ONLY, _("It is sealed already. Unseal it first if something must change."));
}

char *
zc_handin_freeze (ZcInspection *inspection, const ZcChecked *checked, GError **error)
{
  if (!check_open (inspection, error))
    return NULL;
  if (zc_preflight_count (checked->results, ZC_LEVEL_MUST) > 0)
    {
      fail_preflight (checked->results, error);
      return NULL;
    }
  if (!zc_inspection_is_read_only (inspection))
    zc_inspection_set_checked (inspection, NULL);
  return zc_inspection_seal (inspection, checked->record, error) ? zc_handin_code (inspection, error) : NULL;
}

char *
zc_handin_seal (ZcInspection *inspection, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcChecked) checked = NULL;

  if (!check_open (inspection, error) || !zc_handin_check_evidence (inspection, progress, error))
    return NULL;
  checked = zc_handin_check (inspection);
  return zc_handin_freeze (inspection, checked, error);
}

char *
zc_handin_code (ZcInspection *inspection, GError **error)
{
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);
  guint8 digest[ZC_DIGEST_SIZE];

  if (!sealing)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("It is not sealed yet, so it has no seal code. Seal it first."));
  if (!zc_unhex (sealing->digest, digest, sizeof digest))
    return zc_fail_null (error, ZC_ERROR_INVALID, _("The seal in this file is damaged. Unseal it and seal it again."));
  return zc_seal_code_new (digest);
}
