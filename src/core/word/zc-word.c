/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word.h"

#include "base/zc-output.h"
#include "base/zc-text.h"
#include "word/zc-word-private.h"

#define WORDPROCESSING "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define DOCUMENT_PART "word/document.xml"

static void
add_dates (ZcWordXml *xml, const char *date)
{
  static const char *const names[] = { "dcterms:created", "dcterms:modified" };
  g_autofree char *time = NULL;

  if (!date || !zc_date_to_days (date))
    return;
  time = g_strconcat (date, "T00:00:00Z", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      zc_word_open (xml, names[i]);
      zc_word_attribute (xml, "xsi:type", "dcterms:W3CDTF");
      zc_word_characters (xml, time);
      zc_word_close (xml);
    }
}

static void
add_property (ZcWordXml *xml, const char *name, const char *text)
{
  g_autofree char *clean = zc_word_clean (text);

  if (*clean)
    zc_word_element (xml, name, clean);
}

static GBytes *
core_part (const ZcDocument *document)
{
  ZcWordXml *xml = zc_word_xml_new ();

  zc_word_open (xml, "cp:coreProperties");
  zc_word_attributes (xml,
                      "xmlns:cp",
                      "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
                      "xmlns:dc",
                      "http://purl.org/dc/elements/1.1/",
                      "xmlns:dcterms",
                      "http://purl.org/dc/terms/",
                      "xmlns:xsi",
                      "http://www.w3.org/2001/XMLSchema-instance",
                      NULL);
  add_property (xml, "dc:title", document->title);
  add_property (xml, "dc:creator", document->unit);
  add_property (xml, "cp:lastModifiedBy", document->unit);
  if (document->mark)
    add_property (xml, "dc:identifier", document->mark->code);
  add_property (xml, "dc:language", "zh-CN");
  add_property (xml, "cp:contentStatus", document->mark ? "已封存" : "草稿");
  add_dates (xml, document->date);
  return zc_word_xml_finish (xml);
}

static void
add_related (ZcWordPackage *package, const char *id, const char *relation, GBytes *bytes)
{
  g_autofree char *name = g_strdup_printf ("word/%s.xml", id);
  g_autofree char *type = g_strconcat (WORDPROCESSING, relation, "+xml", NULL);

  zc_word_package_add (package, name, type, DOCUMENT_PART, id, relation, bytes);
}

static gboolean
add_margins (ZcWordPackage *package, const ZcDocument *document, GError **error)
{
  static const char *const headers[] = { "header1", "header2", "header3" };
  static const char *const footers[] = { "footer1", "footer2", "footer3" };
  g_autoptr (GArray) wide = zc_word_landscape (document->blocks);
  gboolean landscape = wide->len > 0 && g_array_index (wide, gboolean, 0);
  gboolean has_qr = zc_word_has_qr (document);
  GBytes *png;

  for (int i = 0; i < (has_qr ? 3 : 2); i++)
    {
      add_related (package, headers[i], "header", zc_word_header_part (document));
      add_related (package, footers[i], "footer", zc_word_footer_part (document, (ZcWordPages) i, landscape));
    }
  if (!has_qr)
    return TRUE;
  /* The template as it is: a text without lasting pages names no page (seal/zc-seal-code.h). */
  png = zc_word_qr_png (document->mark->qr, error);
  if (!png)
    return FALSE;
  zc_word_package_add (package, "word/media/qr.png", "image/png", "word/footer3.xml", "qr", "image", png);
  return TRUE;
}

GBytes *
zc_word_to_bytes (const ZcDocument *document, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcWordPackage) package = zc_word_package_new ();
  GBytes *body;

  g_return_val_if_fail (document != NULL, NULL);

  body = zc_word_document_part (document, progress, error);
  if (!body)
    return NULL;
  zc_word_package_add (package, DOCUMENT_PART, WORDPROCESSING "document.main+xml", "", "document", "officeDocument", body);
  add_related (package, "styles", "styles", zc_word_styles_part (document->style));
  add_related (package, "settings", "settings", zc_word_settings_part ());
  if (!add_margins (package, document, error))
    return NULL;
  zc_word_package_add (package,
                       "docProps/core.xml",
                       "application/vnd.openxmlformats-package.core-properties+xml",
                       "",
                       "core",
                       "core-properties",
                       core_part (document));
  return zc_word_package_finish (package, error);
}

gboolean
zc_word_write (const ZcDocument *document, const char *path, const ZcProgress *progress, GError **error)
{
  g_autoptr (GBytes) bytes = zc_word_to_bytes (document, progress, error);
  gconstpointer data;
  gsize size;

  if (!bytes)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  return zc_output_write_file (path, data, size, error);
}
