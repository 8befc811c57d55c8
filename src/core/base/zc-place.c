/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-place.h"

#include <string.h>

typedef enum
{
  PART_NONE,
  PART_ID,
  PART_NUMBER,
} Part;

/* What follows the colon, part by part, for each kind. */
static const struct
{
  const char *name;
  Part parts[3];
} kinds[] = {
  [ZC_PLACE_FACT] = { "fact", { PART_ID } },
  [ZC_PLACE_ANSWER] = { "answer", { PART_ID, PART_ID } },
  [ZC_PLACE_LEDGER] = { "ledger", { PART_ID } },
  [ZC_PLACE_ROW] = { "row", { PART_ID, PART_NUMBER } },
  [ZC_PLACE_CELL] = { "cell", { PART_ID, PART_NUMBER, PART_ID } },
  [ZC_PLACE_FINDING] = { "finding", { PART_NUMBER, PART_ID } },
  [ZC_PLACE_TEXT] = { "text", { PART_ID } },
  [ZC_PLACE_LINK] = { "link", { PART_ID, PART_NUMBER } },
  [ZC_PLACE_EVIDENCE] = { "evidence", { PART_NUMBER, PART_ID } },
  [ZC_PLACE_ITEM] = { "item", { PART_ID } },
};

gboolean
zc_id_is_valid (const char *id)
{
  gsize length = strlen (id);

  if (length < 1 || length > 64 || !g_ascii_isalpha (id[0]))
    return FALSE;
  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isalnum (id[i]) && !strchr ("._-", id[i]))
      return FALSE;
  return TRUE;
}

static gboolean
parse_number (const char *text, guint64 *number)
{
  if (!g_ascii_isdigit (text[0]) || text[0] == '0')
    return FALSE;
  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, number, NULL);
}

static gboolean
take_part (ZcPlace *place, Part part, const char *text)
{
  if (part == PART_NUMBER)
    {
      if (!place->id)
        place->id = text;
      return parse_number (text, &place->number);
    }
  if (!place->id)
    place->id = text;
  else
    place->field = text;
  return zc_id_is_valid (text);
}

gboolean
zc_place_parse (const char *text, ZcPlace *place)
{
  char *rest;
  gsize kind;

  memset (place, 0, sizeof *place);
  if (g_strlcpy (place->buffer, text, sizeof place->buffer) >= sizeof place->buffer)
    return FALSE;
  rest = strchr (place->buffer, ':');
  if (!rest)
    return FALSE;
  *rest++ = 0;

  for (kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    if (strcmp (kinds[kind].name, place->buffer) == 0)
      break;
  if (kind == G_N_ELEMENTS (kinds))
    return FALSE;
  place->kind = (ZcPlaceKind) kind;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds[kind].parts) && kinds[kind].parts[i] != PART_NONE; i++)
    {
      char *end;

      if (!rest)
        return FALSE;
      end = strchr (rest, '/');
      if (end)
        *end++ = 0;
      if (!take_part (place, kinds[kind].parts[i], rest))
        return FALSE;
      rest = end;
    }
  return rest == NULL;
}

/* Places of cells are made by the ten thousand; printf would be most of it. */
static void
append_number (GString *text, guint64 number)
{
  char digits[20];
  gsize at = sizeof digits;

  do
    digits[--at] = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  g_string_append_len (text, digits + at, (gssize) (sizeof digits - at));
}

char *
zc_place_new (ZcPlaceKind kind, const char *id, guint64 number, const char *field)
{
  GString *text = g_string_sized_new (63);

  g_string_append (text, kinds[kind].name);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds[kind].parts) && kinds[kind].parts[i] != PART_NONE; i++)
    {
      g_string_append_c (text, i == 0 ? ':' : '/');
      if (kinds[kind].parts[i] == PART_NUMBER)
        append_number (text, number);
      else
        g_string_append (text, i == 0 ? id : field);
    }
  return g_string_free (text, FALSE);
}
