/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-ledger-csv.h"

#include "base/zc-output.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
fault_free (gpointer data)
{
  ZcCsvFault *fault = data;

  g_free (fault->column);
  g_free (fault->message);
  g_free (fault);
}

void
zc_ledger_table_free (ZcLedgerTable *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->columns);
  g_strfreev (self->headers);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->bad);
  g_array_unref (self->numbers);
  g_ptr_array_unref (self->faults);
  g_free (self);
}

/* Text */

static char *
decode (GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = NULL;

  if (size == 0)
    return g_strdup ("");
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  if (memchr (data, 0, size))
    return zc_fail_null (error, ZC_ERROR_INVALID, _("“%s” is not a text file. Save the sheet as CSV first."), name);
  if (g_utf8_validate (data, (gssize) size, NULL))
    return g_strndup (data, size);
  text = g_convert (data, (gssize) size, "UTF-8", "GB18030", NULL, NULL, NULL);
  if (!text)
    return zc_fail_null (error, ZC_ERROR_INVALID, _("“%s” is neither in UTF-8 nor in GB18030. Save it as CSV in UTF-8."), name);
  return g_steal_pointer (&text);
}

/* The separator is the one the first line has most of. */
static char
find_separator (const char *text)
{
  gsize counts[3] = { 0 };
  static const char separators[] = ",;\t";
  gsize best = 0;

  for (const char *at = text; *at && *at != '\n'; at++)
    for (gsize i = 0; i < 3; i++)
      counts[i] += *at == separators[i];
  for (gsize i = 1; i < 3; i++)
    if (counts[i] > counts[best])
      best = i;
  return separators[best];
}

/* A line ends with LF, CR LF or, on old systems, CR. */
static gboolean
ends_line (const char *p)
{
  return *p == '\n' || *p == 0 || (*p == '\r' && p[1] != '\n');
}

/* RFC 4180: one record from *at on, which is moved behind it; at most one cell more than a file may have. FALSE if a quotation
 * mark is not closed: then all that follows is one cell. */
static gboolean
read_record (const char **at, char separator, GStrv *record)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GString) cell = g_string_new (NULL);
  const char *p = *at;
  gboolean quoted = FALSE;
  guint n = 0;

  for (;; p++)
    {
      if (quoted && *p)
        {
          if (p[0] == '"' && p[1] == '"')
            g_string_append_c (cell, *p++);
          else if (*p == '"')
            quoted = FALSE;
          else
            g_string_append_c (cell, *p);
          continue;
        }
      if (*p == '"' && cell->len == 0)
        quoted = TRUE;
      else if (*p == separator || ends_line (p))
        {
          if (n++ <= ZC_CSV_MAX_COLUMNS)
            g_strv_builder_add (cells, g_strstrip (cell->str));
          g_string_truncate (cell, 0);
          if (*p != separator)
            break;
        }
      else if (*p != '\r')
        g_string_append_c (cell, *p);
    }
  *at = *p ? p + 1 : p;
  *record = g_strv_builder_end (cells);
  return !quoted;
}

static gboolean
is_blank (char **cells)
{
  for (guint i = 0; cells[i]; i++)
    if (*cells[i])
      return FALSE;
  return TRUE;
}

/* Columns */

/* "访问人数（个）" and " 访问人数 " are the same column. */
static char *
plain_header (const char *header)
{
  g_autofree char *folded = g_utf8_casefold (header, -1);
  GString *plain = g_string_new (NULL);

  for (const char *at = folded; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0xff08 || c == '(')
        break;
      if (!g_unichar_isspace (c) && c != '*')
        g_string_append_unichar (plain, c);
    }
  return g_string_free (plain, FALSE);
}

static const ZcField *
find_column (const ZcLedger *ledger, const char *header)
{
  for (guint i = 0; i < ledger->columns->len; i++)
    {
      const ZcField *column = ledger->columns->pdata[i];

      if (strcmp (column->label, header) == 0 || strcmp (column->id, header) == 0)
        return column;
    }
  return NULL;
}

/* As people write it. */
static const ZcField *
guess_column (const ZcLedger *ledger, const char *header)
{
  g_autofree char *wanted = plain_header (header);

  for (guint i = 0; i < ledger->columns->len; i++)
    {
      const ZcField *column = ledger->columns->pdata[i];
      g_autofree char *label = plain_header (column->label);
      g_autofree char *id = plain_header (column->id);

      if (*wanted && (strcmp (label, wanted) == 0 || strcmp (id, wanted) == 0))
        return column;
    }
  return NULL;
}

static void
add_fault (ZcLedgerTable *self, guint row, const char *column, char *message)
{
  ZcCsvFault *fault;

  if (self->faults->len >= ZC_CSV_MAX_FAULTS)
    {
      g_free (message);
      self->more++;
      return;
    }
  fault = g_new0 (ZcCsvFault, 1);
  fault->row = row;
  fault->column = g_strdup (column);
  fault->message = message;
  g_ptr_array_add (self->faults, fault);
}

static gboolean
has_column (const ZcLedgerTable *self, const ZcField *column)
{
  return g_ptr_array_find (self->columns, column, NULL);
}

static gboolean
match_headers (ZcLedgerTable *self, const char *name, GError **error)
{
  guint matched = 0;

  for (guint i = 0; self->headers[i]; i++)
    {
      const ZcField *column = find_column (self->ledger, self->headers[i]);

      if (!column)
        column = guess_column (self->ledger, self->headers[i]);
      if (column && has_column (self, column))
        return zc_fail (error, ZC_ERROR_INVALID, _("“%s” has the column “%s” twice."), name, column->label);
      g_ptr_array_add (self->columns, (gpointer) column);
      matched += column != NULL;
    }
  if (matched == 0)
    return zc_fail (error, ZC_ERROR_INVALID, _("No column of “%s” is one of “%s”. Its first line must name the columns, as an export does."),
                    name, self->ledger->label);
  for (guint i = 0; i < self->ledger->columns->len; i++)
    {
      const ZcField *column = self->ledger->columns->pdata[i];

      if (column->required && !column->when && !has_column (self, column))
        add_fault (self, 1, column->label, g_strdup_printf (_("“%s”, row 1: the column “%s” is missing."), name, column->label));
    }
  return TRUE;
}

static void
columns_from (ZcLedgerTable *self, guint first)
{
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();

  for (guint i = first; i < self->ledger->columns->len; i++)
    {
      ZcField *column = self->ledger->columns->pdata[i];

      g_ptr_array_add (self->columns, column);
      g_strv_builder_add (headers, column->label);
    }
  self->headers = g_strv_builder_end (headers);
}

/* Rows */

static char *
check_cell (ZcLedgerTable *self, const ZcField *column, const char *cell, guint number, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *value = zc_field_check (column, cell, &error);

  if (!value)
    add_fault (self, number, column->label,
               g_strdup_printf (_("“%s”, row %u, column “%s”: %s"), name, number, column->label, error->message));
  return value;
}

/* What stands beyond the last column would be lost; it is there because a separator in a text was not quoted. */
static gboolean
check_width (ZcLedgerTable *self, char **cells, guint n, guint number, const char *name)
{
  for (guint i = self->columns->len; i < n; i++)
    if (*cells[i])
      {
        add_fault (self, number, "",
                   g_strdup_printf (_("“%s”, row %u has a cell “%s” beyond the last column. Put texts with a separator in quotation marks."),
                                    name, number, cells[i]));
        return FALSE;
      }
  return TRUE;
}

static void
check_row (ZcLedgerTable *self, char **cells, guint number, const char *name)
{
  GStrv values = g_new0 (char *, self->columns->len + 1);
  guint n = g_strv_length (cells);
  gboolean bad = !check_width (self, cells, n, number, name);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const ZcField *column = self->columns->pdata[i];

      values[i] = column && !column->select ? check_cell (self, column, i < n ? cells[i] : "", number, name) : g_strdup ("");
      if (!values[i])
        {
          values[i] = g_strdup ("");
          bad = TRUE;
        }
    }
  g_ptr_array_add (self->rows, values);
  g_array_append_val (self->bad, bad);
  g_array_append_val (self->numbers, number);
}

static gboolean
fail_large (const char *name, GError **error)
{
  return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” is too large: at most %d rows and %d columns."), name, ZC_CSV_MAX_ROWS,
                  ZC_CSV_MAX_COLUMNS);
}

static gboolean
fail_open (const char *name, guint number, GError **error)
{
  return zc_fail (error, ZC_ERROR_INVALID, _("“%s”, row %u: a quotation mark is opened and never closed. Close it."), name, number);
}

static gboolean
read_header (ZcLedgerTable *self, const char **at, char separator, const char *name, GError **error)
{
  if (!read_record (at, separator, &self->headers))
    return fail_open (name, 1, error);
  if (g_strv_length (self->headers) > ZC_CSV_MAX_COLUMNS)
    return fail_large (name, error);
  return match_headers (self, name, error);
}

static gboolean
read_rows (ZcLedgerTable *self, const char *at, char separator, guint number, const char *name, GError **error)
{
  for (; *at; number++)
    {
      g_auto (GStrv) cells = NULL;

      if (!read_record (&at, separator, &cells))
        return fail_open (name, number, error);
      if (is_blank (cells))
        continue;
      if (g_strv_length (cells) > ZC_CSV_MAX_COLUMNS || self->rows->len >= ZC_CSV_MAX_ROWS)
        return fail_large (name, error);
      check_row (self, cells, number, name);
    }
  return TRUE;
}

/* Which rows */

static gboolean
parse_range (const char *text, guint *from, guint *to)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  guint64 first, last;

  if (!ends[0] || !g_ascii_string_to_unsigned (ends[0], 10, 1, G_MAXUINT, &first, NULL))
    return FALSE;
  last = first;
  if (ends[1] && !g_ascii_string_to_unsigned (ends[1], 10, first, G_MAXUINT, &last, NULL))
    return FALSE;
  *from = (guint) first;
  *to = (guint) last;
  return TRUE;
}

static gboolean
is_among (char **ranges, guint row)
{
  guint from, to;

  for (guint i = 0; ranges[i]; i++)
    if (parse_range (ranges[i], &from, &to) && row >= from && row <= to)
      return TRUE;
  return FALSE;
}

gboolean
zc_ledger_table_choose (ZcLedgerTable *self, const char *rows, GError **error)
{
  g_auto (GStrv) ranges = g_strsplit (rows, ",", 1000);
  guint from, to;

  for (guint i = 0; ranges[i] || i == 0; i++)
    if (!ranges[i] || !parse_range (ranges[i], &from, &to))
      return zc_fail (error, ZC_ERROR_USAGE, _("“%s” does not name rows. Write them as 2-40,52."), rows);
  for (guint i = self->rows->len; i > 0; i--)
    if (!is_among (ranges, g_array_index (self->numbers, guint, i - 1)))
      {
        g_ptr_array_remove_index (self->rows, i - 1);
        g_array_remove_index (self->bad, i - 1);
        g_array_remove_index (self->numbers, i - 1);
      }
  for (guint i = self->faults->len; i > 0; i--)
    {
      guint row = ((const ZcCsvFault *) self->faults->pdata[i - 1])->row;

      if (row != 1 && !is_among (ranges, row))
        g_ptr_array_remove_index (self->faults, i - 1);
    }
  self->more = 0;
  return TRUE;
}

ZcLedgerTable *
zc_ledger_table_parse (ZcScheme *scheme, const char *ledger, GBytes *bytes, gboolean has_header, guint first, const char *name,
                       GError **error)
{
  g_autofree char *text = decode (bytes, name, error);
  g_autoptr (ZcLedgerTable) self = NULL;
  const char *at = text;
  char separator;

  if (!text)
    return NULL;
  self = g_new0 (ZcLedgerTable, 1);
  self->columns = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->bad = g_array_new (FALSE, FALSE, sizeof (gboolean));
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  self->faults = g_ptr_array_new_with_free_func (fault_free);
  self->ledger = zc_scheme_find_ledger (scheme, ledger);
  if (!self->ledger)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("There is no ledger “%s” in this scheme."), ledger);

  separator = has_header ? find_separator (text) : '\t';
  if (!has_header)
    columns_from (self, first);
  else if (!read_header (self, &at, separator, name, error))
    return NULL;
  return read_rows (self, at, separator, has_header ? 2 : 1, name, error) ? g_steal_pointer (&self) : NULL;
}

ZcLedgerTable *
zc_ledger_table_read (ZcScheme *scheme, const char *ledger, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_CSV_MAX_BYTES, error);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);

  return bytes ? zc_ledger_table_parse (scheme, ledger, bytes, TRUE, 0, name, error) : NULL;
}

/* Export */

/* Spreadsheets work out what begins like a formula. Plain numbers may have a sign. */
static gboolean
is_formula (const char *text)
{
  if (*text == '=' || *text == '@')
    return TRUE;
  return (*text == '+' || *text == '-') && !g_regex_match_simple ("^[+-][0-9]+(\\.[0-9]+)?$", text, 0, 0);
}

static void
append_cell (GString *csv, const char *text, gboolean first)
{
  if (!first)
    g_string_append_c (csv, ',');
  g_string_append_c (csv, '"');
  if (is_formula (text))
    g_string_append_c (csv, '\t');
  for (const char *at = text; *at; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
}

gboolean
zc_ledger_csv_export (ZcInspection *inspection, const char *id, const char *path, GError **error)
{
  const ZcLedger *ledger = zc_scheme_find_ledger (zc_inspection_get_scheme (inspection), id);
  g_autoptr (GString) csv = g_string_new ("\xef\xbb\xbf");
  g_autoptr (GArray) rows = NULL;

  if (!ledger)
    return zc_fail (error, ZC_ERROR_USAGE, _("There is no ledger “%s” in this scheme."), id);
  rows = zc_inspection_get_rows (inspection, id);
  for (guint c = 0; c < ledger->columns->len; c++)
    append_cell (csv, ((const ZcField *) ledger->columns->pdata[c])->label, c == 0);
  g_string_append (csv, "\r\n");
  for (guint r = 0; r < rows->len; r++)
    {
      for (guint c = 0; c < ledger->columns->len; c++)
        {
          const ZcField *column = ledger->columns->pdata[c];
          g_autofree char *place = zc_place_new (ZC_PLACE_CELL, id, g_array_index (rows, guint64, r), column->id);
          const char *value = zc_inspection_get (inspection, place);
          g_autofree char *shown = column->type == ZC_VALUE_DATE ? g_strdup (value ? value : "") : zc_field_display (column, value ? value : "");

          append_cell (csv, shown, c == 0);
        }
      g_string_append (csv, "\r\n");
    }
  return zc_output_write_file (path, csv->str, csv->len, error);
}
