/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "pages/zc-printed-list.h"
#include "pages/zc-road-pages.h"
#include "widgets/zc-fonts-note.h"
#include "widgets/zc-line-list.h"
#include "zc-dialog.h"
#include "zc-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define ZC_TYPE_CHECK_PAGE (zc_check_page_get_type ())

typedef struct
{
  ZcPage parent_instance;
  GtkStack *stack;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *summary;
  AdwBin *list_bin;
  AdwBin *printed_bin;
  AdwBin *fonts_bin;
  GtkWidget *printed;
  GtkWidget *again;
  GtkSpinner *spinner; /* while the check is at work */
  GtkWidget *back;
  ZcLineList *list;
  ZcLineList *printed_list;
} ZcCheckPage;

typedef struct
{
  ZcPageClass parent_class;
} ZcCheckPageClass;

G_DEFINE_FINAL_TYPE (ZcCheckPage, zc_check_page, ZC_TYPE_PAGE)

static ZcCheckPage *
self_of (gpointer page)
{
  return G_TYPE_CHECK_INSTANCE_CAST (page, ZC_TYPE_CHECK_PAGE, ZcCheckPage);
}

/* The key of a line is where it leads, behind what tells two results of one place apart. */
static ZcLine *
line_of (const ZcResult *result, guint index, ZcRecord *record)
{
  static const char *const icons[] = { "zc-problem-symbolic", "zc-review-symbolic", "zc-open-symbolic" };
  static const char *const styles[] = { "error", "warning", "dim-label" };
  g_autofree char *key = g_strdup_printf ("%u|%s", index, result->place ? result->place : "");
  g_autofree char *where = result->place ? zc_record_label (record, result->place) : NULL;
  ZcLine *line = zc_line_new (key, icons[result->level], result->message, where);

  zc_line_set_style (line, styles[result->level]);
  return line;
}

static void
add_level (GPtrArray *lines, GPtrArray *results, ZcLevel level, ZcRecord *record)
{
  guint count = zc_preflight_count (results, level);
  g_autofree char *badge = g_strdup_printf ("%u", count);
  g_autofree char *key = g_strdup_printf ("level:%u", (guint) level);

  if (count == 0)
    return;
  g_ptr_array_add (lines, zc_line_new_heading (key, zc_words_level (level), badge));
  for (guint i = 0; i < results->len; i++)
    if (((const ZcResult *) results->pdata[i])->level == level)
      g_ptr_array_add (lines, line_of (results->pdata[i], i, record));
}

static void
show_verdict (ZcCheckPage *self, GPtrArray *results)
{
  guint must = zc_preflight_count (results, ZC_LEVEL_MUST), should = zc_preflight_count (results, ZC_LEVEL_SHOULD),
        notes = zc_preflight_count (results, ZC_LEVEL_NOTE);
  g_autofree char *title = must > 0 ? g_strdup_printf (ngettext ("%u thing must be fixed before sealing", "%u things must be fixed before sealing", must), must)
                                    : g_strdup (_("Nothing must be fixed"));
  g_autofree char *summary = g_strdup_printf (_("%u to be looked at, %u notes. Choose a line to go there; the button above leads back."), should, notes);

  gtk_image_set_from_icon_name (self->icon, must > 0 ? "zc-problem-symbolic" : "zc-done-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), must > 0 ? "success" : "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), must > 0 ? "warning" : "success");
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->summary, results->len > 0 ? summary : _("Everything is answered, proved and in agreement. It can be sealed."));
}

/* Who looks at this page is shown the whole check, not the quick one that follows each edit. */
static void
check (ZcCheckPage *self, gboolean anew)
{
  ZcSession *session = zc_page_session (ZC_PAGE (self));
  gboolean checking;

  if (anew || !zc_session_is_checked (session))
    zc_session_check (session);
  checking = zc_session_is_checking (session);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), checking);
  gtk_spinner_set_spinning (self->spinner, checking);
}

static void
zc_check_page_refresh (ZcPage *page, const char *place)
{
  ZcCheckPage *self = self_of (page);
  GPtrArray *results = zc_session_results (zc_page_session (page));
  ZcRecord *record = zc_session_record (zc_page_session (page));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (ZcLevel level = ZC_LEVEL_MUST; level <= ZC_LEVEL_NOTE; level++)
    add_level (lines, results, level, record);
  zc_line_list_set_lines (self->list, lines);
  show_verdict (self, results);
  check (self, FALSE);
}

static void
on_line_activated (ZcLineList *list, const char *key, ZcCheckPage *self)
{
  const char *place = strchr (key, '|');

  if (place && place[1])
    zc_session_go (zc_page_session (ZC_PAGE (self)), place + 1);
}

static void
on_again (ZcCheckPage *self)
{
  check (self, TRUE);
}

static void
on_back (ZcCheckPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "results");
}

/* Everything typed, and where it is printed */

static void
on_printed_done (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  ZcCheckPage *self = data;
  g_autoptr (GPtrArray) lines = result;

  gtk_widget_set_sensitive (self->printed, TRUE);
  if (error && !g_error_matches (error, ZC_ERROR, ZC_ERROR_CANCELLED))
    zc_session_fail (session, g_error_copy (error));
  if (!lines)
    return;
  zc_line_list_set_lines (self->printed_list, lines);
  gtk_stack_set_visible_child_name (self->stack, "printed");
  gtk_widget_grab_focus (self->back);
}

static void
on_printed (ZcCheckPage *self)
{
  gtk_widget_set_sensitive (self->printed, FALSE);
  zc_session_run (zc_page_session (ZC_PAGE (self)), _("Laying out all documents"), zc_printed_list_job, on_printed_done,
                  g_object_ref (self), g_object_unref);
}

static void
zc_check_page_class_init (ZcCheckPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ZC_PAGE_CLASS (klass)->refresh = zc_check_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-check-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, icon);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, summary);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, printed_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, fonts_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, printed);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, again);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, ZcCheckPage, back);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_printed);
}

static void
zc_check_page_init (ZcCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = ZC_LINE_LIST (zc_line_list_new (_("Results of the check")));
  self->printed_list = ZC_LINE_LIST (zc_line_list_new (_("Where everything is printed")));
  zc_line_list_set_empty_text (self->list, _("There is nothing to fix and nothing to look at."));
  zc_line_list_set_empty_text (self->printed_list, _("Nothing was typed yet."));
  g_signal_connect_object (self->list, "activated", G_CALLBACK (on_line_activated), self, 0);
  g_signal_connect_object (self->printed_list, "activated", G_CALLBACK (on_line_activated), self, 0);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->list));
  adw_bin_set_child (self->fonts_bin, zc_fonts_note_new ());
  adw_bin_set_child (self->printed_bin, GTK_WIDGET (self->printed_list));
}
