/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "base/zc-text.h"
#include "inspection/zc-carry-over.h"
#include "pages/zc-road-pages.h"
#include "widgets/zc-column.h"
#include "widgets/zc-finding-editor.h"
#include "widgets/zc-fold.h"
#include "widgets/zc-grip.h"
#include "widgets/zc-line-list.h"
#include "widgets/zc-promise-view.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>

#define ZC_TYPE_FINDINGS_PAGE (zc_findings_page_get_type ())

typedef struct
{
  ZcPage parent_instance;
  GtkStack *stack;
  GtkBox *sums;
  AdwFlap *flap;
  GtkWidget *list_button;
  AdwBin *list_bin;
  AdwBin *editor_bin;
  GtkMenuButton *add;
  ZcLineList *list;
  guint64 current; /* 0: none */
} ZcFindingsPage;

typedef struct
{
  ZcPageClass parent_class;
} ZcFindingsPageClass;

G_DEFINE_FINAL_TYPE (ZcFindingsPage, zc_findings_page, ZC_TYPE_PAGE)

static ZcFindingsPage *
self_of (gpointer page)
{
  return G_TYPE_CHECK_INSTANCE_CAST (page, ZC_TYPE_FINDINGS_PAGE, ZcFindingsPage);
}

static ZcSession *
session_of (ZcFindingsPage *self)
{
  return zc_page_session (ZC_PAGE (self));
}

static const ZcField *
field_of (const char *id)
{
  GPtrArray *fields = zc_finding_fields ();

  for (guint i = 0; i < fields->len; i++)
    if (g_str_equal (((const ZcField *) fields->pdata[i])->id, id))
      return fields->pdata[i];
  return NULL;
}

static const char *
stated (ZcFindingsPage *self, guint64 finding, const char *field)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, finding, field);

  return zc_session_get (session_of (self), place);
}

static char *
shown (ZcFindingsPage *self, guint64 finding, const char *field)
{
  return zc_field_display (field_of (field), stated (self, finding, field));
}

/* The list */

static char *
subtitle_of (ZcFindingsPage *self, guint64 finding)
{
  const ZcItem *item = zc_scheme_find_item (zc_session_scheme (session_of (self)), stated (self, finding, "item"));
  g_autofree char *person = g_strdup (stated (self, finding, "person"));
  g_autofree char *due = shown (self, finding, "due");
  g_autoptr (GString) text = g_string_new (item ? item->id : "");

  if (item)
    g_string_append_printf (text, " %s", item->title);
  if (*person)
    g_string_append_printf (text, " · %s", person);
  if (*due)
    g_string_append_printf (text, " · %s", due);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static ZcLine *
line_of (ZcFindingsPage *self, guint64 finding)
{
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT, finding);
  g_autofree char *problem = zc_text_normalize (stated (self, finding, "problem"), FALSE, NULL);
  g_autofree char *subtitle = subtitle_of (self, finding);
  g_autofree char *state = shown (self, finding, "state");
  gboolean done = g_str_equal (stated (self, finding, "state"), "done");
  ZcLine *line = zc_line_new (key, done ? "zc-done-symbolic" : "zc-problem-symbolic",
                              problem && *problem ? problem : _("The problem is not described yet"), subtitle);

  zc_line_set_badge (line, *state ? state : _("no state"));
  zc_line_set_style (line, done ? "success" : "warning");
  return line;
}

static void
add_sum (ZcFindingsPage *self, const char *words, guint count)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *number = g_strdup_printf ("%u", count);
  GtkWidget *value = gtk_label_new (number), *label = gtk_label_new (words);

  gtk_widget_add_css_class (value, "title-2");
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (self->sums, box);
}

static void
refresh_sums (ZcFindingsPage *self, GArray *findings)
{
  const ZcField *states = field_of ("state");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sums))))
    gtk_box_remove (self->sums, child);
  add_sum (self, _("findings"), findings->len);
  for (guint s = 0; s < states->options->len; s++)
    {
      const ZcOption *option = states->options->pdata[s];
      guint count = 0;

      for (guint i = 0; i < findings->len; i++)
        count += g_str_equal (stated (self, g_array_index (findings, guint64, i), "state"), option->id);
      add_sum (self, option->label, count);
    }
}

/* The finding */

/* What was promised last year is asked here too, until it is answered. */
static GtkWidget *
view_new (ZcFindingsPage *self, guint64 finding)
{
  if (zc_inspection_promise_waits (zc_session_inspection (session_of (self)), finding))
    return zc_promise_view_new (session_of (self), finding);
  return zc_finding_editor_new (session_of (self), finding, TRUE);
}

static void
show_finding (ZcFindingsPage *self, guint64 finding)
{
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT, finding);
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "problem");

  self->current = finding;
  adw_bin_set_child (self->editor_bin, finding ? view_new (self, finding) : NULL);
  zc_line_list_select (self->list, finding ? key : NULL);
  zc_session_set_here (session_of (self), finding ? place : NULL);
}

static void
on_line_activated (ZcLineList *list, const char *key, ZcFindingsPage *self)
{
  show_finding (self, g_ascii_strtoull (key, NULL, 10));
  zc_fold_close (self->flap);
}

static gboolean
has (GArray *findings, guint64 finding)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_array_index (findings, guint64, i) == finding)
      return TRUE;
  return FALSE;
}

static void
zc_findings_page_refresh (ZcPage *page, const char *place)
{
  ZcFindingsPage *self = self_of (page);
  g_autoptr (GArray) findings = zc_inspection_get_findings (zc_session_inspection (session_of (self)));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *editor;

  for (guint i = 0; i < findings->len; i++)
    g_ptr_array_add (lines, line_of (self, g_array_index (findings, guint64, i)));
  zc_line_list_set_lines (self->list, lines);
  refresh_sums (self, findings);
  gtk_stack_set_visible_child_name (self->stack, findings->len > 0 ? "findings" : "none");
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), zc_session_can_edit (session_of (self)));
  if (!has (findings, self->current))
    show_finding (self, findings->len > 0 ? g_array_index (findings, guint64, 0) : 0);
  editor = adw_bin_get_child (self->editor_bin);
  if (ZC_IS_PROMISE_VIEW (editor))
    zc_promise_view_refresh (ZC_PROMISE_VIEW (editor));
  else if (editor)
    zc_finding_editor_refresh (ZC_FINDING_EDITOR (editor));
}

static void
zc_findings_page_reveal (ZcPage *page, const char *text)
{
  ZcFindingsPage *self = self_of (page);
  ZcPlace place;
  GtkWidget *editor;

  if (!zc_place_parse (text, &place) || place.kind != ZC_PLACE_FINDING)
    return;
  if (self->current != place.number)
    show_finding (self, place.number);
  editor = adw_bin_get_child (self->editor_bin);
  if (ZC_IS_PROMISE_VIEW (editor))
    zc_promise_view_reveal (ZC_PROMISE_VIEW (editor), text);
  else if (editor)
    zc_finding_editor_reveal (ZC_FINDING_EDITOR (editor), text);
}

/* A finding belongs to an item: which one is chosen here. */

static void
on_add_item (ZcLineList *list, const char *key, ZcFindingsPage *self)
{
  GError *error = NULL;
  guint64 finding = zc_inspection_add_finding (zc_session_inspection (session_of (self)), key, &error);

  gtk_menu_button_popdown (self->add);
  if (finding)
    show_finding (self, finding);
  else
    zc_session_fail (session_of (self), error);
}

static void
make_items_popover (GtkMenuButton *button, gpointer data)
{
  ZcFindingsPage *self = data;
  GPtrArray *items = zc_session_scheme (session_of (self))->items;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *list = zc_line_list_new (_("Item of the new finding"));

  for (guint i = 0; i < items->len; i++)
    {
      const ZcItem *item = items->pdata[i];
      g_autofree char *title = g_strdup_printf ("%s %s", item->id, item->title);

      g_ptr_array_add (lines, zc_line_new (item->id, NULL, title, NULL));
    }
  zc_line_list_set_lines (ZC_LINE_LIST (list), lines);
  g_signal_connect_object (list, "activated", G_CALLBACK (on_add_item), self, 0);
  gtk_widget_set_size_request (list, 340, 360);
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  gtk_menu_button_set_popover (button, popover);
}

static void
zc_findings_page_class_init (ZcFindingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ZC_PAGE_CLASS (klass)->refresh = zc_findings_page_refresh;
  ZC_PAGE_CLASS (klass)->reveal = zc_findings_page_reveal;
  g_type_ensure (ZC_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-findings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcFindingsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, ZcFindingsPage, list_button);
  gtk_widget_class_bind_template_child (widget_class, ZcFindingsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcFindingsPage, sums);
  gtk_widget_class_bind_template_child (widget_class, ZcFindingsPage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcFindingsPage, editor_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcFindingsPage, add);
}

static void
zc_findings_page_init (ZcFindingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = ZC_LINE_LIST (zc_line_list_new (_("Findings")));
  g_signal_connect_object (self->list, "activated", G_CALLBACK (on_line_activated), self, 0);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->list));
  zc_fold_watch (self->flap, self->list_button);
  zc_grip_add (self->flap);
  gtk_menu_button_set_create_popup_func (self->add, make_items_popover, self, NULL);
}
