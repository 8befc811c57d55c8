/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "inspection/zc-carry-over.h"
#include "pages/zc-item-lines.h"
#include "pages/zc-road-pages.h"
#include "widgets/zc-column.h"
#include "widgets/zc-fold.h"
#include "widgets/zc-grip.h"
#include "widgets/zc-item-view.h"
#include "widgets/zc-line-list.h"
#include "widgets/zc-promise-view.h"
#include "zc-dialog.h"
#include "zc-words.h"

#include <glib/gi18n.h>

#define ZC_TYPE_ITEMS_PAGE (zc_items_page_get_type ())

struct _ZcItemsPage
{
  ZcPage parent_instance;
  AdwFlap *flap;
  GtkWidget *list_button;
  GtkSearchEntry *search;
  GtkDropDown *filter;
  GtkLabel *tally;
  AdwBin *list_bin;
  AdwBin *item_bin;
  GtkToggleButton *review;
  GtkWidget *previous;
  GtkWidget *next;
  GtkWidget *next_open;

  ZcLineList *list;
  char *current; /* nullable: key of the line that is shown: id of an item, or place of what was promised */
  gboolean loading;
};

typedef struct _ZcItemsPage ZcItemsPage;
typedef struct
{
  ZcPageClass parent_class;
} ZcItemsPageClass;

G_DEFINE_FINAL_TYPE (ZcItemsPage, zc_items_page, ZC_TYPE_PAGE)

static ZcItemsPage *
self_of (gpointer page)
{
  return G_TYPE_CHECK_INSTANCE_CAST (page, ZC_TYPE_ITEMS_PAGE, ZcItemsPage);
}

static ZcSession *
session_of (ZcItemsPage *self)
{
  return zc_page_session (ZC_PAGE (self));
}

static ZcItemView *
view_of (ZcItemsPage *self)
{
  GtkWidget *view = adw_bin_get_child (self->item_bin);

  return ZC_IS_ITEM_VIEW (view) ? ZC_ITEM_VIEW (view) : NULL;
}

static ZcPromiseView *
promise_of (ZcItemsPage *self)
{
  GtkWidget *view = adw_bin_get_child (self->item_bin);

  return ZC_IS_PROMISE_VIEW (view) ? ZC_PROMISE_VIEW (view) : NULL;
}

static const ZcItem *
current_item (ZcItemsPage *self)
{
  return self->current ? zc_scheme_find_item (zc_session_scheme (session_of (self)), self->current) : NULL;
}

/* The list */

static void
refresh_list (ZcItemsPage *self)
{
  ZcSession *session = session_of (self);
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  ZcItemFilter filter = (ZcItemFilter) gtk_drop_down_get_selected (self->filter);
  g_autoptr (GPtrArray) lines = *search ? zc_item_lines_search (session, search) : zc_item_lines (session, filter);
  g_autofree char *text = zc_item_lines_tally (session);

  zc_line_list_set_empty_text (self->list, *search ? _("Nothing has these words. Try fewer, or press Esc for all items.")
                                                   : _("There is no such item. Choose another group above."));
  zc_line_list_set_lines (self->list, lines);
  gtk_label_set_label (self->tally, text);
  if (g_strcmp0 (zc_line_list_get_selected (self->list), self->current) != 0)
    zc_line_list_select (self->list, self->current);
}

/* The item */

static void
refresh_actions (ZcItemsPage *self)
{
  const ZcItem *item = current_item (self);
  guint n = zc_session_scheme (session_of (self))->items->len;
  g_autofree char *place = item ? zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "review") : NULL;
  g_autofree char *promise = zc_item_lines_next_promise (session_of (self), self->current);

  self->loading = TRUE;
  gtk_toggle_button_set_active (self->review, place && *zc_session_get (session_of (self), place));
  self->loading = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->review), item && zc_session_can_edit (session_of (self)));
  gtk_widget_set_sensitive (self->previous, item && item->order > 0);
  gtk_widget_set_sensitive (self->next, item ? item->order + 1 < n : n > 0);
  gtk_widget_set_sensitive (self->next_open, promise || zc_rules_next_open (zc_session_record (session_of (self)), item));
}

static gboolean
has_focus_inside (ZcItemsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->item_bin));
}

static void
show_view (ZcItemsPage *self, const char *key, GtkWidget *view)
{
  g_free (self->current);
  self->current = g_strdup (key);
  adw_bin_set_child (self->item_bin, view);
  zc_line_list_select (self->list, key);
  refresh_actions (self);
}

static void
show_item (ZcItemsPage *self, const ZcItem *item)
{
  gboolean inside = has_focus_inside (self);
  GtkWidget *view = zc_item_view_new (session_of (self), item);
  g_autofree char *place = zc_place_new (ZC_PLACE_ITEM, item->id, 0, NULL);

  show_view (self, item->id, view);
  if (inside)
    zc_item_view_reveal (ZC_ITEM_VIEW (view), place);
  zc_session_set_here (session_of (self), place);
}

static void
show_promise (ZcItemsPage *self, const char *key)
{
  gboolean inside = has_focus_inside (self);
  g_autofree char *own = g_strdup (key);

  show_view (self, own, zc_promise_view_new (session_of (self), zc_item_lines_promise (own)));
  if (inside)
    gtk_widget_child_focus (GTK_WIDGET (self->item_bin), GTK_DIR_TAB_FORWARD);
}

static void
show_at (ZcItemsPage *self, int order)
{
  GPtrArray *items = zc_session_scheme (session_of (self))->items;

  if (order >= 0 && order < (int) items->len)
    show_item (self, items->pdata[order]);
}

static void
on_line_activated (ZcLineList *list, const char *key, ZcItemsPage *self)
{
  const ZcItem *item = zc_scheme_find_item (zc_session_scheme (session_of (self)), key);

  if (g_strcmp0 (key, self->current) != 0)
    {
      if (item)
        show_item (self, item);
      else if (zc_item_lines_promise (key) != 0)
        show_promise (self, key);
    }
  zc_fold_close (self->flap);
}

/* Template callbacks */

static void
on_search_changed (ZcItemsPage *self)
{
  if (session_of (self))
    refresh_list (self);
}

static void
on_search_stopped (ZcItemsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
on_search_activated (ZcItemsPage *self)
{
  for (guint i = 0; i < zc_line_list_get_length (self->list); i++)
    if (zc_scheme_find_item (zc_session_scheme (session_of (self)), zc_line_list_get_key (self->list, i)))
      {
        zc_line_list_activate (self->list, i);
        return;
      }
}

static void
on_review_toggled (ZcItemsPage *self)
{
  g_autofree char *place = NULL;

  if (self->loading || !self->current)
    return;
  place = zc_place_new (ZC_PLACE_ANSWER, self->current, 0, "review");
  zc_session_set (session_of (self), place, gtk_toggle_button_get_active (self->review) ? "1" : "");
}

static void
on_previous (ZcItemsPage *self)
{
  const ZcItem *item = current_item (self);

  if (item)
    show_at (self, (int) item->order - 1);
}

static void
on_next (ZcItemsPage *self)
{
  const ZcItem *item = current_item (self);

  if (item || promise_of (self))
    show_at (self, item ? (int) item->order + 1 : 0);
}

/* What was promised comes first. */
static void
on_next_open (ZcItemsPage *self)
{
  g_autofree char *promise = zc_item_lines_next_promise (session_of (self), self->current);
  const ZcItem *item = zc_rules_next_open (zc_session_record (session_of (self)), current_item (self));

  if (promise)
    show_promise (self, promise);
  else if (item)
    show_item (self, item);
}

/* Keys that work wherever the focus is on this page; the plain digits unless an entry takes them first. */

static gboolean
on_answer_key (GtkWidget *widget, GVariant *index, gpointer data)
{
  ZcItemsPage *self = self_of (widget);

  if (!gtk_widget_get_mapped (widget) || !(view_of (self) || promise_of (self)))
    return FALSE;
  if (promise_of (self))
    zc_promise_view_answer (promise_of (self), g_variant_get_uint32 (index));
  else
    zc_item_view_answer (view_of (self), g_variant_get_uint32 (index));
  return TRUE;
}

static gboolean
on_key (GtkWidget *widget, GVariant *name, gpointer data)
{
  ZcItemsPage *self = self_of (widget);
  const char *what = g_variant_get_string (name, NULL);

  if (!gtk_widget_get_mapped (widget) || !(view_of (self) || promise_of (self)))
    return FALSE;
  if (g_str_equal (what, "previous"))
    on_previous (self);
  else if (g_str_equal (what, "next"))
    on_next (self);
  else if (g_str_equal (what, "next-open"))
    on_next_open (self);
  else if (promise_of (self))
    return FALSE;
  else if (g_str_equal (what, "confirm"))
    zc_item_view_confirm (view_of (self));
  else if (g_str_equal (what, "paste"))
    zc_item_view_paste (view_of (self));
  else if (g_str_equal (what, "paste-picture"))
    return zc_item_view_paste_picture (view_of (self));
  else
    gtk_toggle_button_set_active (self->review, !gtk_toggle_button_get_active (self->review));
  return TRUE;
}

static void
add_key (GtkEventController *keys, const char *trigger, GtkShortcutFunc func, GVariant *argument)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_callback_action_new (func, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, argument);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

static GtkEventController *
keys_new (GtkPropagationPhase phase)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (keys, phase);
  return keys;
}

static void
add_keys (ZcItemsPage *self)
{
  static const struct
  {
    const char *trigger;
    const char *what;
  } moves[] = {
    { "<Control>Page_Up", "previous" }, { "<Control>Page_Down", "next" }, { "<Control>Return", "next-open" },
    { "<Control>m", "review" },         { "<Control><Shift>v", "paste" },   { "<Control>v", "paste-picture" },
  };
  static const char *const answers[] = { "1|KP_1", "2|KP_2", "3|KP_3", "4|KP_4" };
  GtkEventController *after_text = keys_new (GTK_PHASE_BUBBLE), *before_text = keys_new (GTK_PHASE_CAPTURE);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    add_key (after_text, answers[i], on_answer_key, g_variant_new_uint32 (i));
  add_key (after_text, "0|KP_0", on_key, g_variant_new_string ("confirm"));
  /* A text of several lines would take some of these for itself, and has no use for them. */
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    add_key (before_text, moves[i].trigger, on_key, g_variant_new_string (moves[i].what));
  gtk_widget_add_controller (GTK_WIDGET (self), after_text);
  gtk_widget_add_controller (GTK_WIDGET (self), before_text);
}

/* As a page */

static gboolean
changes_states (const char *place)
{
  ZcPlace parts;

  if (!zc_place_parse (place, &parts))
    return FALSE;
  return parts.kind == ZC_PLACE_FINDING ||
         (parts.kind == ZC_PLACE_ANSWER && !g_str_equal (parts.field, "note") && !g_str_equal (parts.field, "reason"));
}

/* What the page begins with: what was promised, what is open, the first item. */
static void
show_first (ZcItemsPage *self)
{
  GPtrArray *items = zc_session_scheme (session_of (self))->items;
  g_autofree char *promise = zc_item_lines_next_promise (session_of (self), NULL);
  const ZcItem *open = zc_rules_next_open (zc_session_record (session_of (self)), NULL);

  if (current_item (self))
    show_item (self, current_item (self));
  else if (promise)
    show_promise (self, promise);
  else if (items->len > 0)
    show_item (self, open ? open : items->pdata[0]);
}

/* A finding may be taken away elsewhere, or by undo. */
static gboolean
is_promise (ZcSession *session, guint64 finding)
{
  g_autoptr (GArray) promises = zc_inspection_get_promises (zc_session_inspection (session));

  for (guint i = 0; i < promises->len; i++)
    if (g_array_index (promises, guint64, i) == finding)
      return TRUE;
  return FALSE;
}

static void
zc_items_page_refresh (ZcPage *page, const char *place)
{
  ZcItemsPage *self = self_of (page);

  /* An item of a scheme that was replaced is not looked at any more. */
  if (view_of (self) && zc_item_view_get_item (view_of (self)) == current_item (self))
    zc_item_view_refresh (view_of (self));
  else if (promise_of (self) && is_promise (session_of (self), zc_promise_view_get_finding (promise_of (self))))
    zc_promise_view_refresh (promise_of (self));
  else
    show_first (self);
  if (!place || changes_states (place))
    refresh_list (self);
  refresh_actions (self);
}

static const ZcItem *
item_of_evidence (ZcItemsPage *self, const char *place)
{
  ZcPlace parts;
  g_autoptr (ZcEvidence) evidence = NULL;

  if (!zc_place_parse (place, &parts) || parts.kind != ZC_PLACE_EVIDENCE)
    return NULL;
  evidence = zc_inspection_find_evidence (zc_session_inspection (session_of (self)), parts.number);
  return evidence && evidence->items[0] ? zc_scheme_find_item (zc_session_scheme (session_of (self)), evidence->items[0]) : NULL;
}

static void
zc_items_page_reveal (ZcPage *page, const char *place)
{
  ZcItemsPage *self = self_of (page);
  const ZcItem *item = zc_road_item_of (zc_session_scheme (session_of (self)), place);

  if (!item)
    item = item_of_evidence (self, place);
  if (!item)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (!view_of (self) || item != current_item (self))
    show_item (self, item);
  zc_item_view_reveal (view_of (self), place);
}

static void
zc_items_page_search (ZcPage *page)
{
  ZcItemsPage *self = self_of (page);

  if (!zc_fold_open (self->flap))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
zc_items_page_finalize (GObject *object)
{
  g_free (self_of (object)->current);
  G_OBJECT_CLASS (zc_items_page_parent_class)->finalize (object);
}

static void
zc_items_page_class_init (ZcItemsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ZcPageClass *page_class = ZC_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = zc_items_page_finalize;
  page_class->refresh = zc_items_page_refresh;
  page_class->reveal = zc_items_page_reveal;
  page_class->search = zc_items_page_search;
  g_type_ensure (ZC_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-items-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, list_button);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, search);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, filter);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, tally);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, item_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, review);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, previous);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, next);
  gtk_widget_class_bind_template_child (widget_class, ZcItemsPage, next_open);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_review_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_next_open);
}

static void
zc_items_page_init (ZcItemsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_set_name (GTK_WIDGET (self->filter), _("Which items the list shows"));
  self->list = ZC_LINE_LIST (zc_line_list_new (_("Items")));
  g_signal_connect_object (self->list, "activated", G_CALLBACK (on_line_activated), self, 0);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->list));
  zc_fold_watch (self->flap, self->list_button);
  zc_grip_add (self->flap);
  add_keys (self);
}
