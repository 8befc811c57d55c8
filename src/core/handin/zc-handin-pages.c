/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-handin-private.h"

#include "layout/zc-pages.h"

#include <glib/gi18n-lib.h>

void
zc_handin_add_result (GPtrArray *results, ZcLevel level, const char *rule, char *place, char *message)
{
  ZcResult *result = g_new0 (ZcResult, 1);
  guint at = 0;

  result->level = level;
  result->rule = g_strdup (rule);
  result->place = place;
  result->message = message;
  while (at < results->len && ((const ZcResult *) results->pdata[at])->level <= level)
    at++;
  g_ptr_array_insert (results, (int) at, result);
}

/* Rare characters of names: told here already, before anybody looks for them on the pages. */
static void
check_characters (ZcRecord *record, ZcFonts *fonts, GPtrArray *results)
{
  g_autoptr (GPtrArray) places = zc_handin_places (record);

  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *text = zc_record_display (record, places->pdata[i]);
      g_autofree char *label = zc_record_label (record, places->pdata[i]);
      gunichar missing = zc_fonts_find_missing (fonts, text);
      char character[7] = "";

      g_unichar_to_utf8 (missing, character);
      if (missing)
        zc_handin_add_result (results, ZC_LEVEL_SHOULD, "font", g_strdup (places->pdata[i]),
                    g_strdup_printf (_("“%s” has the character “%s” (U+%04X), which no installed font has: 〓 is printed in its "
                                       "place. Install a font that has it."),
                                     label, character, missing));
    }
}

/* Where to go for what is no statement but a word of the form. */
#define ANYWHERE "fact:unit.name"

static void
add_overflow (ZcRecord *record, const ZcDocument *document, const ZcDefect *defect, GPtrArray *results)
{
  const char *place = defect->place ? defect->place : ANYWHERE;
  g_autofree char *label = zc_record_label (record, place);
  char *message =
      defect->place ? g_strdup_printf (_("“%s” does not fit into its cell on page %u of “%s” and is printed over the border. "
                                         "Shorten it."),
                                       label, defect->page, document->title)
                    : g_strdup (defect->message);

  zc_handin_add_result (results, ZC_LEVEL_SHOULD, "overflow", g_strdup (place), message);
}

static void
check_document (ZcRecord *record, const ZcDocument *document, ZcFonts *fonts, GPtrArray *results)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcPages) pages = zc_pages_survey (document, fonts, NULL, &error);
  const GPtrArray *defects;

  if (!pages)
    {
      zc_handin_add_result (results, ZC_LEVEL_MUST, "pages", g_strdup (ANYWHERE), g_strdup (error->message));
      return;
    }
  defects = zc_pages_defects (pages);
  for (guint i = 0; i < defects->len; i++)
    if (((const ZcDefect *) defects->pdata[i])->kind == ZC_DEFECT_OVERFLOW)
      add_overflow (record, document, defects->pdata[i], results);
}

void
zc_handin_check_pages (ZcRecord *record, GPtrArray *documents, GPtrArray *results)
{
  g_autoptr (ZcFonts) fonts = zc_fonts_new (NULL, NULL);

  if (!fonts)
    return; /* the report says so */
  check_characters (record, fonts, results);
  for (guint i = 0; i < documents->len; i++)
    check_document (record, documents->pdata[i], fonts, results);
}
