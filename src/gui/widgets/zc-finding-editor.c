/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-finding-editor.h"

#include "widgets/zc-field-row.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

struct _ZcFindingEditor
{
  AdwBin parent_instance;
  ZcSession *session;
  guint64 finding;
  GPtrArray *rows; /* (element-type ZcFieldRow) borrowed */
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (ZcFindingEditor, zc_finding_editor, ADW_TYPE_BIN)

guint64
zc_finding_editor_get_finding (ZcFindingEditor *self)
{
  return self->finding;
}

void
zc_finding_editor_refresh (ZcFindingEditor *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    zc_field_row_refresh (self->rows->pdata[i]);
  gtk_widget_set_sensitive (self->remove, zc_session_can_edit (self->session));
}

gboolean
zc_finding_editor_reveal (ZcFindingEditor *self, const char *place)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (zc_field_row_get_place (self->rows->pdata[i]), place))
      return gtk_widget_grab_focus (self->rows->pdata[i]);
  return FALSE;
}

static void
on_remove (GtkButton *button, ZcFindingEditor *self)
{
  GError *error = NULL;

  if (!zc_inspection_remove_finding (zc_session_inspection (self->session), self->finding, &error))
    zc_session_fail (self->session, error);
}

static void
on_go_item (AdwActionRow *row, ZcFindingEditor *self)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, self->finding, "item");
  g_autofree char *item = zc_place_new (ZC_PLACE_ITEM, zc_session_get (self->session, place), 0, NULL);

  zc_session_go (self->session, item);
}

static void
add_item_row (ZcFindingEditor *self, GtkWidget *group)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, self->finding, "item");
  const ZcItem *item = zc_scheme_find_item (zc_session_scheme (self->session), zc_session_get (self->session, place));
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = item ? g_strdup_printf ("%s %s", item->id, item->title) : g_strdup (zc_session_get (self->session, place));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Go to this item"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_go_item), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

GtkWidget *
zc_finding_editor_new (ZcSession *session, guint64 finding, gboolean with_item)
{
  ZcFindingEditor *self = g_object_new (ZC_TYPE_FINDING_EDITOR, NULL);
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *fields = zc_finding_fields ();
  g_autofree char *title = g_strdup_printf (_("Finding %" PRIu64), finding);

  self->session = g_object_ref (session);
  self->finding = finding;
  self->remove = zc_icon_button_new ("user-trash-symbolic", _("Remove this finding"));
  gtk_widget_add_css_class (self->remove, "flat");
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (on_remove), self, 0);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), self->remove);
  if (with_item)
    add_item_row (self, group);
  for (guint i = 0; i < fields->len; i++)
    {
      const ZcField *field = fields->pdata[i];
      g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, finding, field->id);
      GtkWidget *row;

      if (g_str_equal (field->id, "item"))
        continue;
      row = zc_field_row_new (session, field, place, field->confidence);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_ptr_array_add (self->rows, row);
    }
  adw_bin_set_child (ADW_BIN (self), group);
  zc_finding_editor_refresh (self);
  return GTK_WIDGET (self);
}

static void
zc_finding_editor_finalize (GObject *object)
{
  ZcFindingEditor *self = ZC_FINDING_EDITOR (object);

  g_ptr_array_unref (self->rows);
  g_object_unref (self->session);
  G_OBJECT_CLASS (zc_finding_editor_parent_class)->finalize (object);
}

static void
zc_finding_editor_class_init (ZcFindingEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_finding_editor_finalize;
}

static void
zc_finding_editor_init (ZcFindingEditor *self)
{
  self->rows = g_ptr_array_new ();
}
