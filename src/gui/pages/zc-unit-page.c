/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "pages/zc-road-pages.h"
#include "widgets/zc-field-row.h"
#include "zc-choose.h"
#include "zc-dialog.h"
#include "zc-notice-view.h"
#include "zc-scheme-intake.h"

#include <glib/gi18n.h>
#include <string.h>

#define ZC_TYPE_UNIT_PAGE (zc_unit_page_get_type ())

typedef struct
{
  ZcPage parent_instance;
  AdwClamp *clamp;
  ZcScheme *scheme; /* whose facts are shown; NULL before the first refresh */
  GPtrArray *rows;  /* (element-type ZcFieldRow) borrowed */
  GtkWidget *layout; /* takes the unit's own layout */
} ZcUnitPage;

typedef struct
{
  ZcPageClass parent_class;
} ZcUnitPageClass;

G_DEFINE_FINAL_TYPE (ZcUnitPage, zc_unit_page, ZC_TYPE_PAGE)

static ZcUnitPage *
self_of (gpointer page)
{
  return G_TYPE_CHECK_INSTANCE_CAST (page, ZC_TYPE_UNIT_PAGE, ZcUnitPage);
}

/* Groups stand in the order in which the scheme first names them; what is computed comes last. */
static GtkWidget *
group_for (GtkBox *box, GHashTable *groups, const ZcField *field)
{
  const char *title = field->select ? _("Computed From What You Enter") : *field->group ? field->group : _("Unit");
  GtkWidget *group = g_hash_table_lookup (groups, title);

  if (group)
    return group;
  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  g_hash_table_insert (groups, g_strdup (title), group);
  gtk_box_append (box, group);
  return group;
}

static void
add_fields (ZcUnitPage *self, GtkBox *box, gboolean derived)
{
  ZcSession *session = zc_page_session (ZC_PAGE (self));
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->scheme->facts->len; i++)
    {
      const ZcField *field = self->scheme->facts->pdata[i];
      g_autofree char *place = zc_place_new (ZC_PLACE_FACT, field->id, 0, NULL);
      GtkWidget *row;

      if ((field->select != NULL) != derived || zc_road_item_of (self->scheme, place))
        continue;
      row = zc_field_row_new (session, field, place, ZC_CONFIDENCE_FORM);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group_for (box, groups, field)), row);
      g_ptr_array_add (self->rows, row);
    }
}

static GtkWidget *
heading_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("Unit and people"));
  GtkWidget *text = gtk_label_new (_("What is the same on every form is typed here once. Fields with * are required."));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_widget_add_css_class (title, "title-2");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

/* The notice, and what the office sends after it */

static void
on_notice (AdwActionRow *row, ZcUnitPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  ZcInspection *inspection = zc_session_inspection (zc_page_session (ZC_PAGE (self)));
  GtkWidget *view = zc_notice_view_new (self->scheme, zc_inspection_get (inspection, "fact:period.from"),
                                        zc_inspection_get (inspection, "fact:period.to"));

  gtk_widget_add_css_class (view, "zc-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_window_present (zc_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("The Notice"), 680, 640, scrolled, NULL));
}

static void
on_layout_file (gpointer target, GPtrArray *files)
{
  ZcUnitPage *self = target;
  g_autofree char *path = zc_choose_path (files);
  GError *error = NULL;

  if (!path)
    zc_fail (&error, ZC_ERROR_USAGE, _("Only files on this computer can be opened. Copy the file to it first."));
  if (path && gtk_widget_get_root (GTK_WIDGET (self)))
    zc_scheme_intake_apply (GTK_WIDGET (self), zc_page_session (ZC_PAGE (self)), path, &error);
  if (error)
    zc_session_fail (zc_page_session (ZC_PAGE (self)), error);
}

static void
on_layout (AdwActionRow *row, ZcUnitPage *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Choose a Notice or a Layout"), NULL, _("Notices and layouts (*.xml)"), "*.xml" };

  zc_choose (GTK_WIDGET (self), &choice, on_layout_file, self);
}

static GtkWidget *
link_row_new (ZcUnitPage *self, const char *title, const char *subtitle, GCallback activated)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", activated, self, 0);
  return row;
}

static GtkWidget *
notice_group_new (ZcUnitPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->layout = link_row_new (self, _("Use the official attachment or your unit’s own layout…"),
                               _("When it arrives after the notice, as a file. No answer is touched, and undo takes it back."), G_CALLBACK (on_layout));
  gtk_widget_set_name (self->layout, "layout");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("The Notice"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             link_row_new (self, self->scheme->title, _("What it asks, by when, and what has to be handed in"), G_CALLBACK (on_notice)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->layout);
  return group;
}

static void
build (ZcUnitPage *self, ZcScheme *scheme)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  g_clear_pointer (&self->scheme, zc_scheme_unref);
  self->scheme = zc_scheme_ref (scheme);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_add_css_class (box, "zc-page");
  gtk_box_append (GTK_BOX (box), heading_new ());
  add_fields (self, GTK_BOX (box), FALSE);
  add_fields (self, GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), notice_group_new (self));
  adw_clamp_set_child (self->clamp, box);
}

static void
zc_unit_page_refresh (ZcPage *page, const char *place)
{
  ZcUnitPage *self = self_of (page);
  ZcScheme *scheme = zc_session_scheme (zc_page_session (page));

  if (self->scheme != scheme)
    build (self, scheme);
  for (guint i = 0; i < self->rows->len; i++)
    zc_field_row_refresh (self->rows->pdata[i]);
  gtk_widget_set_sensitive (self->layout, zc_session_can_edit (zc_page_session (page)));
}

static void
zc_unit_page_reveal (ZcPage *page, const char *place)
{
  ZcUnitPage *self = self_of (page);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (zc_field_row_get_place (self->rows->pdata[i]), place))
      gtk_widget_grab_focus (self->rows->pdata[i]);
}

static void
zc_unit_page_finalize (GObject *object)
{
  ZcUnitPage *self = self_of (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->scheme, zc_scheme_unref);
  G_OBJECT_CLASS (zc_unit_page_parent_class)->finalize (object);
}

static void
zc_unit_page_class_init (ZcUnitPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = zc_unit_page_finalize;
  ZC_PAGE_CLASS (klass)->refresh = zc_unit_page_refresh;
  ZC_PAGE_CLASS (klass)->reveal = zc_unit_page_reveal;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-unit-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcUnitPage, clamp);
}

static void
zc_unit_page_init (ZcUnitPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
