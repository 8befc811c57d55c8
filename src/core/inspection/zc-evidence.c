/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"
#include "base/zc-text.h"
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

void
zc_evidence_free (ZcEvidence *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->sm3);
  g_free (self->sha256);
  g_free (self->caption);
  g_free (self->added);
  g_strfreev (self->items);
  g_free (self);
}

static const char *
link_get (ZcInspection *self, const char *item, guint64 id)
{
  return _zc_statements_get (self, ZC_PLACE_LINK, item, id, NULL);
}

/* Returns: (transfer full): the items that evidence @id serves, in scheme order. */
static GPtrArray *
items_of (ZcInspection *self, guint64 id)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->scheme->items->len; i++)
    {
      const ZcItem *item = self->scheme->items->pdata[i];

      if (_zc_statements_numbered (self->links, item->id) && link_get (self, item->id, id))
        g_ptr_array_add (items, g_strdup (item->id));
    }
  return items;
}

static ZcEvidence *
evidence_new (ZcInspection *self, const ZcStored *stored)
{
  const char *caption = _zc_statements_get (self, ZC_PLACE_EVIDENCE, NULL, stored->id, "caption");
  GPtrArray *items = items_of (self, stored->id);
  ZcEvidence *evidence = g_new0 (ZcEvidence, 1);

  evidence->id = stored->id;
  evidence->name = g_strdup (stored->name);
  evidence->size = stored->size;
  evidence->sm3 = g_strdup (stored->sm3);
  evidence->sha256 = g_strdup (stored->sha256);
  evidence->caption = g_strdup (caption ? caption : "");
  evidence->added = g_strdup (stored->added);
  g_ptr_array_set_free_func (items, NULL);
  g_ptr_array_add (items, NULL);
  evidence->items = (char **) g_ptr_array_free (items, FALSE);
  return evidence;
}

static gboolean
is_kept (ZcInspection *self, guint64 id)
{
  return _zc_statements_get (self, ZC_PLACE_EVIDENCE, NULL, id, "kept") != NULL;
}

static int
compare_evidence (gconstpointer a, gconstpointer b)
{
  const ZcEvidence *x = *(ZcEvidence *const *) a, *y = *(ZcEvidence *const *) b;

  return x->id < y->id ? -1 : x->id > y->id;
}

GPtrArray *
zc_inspection_get_evidence (ZcInspection *self, const char *item)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_evidence_free);
  GArray *links = item ? _zc_statements_numbered (self->links, item) : NULL;
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; links && i < links->len; i++)
    {
      ZcStored *stored = _zc_stored_find (self, g_array_index (links, ZcNumbered, i).number);

      if (stored)
        g_ptr_array_add (list, evidence_new (self, stored));
    }
  if (item)
    return list;

  g_hash_table_iter_init (&iter, self->evidence);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      g_autoptr (ZcEvidence) evidence = evidence_new (self, value);

      if (evidence->items[0] || is_kept (self, evidence->id))
        g_ptr_array_add (list, g_steal_pointer (&evidence));
    }
  g_ptr_array_sort (list, compare_evidence);
  return list;
}

ZcEvidence *
zc_inspection_find_evidence (ZcInspection *self, guint64 id)
{
  ZcStored *stored = _zc_stored_find (self, id);

  return stored ? evidence_new (self, stored) : NULL;
}

static ZcStored *
find_stored (ZcInspection *self, guint64 id, GError **error)
{
  ZcStored *stored = _zc_stored_find (self, id);

  return stored ? stored
                : zc_fail_null (error, ZC_ERROR_USAGE,
                                _("There is no evidence number %" PRIu64 "."), id);
}

/* Links */

gboolean
_zc_check_item (ZcInspection *self, const char *item, GError **error)
{
  return !item || zc_scheme_find_item (self->scheme, item) ||
         zc_fail (error, ZC_ERROR_USAGE, _("There is no item “%s”."), item);
}

/* Behind the item's other files; what serves an item need not be kept for itself. */
gboolean
_zc_state_link (ZcInspection *self, guint64 id, const char *item, GError **error)
{
  GArray *links = item ? _zc_statements_numbered (self->links, item) : NULL;
  g_autofree char *key = NULL;

  if (!item)
    {
      g_autoptr (GPtrArray) items = items_of (self, id);

      return items->len > 0 || _zc_edit_put (self, ZC_PLACE_EVIDENCE, NULL, id, "kept", "1", error);
    }
  if (link_get (self, item, id))
    return TRUE;
  key = g_strdup_printf ("%" G_GUINT64_FORMAT,
                         links && links->len ? g_array_index (links, ZcNumbered, links->len - 1).key + 1 : 1);
  return _zc_edit_put (self, ZC_PLACE_LINK, item, id, NULL, key, error) &&
         _zc_edit_put (self, ZC_PLACE_EVIDENCE, NULL, id, "kept", NULL, error);
}

char *
_zc_attach_step (ZcInspection *self, const char *name, const char *item)
{
  g_autofree char *label = item ? _zc_item_label (self, item) : NULL;

  return label ? g_strdup_printf (_("Add “%s” to %s"), name, label) : g_strdup_printf (_("Add “%s”"), name);
}

gboolean
zc_inspection_link (ZcInspection *self, guint64 id, const char *item, GError **error)
{
  ZcStored *stored = find_stored (self, id, error);
  g_autofree char *step = NULL;

  if (!stored || !_zc_check_item (self, item, error))
    return FALSE;
  step = _zc_attach_step (self, stored->name, item);
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  return _zc_edit_end (self, _zc_state_link (self, id, item, error), error);
}

static gboolean
drop_links (ZcInspection *self, guint64 id, const char *item, GError **error)
{
  g_autoptr (GPtrArray) items = items_of (self, id);

  for (guint i = 0; i < items->len; i++)
    if ((!item || strcmp (items->pdata[i], item) == 0) &&
        !_zc_edit_put (self, ZC_PLACE_LINK, items->pdata[i], id, NULL, NULL, error))
      return FALSE;
  if (item && items->len > 1)
    return TRUE;
  return _zc_edit_put (self, ZC_PLACE_EVIDENCE, NULL, id, "kept", NULL, error) &&
         _zc_edit_put (self, ZC_PLACE_EVIDENCE, NULL, id, "caption", NULL, error);
}

gboolean
zc_inspection_detach (ZcInspection *self, guint64 id, const char *item, GError **error)
{
  ZcStored *stored = find_stored (self, id, error);
  g_autofree char *label = NULL;
  g_autofree char *step = NULL;

  if (!stored || !_zc_check_item (self, item, error))
    return FALSE;
  label = item ? _zc_item_label (self, item) : NULL;
  if (item && !link_get (self, item, id))
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” does not belong to %s."), stored->name, label);
  step = item ? g_strdup_printf (_("Remove “%s” from %s"), stored->name, label)
              : g_strdup_printf (_("Remove “%s”"), stored->name);
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  return _zc_edit_end (self, drop_links (self, id, item, error), error);
}

/* Reading */

ZcSource *
zc_inspection_open_evidence (ZcInspection *self, guint64 id, GError **error)
{
  ZcStored *stored = find_stored (self, id, error);

  if (!stored)
    return NULL;
  if (stored->blob == 0)
    return zc_fail_null (error, ZC_ERROR_DAMAGED, _("The file “%s” is missing. Add it again."),
                         stored->name);
  return _zc_blob_source (self, stored);
}

gboolean
zc_inspection_check_evidence (ZcInspection *self, guint64 id, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcSource) source = zc_inspection_open_evidence (self, id, error);
  g_autoptr (ZcDigest) digest = zc_digest_new (ZC_DIGEST_SM3 | ZC_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (ZC_CHUNK_SIZE);
  g_autofree char *sm3 = NULL;
  g_autofree char *sha256 = NULL;
  ZcStored *stored = _zc_stored_find (self, id);

  if (!source)
    return FALSE;
  for (guint64 done = 0; done < stored->size;)
    {
      gsize part = (gsize) MIN (stored->size - done, ZC_CHUNK_SIZE);

      if (zc_fail_if_cancelled (zc_progress_cancellable (progress), error) ||
          !zc_source_read (source, done, buffer, part, error))
        return FALSE;
      zc_digest_update (digest, buffer, part);
      done += part;
      zc_progress_report (progress, _("Checking evidence"), done, stored->size);
    }
  sm3 = zc_digest_hex (digest, ZC_DIGEST_SM3);
  sha256 = zc_digest_hex (digest, ZC_DIGEST_SHA256);
  if (strcmp (sm3, stored->sm3) == 0 && strcmp (sha256, stored->sha256) == 0)
    return TRUE;
  return zc_fail (error, ZC_ERROR_DAMAGED, _("The stored copy of “%s” is damaged. Add the file again."),
                  stored->name);
}
