/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-new-guide.h"

#include "base/zc-clock.h"
#include "base/zc-text.h"
#include "zc-choose.h"
#include "zc-notice-view.h"
#include "zc-scheme-intake.h"
#include "zc-window.h"
#include "zc-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcNewGuide
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwPreferencesGroup *schemes_group;
  GPtrArray *scheme_rows; /* (element-type GtkWidget) borrowed: rows of the group */
  GtkLabel *schemes_error;
  AdwBin *notice_bin;
  AdwActionRow *last_row;
  GtkWidget *last_clear;

  GStrv ids;     /* of all schemes */
  guint read;    /* how many of them stand in the list */
  guint reading; /* the rest follows, one in a turn of the main loop: until the question is answered there is time */

  ZcScheme *scheme;      /* the chosen one */
  char *last;            /* nullable: path of last year's file */
  struct _Look *look;    /* nullable: at that file, on its way */
  ZcScheme *last_scheme; /* nullable: what it was made for */
  GError *last_error;    /* nullable: why it can't be read */
};

/* A look into last year's file, on a thread: it may be large, and on a slow stick. */
typedef struct _Look
{
  ZcNewGuide *guide; /* NULL when it is gone */
  char *path;
  ZcScheme *scheme; /* nullable */
} Look;

G_DEFINE_FINAL_TYPE (ZcNewGuide, zc_new_guide, ADW_TYPE_BIN)

static void
show_error (GtkLabel *label, const char *sentence)
{
  gtk_label_set_label (label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL);
}

static void
refresh_last (ZcNewGuide *self)
{
  g_autofree char *shown = self->last ? g_filename_display_name (self->last) : NULL;

  adw_action_row_set_subtitle (self->last_row, shown ? shown : _("Its answers are offered one by one, to be confirmed. Not chosen yet."));
  gtk_widget_set_visible (self->last_clear, shown != NULL);
}

static void
choose_scheme (ZcNewGuide *self, ZcScheme *scheme)
{
  g_clear_pointer (&self->scheme, zc_scheme_unref);
  self->scheme = zc_scheme_ref (scheme);
  adw_bin_set_child (self->notice_bin, zc_notice_view_new (scheme, NULL, NULL));
  refresh_last (self);
  gtk_stack_set_visible_child_name (self->stack, "notice");
}

static void
on_scheme_activated (AdwActionRow *row, ZcNewGuide *self)
{
  choose_scheme (self, g_object_get_data (G_OBJECT (row), "scheme"));
}

static GtkWidget *
scheme_row_new (ZcNewGuide *self, ZcScheme *scheme)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *today = zc_clock_today ();
  g_autofree char *from = NULL, *to = NULL, *day = NULL, *due = NULL, *subtitle = NULL;
  zc_scheme_period (scheme, today, &from, &to);
  day = zc_scheme_due (scheme, from, to);
  due = zc_words_due (day);
  subtitle = g_strjoin (*due ? " · " : "", scheme->issuer, due, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), scheme->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (scheme->status == ZC_STATUS_EXPIRED)
    {
      GtkWidget *tag = gtk_label_new (_("Expired, an example"));

      gtk_widget_add_css_class (tag, "zc-tag");
      gtk_widget_add_css_class (tag, "warning");
      gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), tag);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_object_set_data_full (G_OBJECT (row), "scheme", zc_scheme_ref (scheme), (GDestroyNotify) zc_scheme_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_scheme_activated), self, 0);
  return row;
}

/* A scheme that can't be read is told, and does not hide the others. */
static void
tell_fault (ZcNewGuide *self, const char *sentence)
{
  const char *before = gtk_label_get_label (self->schemes_error);
  g_autofree char *both = *before ? g_strdup_printf ("%s\n%s", before, sentence) : g_strdup (sentence);

  show_error (self->schemes_error, both);
}

static void
read_scheme (ZcNewGuide *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load (id, &error);
  GtkWidget *row;

  if (!scheme)
    {
      tell_fault (self, error->message);
      return;
    }
  row = scheme_row_new (self, scheme);
  g_ptr_array_add (self->scheme_rows, row);
  adw_preferences_group_add (self->schemes_group, row);
}

static gboolean
read_next (gpointer data)
{
  ZcNewGuide *self = data;

  if (self->ids[self->read])
    {
      read_scheme (self, self->ids[self->read++]);
      return G_SOURCE_CONTINUE;
    }
  self->reading = 0;
  return G_SOURCE_REMOVE;
}

static void
read_rest (ZcNewGuide *self)
{
  g_clear_handle_id (&self->reading, g_source_remove);
  while (read_next (self))
    ;
}

static void
fill_schemes (ZcNewGuide *self)
{
  for (guint i = 0; i < self->scheme_rows->len; i++)
    adw_preferences_group_remove (self->schemes_group, self->scheme_rows->pdata[i]);
  g_ptr_array_set_size (self->scheme_rows, 0);
  show_error (self->schemes_error, NULL);
  g_strfreev (self->ids);
  self->ids = zc_scheme_list ();
  self->read = 0;
  if (!self->ids[0])
    tell_fault (self, _("No notice came with the program. Choose the file of one."));
  if (self->reading == 0)
    self->reading = g_idle_add (read_next, self);
}

static void
on_scheme_file (gpointer target, GPtrArray *files)
{
  ZcNewGuide *self = target;
  g_autofree char *path = zc_choose_path (files);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = path ? zc_scheme_intake (GTK_WIDGET (self), path, &error) : NULL;

  if (scheme)
    {
      fill_schemes (self);
      choose_scheme (self, scheme);
    }
  else if (error || !path)
    show_error (self->schemes_error, error ? error->message : _("Only files on this computer can be opened. Copy the file to it first."));
}

static void
look_free (gpointer data)
{
  Look *look = data;

  zc_scheme_unref (look->scheme);
  g_free (look->path);
  g_free (look);
}

/* The notice that last year's self-check was made for, as it is now if it is still here. */
static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;
  g_autoptr (ZcInspection) last = zc_inspection_open (look->path, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, &error);

  look->scheme = last ? zc_scheme_load (zc_inspection_get_scheme (last)->id, NULL) : NULL;
  if (last && !look->scheme)
    look->scheme = zc_scheme_ref (zc_inspection_get_scheme (last));
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* When both are known, the file and that nothing classified is in question. */
static void
go_on_from_last (ZcNewGuide *self)
{
  if (self->look || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "schemes") != 0)
    return;
  if (self->last_scheme)
    choose_scheme (self, self->last_scheme);
  if (self->last_error)
    {
      g_clear_pointer (&self->last, g_free);
      refresh_last (self);
      tell_fault (self, self->last_error->message);
    }
  g_clear_pointer (&self->last_scheme, zc_scheme_unref);
  g_clear_error (&self->last_error);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *look = g_task_get_task_data (G_TASK (result));
  ZcNewGuide *self = look->guide;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (!self)
    return;
  self->look = NULL;
  self->last_scheme = g_steal_pointer (&look->scheme);
  self->last_error = g_steal_pointer (&error);
  go_on_from_last (self);
}

static void
look_into_last (ZcNewGuide *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_looked, NULL);

  self->look = g_new0 (Look, 1);
  self->look->guide = self;
  self->look->path = g_strdup (self->last);
  g_task_set_source_tag (task, look_into_last);
  g_task_set_task_data (task, self->look, look_free);
  g_task_run_in_thread (task, look_in_thread);
}

static void
on_last_file (gpointer target, GPtrArray *files)
{
  ZcNewGuide *self = target;

  g_free (self->last);
  self->last = zc_choose_path (files);
  refresh_last (self);
}

/* Template callbacks */

static void
on_classified (ZcNewGuide *self)
{
  gtk_stack_set_visible_child_name (self->stack, "stop");
}

static void
on_not_classified (ZcNewGuide *self)
{
  read_rest (self);
  gtk_stack_set_visible_child_name (self->stack, "schemes");
  go_on_from_last (self);
}

static void
on_back (ZcNewGuide *self)
{
  gtk_stack_set_visible_child_name (self->stack, "schemes");
}

static void
on_choose_file (ZcNewGuide *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Choose a Notice or a Layout"), NULL, _("Notices and layouts (*.xml)"), "*.xml" };

  zc_choose (GTK_WIDGET (self), &choice, on_scheme_file, self);
}

static void
on_choose_last (ZcNewGuide *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Choose Last Year’s Self-Check"), NULL, _("Self-checks (*.zicha)"), "*.zicha" };

  zc_choose (GTK_WIDGET (self), &choice, on_last_file, self);
}

static void
on_clear_last (ZcNewGuide *self)
{
  g_clear_pointer (&self->last, g_free);
  refresh_last (self);
}

static void
on_save_file (gpointer target, GPtrArray *files)
{
  ZcNewGuide *self = target;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *path = zc_choose_path (files);

  if (root && !path)
    zc_window_show_error (ZC_WINDOW (root), _("A self-check must be kept on this computer or a stick. Choose a folder here."));
  else if (root)
    zc_window_create (ZC_WINDOW (root), path, self->scheme, self->last);
}

/* By the subject and the year that is reported on. Last year's file is not offered to be written over. */
static char *
file_name (ZcNewGuide *self)
{
  g_autofree char *today = zc_clock_today ();
  g_autofree char *from = NULL, *to = NULL, *base = NULL, *name = NULL;

  zc_scheme_period (self->scheme, today, &from, &to);
  name = g_strdup_printf ("%s-%.4s.zicha", self->scheme->subject, from ? from : today);
  base = self->last ? g_path_get_basename (self->last) : NULL;
  if (g_strcmp0 (base, name) != 0)
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s-%s.zicha", self->scheme->subject, today);
}

static void
on_create (ZcNewGuide *self)
{
  g_autofree char *name = file_name (self);
  const ZcChoice choice = { ZC_CHOOSE_SAVE, _("Where to Keep the Self-Check"), g_strdelimit (name, "/\\", '-'), _("Self-checks (*.zicha)"), "*.zicha" };

  zc_choose (GTK_WIDGET (self), &choice, on_save_file, self);
}

static void
zc_new_guide_dispose (GObject *object)
{
  ZcNewGuide *self = ZC_NEW_GUIDE (object);

  if (self->look)
    self->look->guide = NULL;
  self->look = NULL;
  g_clear_handle_id (&self->reading, g_source_remove);
  g_clear_pointer (&self->ids, g_strfreev);
  g_clear_pointer (&self->scheme, zc_scheme_unref);
  g_clear_pointer (&self->last_scheme, zc_scheme_unref);
  g_clear_error (&self->last_error);
  g_clear_pointer (&self->last, g_free);
  g_clear_pointer (&self->scheme_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (zc_new_guide_parent_class)->dispose (object);
}

static void
zc_new_guide_class_init (ZcNewGuideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_new_guide_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-new-guide.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcNewGuide, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcNewGuide, schemes_group);
  gtk_widget_class_bind_template_child (widget_class, ZcNewGuide, schemes_error);
  gtk_widget_class_bind_template_child (widget_class, ZcNewGuide, notice_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcNewGuide, last_row);
  gtk_widget_class_bind_template_child (widget_class, ZcNewGuide, last_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_classified);
  gtk_widget_class_bind_template_callback (widget_class, on_not_classified);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_file);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_last);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_last);
  gtk_widget_class_bind_template_callback (widget_class, on_create);
}

static void
zc_new_guide_init (ZcNewGuide *self)
{
  self->scheme_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_schemes (self);
}

GtkWidget *
zc_new_guide_new (const char *last)
{
  ZcNewGuide *self = g_object_new (ZC_TYPE_NEW_GUIDE, NULL);

  self->last = g_strdup (last);
  if (last)
    look_into_last (self);
  return GTK_WIDGET (self);
}
