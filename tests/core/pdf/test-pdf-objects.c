/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The syntax of PDF files and how they are held together, without any page. */

#include <glib/gstdio.h>
#include <string.h>

#include "pdf/zc-pdf-file.h"
#include "pdf/zc-pdf-outline.h"

#define FAILS_AFTER 3

/** Sink: keeps what is written, or refuses it. */
typedef struct
{
  GByteArray *bytes;
  guint left; /* calls that succeed */
} Sink;

static gboolean
keep (gpointer sink, gconstpointer data, gsize size, GError **error)
{
  Sink *self = sink;

  if (self->left-- == 0)
    return zc_fail (error, ZC_ERROR_NO_SPACE, "no room");
  g_byte_array_append (self->bytes, data, (guint) size);
  return TRUE;
}

static char *
number (double value, guint decimals)
{
  GString *text = g_string_new (NULL);

  zc_pdf_put_number (text, value, decimals);
  return g_string_free (text, FALSE);
}

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    guint decimals;
    const char *text;
  } cases[] = { { 0, 2, " 0" },          { 1, 0, " 1" },         { -1, 3, " -1" },      { 0.5, 0, " 1" },
                { 12.345, 2, " 12.35" }, { -0.05, 2, " -0.05" }, { 0.001, 2, " 0" },    { -0.001, 2, " 0" },
                { 595.28, 2, " 595.28" }, { 7.1, 4, " 7.1" },     { 99.999, 2, " 100" }, { -2.5, 1, " -2.5" },
                { 1e6, 2, " 1000000" },  { 0.0301, 4, " 0.0301" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = number (cases[i].value, cases[i].decimals);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* As printf() writes them, zeros left out; the locale does not matter. */
static void
test_random_numbers (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      double value = g_rand_int_range (rand, -2000000, 2000000) / 1000.0;
      g_autofree char *text = number (value, 3);

      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (text, NULL), value, 1e-9);
      g_assert_null (strpbrk (text, ",eE"));
      g_assert_false (strchr (text, '.') && g_str_has_suffix (text, "0"));
    }
}

static void
test_texts (void)
{
  static const char *const cases[][2] = { { "", "()" },
                                          { NULL, "()" },
                                          { "a(b)\\c", "(a\\(b\\)\\\\c)" },
                                          { "a\rb", "(a\nb)" },
                                          { "国", "<FEFF56FD>" },
                                          { "a\360\240\256\267", "<FEFF0061D842DFB7>" },
                                          { "\xFF", "<FEFFFFFD>" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      zc_pdf_put_text (text, cases[i][0]);
      g_assert_cmpstr (text->str, ==, cases[i][1]);
    }
}

/* A file of no pages, with @n numbers in it. */
static gboolean
write_file (Sink *sink, guint n, GError **error)
{
  g_autoptr (ZcPdfFile) file = zc_pdf_file_new (keep, sink);
  g_autoptr (GString) body = g_string_new (NULL), noise = g_string_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint root = zc_pdf_file_reserve (file), pages = zc_pdf_file_reserve (file);

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (noise, (char) g_rand_int_range (rand, 0, 256));
  for (guint i = 0; i < n; i++)
    {
      g_string_printf (body, "(number %u)", i);
      zc_pdf_file_add (file, zc_pdf_file_reserve (file), body);
      if (i % 400 == 0)
        zc_pdf_file_add_stream (file, zc_pdf_file_reserve (file), "/X 1", noise->str, noise->len, i % 800 == 0);
    }
  g_string_assign (body, "<</Type/Pages/Count 0/Kids[]>>");
  zc_pdf_file_add (file, pages, body);
  g_string_printf (body, "<</Type/Catalog/Pages %u 0 R>>", pages);
  zc_pdf_file_add_plain (file, root, body);
  return zc_pdf_file_finish (file, root, pages, error);
}

static char *
show_object (const char *path, guint object)
{
  g_autofree char *option = g_strdup_printf ("--show-object=%u", object);
  const char *const argv[] = { "qpdf", option, path, NULL };
  g_autoptr (GError) error = NULL;
  char *output;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strstrip (output);
}

/* Another program finds each object, in whichever object stream it is. */
static void
test_objects_found (void)
{
  g_autofree char *folder = g_dir_make_tmp ("zicha-test-XXXXXX", NULL), *path = g_build_filename (folder, "x.pdf", NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  Sink sink = { bytes, G_MAXUINT };
  static const guint objects[] = { 4, 200, 201, 203, 205, 404, 1000 };
  guint found = 0;

  g_assert_true (write_file (&sink, 1000, &error));
  g_assert_no_error (error);
  g_file_set_contents (path, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_autofree char *text = show_object (path, objects[i]);

      found += g_regex_match_simple ("^\\(number [0-9]+\\)$", text, 0, 0);
    }
  g_assert_cmpuint (found, >=, 5); /* the others are streams */
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_same_bytes (void)
{
  g_autoptr (GByteArray) a = g_byte_array_new (), b = g_byte_array_new ();
  Sink first = { a, G_MAXUINT }, second = { b, G_MAXUINT };

  g_assert_true (write_file (&first, 500, NULL));
  g_assert_true (write_file (&second, 500, NULL));
  g_assert_cmpmem (a->data, a->len, b->data, b->len);
}

/* A full disk is told, whenever it fills up. */
static void
test_sink_fails (void)
{
  for (guint calls = 0; calls < FAILS_AFTER; calls++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      Sink sink = { bytes, calls };

      g_assert_false (write_file (&sink, 3000, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_NO_SPACE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf/objects/numbers", test_numbers);
  g_test_add_func ("/pdf/objects/random-numbers", test_random_numbers);
  g_test_add_func ("/pdf/objects/texts", test_texts);
  g_test_add_func ("/pdf/objects/found", test_objects_found);
  g_test_add_func ("/pdf/objects/same-bytes", test_same_bytes);
  g_test_add_func ("/pdf/objects/sink-fails", test_sink_fails);
  return g_test_run ();
}
