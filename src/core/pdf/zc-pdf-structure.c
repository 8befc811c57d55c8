/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-structure.h"

#define DEEPEST 8

static const char *const names[] = { "P", "H1", "H2", "H3", "H4", "Table", "TR", "TH", "TD" };

/** Element: one that is open. */
typedef struct
{
  guint number;
  ZcTag tag;
  GString *kids; /* numbers of marks, references to elements */
} Element;

/** Child: an element that hangs from the document. */
typedef struct
{
  guint page, number;
} Child;

/** Key: what an entry of the tree of parents leads to. */
typedef struct
{
  guint key, object;
} Key;

struct _ZcPdfStructure
{
  ZcPdfFile *file;
  guint document;
  Element open[DEEPEST];
  guint depth;
  guint page, object;
  guint n_marks;
  GString *parents; /* of the marks of this page, in order */
  GArray *children; /* (element-type Child) */
  GArray *keys;     /* (element-type Key) */
  guint next_key;   /* beyond those of pages */
};

/* Pages have the keys from 0 on, links those from here. */
#define FIRST_LINK_KEY 100000

ZcPdfStructure *
zc_pdf_structure_new (ZcPdfFile *file)
{
  ZcPdfStructure *self = g_new0 (ZcPdfStructure, 1);

  self->file = file;
  self->document = zc_pdf_file_reserve (file);
  self->parents = g_string_new (NULL);
  self->children = g_array_new (FALSE, FALSE, sizeof (Child));
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  self->next_key = FIRST_LINK_KEY;
  for (guint i = 0; i < DEEPEST; i++)
    self->open[i].kids = g_string_new (NULL);
  return self;
}

void
zc_pdf_structure_free (ZcPdfStructure *self)
{
  if (!self)
    return;
  for (guint i = 0; i < DEEPEST; i++)
    g_string_free (self->open[i].kids, TRUE);
  g_string_free (self->parents, TRUE);
  g_array_unref (self->children);
  g_array_unref (self->keys);
  g_free (self);
}

static void
add_key (ZcPdfStructure *self, guint number, guint object)
{
  Key key = { number, object };

  g_array_append_val (self->keys, key);
}

static void
add_child (ZcPdfStructure *self, guint page, guint number)
{
  Child child = { page, number };

  g_array_append_val (self->children, child);
}

void
zc_pdf_structure_begin_page (ZcPdfStructure *self, guint page, guint object)
{
  self->page = page;
  self->object = object;
  self->n_marks = 0;
  g_string_assign (self->parents, "[");
}

void
zc_pdf_structure_end_page (ZcPdfStructure *self)
{
  guint number = zc_pdf_file_reserve (self->file);

  while (self->depth > 0)
    zc_pdf_structure_close (self);
  g_string_append_c (self->parents, ']');
  zc_pdf_file_add (self->file, number, self->parents);
  add_key (self, self->page - 1, number);
}

void
zc_pdf_structure_open (ZcPdfStructure *self, ZcTag tag)
{
  Element *element;

  g_return_if_fail (self->depth < DEEPEST);
  element = &self->open[self->depth++];
  element->number = zc_pdf_file_reserve (self->file);
  element->tag = tag;
  g_string_truncate (element->kids, 0);
}

void
zc_pdf_structure_close (ZcPdfStructure *self)
{
  g_autoptr (GString) body = g_string_new ("<</S/");
  Element *element, *above;

  g_return_if_fail (self->depth > 0);
  element = &self->open[--self->depth];
  above = self->depth > 0 ? &self->open[self->depth - 1] : NULL;
  g_string_append (body, names[element->tag]);
  g_string_append (body, "/P");
  zc_pdf_put_reference (body, above ? above->number : self->document);
  g_string_append (body, "/Pg");
  zc_pdf_put_reference (body, self->object);
  g_string_append (body, "/K[");
  g_string_append_len (body, element->kids->str, (gssize) element->kids->len);
  g_string_append (body, "]>>");
  zc_pdf_file_add (self->file, element->number, body);
  if (above)
    zc_pdf_put_reference (above->kids, element->number);
  else
    add_child (self, self->page, element->number);
}

guint
zc_pdf_structure_depth (const ZcPdfStructure *self)
{
  return self->depth;
}

const char *
zc_pdf_structure_name (const ZcPdfStructure *self)
{
  return self->depth > 0 ? names[self->open[self->depth - 1].tag] : NULL;
}

guint
zc_pdf_structure_mark (ZcPdfStructure *self)
{
  Element *element = &self->open[self->depth - 1];

  zc_pdf_put_count (element->kids, self->n_marks);
  zc_pdf_put_reference (self->parents, element->number);
  return self->n_marks++;
}

guint
zc_pdf_structure_add_link (ZcPdfStructure *self, guint page, guint object, guint annotation)
{
  g_autoptr (GString) body = g_string_new (NULL);
  guint number = zc_pdf_file_reserve (self->file);

  g_string_printf (body, "<</S/Link/P %u 0 R/Pg %u 0 R/K<</Type/OBJR/Obj %u 0 R>>>>", self->document, object, annotation);
  zc_pdf_file_add (self->file, number, body);
  add_child (self, page, number);
  add_key (self, self->next_key, number);
  return self->next_key++;
}

static int
compare_children (gconstpointer a, gconstpointer b)
{
  const Child *x = a, *y = b;

  if (x->page != y->page)
    return x->page < y->page ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return ((const Key *) a)->key < ((const Key *) b)->key ? -1 : 1;
}

static void
write_document (ZcPdfStructure *self, guint root)
{
  g_autoptr (GString) body = g_string_new (NULL);

  g_array_sort (self->children, compare_children);
  g_string_printf (body, "<</S/Document/P %u 0 R/K[", root);
  for (guint i = 0; i < self->children->len; i++)
    zc_pdf_put_reference (body, g_array_index (self->children, Child, i).number);
  g_string_append (body, "]>>");
  zc_pdf_file_add (self->file, self->document, body);
}

static guint
write_parents (ZcPdfStructure *self)
{
  g_autoptr (GString) body = g_string_new ("<</Nums[");
  guint number = zc_pdf_file_reserve (self->file);

  g_array_sort (self->keys, compare_keys);
  for (guint i = 0; i < self->keys->len; i++)
    {
      zc_pdf_put_count (body, g_array_index (self->keys, Key, i).key);
      zc_pdf_put_reference (body, g_array_index (self->keys, Key, i).object);
    }
  g_string_append (body, "]>>");
  zc_pdf_file_add (self->file, number, body);
  return number;
}

guint
zc_pdf_structure_write (ZcPdfStructure *self)
{
  g_autoptr (GString) body = g_string_new (NULL);
  guint root = zc_pdf_file_reserve (self->file);

  write_document (self, root);
  g_string_printf (body, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %u>>", self->document,
                   write_parents (self), self->next_key);
  zc_pdf_file_add (self->file, root, body);
  return root;
}
