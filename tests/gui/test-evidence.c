/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-page-test.h"

#include "gui-test-util.h"
#include "inspection/zc-carry-over.h"
#include "pages/zc-road-pages.h"
#include "widgets/zc-evidence-list.h"
#include "widgets/zc-evidence-preview.h"
#include "widgets/zc-pdf-view.h"

#include <string.h>

/* Evidence on the page of an item: in, looked at, used elsewhere, out. */

#define ITEM "X01"
#define OTHER "X02"

static gboolean
has_text (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_visible (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

static PageTest *
open_item (const char *item)
{
  PageTest *test = page_test_new (zc_items_page_get_type ());
  g_autofree char *place = zc_place_new (ZC_PLACE_ITEM, item, 0, NULL);

  zc_page_reveal (ZC_PAGE (test->page), place);
  page_test_spin (0.1);
  return test;
}

static ZcEvidenceList *
list_of (PageTest *test)
{
  return ZC_EVIDENCE_LIST (gui_find_type (test->page, ZC_TYPE_EVIDENCE_LIST));
}

static ZcInspection *
inspection_of (PageTest *test)
{
  return zc_session_inspection (test->session);
}

static guint
count (PageTest *test, const char *item)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection_of (test), item);

  return evidence->len;
}

static gboolean
has_one (gpointer test)
{
  return count (test, ITEM) == 1;
}

static gboolean
has_two (gpointer test)
{
  return count (test, ITEM) == 2;
}

static guint64
first (PageTest *test)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection_of (test), ITEM);

  return evidence->len > 0 ? ((const ZcEvidence *) evidence->pdata[0])->id : 0;
}

static guint64
attach (PageTest *test, const void *data, gsize size, const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  guint64 id = zc_inspection_attach_bytes (inspection_of (test), bytes, name, ITEM, NULL);

  g_assert_cmpuint (id, >, 0);
  return id;
}

static GdkTexture *
texture_new (void)
{
  static const guint8 pixels[8 * 8 * 4] = { 0x20, 0x80, 0xff, 0xff };
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);

  return gdk_memory_texture_new (8, 8, GDK_MEMORY_R8G8B8A8, bytes, 8 * 4);
}

/* In */

static void
drop (GtkWidget *widget, const char *path)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  GFile *file = g_file_new_for_path (path);
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean dropped = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 1.0, 1.0, &dropped);
    }
  g_assert_true (dropped);
  g_object_unref (file);
}

/* The nearest thing around the list that takes files: all of the item is one place to drop on. */
static GtkWidget *
drop_place (PageTest *test)
{
  for (GtkWidget *at = GTK_WIDGET (list_of (test)); at && at != test->window; at = gtk_widget_get_parent (at))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (at);

      for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (GTK_IS_DROP_TARGET (controller))
            return at;
        }
    }
  return NULL;
}

static void
test_drop (void)
{
  g_autoptr (PageTest) test = open_item (ITEM);
  g_autofree char *path = page_test_new_path ();

  g_assert_true (g_file_set_contents (path, "值班表", -1, NULL));
  drop (drop_place (test), path);
  page_test_wait (has_one, test);
  page_test_spin (0.2);
  page_test_shot (test->window, "evidence");
  g_unlink (path);
}

static void
test_paste (void)
{
  g_autoptr (PageTest) test = open_item (ITEM);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (test->page);
  g_autoptr (GdkTexture) texture = texture_new ();
  g_autoptr (GPtrArray) evidence = NULL;

  gdk_clipboard_set_texture (clipboard, texture);
  g_assert_true (zc_evidence_list_can_paste (list_of (test)));
  zc_evidence_list_paste (list_of (test));
  page_test_wait (has_one, test);
  evidence = zc_inspection_get_evidence (inspection_of (test), ITEM);
  g_assert_true (g_str_has_suffix (((const ZcEvidence *) evidence->pdata[0])->name, ".png"));

  /* A text stays for the field that is being written in; there is nothing to attach in it. */
  gdk_clipboard_set_text (clipboard, "只是文字");
  g_assert_false (zc_evidence_list_can_paste (list_of (test)));
  zc_evidence_list_paste (list_of (test));
  page_test_spin (0.1);
  g_assert_cmpuint (count (test, ITEM), ==, 1);
  g_assert_true (gtk_widget_get_visible (page_test_find (test->page, "error_label")));
}

/* What is typed reaches the text that it is typed in: no key without Ctrl or Alt is taken away before. */
static void
check_keys (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller) ||
          gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (!strstr (trigger, "<Control>") && !strstr (trigger, "<Alt>"))
            g_error ("“%s” of %s can't be typed", trigger, G_OBJECT_TYPE_NAME (widget));
        }
    }
}

static void
check_all_keys (GtkWidget *root)
{
  check_keys (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    check_all_keys (child);
}

static void
test_keys (void)
{
  g_autoptr (PageTest) test = open_item (ITEM);

  check_all_keys (test->page);
}

/* Used elsewhere, taken off */

static GtkWidget *
find_button (GtkWidget *root, const char *part)
{
  if (GTK_IS_BUTTON (root) && has_text (root, part))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, part);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_tip (GtkWidget *root, const char *tip)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_widget_get_tooltip_text (root), tip) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_tip (child, tip);

      if (found)
        return found;
    }
  return NULL;
}

static void
test_reuse (void)
{
  g_autoptr (PageTest) test = open_item (OTHER);
  guint64 id = attach (test, "分工", strlen ("分工"), "分工.txt");
  GtkMenuButton *reuse = GTK_MENU_BUTTON (page_test_find (test->page, "reuse"));
  g_autofree char *caption = zc_place_new (ZC_PLACE_EVIDENCE, NULL, id, "caption");
  GtkWidget *remove;

  gtk_menu_button_popup (reuse);
  page_test_spin (0.2);
  g_signal_emit_by_name (find_button (GTK_WIDGET (gtk_menu_button_get_popover (reuse)), "分工.txt"), "clicked");
  page_test_spin (0.1);
  g_assert_cmpuint (count (test, OTHER), ==, 1);
  g_assert_cmpuint (count (test, ITEM), ==, 1);
  g_assert_true (has_text (GTK_WIDGET (list_of (test)), "also in " ITEM));

  gtk_editable_set_text (GTK_EDITABLE (gui_find_type (GTK_WIDGET (list_of (test)), GTK_TYPE_ENTRY)), "部门分工");
  g_assert_cmpstr (zc_session_get (test->session, caption), ==, "部门分工");

  /* Off this item, not off the other; undo brings it back. */
  remove = find_tip (GTK_WIDGET (list_of (test)), "Take “分工.txt” off this item");
  g_signal_emit_by_name (remove, "clicked");
  page_test_spin (0.1);
  g_assert_cmpuint (count (test, OTHER), ==, 0);
  g_assert_cmpuint (count (test, ITEM), ==, 1);
  zc_session_undo (test->session);
  page_test_spin (0.1);
  g_assert_cmpuint (count (test, OTHER), ==, 1);
  g_assert_true (has_text (GTK_WIDGET (list_of (test)), "分工.txt"));
  page_test_spin (0.8); /* GTK 4.8 still looks for a tooltip there, half a second later */
}

/* The very file of last year is told from a new one. */
static void
test_former (void)
{
  g_autoptr (PageTest) test = open_item (ITEM);
  g_autoptr (PageTest) last = open_item (ITEM);
  const char *words = "last year";

  attach (last, "同一个文件", strlen ("同一个文件"), "值班.txt");
  g_assert_true (zc_carry_over (inspection_of (test), inspection_of (last), ZC_CARRY_ALL, NULL));
  attach (test, "新的文件", strlen ("新的文件"), "新.txt");
  page_test_spin (0.1);
  g_assert_false (has_text (GTK_WIDGET (list_of (test)), words));
  attach (test, "同一个文件", strlen ("同一个文件"), "又一次.txt");
  page_test_wait (has_two, test);
  page_test_spin (0.1);
  g_assert_true (has_text (GTK_WIDGET (list_of (test)), words));
}

/* Looked at */

static GtkWindow *
find_dialog (PageTest *test)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (test->window))
        return window;
    }
  return NULL;
}

static GType wanted;

static gboolean
shows_wanted (gpointer test)
{
  return find_dialog (test) && gui_find_type (GTK_WIDGET (find_dialog (test)), wanted);
}

static void
look_at (PageTest *test, guint64 id, GType type, const char *shot)
{
  wanted = type;
  zc_evidence_preview_present (GTK_WINDOW (test->window), test->session, id);
  page_test_wait (shows_wanted, test);
  page_test_shot (GTK_WIDGET (find_dialog (test)), shot);
  gtk_window_close (find_dialog (test));
  page_test_spin (0.1);
  g_assert_null (find_dialog (test));
}

static void
test_preview (void)
{
  static const char text[] = "第一行\n第二行\n";
  static const guint8 other[] = { 0, 1, 2, 3, 0, 255 };
  /* A page of nothing; what is broken in it, readers mend. */
  static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                            "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n";
  static const char broken[] = "%PDF-1.4 and no more";
  g_autoptr (PageTest) test = open_item (ITEM);
  g_autoptr (GdkTexture) texture = texture_new ();
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (texture);

  look_at (test, attach (test, g_bytes_get_data (png, NULL), g_bytes_get_size (png), "图.png"), GTK_TYPE_PICTURE, "look-picture");
  look_at (test, attach (test, text, strlen (text), "文.txt"), GTK_TYPE_TEXT_VIEW, "look-text");
  look_at (test, attach (test, pdf, strlen (pdf), "页.pdf"), ZC_TYPE_PDF_VIEW, "look-pdf");
  look_at (test, attach (test, other, sizeof other, "库.bin"), ADW_TYPE_STATUS_PAGE, "look-other");
  look_at (test, attach (test, broken, strlen (broken), "坏.pdf"), ADW_TYPE_STATUS_PAGE, "look-broken");
}

/* Opened outside: a private copy that can't be written to, so that nobody works in what will be lost. */

static char *
find_copy (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_user_runtime_dir (), 0, NULL);
  const char *folder;

  while (dir && (folder = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), folder, name, NULL);

      if (g_str_has_prefix (folder, "zicha-") && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static gboolean
has_copy (gpointer name)
{
  g_autofree char *path = find_copy (name);

  return path != NULL;
}

static void
test_outside (void)
{
  g_autoptr (PageTest) test = open_item (ITEM);
  static char name[] = "外面看.txt";
  g_autofree char *path = NULL, *text = NULL, *folder = NULL;
  GStatBuf info;

  attach (test, "内容", strlen ("内容"), name);
  page_test_spin (0.1);
  zc_evidence_open_outside (test->page, test->session, first (test));
  page_test_wait (has_copy, name);
  path = find_copy (name);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "内容");
  page_test_spin (0.3);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0400);
  folder = g_path_get_dirname (path);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/gui/evidence/drop", test_drop);
  g_test_add_func ("/gui/evidence/paste", test_paste);
  g_test_add_func ("/gui/evidence/keys", test_keys);
  g_test_add_func ("/gui/evidence/reuse", test_reuse);
  g_test_add_func ("/gui/evidence/former", test_former);
  g_test_add_func ("/gui/evidence/preview", test_preview);
  g_test_add_func ("/gui/evidence/outside", test_outside);
  return g_test_run ();
}
