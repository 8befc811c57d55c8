/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package-fixture.h"
#include "package-forge.h"

#include "base/zc-secret.h"

#include <glib/gstdio.h>
#include <string.h>

/* A small honest package: a record and one piece of evidence. */
#define EVIDENCE "0123456789"
#define RECORD "<record/>\n"

static void
append_member (GString *manifest, const char *name, const char *original, const char *content)
{
  g_autofree char *sm3 = zc_digest_hex_of (ZC_DIGEST_SM3, content, strlen (content));
  g_autofree char *sha256 = zc_digest_hex_of (ZC_DIGEST_SHA256, content, strlen (content));

  g_string_append_printf (manifest, "# %zu %s%s\nSM3 (%s) = %s\nSHA256 (%s) = %s\n", strlen (content), name, original, name, sm3, name, sha256);
}

static char *
honest_manifest (void)
{
  GString *manifest = g_string_new ("# zicha-manifest 1\n");

  append_member (manifest, "record.xml", "", RECORD);
  append_member (manifest, "files/0001.txt", " note.txt", EVIDENCE);
  return g_string_free (manifest, FALSE);
}

typedef struct
{
  const char *name;
  const char *part;     /* which is edited; "manifest" before anything else is made */
  const char *from, *to; /* the first @from becomes @to; both may be NULL */
  void (*edit) (GByteArray *bytes);
  ZcErrorCode code;
  const char *says;
} Case;

/* Edits */

static void
replace (GByteArray *bytes, const char *from, const char *to)
{
  guint8 *at = memmem (bytes->data, bytes->len, from, strlen (from));
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  guint where;

  g_assert_nonnull (at); /* a case that changes nothing would prove nothing */
  where = (guint) (at - bytes->data);
  g_byte_array_append (rest, at + strlen (from), bytes->len - where - (guint) strlen (from));
  g_byte_array_set_size (bytes, where);
  g_byte_array_append (bytes, (const guint8 *) to, (guint) strlen (to));
  g_byte_array_append (bytes, rest->data, rest->len);
}

static void
append (GByteArray *bytes, gsize n, guint8 value)
{
  g_autofree guint8 *data = g_malloc (n);

  memset (data, value, n);
  g_byte_array_append (bytes, data, (guint) n);
}

static void empty (GByteArray *b) { g_byte_array_set_size (b, 0); }
static void one_letter (GByteArray *b) { g_byte_array_set_size (b, 1); }
static void half_a_header (GByteArray *b) { g_byte_array_set_size (b, 300); }
static void half_a_format (GByteArray *b) { g_byte_array_set_size (b, 600); }
static void cut_last_byte (GByteArray *b) { g_byte_array_set_size (b, b->len - 1); }
static void cut_in_half (GByteArray *b) { g_byte_array_set_size (b, b->len / 2); }
static void cut_end (GByteArray *b) { g_byte_array_set_size (b, b->len - 1024); }
static void append_byte (GByteArray *b) { append (b, 1, 0); }
static void append_zeros (GByteArray *b) { append (b, 10240, 0); }
static void append_itself (GByteArray *b) { g_autofree guint8 *copy = g_memdup2 (b->data, b->len); g_byte_array_append (b, copy, b->len); }
static void put_in_front (GByteArray *b) { g_byte_array_prepend (b, (const guint8 *) "\n", 1); }
static void flip_last (GByteArray *b) { b->data[b->len - 1] ^= 1; }
static void flip_first (GByteArray *b) { b->data[0] ^= 1; }
static void flip_name (GByteArray *b) { b->data[0] ^= 0x20; }
static void flip_mode (GByteArray *b) { b->data[105] ^= 1; }
static void flip_size (GByteArray *b) { b->data[134] ^= 1; }
static void huge_size (GByteArray *b) { memcpy (b->data + 124, "77777777777", 11); }
static void end_not_zero (GByteArray *b) { b->data[b->len - 700] = 1; }
static void nul_inside (GByteArray *b) { b->data[20] = 0; }
static void zip (GByteArray *b) { empty (b); g_byte_array_append (b, (const guint8 *) "PK\003\004 and more of it", 20); }
static void capitals (GByteArray *b) { for (guint i = 0; i < b->len; i++) b->data[i] = (guint8) g_ascii_toupper ((char) b->data[i]); }
static void only_zeros (GByteArray *b) { memset (b->data, 0, b->len); }

static void
seventeen_locks (GByteArray *b)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 1; i <= 17; i++)
    g_string_append_printf (lines, "file lock-%02u.sm2 140\n", i);
  g_string_append (lines, "file payload.bin ");
  replace (b, "file payload.bin ", lines->str);
  g_string_free (lines, TRUE);
}

/* The header of an entry of the whole archive: that of the named file. */
static guint8 *
header_of (GByteArray *b, const char *name)
{
  for (guint at = 0; at + 512 <= b->len; at += 512)
    if (strcmp ((char *) b->data + at, name) == 0)
      return b->data + at;
  g_assert_not_reached ();
}

static void payload_header (GByteArray *b) { header_of (b, "payload.bin")[156] = '2'; } /* a symbolic link */
static void index_header (GByteArray *b) { header_of (b, "index.txt")[265] = 'r'; }
static void behind_readme (GByteArray *b) { header_of (b, "lock-01.sm2")[-1] = 1; }
static void inner_first_name (GByteArray *b) { memcpy (b->data, "manifesto.tx", 12); }
static void inner_link (GByteArray *b) { header_of (b, "record.xml")[156] = '1'; }
static void inner_device (GByteArray *b) { header_of (b, "files/0001.txt")[156] = '3'; }
static void inner_name (GByteArray *b) { memcpy (header_of (b, "files/0001.txt"), "../../evil.txt", 14); }
static void inner_size (GByteArray *b) { header_of (b, "record.xml")[134] = '1'; }
static void inner_filler (GByteArray *b) { header_of (b, "record.xml")[512 + 100] = 'x'; }
static void inner_padding (GByteArray *b) { header_of (b, "padding")[512 + 99] = 'x'; }
static void inner_content (GByteArray *b) { header_of (b, "files/0001.txt")[512 + 3] ^= 1; }
static void inner_record (GByteArray *b) { header_of (b, "record.xml")[512 + 3] ^= 1; }
static void inner_too_short (GByteArray *b) { g_byte_array_set_size (b, 1024); }
static void inner_only_block (GByteArray *b) { g_byte_array_set_size (b, 512); }
static void inner_longer (GByteArray *b) { append (b, 512, 'x'); }
static void inner_cut (GByteArray *b) { g_byte_array_set_size (b, b->len - 1024); }
static void manifest_size (GByteArray *b) { memcpy (b->data + 124, "00000000000", 11); }
static void manifest_huge (GByteArray *b) { memcpy (b->data + 124, "00777777777", 11); }

#define BEGINNING "its beginning (format.txt)"
#define INDEX "its list of digests (index.txt)"
#define INSIDE "was not made by this program"
#define FORMAT "format.txt"

static const Case cases[] = {
  /* no package, or hardly one */
  { "empty-file", "package", NULL, NULL, empty, ZC_ERROR_INVALID, "is not a submission package" },
  { "zip-file", "package", NULL, NULL, zip, ZC_ERROR_INVALID, "is not a submission package" },
  { "something-in-front", "package", NULL, NULL, put_in_front, ZC_ERROR_INVALID, "is not a submission package" },
  { "only-zeros", "package", NULL, NULL, only_zeros, ZC_ERROR_INVALID, "is not a submission package" },
  { "one-letter", "package", NULL, NULL, one_letter, ZC_ERROR_DAMAGED, "cut short: hardly anything" },
  { "half-a-header", "package", NULL, NULL, half_a_header, ZC_ERROR_DAMAGED, "cut short: hardly anything" },
  { "half-a-format", "package", NULL, NULL, half_a_format, ZC_ERROR_DAMAGED, "cut short: hardly anything" },

  /* cut and lengthened */
  { "last-byte-cut", "package", NULL, NULL, cut_last_byte, ZC_ERROR_DAMAGED, "bytes are there. Copy it again" },
  { "half-cut", "package", NULL, NULL, cut_in_half, ZC_ERROR_DAMAGED, "bytes are there. Copy it again" },
  { "end-cut", "package", NULL, NULL, cut_end, ZC_ERROR_DAMAGED, "bytes are there. Copy it again" },
  { "byte-appended", "package", NULL, NULL, append_byte, ZC_ERROR_DAMAGED, "it has 1 bytes too many" },
  { "zeros-appended", "package", NULL, NULL, append_zeros, ZC_ERROR_DAMAGED, "it has 10240 bytes too many" },
  { "twice-in-one-file", "package", NULL, NULL, append_itself, ZC_ERROR_DAMAGED, "Something was appended" },

  /* the outer archive */
  { "first-name", "package", NULL, NULL, flip_name, ZC_ERROR_DAMAGED, BEGINNING },
  { "first-mode", "package", NULL, NULL, flip_mode, ZC_ERROR_DAMAGED, BEGINNING },
  { "first-size", "package", NULL, NULL, flip_size, ZC_ERROR_DAMAGED, BEGINNING },
  { "first-size-huge", "package", NULL, NULL, huge_size, ZC_ERROR_DAMAGED, BEGINNING },
  { "payload-is-a-link", "package", NULL, NULL, payload_header, ZC_ERROR_DAMAGED, "the header of its part “payload.bin”" },
  { "owner-in-header", "package", NULL, NULL, index_header, ZC_ERROR_DAMAGED, "the header of its part “index.txt”" },
  { "bytes-behind-readme", "package", NULL, NULL, behind_readme, ZC_ERROR_DAMAGED, "something behind its part “README.txt”" },
  { "end-not-zero", "package", NULL, NULL, end_not_zero, ZC_ERROR_DAMAGED, "its end is not as it was written" },
  { "end-last-byte", "package", NULL, NULL, flip_last, ZC_ERROR_DAMAGED, "its end is not as it was written" },

  /* format.txt */
  { "version-2", FORMAT, "zicha-package 1", "zicha-package 2", NULL, ZC_ERROR_TOO_NEW, "format version 2" },
  { "version-0", FORMAT, "zicha-package 1", "zicha-package 0", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "version-01", FORMAT, "zicha-package 1", "zicha-package 01", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "suite-to-come", FORMAT, "suite gm-1", "suite gm-2", NULL, ZC_ERROR_TOO_NEW, "suite “gm-2”" },
  { "suite-by-title", FORMAT, "suite gm-1", "suite national", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "suite-of-another", FORMAT, "suite gm-1", "suite intl-1", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "id-short", FORMAT, "aaaa\niv", "aaa\niv", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "id-capital", FORMAT, "aaaa\niv", "aaaA\niv", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "id-digit-changed", FORMAT, "aaaa\niv", "aaab\niv", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "id-of-another", FORMAT, "package aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "package bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", NULL, ZC_ERROR_DAMAGED,
    "Parts of two packages are mixed" },
  { "iv-lower-half", FORMAT, "00\nchunk", "01\nchunk", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "chunk-size", FORMAT, "4194304", "4194305", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "piece-size", FORMAT, "262144", "524288", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "no-readme", FORMAT, "file README.txt", "file README.TXT", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "size-signed", FORMAT, "file index.mac 65", "file index.mac +65", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "size-leading-zero", FORMAT, "file index.mac 65", "file index.mac 065", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "size-too-large", FORMAT, "file payload.bin ", "file payload.bin 99999999999999", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "size-overflow", FORMAT, "file payload.bin ", "file payload.bin 18446744073709551616", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "payload-odd", FORMAT, "file payload.bin ", "file payload.bin 1", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "payload-nothing", FORMAT, "file payload.bin ", "file payload.bin 0\n", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "no-lock", FORMAT, "file lock-01.sm2", "file tick-01.sm2", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "lock-from-2", FORMAT, "file lock-01.sm2", "file lock-02.sm2", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "lock-of-other-suite", FORMAT, "file lock-01.sm2", "file lock-01.rsa", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "locks-17", FORMAT, NULL, NULL, seventeen_locks, ZC_ERROR_DAMAGED, BEGINNING },
  { "line-ends-crlf", FORMAT, "zicha-package 1\n", "zicha-package 1\r\n", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "extra-line", FORMAT, "index.mac 65\n", "index.mac 65\nfile more.txt 1\n", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "no-last-line-end", FORMAT, "index.mac 65\n", "index.mac 65", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "nul-in-text", FORMAT, NULL, NULL, nul_inside, ZC_ERROR_DAMAGED, BEGINNING },
  { "larger-payload-declared", FORMAT, "file payload.bin 5632", "file payload.bin 6144", NULL, ZC_ERROR_DAMAGED, "was cut short" },
  { "smaller-payload-declared", FORMAT, "file payload.bin 5632", "file payload.bin 5120", NULL, ZC_ERROR_DAMAGED, "Something was appended" },

  /* index.txt and index.mac */
  { "index-id-digit", "index.txt", "aaaa\n", "aaac\n", NULL, ZC_ERROR_DAMAGED, BEGINNING },
  { "index-of-another", "index.txt", "package aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "package cccccccccccccccccccccccccccccccc", NULL, ZC_ERROR_DAMAGED,
    "Parts of two packages are mixed" },
  { "index-first-line", "index.txt", "zicha-index 1", "zicha-index 2", NULL, ZC_ERROR_DAMAGED, INDEX },
  { "index-capitals", "index.txt", NULL, NULL, capitals, ZC_ERROR_DAMAGED, INDEX },
  { "index-other-name", "index.txt", "*README.txt", "*README.tXt", NULL, ZC_ERROR_DAMAGED, INDEX },
  { "index-chunk-count", "index.txt", "chunks 1\n", "chunks 2\n", NULL, ZC_ERROR_DAMAGED, INDEX },
  { "index-last-digit", "index.txt", NULL, NULL, flip_last, ZC_ERROR_DAMAGED, INDEX },
  { "mac-digit", "index.mac", NULL, NULL, flip_first, ZC_ERROR_DAMAGED, INDEX },
  { "mac-capitals", "index.mac", NULL, NULL, capitals, ZC_ERROR_DAMAGED, INDEX },
  { "mac-line-end", "index.mac", "\n", " ", NULL, ZC_ERROR_DAMAGED, INDEX },

  /* the inner archive of somebody who has the key */
  { "inner-one-block", "inner", NULL, NULL, inner_only_block, ZC_ERROR_DAMAGED, INSIDE },
  { "inner-two-blocks", "inner", NULL, NULL, inner_too_short, ZC_ERROR_DAMAGED, INSIDE },
  { "inner-cut", "inner", NULL, NULL, inner_cut, ZC_ERROR_DAMAGED, INSIDE },
  { "inner-appended", "inner", NULL, NULL, inner_longer, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-not-first", "inner", NULL, NULL, inner_first_name, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-of-size-0", "inner", NULL, NULL, manifest_size, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-too-large", "inner", NULL, NULL, manifest_huge, ZC_ERROR_DAMAGED, INSIDE },
  { "member-is-a-link", "inner", NULL, NULL, inner_link, ZC_ERROR_DAMAGED, INSIDE },
  { "member-is-a-device", "inner", NULL, NULL, inner_device, ZC_ERROR_DAMAGED, INSIDE },
  { "member-climbs-out", "inner", NULL, NULL, inner_name, ZC_ERROR_DAMAGED, INSIDE },
  { "member-size-differs", "inner", NULL, NULL, inner_size, ZC_ERROR_DAMAGED, INSIDE },
  { "hidden-behind-member", "inner", NULL, NULL, inner_filler, ZC_ERROR_DAMAGED, "something is hidden between its files" },
  { "hidden-in-padding", "inner", NULL, NULL, inner_padding, ZC_ERROR_DAMAGED, "something is hidden between its files" },
  { "hidden-behind-the-end", "inner", NULL, NULL, flip_last, ZC_ERROR_DAMAGED, "something is hidden between its files" },
  { "evidence-is-not-stated-one", "inner", NULL, NULL, inner_content, ZC_ERROR_DAMAGED, "“note.txt” in the package is not the file" },
  { "record-is-not-stated-one", "inner", NULL, NULL, inner_record, ZC_ERROR_DAMAGED, "“record.xml” in the package is not the file" },

  /* its manifest */
  { "manifest-version", "manifest", "# zicha-manifest 1", "# zicha-manifest 2", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-without-members", "manifest", "\n# 10 record.xml", "\n\n# 10 record.xml", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-crlf", "manifest", "\nSM3", "\r\nSM3", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-size-differs", "manifest", "# 10 record.xml", "# 11 record.xml", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-size-beyond", "manifest", "# 10 record.xml", "# 99999 record.xml", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-size-overflow", "manifest", "# 10 record.xml", "# 9223372036854775807 record.xml", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-size-too-long", "manifest", "# 10 record.xml", "# 99999999999999999999 record.xml", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-other-name", "manifest", "# 10 record.xml", "# 10 Record.xml", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-digest-capital", "manifest", "SM3 (record.xml) = ", "SM3 (record.xml) = F", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-no-sha256", "manifest", "SHA256 (record.xml)", "SHA512 (record.xml)", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-other-digest", "manifest", "SHA256 (files/0001.txt) = ", "SHA256 (files/0001.txt) = 0", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-bad-original", "manifest", " note.txt", " \xff.txt", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-raw-backslash", "manifest", " note.txt", " no\\te.txt", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-escaped-letter", "manifest", " note.txt", " \\x6eote.txt", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-escape-nul", "manifest", " note.txt", " \\x00note.txt", NULL, ZC_ERROR_DAMAGED, INSIDE },
  { "manifest-empty-original", "manifest", " note.txt", " ", NULL, ZC_ERROR_DAMAGED, INSIDE },
};

/* Running them */

static void
edit_part (const char *part, GByteArray *bytes, gpointer data)
{
  const Case *c = data;

  if (!g_str_equal (part, c->part))
    return;
  if (c->from)
    replace (bytes, c->from, c->to);
  if (c->edit)
    c->edit (bytes);
}

static GBytes *
honest_inner (const Case *c)
{
  static const char *const names[] = { "record.xml", "files/0001.txt" };
  g_autoptr (GBytes) record = g_bytes_new_static (RECORD, strlen (RECORD));
  g_autoptr (GBytes) evidence = g_bytes_new_static (EVIDENCE, strlen (EVIDENCE));
  GBytes *contents[] = { record, evidence };
  g_autofree char *manifest = honest_manifest ();
  g_autoptr (GByteArray) text = g_byte_array_new ();

  g_byte_array_append (text, (const guint8 *) manifest, (guint) strlen (manifest));
  if (c)
    edit_part ("manifest", text, (gpointer) c);
  g_byte_array_append (text, (const guint8 *) "", 1);
  return forge_inner ((const char *) text->data, names, contents, 2, 1024);
}

static gboolean
open_all (GBytes *bytes, const ZcSecret *passphrase, const char *folder, GError **error)
{
  g_autoptr (ZcSource) source = zc_source_new_bytes (bytes);
  g_autoptr (ZcPackage) package = zc_package_open (source, passphrase ? NULL : fixture_key (ZC_SUITE_GM_1), passphrase, error);

  return package && zc_package_extract_to_dir (package, folder, NULL, error);
}

/* Everything is refused with its own words, and nothing is written. */
static void
assert_refused (GBytes *bytes, const ZcSecret *passphrase, ZcErrorCode code, const char *says)
{
  g_autofree char *place = fixture_path ("refused"), *folder = g_build_filename (place, "out", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir (place, 0700);
  g_assert_false (open_all (bytes, passphrase, folder, &error));
  g_assert_error (error, ZC_ERROR, (gint) code);
  if (!strstr (error->message, says))
    g_error ("“%s” does not say “%s”", error->message, says);
  g_assert_cmpint (g_rmdir (place), ==, 0);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) inner = honest_inner (c);
  Forge forge = { ZC_SUITE_GM_1, zc_office_key_pkey (fixture_key (ZC_SUITE_GM_1)), NULL, inner, 0, NULL, NULL, edit_part, (gpointer) c };
  g_autoptr (GBytes) bytes = forge_package (&forge);

  assert_refused (bytes, NULL, c->code, c->says);
}

/* What the cases are edits of is accepted. */
static void
test_honest (void)
{
  g_autoptr (GBytes) inner = honest_inner (NULL);
  Forge forge = { ZC_SUITE_GM_1, zc_office_key_pkey (fixture_key (ZC_SUITE_GM_1)), NULL, inner, 0, NULL, NULL, NULL, NULL };
  g_autoptr (GBytes) bytes = forge_package (&forge);
  g_autofree char *folder = fixture_path ("honest");
  g_autoptr (GError) error = NULL;

  open_all (bytes, NULL, folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (inner), ==, 5632); /* the cases on declared sizes rely on it */
}

/* Names that a dishonest manifest and archive agree on. */
static void
test_bad_names (void)
{
  static const char *const names[] = { "../evil", "/etc/evil", "a/../evil", "a/b/evil", ".bashrc", "a//evil", "manifest.txt", "Padding",
                                       "evil/", "e\\vil", "record.xml", "RECORD.XML", "record.xml/evil", "evil\x01", "\xe6\x96\x87" };
  g_autoptr (GBytes) record = g_bytes_new_static (RECORD, strlen (RECORD));
  GBytes *contents[] = { record, record };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *both[] = { "record.xml", names[i] };
      g_autoptr (GString) manifest = g_string_new ("# zicha-manifest 1\n");
      g_autoptr (GBytes) inner = NULL, bytes = NULL;
      Forge forge = { ZC_SUITE_GM_1, zc_office_key_pkey (fixture_key (ZC_SUITE_GM_1)) };

      append_member (manifest, "record.xml", "", RECORD);
      append_member (manifest, names[i], "", RECORD);
      inner = forge_inner (manifest->str, both, contents, 2, 0);
      forge.inner = inner;
      bytes = forge_package (&forge);
      assert_refused (bytes, NULL, ZC_ERROR_DAMAGED, INSIDE);
    }
}

static void
test_too_many_members (void)
{
  g_autoptr (GString) manifest = g_string_new ("# zicha-manifest 1\n");
  g_autoptr (GBytes) inner = NULL, bytes = NULL;
  Forge forge = { ZC_SUITE_GM_1, zc_office_key_pkey (fixture_key (ZC_SUITE_GM_1)) };

  for (guint i = 0; i < 20001; i++)
    {
      g_autofree char *name = g_strdup_printf ("files/%u", i);

      append_member (manifest, name, "", "");
    }
  inner = forge_inner (manifest->str, NULL, NULL, 0, 0);
  forge.inner = inner;
  bytes = forge_package (&forge);
  assert_refused (bytes, NULL, ZC_ERROR_DAMAGED, INSIDE);
}

static void
edit_lock (const char *part, GByteArray *bytes, gpointer data)
{
  if (g_str_equal (part, "lock-01.sm2"))
    bytes->data[bytes->len - 1] ^= 1;
}

/* Locks whose content is no key of 32 bytes, altered ones, and one of another package. */
static void
test_locks (void)
{
  g_autoptr (GBytes) inner = honest_inner (NULL);
  EVP_PKEY *recipient = zc_office_key_pkey (fixture_key (ZC_SUITE_GM_1));
  static const gsize sizes[] = { 16, 31, 33, 64 };
  g_autoptr (ZcSecret) other = zc_secret_new_random (32);
  Forge forge = { ZC_SUITE_GM_1, recipient, NULL, inner };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      forge.key_size = sizes[i];
      bytes = forge_package (&forge);
      assert_refused (bytes, NULL, ZC_ERROR_KEY, "does not open this package");
    }
  {
    g_autoptr (GBytes) bytes = NULL;

    forge.key_size = 0;
    forge.edit = edit_lock; /* the index agrees: whoever made it has a bad lock, so no key opens it */
    bytes = forge_package (&forge);
    assert_refused (bytes, NULL, ZC_ERROR_KEY, "does not open this package");
  }
  {
    g_autoptr (GBytes) lock = zc_lock_wrap (ZC_SUITE_GM_1, recipient, other, NULL), bytes = NULL;

    forge.edit = NULL;
    forge.lock = lock;
    bytes = forge_package (&forge);
    assert_refused (bytes, NULL, ZC_ERROR_DAMAGED, INDEX);
  }
}

/* Puts a file of package @b into package @a in place of its own of the same size. */
static GBytes *
transplant (GBytes *a, GBytes *b, const char *name)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new (), from = g_byte_array_new ();
  guint8 *to_header, *from_header;

  g_byte_array_append (bytes, g_bytes_get_data (a, NULL), (guint) g_bytes_get_size (a));
  g_byte_array_append (from, g_bytes_get_data (b, NULL), (guint) g_bytes_get_size (b));
  to_header = header_of (bytes, name);
  from_header = header_of (from, name);
  if (memcmp (to_header, from_header, 512) != 0)
    return NULL;
  memcpy (to_header + 512, from_header + 512, g_ascii_strtoull ((char *) from_header + 124, NULL, 8));
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Parts of another real package of the same recipient, same content and same sizes. */
static void
test_replayed_parts (void)
{
  static const struct { const char *part, *says; } parts[] = {
    { "format.txt", "Parts of two packages are mixed" }, { "lock-01.rsa", "Parts of two packages are mixed" },
    { "payload.bin", "over a long stretch from part 1" }, { "index.txt", "Parts of two packages are mixed" },
    { "index.mac", INDEX },
  };
  static const gsize sizes[] = { 9 * 1024 * 1024 };
  g_autoptr (GPtrArray) members = fixture_members (sizes, 1);
  g_autoptr (GBytes) a = fixture_pack (ZC_SUITE_INTL_1, members, 0), b = fixture_pack (ZC_SUITE_INTL_1, members, 0);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GBytes) mixed = transplant (a, b, parts[i].part);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (mixed);
      g_assert_false (fixture_open_and_verify (ZC_SUITE_INTL_1, mixed, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_DAMAGED);
      if (!strstr (error->message, parts[i].says))
        g_error ("“%s” does not say “%s”", error->message, parts[i].says);
    }
}

#define CHUNK (4u * 1024 * 1024)

/* Whole chunks moved, doubled, exchanged and altered: told apart, and told where. */
static void
test_chunks (void)
{
  static const gsize sizes[] = { 5 * CHUNK };
  g_autoptr (GPtrArray) members = fixture_members (sizes, 1);
  g_autoptr (GBytes) right = fixture_pack (ZC_SUITE_INTL_1, members, 0);

  for (guint way = 0; way < 5; way++)
    {
      static const char *const says[] = { "are swapped (part 4 stands where part 2 belongs)", "are swapped (part 1 stands where part 3 belongs)",
                                          "part 3 of 6 of its content, with “现场 照片\\1.JPG” in it",
                                          "over a long stretch from part 2", "part 6 of 6 of its content" };
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree guint8 *spare = NULL;
      g_autoptr (GBytes) wrong = NULL;
      g_autoptr (GError) error = NULL;
      guint8 *payload;

      g_byte_array_append (bytes, g_bytes_get_data (right, NULL), (guint) g_bytes_get_size (right));
      payload = header_of (bytes, "payload.bin") + 512;
      spare = g_memdup2 (payload + CHUNK, CHUNK);
      if (way == 0)
        memcpy (payload + CHUNK, payload + 3 * CHUNK, CHUNK), memcpy (payload + 3 * CHUNK, spare, CHUNK);
      else if (way == 1)
        memcpy (payload + 2 * CHUNK, payload, CHUNK);
      else if (way == 2)
        payload[2 * CHUNK + 5] ^= 1;
      else if (way == 3)
        memset (payload + CHUNK, 0, 2 * CHUNK);
      else
        payload[5 * CHUNK] ^= 1;
      wrong = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      g_assert_false (fixture_open_and_verify (ZC_SUITE_INTL_1, wrong, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_DAMAGED);
      if (!strstr (error->message, says[way]))
        g_error ("“%s” does not say “%s”", error->message, says[way]);
    }
}

static char *
protected_by (EVP_PKEY *key, X509_ALGOR *algorithm, const char *passphrase)
{
  g_autoptr (PKCS8_PRIV_KEY_INFO) plain = EVP_PKEY2PKCS8 (key);
  g_autoptr (X509_SIG) sealed = PKCS8_set0_pbe (passphrase, (int) strlen (passphrase), plain, algorithm);
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *data;
  long size;

  PEM_write_bio_PKCS8 (bio, sealed);
  size = BIO_get_mem_data (bio, &data);
  return g_strndup (data, (gsize) size);
}

/* Passphrase locks of other making: refused before anything is computed by their numbers. */
static void
test_passphrase_locks (void)
{
  static const char words[] = "correct horse battery";
  guint8 salt[16] = { 1, 2, 3 };
  g_autoptr (EVP_PKEY) key = zc_lock_generate (ZC_SUITE_GM_1, NULL);
  g_autoptr (ZcSecret) passphrase = zc_secret_new_copy (words, strlen (words));
  g_autoptr (GBytes) inner = honest_inner (NULL);
  char *pems[] = {
    g_strdup ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"),
    g_strdup ("no PEM"),
    protected_by (key, PKCS5_pbe2_set_scrypt (EVP_sm4_cbc (), salt, 16, NULL, 16384, 8, 1), words),
    protected_by (key, PKCS5_pbe2_set_scrypt (EVP_sm4_cbc (), salt, 16, NULL, 1024, 8, 32), words),
    protected_by (key, PKCS5_pbe2_set_scrypt (EVP_sm4_cbc (), salt, 8, NULL, 1024, 8, 32), words),
    protected_by (key, PKCS5_pbe2_set_iv (EVP_sm4_cbc (), 1, salt, 16, NULL, -1), words),
    protected_by (key, PKCS5_pbe_set (NID_pbe_WithSHA1And3_Key_TripleDES_CBC, 1, salt, 16), words),
  };

  for (guint i = 0; i < G_N_ELEMENTS (pems); i++)
    {
      Forge forge = { ZC_SUITE_GM_1, NULL, pems[i], inner };
      g_autoptr (GBytes) bytes = forge_package (&forge);

      assert_refused (bytes, passphrase, ZC_ERROR_DAMAGED, "its lock “lock-01.key”");
      g_free (pems[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/package/malformed/honest", test_honest);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/package/malformed/%s/%s", cases[i].part, cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/package/malformed/names", test_bad_names);
  g_test_add_func ("/package/malformed/too-many-members", test_too_many_members);
  g_test_add_func ("/package/malformed/locks", test_locks);
  g_test_add_func ("/package/malformed/passphrase-locks", test_passphrase_locks);
  g_test_add_func ("/package/malformed/replayed-parts", test_replayed_parts);
  g_test_add_func ("/package/malformed/chunks", test_chunks);
  return g_test_run ();
}
