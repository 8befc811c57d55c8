/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-icons.h"

#include <string.h>

#define KEY "zc-icons"
#define SIZE 16
#define OWN_FOLDER "/org/zicha/Zicha/icons/scalable/actions"

/* Of the desktop's theme: ours, and those that GTK and libadwaita put on the widgets we use. */
static const char *const themed[] = {
  "adw-expander-arrow-symbolic", "content-loading-symbolic", "dialog-error-symbolic", "dialog-information-symbolic",
  "dialog-warning-symbolic", "document-edit-symbolic", "document-new-symbolic", "document-open-recent-symbolic",
  "document-open-symbolic", "document-print-symbolic", "document-save-symbolic", "edit-clear-symbolic",
  "edit-copy-symbolic", "edit-delete-symbolic", "edit-find-symbolic", "edit-redo-symbolic", "edit-undo-symbolic",
  "go-down-symbolic", "go-home-symbolic", "go-next-symbolic", "go-previous-symbolic", "go-up-symbolic",
  "list-add-symbolic", "mail-send-symbolic", "media-optical-symbolic", "object-select-symbolic",
  "open-menu-symbolic", "pan-down-symbolic", "pan-end-symbolic", "pan-up-symbolic", "process-stop-symbolic",
  "sidebar-show-symbolic", "switch-off-symbolic", "switch-on-symbolic", "system-search-symbolic",
  "text-x-generic-symbolic", "user-trash-symbolic", "value-decrease-symbolic", "value-increase-symbolic",
  "view-list-symbolic", "view-more-symbolic", "view-refresh-symbolic", "window-close-symbolic",
  "window-maximize-symbolic", "window-minimize-symbolic", "window-restore-symbolic", "x-office-calendar-symbolic",
  "x-office-document-symbolic", "zoom-in-symbolic", "zoom-out-symbolic",
};

/* As an image looks them up; GTK tells what it loads ahead from what it does not. */
static void
keep (GPtrArray *kept, GtkIconTheme *theme, const char *name)
{
  static const GtkIconLookupFlags ways[] = { 0, GTK_ICON_LOOKUP_PRELOAD };
  g_autoptr (GIcon) icon = g_themed_icon_new (name);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    g_ptr_array_add (kept, gtk_icon_theme_lookup_by_gicon (theme, icon, SIZE, 1, gtk_widget_get_default_direction (), ways[i]));
}

static void
on_theme_changed (GtkIconTheme *theme, GPtrArray *kept)
{
  g_auto (GStrv) own = g_resources_enumerate_children (OWN_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_ptr_array_set_size (kept, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (themed); i++)
    if (gtk_icon_theme_has_icon (theme, themed[i]))
      keep (kept, theme, themed[i]);
  for (gsize i = 0; own && own[i]; i++)
    {
      g_autofree char *name = g_strndup (own[i], strcspn (own[i], "."));

      keep (kept, theme, name);
    }
}

void
zc_icons_keep (GdkDisplay *display)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (display);
  GPtrArray *kept;

  if (g_object_get_data (G_OBJECT (display), KEY))
    return;
  kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data_full (G_OBJECT (display), KEY, kept, (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (theme, "changed", G_CALLBACK (on_theme_changed), kept);
  on_theme_changed (theme, kept);
}
