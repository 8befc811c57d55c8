/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-history-dialog.h"

#include "widgets/zc-line-list.h"
#include "zc-dialog.h"
#include "zc-words.h"

#include <glib/gi18n.h>

/* More steps than anybody reads; the store keeps all of them. */
#define MOST_STEPS 2000

static void
fill (ZcSession *session, ZcLineList *list)
{
  g_autoptr (GPtrArray) steps = zc_inspection_history (zc_session_inspection (session), MOST_STEPS);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < steps->len; i++)
    {
      const ZcStep *step = steps->pdata[i];
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, step->id);
      g_autofree char *time = zc_words_time (step->time);
      ZcLine *row = zc_line_new (key, step->undone ? "edit-undo-symbolic" : NULL, step->name, time);

      zc_line_set_badge (row, step->undone ? _("Undone") : "");
      g_ptr_array_add (rows, row);
    }
  zc_line_list_set_lines (list, rows);
}

static void
on_changed (ZcSession *session, const char *place, ZcLineList *list)
{
  fill (session, list);
}

void
zc_history_dialog_present (GtkWindow *parent, ZcSession *session)
{
  GtkWidget *list = zc_line_list_new (_("Steps, the newest first"));
  GtkWidget *undo = zc_icon_button_new ("edit-undo-symbolic", _("Undo"));
  GtkWidget *redo = zc_icon_button_new ("edit-redo-symbolic", _("Redo"));
  AdwHeaderBar *bar;
  GtkWindow *window = zc_dialog_new (parent, _("History"), 520, 560, list, &bar);

  zc_line_list_set_empty_text (ZC_LINE_LIST (list), _("Nothing was changed yet. Every step will be listed here, and can be undone."));
  g_signal_connect_object (undo, "clicked", G_CALLBACK (zc_session_undo), session, G_CONNECT_SWAPPED);
  g_signal_connect_object (redo, "clicked", G_CALLBACK (zc_session_redo), session, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (bar, undo);
  adw_header_bar_pack_start (bar, redo);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), list, 0);
  fill (session, ZC_LINE_LIST (list));
  gtk_window_present (window);
}
