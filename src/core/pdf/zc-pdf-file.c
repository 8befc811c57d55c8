/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

/* Smaller pieces are not worth a call of the sink. */
#define PIECE_BYTES (256 * 1024)
/* A reader that wants one of them unpacks all. */
#define MOST_IN_STREAM 200
/* What is made for compressed bytes at a time: a page's content, mostly. */
#define ROOM_BYTES 4096
/* Level 6 takes half as long again and saves one hundredth. */
#define LEVEL 4

/** Entry: where an object lies. */
typedef struct
{
  guint32 at;    /* an offset in the file, or the number of an object stream; 0 if it was never added */
  guint16 index; /* in the object stream */
  gboolean packed;
} Entry;

struct _ZcPdfFile
{
  ZcPdfSink sink;
  gpointer data;
  GError *error;
  GByteArray *pending; /* not yet given to the sink */
  guint64 written;     /* @pending included */
  GChecksum *checksum; /* of everything written; NULL once it is told */
  GArray *entries;     /* (element-type Entry) by number; 0 is none */
  GString *packed, *index; /* the open object stream: its objects and where they begin */
  guint stream, n_packed;  /* its number, 0 if none is open */
  z_stream deflate;
  GByteArray *deflated;
};

ZcPdfFile *
zc_pdf_file_new (ZcPdfSink sink, gpointer data)
{
  /* The second line says that what follows is not text (7.5.2). */
  static const char header[] = "%PDF-1.5\n%\xB5\xED\xAE\xFB\n";
  ZcPdfFile *self = g_new0 (ZcPdfFile, 1);

  self->sink = sink;
  self->data = data;
  self->pending = g_byte_array_sized_new (PIECE_BYTES);
  self->checksum = g_checksum_new (G_CHECKSUM_MD5);
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_size (self->entries, 1);
  self->packed = g_string_new (NULL);
  self->index = g_string_new (NULL);
  self->deflated = g_byte_array_new ();
  if (deflateInit (&self->deflate, LEVEL) != Z_OK)
    zc_fail (&self->error, ZC_ERROR_LIMIT, _ ("There is not enough memory to write a PDF."));
  g_byte_array_append (self->pending, (const guint8 *) header, sizeof header - 1);
  self->written = sizeof header - 1;
  return self;
}

void
zc_pdf_file_free (ZcPdfFile *self)
{
  if (!self)
    return;
  g_clear_error (&self->error);
  g_byte_array_unref (self->pending);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_array_unref (self->entries);
  g_string_free (self->packed, TRUE);
  g_string_free (self->index, TRUE);
  g_byte_array_unref (self->deflated);
  deflateEnd (&self->deflate);
  g_free (self);
}

gboolean
zc_pdf_file_failed (const ZcPdfFile *self)
{
  return self->error != NULL;
}

/* Bytes. */

static void
flush (ZcPdfFile *self)
{
  if (!self->error)
    self->sink (self->data, self->pending->data, self->pending->len, &self->error);
  g_byte_array_set_size (self->pending, 0);
}

static void
put (ZcPdfFile *self, gconstpointer data, gsize size)
{
  self->written += size;
  if (self->written > G_MAXUINT32 && !self->error)
    zc_fail (&self->error, ZC_ERROR_LIMIT, _ ("A PDF cannot be larger than 4 GB."));
  if (self->error)
    return;
  if (self->checksum)
    g_checksum_update (self->checksum, data, (gssize) size);
  g_byte_array_append (self->pending, data, (guint) size);
  if (self->pending->len >= PIECE_BYTES)
    flush (self);
}

static void put_format (ZcPdfFile *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
put_format (ZcPdfFile *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  put (self, text, strlen (text));
}

/* Objects. */

guint
zc_pdf_file_reserve (ZcPdfFile *self)
{
  g_array_set_size (self->entries, self->entries->len + 1);
  return self->entries->len - 1;
}

static Entry *
entry (ZcPdfFile *self, guint number)
{
  return &g_array_index (self->entries, Entry, number);
}

void
zc_pdf_file_add_plain (ZcPdfFile *self, guint number, const GString *body)
{
  entry (self, number)->at = (guint32) self->written;
  put_format (self, "%u 0 obj\n", number);
  put (self, body->str, body->len);
  put (self, "\nendobj\n", 8);
}

/* Compresses the next piece of a stream behind the ones before it. The room grows with what comes out, which is little. */
static void
squeeze (ZcPdfFile *self, gconstpointer data, gsize size, gboolean last)
{
  int status;

  self->deflate.next_in = (Bytef *) data;
  self->deflate.avail_in = (uInt) size;
  do
    {
      guint had = self->deflated->len;

      g_byte_array_set_size (self->deflated, had + ROOM_BYTES);
      self->deflate.next_out = self->deflated->data + had;
      self->deflate.avail_out = ROOM_BYTES;
      status = deflate (&self->deflate, last ? Z_FINISH : Z_NO_FLUSH);
      g_byte_array_set_size (self->deflated, had + ROOM_BYTES - self->deflate.avail_out);
    }
  while (status == Z_OK && (last || self->deflate.avail_in > 0));
  if (status == Z_STREAM_ERROR && !self->error)
    zc_fail (&self->error, ZC_ERROR_LIMIT, _ ("There is not enough memory to write a PDF."));
  if (last)
    deflateReset (&self->deflate);
}

static void
put_stream (ZcPdfFile *self, guint number, const char *entries, gconstpointer data, gsize size, const char *filter)
{
  entry (self, number)->at = (guint32) self->written;
  put_format (self, "%u 0 obj\n<<%s/Length %" G_GSIZE_FORMAT "%s>>\nstream\n", number, entries, size, filter);
  put (self, data, size);
  put (self, "\nendstream\nendobj\n", 18);
}

/* What was squeezed, as object @number. */
static void
put_squeezed (ZcPdfFile *self, guint number, const char *entries)
{
  put_stream (self, number, entries, self->deflated->data, self->deflated->len, "/Filter/FlateDecode");
  g_byte_array_set_size (self->deflated, 0);
}

void
zc_pdf_file_add_stream (
    ZcPdfFile *self, guint number, const char *entries, gconstpointer data, gsize size, gboolean plain)
{
  if (size > G_MAXINT32 && !self->error)
    zc_fail (&self->error, ZC_ERROR_LIMIT, _ ("A PDF cannot be larger than 4 GB."));
  if (self->error)
    return;
  if (plain)
    {
      put_stream (self, number, entries, data, size, "");
      return;
    }
  squeeze (self, data, size, TRUE);
  put_squeezed (self, number, entries);
}

/* 7.5.7: numbers and places of the objects, then the objects. */
static void
close_object_stream (ZcPdfFile *self)
{
  g_autofree char *entries = NULL;

  if (self->stream == 0)
    return;
  entries = g_strdup_printf ("/Type/ObjStm/N %u/First %" G_GSIZE_FORMAT, self->n_packed, self->index->len);
  g_string_append_len (self->index, self->packed->str, (gssize) self->packed->len);
  zc_pdf_file_add_stream (self, self->stream, entries, self->index->str, self->index->len, FALSE);
  g_string_truncate (self->packed, 0);
  g_string_truncate (self->index, 0);
  self->stream = self->n_packed = 0;
}

void
zc_pdf_file_add (ZcPdfFile *self, guint number, const GString *body)
{
  if (self->stream == 0)
    self->stream = zc_pdf_file_reserve (self);
  *entry (self, number) = (Entry){ self->stream, (guint16) self->n_packed++, TRUE };
  zc_pdf_put_count (self->index, number);
  zc_pdf_put_count (self->index, (guint) self->packed->len);
  g_string_append_len (self->packed, body->str, (gssize) body->len);
  g_string_append_c (self->packed, '\n');
  if (self->n_packed == MOST_IN_STREAM)
    close_object_stream (self);
}

/* The end. */

#define XREF_COLUMNS 7 /* kind, place in four bytes, index in two */

static void
make_xref_row (const Entry *at, guint8 row[XREF_COLUMNS])
{
  row[0] = at->packed ? 2 : at->at > 0 ? 1 : 0;
  for (guint i = 0; i < 4; i++)
    row[1 + i] = (guint8) (at->at >> (24 - 8 * i));
  row[5] = (guint8) (at->index >> 8);
  row[6] = (guint8) at->index;
}

/* Each row as what it differs from the one above, which compresses well (PNG's filter “up”). */
static void
squeeze_xref (ZcPdfFile *self)
{
  guint8 above[XREF_COLUMNS] = { 0 };

  for (guint i = 0; i < self->entries->len; i++)
    {
      guint8 row[XREF_COLUMNS], line[XREF_COLUMNS + 1] = { 2 };

      make_xref_row (entry (self, i), row);
      for (guint c = 0; c < XREF_COLUMNS; c++)
        line[c + 1] = (guint8) (row[c] - above[c]);
      memcpy (above, row, sizeof above);
      squeeze (self, line, sizeof line, i + 1 == self->entries->len);
    }
}

gboolean
zc_pdf_file_finish (ZcPdfFile *self, guint root, guint info, GError **error)
{
  g_autofree char *entries = NULL;
  g_autofree char *id = NULL;
  guint xref;
  guint64 start;

  close_object_stream (self);
  xref = zc_pdf_file_reserve (self);
  id = g_strdup (g_checksum_get_string (self->checksum));
  g_clear_pointer (&self->checksum, g_checksum_free);
  start = self->written;
  entry (self, xref)->at = (guint32) start;
  squeeze_xref (self);
  entries = g_strdup_printf ("/Type/XRef/Size %u/W[1 4 2]/Root %u 0 R/Info %u 0 R/ID[<%s><%s>]"
                             "/DecodeParms<</Predictor 12/Columns %u>>",
                             self->entries->len, root, info, id, id, XREF_COLUMNS);
  put_squeezed (self, xref, entries);
  put_format (self, "startxref\n%" G_GUINT64_FORMAT "\n%%%%EOF\n", start);
  flush (self);
  if (!self->error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* Syntax. */

void
zc_pdf_put_digits (GString *to, guint64 value)
{
  char digits[20];
  guint n = 0;

  do
    digits[n++] = (char) ('0' + value % 10);
  while ((value /= 10) > 0);
  while (n > 0)
    g_string_append_c (to, digits[--n]);
}

void
zc_pdf_put_count (GString *to, guint value)
{
  g_string_append_c (to, ' ');
  zc_pdf_put_digits (to, value);
}

/* Not by printf(): it knows locales and exponents, and takes ten times as long, for half of what a page is. */
void
zc_pdf_put_number (GString *to, double value, guint decimals)
{
  static const guint scales[] = { 1, 10, 100, 1000, 10000 };
  guint scale = scales[decimals], fraction;
  gint64 scaled = (gint64) (value * scale + (value < 0 ? -0.5 : 0.5));
  guint64 size = (guint64) (scaled < 0 ? -scaled : scaled);

  g_string_append_c (to, ' ');
  if (scaled < 0)
    g_string_append_c (to, '-');
  zc_pdf_put_digits (to, size / scale);
  fraction = (guint) (size % scale);
  if (fraction == 0)
    return;
  g_string_append_c (to, '.');
  for (scale /= 10; fraction > 0; scale /= 10)
    {
      g_string_append_c (to, (char) ('0' + fraction / scale));
      fraction %= scale;
    }
}

void
zc_pdf_put_reference (GString *to, guint number)
{
  zc_pdf_put_count (to, number);
  g_string_append_len (to, " 0 R", 4);
}

void
zc_pdf_put_hex (GString *to, guint16 value)
{
  static const char digits[] = "0123456789ABCDEF";
  const char text[] = { digits[value >> 12], digits[value >> 8 & 15], digits[value >> 4 & 15], digits[value & 15] };

  g_string_append_len (to, text, sizeof text);
}

void
zc_pdf_put_utf16 (GString *to, gunichar character)
{
  if (character >= 0x10000)
    {
      zc_pdf_put_hex (to, (guint16) (0xD800 + ((character - 0x10000) >> 10)));
      character = 0xDC00 + ((character - 0x10000) & 0x3FF);
    }
  zc_pdf_put_hex (to, (guint16) character);
}

void
zc_pdf_put_text (GString *to, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text ? text : "", -1);

  if (g_str_is_ascii (valid))
    {
      g_string_append_c (to, '(');
      for (const char *p = valid; *p; p++)
        {
          if (strchr ("()\\", *p))
            g_string_append_c (to, '\\');
          g_string_append_c (to, *p == '\r' ? '\n' : *p);
        }
      g_string_append_c (to, ')');
      return;
    }
  g_string_append (to, "<FEFF");
  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    zc_pdf_put_utf16 (to, g_utf8_get_char (p));
  g_string_append_c (to, '>');
}
