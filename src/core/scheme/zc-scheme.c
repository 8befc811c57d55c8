/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>

static ZcSchemeReal *
real_of (const ZcScheme *self)
{
  return (ZcSchemeReal *) self;
}

ZcScheme *
zc_scheme_ref (ZcScheme *self)
{
  g_atomic_ref_count_inc (&real_of (self)->refs);
  return self;
}

static void
free_lists (ZcScheme *self)
{
  GPtrArray **lists[] = {
    &self->stages,    &self->deliveries, &self->sections, &self->items,   &self->rules,
    &self->documents, &self->chapters,   &self->facts,    &self->ledgers, &self->kinds
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_clear_pointer (lists[i], g_ptr_array_unref);
}

static void
free_tables (ZcSchemeReal *real)
{
  GHashTable **tables[] = { &real->facts,    &real->items,     &real->ledgers, &real->sections,
                            &real->chapters, &real->documents, &real->kinds,   &real->asked };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    g_clear_pointer (tables[i], g_hash_table_unref);
}

static void
free_strings (ZcScheme *self)
{
  char *strings[] = { self->id,           self->version,       self->title,       self->subject,
                      self->notice_title, self->notice_number, self->notice_date, self->issuer,
                      self->recipient,    self->about,         self->status_text, self->due,
                      self->period_from,  self->period_to,     self->digest };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
}

void
zc_scheme_unref (ZcScheme *self)
{
  ZcSchemeReal *real = real_of (self);

  if (!self || !g_atomic_ref_count_dec (&real->refs))
    return;
  free_tables (real);
  free_lists (self);
  free_strings (self);
  g_clear_pointer (&self->rest_days, g_array_unref);
  g_clear_pointer (&self->work_days, g_array_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&real->doc, xmlFreeDoc);
  g_free (real);
}

const ZcField *
zc_scheme_find_fact (const ZcScheme *self, const char *id)
{
  return g_hash_table_lookup (real_of (self)->facts, id);
}

const ZcItem *
zc_scheme_find_item (const ZcScheme *self, const char *id)
{
  return g_hash_table_lookup (real_of (self)->items, id);
}

const ZcLedger *
zc_scheme_find_ledger (const ZcScheme *self, const char *id)
{
  return g_hash_table_lookup (real_of (self)->ledgers, id);
}

const ZcField *
zc_ledger_find_column (const ZcLedger *self, const char *id)
{
  return g_hash_table_lookup (((const ZcLedgerReal *) self)->columns, id);
}

const ZcChapter *
zc_scheme_find_chapter (const ZcScheme *self, const char *id)
{
  return g_hash_table_lookup (real_of (self)->chapters, id);
}

const ZcDocumentSpec *
zc_scheme_find_document (const ZcScheme *self, const char *id)
{
  return g_hash_table_lookup (real_of (self)->documents, id);
}

const char *
zc_confidence_label (ZcConfidence confidence)
{
  switch (confidence)
    {
    case ZC_CONFIDENCE_NOTICE:
      return _("from the notice itself");
    case ZC_CONFIDENCE_FORM:
      return _("from a public copy of the form");
    case ZC_CONFIDENCE_RECALLED:
      return _("recalled, to be checked against an official copy");
    case ZC_CONFIDENCE_DERIVED:
    default:
      return _("derived from the notice, not the official attachment");
    }
}
