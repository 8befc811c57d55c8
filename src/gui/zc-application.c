/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-application.h"

#include "zc-icons.h"
#include "zc-recent.h"
#include "zc-window.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcApplication
{
  AdwApplication parent_instance;
  gboolean exit_after_startup;
};

G_DEFINE_FINAL_TYPE (ZcApplication, zc_application, ADW_TYPE_APPLICATION)

ZcApplication *
zc_application_new (void)
{
  return g_object_new (ZC_TYPE_APPLICATION, "application-id", ZC_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/zicha/Zicha", NULL);
}

gboolean
zc_application_exit_after_startup (ZcApplication *self)
{
  return self->exit_after_startup;
}

/* What was open when the program ended without closing it (a power cut) comes back by itself. */
static char *
left_open (void)
{
  g_autoptr (GPtrArray) entries = zc_recent_list ();

  for (guint i = 0; i < entries->len; i++)
    {
      const ZcRecent *entry = entries->pdata[i];

      if (entry->open && g_file_test (entry->path, G_FILE_TEST_IS_REGULAR))
        return g_strdup (entry->path);
    }
  return NULL;
}

static void
zc_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autofree char *path = window ? NULL : left_open ();
  g_autoptr (GFile) file = path ? g_file_new_for_path (path) : NULL;

  if (!window)
    window = GTK_WINDOW (zc_window_new (ZC_APPLICATION (application)));
  gtk_window_present (window);
  if (file)
    zc_window_open (ZC_WINDOW (window), file);
}

/* A window that still shows the start page, or a new one. */
static ZcWindow *
free_window (GtkApplication *application)
{
  for (GList *at = gtk_application_get_windows (application); at; at = at->next)
    if (ZC_IS_WINDOW (at->data) && zc_window_is_free (ZC_WINDOW (at->data)))
      return ZC_WINDOW (at->data);
  return zc_window_new (ZC_APPLICATION (application));
}

/* The window that has the file open already, or a free one. */
static ZcWindow *
window_for (GtkApplication *application, GFile *file)
{
  for (GList *at = gtk_application_get_windows (application); at; at = at->next)
    if (ZC_IS_WINDOW (at->data) && zc_window_has_file (ZC_WINDOW (at->data), file))
      return ZC_WINDOW (at->data);
  return free_window (application);
}

/* A package whose name was changed is one all the same: it is a tar whose first member is called so. */
static gboolean
begins_as_package (GFile *file)
{
  static const char first[] = "format.txt";
  char bytes[sizeof first] = { 0 };
  g_autoptr (GFileInputStream) stream =
      g_file_is_native (file) && g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_REGULAR
          ? g_file_read (file, NULL, NULL)
          : NULL;

  return stream && g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, sizeof bytes, NULL, NULL, NULL) &&
         memcmp (bytes, first, sizeof first) == 0;
}

/* What was handed in, to be verified; everything else is a self-check, or refused as one. */
static gboolean
is_handed_in (GFile *file)
{
  static const char *const endings[] = { ".zcp", ".iso" };
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = name ? g_ascii_strdown (name, -1) : g_strdup ("");

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return begins_as_package (file);
}

/* Each self-check in a window of its own; what was handed in together, such as the discs of one package, in one. */
static void
zc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autoptr (GPtrArray) handed_in = g_ptr_array_new ();
  ZcWindow *window;

  for (int i = 0; i < n_files; i++)
    {
      if (is_handed_in (files[i]))
        {
          g_ptr_array_add (handed_in, files[i]);
          continue;
        }
      window = window_for (GTK_APPLICATION (application), files[i]);
      gtk_window_present (GTK_WINDOW (window));
      zc_window_open (window, files[i]);
    }
  if (handed_in->len == 0)
    return;
  window = free_window (GTK_APPLICATION (application));
  gtk_window_present (GTK_WINDOW (window));
  zc_window_verify (window, handed_in);
}

static int
zc_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  ZcApplication *self = ZC_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("zicha-gtk %s\n", ZC_VERSION);
      return 0;
    }
  self->exit_after_startup = g_variant_dict_contains (options, "exit-after-startup");
  return -1;
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *self = GTK_APPLICATION (data);
  g_autoptr (GPtrArray) windows = g_ptr_array_new_with_free_func (g_object_unref);

  /* A window that goes takes those with it that belong to it. */
  for (GList *at = gtk_application_get_windows (self); at; at = at->next)
    g_ptr_array_add (windows, g_object_ref (at->data));
  /* Everything is on disk already; windows only remember where the user was. */
  for (guint i = 0; i < windows->len; i++)
    if (ZC_IS_WINDOW (windows->pdata[i]))
      gtk_window_close (windows->pdata[i]);
}

static void
on_new_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (zc_window_new (ZC_APPLICATION (data))));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (data)),
                         "application-name", _("Zicha"), "application-icon", ZC_APP_ID, "version", ZC_VERSION,
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _("Self-checks for offices: answer, prove, print, seal and hand in, offline."), NULL);
}

static void
zc_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "quit", .activate = on_quit },
    { .name = "new-window", .activate = on_new_window },
    { .name = "about", .activate = on_about },
  };
  static const struct
  {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.quit", { "<Control>q" } },          { "app.new-window", { "<Control><Shift>n" } },
    { "win.new", { "<Control>n" } },           { "win.open", { "<Control>o" } },
    { "win.undo", { "<Control>z" } },          { "win.redo", { "<Control><Shift>z", "<Control>y" } },
    { "win.search", { "<Control>f" } },        { "win.next", { "<Alt>Right" } },
    { "win.previous", { "<Alt>Left" } },       { "win.history", { "<Control>h" } },
    { "win.back", { "<Alt>Up" } },             { "win.show-help-overlay", { "<Control>question" } },
    { "win.help", { "F1" } },                  { "window.close", { "<Control>w" } },
    { "win.switch", { "F6", "F9" } },
  };

  G_APPLICATION_CLASS (zc_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (ZC_APP_ID);
  zc_icons_keep ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action, accels[i].accels);
}

static void
zc_application_class_init (ZcApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = zc_application_startup;
  application_class->activate = zc_application_activate;
  application_class->open = zc_application_open;
  application_class->handle_local_options = zc_application_handle_local_options;
}

static void
zc_application_init (ZcApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and quit"), NULL },
    { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}
