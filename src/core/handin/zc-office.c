/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-office.h"

#include "disc/zc-disc-reader.h"
#include "handin/zc-handin-disc.h"
#include "handin/zc-handin.h"
#include "seal/zc-seal-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RECORD_MAX_BYTES (64u * 1024 * 1024)
#define SCHEME_MAX_BYTES (8u * 1024 * 1024)
#define SEALS_MAX_BYTES (1024u * 1024)

void
zc_incoming_free (ZcIncoming *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->record, zc_record_unref);
  g_clear_pointer (&self->scheme, zc_scheme_unref);
  g_clear_pointer (&self->package, zc_package_unref);
  g_free (self->unit);
  g_free (self->code);
  g_free (self->digest);
  g_free (self->difference);
  g_free (self);
}

static gboolean
read_contents (ZcIncoming *self, GError **error)
{
  g_autoptr (GBytes) scheme = zc_package_read_member (self->package, ZC_MEMBER_SCHEME, SCHEME_MAX_BYTES, error);
  g_autoptr (GBytes) record = scheme ? zc_package_read_member (self->package, ZC_MEMBER_RECORD, RECORD_MAX_BYTES, error) : NULL;
  gconstpointer data;
  gsize size;

  if (!record || !(self->scheme = zc_scheme_load_bytes (scheme, ZC_MEMBER_SCHEME, error)) ||
      !(self->record = zc_record_parse (record, self->scheme, TRUE, error)))
    return FALSE;
  data = g_bytes_get_data (record, &size);
  self->digest = zc_digest_hex_of (ZC_DIGEST_SM3, data, size);
  self->code = zc_seal_code_of (data, size);
  self->unit = zc_record_display (self->record, "fact:unit.name");
  self->revision = zc_record_get_revision (self->record);
  return TRUE;
}

/*
 * The packed evidence by SHA-256, the digest that verifying computed anew over every member. SM3 and size are what
 * the package's list of contents states; they are compared too, but alone they would prove nothing about the bytes.
 */
static GHashTable *
packed_evidence (ZcPackage *package, guint *n)
{
  GHashTable *by_sha256 = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *members = zc_package_members (package);

  *n = 0;
  for (guint i = 0; i < members->len; i++)
    {
      ZcMember *member = members->pdata[i];

      if (!g_str_has_prefix (member->name, "files/"))
        continue;
      g_hash_table_insert (by_sha256, zc_hex (member->sha256, sizeof member->sha256), member);
      (*n)++;
    }
  return by_sha256;
}

static gboolean
is_this_member (const xmlNode *file, const ZcMember *member)
{
  g_autofree char *sm3 = zc_xml_attribute (file, "sm3"), *size = zc_xml_attribute (file, "size");
  guint8 wanted[ZC_DIGEST_SIZE];
  guint64 bytes;

  return member && sm3 && size && zc_unhex (sm3, wanted, sizeof wanted) && memcmp (member->sm3, wanted, sizeof wanted) == 0 &&
         g_ascii_string_to_unsigned (size, 10, 0, G_MAXUINT64, &bytes, NULL) && bytes == member->size;
}

/* Everything was verified; here only: does the record name the very files that were packed? A record lists no file
 * twice. */
static gboolean
check_evidence (ZcIncoming *self, GError **error)
{
  g_autoptr (GPtrArray) files = zc_record_eval_nodes (self->record, "/record/evidence/file", NULL);
  guint packed;
  g_autoptr (GHashTable) by_sha256 = packed_evidence (self->package, &packed);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *sha256 = zc_xml_attribute (files->pdata[i], "sha256");
      g_autofree char *name = zc_xml_attribute (files->pdata[i], "name");

      if (!sha256 || !is_this_member (files->pdata[i], g_hash_table_lookup (by_sha256, sha256)))
        return zc_fail (error, ZC_ERROR_MISMATCH, _("The record lists the evidence “%s”, but the package does not hold it."), name);
    }
  if (packed != files->len)
    return zc_fail (error, ZC_ERROR_MISMATCH, _("The package holds %u evidence files, but its record lists %u."), packed, files->len);
  self->evidence = files->len;
  return TRUE;
}

/* The package lists the digests of earlier, unsealed revisions, so that old paper is told from foreign paper. */
static void
look_among_older (ZcIncoming *self, const char *code)
{
  g_autoptr (GBytes) list = zc_package_find (self->package, ZC_MEMBER_SEALS)
                                ? zc_package_read_member (self->package, ZC_MEMBER_SEALS, SEALS_MAX_BYTES, NULL)
                                : NULL;
  g_autofree char *text = list ? g_strndup (g_bytes_get_data (list, NULL), g_bytes_get_size (list)) : g_strdup ("");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", -1);
      guint8 digest[ZC_DIGEST_SIZE];
      guint64 revision;

      if (g_strv_length (parts) >= 2 && self->revision > 1 &&
          g_ascii_string_to_unsigned (parts[0], 10, 1, self->revision - 1, &revision, NULL) &&
          zc_unhex (parts[1], digest, sizeof digest) && zc_seal_check (code, digest, NULL))
        {
          self->paper = ZC_PAPER_OLDER;
          self->paper_revision = (guint) revision;
        }
    }
}

static gboolean
compare_with_paper (ZcIncoming *self, const char *code, GError **error)
{
  g_autoptr (GError) no = NULL;
  guint8 digest[ZC_DIGEST_SIZE];

  if (!zc_unhex (self->digest, digest, sizeof digest))
    return zc_fail (error, ZC_ERROR_INVALID, _("The record's digest can't be read."));
  if (zc_seal_check (code, digest, &no))
    {
      self->paper = ZC_PAPER_MATCHES;
      return TRUE;
    }
  if (!g_error_matches (no, ZC_ERROR, ZC_ERROR_MISMATCH))
    {
      g_propagate_error (error, g_steal_pointer (&no));
      return FALSE;
    }
  self->paper = ZC_PAPER_DIFFERS;
  look_among_older (self, code);
  return TRUE;
}

static gboolean
compare_with_record (ZcIncoming *self, GBytes *bytes, GError **error)
{
  g_autoptr (ZcRecord) other = zc_record_parse (bytes, self->scheme, FALSE, error);
  g_autofree char *place = NULL;

  if (!other)
    return FALSE;
  self->compared = TRUE;
  place = zc_record_first_difference (self->record, other);
  if (place)
    self->difference = zc_record_label (self->record, place);
  return TRUE;
}

/* A slip of the keyboard or of the scanner is told before the long work, not after it. */
static gboolean
check_typed (const char *code, GError **error)
{
  static const guint8 any[ZC_DIGEST_SIZE] = { 0 };
  g_autoptr (GError) no = NULL;

  if (zc_seal_check (code, any, &no) || g_error_matches (no, ZC_ERROR, ZC_ERROR_MISMATCH))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&no));
  return FALSE;
}

ZcIncoming *
zc_office_receive (const char *const *paths, guint n_paths, const ZcOfficeKey *key, const ZcSecret *passphrase, const char *code,
                   GBytes *other, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcIncoming) self = g_new0 (ZcIncoming, 1);
  g_autoptr (ZcSource) source = NULL;

  if (code && !check_typed (code, error))
    return NULL;
  source = zc_disc_open_package (paths, n_paths, ZC_HANDIN_PACKAGE, error);
  if (!source || !(self->package = zc_package_open (source, key, passphrase, error)) ||
      !zc_package_verify (self->package, progress, error) || !read_contents (self, error) || !check_evidence (self, error) ||
      (code && !compare_with_paper (self, code, error)) || (other && !compare_with_record (self, other, error)))
    return NULL;
  return g_steal_pointer (&self);
}
