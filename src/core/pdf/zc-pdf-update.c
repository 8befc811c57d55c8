/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-update.h"

#include <string.h>

/** Trailer: what the end of the file says about it. */
typedef struct
{
  guint64 xref, size, root, info;
} Trailer;

static const char *
find (const char *begin, const char *end, const char *what)
{
  return memmem (begin, (gsize) (end - begin), what, strlen (what));
}

static const char *
find_last (const char *begin, const char *end, const char *what)
{
  const char *found = NULL;

  for (const char *at = find (begin, end, what); at; at = find (at + 1, end, what))
    found = at;
  return found;
}

static gboolean
number_after (const char *begin, const char *end, const char *key, guint64 *number)
{
  const char *at = find (begin, end, key);

  if (!at)
    return FALSE;
  *number = g_ascii_strtoull (at + strlen (key), NULL, 10);
  return TRUE;
}

static gboolean
read_trailer (const char *pdf, gsize size, Trailer *trailer)
{
  const char *end = pdf + size, *tail = size > 1024 ? end - 1024 : pdf;
  const char *startxref = find_last (tail, end, "startxref"), *dictionary;

  if (!startxref || !number_after (startxref, end, "startxref", &trailer->xref) || trailer->xref >= size)
    return FALSE;
  dictionary = find (pdf + trailer->xref, end, "trailer");
  return dictionary && number_after (dictionary, end, "/Size", &trailer->size) &&
         number_after (dictionary, end, "/Root", &trailer->root) &&
         number_after (dictionary, end, "/Info", &trailer->info);
}

/* The dictionary of object @number, between its "<<" and its last ">>". */
static char *
read_dictionary (const char *pdf, gsize size, guint64 number)
{
  g_autofree char *head = g_strdup_printf ("\n%" G_GUINT64_FORMAT " 0 obj\n", number);
  const char *end = pdf + size, *object = find_last (pdf, end, head), *close, *open;

  close = object ? find (object, end, "endobj") : NULL;
  open = close ? find (object, close, "<<") : NULL;
  close = open ? find_last (open, close, ">>") : NULL;
  return close ? g_strndup (open + 2, (gsize) (close - open - 2)) : NULL;
}

static void
append (GByteArray *pdf, const char *text)
{
  g_byte_array_append (pdf, (const guint8 *) text, (guint) strlen (text));
}

static char *
make_xmp (const char *title, const char *unit, const char *date)
{
  g_autofree char *escaped_title = g_markup_escape_text (title ? title : "", -1);
  g_autofree char *escaped_unit = g_markup_escape_text (unit ? unit : "", -1);

  return g_strdup_printf (
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
      "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
      "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n"
      "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>\n"
      "<xmp:CreatorTool>Zicha " ZC_VERSION "</xmp:CreatorTool>"
      "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>\n"
      "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>\n",
      escaped_title, escaped_unit, date, date);
}

/* Cairo forgets the prefix of dates. */
static char *
mend_dates (const char *info)
{
  g_autoptr (GString) mended = g_string_new (info);

  g_string_replace (mended, "Date (D:", "Date (", 0);
  g_string_replace (mended, "Date (", "Date (D:", 0);
  return g_string_free (g_steal_pointer (&mended), FALSE);
}

/* Appends object @number and its entry in the @table of cross references. */
static void append_object (GByteArray *pdf, GString *table, guint64 number, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
append_object (GByteArray *pdf, GString *table, guint64 number, const char *format, ...)
{
  g_autofree char *body = NULL, *object = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  object = g_strdup_printf ("%" G_GUINT64_FORMAT " 0 obj\n%s\nendobj\n", number, body);
  g_string_append_printf (table, "%" G_GUINT64_FORMAT " 1\n%010u 00000 n \n", number, pdf->len);
  append (pdf, object);
}

gboolean
zc_pdf_update (GByteArray *pdf, const char *title, const char *unit, const char *date)
{
  Trailer trailer = { 0 };
  g_autofree char *catalog = NULL, *info = NULL, *mended = NULL, *end = NULL;
  g_autofree char *xmp = make_xmp (title, unit, date);
  g_autofree char *id = g_compute_checksum_for_data (G_CHECKSUM_MD5, pdf->data, pdf->len);
  g_autoptr (GString) table = g_string_new ("xref\n");
  guint xref;

  if (!read_trailer ((const char *) pdf->data, pdf->len, &trailer))
    return FALSE;
  catalog = read_dictionary ((const char *) pdf->data, pdf->len, trailer.root);
  info = read_dictionary ((const char *) pdf->data, pdf->len, trailer.info);
  if (!catalog || !info)
    return FALSE;
  mended = mend_dates (info);
  append_object (pdf, table, trailer.info, "<<%s>>", mended);
  append_object (pdf, table, trailer.root,
                 "<<%s   /Lang (zh-CN)\n   /ViewerPreferences << /DisplayDocTitle true >>\n"
                 "   /PageLabels << /Nums [ 0 << /S /D >> ] >>\n   /Metadata %" G_GUINT64_FORMAT " 0 R\n>>",
                 catalog, trailer.size);
  append_object (pdf, table, trailer.size,
                 "<< /Type /Metadata /Subtype /XML /Length %zu >>\nstream\n%s\nendstream", strlen (xmp), xmp);
  xref = pdf->len;
  append (pdf, table->str);
  end = g_strdup_printf ("trailer\n<< /Size %" G_GUINT64_FORMAT " /Root %" G_GUINT64_FORMAT
                         " 0 R /Info %" G_GUINT64_FORMAT " 0 R\n   /Prev %" G_GUINT64_FORMAT
                         " /ID [<%s> <%s>]\n>>\nstartxref\n%u\n%%%%EOF\n",
                         trailer.size + 1, trailer.root, trailer.info, trailer.xref, id, id, xref);
  append (pdf, end);
  return TRUE;
}
