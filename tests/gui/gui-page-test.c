/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-page-test.h"

#include "zc-icons.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

static char *folder;

void
page_test_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  (g_test_init) (argc, argv, NULL); /* gtk_test_init() would force an English locale */
  /* GTK 4.8 warns of its own rounding in narrow labels. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  setlocale (LC_ALL, "");
  adw_init ();
  folder = g_dir_make_tmp ("zicha-gui-XXXXXX", NULL);
  g_assert_nonnull (folder);
  gtk_css_provider_load_from_resource (style, "/org/zicha/Zicha/style.css");
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), "/org/zicha/Zicha/icons");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  zc_icons_keep ();
}

char *
page_test_new_path (void)
{
  static guint count;
  g_autofree char *name = g_strdup_printf ("%u", count++);

  return g_build_filename (folder, name, NULL);
}

static void
state_line (ZcInspection *inspection, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "\t", 2);
  g_autofree char *value = parts[0] && parts[1] ? g_strcompress (parts[1]) : NULL;

  /* Links and captions want the files, which no page tested here shows. */
  if (value && !g_str_has_prefix (parts[0], "link:") && !g_str_has_prefix (parts[0], "evidence:"))
    zc_inspection_set (inspection, parts[0], value, NULL);
}

ZcInspection *
page_test_new_sample (const char *path)
{
  g_autofree char *statements = g_build_filename (g_getenv ("ZICHA_DATADIR"), "samples", "xicheng-2016", "statements.txt", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", &error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  ZcInspection *inspection;

  g_assert_no_error (error);
  inspection = zc_inspection_create (path, scheme, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (statements, &text, NULL, &error));
  lines = g_strsplit (text, "\n", -1);
  g_assert_true (zc_inspection_begin (inspection, "sample", &error));
  for (guint i = 0; lines[i]; i++)
    state_line (inspection, lines[i]);
  g_assert_true (zc_inspection_commit (inspection, &error));
  return inspection;
}

PageTest *
page_test_new (GType page)
{
  PageTest *self = g_new0 (PageTest, 1);
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcRecord) record = NULL;

  self->path = page_test_new_path ();
  inspection = page_test_new_sample (self->path);
  record = zc_record_new (inspection);
  self->session = zc_session_new (inspection, record);
  self->page = g_object_new (page, NULL);
  zc_page_bind (ZC_PAGE (self->page), self->session);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 960, 680);
  gtk_window_set_child (GTK_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
  page_test_spin (0.3);
  return self;
}

void
page_test_free (PageTest *self)
{
  gpointer alive = self->window;
  gpointer page = self->page;

  g_object_add_weak_pointer (G_OBJECT (self->window), &alive);
  g_object_add_weak_pointer (G_OBJECT (self->page), &page);
  gtk_window_destroy (GTK_WINDOW (self->window));
  page_test_spin (0.2);
  g_assert_null (alive);
  g_assert_null (page);
  g_object_unref (self->session);
  g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}

GtkWidget *
page_test_find (GtkWidget *root, const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), id) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = page_test_find (child, id);

      if (found)
        return found;
    }
  return NULL;
}

/* Counted in turns, not by the clock: what was to happen meanwhile gets its turns on a busy machine too. */
void
page_test_spin (double seconds)
{
  for (int turns = (int) (seconds * 500); turns > 0; turns--)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

void
page_test_wait (gboolean (*holds) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!holds (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

void
page_test_shot (GtkWidget *window, const char *name)
{
  const char *shots = g_getenv ("ZICHA_TEST_SHOTS");
  g_autofree char *path = shots ? g_strdup_printf ("%s/%s.png", shots, name) : NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;
  GskRenderNode *node;
  int width, height;

  if (!path)
    return;
  page_test_spin (0.3); /* nothing can be seen before a frame */
  width = gtk_widget_get_width (window);
  height = gtk_widget_get_height (window);
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
