/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package-fixture.h"

#include "package/zc-passphrase.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (4u * 1024 * 1024)

/* What was packed and what came out, member by member. */
static void
assert_same_members (GPtrArray *packed, ZcPackage *package)
{
  GPtrArray *found = zc_package_members (package);

  g_assert_cmpuint (found->len, ==, packed->len);
  for (guint i = 0; i < packed->len; i++)
    {
      const ZcMember *a = packed->pdata[i], *b = found->pdata[i];
      g_autoptr (GBytes) wanted = zc_source_read_all (a->source, G_MAXSIZE, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = zc_package_read_member (package, a->name, G_MAXSIZE, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpstr (a->original_name, ==, b->original_name);
      g_assert_cmpuint (a->size, ==, b->size);
      g_assert_true (g_bytes_equal (wanted, bytes));
    }
}

static void
assert_extracted (GPtrArray *packed, const char *folder)
{
  for (guint i = 0; i < packed->len; i++)
    {
      const ZcMember *member = packed->pdata[i];
      g_autofree char *path = g_build_filename (folder, member->name, NULL);
      g_autoptr (GBytes) wanted = zc_source_read_all (member->source, G_MAXSIZE, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = zc_read_file (path, G_MAXSIZE, &error);
      struct stat st;

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (wanted, bytes));
      g_assert_cmpint (g_stat (path, &st), ==, 0);
      g_assert_cmpint (st.st_mode & 0777, ==, 0600);
    }
}

static void
round_trip (ZcSuite suite, const gsize *sizes, guint n, guint64 padding)
{
  g_autoptr (GPtrArray) members = fixture_members (sizes, n);
  g_autoptr (GBytes) bytes = fixture_pack (suite, members, padding);
  g_autofree char *folder = fixture_path ("out");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcPackage) package = fixture_open (suite, bytes, &error);

  g_assert_no_error (error);
  assert_same_members (members, package);
  /* The first pass takes more digests than the second, whichever they are. */
  g_assert_true (n % 2 || zc_package_verify (package, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (zc_package_extract_to_dir (package, folder, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (zc_package_verify (package, NULL, &error));
  g_assert_no_error (error);
  assert_extracted (members, folder);
  fixture_remove (folder);
}

static void
test_sizes (void)
{
  static const gsize sizes[] = { 0, 1, 511, 512, 513, 4095, 4096, 100000, 0, 7 };

  for (guint suite = 0; suite < ZC_SUITES; suite++)
    {
      round_trip ((ZcSuite) suite, sizes, G_N_ELEMENTS (sizes), 512);
      round_trip ((ZcSuite) suite, sizes, 0, 512);
      round_trip ((ZcSuite) suite, sizes, G_N_ELEMENTS (sizes), 0);
    }
}

/* The content ends one block before, on and after the border of a chunk, and files begin and end around it. */
static void
test_chunk_borders (void)
{
  for (gsize shift = 0; shift < 8; shift++)
    {
      gsize sizes[3] = { CHUNK - 8192 + shift * 1024 - shift % 3, 1 + shift, 700 };

      round_trip (shift & 1 ? ZC_SUITE_INTL_1 : ZC_SUITE_GM_1, sizes, 3, 512);
    }
}

static void
test_many_chunks (void)
{
  static const gsize sizes[] = { 3 * CHUNK + 1, 2 * CHUNK, 5 * CHUNK - 1, 12345 };

  for (guint suite = 0; suite < ZC_SUITES; suite++)
    round_trip ((ZcSuite) suite, sizes, G_N_ELEMENTS (sizes), 0);
}

/* Random trees of files: pack, open, identical. */
static void
test_random (void)
{
  for (guint round = 0; round < 12; round++)
    {
      guint n = (guint) g_test_rand_int_range (0, 40);
      g_autofree gsize *sizes = g_new0 (gsize, n + 1);

      for (guint i = 0; i < n; i++)
        sizes[i] = (gsize) g_test_rand_int_range (0, g_test_rand_bit () ? 2000 : 60000);
      round_trip (round & 1 ? ZC_SUITE_INTL_1 : ZC_SUITE_GM_1, sizes, n, (guint64) 512 << g_test_rand_int_range (0, 8));
    }
}

/* Two packages of the same content share nothing an observer could compare. */
static void
test_nothing_repeats (void)
{
  static const gsize sizes[] = { 5000 };
  g_autoptr (GPtrArray) members = fixture_members (sizes, 1);
  g_autoptr (GBytes) a = fixture_pack (ZC_SUITE_GM_1, members, 512);
  g_autoptr (GBytes) b = fixture_pack (ZC_SUITE_GM_1, members, 512);
  const guint8 *x = g_bytes_get_data (a, NULL), *y = g_bytes_get_data (b, NULL);
  guint same = 0;

  g_assert_null (memmem (x, g_bytes_get_size (a), "record.xml\0", 11));
  g_assert_null (memmem (x, g_bytes_get_size (a), "照片", strlen ("照片")));
  for (gsize i = 0; i + 16 <= MIN (g_bytes_get_size (a), g_bytes_get_size (b)); i += 16)
    if (memcmp (x + i, y + i, 16) == 0 && i > 8192 && x[i])
      same++;
  g_assert_cmpuint (same, <, 40); /* the text of index.txt and its header at most */
}

/* The exact size is known beforehand, and padding hides how much there is. */
static void
test_size_hides (void)
{
  gsize sizes[1] = { 1 };
  guint64 first = 0;

  for (sizes[0] = 1; sizes[0] < 900000; sizes[0] += 150001)
    {
      g_autoptr (GPtrArray) members = fixture_members (sizes, 1);
      g_autoptr (GPtrArray) certificates = g_ptr_array_new ();
      ZcPackageRequest request = { ZC_SUITE_INTL_1, members, certificates, NULL, 0 };
      g_autoptr (ZcPackageWriter) writer = NULL;

      g_ptr_array_add (certificates, fixture_certificate (ZC_SUITE_INTL_1));
      writer = zc_package_writer_new (&request, NULL, NULL);
      if (!first)
        first = zc_package_writer_size (writer);
      g_assert_cmpuint (zc_package_writer_size (writer), ==, first);
    }
}

static ZcMember *
changed_member (gsize size, gboolean set)
{
  g_autoptr (GBytes) bytes = fixture_bytes (1, size);
  ZcMember *member = zc_member_new_bytes ("files/0001.pdf", "合同.pdf", bytes);

  if (set)
    member->sha256[0] ^= 1;
  return member;
}

/* A file whose bytes are no longer those that were taken in stops the packing, whatever its size. */
static void
test_changed_evidence (void)
{
  static const gsize sizes[] = { 0, 1, 512, CHUNK - 3000, 3 * CHUNK + 5 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
      g_autoptr (GPtrArray) certificates = g_ptr_array_new ();
      ZcPackageRequest request = { ZC_SUITE_GM_1, members, certificates, NULL, 0 };
      g_autofree char *path = fixture_path ("changed.zcp");
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (certificates, fixture_certificate (ZC_SUITE_GM_1));
      g_ptr_array_add (members, changed_member (sizes[i], TRUE));
      g_assert_false (zc_package_write_file (&request, path, NULL, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_MISMATCH);
      g_assert_nonnull (strstr (error->message, "合同.pdf"));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* Members without digests are digested while the writer is made; the manifest states them. */
static void
test_undigested_members (void)
{
  g_autoptr (GBytes) content = fixture_bytes (9, 300001);
  g_autoptr (ZcSource) source = zc_source_new_bytes (content);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  g_autoptr (ZcMember) wanted = zc_member_new_bytes ("scan.pdf", NULL, content);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ZcPackage) package = NULL;
  const ZcMember *found;

  g_ptr_array_add (members, zc_member_new ("scan.pdf", NULL, source));
  bytes = fixture_pack (ZC_SUITE_GM_1, members, 512);
  package = fixture_open (ZC_SUITE_GM_1, bytes, NULL);
  found = zc_package_find (package, "scan.pdf");
  g_assert_cmpmem (found->sm3, 32, wanted->sm3, 32);
  g_assert_cmpmem (found->sha256, 32, wanted->sha256, 32);
}

static gboolean
failing_read (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  memset (buffer, 0, size);
  return offset < CHUNK || zc_fail (error, ZC_ERROR_IO, "The stick was pulled.");
}

/* A source that fails midway: the error is told and stays. */
static void
test_failing_source (void)
{
  g_autoptr (ZcSource) source = zc_source_new (9 * CHUNK, failing_read, NULL, NULL);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  g_autoptr (GPtrArray) certificates = g_ptr_array_new ();
  ZcPackageRequest request = { ZC_SUITE_GM_1, members, certificates, NULL, 0 };
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  static const guint8 digest[32];
  ZcMember *member = zc_member_new ("files/0001", NULL, source);
  g_autoptr (ZcPackageWriter) writer = NULL;

  zc_member_set_digests (member, digest, digest);
  g_ptr_array_add (members, member);
  g_ptr_array_add (certificates, fixture_certificate (ZC_SUITE_GM_1));
  writer = zc_package_writer_new (&request, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      while (zc_package_writer_read (writer, buffer, CHUNK, &error) > 0)
        ;
      g_assert_error (error, ZC_ERROR, ZC_ERROR_IO);
      g_assert_cmpstr (error->message, ==, "The stick was pulled.");
    }
}

static void
assert_request_fails (const ZcPackageRequest *request, ZcErrorCode code, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_package_writer_new (request, NULL, &error));
  g_assert_error (error, ZC_ERROR, (gint) code);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_bad_requests (void)
{
  static const char *const names[] = { "", "/etc/passwd", "../x", "a/../b", "a/b/c", ".hidden", "a/.b", "a//b", "a/", "-x", "a b", "a\\b",
                                       "文件", "a\n", "manifest.txt", "MANIFEST.TXT", "padding", "x:y",
                                       "a123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456" };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) members = fixture_members (NULL, 0);
  g_autoptr (GPtrArray) right = g_ptr_array_new ();
  g_autoptr (GPtrArray) wrong = g_ptr_array_new ();
  g_autoptr (GPtrArray) many = g_ptr_array_new ();
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  ZcMember *member = members->pdata[1];

  g_ptr_array_add (right, fixture_certificate (ZC_SUITE_GM_1));
  g_ptr_array_add (wrong, fixture_certificate (ZC_SUITE_INTL_1));
  for (guint i = 0; i < 17; i++)
    g_ptr_array_add (many, fixture_certificate (ZC_SUITE_GM_1));
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, members, NULL, NULL, 0 }, ZC_ERROR_USAGE, "Nobody");
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, members, none, NULL, 0 }, ZC_ERROR_USAGE, "Nobody");
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, none, right, NULL, 0 }, ZC_ERROR_USAGE, "at least one");
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, members, wrong, NULL, 0 }, ZC_ERROR_KEY, "does not fit the suite");
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_INTL_1, members, right, NULL, 0 }, ZC_ERROR_KEY, "does not fit the suite");
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, members, many, NULL, 0 }, ZC_ERROR_LIMIT, "Too many recipients");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_free (member->name);
      member->name = g_strdup (names[i]);
      assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, members, right, NULL, 0 }, ZC_ERROR_USAGE, "is no name");
    }
  g_free (member->name);
  member->name = g_strdup ("Record.XML");
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, members, right, NULL, 0 }, ZC_ERROR_USAGE, "have the name");
  g_free (member->name);
  member->name = g_strdup ("record.xml/a");
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, members, right, NULL, 0 }, ZC_ERROR_USAGE, "both a file and a folder");
  g_free (member->name);
  member->name = g_strdup ("files/0001");
  member->original_name = g_strdup ("\xff");
  assert_request_fails (&(ZcPackageRequest){ ZC_SUITE_GM_1, members, right, NULL, 0 }, ZC_ERROR_USAGE, "original name");
}

static void
test_evidence_names (void)
{
  static const struct { const char *original, *name; } cases[] = {
    { "a.pdf", "files/0007.pdf" }, { "照片.JPG", "files/0007.jpg" }, { "x", "files/0007" }, { NULL, "files/0007" },
    { "x.", "files/0007" }, { "x.tar.gz", "files/0007.gz" }, { "x.附件", "files/0007" }, { "x.a/b", "files/0007" },
    { "x.123456789", "files/0007" }, { "x.p df", "files/0007" }, { "..", "files/0007" }, { ".bashrc", "files/0007.bashrc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = zc_member_evidence_name (7, cases[i].original);

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_true (zc_member_name_is_valid (name));
    }
}

/* Names of every kind of character travel unharmed. */
static void
test_original_names (void)
{
  static const char *const names[] = { "a b.pdf", "换行\n名.pdf", "tab\t\x01\x1f\x7f", "back\\slash\\x41", "😀🇨🇳.png", "e\xcc\x81", " 前后 ",
                                       "\xe2\x80\xae" "fdp.exe", "\xc2\x85\xe2\x80\xa8", "# SM3 (x) = y", "a (b) = c" };
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  g_autoptr (GBytes) content = fixture_bytes (1, 10);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ZcPackage) package = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = zc_member_evidence_name (i + 1, NULL);

      g_ptr_array_add (members, zc_member_new_bytes (name, names[i], content));
    }
  bytes = fixture_pack (ZC_SUITE_INTL_1, members, 512);
  package = fixture_open (ZC_SUITE_INTL_1, bytes, NULL);
  g_assert_nonnull (package);
  assert_same_members (members, package);
}

static ZcSecret *
secret (const char *text)
{
  return zc_secret_new_copy (text, strlen (text));
}

/* Several recipients and a passphrase together; each opens it alone. */
static void
test_recipients (void)
{
  static const gsize sizes[] = { 3000 };

  for (guint suite = 0; suite < ZC_SUITES; suite++)
    {
      gboolean with_phrase = suite == ZC_SUITE_GM_1; /* each use costs a second */
      g_autoptr (GPtrArray) members = fixture_members (sizes, 1);
      g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_certificate_unref);
      g_autofree char *folder = g_strdup_printf ("%s/other-%u", fixture_folder (), suite);
      g_autofree char *key_path = g_build_filename (folder, ZC_OFFICE_KEY_FILE, NULL);
      g_autoptr (ZcSecret) phrase = zc_passphrase_generate ();
      g_autoptr (ZcSecret) wrong = secret ("not-the-right-one-at-all");
      g_autofree char *small = g_ascii_strdown ((const char *) zc_secret_data (phrase), -1);
      g_autoptr (ZcSecret) typed = secret (small);
      ZcPackageRequest request = { (ZcSuite) suite, members, certificates, with_phrase ? phrase : NULL, 512 };
      g_autoptr (ZcPackageWriter) writer = NULL;
      g_autoptr (ZcOfficeKey) other = NULL;
      g_autoptr (ZcSource) source = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      ZcPackageInfo info;

      g_ptr_array_add (certificates, zc_office_key_generate ((ZcSuite) suite, "上级单位", NULL, folder, &error));
      g_assert_no_error (error);
      g_ptr_array_add (certificates, zc_certificate_ref (fixture_certificate ((ZcSuite) suite)));
      other = zc_office_key_load (key_path, NULL, &error);
      writer = zc_package_writer_new (&request, NULL, &error);
      g_assert_no_error (error);
      bytes = fixture_pull (writer);
      source = zc_source_new_bytes (bytes);
      g_assert_true (zc_package_peek (source, &info, &error));
      g_assert_cmpuint (info.certificates, ==, 2);
      g_assert_true (info.passphrase == with_phrase);
      g_assert_cmpstr (info.id, ==, zc_package_writer_id (writer));
      for (guint way = 0; way < 4; way++)
        {
          if (way >= 2 && !with_phrase)
            continue;
          const ZcOfficeKey *key = way == 0 ? other : way == 1 ? fixture_key ((ZcSuite) suite) : way == 3 ? fixture_key ((ZcSuite) !suite) : NULL;
          const ZcSecret *used = way == 2 ? phrase : way >= 3 ? typed : NULL;
          g_autoptr (ZcPackage) package = zc_package_open (source, key, used, &error);

          g_assert_no_error (error);
          assert_same_members (members, package);
        }
      if (!with_phrase)
        continue;
      g_assert_null (zc_package_open (source, NULL, wrong, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_KEY);
      g_assert_true (g_str_has_prefix (error->message, "The passphrase does not open this package."));
      g_assert_null (strstr (error->message, (const char *) zc_secret_data (wrong)));
    }
}

static void
assert_key_error (GBytes *bytes, const ZcOfficeKey *key, const ZcSecret *passphrase, const char *says)
{
  g_autoptr (ZcSource) source = zc_source_new_bytes (bytes);
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_package_open (source, key, passphrase, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_wrong_keys (void)
{
  g_autoptr (GPtrArray) members = fixture_members (NULL, 0);
  g_autoptr (ZcSecret) phrase = secret ("correct horse battery");

  for (guint suite = 0; suite < ZC_SUITES; suite++)
    {
      g_autoptr (GBytes) bytes = fixture_pack ((ZcSuite) suite, members, 512);
      g_autofree char *folder = g_strdup_printf ("%s/stranger-%u", fixture_folder (), suite);
      g_autofree char *path = g_build_filename (folder, ZC_OFFICE_KEY_FILE, NULL);
      g_autoptr (ZcCertificate) certificate = zc_office_key_generate ((ZcSuite) suite, "别处", NULL, folder, NULL);
      g_autoptr (ZcOfficeKey) stranger = zc_office_key_load (path, NULL, NULL);

      assert_key_error (bytes, stranger, NULL, "encrypted to another certificate");
      assert_key_error (bytes, fixture_key ((ZcSuite) !suite), NULL, "but the package is of the suite");
      assert_key_error (bytes, NULL, phrase, "has no passphrase");
      assert_key_error (bytes, NULL, NULL, "Give the private key");
      assert_key_error (bytes, stranger, phrase, "has no passphrase");
    }
}

/* Extraction never touches what is there, and a failure leaves nothing. */
static void
test_extract_refuses (void)
{
  static const gsize sizes[] = { 100, 200 };
  g_autoptr (GPtrArray) members = fixture_members (sizes, 2);
  g_autoptr (GBytes) bytes = fixture_pack (ZC_SUITE_GM_1, members, 512);
  g_autoptr (ZcPackage) package = fixture_open (ZC_SUITE_GM_1, bytes, NULL);
  g_autofree char *place = fixture_path ("refuses");
  g_autofree char *file = g_build_filename (place, "file", NULL), *full = g_build_filename (place, "full", NULL);
  g_autofree char *inside = g_build_filename (full, "kept", NULL), *link = g_build_filename (place, "link", NULL);
  g_autofree char *empty = g_build_filename (place, "empty", NULL), *far = g_build_filename (place, "no/such/folder", NULL);
  const char *bad[] = { file, full, link };
  g_autoptr (GDir) dir = NULL;
  guint entries = 0;

  g_mkdir_with_parents (full, 0700);
  g_mkdir_with_parents (empty, 0700);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL) && g_file_set_contents (inside, "x", 1, NULL));
  g_assert_cmpint (symlink (empty, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (zc_package_extract_to_dir (package, bad[i], NULL, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, "is there already"));
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (zc_package_extract_to_dir (package, far, NULL, &error));
    g_assert_error (error, ZC_ERROR, ZC_ERROR_IO);
  }
  g_assert_true (zc_package_extract_to_dir (package, empty, NULL, NULL));
  assert_extracted (members, empty);
  dir = g_dir_open (place, 0, NULL);
  while (g_dir_read_name (dir))
    entries++;
  g_assert_cmpuint (entries, ==, 4);
}

typedef struct
{
  GCancellable *cancellable;
  guint calls;
} Cancelling;

static void
cancel_soon (const char *phase, guint64 done, guint64 total, gpointer data)
{
  Cancelling *self = data;

  self->calls++;
  g_cancellable_cancel (self->cancellable);
}

/* Cancelling midway leaves neither a package nor a folder. */
static void
test_cancel (void)
{
  static const gsize sizes[] = { 12 * CHUNK };
  g_autoptr (GPtrArray) members = fixture_members (sizes, 1);
  g_autoptr (GPtrArray) certificates = g_ptr_array_new ();
  ZcPackageRequest request = { ZC_SUITE_INTL_1, members, certificates, NULL, 0 };
  g_autofree char *place = fixture_path ("cancelled"), *path = g_build_filename (place, "x", NULL);

  g_mkdir_with_parents (place, 0700);
  g_ptr_array_add (certificates, fixture_certificate (ZC_SUITE_INTL_1));
  for (guint way = 0; way < 3; way++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancelling cancelling = { cancellable, 0 };
      ZcProgress progress = { cancel_soon, &cancelling, cancellable };
      g_autoptr (GBytes) bytes = way ? fixture_pack (ZC_SUITE_INTL_1, members, 0) : NULL;
      g_autoptr (ZcPackage) package = way ? fixture_open (ZC_SUITE_INTL_1, bytes, NULL) : NULL;
      g_autoptr (GError) error = NULL;
      gboolean done = way == 0   ? zc_package_write_file (&request, path, &progress, &error)
                      : way == 1 ? zc_package_verify (package, &progress, &error)
                                 : zc_package_extract_to_dir (package, path, &progress, &error);

      g_assert_false (done);
      g_assert_error (error, ZC_ERROR, ZC_ERROR_CANCELLED);
      g_assert_cmpuint (cancelling.calls, ==, 1);
      g_assert_cmpint (g_rmdir (place), ==, 0); /* empty again */
      g_mkdir (place, 0700);
    }
}

static gboolean
read_data (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  memcpy (buffer, (const guint8 *) data + offset, size);
  return TRUE;
}

/* A file that is altered after it was verified is still refused when it is unpacked, and by every later pass. */
static void
test_altered_later (void)
{
  static const gsize sizes[] = { 3 * CHUNK, 100000 };
  g_autoptr (GPtrArray) members = fixture_members (sizes, 2);
  g_autofree char *folder = fixture_path ("altered-later");

  for (guint suite = 0; suite < ZC_SUITES; suite++)
    {
      g_autoptr (GBytes) bytes = fixture_pack ((ZcSuite) suite, members, 0);
      gsize size = g_bytes_get_size (bytes);
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (ZcSource) source = zc_source_new (size, read_data, data, NULL);
      g_autoptr (ZcPackage) package = zc_package_open (source, fixture_key ((ZcSuite) suite), NULL, NULL);

      g_assert_true (zc_package_verify (package, NULL, NULL));
      data[size / 2] ^= 1;
      for (guint way = 0; way < 2; way++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_false (way ? zc_package_verify (package, NULL, &error)
                              : zc_package_extract_to_dir (package, folder, NULL, &error));
          g_assert_error (error, ZC_ERROR, ZC_ERROR_DAMAGED);
          g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
        }
      data[size / 2] ^= 1;
      g_assert_true (zc_package_extract_to_dir (package, folder, NULL, NULL));
      assert_extracted (members, folder);
      fixture_remove (folder);
    }
}

/* Large evidence can be read here and there. */
static void
test_member_source (void)
{
  static const gsize sizes[] = { 1000, 3 * CHUNK };
  g_autoptr (GPtrArray) members = fixture_members (sizes, 2);
  g_autoptr (GBytes) bytes = fixture_pack (ZC_SUITE_GM_1, members, 0);
  g_autoptr (ZcPackage) package = fixture_open (ZC_SUITE_GM_1, bytes, NULL);
  g_autoptr (ZcSource) found = zc_package_member_source (package, zc_package_find (package, "files/0002.jpg"));
  ZcSource *wanted = ((ZcMember *) members->pdata[3])->source;

  zc_package_unref (g_steal_pointer (&package)); /* the source keeps it */
  for (guint i = 0; i < 60; i++)
    {
      guint8 a[5000], b[5000];
      gsize size = (gsize) g_test_rand_int_range (0, sizeof a);
      guint64 at = (guint64) g_test_rand_int_range (0, (gint32) (sizes[1] - size));

      g_assert_true (zc_source_read (found, at, a, size, NULL));
      g_assert_true (zc_source_read (wanted, at, b, size, NULL));
      g_assert_cmpmem (a, size, b, size);
    }
  {
    guint8 byte;
    g_autoptr (GError) error = NULL;

    g_assert_false (zc_source_read (found, sizes[1], &byte, 1, &error));
    g_assert_error (error, ZC_ERROR, ZC_ERROR_DAMAGED);
  }
}

static void
test_no_such_member (void)
{
  g_autoptr (GPtrArray) members = fixture_members (NULL, 0);
  g_autoptr (GBytes) bytes = fixture_pack (ZC_SUITE_GM_1, members, 512);
  g_autoptr (ZcPackage) package = fixture_open (ZC_SUITE_GM_1, bytes, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_package_read_member (package, "manifest.txt", G_MAXSIZE, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (zc_package_read_member (package, ZC_MEMBER_RECORD, 9, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_LIMIT);
}

/* Without a key: a whole package passes, and no altered byte of its content does, nor a missing one. */
static void
test_check (void)
{
  static const gsize sizes[] = { 0, 5000, ZC_CHUNK_BYTES + 12345 };

  for (ZcSuite suite = 0; suite < ZC_SUITES; suite++)
    {
      g_autoptr (GPtrArray) members = fixture_members (sizes, G_N_ELEMENTS (sizes));
      g_autoptr (GBytes) bytes = fixture_pack (suite, members, 512);
      gsize size = g_bytes_get_size (bytes);
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) view = g_bytes_new_static (data, size);
      g_autoptr (GBytes) cut = g_bytes_new_static (data, size - 512);
      g_autoptr (ZcSource) source = zc_source_new_bytes (view);
      g_autoptr (ZcSource) short_source = zc_source_new_bytes (cut);
      g_autoptr (GError) error = NULL;

      g_assert_true (zc_package_check (source, NULL, &error));
      g_assert_no_error (error);
      for (gsize at = 1024; at < size; at += size / 23)
        {
          data[at] ^= 1;
          g_assert_false (zc_package_check (source, NULL, &error));
          g_assert_error (error, ZC_ERROR, ZC_ERROR_DAMAGED);
          g_clear_error (&error);
          data[at] ^= 1;
        }
      g_assert_false (zc_package_check (short_source, NULL, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_DAMAGED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/package/round-trip/sizes", test_sizes);
  g_test_add_func ("/package/round-trip/chunk-borders", test_chunk_borders);
  g_test_add_func ("/package/altered-later", test_altered_later);
  g_test_add_func ("/package/round-trip/many-chunks", test_many_chunks);
  g_test_add_func ("/package/round-trip/random", test_random);
  g_test_add_func ("/package/round-trip/original-names", test_original_names);
  g_test_add_func ("/package/secrecy/nothing-repeats", test_nothing_repeats);
  g_test_add_func ("/package/secrecy/size-hides", test_size_hides);
  g_test_add_func ("/package/writer/changed-evidence", test_changed_evidence);
  g_test_add_func ("/package/writer/undigested-members", test_undigested_members);
  g_test_add_func ("/package/writer/failing-source", test_failing_source);
  g_test_add_func ("/package/writer/bad-requests", test_bad_requests);
  g_test_add_func ("/package/member/evidence-names", test_evidence_names);
  g_test_add_func ("/package/keys/recipients", test_recipients);
  g_test_add_func ("/package/keys/wrong", test_wrong_keys);
  g_test_add_func ("/package/extract/refuses", test_extract_refuses);
  g_test_add_func ("/package/extract/cancel", test_cancel);
  g_test_add_func ("/package/read/check", test_check);
  g_test_add_func ("/package/read/member-source", test_member_source);
  g_test_add_func ("/package/read/no-such-member", test_no_such_member);
  return g_test_run ();
}
