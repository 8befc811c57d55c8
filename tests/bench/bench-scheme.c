/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a scheme of 2,000 items, 2,000 facts and 200 rules with everything checked, against libxml2's bare
 * parser and its RELAX NG validator on the same bytes in the same run. */
#include "scheme/zc-scheme-private.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdio.h>

#define ITEMS 2000
#define RULES 200
#define ROUNDS 15

static GBytes *
make_scheme (void)
{
  GString *text = g_string_new (
      "<scheme id=\"big\" version=\"1\"><notice title=\"t\" subject=\"s\" "
      "status=\"in-force\"><full-title>f</full-title>"
      "<issuer>i</issuer><recipient>r</recipient><about>a</about></notice><period kind=\"yearly\"/>"
      "<evidence-kinds><kind id=\"E1\">k</kind></evidence-kinds>"
      "<ledgers><ledger id=\"systems\" label=\"l\"><column id=\"name\" type=\"text\" label=\"n\"/>"
      "<column id=\"level\" type=\"number\" label=\"v\"/></ledger></ledgers><sections>\n");

  for (guint i = 0; i < ITEMS; i++)
    {
      if (i % 50 == 0)
        g_string_append_printf (text, "%s<section id=\"s%u\" label=\"第%u类\">\n",
                                i > 0 ? "</section>\n" : "", i / 50, i / 50);
      g_string_append_printf (
          text,
          "<item id=\"X%u\" clause=\"五（%u）\"%s><title>第%u项检查</title>\n"
          "<requirement>本单位应当按照要求落实该项工作，并留存记录备查。</requirement>\n"
          "<evidence kind=\"E1\" required=\"yes\">文件</evidence>\n"
          "<fact id=\"f%u\" type=\"number\" label=\"数量%u\" unit=\"个\" min=\"0\" max=\"1000\"/>\n<rows "
          "ledger=\"systems\"/></item>\n",
          i, i, i % 4 == 1 ? " condition=\"c\" when=\"num('f0') &gt; 0 and answer('X0') = 'yes'\"" : "", i, i,
          i);
    }
  g_string_append (text, "</section></sections><rules>\n");
  for (guint i = 0; i < RULES; i++)
    g_string_append_printf (text,
                            "<rule id=\"R%u\" level=\"must\" each=\"rows('systems')[cellnum('level') &gt; "
                            "2]\" at=\"cell:systems/{@row}/level\" "
                            "test=\"num('f%u') &gt;= count(rows('systems')[cell('name') != '']) + "
                            "num('f%u')\">“{@name}”：{f%u}</rule>\n",
                            i, i, i + 1, i);
  g_string_append (
      text,
      "</rules><documents><document id=\"d\" kind=\"form\" title=\"d\" file=\"d\"><table columns=\"3 5\">\n");
  for (guint i = 0; i < ITEMS; i++)
    g_string_append_printf (text, "<row><cell label=\"yes\">第%u项</cell><cell answer=\"X%u\"/></row>\n", i,
                            i);
  g_string_append (text, "</table></document></documents></scheme>\n");
  return g_string_free_to_bytes (text);
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : *(const double *) a > *(const double *) b;
}

/* The median of some rounds, in milliseconds. */
static double
measure (void (*work) (gpointer), gpointer data)
{
  double took[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      work (data);
      took[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  qsort (took, ROUNDS, sizeof *took, by_value);
  return took[ROUNDS / 2];
}

static void
load (gpointer bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) self = zc_scheme_load_bytes (bytes, "big", &error);

  if (!self)
    g_error ("%s", error->message);
}

static void
parse (gpointer bytes)
{
  xmlFreeDoc (zc_xml_parse (bytes, "big", NULL));
}

typedef struct
{
  xmlRelaxNG *schema;
  xmlDoc *doc;
} Validation;

static void
validate (gpointer data)
{
  Validation *self = data;
  xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt (self->schema);

  if (xmlRelaxNGValidateDoc (context, self->doc) != 0)
    g_error ("not valid");
  xmlRelaxNGFreeValidCtxt (context);
}

static void
check_grammar (gpointer data)
{
  Validation *self = data;
  g_autoptr (GPtrArray) list = zc_fault_list_new ();
  ZcFaults faults = { list, "big" };

  zc_grammar_check (xmlDocGetRootElement (self->doc), "scheme", &faults);
}

int
main (void)
{
  g_autoptr (GBytes) bytes = make_scheme ();
  g_autoptr (GBytes) rng = zc_scheme_resource ("scheme.rng");
  xmlRelaxNGParserCtxt *context =
      xmlRelaxNGNewMemParserCtxt (g_bytes_get_data (rng, NULL), (int) g_bytes_get_size (rng));
  Validation validation = { xmlRelaxNGParse (context), zc_xml_parse (bytes, "big", NULL) };
  double whole = measure (load, bytes), bare = measure (parse, bytes);
  double libxml2 = measure (validate, &validation), ours = measure (check_grammar, &validation);

  printf ("scheme of %u items, %u rules, %.0f KiB; medians of %u\n", ITEMS, RULES,
          (double) g_bytes_get_size (bytes) / 1024, ROUNDS);
  printf ("  load, all checked      %7.2f ms\n  of it: XML parser      %7.2f ms  (load is %.1f x)\n", whole,
          bare, whole / bare);
  printf ("  of it: grammar         %7.2f ms  (libxml2's RELAX NG: %.2f ms, %.1f x)\n", ours, libxml2,
          libxml2 / ours);
  xmlFreeDoc (validation.doc);
  xmlRelaxNGFree (validation.schema);
  xmlRelaxNGFreeParserCtxt (context);
  return 0;
}
