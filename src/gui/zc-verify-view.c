/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-verify-view.h"

#include "handin/zc-office.h"
#include "package/zc-passphrase.h"
#include "seal/zc-seal-code.h"
#include "zc-choose.h"
#include "zc-dialog.h"
#include "zc-relay.h"
#include "zc-window.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcVerifyView
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwActionRow *files_row;
  AdwActionRow *key_row;
  AdwPasswordEntryRow *passphrase_row;
  AdwEntryRow *code_row;
  GtkLabel *code_hint;
  GtkLabel *form_error;
  GtkWidget *verify;
  GtkLabel *work_label;
  GtkProgressBar *work_bar;
  AdwStatusPage *result;
  AdwPreferencesGroup *result_group;
  GtkWidget *unpack;
  GtkLabel *unpack_answer;

  GPtrArray *paths; /* (element-type char*) */
  char *key;        /* nullable */
  GPtrArray *result_rows; /* (element-type GtkWidget) borrowed */
  ZcIncoming *incoming;   /* nullable: what was verified */
  ZcJob *work;            /* nullable: while a worker runs */
  ZcWindow *window;       /* nullable: weak: where it began */
};

G_DEFINE_FINAL_TYPE (ZcVerifyView, zc_verify_view, ADW_TYPE_BIN)

GtkWidget *
zc_verify_view_new (void)
{
  return g_object_new (ZC_TYPE_VERIFY_VIEW, NULL);
}

/* The form */

static void
show_sentence (GtkLabel *label, const char *sentence)
{
  gtk_label_set_label (label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence && *sentence);
}

static char *
names_of (GPtrArray *paths)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *name = g_filename_display_basename (paths->pdata[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "", name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
refresh_form (ZcVerifyView *self)
{
  g_autofree char *files = names_of (self->paths);
  g_autofree char *key = self->key ? g_filename_display_basename (self->key) : NULL;
  gboolean typed = *gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row)) != '\0';

  adw_action_row_set_subtitle (self->files_row, *files ? files : _("The package (*.zcp) on the disc, or an image of the disc; of several discs all"));
  adw_action_row_set_subtitle (self->key_row, key ? key : _("The office’s private key; not needed with a passphrase alone"));
  gtk_widget_set_sensitive (self->verify, self->paths->len > 0 && (self->key || typed));
}

static void
refresh_code_hint (ZcVerifyView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->code_row));
  g_autofree char *hint = NULL;
  guint group = 0;

  if (*text == '\0' || g_str_has_prefix (text, "ZC1:"))
    hint = g_strdup ("");
  else
    switch (zc_seal_code_check_typing (text, &group))
      {
      case ZC_SEAL_TYPING_INCOMPLETE:
        hint = g_strdup_printf (_("Group %u of %u."), group, ZC_SEAL_GROUPS);
        break;
      case ZC_SEAL_TYPING_COMPLETE:
        hint = g_strdup (_("All groups are typed."));
        break;
      case ZC_SEAL_TYPING_SLIP:
        hint = g_strdup_printf (_("There is a slip in group %u. Look at it again."), group);
        break;
      case ZC_SEAL_TYPING_FOREIGN:
        hint = g_strdup (_("A seal code has digits only."));
        break;
      case ZC_SEAL_TYPING_TOO_LONG:
        hint = g_strdup_printf (_("That is more than %u groups."), ZC_SEAL_GROUPS);
        break;
      }
  show_sentence (self->code_hint, hint);
}

static void
on_typed (ZcVerifyView *self)
{
  refresh_form (self);
  refresh_code_hint (self);
}

void
zc_verify_view_set_files (ZcVerifyView *self, GPtrArray *files)
{
  g_ptr_array_set_size (self->paths, 0);
  for (guint i = 0; i < files->len; i++)
    {
      char *path = g_file_get_path (files->pdata[i]);

      if (path)
        g_ptr_array_add (self->paths, path);
    }
  refresh_form (self);
}

static void
on_files (gpointer target, GPtrArray *files)
{
  zc_verify_view_set_files (target, files);
}

static void
on_key (gpointer target, GPtrArray *files)
{
  ZcVerifyView *self = target;

  g_free (self->key);
  self->key = zc_choose_path (files);
  refresh_form (self);
}

static void
on_choose_files (ZcVerifyView *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN_MANY, _("Choose What Was Handed In"), NULL, _("Packages and disc images"), "*.zcp;*.ZCP;*.iso;*.ISO" };

  zc_choose (GTK_WIDGET (self), &choice, on_files, self);
}

static void
on_choose_key (ZcVerifyView *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Choose the Private Key"), NULL, _("Private keys"), "*.key;*.pem;*.der;*.p8" };

  zc_choose (GTK_WIDGET (self), &choice, on_key, self);
}

/* The work */

typedef struct
{
  char **paths;
  char *key;
  ZcSecret *typed; /* nullable */
  char *code;      /* nullable */
  ZcIncoming *incoming; /* when unpacking */
  char *folder;         /* when unpacking */
  ZcRelay *relay;
} Work;

static void
work_free (Work *work)
{
  g_strfreev (work->paths);
  g_free (work->key);
  g_clear_pointer (&work->typed, zc_secret_free);
  g_free (work->code);
  g_free (work->folder);
  zc_relay_unref (work->relay);
  g_free (work);
}

static void
on_progress (const char *phase, guint64 done, guint64 total, gpointer target)
{
  ZcVerifyView *self = target;

  gtk_label_set_label (self->work_label, phase);
  zc_set_progress (self->work_bar, phase, done, total);
}

/* With a key, the passphrase is the key's if the key has one, else the package's. */
static ZcIncoming *
receive (const Work *work, GError **error)
{
  gboolean locked = work->key && zc_office_key_needs_passphrase (work->key);
  g_autoptr (ZcOfficeKey) key = NULL;
  g_autoptr (ZcSecret) canonical = work->typed && !locked ? zc_passphrase_canonical (work->typed) : NULL;
  const ZcSecret *passphrase = locked ? NULL : canonical ? canonical : work->typed;

  if (work->key && !(key = zc_office_key_load (work->key, locked ? work->typed : NULL, error)))
    return NULL;
  return zc_office_receive ((const char *const *) work->paths, g_strv_length (work->paths), key, passphrase, work->code,
                            NULL, zc_relay_progress (work->relay), error);
}

static void
receive_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  ZcIncoming *incoming = receive (data, &error);

  if (incoming)
    g_task_return_pointer (task, incoming, (GDestroyNotify) zc_incoming_free);
  else
    g_task_return_error (task, error);
}

static void
start (ZcVerifyView *self, const char *title, Work *work, GTaskThreadFunc func, GAsyncReadyCallback done)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GTask) task = NULL;

  g_clear_object (&self->work);
  self->work = zc_job_new (title, ZC_JOB_SHOWN_ELSEWHERE | ZC_JOB_TOLD_ELSEWHERE);
  zc_announce (GTK_WIDGET (self), title);
  if (ZC_IS_WINDOW (root))
    {
      g_set_weak_pointer (&self->window, ZC_WINDOW (root));
      zc_window_add_job (self->window, self->work);
    }
  work->relay = zc_relay_new (G_CANCELLABLE (self->work), on_progress, self);
  task = g_task_new (self, G_CANCELLABLE (self->work), done, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  gtk_label_set_label (self->work_label, _("Reading…"));
  gtk_progress_bar_set_fraction (self->work_bar, 0);
  gtk_stack_set_visible_child_name (self->stack, "work");
  g_task_run_in_thread (task, func);
}

static void
finish_work (ZcVerifyView *self, GAsyncResult *result)
{
  zc_relay_stop (((Work *) g_task_get_task_data (G_TASK (result)))->relay);
  if (self->window)
    zc_window_remove_job (self->window, self->work);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->work);
}

/* The answer, big and plain */

static void
add_result (ZcVerifyView *self, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (self->result_group, row);
  g_ptr_array_add (self->result_rows, row);
}

static void
clear_result (ZcVerifyView *self)
{
  for (guint i = 0; i < self->result_rows->len; i++)
    adw_preferences_group_remove (self->result_group, self->result_rows->pdata[i]);
  g_ptr_array_set_size (self->result_rows, 0);
  g_clear_pointer (&self->incoming, zc_incoming_free);
  show_sentence (self->unpack_answer, NULL);
}

static void
set_verdict (ZcVerifyView *self, gboolean good, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);
  g_autofree char *said = NULL;

  adw_status_page_set_icon_name (self->result, good ? "zc-done-symbolic" : "zc-problem-symbolic");
  adw_status_page_set_title (self->result, title);
  adw_status_page_set_description (self->result, escaped);
  said = g_strdup_printf (_("%s: %s"), title, description);
  zc_announce (GTK_WIDGET (self), said);
}

static void
show_verdict (ZcVerifyView *self)
{
  const ZcIncoming *incoming = self->incoming;
  g_autofree char *text = NULL;

  switch (incoming->paper)
    {
    case ZC_PAPER_NOT_COMPARED:
      set_verdict (self, TRUE, _("The disc is whole"), _("Every byte is as it was sealed. It was not compared with the paper: compare the seal code below with the printed one."));
      break;
    case ZC_PAPER_MATCHES:
      set_verdict (self, TRUE, _("Whole, and the paper belongs to it"), _("Every byte is as it was sealed, and the stamped paper vouches for exactly this content."));
      break;
    case ZC_PAPER_OLDER:
      text = g_strdup_printf (_("The disc is whole. But the paper is of revision %u, which was unsealed since; the disc holds revision %u. Ask for the paper of revision %u."),
                              incoming->paper_revision, incoming->revision, incoming->revision);
      set_verdict (self, FALSE, _("The paper is an older one"), text);
      break;
    case ZC_PAPER_DIFFERS:
      set_verdict (self, FALSE, _("The paper does not belong to this disc"), _("The disc is whole, but the paper was printed from another record. Ask the unit for paper and disc of the same seal."));
      break;
    }
}

static void
show_incoming (ZcVerifyView *self, ZcIncoming *incoming)
{
  g_autofree char *revision = g_strdup_printf ("%u", incoming->revision);
  g_autofree char *evidence = g_strdup_printf (ngettext ("%u file", "%u files", incoming->evidence), incoming->evidence);

  self->incoming = incoming;
  show_verdict (self);
  add_result (self, _("Unit"), incoming->unit);
  add_result (self, _("Notice"), incoming->scheme->title);
  add_result (self, _("Revision"), revision);
  add_result (self, _("Seal code"), incoming->code);
  add_result (self, _("Evidence"), evidence);
  if (incoming->difference)
    add_result (self, _("The records differ first in"), incoming->difference);
  gtk_widget_set_visible (self->unpack, TRUE);
}

/* What is wrong with it the core says; here, of which file, and what the office does now. */
static void
show_failure (ZcVerifyView *self, const GError *error)
{
  gboolean damaged = g_error_matches (error, ZC_ERROR, ZC_ERROR_DAMAGED);
  g_autofree char *base = self->paths->len > 0 ? g_path_get_basename (self->paths->pdata[0]) : g_strdup ("");
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text =
      g_strdup_printf (damaged ? _("%s\nThis is about “%s”. Copy it from the disc once more; if it stays so, ask the unit for another disc.")
                               : _("%s\nThis is about “%s”. Choose what the unit handed in: a package (.zcp) or a disc’s image (.iso)."),
                       error->message, name);

  set_verdict (self, FALSE, damaged ? _("The disc is damaged or was changed") : _("It can’t be verified"), text);
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer data)
{
  ZcVerifyView *self = ZC_VERIFY_VIEW (source);
  g_autoptr (GError) error = NULL;
  ZcIncoming *incoming = g_task_propagate_pointer (G_TASK (result), &error);

  finish_work (self, result);
  clear_result (self);
  if (g_error_matches (error, ZC_ERROR, ZC_ERROR_CANCELLED))
    {
      gtk_stack_set_visible_child_name (self->stack, "form");
      return;
    }
  if (g_error_matches (error, ZC_ERROR, ZC_ERROR_KEY) || g_error_matches (error, ZC_ERROR, ZC_ERROR_MISTYPED))
    {
      /* Nothing was said about the disc yet: type again. */
      show_sentence (self->form_error, error->message);
      gtk_stack_set_visible_child_name (self->stack, "form");
      /* Last: the row that gets the focus back says so, too. */
      zc_announce (GTK_WIDGET (self), error->message);
      return;
    }
  gtk_widget_set_visible (self->unpack, FALSE);
  if (incoming)
    show_incoming (self, incoming);
  else
    show_failure (self, error);
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
on_verify (ZcVerifyView *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));
  const char *code = gtk_editable_get_text (GTK_EDITABLE (self->code_row));
  Work *work = g_new0 (Work, 1);

  show_sentence (self->form_error, NULL);
  work->paths = g_new0 (char *, self->paths->len + 1);
  for (guint i = 0; i < self->paths->len; i++)
    work->paths[i] = g_strdup (self->paths->pdata[i]);
  work->key = g_strdup (self->key);
  work->typed = *typed ? zc_secret_new_copy (typed, strlen (typed)) : NULL;
  work->code = *code ? g_strdup (code) : NULL;
  start (self, _("Verifying a package or disc"), work, receive_in_thread, on_received);
}

/* Unpacking */

static void
unpack_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;

  if (zc_package_extract_to_dir (work->incoming->package, work->folder, zc_relay_progress (work->relay), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_unpacked (GObject *source, GAsyncResult *result, gpointer data)
{
  ZcVerifyView *self = ZC_VERIFY_VIEW (source);
  const Work *work = g_task_get_task_data (G_TASK (result));
  g_autofree char *shown = g_filename_display_name (work->folder);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    answer = g_strdup_printf (_("Everything was unpacked into “%s”."), shown);
  finish_work (self, result);
  show_sentence (self->unpack_answer, answer ? answer : error->message);
  zc_announce (GTK_WIDGET (self), answer ? answer : error->message);
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
on_folder (gpointer target, GPtrArray *files)
{
  ZcVerifyView *self = target;
  g_autofree char *path = zc_choose_path (files);
  Work *work;

  if (!path || !self->incoming || self->work)
    return;
  work = g_new0 (Work, 1);
  work->incoming = self->incoming;
  work->folder = g_build_filename (path, self->incoming->scheme->id, NULL);
  start (self, _("Unpacking"), work, unpack_in_thread, on_unpacked);
}

static void
on_unpack (ZcVerifyView *self)
{
  const ZcChoice choice = { ZC_CHOOSE_FOLDER, _("Unpack Into"), NULL, NULL, NULL };

  zc_choose (GTK_WIDGET (self), &choice, on_folder, self);
}

static void
on_again (ZcVerifyView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "form");
}

static void
on_cancel (ZcVerifyView *self)
{
  if (self->work)
    g_cancellable_cancel (G_CANCELLABLE (self->work));
}

/* A running worker holds a reference, so that finalize comes after it. */
static void
zc_verify_view_unroot (GtkWidget *widget)
{
  on_cancel (ZC_VERIFY_VIEW (widget));
  GTK_WIDGET_CLASS (zc_verify_view_parent_class)->unroot (widget);
}

static void
zc_verify_view_finalize (GObject *object)
{
  ZcVerifyView *self = ZC_VERIFY_VIEW (object);

  g_clear_pointer (&self->incoming, zc_incoming_free);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->work);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->result_rows);
  g_free (self->key);
  G_OBJECT_CLASS (zc_verify_view_parent_class)->finalize (object);
}

static void
zc_verify_view_class_init (ZcVerifyViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = zc_verify_view_finalize;
  widget_class->unroot = zc_verify_view_unroot;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-verify-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, files_row);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, key_row);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, code_row);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, code_hint);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, form_error);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, verify);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, work_label);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, work_bar);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, result);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, result_group);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, unpack);
  gtk_widget_class_bind_template_child (widget_class, ZcVerifyView, unpack_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_files);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_key);
  gtk_widget_class_bind_template_callback (widget_class, on_verify);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_unpack);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
zc_verify_view_init (ZcVerifyView *self)
{
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->result_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_tell_focus (ADW_ENTRY_ROW (self->passphrase_row));
  zc_tell_focus (self->code_row);
  refresh_form (self);
}
