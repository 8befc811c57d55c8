/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-page.h"
#include "pdf/zc-pdf-file.h"

G_BEGIN_DECLS

/**
 * ZcPdfStructure: the tree of headings, paragraphs, tables (ISO 32000-1 14.7) for readers that speak or reflow. Elements
 * are written as soon as they end; what is kept is a number for each that hangs from the root. An element begins and
 * ends on one page.
 */
typedef struct _ZcPdfStructure ZcPdfStructure;

ZcPdfStructure *zc_pdf_structure_new (ZcPdfFile *file);
void zc_pdf_structure_free (ZcPdfStructure *self);

/** zc_pdf_structure_begin_page: @page (from 1), which is the object @object; any order of pages. */
void zc_pdf_structure_begin_page (ZcPdfStructure *self, guint page, guint object);
void zc_pdf_structure_end_page (ZcPdfStructure *self);

void zc_pdf_structure_open (ZcPdfStructure *self, ZcTag tag);
void zc_pdf_structure_close (ZcPdfStructure *self);

/** zc_pdf_structure_depth: how many elements are open. */
guint zc_pdf_structure_depth (const ZcPdfStructure *self);

/** zc_pdf_structure_name: Returns: the type of the innermost open element, "TD" for example. */
const char *zc_pdf_structure_name (const ZcPdfStructure *self);

/** zc_pdf_structure_mark: Returns: the number on its page of the next piece of the innermost open element. */
guint zc_pdf_structure_mark (ZcPdfStructure *self);

/**
 * zc_pdf_structure_add_link: the annotation @annotation on @page is a link.
 * Returns: the key that it must name as /StructParent
 */
guint zc_pdf_structure_add_link (ZcPdfStructure *self, guint page, guint object, guint annotation);

/** zc_pdf_structure_write: once all pages are there. Returns: the number of the tree's root */
guint zc_pdf_structure_write (ZcPdfStructure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPdfStructure, zc_pdf_structure_free)

G_END_DECLS
