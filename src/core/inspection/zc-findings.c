/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static const char *
finding_get (ZcInspection *self, guint64 finding, const char *field)
{
  return _zc_statements_get (self, ZC_PLACE_FINDING, NULL, finding, field);
}

static gboolean
finding_put (ZcInspection *self, guint64 finding, const char *field, const char *value, GError **error)
{
  return _zc_edit_put (self, ZC_PLACE_FINDING, NULL, finding, field, value, error);
}

static gboolean
check_item (ZcInspection *self, const char *item, GError **error)
{
  return zc_scheme_find_item (self->scheme, item) ||
         zc_fail (error, ZC_ERROR_USAGE, _("There is no item “%s”."), item);
}

GArray *
zc_inspection_get_findings (ZcInspection *self)
{
  GArray *numbers = g_array_sized_new (FALSE, FALSE, sizeof (guint64), self->findings->len);

  for (guint i = 0; i < self->findings->len; i++)
    g_array_append_val (numbers, g_array_index (self->findings, ZcNumbered, i).number);
  return numbers;
}

guint64
zc_inspection_find_finding (ZcInspection *self, const char *item)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      guint64 number = g_array_index (self->findings, ZcNumbered, i).number;

      if (g_strcmp0 (finding_get (self, number, "item"), item) == 0)
        return number;
    }
  return 0;
}

static guint64
open_finding (ZcInspection *self, const char *item, GError **error)
{
  guint64 finding = _zc_counter_next (self, "finding", error);

  return finding != 0 && finding_put (self, finding, "item", item, error) &&
                 finding_put (self, finding, "source", "self", error) &&
                 finding_put (self, finding, "state", "open", error)
             ? finding
             : 0;
}

guint64
zc_inspection_add_finding (ZcInspection *self, const char *item, GError **error)
{
  g_autofree char *label = _zc_item_label (self, item);
  g_autofree char *step = g_strdup_printf (_("Add a finding to %s"), label);
  guint64 finding;

  if (!check_item (self, item, error) || !_zc_edit_begin (self, step, error))
    return 0;
  finding = open_finding (self, item, error);
  return _zc_edit_end (self, finding != 0, error) ? finding : 0;
}

gboolean
_zc_drop_finding (ZcInspection *self, guint64 finding, GError **error)
{
  GPtrArray *fields = zc_finding_fields ();

  for (guint i = fields->len; i > 0; i--)
    if (!finding_put (self, finding, ((ZcField *) fields->pdata[i - 1])->id, NULL, error))
      return FALSE;
  return _zc_promise_answered (self, finding, error);
}

gboolean
zc_inspection_remove_finding (ZcInspection *self, guint64 finding, GError **error)
{
  const char *item = finding_get (self, finding, "item");
  g_autofree char *label = NULL;
  g_autofree char *step = NULL;

  if (!item)
    return zc_fail (error, ZC_ERROR_USAGE, _("There is no finding number %" PRIu64 "."), finding);
  label = _zc_item_label (self, item);
  step = g_strdup_printf (_("Remove a finding of %s"), label);
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  return _zc_edit_end (self, _zc_drop_finding (self, finding, error), error);
}

gboolean
zc_inspection_restore_finding (ZcInspection *self, guint64 finding, const char *item, GError **error)
{
  gboolean ok;

  if (!check_item (self, item, error))
    return FALSE;
  if (finding < 1 || finding >= (guint64) 1 << 46 || finding_get (self, finding, "item"))
    return zc_fail (error, ZC_ERROR_USAGE, _("There can't be two findings number %" PRIu64 "."),
                    finding);
  if (!_zc_edit_begin (self, _("Take over another record"), error))
    return FALSE;
  ok = _zc_counter_reach (self, "finding", finding, TRUE, error) &&
       finding_put (self, finding, "item", item, error);
  return _zc_edit_end (self, ok, error);
}

/* Opened by an answer, and nobody wrote anything into it. */
static gboolean
is_untouched (ZcInspection *self, guint64 finding)
{
  static const char *const typed[] = { "problem", "severity", "measure", "person", "due" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    if (finding_get (self, finding, typed[i]))
      return FALSE;
  return g_strcmp0 (finding_get (self, finding, "source"), "self") == 0 &&
         g_strcmp0 (finding_get (self, finding, "state"), "open") == 0;
}

gboolean
_zc_after_conformity (ZcInspection *self, const char *item, const char *value, GError **error)
{
  guint64 finding = zc_inspection_find_finding (self, item);
  gboolean lacking = g_strcmp0 (value, "partly") == 0 || g_strcmp0 (value, "no") == 0;

  /* Whoever chooses an answer has decided, whatever last year's was. */
  if (!_zc_edit_put (self, ZC_PLACE_ANSWER, item, 0, "confirmed", NULL, error))
    return FALSE;
  if (lacking)
    return finding != 0 || open_finding (self, item, error) != 0;
  return finding == 0 || !is_untouched (self, finding) || _zc_drop_finding (self, finding, error);
}
