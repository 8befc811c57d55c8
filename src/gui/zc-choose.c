/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-choose.h"

#include "zc-settings.h"

#include <glib/gi18n.h>

static ZcChooser answer;

void
zc_choose_set_chooser (ZcChooser chooser)
{
  answer = chooser;
}

char *
zc_choose_path (GPtrArray *files)
{
  return files->len > 0 ? g_file_get_path (files->pdata[0]) : NULL;
}

typedef struct
{
  ZcChosen chosen;
  GObject *target;
  GtkNativeDialog *dialog;
} Question;

static void
on_response (GtkNativeDialog *dialog, int response, Question *question)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) list = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      list = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      for (guint i = 0; i < g_list_model_get_n_items (list); i++)
        g_ptr_array_add (files, g_list_model_get_item (list, i));
    }
  if (files->len > 0)
    zc_settings_set_folder (files->pdata[0]);
  if (files->len > 0)
    question->chosen (question->target, files);
  g_object_unref (question->target);
  g_object_unref (question->dialog);
  g_free (question);
}

static void
add_filters (GtkFileChooser *chooser, const ZcChoice *choice)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_auto (GStrv) patterns = g_strsplit (choice->patterns, ";", -1);

  gtk_file_filter_set_name (filter, choice->filter);
  for (char **pattern = patterns; *pattern; pattern++)
    gtk_file_filter_add_pattern (filter, *pattern);
  gtk_file_chooser_add_filter (chooser, filter);
  if (choice->kind == ZC_CHOOSE_SAVE)
    return;
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

static void
ask (GtkWidget *widget, const ZcChoice *choice, ZcChosen chosen, gpointer target)
{
  static const GtkFileChooserAction actions[] = {
    [ZC_CHOOSE_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [ZC_CHOOSE_OPEN_MANY] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [ZC_CHOOSE_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
    [ZC_CHOOSE_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };
  Question *question = g_new0 (Question, 1);
  g_autoptr (GFile) folder = zc_settings_get_folder ();
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (choice->title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                              actions[choice->kind], NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (folder)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), choice->kind == ZC_CHOOSE_OPEN_MANY);
  if (choice->filter && choice->patterns)
    add_filters (GTK_FILE_CHOOSER (dialog), choice);
  if (choice->kind == ZC_CHOOSE_SAVE && choice->name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), choice->name);
  question->chosen = chosen;
  question->target = g_object_ref (target);
  question->dialog = GTK_NATIVE_DIALOG (dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), question);
  gtk_native_dialog_show (question->dialog);
}

void
zc_choose (GtkWidget *widget, const ZcChoice *choice, ZcChosen chosen, gpointer target)
{
  g_autoptr (GPtrArray) files = NULL;

  if (!answer)
    {
      ask (widget, choice, chosen, target);
      return;
    }
  files = answer (choice);
  if (files && files->len > 0)
    chosen (target, files);
}
