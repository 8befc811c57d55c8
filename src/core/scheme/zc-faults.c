/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
fault_free (gpointer data)
{
  ZcFault *fault = data;

  g_free (fault->message);
  g_free (fault);
}

GPtrArray *
zc_fault_list_new (void)
{
  return g_ptr_array_new_with_free_func (fault_free);
}

static void
add (ZcFaults *self, const xmlNode *node, char *message)
{
  ZcFault *fault;

  if (self->list->len >= ZC_SCHEME_MAX_FAULTS)
    {
      g_free (message);
      return;
    }
  fault = g_new0 (ZcFault, 1);
  fault->line = node ? (int) CLAMP (xmlGetLineNo (node), 1, G_MAXINT) : 1;
  fault->message = g_utf8_make_valid (message, -1); /* libraries quote what they can't read */
  g_free (message);
  if (node && node->type == XML_ELEMENT_NODE && node->line == 0) /* so zc-scheme-overlay.c marks what lies under it */
    {
      g_autofree char *own = g_steal_pointer (&fault->message);

      fault->message = g_strdup_printf (_("With this overlay the scheme under it fails: %s"), own);
    }
  g_ptr_array_add (self->list, fault);
}

void
zc_faults_add (ZcFaults *self, const xmlNode *node, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add (self, node, g_strdup_vprintf (format, args));
  va_end (args);
}

void
zc_faults_take (ZcFaults *self, const xmlNode *node, GError *error)
{
  add (self, node, g_strdup (error->message));
  g_error_free (error);
}

static int
by_line (gconstpointer a, gconstpointer b)
{
  const ZcFault *const *first = a, *const *second = b;

  return (*first)->line - (*second)->line;
}

void
zc_faults_sort (ZcFaults *self)
{
  g_ptr_array_sort (self->list, by_line);
}

gboolean
zc_faults_fail (ZcFaults *self, GError **error)
{
  const ZcFault *first;

  zc_faults_sort (self);
  first = g_ptr_array_index (self->list, 0);
  return zc_fail (error, ZC_ERROR_INVALID, _("“%s”, line %d: %s"), self->name, first->line, first->message);
}

/* How many letters must be changed, added or taken away to get from @a to @b; counted up to @limit. */
static guint
distance (const char *a, const char *b, guint limit)
{
  gsize length_a = strlen (a), length_b = strlen (b);
  guint row[65];

  if (length_a > 64 || length_b > 64)
    return limit + 1;
  for (gsize j = 0; j <= length_b; j++)
    row[j] = (guint) j;
  for (gsize i = 1; i <= length_a; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= length_b; j++)
        {
          guint replaced = diagonal + (a[i - 1] != b[j - 1]);

          diagonal = row[j];
          row[j] = MIN (MIN (row[j] + 1, row[j - 1] + 1), replaced);
        }
    }
  return row[length_b];
}

char *
zc_faults_nearest (const char *given, const char *const *names)
{
  const char *best = NULL;
  guint least = MIN (3, (guint) strlen (given) / 2 + 1);

  for (; *names; names++)
    {
      guint far = distance (given, *names, least);

      if (far < least)
        {
          least = far;
          best = *names;
        }
    }
  return best ? g_strdup_printf (_(" Did you mean “%s”?"), best) : g_strdup ("");
}
