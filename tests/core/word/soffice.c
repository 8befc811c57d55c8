/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "soffice.h"

#include "word/zc-word.h"

#include <ftw.h>
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *
soffice_folder_new (void)
{
  char *folder = g_dir_make_tmp ("zicha-soffice-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static int
remove_entry (const char *path, const struct stat *info, int flag, struct FTW *where)
{
  return remove (path);
}

void
soffice_folder_remove (char *folder)
{
  nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_free (folder);
}

char *
soffice_result (const char *folder, const char *name, const char *format)
{
  g_autofree char *base = g_strdup_printf ("%.*s.%s", (int) (strrchr (name, '.') - name), name, format);

  return g_build_filename (folder, format, base, NULL);
}

/* That it has no Java is no warning about the file. */
static void
check_messages (const char *output)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    if (*g_strstrip (lines[i]) && !g_str_has_prefix (lines[i], "convert ") &&
        !g_str_has_prefix (lines[i], "Overwriting: ") && !strstr (lines[i], "javaldx"))
      g_error ("soffice: %s", lines[i]);
}

void
soffice_convert (const char *folder, const char *const *names, const char *format)
{
  g_autofree char *profile = g_strdup_printf ("-env:UserInstallation=file://%s/profile", folder);
  g_autofree char *out = g_build_filename (folder, format, NULL), *output = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  const char *const options[] = { "soffice", profile, "--headless", "--convert-to", format, "--outdir", out };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) soffice = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    g_ptr_array_add (argv, g_strdup (options[i]));
  for (guint i = 0; names[i]; i++)
    g_ptr_array_add (argv, g_build_filename (folder, names[i], NULL));
  g_ptr_array_add (argv, NULL);
  soffice = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (soffice, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  check_messages (output);
  for (guint i = 0; names[i]; i++)
    {
      g_autofree char *result = soffice_result (folder, names[i], format);

      if (!g_subprocess_get_successful (soffice) || !g_file_test (result, G_FILE_TEST_IS_REGULAR))
        g_error ("soffice made no %s: %s", result, output);
    }
}

GBytes *
soffice_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

void
soffice_write (const char *folder, const char *name, const ZcDocument *document)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  zc_word_write (document, path, NULL, &error);
  g_assert_no_error (error);
}

xmlDoc *
soffice_open_body (const char *path, xmlNode **body)
{
  g_autoptr (GBytes) bytes = soffice_read (path);
  g_autoptr (GError) error = NULL;
  xmlDoc *open = zc_xml_parse (bytes, path, &error);
  g_autoptr (GPtrArray) found = NULL;

  g_assert_no_error (error);
  found = word_find ((xmlNode *) open, "text");
  g_assert_cmpuint (found->len, ==, 1);
  *body = found->pdata[0];
  return open;
}

static char *
filled_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *filled = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++)
    if (*g_strstrip (lines[i]))
      g_string_append_printf (filled, "%s\n", lines[i]);
  return g_string_free (filled, FALSE);
}

static void
append_open_text (xmlNode *node, GString *text)
{
  for (xmlNode *child = node->children; child; child = child->next)
    {
      if (child->type == XML_TEXT_NODE)
        g_string_append (text, (const char *) child->content);
      else if (zc_xml_is (child, "s"))
        {
          g_autofree char *times = word_attribute (child, "c");

          for (int i = times ? atoi (times) : 1; i > 0; i--)
            g_string_append_c (text, ' ');
        }
      else if (zc_xml_is (child, "line-break"))
        g_string_append_c (text, '\n');
      else if (child->type == XML_ELEMENT_NODE)
        append_open_text (child, text);
    }
}

char *
soffice_open_text (xmlNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  g_ptr_array_add (todo, node);
  while (todo->len)
    {
      xmlNode *at = g_ptr_array_steal_index (todo, todo->len - 1);

      if (zc_xml_is (at, "p") || zc_xml_is (at, "h"))
        {
          append_open_text (at, text);
          g_string_append_c (text, '\n');
          continue;
        }
      for (xmlNode *child = at->last; child; child = child->prev)
        if (child->type == XML_ELEMENT_NODE)
          g_ptr_array_add (todo, child);
    }
  return filled_lines (text->str);
}

char *
soffice_docx_text (const WordPackage *package)
{
  g_autofree char *text = word_text ((xmlNode *) package->document);

  return filled_lines (text);
}
