/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-template.h"

#include "record/zc-record-private.h"
#include "scheme/zc-xpath-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

ZcPiece *
zc_piece_new (const char *text, const char *place)
{
  ZcPiece *self = g_new0 (ZcPiece, 1);

  self->text = g_strdup (text);
  self->place = g_strdup (place);
  return self;
}

void
zc_piece_free (ZcPiece *self)
{
  g_free (self->text);
  g_free (self->place);
  g_free (self);
}

/* One part of a template: words as they stand, or the name in braces. */
typedef struct
{
  const char *start;
  gsize length;
  gboolean name;
} Part;

/* Reads the part at *@at and moves on. “{{” and “}}” are words of one brace; a brace that opens or closes
 * nothing is itself. */
static gboolean
next_part (const char **at, Part *part)
{
  const char *start = *at;
  const char *end;

  if (!*start)
    return FALSE;
  part->name = FALSE;
  part->start = start;
  if (start[0] == '{' || start[0] == '}')
    {
      part->length = 1;
      *at = start + (start[1] == start[0] ? 2 : 1);
      end = start[0] == '{' && start[1] != '{' ? strpbrk (start + 1, "{}\n") : NULL;
      if (end && *end == '}')
        {
          *part = (Part){ start + 1, (gsize) (end - start) - 1, TRUE };
          *at = end + 1;
        }
      return TRUE;
    }
  part->length = strcspn (start, "{}");
  *at = start + part->length;
  return TRUE;
}

/* The place of {@field} in the row or finding @context. Returns: (nullable) */
static char *
field_place (const char *field, const xmlNode *context)
{
  const ZcRecordRow *row = zc_record_row_of (context);

  if (!context || !zc_id_is_valid (field))
    return NULL;
  if (row)
    return zc_ledger_find_column (row->ledger->spec, field)
               ? zc_place_new (ZC_PLACE_CELL, row->ledger->spec->id, row->number, field)
               : NULL;
  return zc_xml_is (context, "finding") && zc_names_is_finding_field (field)
             ? zc_place_new (ZC_PLACE_FINDING, NULL, zc_record_node_number (context), field)
             : NULL;
}

/* What {@row} stands for: how people call the row, or (in places) its number for ever. */
static char *
row_name (const xmlNode *context, gboolean in_place)
{
  const ZcRecordRow *row = zc_record_row_of (context);

  if (row)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, in_place ? row->number : row->position + 1);
  return zc_xml_is (context, "finding") ? g_strdup (zc_record_node_attribute (context, "id")) : NULL;
}

/* A place whose value can stand in a text. Texts themselves can't: they would go round in circles. */
static gboolean
is_value_place (const ZcScheme *scheme, const char *name)
{
  ZcPlace place;

  if (!zc_place_parse (name, &place))
    return FALSE;
  return zc_record_field_of (scheme, &place) ||
         (place.kind == ZC_PLACE_EVIDENCE && strcmp (place.field, "caption") == 0);
}

/* The place that the name in braces means. Returns: (nullable): NULL if it means nothing */
static char *
place_of (const char *name, ZcRecord *record, const xmlNode *context)
{
  ZcPlace place;

  if (name[0] == '@')
    return field_place (name + 1, context);
  if (strchr (name, ':'))
    return is_value_place (record->scheme, name) && zc_place_parse (name, &place) ? g_strdup (name) : NULL;
  return zc_id_is_valid (name) && zc_scheme_find_fact (record->scheme, name)
             ? zc_place_new (ZC_PLACE_FACT, name, 0, NULL)
             : NULL;
}

static ZcPiece *
expand_name (const char *name, ZcRecord *record, const xmlNode *context, const char *unstated)
{
  ZcPiece *piece = g_new0 (ZcPiece, 1);

  if (strcmp (name, "@row") == 0 && (piece->text = row_name (context, FALSE)))
    return piece;
  piece->place = place_of (name, record, context);
  if (!piece->place)
    {
      piece->text = g_strdup_printf ("{%s}", name);
      return piece;
    }
  piece->text = zc_record_display (record, piece->place);
  if (!*piece->text)
    {
      g_free (piece->text);
      piece->text = g_strdup (unstated);
    }
  return piece;
}

static void
add_words (GPtrArray *pieces, const char *text, gsize length)
{
  ZcPiece *last = pieces->len > 0 ? pieces->pdata[pieces->len - 1] : NULL;
  g_autofree char *words = g_strndup (text, length);

  if (last && !last->place)
    {
      char *joined = g_strconcat (last->text, words, NULL);

      g_free (last->text);
      last->text = joined;
      return;
    }
  last = g_new0 (ZcPiece, 1);
  last->text = g_steal_pointer (&words);
  g_ptr_array_add (pieces, last);
}

static GPtrArray *
expand (const char *text, ZcRecord *record, const xmlNode *context, const char *unstated)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_piece_free);
  Part part;

  while (next_part (&text, &part))
    {
      g_autofree char *name = part.name ? g_strndup (part.start, part.length) : NULL;
      ZcPiece *piece;

      if (!name)
        {
          add_words (pieces, part.start, part.length);
          continue;
        }
      piece = expand_name (name, record, context, unstated);
      if (piece->place)
        {
          g_ptr_array_add (pieces, piece);
          continue;
        }
      add_words (pieces, piece->text, strlen (piece->text));
      zc_piece_free (piece);
    }
  return pieces;
}

static char *
joined (GPtrArray *pieces)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    g_string_append (out, ((const ZcPiece *) pieces->pdata[i])->text);
  return g_string_free (out, FALSE);
}

char *
zc_template_from_pieces (GPtrArray *pieces)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const ZcPiece *piece = pieces->pdata[i];

      if (piece->place)
        {
          g_string_append_printf (out, "{%s}", piece->place + (g_str_has_prefix (piece->place, "fact:") ? strlen ("fact:") : 0));
          continue;
        }
      for (const char *at = piece->text; *at; at++)
        {
          if (*at == '{' || *at == '}')
            g_string_append_c (out, *at);
          g_string_append_c (out, *at);
        }
    }
  return g_string_free (out, FALSE);
}

GPtrArray *
zc_template_expand (const char *text, ZcRecord *record, const xmlNode *context)
{
  return expand (text, record, context, "____");
}

char *
zc_template_expand_string (const char *text, ZcRecord *record, const xmlNode *context)
{
  g_autoptr (GPtrArray) pieces = expand (text, record, context, "____");

  return joined (pieces);
}

char *
zc_template_expand_message (const char *text, ZcRecord *record, const xmlNode *context)
{
  g_autoptr (GPtrArray) pieces = expand (text, record, context, _ ("(not stated)"));

  return joined (pieces);
}

char *
zc_template_expand_place (const char *text, ZcRecord *record, const xmlNode *context)
{
  GString *out = g_string_new (NULL);
  Part part;
  ZcPlace place;

  while (next_part (&text, &part))
    {
      g_autofree char *name = g_strndup (part.start, part.length);
      g_autofree char *value = NULL;

      if (part.name && strcmp (name, "@row") == 0)
        value = row_name (context, TRUE);
      else if (part.name)
        {
          g_autofree char *from = place_of (name, record, context);

          value = from ? zc_record_get (record, from) : NULL;
        }
      g_string_append (out, part.name ? (value ? value : "") : name);
    }
  if (!zc_place_parse (out->str, &place))
    return g_string_free (out, TRUE);
  return g_string_free (out, FALSE);
}

char *
zc_template_bind (const char *text, const xmlNode *context)
{
  GString *out = g_string_new (NULL);
  const char *at = text;
  Part part;

  for (const char *start = text; next_part (&at, &part); start = at)
    {
      g_autofree char *name =
          part.name && part.start[0] == '@' ? g_strndup (part.start + 1, part.length - 1) : NULL;
      g_autofree char *row = g_strcmp0 (name, "row") == 0 ? row_name (context, FALSE) : NULL;
      g_autofree char *place = name ? field_place (name, context) : NULL;

      if (row)
        g_string_append (out, row);
      else if (place)
        g_string_append_printf (out, "{%s}", place);
      else
        g_string_append_len (out, start, at - start);
    }
  return g_string_free (out, FALSE);
}

gboolean
zc_template_check (const char *text, const ZcScheme *scheme, const char *columns_of, GError **error)
{
  return zc_names_check_template (scheme, text, columns_of, error);
}

static gboolean
check_name (const char *name, ZcRecord *record, GError **error)
{
  ZcPlace place;
  g_autofree char *found = place_of (name, record, NULL);

  if (!found)
    return zc_fail (error, ZC_ERROR_INVALID,
                    _ ("“{%s}” names nothing. Choose the value from the list, or write “{{” for a brace."),
                    name);
  zc_place_parse (found, &place);
  if ((place.kind == ZC_PLACE_CELL && !zc_record_find_row (record, place.id, place.number)) ||
      (place.kind == ZC_PLACE_FINDING && !zc_record_find_finding (record, place.number)) ||
      (place.kind == ZC_PLACE_EVIDENCE && !zc_record_find_file (record, place.number)))
    return zc_fail (error, ZC_ERROR_INVALID,
                    _ ("“{%s}” names something that was removed. Take it out of the text."), name);
  return TRUE;
}

gboolean
zc_template_check_text (const char *text, ZcRecord *record, GError **error)
{
  const char *at = text;
  Part part;

  for (const char *start = text; next_part (&at, &part); start = at)
    {
      g_autofree char *name = part.name ? g_strndup (part.start, part.length) : NULL;

      if (!name && strchr ("{}", *start) && at - start == 1)
        return zc_fail (error, ZC_ERROR_INVALID,
                        _ ("A single brace stands in the text. Write it twice, or remove it."));
      if (name && !check_name (name, record, error))
        return FALSE;
    }
  return TRUE;
}
