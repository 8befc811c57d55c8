/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-evidence-preview.h"

#include "base/zc-output.h"
#include "base/zc-text.h"
#include "widgets/zc-evidence-look.h"
#include "widgets/zc-pdf-view.h"
#include "zc-dialog.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Pixels of a picture in the preview; more would only be scaled down again. */
#define PREVIEW_SIZE 2400

/* Looking, in a thread */

typedef struct
{
  ZcInspection *inspection; /* the source reads from it */
  ZcSource *source;
  int fit;
  gboolean pictures_only;
} Looking;

static void
looking_free (gpointer data)
{
  Looking *looking = data;

  zc_source_unref (looking->source);
  g_object_unref (looking->inspection);
  g_free (looking);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Looking *looking = data;
  GError *error = NULL;
  ZcLook *look = zc_look_new (looking->source, looking->fit, looking->pictures_only, &error);

  if (look)
    g_task_return_pointer (task, look, (GDestroyNotify) zc_look_free);
  else
    g_task_return_error (task, error);
}

static gboolean
look (GtkWidget *widget, ZcSession *session, guint64 id, int fit, gboolean pictures_only, GAsyncReadyCallback done, GError **error)
{
  g_autoptr (ZcSource) source = zc_inspection_open_evidence (zc_session_inspection (session), id, error);
  g_autoptr (GTask) task = NULL;
  Looking *looking;

  if (!source)
    return FALSE;
  looking = g_new0 (Looking, 1);
  looking->inspection = g_object_ref (zc_session_inspection (session));
  looking->source = g_steal_pointer (&source);
  looking->fit = fit;
  looking->pictures_only = pictures_only;
  task = g_task_new (widget, NULL, done, NULL);
  g_task_set_task_data (task, looking, looking_free);
  g_task_run_in_thread (task, look_in_thread);
  return TRUE;
}

static void
on_thumbnail (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcLook) seen = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GdkTexture) texture = seen && seen->picture ? gdk_texture_new_for_pixbuf (seen->picture) : NULL;

  if (!texture)
    return;
  gtk_image_set_from_paintable (GTK_IMAGE (object), GDK_PAINTABLE (texture));
  gtk_image_set_pixel_size (GTK_IMAGE (object), GPOINTER_TO_INT (g_object_get_data (object, "size")));
}

void
zc_evidence_thumbnail_load (GtkImage *image, ZcSession *session, guint64 id, int size)
{
  g_object_set_data (G_OBJECT (image), "size", GINT_TO_POINTER (size));
  look (GTK_WIDGET (image), session, id, size * 2, TRUE, on_thumbnail, NULL);
}

/* The window */

static GtkWidget *
message_new (const char *title, const char *description)
{
  GtkWidget *page = adw_status_page_new ();
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "zc-empty-pages-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), escaped);
  return page;
}

static GtkWidget *
picture_new (GdkPixbuf *pixbuf)
{
  g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (pixbuf);
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));

  gtk_picture_set_alternative_text (GTK_PICTURE (picture), _("The picture"));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  return picture;
}

static GtkWidget *
text_new (const ZcLook *seen)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  g_autofree char *text = seen->cut ? g_strdup_printf ("%s\n\n%s", seen->text, _("(The file goes on. Open it outside to see all of it.)")) : g_strdup (seen->text);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  zc_set_name (view, _("Text of the file"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  return scrolled;
}

static GtkWidget *
look_widget (const ZcLook *seen, const GError *error)
{
  GError *fault = NULL;

  if (!seen)
    return message_new (_("It can’t be shown"), error->message);
  if (seen->picture)
    return picture_new (seen->picture);
  if (seen->text)
    return text_new (seen);
  if (seen->pdf)
    {
      GtkWidget *view = g_object_new (ZC_TYPE_PDF_VIEW, NULL);
      g_autofree char *why = NULL;

      if (zc_pdf_view_show (ZC_PDF_VIEW (view), seen->pdf, &fault))
        return view;
      g_object_unref (g_object_ref_sink (view));
      why = g_strdup (fault->message);
      g_error_free (fault);
      return message_new (_("It can’t be shown"), why);
    }
  return message_new (_("No preview for this kind of file"), _("It is kept as it is. Open it in another program to look at it."));
}

static void
on_looked (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcLook) seen = g_task_propagate_pointer (G_TASK (result), &error);

  adw_bin_set_child (ADW_BIN (object), look_widget (seen, error));
}

static void
on_open_clicked (GtkButton *button, ZcSession *session)
{
  zc_evidence_open_outside (GTK_WIDGET (button), session, *(guint64 *) g_object_get_data (G_OBJECT (button), "id"));
}

void
zc_evidence_preview_present (GtkWindow *parent, ZcSession *session, guint64 id)
{
  g_autoptr (ZcEvidence) evidence = zc_inspection_find_evidence (zc_session_inspection (session), id);
  GtkWidget *bin = adw_bin_new ();
  GtkWidget *open = zc_icon_button_new ("document-open-symbolic", _("Open in another program"));
  g_autoptr (GError) error = NULL;
  AdwHeaderBar *bar;
  GtkWindow *window;

  window = zc_dialog_new (parent, evidence ? evidence->name : _("Evidence"), 820, 640, bin, &bar);
  g_object_set_data_full (G_OBJECT (open), "id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (open, "clicked", G_CALLBACK (on_open_clicked), session, 0);
  adw_header_bar_pack_start (bar, open);
  if (!look (bin, session, id, PREVIEW_SIZE, FALSE, on_looked, &error))
    adw_bin_set_child (ADW_BIN (bin), look_widget (NULL, error));
  gtk_window_present (window);
}

/* Outside */

typedef struct
{
  guint64 id;
  GtkWidget *widget;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->widget);
  g_free (opening);
}

static gboolean
copy (ZcSource *source, ZcOutput *output, const ZcProgress *progress, GError **error)
{
  const gsize chunk = 1024 * 1024;
  g_autofree guint8 *buffer = g_malloc (chunk);
  guint64 size = zc_source_size (source);

  for (guint64 at = 0; at < size; at += chunk)
    {
      gsize part = (gsize) MIN (chunk, size - at);

      if (zc_fail_if_cancelled (zc_progress_cancellable (progress), error) ||
          !zc_source_read (source, at, buffer, part, error) || !zc_output_write (output, buffer, part, error))
        return FALSE;
      zc_progress_report (progress, _("Copying"), at + part, size);
    }
  return zc_output_commit (output, error);
}

/* A private folder for each, so that names never meet. */
static char *
copy_path (const ZcEvidence *evidence, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "zicha-XXXXXX", NULL);
  g_autofree char *name = g_strdup (evidence->name);

  if (!g_mkdtemp (folder))
    {
      zc_fail_errno (error, errno, _("Cannot make a temporary folder."));
      return NULL;
    }
  g_strdelimit (name, "/", '_');
  return g_build_filename (folder, g_str_has_prefix (name, ".") ? name + 1 : name, NULL);
}

static gpointer
copy_out (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  guint64 id = ((Opening *) data)->id;
  g_autoptr (ZcEvidence) evidence = zc_inspection_find_evidence (inspection, id);
  g_autoptr (ZcSource) source = zc_inspection_open_evidence (inspection, id, error);
  g_autofree char *path = source && evidence ? copy_path (evidence, error) : NULL;
  g_autoptr (ZcOutput) output = path ? zc_output_open (path, error) : NULL;

  if (!output || !copy (source, output, progress, error))
    return NULL;
  g_chmod (path, 0400); /* a copy: what is changed in it would be lost */
  return g_steal_pointer (&path);
}

static void
on_copied (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  g_autofree char *path = result;
  GtkRoot *root = gtk_widget_get_root (((Opening *) data)->widget);
  g_autofree char *uri = path ? g_filename_to_uri (path, NULL, NULL) : NULL;

  if (uri)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
  else if (error && !g_error_matches (error, ZC_ERROR, ZC_ERROR_CANCELLED))
    zc_session_fail (session, g_error_copy (error));
}

void
zc_evidence_open_outside (GtkWidget *widget, ZcSession *session, guint64 id)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->id = id;
  opening->widget = g_object_ref (widget);
  zc_session_run (session, _("Copying the evidence, to open it outside"), copy_out, on_copied, opening, opening_free);
}
