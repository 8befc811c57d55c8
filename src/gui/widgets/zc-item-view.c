/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-item-view.h"

#include "inspection/zc-carry-over.h"
#include "widgets/zc-column.h"
#include "widgets/zc-conformity-bar.h"
#include "widgets/zc-evidence-list.h"
#include "widgets/zc-field-row.h"
#include "widgets/zc-finding-editor.h"
#include "widgets/zc-item-head.h"
#include "widgets/zc-previous-box.h"

#include <glib/gi18n.h>

struct _ZcItemView
{
  AdwBin parent_instance;
  ZcSession *session;
  ZcScheme *scheme; /* whose item it is */
  const ZcItem *item;

  GtkBox *box;
  GtkWidget *head;
  GtkWidget *previous;    /* what came from last year */
  ZcConformityBar *bar;   /* nullable */
  GtkWidget *reason_group;
  GtkBox *findings;
  GPtrArray *editors;     /* (element-type ZcFindingEditor) borrowed */
  GPtrArray *rows;        /* (element-type ZcFieldRow) borrowed: fields, note, reason */
  GPtrArray *ledger_rows; /* (element-type AdwActionRow) borrowed, in the order of the item's ledgers */
  ZcEvidenceList *evidence;
  char *reveal; /* nullable: the place to go to once there is a layout */
  guint ticks;
};

G_DEFINE_FINAL_TYPE (ZcItemView, zc_item_view, ADW_TYPE_BIN)

const ZcItem *
zc_item_view_get_item (ZcItemView *self)
{
  return self->item;
}

static char *
answer_place (ZcItemView *self, const char *field)
{
  return zc_place_new (ZC_PLACE_ANSWER, self->item->id, 0, field);
}

static const char *
answer (ZcItemView *self, const char *field)
{
  g_autofree char *place = answer_place (self, field);

  return zc_session_get (self->session, place);
}

/* Bringing up to date */

static GArray *
findings_of_item (ZcItemView *self)
{
  g_autoptr (GArray) all = zc_inspection_get_findings (zc_session_inspection (self->session));
  GArray *mine = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < all->len; i++)
    {
      guint64 finding = g_array_index (all, guint64, i);
      g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "item");

      if (g_str_equal (zc_session_get (self->session, place), self->item->id))
        g_array_append_val (mine, finding);
    }
  return mine;
}

static gboolean
same_findings (ZcItemView *self, GArray *findings)
{
  if (findings->len != self->editors->len)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    if (zc_finding_editor_get_finding (self->editors->pdata[i]) != g_array_index (findings, guint64, i))
      return FALSE;
  return TRUE;
}

static void
refresh_findings (ZcItemView *self)
{
  g_autoptr (GArray) findings = findings_of_item (self);

  if (same_findings (self, findings))
    {
      for (guint i = 0; i < self->editors->len; i++)
        zc_finding_editor_refresh (self->editors->pdata[i]);
      return;
    }
  for (guint i = 0; i < self->editors->len; i++)
    gtk_box_remove (self->findings, self->editors->pdata[i]);
  g_ptr_array_set_size (self->editors, 0);
  for (guint i = 0; i < findings->len; i++)
    {
      GtkWidget *editor = zc_finding_editor_new (self->session, g_array_index (findings, guint64, i), FALSE);

      gtk_box_append (self->findings, editor);
      g_ptr_array_add (self->editors, editor);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->findings), findings->len > 0);
}

/* Where rows came from, if they were taken over. Returns: (transfer none) (nullable) */
static const char *
origin_of_rows (ZcItemView *self, const ZcLedger *ledger, GArray *rows)
{
  const char *origin = NULL;

  for (guint i = 0; !origin && i < rows->len; i++)
    {
      g_autofree char *place = zc_place_new (ZC_PLACE_ROW, ledger->id, g_array_index (rows, guint64, i), NULL);

      origin = zc_inspection_get_origin (zc_session_inspection (self->session), place);
    }
  return origin;
}

static void
refresh_ledgers (ZcItemView *self)
{
  for (guint i = 0; i < self->ledger_rows->len; i++)
    {
      const ZcLedger *ledger = self->item->ledgers->pdata[i];
      g_autoptr (GArray) rows = zc_inspection_get_rows (zc_session_inspection (self->session), ledger->id);
      g_autofree char *text = g_strdup_printf (ngettext ("%u row · go to the ledger", "%u rows · go to the ledger", rows->len), rows->len);
      const char *origin = origin_of_rows (self, ledger, rows);
      g_autofree char *from = origin ? g_strdup_printf (_("From %s"), origin) : NULL;
      g_autofree char *both = g_strjoin (from ? "\n" : "", text, from ? from : "", NULL);

      adw_action_row_set_subtitle (self->ledger_rows->pdata[i], both);
    }
}

void
zc_item_view_refresh (ZcItemView *self)
{
  zc_item_head_refresh (self->head, self->session, self->item);
  zc_previous_box_refresh (self->previous, self->session, self->item);
  if (self->bar)
    zc_conformity_bar_refresh (self->bar);
  if (self->reason_group)
    gtk_widget_set_visible (self->reason_group, g_str_equal (answer (self, "conformity"), "na") || *answer (self, "reason"));
  for (guint i = 0; i < self->rows->len; i++)
    zc_field_row_refresh (self->rows->pdata[i]);
  refresh_findings (self);
  refresh_ledgers (self);
  zc_evidence_list_refresh (self->evidence);
}

void
zc_item_view_answer (ZcItemView *self, guint index)
{
  if (self->bar)
    zc_conformity_bar_press (self->bar, index);
}

void
zc_item_view_confirm (ZcItemView *self)
{
  zc_previous_box_confirm (self->previous);
}

void
zc_item_view_paste (ZcItemView *self)
{
  zc_evidence_list_paste (self->evidence);
}

gboolean
zc_item_view_paste_picture (ZcItemView *self)
{
  if (!zc_evidence_list_can_paste (self->evidence))
    return FALSE;
  zc_evidence_list_paste (self->evidence);
  return TRUE;
}

/* Going to a place */

static gboolean
reveal_now (ZcItemView *self, const char *text)
{
  ZcPlace place;

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (zc_field_row_get_place (self->rows->pdata[i]), text) && gtk_widget_get_mapped (self->rows->pdata[i]))
      return gtk_widget_grab_focus (self->rows->pdata[i]);
  for (guint i = 0; i < self->editors->len; i++)
    if (zc_finding_editor_reveal (self->editors->pdata[i], text))
      return TRUE;
  if (!zc_place_parse (text, &place))
    return FALSE;
  if (place.kind == ZC_PLACE_LINK || place.kind == ZC_PLACE_EVIDENCE)
    return gtk_widget_child_focus (GTK_WIDGET (self->evidence), GTK_DIR_TAB_FORWARD);
  if (self->bar && (place.kind == ZC_PLACE_ANSWER || place.kind == ZC_PLACE_ITEM))
    return gtk_widget_child_focus (GTK_WIDGET (self->bar), GTK_DIR_TAB_FORWARD);
  return gtk_widget_child_focus (GTK_WIDGET (self->box), GTK_DIR_TAB_FORWARD);
}

/* The first frame lays the new view out; only then is there anything to scroll. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ZcItemView *self = ZC_ITEM_VIEW (widget);
  g_autofree char *place = NULL;

  if (++self->ticks < 3)
    return G_SOURCE_CONTINUE;
  place = g_steal_pointer (&self->reveal);
  if (place)
    reveal_now (self, place);
  return G_SOURCE_REMOVE;
}

void
zc_item_view_reveal (ZcItemView *self, const char *place)
{
  gboolean waiting = self->reveal != NULL;

  g_free (self->reveal);
  self->reveal = g_strdup (place);
  self->ticks = 0;
  if (!waiting)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* Building */

static void
add_field (ZcItemView *self, GtkWidget *group, const ZcField *field, const char *place, ZcConfidence around)
{
  GtkWidget *row = zc_field_row_new (self->session, field, place, around);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (self->rows, row);
}

static GtkWidget *
answer_group_new (ZcItemView *self, const char *id)
{
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *fields = zc_answer_fields ();

  for (guint i = 0; i < fields->len; i++)
    {
      const ZcField *field = fields->pdata[i];
      g_autofree char *place = answer_place (self, field->id);

      if (g_str_equal (field->id, id))
        add_field (self, group, field, place, field->confidence);
    }
  return group;
}

static GtkWidget *
fields_group_new (ZcItemView *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("To Be Filled In"));
  for (guint i = 0; i < self->item->fields->len; i++)
    {
      const ZcField *field = self->item->fields->pdata[i];
      g_autofree char *place = zc_place_new (ZC_PLACE_FACT, field->id, 0, NULL);

      add_field (self, group, field, place, self->item->confidence);
    }
  gtk_widget_set_visible (group, self->item->fields->len > 0);
  return group;
}

static void
on_ledger_activated (AdwActionRow *row, ZcItemView *self)
{
  zc_session_go (self->session, g_object_get_data (G_OBJECT (row), "place"));
}

static GtkWidget *
ledgers_group_new (ZcItemView *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Ledgers"));
  for (guint i = 0; i < self->item->ledgers->len; i++)
    {
      const ZcLedger *ledger = self->item->ledgers->pdata[i];
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ledger->label);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_object_set_data_full (G_OBJECT (row), "place", zc_place_new (ZC_PLACE_LEDGER, ledger->id, 0, NULL), g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_ledger_activated), self, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_ptr_array_add (self->ledger_rows, row);
    }
  gtk_widget_set_visible (group, self->item->ledgers->len > 0);
  return group;
}

static void
build (ZcItemView *self)
{
  self->head = zc_item_head_new (self->session, self->item);
  self->previous = zc_previous_box_new (self->session, self->item);
  gtk_box_append (self->box, self->head);
  gtk_box_append (self->box, self->previous);
  if (self->item->conformity)
    {
      self->bar = ZC_CONFORMITY_BAR (zc_conformity_bar_new (self->session, self->item));
      self->reason_group = answer_group_new (self, "reason");
      gtk_box_append (self->box, GTK_WIDGET (self->bar));
      gtk_box_append (self->box, self->reason_group);
    }
  self->findings = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_widget_set_visible (GTK_WIDGET (self->findings), FALSE);
  gtk_box_append (self->box, GTK_WIDGET (self->findings));
  gtk_box_append (self->box, fields_group_new (self));
  gtk_box_append (self->box, ledgers_group_new (self));
  gtk_box_append (self->box, answer_group_new (self, "note"));
  self->evidence = ZC_EVIDENCE_LIST (zc_evidence_list_new (self->session, self->item));
  gtk_box_append (self->box, GTK_WIDGET (self->evidence));
}

/* Files may be dropped anywhere on the item. */
static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ZcItemView *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *at = gdk_file_list_get_files (g_value_get_boxed (value)); at; at = at->next)
    g_ptr_array_add (files, at->data);
  zc_evidence_list_attach (self->evidence, files);
  return TRUE;
}

GtkWidget *
zc_item_view_new (ZcSession *session, const ZcItem *item)
{
  ZcItemView *self = g_object_new (ZC_TYPE_ITEM_VIEW, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->session = g_object_ref (session);
  self->scheme = zc_scheme_ref (zc_session_scheme (session));
  self->item = item;
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "zc-page");
  build (self);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  zc_clamps_follow_text (clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  zc_item_view_refresh (self);
  return GTK_WIDGET (self);
}

static void
zc_item_view_finalize (GObject *object)
{
  ZcItemView *self = ZC_ITEM_VIEW (object);

  g_ptr_array_unref (self->editors);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->ledger_rows);
  g_free (self->reveal);
  g_clear_pointer (&self->scheme, zc_scheme_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_item_view_parent_class)->finalize (object);
}

static void
zc_item_view_class_init (ZcItemViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_item_view_finalize;
}

static void
zc_item_view_init (ZcItemView *self)
{
  self->editors = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->ledger_rows = g_ptr_array_new ();
}
