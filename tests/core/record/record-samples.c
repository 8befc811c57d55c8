/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-samples.h"

ZcScheme *
sample_scheme (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZICHA_FIXTURES"), "record", "scheme.xml", NULL);
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme = zc_scheme_load_file (path, &error);

  g_assert_no_error (error);
  return scheme;
}

GBytes *
sample_wrap (ZcScheme *scheme, const char *parts)
{
  char *text =
      g_strdup_printf ("<record scheme=\"%s\" scheme-version=\"%s\" scheme-digest=\"%s\" format=\"1\"\n"
                       " id=\"0123456789abcdef0123456789abcdef\" nonce=\"fedcba9876543210fedcba9876543210\"\n"
                       " created=\"2026-03-02T09:00:00+08:00\" revision=\"1\">%s</record>\n",
                       scheme->id, scheme->version, scheme->digest, parts);

  return g_bytes_new_take (text, strlen (text));
}

char *
sample_parts (const char *facts,
              const char *answers,
              const char *ledgers,
              const char *findings,
              const char *texts,
              const char *evidence)
{
  return g_strdup_printf (
      "<facts>%s</facts>\n<answers>%s</answers> <ledgers>%s</ledgers><findings>%s</findings>"
      "<texts>%s</texts><evidence>%s</evidence>",
      facts, answers, ledgers, findings, texts, evidence);
}

ZcRecord *
sample_record (ZcScheme *scheme,
               const char *facts,
               const char *answers,
               const char *ledgers,
               const char *findings,
               const char *texts,
               const char *evidence)
{
  g_autofree char *parts = sample_parts (facts, answers, ledgers, findings, texts, evidence);
  g_autoptr (GBytes) bytes = sample_wrap (scheme, parts);
  g_autoptr (GError) error = NULL;
  ZcRecord *record = zc_record_parse (bytes, scheme, FALSE, &error);

  g_assert_no_error (error);
  return record;
}

/* Text with everything that serializers get wrong, escaped for XML in a way that is not the canonical one. */
static void
append_random_text (GString *out, GRand *rand, gboolean multiline)
{
  static const char *const pieces[] = {
    "a",    "&amp;",       "&lt;", "&#62;",    "\"",       "'",      "&#9;", " ",     "  ",
    "汉字", "𠮷",          "é",    "e&#x301;", "&#x2028;", "]]&gt;", "😀",    "&#10;", "<![CDATA[<x>&]]>",
    "０",   "{unit.name}", "{{",   "\xc2\xa0"
  };
  int n = g_rand_int_range (rand, 0, 12);

  g_string_append (out, "x");
  for (int i = 0; i < n; i++)
    {
      const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];

      if (multiline || g_strcmp0 (piece, "&#10;") != 0)
        g_string_append (out, piece);
    }
}

static gboolean
chance (GRand *rand)
{
  return g_rand_int_range (rand, 0, 3) > 0;
}

static void
append_leaf (GString *out, GRand *rand, const char *open, const char *close)
{
  if (!chance (rand))
    return;
  g_string_append (out, open);
  append_random_text (out, rand, TRUE);
  g_string_append (out, close);
}

static void
append_facts (GString *out, GRand *rand)
{
  static const char *const facts[] = {
    "<fact id='x.budget'>%d.%02d</fact>",          "<fact id='x.graded'>%d</fact>",
    "<fact id='period.from'>2026年1月%d日</fact>", "<fact id='x.site'>own</fact>\n",
    "<fact id='x.protect'>av waf</fact>",          "<fact derived='yes' id='n.systems'>99</fact>",
  };

  append_leaf (out, rand, "<fact id='x.about'>", "</fact>");
  append_leaf (out, rand, "<fact id='unit.name'>", "</fact>\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (chance (rand))
      {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        g_string_append_printf (out, facts[i], g_rand_int_range (rand, 1, 28),
                                g_rand_int_range (rand, 0, 99));
#pragma GCC diagnostic pop
      }
}

static void
append_answers (GString *out, GRand *rand)
{
  static const char *const items[] = { "B02", "A01", "B01", "A02" };
  static const char *const results[] = { "yes", "partly", "no", "na" };

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (chance (rand))
      {
        g_string_append_printf (out, "<answer item='%s' conformity='%s'%s>", items[i],
                                results[g_rand_int_range (rand, 0, g_str_equal (items[i], "A02") ? 3 : 4)],
                                chance (rand) ? " review='1'" : "");
        append_leaf (out, rand, "<note>", "</note>");
        append_leaf (out, rand, " <reason>", "</reason> ");
        g_string_append (out, "</answer>");
      }
}

static void
append_rows (GString *out, GRand *rand)
{
  int n = g_rand_int_range (rand, 0, 20);

  g_string_append (out, "<ledger id='systems'>");
  for (int i = 0; i < n; i++)
    {
      g_string_append_printf (out, "<row id='%d'>", (i * 7) % 20 + 1);
      if (chance (rand))
        g_string_append_printf (out, "<cell column='cost'>%d.%d</cell>", g_rand_int_range (rand, 0, 999),
                                g_rand_int_range (rand, 0, 99));
      append_leaf (out, rand, "<cell column='name'>", "</cell>");
      if (chance (rand))
        g_string_append_printf (out, "<cell column='level'>%d</cell>", g_rand_int_range (rand, 2, 4));
      g_string_append (out, "</row>");
    }
  g_string_append (out, "</ledger>");
}

static void
append_findings (GString *out, GRand *rand)
{
  int n = g_rand_int_range (rand, 0, 6);

  for (int i = n; i > 0; i--)
    {
      g_string_append_printf (out, "<finding id='%d' item='%s' state='open' source='self'%s>", i,
                              chance (rand) ? "A02" : "B01", chance (rand) ? " due='2026-5-1'" : "");
      append_leaf (out, rand, "<measure>", "</measure>");
      append_leaf (out, rand, "<problem>", "</problem>");
      g_string_append (out, "</finding>");
    }
}

static void
append_files (GString *out, GRand *rand)
{
  int n = g_rand_int_range (rand, 0, 4);

  for (int i = 0; i < n; i++)
    {
      g_string_append_printf (out, "<file sm3='%064d' sha256='%064d' size='%d' id='%d' name='", i, i, i + 1,
                              i + 3);
      g_string_append (out, i % 2 ? "a &amp; b.pdf'" : "扫描 &lt;1&gt; &quot;x&quot;.jpg'");
      g_string_append (out, chance (rand) ? " caption='说明 &amp;'>" : ">");
      g_string_append (out, chance (rand) ? "<item id='A01'/> <item id='B01'/>" : "");
      g_string_append (out, "</file>");
    }
}

GBytes *
sample_random (ZcScheme *scheme, GRand *rand)
{
  GString *parts[6];
  g_autofree char *all = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = g_string_new (NULL);
  append_facts (parts[0], rand);
  append_answers (parts[1], rand);
  append_rows (parts[2], rand);
  append_findings (parts[3], rand);
  append_leaf (parts[4], rand, "<text chapter='c2'>", "</text>");
  append_leaf (parts[4], rand, "<text chapter='c1'>", "</text>");
  append_files (parts[5], rand);
  all =
      sample_parts (parts[0]->str, parts[1]->str, parts[2]->str, parts[3]->str, parts[4]->str, parts[5]->str);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_free (parts[i], TRUE);
  return sample_wrap (scheme, all);
}
