/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-catalog.h"

#include "base/zc-text.h"

#define PAGES_IN_NODE 64

static const ZcPdfSheet *
sheet_of (const GArray *sheets, guint page)
{
  return &g_array_index (sheets, ZcPdfSheet, page - 1);
}

/* A place on @page, @y from its upper edge. */
static void
put_destination (GString *to, const GArray *sheets, guint page, double y)
{
  g_string_append (to, "/Dest[");
  zc_pdf_put_reference (to, sheet_of (sheets, page)->object);
  g_string_append (to, "/XYZ 0");
  zc_pdf_put_number (to, sheet_of (sheets, page)->height - y, 1);
  g_string_append (to, " null]");
}

/* Links. */

static guint
write_link (ZcPdfFile *file, const GArray *sheets, const ZcLink *link, const ZcAnchor *anchor, ZcPdfStructure *structure)
{
  g_autoptr (GString) body = g_string_new ("<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[");
  const ZcPdfSheet *sheet = sheet_of (sheets, link->page);
  const double box[] = { link->x, sheet->height - link->y - link->height, link->x + link->width, sheet->height - link->y };
  guint number = zc_pdf_file_reserve (file);

  for (gsize i = 0; i < G_N_ELEMENTS (box); i++)
    zc_pdf_put_number (body, box[i], 1);
  g_string_append_c (body, ']');
  put_destination (body, sheets, anchor->page, anchor->y);
  g_string_append_printf (body, "/StructParent %u>>",
                          zc_pdf_structure_add_link (structure, link->page, sheet->object, number));
  zc_pdf_file_add (file, number, body);
  return number;
}

/* The links of @page that lead somewhere. @next: the first that is not yet written; moves on. */
static void
put_links (ZcPdfFile *file, const ZcPages *pages, const GArray *sheets, guint page, guint *next,
           ZcPdfStructure *structure, GString *to)
{
  gboolean any = FALSE;

  for (; *next < pages->links->len && g_array_index (pages->links, ZcLink, *next).page == page; ++*next)
    {
      const ZcLink *link = &g_array_index (pages->links, ZcLink, *next);
      const ZcAnchor *anchor = g_hash_table_lookup (pages->anchors, link->to);

      if (!anchor)
        continue;
      g_string_append (to, any ? "" : "/Annots[");
      zc_pdf_put_reference (to, write_link (file, sheets, link, anchor, structure));
      any = TRUE;
    }
  if (any)
    g_string_append (to, "]/Tabs/S");
}

/* Pages. */

static void
write_page (ZcPdfFile *file, const ZcPdfSheet *sheet, guint key, guint parent, const GString *links)
{
  g_autoptr (GString) body = g_string_new ("<</Type/Page/Parent");

  zc_pdf_put_reference (body, parent);
  g_string_append (body, "/MediaBox[0 0");
  zc_pdf_put_number (body, sheet->width, 2);
  zc_pdf_put_number (body, sheet->height, 2);
  g_string_append (body, "]/Contents");
  zc_pdf_put_reference (body, sheet->content);
  g_string_append (body, "/StructParents");
  zc_pdf_put_count (body, key);
  g_string_append_len (body, links->str, (gssize) links->len);
  g_string_append (body, ">>");
  zc_pdf_file_add (file, sheet->object, body);
}

/* 7.7.3: a tree of two levels, so that a reader finds a page without reading the entries of all. */
static guint
write_pages (ZcPdfFile *file, const ZcPages *pages, const GArray *sheets, guint resources, ZcPdfStructure *structure)
{
  g_autoptr (GString) kids = g_string_new (NULL), node = g_string_new (NULL), body = g_string_new (NULL);
  g_autoptr (GString) links = g_string_new (NULL);
  guint root = zc_pdf_file_reserve (file), next = 0;

  for (guint first = 1; first <= sheets->len; first += PAGES_IN_NODE)
    {
      guint number = zc_pdf_file_reserve (file), last = MIN (first + PAGES_IN_NODE - 1, sheets->len);

      g_string_printf (node, "<</Type/Pages/Parent %u 0 R/Count %u/Kids[", root, last - first + 1);
      for (guint page = first; page <= last; page++)
        {
          g_string_truncate (links, 0);
          put_links (file, pages, sheets, page, &next, structure, links);
          write_page (file, sheet_of (sheets, page), page - 1, number, links);
          zc_pdf_put_reference (node, sheet_of (sheets, page)->object);
        }
      g_string_append (node, "]>>");
      zc_pdf_file_add (file, number, node);
      zc_pdf_put_reference (kids, number);
    }
  g_string_printf (body, "<</Type/Pages/Count %u/Resources %u 0 R/Kids[%s]>>", sheets->len, resources, kids->str);
  zc_pdf_file_add (file, root, body);
  return root;
}

/* Bookmarks (12.3.3). */

#define DEEPEST 6

/** Bookmark: an entry of the outline with its neighbours, by their place in the list; 0 is the root, -1 nobody. */
typedef struct
{
  guint number, count;
  int parent, before, after, first, last;
} Bookmark;

static void
hang (Bookmark *all, int at, int parent)
{
  all[at].parent = parent;
  all[at].before = all[parent].last;
  if (all[at].before >= 0)
    all[all[at].before].after = at;
  else
    all[parent].first = at;
  all[parent].last = at;
  all[parent].count++;
}

/* @entry 1 is the first of @outline. A level that is left out hangs from the one above it. */
static Bookmark *
find_bookmarks (ZcPdfFile *file, const GPtrArray *outline)
{
  Bookmark *all = g_new0 (Bookmark, outline->len + 1);
  int above[DEEPEST] = { 0 };

  for (guint i = 0; i <= outline->len; i++)
    all[i] = (Bookmark){ zc_pdf_file_reserve (file), 0, -1, -1, -1, -1, -1 };
  for (guint i = 0; i < outline->len; i++)
    {
      guint level = MIN (((const ZcOutlineEntry *) outline->pdata[i])->level, DEEPEST - 2);

      hang (all, (int) i + 1, above[level]);
      for (guint deeper = level + 1; deeper < DEEPEST; deeper++)
        above[deeper] = (int) i + 1;
    }
  return all;
}

static void
put_neighbour (GString *to, const char *key, const Bookmark *all, int at)
{
  if (at < 0)
    return;
  g_string_append (to, key);
  zc_pdf_put_reference (to, all[at].number);
}

/* Returns: the number of the outline, 0 if there is none. */
static guint
write_outline (ZcPdfFile *file, const ZcPages *pages, const GArray *sheets)
{
  g_autofree Bookmark *all = NULL;

  if (pages->outline->len == 0)
    return 0;
  all = find_bookmarks (file, pages->outline);
  for (guint i = 0; i <= pages->outline->len; i++)
    {
      const ZcOutlineEntry *entry = i > 0 ? pages->outline->pdata[i - 1] : NULL;
      g_autoptr (GString) body = g_string_new (entry ? "<</Title" : "<</Type/Outlines");

      if (entry)
        {
          zc_pdf_put_text (body, entry->text);
          put_destination (body, sheets, entry->page, entry->y);
        }
      put_neighbour (body, "/Parent", all, all[i].parent);
      put_neighbour (body, "/Prev", all, all[i].before);
      put_neighbour (body, "/Next", all, all[i].after);
      put_neighbour (body, "/First", all, all[i].first);
      put_neighbour (body, "/Last", all, all[i].last);
      /* What hangs from the title is seen at once, what is below it only when asked for. */
      if (all[i].count > 0)
        g_string_append_printf (body, "/Count %s%u", entry && entry->level > 0 ? "-" : "", all[i].count);
      g_string_append (body, ">>");
      zc_pdf_file_add (file, all[i].number, body);
    }
  return all[0].number;
}

/* Metadata. */

/* The document's date stands for the moment of writing, so that the same record gives the same bytes. */
static const char *
date_of (const ZcPages *pages)
{
  return pages->date && zc_date_to_days (pages->date) ? pages->date : "2000-01-01";
}

static guint
write_info (ZcPdfFile *file, const ZcPages *pages)
{
  g_autoptr (GString) body = g_string_new ("<</Title");
  const char *date = date_of (pages);
  g_autofree char *stamp = g_strdup_printf ("D:%.4s%.2s%.2s000000Z", date, date + 5, date + 8);
  guint number = zc_pdf_file_reserve (file);

  zc_pdf_put_text (body, pages->title);
  g_string_append (body, "/Author");
  zc_pdf_put_text (body, pages->unit);
  g_string_append_printf (body, "/Creator(Zicha %s)/Producer(Zicha %s)/CreationDate(%s)/ModDate(%s)>>", ZC_VERSION,
                          ZC_VERSION, stamp, stamp);
  zc_pdf_file_add_plain (file, number, body);
  return number;
}

static guint
write_xmp (ZcPdfFile *file, const ZcPages *pages)
{
  g_autofree char *title = g_markup_escape_text (pages->title ? pages->title : "", -1);
  g_autofree char *unit = g_markup_escape_text (pages->unit ? pages->unit : "", -1);
  g_autofree char *xmp = g_strdup_printf (
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
      "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
      "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n"
      "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>\n"
      "<xmp:CreatorTool>Zicha " ZC_VERSION "</xmp:CreatorTool>"
      "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate><xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>\n"
      "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
      title, unit, date_of (pages), date_of (pages));
  guint number = zc_pdf_file_reserve (file);

  zc_pdf_file_add_stream (file, number, "/Type/Metadata/Subtype/XML", xmp, strlen (xmp), TRUE);
  return number;
}

guint
zc_pdf_catalog_write (ZcPdfFile *file,
                      const ZcPages *pages,
                      const GArray *sheets,
                      guint resources,
                      ZcPdfStructure *structure,
                      guint *info)
{
  g_autoptr (GString) body = g_string_new ("<</Type/Catalog/Pages");
  guint number = zc_pdf_file_reserve (file), outline;

  zc_pdf_put_reference (body, write_pages (file, pages, sheets, resources, structure));
  outline = write_outline (file, pages, sheets);
  if (outline > 0)
    g_string_append_printf (body, "/Outlines %u 0 R/PageMode/UseOutlines", outline);
  g_string_append (body, "/StructTreeRoot");
  zc_pdf_put_reference (body, zc_pdf_structure_write (structure));
  g_string_append (body, "/MarkInfo<</Marked true>>/Lang (zh-CN)/ViewerPreferences<</DisplayDocTitle true>>"
                         "/PageLabels<</Nums[0<</S/D>>]>>/Metadata");
  zc_pdf_put_reference (body, write_xmp (file, pages));
  g_string_append (body, ">>");
  zc_pdf_file_add_plain (file, number, body);
  *info = write_info (file, pages);
  return number;
}
