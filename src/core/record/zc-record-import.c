/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"
#include "record/zc-record-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* A record into an inspection: the inspection's own checks decide what it takes. */

/* Where files of evidence are looked for: by size, then by digest, never by the names that the record gives
 * them. */
#define MAX_SEARCHED_FILES 100000
#define MAX_SEARCHED_DEPTH 8
#define MAX_NAMED_FILES 10
#define CHUNK_SIZE (256 * 1024)

typedef struct
{
  ZcRecord *record;
  ZcInspection *inspection;
  const ZcProgress *progress;
  GHashTable *found; /* guint64 * size → (element-type char*) paths */
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
                  _ ("“%s” (%s) of the record can't be taken over. %s"), label, place, local->message);
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
    if (!zc_inspection_set_meta (import->inspection, keys[i],
                                 zc_record_node_attribute (import->record->root, keys[i]), import->error))
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
      g_autofree char *place =
          zc_place_new (ZC_PLACE_CELL, ledger, row->number, zc_record_node_attribute (cell, "column"));

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
          zc_progress_report (import->progress, _ ("Taking over ledgers"), j, record->ledgers[i].rows->len);
      }
  return TRUE;
}

/* After the answers: these open and close findings of their own, all of which go first. */
static gboolean
import_findings (Import *import)
{
  GPtrArray *findings = import->record->findings;
  g_autoptr (GArray) opened = zc_inspection_get_findings (import->inspection);

  for (guint i = 0; i < opened->len; i++)
    if (!zc_inspection_remove_finding (import->inspection, g_array_index (opened, guint64, i), import->error))
      return FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const xmlNode *finding = findings->pdata[i];

      if (!zc_inspection_restore_finding (import->inspection, zc_record_node_number (finding),
                                          zc_record_part (finding, "item"), import->error))
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

/* Stating an answer takes the mark of carrying over from it: marks that the record has are put back. */
static gboolean
import_marks (Import *import)
{
  ZcRecord *record = import->record;

  for (guint i = 0; i < record->scheme->items->len; i++)
    if (record->answers[i] &&
        !state_part (import, ZC_PLACE_ANSWER, ((const ZcItem *) record->scheme->items->pdata[i])->id,
                     record->answers[i], "confirmed"))
      return FALSE;
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

/* Notes the regular files below @folder by size; links are not followed, what can't be read is passed over.
 */
static void
search_folder (Import *import, GFile *folder, int depth)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, "standard::name,standard::type,standard::size", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
      zc_progress_cancellable (import->progress), NULL);
  GFileInfo *info;
  GFile *child;

  while (
      children && import->n_found < MAX_SEARCHED_FILES &&
      g_file_enumerator_iterate (children, &info, &child, zc_progress_cancellable (import->progress), NULL) &&
      info)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < MAX_SEARCHED_DEPTH)
        search_folder (import, child, depth + 1);
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        remember_file (import, g_file_peek_path (child), (guint64) g_file_info_get_size (info));
    }
}

static gboolean
has_digest (const char *path, const char *sha256, GCancellable *cancellable)
{
  g_autoptr (ZcSource) source = zc_source_new_file (path, NULL);
  g_autoptr (ZcDigest) digest = zc_digest_new (ZC_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (CHUNK_SIZE);
  g_autofree char *found = NULL;
  guint64 size = source ? zc_source_size (source) : 0;

  for (guint64 done = 0; done < size;)
    {
      gsize part = (gsize) MIN (size - done, CHUNK_SIZE);

      if (g_cancellable_is_cancelled (cancellable) || !zc_source_read (source, done, buffer, part, NULL))
        return FALSE;
      zc_digest_update (digest, buffer, part);
      done += part;
    }
  found = zc_digest_hex (digest, ZC_DIGEST_SHA256);
  return strcmp (found, sha256) == 0;
}

/* The file that @evidence means among those found. Returns: (nullable) */
static const char *
find_bytes (Import *import, const ZcEvidence *evidence)
{
  GPtrArray *paths = g_hash_table_lookup (import->found, &evidence->size);

  for (guint i = 0; paths && i < paths->len; i++)
    if (has_digest (paths->pdata[i], evidence->sha256, zc_progress_cancellable (import->progress)))
      return paths->pdata[i];
  return NULL;
}

static gboolean
has_bytes (Import *import, guint64 id)
{
  g_autoptr (ZcSource) source = zc_inspection_open_evidence (import->inspection, id, NULL);

  return source != NULL;
}

/* Returns: the file's id in the inspection, its bytes there or its name among the missing; 0 on error. */
static guint64
restore_file (Import *import, const ZcEvidence *evidence)
{
  guint64 id = zc_inspection_restore_evidence (import->inspection, evidence, NULL, TRUE, import->progress,
                                               import->error);
  const char *path;

  if (!id || has_bytes (import, id))
    return id;
  path = find_bytes (import, evidence);
  if (path)
    return zc_inspection_restore_evidence (import->inspection, evidence, path, FALSE, import->progress,
                                           import->error);
  g_ptr_array_add (import->missing, g_strdup (evidence->name));
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
import_file (Import *import, const xmlNode *file)
{
  ZcEvidence evidence = {
    .id = zc_record_node_number (file),
    .name = (char *) zc_record_node_attribute (file, "name"),
    .size = g_ascii_strtoull (zc_record_node_attribute (file, "size"), NULL, 10),
    .sm3 = (char *) zc_record_node_attribute (file, "sm3"),
    .sha256 = (char *) zc_record_node_attribute (file, "sha256"),
  };
  guint64 id = restore_file (import, &evidence);

  return id != 0 && link_file (import, file, id);
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
        !import_file (import, files->pdata[i]))
      return FALSE;
  n = import->missing->len;
  if (n == 0 || allow_missing)
    return TRUE;
  g_ptr_array_set_size (import->missing, (int) MIN (n, MAX_NAMED_FILES));
  g_ptr_array_add (import->missing, NULL);
  names = g_strjoinv (_ ("”, “"), (char **) import->missing->pdata);
  return zc_fail (import->error, ZC_ERROR_MISMATCH,
                  ngettext ("%u file of evidence that the record lists is not there: “%s”.",
                            "%u files of evidence that the record lists are not there: “%s” …", n),
                  n, names);
}

static gboolean
import_all (Import *import, const char *evidence_dir, gboolean allow_missing)
{
  return zc_inspection_clear (import->inspection, import->error) && import_root (import) &&
         import_facts (import) && import_rows (import) && import_answers (import) && import_marks (import) &&
         import_findings (import) && import_texts (import) &&
         import_evidence (import, evidence_dir, allow_missing);
}

gboolean
zc_record_import (ZcRecord *self,
                  ZcInspection *inspection,
                  const char *evidence_dir,
                  gboolean allow_missing,
                  const ZcProgress *progress,
                  GError **error)
{
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  Import import = { self, inspection, progress, found, 0, missing, error };

  g_return_val_if_fail (ZC_IS_INSPECTION (inspection), FALSE);
  if (strcmp (zc_inspection_get_scheme (inspection)->id, self->scheme->id) != 0)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("The record belongs to the scheme “%s”, not to “%s”."),
                    self->scheme->id, zc_inspection_get_scheme (inspection)->id);
  if (!zc_inspection_begin (inspection, _ ("Take over a record"), error))
    return FALSE;
  if (import_all (&import, evidence_dir, allow_missing))
    return zc_inspection_commit (inspection, error);
  zc_inspection_rollback (inspection);
  return FALSE;
}
