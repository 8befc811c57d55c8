/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-frame.h"

#include "package/zc-chunk-pipe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_LINE "zicha-package "
#define INDEX_FIRST_LINE "zicha-index 1\n"
#define DIGEST_LINE (2 * ZC_DIGEST_SIZE + 1)

char *
zc_frame_lock_name (const ZcFrame *self, guint lock, gboolean key)
{
  return g_strdup_printf ("lock-%02u.%s", self->locks[lock].number,
                          key ? "key" : zc_suite_info (self->suite)->lock_suffix);
}

gboolean
zc_frame_is_small (const ZcFrame *self, guint i)
{
  return i + 3 < self->layout->entries->len;
}

static guint
n_small (const ZcFrame *self)
{
  return self->layout->entries->len - 3;
}

guint
zc_frame_find (const ZcFrame *self, const char *name)
{
  guint i = 0;

  while (i + 1 < self->layout->entries->len && !g_str_equal (zc_tar_layout_get (self->layout, i)->name, name))
    i++;
  return i;
}

/* The head of index.txt up to and with the line "chunks N"; the digests of files are left as zeros without
 * @digests. */
static GString *
index_head (const ZcFrame *self, const guint8 *digests)
{
  static const guint8 zeros[ZC_DIGEST_SIZE] = { 0 };
  GString *out = g_string_new (INDEX_FIRST_LINE);

  g_string_append_printf (out, "package %s\n", self->id);
  for (guint i = 0; i < n_small (self); i++)
    {
      g_autofree char *hex = zc_hex (digests ? digests + i * ZC_DIGEST_SIZE : zeros, ZC_DIGEST_SIZE);

      g_string_append_printf (out, "%s *%s\n", hex, zc_tar_layout_get (self->layout, i)->name);
    }
  g_string_append_printf (out, "chunks %" G_GUINT64_FORMAT "\n", self->n_chunks);
  return out;
}

/* Adds the entry and, but for format.txt, its line. */
static void
add_file (ZcFrame *self, GString *text, const char *name, guint64 size)
{
  zc_tar_layout_add (self->layout, name, size);
  if (text)
    g_string_append_printf (text, "file %s %" G_GUINT64_FORMAT "\n", name, size);
}

static void
add_files (ZcFrame *self, GString *text)
{
  g_autoptr (GString) head = NULL;

  add_file (self, text, ZC_FRAME_README, self->readme_size);
  for (guint i = 0; i < self->n_locks; i++)
    for (guint key = self->locks[i].phrase ? 2 : 1; key-- > 0;)
      {
        g_autofree char *name = zc_frame_lock_name (self, i, key);

        add_file (self, text, name, key ? self->locks[i].key_size : self->locks[i].size);
      }
  add_file (self, text, ZC_FRAME_PAYLOAD, self->payload_size);

  /* The size of the index follows from the names ahead of it; the three last entries have no line in it. */
  zc_tar_layout_add (self->layout, ZC_FRAME_INDEX, 0);
  zc_tar_layout_add (self->layout, ZC_FRAME_MAC, 0);
  head = index_head (self, NULL);
  self->layout->size -= 2 * ZC_TAR_BLOCK;
  g_array_set_size (self->layout->entries, self->layout->entries->len - 2);
  add_file (self, text, ZC_FRAME_INDEX, head->len + self->n_chunks * DIGEST_LINE);
  add_file (self, text, ZC_FRAME_MAC, ZC_FRAME_MAC_BYTES);
}

static void
clear_derived (ZcFrame *self)
{
  g_clear_pointer (&self->format, g_bytes_unref);
  g_clear_pointer (&self->layout, zc_tar_layout_free);
}

void
zc_frame_complete (ZcFrame *self)
{
  g_autofree char *iv = zc_hex (self->iv, sizeof self->iv);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize size = 0;

  self->n_chunks = (self->payload_size + ZC_CHUNK_BYTES - 1) / ZC_CHUNK_BYTES;
  g_string_printf (text, FIRST_LINE "1\nsuite %s\npackage %s\niv %s\nchunk-bytes %u\npiece-bytes %u\n",
                   zc_suite_name (self->suite), self->id, iv, ZC_CHUNK_BYTES, ZC_PIECE_BYTES);
  /* Twice: format.txt stands first in the layout and its size is known only when its text is. */
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GString) whole = g_string_new (text->str);

      clear_derived (self);
      self->layout = zc_tar_layout_new ();
      add_file (self, NULL, ZC_FRAME_FORMAT, size);
      add_files (self, whole);
      size = whole->len;
      self->format = g_bytes_new (whole->str, whole->len);
    }
}

/* Takes "KEY VALUE\n" off the front of *at. Returns: (transfer full) (nullable): the value */
static char *
take_line (const char **at, const char *key)
{
  const char *end = strchr (*at, '\n');
  gsize length = strlen (key);
  char *value;

  if (!end || strncmp (*at, key, length) != 0 || (*at)[length] != ' ')
    return NULL;
  value = g_strndup (*at + length + 1, (gsize) (end - *at) - length - 1);
  *at = end + 1;
  return value;
}

/* Takes "file NAME SIZE\n" with a size up to @max. */
static gboolean
take_file (const char **at, const char *name, guint64 max, guint64 *size)
{
  g_autofree char *key = g_strconcat ("file ", name, NULL);
  g_autofree char *value = take_line (at, key);

  return value && g_ascii_string_to_unsigned (value, 10, 0, max, size, NULL);
}

static gboolean
take_lock (ZcFrame *self, const char **at)
{
  ZcFrameLock *lock = &self->locks[self->n_locks];
  g_autofree char *key_name = NULL, *name = NULL;
  guint64 size;

  lock->number = self->n_locks + 1;
  key_name = zc_frame_lock_name (self, self->n_locks, TRUE);
  name = zc_frame_lock_name (self, self->n_locks, FALSE);
  if (take_file (at, key_name, ZC_FRAME_LOCK_MAX, &size))
    {
      lock->phrase = TRUE;
      lock->key_size = size;
    }
  if (!take_file (at, name, ZC_FRAME_LOCK_MAX, &size))
    return FALSE;
  lock->size = size;
  self->n_locks++;
  return TRUE;
}

static gboolean
take_files (ZcFrame *self, const char *at)
{
  guint64 size;

  if (!take_file (&at, ZC_FRAME_README, ZC_FRAME_README_MAX, &size))
    return FALSE;
  self->readme_size = size;
  while (g_str_has_prefix (at, "file lock-"))
    if (self->n_locks == ZC_FRAME_MAX_LOCKS || !take_lock (self, &at))
      return FALSE;
  return self->n_locks > 0 && take_file (&at, ZC_FRAME_PAYLOAD, ZC_FRAME_PAYLOAD_MAX, &self->payload_size)
         && self->payload_size > 0 && self->payload_size % ZC_TAR_BLOCK == 0;
}

/* Whether @text could be the name of a suite to come. */
static gboolean
is_suite_name (const char *text)
{
  const char *c = text;

  while (g_ascii_islower (*c))
    c++;
  return c > text && c[0] == '-' && g_ascii_isdigit (c[1]) && !c[2];
}

/* The lines ahead of the list of files; FALSE without @error means that they are not as we would write them.
 */
static gboolean
take_head (ZcFrame *self, const char **at, GError **error)
{
  g_autofree char *version = take_line (at, "zicha-package");
  g_autofree char *suite = version ? take_line (at, "suite") : NULL;
  g_autofree char *id = NULL, *iv = NULL, *chunk = NULL, *piece = NULL;
  guint8 raw[ZC_FRAME_ID_SIZE];

  if (version && !g_str_equal (version, "1") && g_ascii_string_to_unsigned (version, 10, 2, 999, NULL, NULL))
    return zc_fail (error, ZC_ERROR_TOO_NEW,
                    _("The package has format version %s. Open it with a newer version of this program."),
                    version);
  if (!suite)
    return FALSE;
  if (!zc_suite_from_name (suite, &self->suite))
    return !is_suite_name (suite)
               ? FALSE
               : zc_fail (error, ZC_ERROR_TOO_NEW,
                          _("The package is encrypted by suite “%s”, which this version does not know."),
                          suite);
  id = take_line (at, "package");
  iv = id ? take_line (at, "iv") : NULL;
  chunk = iv ? take_line (at, "chunk-bytes") : NULL;
  piece = chunk ? take_line (at, "piece-bytes") : NULL;
  if (!piece || !zc_unhex (id, raw, sizeof raw) || !zc_unhex (iv, self->iv, sizeof self->iv))
    return FALSE;
  memcpy (self->id, id, sizeof self->id);
  /* With a lower half of zeros the counter never runs over into the upper one. */
  return memcmp (self->iv + 8, "\0\0\0\0\0\0\0", 8) == 0;
}

ZcFrame *
zc_frame_parse (GBytes *format, GError **error)
{
  g_autoptr (ZcFrame) self = g_new0 (ZcFrame, 1);
  gsize size;
  const char *data = g_bytes_get_data (format, &size);
  g_autofree char *text = g_strndup (size > 0 ? data : "", size);
  GError *reason = NULL;
  const char *at = text;

  if (take_head (self, &at, &reason) && take_files (self, at))
    {
      zc_frame_complete (self);
      if (g_bytes_equal (self->format, format))
        return g_steal_pointer (&self);
    }
  if (reason)
    g_propagate_error (error, reason);
  else
    zc_fail (error, ZC_ERROR_DAMAGED,
             _("The package was altered: its beginning (format.txt) is not as it was written."));
  return NULL;
}

void
zc_frame_free (ZcFrame *self)
{
  if (!self)
    return;
  clear_derived (self);
  g_free (self);
}

GBytes *
zc_frame_write_index (const ZcFrame *self, const guint8 *digests, const guint8 *chunks)
{
  GString *out = index_head (self, digests);

  for (guint64 i = 0; i < self->n_chunks; i++)
    {
      g_autofree char *hex = zc_hex (chunks + i * ZC_DIGEST_SIZE, ZC_DIGEST_SIZE);

      g_string_append (out, hex);
      g_string_append_c (out, '\n');
    }
  return g_string_free_to_bytes (out);
}

/* Reads 64 lower-case hex digits. */
static gboolean
take_digest (const char *at, guint8 out[ZC_DIGEST_SIZE])
{
  char hex[2 * ZC_DIGEST_SIZE + 1];

  for (guint i = 0; i < 2 * ZC_DIGEST_SIZE; i++)
    if (g_ascii_isupper (at[i]))
      return FALSE;
  memcpy (hex, at, 2 * ZC_DIGEST_SIZE);
  hex[2 * ZC_DIGEST_SIZE] = 0;
  return zc_unhex (hex, out, ZC_DIGEST_SIZE);
}

static gboolean
parse_chunks (const ZcFrame *self, const char *at, guint8 *chunks)
{
  for (guint64 i = 0; i < self->n_chunks; i++, at += DIGEST_LINE)
    if (at[DIGEST_LINE - 1] != '\n' || !take_digest (at, chunks + i * ZC_DIGEST_SIZE))
      return FALSE;
  return TRUE;
}

gboolean
zc_frame_parse_index (
    const ZcFrame *self, GBytes *index, char id[2 * ZC_FRAME_ID_SIZE + 1], guint8 **digests, guint8 **chunks)
{
  const gsize id_at = strlen (INDEX_FIRST_LINE "package ");
  gsize size, line = id_at + 2 * ZC_FRAME_ID_SIZE + 1;
  const char *data = g_bytes_get_data (index, &size);
  g_autofree guint8 *files = g_new0 (guint8, n_small (self) * ZC_DIGEST_SIZE);
  g_autofree guint8 *parts = g_new0 (guint8, self->n_chunks * ZC_DIGEST_SIZE);
  g_autoptr (GString) head = index_head (self, NULL);
  g_autoptr (GString) again = NULL;

  if (size != head->len + self->n_chunks * DIGEST_LINE)
    return FALSE;
  for (guint i = 0; i < n_small (self); i++)
    {
      if (!take_digest (data + line, files + i * ZC_DIGEST_SIZE))
        return FALSE;
      line += 2 * ZC_DIGEST_SIZE + strlen (zc_tar_layout_get (self->layout, i)->name) + 3;
    }
  /* Everything but the digests and the number must be as we would write it. */
  again = index_head (self, files);
  for (guint i = 0; i < 2 * ZC_FRAME_ID_SIZE; i++)
    {
      if (!g_ascii_isxdigit (data[id_at + i]) || g_ascii_isupper (data[id_at + i]))
        return FALSE;
      id[i] = data[id_at + i];
    }
  id[2 * ZC_FRAME_ID_SIZE] = 0;
  memcpy (again->str + id_at, id, 2 * ZC_FRAME_ID_SIZE);
  if (memcmp (again->str, data, again->len) != 0 || !parse_chunks (self, data + again->len, parts))
    return FALSE;
  *digests = g_steal_pointer (&files);
  *chunks = g_steal_pointer (&parts);
  return TRUE;
}
