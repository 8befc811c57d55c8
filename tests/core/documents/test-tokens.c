/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Nothing typed is missing: a random text at every place that takes words, and each of them is found in the extracted
 * text of PDF and DOCX exactly as often as the blocks have it; and in some document at least once.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "../schemes-shipped/shipped-samples.h"
#include "../word/word-package.h"
#include "documents/zc-document-builder.h"
#include "pdf/zc-pdf.h"
#include "tokens.h"
#include "word/zc-word.h"

/** Meant: how often a token stands in the blocks of one document. */
typedef struct
{
  guint times;
  gboolean stated;  /* by a span that says whose text it is, not as a part of the form's own words */
  gboolean repeats; /* in a cell that is set again on each page */
} Meant;

typedef struct
{
  Tokens *tokens;
  ZcFonts *fonts;
  const char *scheme;
  guint32 seed;
  guint *printed; /* by token: in all documents that are handed in */
} Check;

/* Blocks */

static void
count_spans (const Check *check, const GPtrArray *spans, gboolean repeats, Meant *meant)
{
  for (guint i = 0; spans && i < spans->len; i++)
    {
      const ZcSpan *span = spans->pdata[i];

      for (const char *p = span->text; *p; p = g_utf8_next_char (p))
        {
          const Token *token = tokens_at (check->tokens, g_utf8_get_char (p));
          Meant *of = token ? &meant[g_utf8_get_char (p) - TOKEN_FIRST] : NULL;

          if (!token)
            continue;
          if (!g_str_has_prefix (p, token->text))
            g_error ("%s (seed %u): a block has but a part of %s", check->scheme, check->seed, token->place);
          of->times++;
          of->stated |= g_strcmp0 (span->place, token->place) == 0;
          of->repeats |= repeats;
        }
    }
}

static void
count_table (const Check *check, const ZcTable *table, Meant *meant)
{
  for (guint r = 0; r < table->rows->len; r++)
    {
      const ZcRow *row = table->rows->pdata[r];

      for (guint c = 0; c < row->cells->len; c++)
        {
          const ZcCell *cell = row->cells->pdata[c];

          count_spans (check, cell->spans, r < table->header_rows || cell->rowspan > 1, meant);
        }
    }
}

static Meant *
count_blocks (const Check *check, const ZcDocument *document)
{
  Meant *meant = g_new0 (Meant, check->tokens->tokens->len);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const ZcBlock *block = document->blocks->pdata[i];

      count_spans (check, block->spans, FALSE, meant);
      if (block->table)
        count_table (check, block->table, meant);
    }
  return meant;
}

/* PDF */

static char *
without_white_space (const char *text)
{
  GString *bare = g_string_new (NULL);

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_len (bare, p, g_utf8_next_char (p) - p);
  return g_string_free (bare, FALSE);
}

/* The text of each page as pdftotext has it. */
static GPtrArray *
extract_pages (ZcPages *pages)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *output = NULL, *messages = NULL;
  const char *argv[] = { "pdftotext", "-raw", "-enc", "UTF-8", NULL, "-", NULL };
  int file = g_file_open_tmp ("zicha-tokens-XXXXXX.pdf", &path, &error), status;
  g_auto (GStrv) parts = NULL;

  g_assert_no_error (error);
  g_close (file, NULL);
  zc_pdf_write (pages, path, NULL, &error);
  g_assert_no_error (error);
  argv[4] = path;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &messages, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_unlink (path);
  parts = g_strsplit (output, "\f", -1);
  for (guint i = 0; i < zc_pages_count (pages); i++)
    g_ptr_array_add (texts, without_white_space (parts[i]));
  return texts;
}

static gsize
common_prefix (const char *a, const char *b)
{
  gsize n = 0;

  while (a[n] && a[n] == b[n])
    n++;
  while (n > 0 && ((guchar) a[n] & 0xC0) == 0x80)
    n--; /* of whole characters */
  return n;
}

/* The rest of a token that did not end on the page before: the longest piece of it on each of the next pages. */
static gboolean
goes_on (const GPtrArray *pages, guint page, const char *rest)
{
  while (*rest && page < pages->len)
    {
      gsize best = 0;

      for (const char *p = pages->pdata[page]; *p; p = g_utf8_next_char (p))
        best = MAX (best, common_prefix (p, rest));
      if (best == 0)
        return FALSE;
      rest += best;
      page++;
    }
  return *rest == '\0';
}

/* Returns: (transfer full): how often each token is there, whole. */
static guint *
count_pages (const Check *check, const ZcDocument *document, const GPtrArray *pages)
{
  guint *found = g_new0 (guint, check->tokens->tokens->len);

  for (guint i = 0; i < pages->len; i++)
    for (const char *p = pages->pdata[i]; *p; p = g_utf8_next_char (p))
      {
        gunichar first = g_utf8_get_char (p);
        const Token *token = tokens_at (check->tokens, first);
        gsize n = token ? common_prefix (p, token->text) : 0;

        if (!token)
          continue;
        if (token->text[n] && !goes_on (pages, i + 1, token->text + n))
          g_error ("%s (seed %u): on page %u of the PDF of %s, %s breaks off after “%.*s”", check->scheme, check->seed, i + 1,
                   document->id, token->place, (int) n, token->text);
        found[first - TOKEN_FIRST]++;
      }
  return found;
}

static void
check_pdf (const Check *check, const ZcDocument *document, const Meant *meant)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcPages) pages = zc_pages_new (document, check->fonts, NULL, &error);
  g_autoptr (GPtrArray) texts = NULL;
  g_autofree guint *found = NULL;

  g_assert_no_error (error);
  texts = extract_pages (pages);
  found = count_pages (check, document, texts);
  for (guint i = 0; i < check->tokens->tokens->len; i++)
    {
      const Token *token = check->tokens->tokens->pdata[i];

      if (found[i] < meant[i].times || (found[i] > meant[i].times && !meant[i].repeats))
        g_error ("%s (seed %u): the PDF of %s has %s %u times instead of %u: “%s”", check->scheme, check->seed, document->id,
                 token->place, found[i], meant[i].times, token->text);
      if (meant[i].stated && !zc_pages_of_place (pages, token->place))
        g_error ("%s (seed %u): coverage of %s does not know %s", check->scheme, check->seed, document->id, token->place);
    }
}

/* DOCX */

static void
check_docx (const Check *check, const ZcDocument *document, const Meant *meant)
{
  g_autoptr (WordPackage) package = word_package_of (document);
  g_autofree char *text = word_text ((xmlNode *) package->document), *bare = without_white_space (text);
  g_autofree guint *found = g_new0 (guint, check->tokens->tokens->len);

  for (const char *p = bare; *p; p = g_utf8_next_char (p))
    {
      const Token *token = tokens_at (check->tokens, g_utf8_get_char (p));

      if (token && g_str_has_prefix (p, token->text))
        found[g_utf8_get_char (p) - TOKEN_FIRST]++;
    }
  for (guint i = 0; i < check->tokens->tokens->len; i++)
    if (found[i] != meant[i].times)
      g_error ("%s (seed %u): the DOCX of %s has %s %u times instead of %u", check->scheme, check->seed, document->id,
               ((const Token *) check->tokens->tokens->pdata[i])->place, found[i], meant[i].times);
}

/* All */

static void
check_document (Check *check, const ZcDocument *document, gboolean handed_in)
{
  g_autofree Meant *meant = count_blocks (check, document);

  check_pdf (check, document, meant);
  check_docx (check, document, meant);
  for (guint i = 0; handed_in && i < check->tokens->tokens->len; i++)
    check->printed[i] += meant[i].stated;
}

static gboolean
is_handed_in (const ZcScheme *scheme, const ZcDocument *document)
{
  const ZcDocumentSpec *spec = zc_scheme_find_document (scheme, document->id);

  return !spec || spec->kind != ZC_DOCUMENT_SHEET;
}

static void
check_scheme (const char *id, guint32 seed)
{
  ZcInspection *inspection = sample_open (id);
  g_autoptr (Tokens) tokens = tokens_new (seed);
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (ZcFonts) fonts = zc_fonts_new (NULL, NULL);
  g_autoptr (GPtrArray) documents = NULL;
  Check check = { tokens, fonts, id, seed, NULL };

  tokens_fill (tokens, inspection);
  record = zc_record_new (inspection);
  documents = zc_documents_build (record, NULL);
  check.printed = g_new0 (guint, tokens->tokens->len);
  g_test_message ("%s, seed %u: %u texts in %u documents", id, seed, tokens->tokens->len, documents->len);
  for (guint i = 0; i < documents->len; i++)
    check_document (&check, documents->pdata[i],
                    is_handed_in (zc_inspection_get_scheme (inspection), documents->pdata[i]));
  for (guint i = 0; i < tokens->tokens->len; i++)
    if (check.printed[i] == 0)
      g_error ("%s (seed %u): %s is printed nowhere", id, seed, ((const Token *) tokens->tokens->pdata[i])->place);
  g_free (check.printed);
  sample_close (inspection);
}

/* The quick suite always has the same texts, so that it fails for those only who broke something; the slow one has more,
   and one seed that nobody has seen yet. ZICHA_SEED: that one only. */
static void
test_scheme (gconstpointer data)
{
  const char *id = data, *asked = g_getenv ("ZICHA_SEED");

  if (asked)
    {
      check_scheme (id, (guint32) g_ascii_strtoull (asked, NULL, 10));
      return;
    }
  check_scheme (id, 1);
  if (!g_test_slow ())
    return;
  for (guint32 seed = 2; seed <= 6; seed++)
    check_scheme (id, seed);
  check_scheme (id, g_random_int ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_shipped; i++)
    {
      g_autofree char *path = g_strconcat ("/documents/tokens/", shipped[i].id, NULL);

      g_test_add_data_func (path, shipped[i].id, test_scheme);
    }
  return g_test_run ();
}
