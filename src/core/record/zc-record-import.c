/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* A record into an inspection: the inspection's own checks decide what it takes. */

/* Where files of evidence are looked for: by size, then by digest, never by the names that the record gives them. */
#define MAX_SEARCHED_FILES 100000
#define MAX_SEARCHED_DEPTH 8
#define MAX_NAMED_FILES 10

typedef struct
{
  ZcRecord *record;
  ZcInspection *inspection;
  const ZcProgress *progress;
  GHashTable *found;  /* guint64 * size → (element-type char*) paths */
  guint n_found;
  GPtrArray *missing; /* (element-type char*) names */
  GError **error;
} Import;

static gboolean
state (Import *import, const char *place, const char *value)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *label = NULL;

  if (!value || zc_inspection_set (import->inspection, place, value, &local))
    return TRUE;
  label = zc_record_label (import->record, place);
  return zc_fail (import->error, local->domain == ZC_ERROR ? (ZcErrorCode) local->code : ZC_ERROR_INVALID,
                  _("“%s” (%s) of the record can't be taken over. %s"), label, place, local->message);
}

static gboolean
state_part (Import *import, ZcPlaceKind kind, const char *id, const xmlNode *node, const char *field)
{
  g_autofree char *place = zc_place_new (kind, id, zc_record_node_number (node), field);

  return state (import, place, zc_record_part (node, field));
}

static gboolean
import_root (Import *import)
{
  static const char *const keys[] = { "id", "nonce", "created", "revision" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!zc_inspection_set_meta (import->inspection, keys[i], zc_record_node_attribute (import->record->root, keys[i]),
                                 import->error))
      return FALSE;
  return TRUE;
}

static gboolean
import_facts (Import *import)
{
  for (guint i = 0; i < import->record->scheme->facts->len; i++)
    {
      const ZcField *fact = import->record->scheme->facts->pdata[i];
      g_autofree char *place = zc_place_new (ZC_PLACE_FACT, fact->id, 0, NULL);

      if (!fact->select && !state (import, place, zc_record_node_text (import->record->facts[i])))
        return FALSE;
    }
  return TRUE;
}

static gboolean
import_row (Import *import, const ZcRecordRow *row)
{
  const char *ledger = row->ledger->spec->id;

  if (!zc_inspection_restore_row (import->inspection, ledger, row->number, import->error))
    return FALSE;
  for (const xmlNode *cell = row->node->children; cell; cell = cell->next)
    {
      g_autofree char *place = zc_place_new (ZC_PLACE_CELL, ledger, row->number, zc_record_node_attribute (cell, "column"));

      if (!state (import, place, zc_record_node_text (cell)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
import_rows (Import *import)
{
  ZcRecord *record = import->record;

  for (guint i = 0; i < record->scheme->ledgers->len; i++)
    for (guint j = 0; j < record->ledgers[i].rows->len; j++)
      {
        if (zc_fail_if_cancelled (zc_progress_cancellable (import->progress), import->error) ||
            !import_row (import, record->ledgers[i].rows->pdata[j]))
          return FALSE;
        if (j % 500 == 0)
          zc_progress_report (import->progress, _("Taking over ledgers"), j, record->ledgers[i].rows->len);
      }
  return TRUE;
}

/* Before the answers, which would open findings of their own. */
static gboolean
import_findings (Import *import)
{
  GPtrArray *findings = import->record->findings;

  for (guint i = 0; i < findings->len; i++)
    {
      const xmlNode *finding = findings->pdata[i];

      if (!zc_inspection_restore_finding (import->inspection, zc_record_node_number (finding), zc_record_part (finding, "item"),
                                          import->error))
        return FALSE;
      for (guint j = 0; j < ZC_FINDING_PARTS; j++)
        if (!state_part (import, ZC_PLACE_FINDING, NULL, finding, zc_finding_parts[j].name))
          return FALSE;
    }
  return TRUE;
}

static gboolean
import_answers (Import *import)
{
  ZcRecord *record = import->record;

  for (guint i = 0; i < record->scheme->items->len; i++)
    for (guint j = 0; record->answers[i] && j < ZC_ANSWER_PARTS; j++)
      {
        const char *item = ((const ZcItem *) record->scheme->items->pdata[i])->id;

        if (!state_part (import, ZC_PLACE_ANSWER, item, record->answers[i], zc_answer_parts[j].name))
          return FALSE;
      }
  return TRUE;
}

/* What stating an answer brought along and the record does not have goes again: marks and findings. */
static gboolean
remove_extras (Import *import)
{
  g_autoptr (GArray) findings = zc_inspection_get_findings (import->inspection);
  ZcRecord *record = import->record;

  for (guint i = 0; i < findings->len; i++)
    {
      guint64 number = g_array_index (findings, guint64, i);

      if (!zc_record_find_finding (record, number) &&
          !zc_inspection_remove_finding (import->inspection, number, import->error))
        return FALSE;
    }
  for (guint i = 0; i < record->scheme->items->len; i++)
    for (guint j = 0; record->answers[i] && j < ZC_ANSWER_PARTS; j++)
      {
        const char *value = zc_record_part (record->answers[i], zc_answer_parts[j].name);
        g_autofree char *place = zc_place_new (ZC_PLACE_ANSWER, ((const ZcItem *) record->scheme->items->pdata[i])->id, 0,
                                               zc_answer_parts[j].name);

        if (g_strcmp0 (zc_inspection_get (import->inspection, place), value) != 0 &&
            !state (import, place, value ? value : ""))
          return FALSE;
      }
  return TRUE;
}

static gboolean
import_texts (Import *import)
{
  for (guint i = 0; i < import->record->scheme->chapters->len; i++)
    {
      const char *id = ((const ZcChapter *) import->record->scheme->chapters->pdata[i])->id;
      g_autofree char *place = zc_place_new (ZC_PLACE_TEXT, id, 0, NULL);

      if (!state (import, place, zc_record_node_text (import->record->texts[i])))
        return FALSE;
    }
  return TRUE;
}

/* Evidence */

static void
remember_file (Import *import, const char *path, guint64 size)
{
  GPtrArray *paths = g_hash_table_lookup (import->found, &size);

  if (!paths)
    {
      paths = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (import->found, g_memdup2 (&size, sizeof size), paths);
    }
  g_ptr_array_add (paths, g_strdup (path));
  import->n_found++;
}

/* Notes the regular files below @folder by size; links are not followed, what can't be read is passed over. */
static void
search_folder (Import *import, GFile *folder, int depth)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (folder, "standard::name,standard::type,standard::size", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                               zc_progress_cancellable (import->progress), NULL);
  GFileInfo *info;
  GFile *child;

  while (children && import->n_found < MAX_SEARCHED_FILES &&
         g_file_enumerator_iterate (children, &info, &child, zc_progress_cancellable (import->progress), NULL) && info)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < MAX_SEARCHED_DEPTH)
        search_folder (import, child, depth + 1);
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        remember_file (import, g_file_peek_path (child), (guint64) g_file_info_get_size (info));
    }
}

/* Returns: the file's id in the inspection; 0 with @error, or without one if its bytes are nowhere. */
static guint64
restore_file (Import *import, const ZcEvidence *evidence, gboolean allow_missing, GError **error)
{
  g_autoptr (GError) local = NULL;
  GPtrArray *paths = g_hash_table_lookup (import->found, &evidence->size);
  guint64 id = zc_inspection_restore_evidence (import->inspection, evidence, NULL, FALSE, import->progress, &local);

  for (guint i = 0; !id && g_error_matches (local, ZC_ERROR, ZC_ERROR_MISMATCH) && paths && i < paths->len; i++)
    {
      g_clear_error (&local);
      id = zc_inspection_restore_evidence (import->inspection, evidence, paths->pdata[i], FALSE, import->progress, &local);
    }
  if (!id && g_error_matches (local, ZC_ERROR, ZC_ERROR_MISMATCH))
    {
      g_clear_error (&local);
      if (allow_missing)
        return zc_inspection_restore_evidence (import->inspection, evidence, NULL, TRUE, import->progress, error);
    }
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return id;
}

static gboolean
link_file (Import *import, const xmlNode *file, guint64 id)
{
  g_autofree char *caption = zc_place_new (ZC_PLACE_EVIDENCE, NULL, id, "caption");

  for (const xmlNode *item = file->children; item; item = item->next)
    if (!zc_inspection_link (import->inspection, id, zc_record_node_attribute (item, "id"), import->error))
      return FALSE;
  return state (import, caption, zc_record_node_attribute (file, "caption"));
}

static gboolean
import_file (Import *import, const xmlNode *file, gboolean allow_missing)
{
  ZcEvidence evidence = {
    .id = zc_record_node_number (file),
    .name = (char *) zc_record_node_attribute (file, "name"),
    .size = g_ascii_strtoull (zc_record_node_attribute (file, "size"), NULL, 10),
    .sm3 = (char *) zc_record_node_attribute (file, "sm3"),
    .sha256 = (char *) zc_record_node_attribute (file, "sha256"),
  };
  g_autoptr (GError) local = NULL;
  guint64 id = restore_file (import, &evidence, allow_missing, &local);

  if (id)
    return link_file (import, file, id);
  if (local)
    {
      g_propagate_error (import->error, g_steal_pointer (&local));
      return FALSE;
    }
  g_ptr_array_add (import->missing, g_strdup (evidence.name));
  return TRUE;
}

static gboolean
import_evidence (Import *import, const char *folder, gboolean allow_missing)
{
  GPtrArray *files = import->record->files;
  g_autofree char *names = NULL;
  guint n;

  if (folder && files->len > 0)
    {
      g_autoptr (GFile) start = g_file_new_for_path (folder);

      search_folder (import, start, 0);
    }
  for (guint i = 0; i < files->len; i++)
    if (zc_fail_if_cancelled (zc_progress_cancellable (import->progress), import->error) ||
        !import_file (import, files->pdata[i], allow_missing))
      return FALSE;
  n = import->missing->len;
  if (n == 0)
    return TRUE;
  g_ptr_array_set_size (import->missing, (int) MIN (n, MAX_NAMED_FILES));
  g_ptr_array_add (import->missing, NULL);
  names = g_strjoinv (_("”, “"), (char **) import->missing->pdata);
  return zc_fail (import->error, ZC_ERROR_MISMATCH,
                  ngettext ("%u file of evidence that the record lists is not there: “%s”.",
                            "%u files of evidence that the record lists are not there: “%s” …", n),
                  n, names);
}

static gboolean
import_all (Import *import, const char *evidence_dir, gboolean allow_missing)
{
  return zc_inspection_clear (import->inspection, import->error) && import_root (import) && import_facts (import) &&
         import_rows (import) && import_findings (import) && import_answers (import) && remove_extras (import) &&
         import_texts (import) && import_evidence (import, evidence_dir, allow_missing);
}

gboolean
zc_record_import (ZcRecord *self, ZcInspection *inspection, const char *evidence_dir, gboolean allow_missing,
                  const ZcProgress *progress, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  Import import = { self, inspection, progress, found, 0, missing, error };

  g_return_val_if_fail (ZC_IS_INSPECTION (inspection), FALSE);
  if (strcmp (zc_inspection_get_scheme (inspection)->id, self->scheme->id) != 0)
    return zc_fail (error, ZC_ERROR_INVALID, _("The record belongs to the scheme “%s”, not to “%s”."), self->scheme->id,
                    zc_inspection_get_scheme (inspection)->id);
  if (!zc_inspection_begin (inspection, _("Take over a record"), error))
    return FALSE;
  if (import_all (&import, evidence_dir, allow_missing))
    return zc_inspection_commit (inspection, error);
  zc_inspection_rollback (inspection);
  return FALSE;
}
