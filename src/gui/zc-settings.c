/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-settings.h"

#define SCHEMA "org.zicha.Zicha"

/* g_settings_new() ends the program where the schema is not installed; a settings file must not be able to. */
static GSettings *
settings (void)
{
  static gsize looked;
  static GSettings *self;

  if (g_once_init_enter (&looked))
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = source ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

      self = schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
      g_once_init_leave (&looked, 1);
    }
  return self;
}

void
zc_settings_restore_window (GtkWindow *window)
{
  if (!settings ())
    return;
  gtk_window_set_default_size (window, g_settings_get_int (settings (), "window-width"),
                               g_settings_get_int (settings (), "window-height"));
  if (g_settings_get_boolean (settings (), "window-maximized"))
    gtk_window_maximize (window);
}

void
zc_settings_save_window (GtkWindow *window)
{
  int width, height;

  if (!settings ())
    return;
  /* Of a maximized window this is the size that it had before. */
  gtk_window_get_default_size (window, &width, &height);
  if (width > 0 && height > 0)
    {
      g_settings_set_int (settings (), "window-width", width);
      g_settings_set_int (settings (), "window-height", height);
    }
  g_settings_set_boolean (settings (), "window-maximized", gtk_window_is_maximized (window));
}

GFile *
zc_settings_get_folder (void)
{
  g_autofree char *uri = settings () ? g_settings_get_string (settings (), "last-folder") : NULL;
  g_autoptr (GFile) folder = uri && *uri ? g_file_new_for_uri (uri) : NULL;

  /* Only a folder of this computer can be looked at without waiting for anything. */
  if (!folder || !g_file_is_native (folder) || g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_DIRECTORY)
    return NULL;
  return g_steal_pointer (&folder);
}

void
zc_settings_set_folder (GFile *chosen)
{
  gboolean is_folder = g_file_is_native (chosen) && g_file_query_file_type (chosen, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY;
  g_autoptr (GFile) folder = is_folder ? g_object_ref (chosen) : g_file_get_parent (chosen);
  g_autofree char *uri = folder ? g_file_get_uri (folder) : NULL;

  if (settings () && uri)
    g_settings_set_string (settings (), "last-folder", uri);
}

double
zc_settings_get_zoom (void)
{
  return settings () ? g_settings_get_double (settings (), "preview-zoom") : 1;
}

void
zc_settings_set_zoom (double zoom)
{
  if (settings ())
    g_settings_set_double (settings (), "preview-zoom", CLAMP (zoom, 0.25, 4));
}
