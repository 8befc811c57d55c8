/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package-forge.h"

#include "package/zc-chunk-pipe.h"
#include "package/zc-frame.h"
#include "package/zc-readme.h"
#include "package/zc-tar.h"

#include <string.h>

static void
append_file (GByteArray *out, const char *name, gconstpointer data, gsize size)
{
  static const guint8 zeros[ZC_TAR_BLOCK];
  guint8 header[ZC_TAR_BLOCK];

  zc_tar_header (name, size, header);
  g_byte_array_append (out, header, sizeof header);
  g_byte_array_append (out, data, (guint) size);
  g_byte_array_append (out, zeros, (guint) (zc_tar_rounded (size) - size));
}

static void
append_end (GByteArray *out)
{
  static const guint8 zeros[ZC_TAR_END];

  g_byte_array_append (out, zeros, sizeof zeros);
}

GBytes *
forge_inner (const char *manifest, const char *const *names, GBytes *const *contents, guint n, gsize padding)
{
  GByteArray *out = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (padding + 1);

  append_file (out, "manifest.txt", manifest, strlen (manifest));
  for (guint i = 0; i < n; i++)
    append_file (out, names[i], g_bytes_get_data (contents[i], NULL), g_bytes_get_size (contents[i]));
  append_file (out, "padding", zeros, padding);
  append_end (out);
  return g_byte_array_free_to_bytes (out);
}

/* Lets the case edit @bytes. Returns: (transfer full) */
static GByteArray *
edited (const Forge *self, const char *part, gconstpointer data, gsize size)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, data, (guint) size);
  if (self->edit)
    self->edit (part, bytes, self->data);
  return bytes;
}

static GByteArray *
edited_bytes (const Forge *self, const char *part, GBytes *bytes)
{
  GByteArray *out = edited (self, part, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_bytes_unref (bytes);
  return out;
}

static void
make_locks (const Forge *self, ZcFrame *frame, const ZcSecret *key, GPtrArray *parts)
{
  g_autoptr (EVP_PKEY) own = self->pem ? zc_lock_generate (self->suite, NULL) : NULL;
  EVP_PKEY *recipient = own ? own : self->recipient;
  g_autofree char *name = NULL;

  frame->n_locks = 1;
  frame->locks[0].number = 1;
  if (own)
    {
      frame->locks[0].phrase = TRUE;
      frame->locks[0].key_size = strlen (self->pem);
      g_ptr_array_add (parts, edited (self, "lock-01.key", self->pem, strlen (self->pem)));
    }
  name = zc_frame_lock_name (frame, 0, FALSE);
  g_ptr_array_add (parts, edited_bytes (self, name, self->lock ? g_bytes_ref (self->lock) : zc_lock_wrap (self->suite, recipient, key, NULL)));
  frame->locks[0].size = ((GByteArray *) parts->pdata[parts->len - 1])->len;
}

static GByteArray *
make_payload (const Forge *self, const ZcFrame *frame, const ZcSecret *key, GByteArray *inner)
{
  g_autoptr (ZcSecret) key_enc = zc_suite_derive (self->suite, key, "enc", zc_suite_info (self->suite)->cipher_key_size);

  if (inner->len > 0)
    zc_suite_crypt (self->suite, key_enc, frame->iv, 0, inner->data, inner->len);
  return edited (self, "payload.bin", inner->data, inner->len);
}

static void
add_index (const Forge *self, const ZcFrame *frame, const ZcSecret *key, GPtrArray *parts)
{
  ZcDigestKind hash = zc_suite_info (self->suite)->hash;
  GByteArray *payload = parts->pdata[parts->len - 1], *index;
  guint n_small = parts->len - 1;
  g_autofree guint8 *digests = g_malloc0 (n_small * ZC_DIGEST_SIZE);
  g_autofree guint8 *chunks = g_malloc0 (frame->n_chunks * ZC_DIGEST_SIZE + 1);
  g_autoptr (ZcSecret) key_mac = zc_suite_derive (self->suite, key, "mac", ZC_MAC_SIZE);
  g_autofree char *hex = NULL, *line = NULL;
  guint8 mac[ZC_MAC_SIZE];

  for (guint i = 0; i < n_small; i++)
    zc_digest_of (hash, ((GByteArray *) parts->pdata[i])->data, ((GByteArray *) parts->pdata[i])->len, digests + i * ZC_DIGEST_SIZE);
  for (guint64 i = 0; i < frame->n_chunks; i++)
    {
      guint64 at = MIN (i * ZC_CHUNK_BYTES, payload->len);

      zc_suite_chunk_digest (self->suite, payload->data + at, MIN (payload->len - at, ZC_CHUNK_BYTES), chunks + i * ZC_DIGEST_SIZE);
    }
  index = edited_bytes (self, "index.txt", zc_frame_write_index (frame, digests, chunks));
  g_ptr_array_add (parts, index);
  zc_suite_mac (self->suite, key_mac, index->data, index->len, mac);
  hex = zc_hex (mac, sizeof mac);
  line = g_strconcat (hex, "\n", NULL);
  g_ptr_array_add (parts, edited (self, "index.mac", line, strlen (line)));
}

static void
byte_array_free (gpointer data)
{
  g_byte_array_unref (data);
}

GBytes *
forge_package (const Forge *self)
{
  g_autoptr (ZcFrame) frame = g_new0 (ZcFrame, 1);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (byte_array_free);
  g_autoptr (ZcSecret) key = self->key ? zc_secret_new_copy (zc_secret_data (self->key), zc_secret_size (self->key))
                                       : zc_secret_new_random (self->key_size ? self->key_size : ZC_PACKAGE_KEY_SIZE);
  g_autoptr (GByteArray) inner = edited_bytes (self, "inner", g_bytes_ref (self->inner));
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GByteArray *whole;

  frame->suite = self->suite;
  memset (frame->id, 'a', sizeof frame->id - 1);
  memset (frame->iv, 7, 8);
  g_ptr_array_add (parts, edited_bytes (self, ZC_FRAME_README, zc_readme_text (frame)));
  frame->readme_size = ((GByteArray *) parts->pdata[0])->len;
  make_locks (self, frame, key, parts);
  frame->payload_size = inner->len;
  zc_frame_complete (frame);
  g_ptr_array_insert (parts, 0, edited_bytes (self, ZC_FRAME_FORMAT, g_bytes_ref (frame->format)));
  g_ptr_array_add (parts, make_payload (self, frame, key, inner));
  add_index (self, frame, key, parts);
  for (guint i = 0; i < parts->len; i++)
    append_file (out, zc_tar_layout_get (frame->layout, i)->name, ((GByteArray *) parts->pdata[i])->data, ((GByteArray *) parts->pdata[i])->len);
  append_end (out);
  whole = edited (self, "package", out->data, out->len);
  return g_byte_array_free_to_bytes (whole);
}
