/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-scheme-intake.h"

#include "base/zc-source.h"
#include "scheme/zc-scheme-check.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>

/* The faults */

static char *
line_text (const ZcFault *fault)
{
  return fault->line > 0 ? g_strdup_printf (_("Line %d"), fault->line) : g_strdup (_("The whole file"));
}

static GtkWidget *
fault_row_new (const ZcFault *fault)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *line = line_text (fault);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fault->message);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("zc-problem-symbolic"));
  return row;
}

static void
on_copy (GtkButton *button, GtkWidget *window)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window), g_object_get_data (G_OBJECT (window), "text"));
}

static GtkWidget *
faults_new (const char *name, GPtrArray *faults, GString *text)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_strdup_printf (ngettext ("“%s” has %u fault", "“%s” has %u faults", faults->len), name, faults->len);
  g_autofree char *markup = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), markup);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("Nothing was taken over. Mend them in the file, and choose it again."));
  for (guint i = 0; i < faults->len; i++)
    {
      const ZcFault *fault = faults->pdata[i];
      g_autofree char *line = line_text (fault);

      g_string_append_printf (text, "%s, %s: %s\n", name, line, fault->message);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), fault_row_new (fault));
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return page;
}

static void
show_faults (GtkWidget *widget, const char *name, GPtrArray *faults)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *copy = zc_icon_button_new ("edit-copy-symbolic", _("Copy all"));
  AdwHeaderBar *bar;
  GtkWindow *window = zc_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("The Check of the Notice"), 620, 520,
                                     faults_new (name, faults, text), &bar);

  g_object_set_data_full (G_OBJECT (window), "text", g_strdup (text->str), g_free);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy), window, 0);
  adw_header_bar_pack_start (bar, copy);
  gtk_window_present (window);
}

/* Returns: (transfer full) (nullable): the bytes of a file without a fault */
static GBytes *
read_good (GtkWidget *widget, ZcScheme *base, const char *path, char **name, GError **error)
{
  g_autofree char *file = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_XML_MAX_BYTES, error);
  g_autoptr (GPtrArray) faults = NULL;

  *name = g_filename_display_name (file);
  if (!bytes)
    return NULL;
  faults = zc_scheme_check_for (base, bytes, *name);
  if (faults->len == 0)
    return g_steal_pointer (&bytes);
  show_faults (widget, *name, faults);
  return NULL;
}

/* Taking it */

ZcScheme *
zc_scheme_intake (GtkWidget *widget, const char *path, GError **error)
{
  g_autofree char *name = NULL, *id = NULL;
  g_autoptr (GBytes) bytes = read_good (widget, NULL, path, &name, error);

  if (!bytes || !(id = zc_scheme_import (path, error)))
    return NULL;
  return zc_scheme_load (id, error);
}

gboolean
zc_scheme_intake_apply (GtkWidget *widget, ZcSession *session, const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = read_good (widget, zc_session_scheme (session), path, &name, error);
  g_autoptr (ZcScheme) scheme = bytes ? zc_scheme_replace (zc_session_scheme (session), bytes, name, error) : NULL;

  return scheme && zc_inspection_set_scheme (zc_session_inspection (session), scheme, error);
}
