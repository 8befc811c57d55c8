/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"
#include "base/zc-text.h"
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const ZcField *
find_field (GPtrArray *fields, const char *id)
{
  for (guint i = 0; i < fields->len; i++)
    if (strcmp (((ZcField *) fields->pdata[i])->id, id) == 0)
      return fields->pdata[i];
  return NULL;
}

const ZcField *
_zc_field_of (ZcInspection *self, const ZcPlace *place)
{
  const ZcLedger *ledger;

  switch (place->kind)
    {
    case ZC_PLACE_FACT:
      return zc_scheme_find_fact (self->scheme, place->id);
    case ZC_PLACE_ANSWER:
      return find_field (zc_answer_fields (), place->field);
    case ZC_PLACE_FINDING:
      return find_field (zc_finding_fields (), place->field);
    case ZC_PLACE_CELL:
      ledger = zc_scheme_find_ledger (self->scheme, place->id);
      return ledger ? zc_ledger_find_column (ledger, place->field) : NULL;
    case ZC_PLACE_LEDGER:
    case ZC_PLACE_ROW:
    case ZC_PLACE_TEXT:
    case ZC_PLACE_LINK:
    case ZC_PLACE_EVIDENCE:
    case ZC_PLACE_ITEM:
      break;
    }
  return NULL;
}

/* Words for people */

char *
_zc_item_label (ZcInspection *self, const char *item)
{
  const ZcItem *found = zc_scheme_find_item (self->scheme, item);

  return found ? g_strdup_printf ("%s %s", found->id, found->title) : g_strdup (item);
}

static char *
row_label (ZcInspection *self, const ZcPlace *place)
{
  const ZcLedger *ledger = zc_scheme_find_ledger (self->scheme, place->id);
  int position = _zc_numbered_find (_zc_statements_numbered (self->rows, place->id), place->number);

  if (!ledger || position < 0)
    return g_strdup (place->id);
  /* Translators: a ledger's name and the position of a row in it */
  return g_strdup_printf (_("%s, row %d"), ledger->label, position + 1);
}

static char *
finding_label (ZcInspection *self, guint64 finding)
{
  const char *item = _zc_statements_get (self, ZC_PLACE_FINDING, NULL, finding, "item");
  g_autofree char *label =
      item ? _zc_item_label (self, item) : g_strdup_printf ("%" G_GUINT64_FORMAT, finding);

  return g_strdup_printf (_("finding of %s"), label);
}

/* What a place belongs to: the item, the row, the finding. */
static char *
owner_label (ZcInspection *self, const ZcPlace *place)
{
  ZcStored *stored;
  const ZcChapter *chapter;
  const ZcLedger *ledger;

  switch (place->kind)
    {
    case ZC_PLACE_CELL:
    case ZC_PLACE_ROW:
      return row_label (self, place);
    case ZC_PLACE_FINDING:
      return finding_label (self, place->number);
    case ZC_PLACE_LEDGER:
      ledger = zc_scheme_find_ledger (self->scheme, place->id);
      return g_strdup (ledger ? ledger->label : place->id);
    case ZC_PLACE_TEXT:
      chapter = zc_scheme_find_chapter (self->scheme, place->id);
      return g_strdup (chapter ? chapter->heading : place->id);
    case ZC_PLACE_EVIDENCE:
      stored = _zc_stored_find (self, place->number);
      return g_strdup (stored ? stored->name : place->id);
    case ZC_PLACE_FACT:
    case ZC_PLACE_ANSWER:
    case ZC_PLACE_LINK:
    case ZC_PLACE_ITEM:
      break;
    }
  return _zc_item_label (self, place->id);
}

char *
_zc_label (ZcInspection *self, const ZcPlace *place)
{
  const ZcField *field = _zc_field_of (self, place);
  g_autofree char *owner = NULL;

  if (place->kind == ZC_PLACE_FACT)
    return g_strdup (field ? field->label : place->id);
  owner = owner_label (self, place);
  if (!field)
    return g_steal_pointer (&owner);
  /* Translators: the name of a field, then what it belongs to: “Note” of “X07 …” */
  return g_strdup_printf (_("%s of %s"), field->label, owner);
}

/* Whether a place exists */

static gboolean
fail_unknown (const ZcPlace *place, GError **error)
{
  g_autofree char *text = zc_place_new (place->kind, place->id, place->number, place->field);

  return zc_fail (error, ZC_ERROR_USAGE, _("This inspection has no “%s”."), text);
}

static gboolean
place_exists (ZcInspection *self, const ZcPlace *place)
{
  ZcScheme *scheme = self->scheme;

  switch (place->kind)
    {
    case ZC_PLACE_FACT:
      return _zc_field_of (self, place) != NULL;
    case ZC_PLACE_ANSWER:
      return zc_scheme_find_item (scheme, place->id) && _zc_field_of (self, place);
    case ZC_PLACE_LEDGER:
    case ZC_PLACE_ROW:
      return zc_scheme_find_ledger (scheme, place->id) != NULL;
    case ZC_PLACE_CELL:
      return _zc_field_of (self, place) &&
             _zc_statements_get (self, ZC_PLACE_ROW, place->id, place->number, NULL);
    case ZC_PLACE_FINDING:
      return _zc_field_of (self, place) &&
             (strcmp (place->field, "item") == 0 ||
              _zc_statements_get (self, ZC_PLACE_FINDING, NULL, place->number, "item"));
    case ZC_PLACE_TEXT:
      return zc_scheme_find_chapter (scheme, place->id) != NULL;
    case ZC_PLACE_LINK:
      return zc_scheme_find_item (scheme, place->id) && _zc_stored_find (self, place->number);
    case ZC_PLACE_EVIDENCE:
      return _zc_stored_find (self, place->number) &&
             (strcmp (place->field, "caption") == 0 || strcmp (place->field, "kept") == 0);
    case ZC_PLACE_ITEM:
      return zc_scheme_find_item (scheme, place->id) != NULL;
    }
  return FALSE;
}

gboolean
_zc_check_place (ZcInspection *self, const ZcPlace *place, GError **error)
{
  const ZcField *field;

  if (!place_exists (self, place))
    return fail_unknown (place, error);
  if (place->kind == ZC_PLACE_LEDGER || place->kind == ZC_PLACE_ITEM)
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” has parts, but takes no value itself."), place->id);
  field = _zc_field_of (self, place);
  if (field && field->select)
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” is worked out from other values and can't be typed."),
                    field->label);
  return TRUE;
}

/* Whether a value suits it */

static char *
check_number (ZcInspection *self, const ZcPlace *place, const char *value, GError **error)
{
  g_autofree char *label = NULL;
  guint64 number;

  if (!*value)
    return g_strdup ("");
  if (g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT64, &number, NULL))
    return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  label = _zc_label (self, place);
  return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s” is not a position of %s."), value, label);
}

static char *
check_conformity (ZcInspection *self, const ZcPlace *place, char *value, GError **error)
{
  const ZcItem *item = zc_scheme_find_item (self->scheme, place->id);
  g_autofree char *kept = value;
  g_autofree char *label = _zc_item_label (self, place->id);

  if (*kept && !item->conformity)
    return zc_fail_null (error, ZC_ERROR_USAGE,
                         _("%s is not answered by 符合 or 不符合: fill in its fields."), label);
  if (strcmp (kept, "na") == 0 && !item->allows_na)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("不适用 may not be chosen for %s."), label);
  return g_steal_pointer (&kept);
}

static char *
check_finding_item (ZcInspection *self, char *value, GError **error)
{
  g_autofree char *kept = value;

  if (*kept && !zc_scheme_find_item (self->scheme, kept))
    return zc_fail_null (error, ZC_ERROR_USAGE, _("There is no item “%s”."), kept);
  return g_steal_pointer (&kept);
}

/* Chapters and captions. */
static char *
check_text (const char *value, gboolean multiline, GError **error)
{
  char *kept = zc_text_normalize (value, multiline, error);

  return kept ? g_strstrip (kept) : NULL;
}

char *
_zc_check_value (ZcInspection *self, const ZcPlace *place, const char *value, GError **error)
{
  const ZcField *field = _zc_field_of (self, place);
  char *kept;

  if (!field)
    {
      if (place->kind == ZC_PLACE_TEXT ||
          (place->kind == ZC_PLACE_EVIDENCE && strcmp (place->field, "caption") == 0))
        return check_text (value, place->kind == ZC_PLACE_TEXT, error);
      return check_number (self, place, value, error);
    }
  kept = zc_field_check (field, value, error);
  if (kept && place->kind == ZC_PLACE_ANSWER && strcmp (place->field, "conformity") == 0)
    return check_conformity (self, place, kept, error);
  if (kept && place->kind == ZC_PLACE_FINDING && strcmp (place->field, "item") == 0)
    return check_finding_item (self, kept, error);
  return kept;
}

/* What comes from the file */

/* As zc_text_normalize() leaves texts, without making a copy of each of many. */
static gboolean
is_clean_text (const char *text, gboolean multiline)
{
  for (const guchar *at = (const guchar *) text; *at; at++)
    if ((*at < 0x20 && !(multiline && (*at == '\n' || *at == '\t'))) || *at == 0x7f ||
        (*at == 0xc2 && at[1] < 0xa0) || (*at == 0xef && (at[1] == 0xbf || at[1] == 0xb7)) || *at >= 0xf0)
      {
        g_autofree char *kept = zc_text_normalize (text, multiline, NULL);

        return kept && strcmp (kept, text) == 0;
      }
  return TRUE;
}

static gboolean
is_own_statement (const char *place)
{
  ZcPlace inner;
  guint8 digest[32];
  const char *rest = strchr (place, ':');

  if (!rest)
    return FALSE;
  rest++;
  if (g_str_has_prefix (place, ZC_META_PREFIX) || g_str_has_prefix (place, ZC_WORDING_PREFIX))
    return zc_id_is_valid (rest);
  if (g_str_has_prefix (place, ZC_PREVIOUS_PREFIX) || g_str_has_prefix (place, ZC_ORIGIN_PREFIX))
    return zc_place_parse (rest, &inner);
  return g_str_has_prefix (place, ZC_FORMER_PREFIX) && zc_unhex (rest, digest, sizeof digest);
}

gboolean
_zc_check_statement (ZcInspection *self, const char *text, const char *value)
{
  const ZcField *field;
  ZcPlace place;

  if (!*value)
    return FALSE;
  if (!zc_place_parse (text, &place))
    return is_own_statement (text) && is_clean_text (value, TRUE);
  if (!_zc_check_place (self, &place, NULL))
    return FALSE;
  field = _zc_field_of (self, &place);
  if (field && (field->type == ZC_VALUE_TEXT || field->type == ZC_VALUE_PROSE) &&
      place.kind != ZC_PLACE_FINDING)
    return is_clean_text (value, field->type == ZC_VALUE_PROSE);
  else
    {
      g_autofree char *kept = _zc_check_value (self, &place, value, NULL);

      return kept && strcmp (kept, value) == 0;
    }
}
