/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-start-page.h"

#include "widgets/zc-column.h"
#include "zc-choose.h"
#include "zc-dialog.h"
#include "zc-new-guide.h"
#include "zc-recent.h"
#include "zc-verify-view.h"
#include "zc-window.h"
#include "zc-words.h"

#include <glib/gi18n.h>

struct _ZcStartPage
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwPreferencesGroup *recent_group;
  GtkWidget *empty_box; /* in its place while it is empty */
  GPtrArray *recent_rows; /* (element-type GtkWidget) borrowed: rows of the group */
};

G_DEFINE_FINAL_TYPE (ZcStartPage, zc_start_page, ADW_TYPE_BIN)

ZcStartPage *
zc_start_page_new (void)
{
  return g_object_new (ZC_TYPE_START_PAGE, NULL);
}

static void
on_recent_activated (AdwActionRow *row, ZcStartPage *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_object_get_data (G_OBJECT (row), "path"));

  zc_window_open (ZC_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), file);
}

static void
on_forget_clicked (GtkButton *button, ZcStartPage *self)
{
  zc_recent_forget (g_object_get_data (G_OBJECT (button), "path"));
  zc_start_page_show_home (self);
}

static char *
recent_subtitle (const ZcRecent *entry, gboolean there)
{
  g_autofree char *folder = g_path_get_dirname (entry->path);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *due = entry->state < ZC_STATE_SEALED ? zc_words_due (entry->due) : g_strdup ("");
  g_autoptr (GString) text = g_string_new (NULL);

  if (!there)
    return g_strdup_printf (_("The file is not there any more: %s"), shown);
  if (*entry->unit)
    g_string_append_printf (text, "%s · ", entry->unit);
  g_string_append_printf (text, _("%u of %u items answered"), entry->answered, entry->total);
  if (*due)
    g_string_append_printf (text, " · %s", due);
  g_string_append_printf (text, "\n%s", shown);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
continue_button_new (const char *path, const char *name)
{
  g_autofree char *label = g_strdup_printf (_("Begin the next self-check with “%s” as last year’s"), name);
  GtkWidget *button = zc_icon_button_new ("document-new-symbolic", label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "start.continue-from");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "^ay", path);
  return button;
}

static GtkWidget *
recent_row_new (ZcStartPage *self, const ZcRecent *entry)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *forget = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  GtkWidget *state = gtk_label_new (zc_words_state (entry->state));
  gboolean there = g_file_test (entry->path, G_FILE_TEST_IS_REGULAR);
  g_autofree char *base = g_path_get_basename (entry->path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *title = g_strdup_printf ("%s — %s", entry->scheme, name);
  g_autofree char *subtitle = recent_subtitle (entry, there);
  g_autofree char *forget_label = g_strdup_printf (_("Take “%s” off this list; the file stays"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), there);
  gtk_widget_add_css_class (state, "zc-tag");
  gtk_widget_set_valign (state, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (forget, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (forget, "flat");
  gtk_widget_set_tooltip_text (forget, forget_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (forget), GTK_ACCESSIBLE_PROPERTY_LABEL, forget_label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
  if (there)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), continue_button_new (entry->path, name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), forget);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (entry->path), g_free);
  g_object_set_data_full (G_OBJECT (forget), "path", g_strdup (entry->path), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_recent_activated), self, 0);
  g_signal_connect_object (forget, "clicked", G_CALLBACK (on_forget_clicked), self, 0);
  return row;
}

static void
fill_recent (ZcStartPage *self)
{
  g_autoptr (GPtrArray) entries = zc_recent_list ();

  for (guint i = 0; i < self->recent_rows->len; i++)
    adw_preferences_group_remove (self->recent_group, self->recent_rows->pdata[i]);
  g_ptr_array_set_size (self->recent_rows, 0);
  for (guint i = 0; i < entries->len; i++)
    {
      GtkWidget *row = recent_row_new (self, entries->pdata[i]);

      adw_preferences_group_add (self->recent_group, row);
      g_ptr_array_add (self->recent_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), entries->len > 0);
  gtk_widget_set_visible (self->empty_box, entries->len == 0);
}

/* A guide is made anew each time, so that nothing of the last one is left in it. */
static void
show_child (ZcStartPage *self, const char *name, GtkWidget *child)
{
  GtkWidget *old = gtk_stack_get_child_by_name (self->stack, name);

  gtk_stack_set_visible_child_name (self->stack, "home");
  if (old)
    gtk_stack_remove (self->stack, old);
  if (!child)
    return;
  gtk_stack_add_named (self->stack, child, name);
  zc_clamps_follow_text (child);
  gtk_stack_set_visible_child (self->stack, child);
  zc_focus_into (child);
}

void
zc_start_page_show_home (ZcStartPage *self)
{
  show_child (self, "new", NULL);
  show_child (self, "verify", NULL);
  fill_recent (self);
}

void
zc_start_page_choose_scheme (ZcStartPage *self)
{
  show_child (self, "new", zc_new_guide_new (NULL));
}

static void
on_last_chosen (gpointer target, GPtrArray *files)
{
  g_autofree char *path = zc_choose_path (files);

  if (path)
    show_child (ZC_START_PAGE (target), "new", zc_new_guide_new (path));
}

static void
action_continue (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Choose Last Year’s Self-Check"), NULL, _("Self-checks (*.zicha)"), "*.zicha" };

  zc_choose (widget, &choice, on_last_chosen, widget);
}

void
zc_start_page_verify (ZcStartPage *self, GPtrArray *files)
{
  GtkWidget *view = zc_verify_view_new ();

  show_child (self, "verify", view);
  zc_verify_view_set_files (ZC_VERIFY_VIEW (view), files);
}

gboolean
zc_start_page_is_home (ZcStartPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "home") == 0;
}

const char *
zc_start_page_get_topic (ZcStartPage *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (shown, "new") == 0)
    return "start";
  return g_strcmp0 (shown, "verify") == 0 ? "office-verify" : "first-steps";
}

static void
action_home (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_start_page_show_home (ZC_START_PAGE (widget));
}

static void
action_verify (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_child (ZC_START_PAGE (widget), "verify", zc_verify_view_new ());
}

static void
action_continue_from (GtkWidget *widget, const char *name, GVariant *path)
{
  show_child (ZC_START_PAGE (widget), "new", zc_new_guide_new (g_variant_get_bytestring (path)));
}

static void
zc_start_page_finalize (GObject *object)
{
  g_ptr_array_unref (ZC_START_PAGE (object)->recent_rows);
  G_OBJECT_CLASS (zc_start_page_parent_class)->finalize (object);
}

static void
zc_start_page_class_init (ZcStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = zc_start_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcStartPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, ZcStartPage, empty_box);
  gtk_widget_class_install_action (widget_class, "start.home", NULL, action_home);
  gtk_widget_class_install_action (widget_class, "start.continue", NULL, action_continue);
  gtk_widget_class_install_action (widget_class, "start.continue-from", "ay", action_continue_from);
  gtk_widget_class_install_action (widget_class, "start.verify", NULL, action_verify);
}

static void
zc_start_page_init (ZcStartPage *self)
{
  self->recent_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_recent (self);
}
