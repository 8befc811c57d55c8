/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "base/zc-text.h"
#include "record/zc-template.h"
#include "widgets/zc-chapter-view.h"
#include "widgets/zc-column.h"
#include "widgets/zc-fold.h"
#include "widgets/zc-line-list.h"
#include "widgets/zc-live-preview.h"
#include "widgets/zc-text-diff.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* How wide the pages beside the text are: what the text leaves over, so that both can be read. */
#define PREVIEW_LEAST 330
#define PREVIEW_MOST 620
#define TEXT_WIDTH 720 /* the list of chapters and the text of usual size */

/* The prescribed chapters at the left, the text of one in the middle: the draft, until the user makes it the unit's
 * own. At the right, where there is room, the pages as they stand. */
struct _ZcReportPage
{
  ZcPage parent_instance;
  GtkStack *stack;
  AdwFlap *list_flap;
  GtkWidget *list_button;
  AdwBin *list_bin;
  ZcLineList *list;
  GtkLabel *heading;
  GtkLabel *hint;
  GtkWidget *insert;
  GtkPopover *popover;
  GtkEditable *search;
  AdwBin *values_bin;
  ZcLineList *values;
  GtkWidget *regenerate;
  ZcChapterView *view;
  GtkLabel *state;
  GtkLabel *count;
  ZcLivePreview *preview;
  guint resize_idle;

  const ZcChapter *chapter; /* nullable: the one shown */
  GtkWindow *dialog;        /* nullable: the difference to a new draft */
};

#define ZC_TYPE_REPORT_PAGE (zc_report_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcReportPage, zc_report_page, ZC, REPORT_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcReportPage, zc_report_page, ZC_TYPE_PAGE)

static ZcSession *
session_of (ZcReportPage *self)
{
  return zc_page_session (ZC_PAGE (self));
}

static char *
place_of (const ZcChapter *chapter)
{
  return zc_place_new (ZC_PLACE_TEXT, chapter->id, 0, NULL);
}

static const char *
get_stated (ZcReportPage *self, const ZcChapter *chapter)
{
  g_autofree char *place = place_of (chapter);

  return zc_session_get (session_of (self), place);
}

/* The draft in the form in which an edited text is kept, so that the two can be compared. */
static char *
get_draft (ZcReportPage *self, const ZcChapter *chapter)
{
  ZcRecord *record = zc_session_record (session_of (self));
  g_autofree char *draft = zc_draft_chapter (record, chapter);
  g_autoptr (GPtrArray) pieces = zc_template_expand (draft, record, NULL);

  return zc_template_from_pieces (pieces);
}

/* Chapters */

static const char *
find_fault (ZcReportPage *self, const ZcChapter *chapter)
{
  GPtrArray *results = zc_session_results (session_of (self));
  g_autofree char *place = place_of (chapter);

  for (guint i = 0; i < results->len; i++)
    {
      const ZcResult *result = results->pdata[i];

      if (result->level != ZC_LEVEL_NOTE && g_strcmp0 (result->place, place) == 0)
        return result->message;
    }
  return NULL;
}

static void
refresh_list (ZcReportPage *self)
{
  const ZcScheme *scheme = zc_session_scheme (session_of (self));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  const char *document = NULL;

  for (guint i = 0; i < scheme->chapters->len; i++)
    {
      const ZcChapter *chapter = scheme->chapters->pdata[i];
      const ZcDocumentSpec *spec = zc_scheme_find_document (scheme, chapter->document);
      gboolean own = *get_stated (self, chapter) != 0;
      gboolean bad = find_fault (self, chapter) != NULL;
      ZcLine *line;

      if (g_strcmp0 (document, chapter->document) != 0 && spec)
        {
          g_autofree char *key = g_strconcat ("document:", spec->id, NULL);

          g_ptr_array_add (lines, zc_line_new_heading (key, spec->title, ""));
        }
      document = chapter->document;
      line = zc_line_new (chapter->id, bad ? "zc-problem-symbolic" : own ? "zc-done-symbolic" : "zc-open-symbolic", chapter->heading,
                          own ? _("Own text") : _("Draft"));
      zc_line_set_style (line, bad ? "error" : own ? "success" : NULL);
      g_ptr_array_add (lines, line);
    }
  zc_line_list_set_lines (self->list, lines);
  if (self->chapter)
    zc_line_list_select (self->list, self->chapter->id);
}

static void
refresh_state (ZcReportPage *self)
{
  gboolean own = *get_stated (self, self->chapter) != 0;
  const char *fault = find_fault (self, self->chapter);
  guint characters = zc_chapter_view_count (self->view);
  g_autofree char *count = g_strdup_printf (ngettext ("%u character", "%u characters", characters), characters);

  gtk_label_set_label (self->count, count);
  gtk_label_set_label (self->state,
                       fault ? fault
                       : own ? _("Your own text. The coloured values still follow what is stated elsewhere.")
                             : _("A draft written from the answers. It follows them until you change it."));
  if (fault)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  gtk_widget_set_sensitive (self->regenerate, own && zc_session_can_edit (session_of (self)));
  gtk_widget_set_sensitive (self->insert, zc_session_can_edit (session_of (self)));
  zc_chapter_view_set_editable (self->view, zc_session_can_edit (session_of (self)));
}

/* Blanks and line ends at the ends of a text are not kept, but who goes on typing behind them needs them. */
static gboolean
is_kept_as (const char *shown, const char *kept)
{
  g_autofree char *text = zc_text_normalize (shown, TRUE, NULL);
  g_autofree char *bare = g_strstrip (g_strdup (kept));

  return text && strcmp (g_strstrip (text), bare) == 0;
}

static void
refresh_text (ZcReportPage *self)
{
  const char *stated = get_stated (self, self->chapter);
  g_autofree char *shown = zc_chapter_view_get_template (self->view);
  g_autofree char *draft = *stated ? NULL : get_draft (self, self->chapter);
  const char *kept = *stated ? stated : draft;

  /* Who clears the text to begin anew does not want the draft back at once. */
  if (*stated || !is_kept_as (shown, "") || gtk_widget_get_focus_child (GTK_WIDGET (self->view)) == NULL)
    zc_chapter_view_set_template (self->view, is_kept_as (shown, kept) ? shown : kept);
}

static void
show_chapter (ZcReportPage *self, const ZcChapter *chapter)
{
  g_autofree char *place = place_of (chapter);

  self->chapter = chapter;
  gtk_label_set_label (self->heading, chapter->heading);
  gtk_label_set_label (self->hint, chapter->hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *chapter->hint != 0);
  zc_chapter_view_set_session (self->view, session_of (self));
  zc_chapter_view_set_name (self->view, chapter->heading);
  zc_chapter_view_set_template (self->view, "");
  refresh_text (self);
  refresh_state (self);
  zc_line_list_select (self->list, chapter->id);
  zc_live_preview_show_chapter (self->preview, chapter);
  zc_session_set_here (session_of (self), place);
}

static void
on_chapter_activated (ZcReportPage *self, const char *key)
{
  const ZcChapter *chapter = zc_scheme_find_chapter (zc_session_scheme (session_of (self)), key);

  if (chapter)
    show_chapter (self, chapter);
  zc_fold_close (self->list_flap);
}

static void
on_edited (ZcReportPage *self)
{
  g_autofree char *text = zc_chapter_view_get_template (self->view);
  g_autofree char *place = place_of (self->chapter);
  g_autofree char *draft = *get_stated (self, self->chapter) ? NULL : get_draft (self, self->chapter);

  if (!draft || !is_kept_as (text, draft))
    zc_session_set (session_of (self), place, text);
  refresh_state (self);
}

static void
zc_report_page_refresh (ZcPage *page, const char *place)
{
  ZcReportPage *self = ZC_REPORT_PAGE (page);
  const ZcScheme *scheme = zc_session_scheme (session_of (self));
  const ZcChapter *chapter = self->chapter ? zc_scheme_find_chapter (scheme, zc_line_list_get_selected (self->list)) : NULL;

  gtk_stack_set_visible_child_name (self->stack, scheme->chapters->len > 0 ? "chapters" : "none");
  if (scheme->chapters->len == 0)
    return;
  zc_live_preview_set_session (self->preview, session_of (self));
  zc_live_preview_refresh (self->preview);
  refresh_list (self);
  if (!chapter || chapter != self->chapter)
    {
      show_chapter (self, chapter ? chapter : scheme->chapters->pdata[0]);
      return;
    }
  refresh_text (self);
  refresh_state (self);
}

static void
zc_report_page_reveal (ZcPage *page, const char *text)
{
  ZcReportPage *self = ZC_REPORT_PAGE (page);
  ZcPlace place;
  const ZcChapter *chapter;

  if (!zc_place_parse (text, &place) || place.kind != ZC_PLACE_TEXT)
    return;
  chapter = zc_scheme_find_chapter (zc_session_scheme (session_of (self)), place.id);
  if (!chapter)
    return;
  zc_live_preview_set_session (self->preview, session_of (self));
  refresh_list (self);
  show_chapter (self, chapter);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Values */

static gboolean
has_words (const char *text, const char *words)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, words) != NULL;
}

static void
refresh_values (ZcReportPage *self)
{
  GPtrArray *facts = zc_session_scheme (session_of (self))->facts;
  g_autofree char *words = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < facts->len; i++)
    {
      const ZcField *fact = facts->pdata[i];
      g_autofree char *place = zc_place_new (ZC_PLACE_FACT, fact->id, 0, NULL);
      g_autofree char *value = zc_record_display (zc_session_record (session_of (self)), place);

      if (has_words (fact->label, words) || has_words (value, words))
        g_ptr_array_add (lines, zc_line_new (place, NULL, fact->label, *value ? value : _("(not stated)")));
    }
  zc_line_list_set_lines (self->values, lines);
}

static void
on_values_shown (ZcReportPage *self)
{
  gtk_editable_set_text (self->search, "");
  refresh_values (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_value_activated (ZcReportPage *self, const char *place)
{
  gtk_popover_popdown (self->popover);
  zc_chapter_view_insert_value (self->view, place);
}

static void
on_search_activated (ZcReportPage *self)
{
  if (zc_line_list_get_length (self->values) > 0)
    zc_line_list_activate (self->values, 0);
}

/* Back to the draft */

static void
on_replace (ZcReportPage *self)
{
  g_autofree char *place = place_of (self->chapter);

  zc_session_set (session_of (self), place, "");
  gtk_window_close (self->dialog);
}

static void
on_regenerate (ZcReportPage *self)
{
  ZcRecord *record = zc_session_record (session_of (self));
  g_autofree char *draft = zc_draft_chapter (record, self->chapter);
  g_autofree char *after = zc_template_expand_string (draft, record, NULL);
  g_autofree char *before = zc_template_expand_string (get_stated (self, self->chapter), record, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *replace = gtk_button_new_with_mnemonic (_("_Replace My Text"));
  AdwHeaderBar *bar;

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), zc_text_diff_view_new (before, after, _("What would change")));
  self->dialog = zc_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("My Text (−) and the New Draft (+)"), 680, 520,
                                scroller, &bar);
  g_object_add_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
  gtk_widget_add_css_class (replace, "destructive-action");
  g_signal_connect_object (replace, "clicked", G_CALLBACK (on_replace), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (bar, replace);
  gtk_window_present (self->dialog);
}

/* A flap takes its natural width whatever is left for the rest, so it is told how much there is. */
static gboolean
on_resized (gpointer data)
{
  ZcReportPage *self = data;
  int text = (int) (TEXT_WIDTH * zc_text_scale (GTK_WIDGET (self)));
  int width = CLAMP (gtk_widget_get_width (GTK_WIDGET (self)) - text, PREVIEW_LEAST, PREVIEW_MOST);

  self->resize_idle = 0;
  gtk_widget_set_size_request (GTK_WIDGET (self->preview), width, -1);
  return G_SOURCE_REMOVE;
}

static void
zc_report_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (ZC_REPORT_PAGE (widget)->stack), orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
zc_report_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZcReportPage *self = ZC_REPORT_PAGE (widget);

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);
  if (self->resize_idle == 0)
    self->resize_idle = g_idle_add (on_resized, self);
}

static void
zc_report_page_dispose (GObject *object)
{
  ZcReportPage *self = ZC_REPORT_PAGE (object);

  g_clear_handle_id (&self->resize_idle, g_source_remove);
  if (self->dialog)
    {
      g_object_remove_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
      self->dialog = NULL;
    }
  G_OBJECT_CLASS (zc_report_page_parent_class)->dispose (object);
}

static void
zc_report_page_class_init (ZcReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ZC_TYPE_CHAPTER_VIEW);
  g_type_ensure (ZC_TYPE_COLUMN);
  g_type_ensure (ZC_TYPE_LIVE_PREVIEW);
  G_OBJECT_CLASS (klass)->dispose = zc_report_page_dispose;
  widget_class->measure = zc_report_page_measure;
  widget_class->size_allocate = zc_report_page_size_allocate;
  ZC_PAGE_CLASS (klass)->refresh = zc_report_page_refresh;
  ZC_PAGE_CLASS (klass)->reveal = zc_report_page_reveal;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, list_flap);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, list_button);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, heading);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, hint);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, insert);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, popover);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, search);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, values_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, regenerate);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, view);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, state);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, count);
  gtk_widget_class_bind_template_child (widget_class, ZcReportPage, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_values_shown);
  gtk_widget_class_bind_template_callback (widget_class, refresh_values);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_regenerate);
}

static void
zc_report_page_init (ZcReportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL); /* which would hide how wide the page is */
  self->list = ZC_LINE_LIST (zc_line_list_new (_("Chapters")));
  self->values = ZC_LINE_LIST (zc_line_list_new (_("Values")));
  zc_line_list_set_empty_text (self->values, _("Nothing has these words."));
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->list));
  zc_fold_watch (self->list_flap, self->list_button);
  adw_bin_set_child (self->values_bin, GTK_WIDGET (self->values));
  g_signal_connect_object (self->list, "activated", G_CALLBACK (on_chapter_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->values, "activated", G_CALLBACK (on_value_activated), self, G_CONNECT_SWAPPED);
}
