/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-help-dialog.h"

#include "handin/zc-road.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>

static const char *const what[ZC_N_ROAD_STEPS] = {
  [ZC_ROAD_UNIT] = N_("What is the same on every form: the unit, its people, the period. Typed once."),
  [ZC_ROAD_ITEMS] = N_("The notice item by item: choose an answer, fill in the numbers, add the evidence. Keys 1 to 4 answer."),
  [ZC_ROAD_LEDGERS] = N_("Tables of systems, websites, devices. Rows can be pasted from a spreadsheet."),
  [ZC_ROAD_FINDINGS] = N_("Every problem with its measure, the person in charge and the date."),
  [ZC_ROAD_REPORT] = N_("The prescribed chapters, drafted from your answers, free to be edited. Numbers stay bound to their fields."),
  [ZC_ROAD_CHECK] = N_("What must still be fixed before sealing, and where each thing you typed is printed."),
  [ZC_ROAD_PREVIEW] = N_("The documents as they will be on paper; printing and saving them."),
  [ZC_ROAD_SEAL] = N_("Freezes everything and prints the seal code, so that the stamped paper vouches for exactly this content."),
  [ZC_ROAD_PACK] = N_("Encrypts everything to the receiving office, writes the disc and reads it back."),
  [ZC_ROAD_DONE] = N_("What to hand in, and what was handed in when."),
};

static GtkWidget *
step_row_new (ZcRoadStep step)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf ("%u. %s", (guint) step + 1, zc_road_title (step));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(what[step]));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

void
zc_help_dialog_present (GtkWindow *parent)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("The Road"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("Everything is saved as you type. The steps may be taken in any order; the numbers beside them say how much is left."));
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), step_row_new (step));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_window_present (zc_dialog_new (parent, _("Help"), 560, 640, page, NULL));
}
