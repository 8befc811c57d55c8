/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contrast.h"
#include "gui-page-test.h"
#include "gui-window-test.h"

#include "zc-help-dialog.h"

#include <string.h>

/*
 * Every text of the window at 4.5:1 and every icon at 3:1 (WCAG 2.1, 1.4.3 and 1.4.11), as the toolkit is about to paint them:
 * on each page, light and dark; and in high contrast where the desktop has that. What can't be used just now is left out, as
 * there, and so is what only adorns.
 */

#define TEXT_RATIO 4.5
#define ICON_RATIO 3.0

static ZcApplication *application;
static guint faults, measured;
static GHashTable *seen; /* (element-type utf8): classes and names of all that was shown */

/* Measuring */

static gboolean
is_exempt (const Contrast *contrast)
{
  for (GtkWidget *at = contrast->widget; at; at = gtk_widget_get_parent (at))
    {
      /* A large picture over a page's title tells nothing that the title does not; a switch tells by where its knob is. */
      if (contrast->icon && (ADW_IS_STATUS_PAGE (at) || GTK_IS_SWITCH (at) || (GTK_IS_IMAGE (at) && gtk_image_get_pixel_size (GTK_IMAGE (at)) >= 96)))
        return TRUE;
    }
  return !contrast->widget || !gtk_widget_is_sensitive (contrast->widget);
}

static void
note_seen (GtkWidget *widget)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);

  if (!gtk_widget_get_mapped (widget))
    return;
  for (char **name = classes; *name; name++)
    g_hash_table_add (seen, g_strconcat (".", *name, NULL));
  g_hash_table_add (seen, g_strdup (gtk_widget_get_css_name (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    note_seen (child);
}

static void
check_window (GtkWidget *window, const char *where, const char *look)
{
  g_autoptr (GArray) all = NULL;
  guint texts = 0;

  gtk_test_widget_wait_for_draw (window);
  note_seen (window);
  all = contrast_measure (window);
  for (guint i = 0; i < all->len; i++)
    {
      const Contrast *contrast = &g_array_index (all, Contrast, i);
      g_autofree char *text = NULL;

      if (is_exempt (contrast))
        continue;
      measured++;
      texts += !contrast->icon;
      if (contrast->ratio >= (contrast->icon ? ICON_RATIO : TEXT_RATIO))
        continue;
      text = contrast_describe (contrast);
      g_test_message ("%s, %s: %s", where, look, text);
      faults++;
    }
  /* Otherwise nothing was measured at all. */
  g_assert_cmpuint (texts, >, 0);
}

static void
check_both (GtkWidget *window, const char *where)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  gui_spin (0.02);
  check_window (window, where, "light");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  gui_spin (0.02);
  check_window (window, where, "dark");
}

static void
expect_no_faults (void)
{
  g_assert_cmpuint (measured, >, 0);
  if (faults > 0)
    {
      g_test_message ("%u of %u are too faint", faults, measured);
      g_test_fail ();
    }
  faults = measured = 0;
}

/* Pages of the window */

static ZcWindow *
window_new (void)
{
  ZcWindow *window = zc_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 900);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  return window;
}

static ZcWindow *
open_window (ZcInspection *inspection)
{
  ZcWindow *window = window_new ();

  zc_window_show_inspection (window, inspection);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  return window;
}

static gboolean
is_checked (gpointer session)
{
  return zc_session_is_checked (session);
}

static void
check_road (ZcWindow *window, const char *name, ZcRoadStep first)
{
  zc_session_check (zc_window_session (window));
  g_assert_true (gui_wait_until (is_checked, zc_window_session (window), 60));
  for (ZcRoadStep step = first; step < ZC_N_ROAD_STEPS; step++)
    {
      g_autofree char *where = g_strdup_printf ("%s, page %s", name, zc_road_id (step));

      gtk_stack_set_visible_child_name (GTK_STACK (gui_find (GTK_WIDGET (window), "pages")), zc_road_id (step));
      gui_spin (0.1);
      check_both (GTK_WIDGET (window), where);
    }
}

static void
go (ZcWindow *window, const char *place)
{
  zc_session_go (zc_window_session (window), place);
  gui_spin (0.3);
  check_both (GTK_WIDGET (window), place);
}

static void
test_start (void)
{
  ZcWindow *window = window_new ();

  check_both (GTK_WIDGET (window), "start");
  zc_window_show_error (window, "The file can't be read.");
  check_both (GTK_WIDGET (window), "start with an error");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  check_both (GTK_WIDGET (window), "classified?");
  g_signal_emit_by_name (gui_find (GTK_WIDGET (window), "not_classified"), "clicked");
  check_both (GTK_WIDGET (window), "schemes");
  gui_close_and_check (GTK_WINDOW (window));
  expect_no_faults ();
}

static void
test_verify (void)
{
  ZcWindow *window = window_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = window_test_path ("broken.zcp");

  g_assert_true (g_file_set_contents (path, "no package", -1, NULL));
  g_ptr_array_add (files, g_file_new_for_path (path));
  zc_window_verify (window, files);
  gui_spin (0.3);
  check_both (GTK_WIDGET (window), "verify");
  gui_close_and_check (GTK_WINDOW (window));
  expect_no_faults ();
}

static void
test_empty (void)
{
  g_autofree char *path = window_test_path ("empty.zicha");
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", NULL);
  g_autoptr (ZcInspection) inspection = zc_inspection_create (path, scheme, NULL);
  ZcWindow *window = open_window (inspection);

  check_road (window, "empty", ZC_ROAD_UNIT);
  gui_close_and_check (GTK_WINDOW (window));
  expect_no_faults ();
}

static void
test_filled (void)
{
  g_autofree char *path = window_test_path ("filled.zicha");
  g_autoptr (ZcInspection) inspection = page_test_new_sample (path);
  ZcWindow *window = open_window (inspection);
  ZcSession *session = zc_window_session (window);

  check_road (window, "filled", ZC_ROAD_UNIT);
  zc_session_set (session, "answer:X07/conformity", "partly");
  go (window, "item:X07");
  zc_session_set (session, "answer:X08/conformity", "no");
  go (window, "item:X08");
  zc_session_set (session, "answer:X09/conformity", "");
  go (window, "item:X09");
  gui_close_and_check (GTK_WINDOW (window));
  expect_no_faults ();
}

static void
test_sealed (void)
{
  g_autofree char *path = window_test_path ("sealed.zicha");
  g_autoptr (ZcInspection) inspection = page_test_new_sample (path);
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  g_autoptr (GBytes) bytes = zc_record_to_bytes (record);
  ZcWindow *window;

  g_assert_true (zc_inspection_seal (inspection, bytes, NULL));
  g_assert_true (zc_inspection_log (inspection, "packed", "out.zcp", NULL));
  window = open_window (inspection);
  check_road (window, "sealed", ZC_ROAD_SEAL);
  gui_close_and_check (GTK_WINDOW (window));
  expect_no_faults ();
}

/* Dialogs are windows of their own. */
static void
check_dialogs (GtkWindow *parent, const char *name)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at; at = at->next)
    if (at->data != parent && gtk_widget_get_mapped (at->data))
      {
        check_both (at->data, name);
        gtk_window_destroy (at->data);
      }
}

static void
test_dialogs (void)
{
  g_autofree char *path = window_test_path ("dialogs.zicha");
  g_autoptr (ZcInspection) inspection = page_test_new_sample (path);
  ZcWindow *window = open_window (inspection);
  static const char *const actions[] = { "win.help", "win.history", "win.show-help-overlay" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), actions[i], NULL));
      gui_spin (0.3);
      check_dialogs (GTK_WINDOW (window), actions[i]);
    }
  gui_close_and_check (GTK_WINDOW (window));
  expect_no_faults ();
}

/* Whatever style.css colours, also where no page above comes to it */

static GtkWidget *
sample_new (const char *name, const char *classes)
{
  g_auto (GStrv) all = g_strsplit (classes, ".", -1);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "css-name", name, "spacing", 12, NULL);

  for (char **class = all; *class; class++)
    if (**class)
      gtk_widget_add_css_class (box, *class);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("zc-problem-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (classes));
  return box;
}

static GtkWidget *
answer_new (const char *class, gboolean waiting)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_toggle_button_new_with_label (class);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_widget_add_css_class (button, "zc-answer");
  gtk_widget_add_css_class (button, class);
  if (waiting)
    gtk_widget_add_css_class (box, "zc-waiting");
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
samples_new (const char *ground)
{
  static const struct
  {
    const char *name, *classes;
  } samples[] = {
    { "box", "" }, { "box", "dim-label" }, { "box", "error" }, { "box", "warning" }, { "box", "success" }, { "box", "accent" },
    { "box", "zc-error-bar" }, { "box", "zc-job-bar" }, { "box", "zc-warning-box" }, { "box", "zc-tag" }, { "box", "zc-tag.warning" },
    { "box", "zc-column" }, { "box", "zc-prose" }, { "box", "zc-prose.error" }, { "box", "zc-drop-zone" },
    { "zc-cell", "zc-cell-open" }, { "zc-cell", "zc-cell-todo" }, { "zc-cell", "zc-cell-bad" }, { "row", "zc-disc.error" },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_add_css_class (box, ground);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    gtk_box_append (GTK_BOX (box), sample_new (samples[i].name, samples[i].classes));
  gtk_box_append (GTK_BOX (box), answer_new ("yes", FALSE));
  gtk_box_append (GTK_BOX (box), answer_new ("partly", FALSE));
  gtk_box_append (GTK_BOX (box), answer_new ("no", FALSE));
  gtk_box_append (GTK_BOX (box), answer_new ("yes", TRUE));
  return box;
}

static void
test_samples (void)
{
  static const char *const grounds[] = { "background", "view", "card" };
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (grounds); i++)
    gtk_box_append (GTK_BOX (box), samples_new (grounds[i]));
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  check_both (window, "samples");
  gui_close_and_check (GTK_WINDOW (window));
  expect_no_faults ();
}

/* The test must see what is added to the style. */
static void
test_all_seen (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/org/zicha/Zicha/style.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *css = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GRegex) rule = g_regex_new ("([^{}]*)\\{([^}]*)\\}", 0, 0, NULL);
  g_autoptr (GRegex) name = g_regex_new ("\\.?zc-[a-z-]+", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint rules = 0;

  for (g_regex_match (rule, css, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *selector = g_match_info_fetch (match, 1), *body = g_match_info_fetch (match, 2);
      g_autoptr (GMatchInfo) found = NULL;

      if (!strstr (body, "color:") && !strstr (body, "opacity:"))
        continue;
      rules++;
      for (g_regex_match (name, selector, 0, &found); g_match_info_matches (found); g_match_info_next (found, NULL))
        {
          g_autofree char *used = g_match_info_fetch (found, 0);

          if (!g_hash_table_contains (seen, used))
            g_error ("“%s” gets a colour in style.css, and nothing here shows it", used);
        }
    }
  g_assert_cmpuint (rules, >, 10);
}

/* The measure itself: known colours give the ratios that WCAG's formula gives. */
static void
test_measure (void)
{
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *label = gtk_label_new ("x");
  g_autoptr (GArray) found = NULL;
  const Contrast *contrast;

  gtk_css_provider_load_from_data (css, "box.t { background: #ffffff; } box.t label { color: #000000; opacity: 0.5; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css), GTK_STYLE_PROVIDER_PRIORITY_USER);
  gtk_widget_add_css_class (box, "t");
  gtk_box_append (GTK_BOX (box), label);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  found = contrast_measure (window);
  g_assert_cmpuint (found->len, ==, 1);
  contrast = &g_array_index (found, Contrast, 0);
  g_assert_true (contrast->widget == label);
  /* #808080 on white, but for rounding. */
  g_assert_cmpfloat_with_epsilon (contrast->ratio, 3.97, 0.03);
  g_assert_cmpfloat_with_epsilon (contrast->ground[0], 1, 0.001);
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css));
  gui_close_and_check (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  int status;

  gui_test_init (&argc, &argv, GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  /* GTK 4.8 warns of its own rounding in narrow labels. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  application = window_test_application_new ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  window_test_choose (NULL);
  g_test_add_func ("/contrast/measure", test_measure);
  g_test_add_func ("/contrast/start", test_start);
  g_test_add_func ("/contrast/verify", test_verify);
  g_test_add_func ("/contrast/empty", test_empty);
  g_test_add_func ("/contrast/filled", test_filled);
  g_test_add_func ("/contrast/sealed", test_sealed);
  g_test_add_func ("/contrast/dialogs", test_dialogs);
  g_test_add_func ("/contrast/samples", test_samples);
  g_test_add_func ("/contrast/all-seen", test_all_seen);
  status = g_test_run ();
  g_hash_table_unref (seen);
  g_clear_object (&application);
  window_test_clear ();
  return status;
}
