/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-clock.h"
#include "package/zc-office-key.h"
#include "package/zc-package-writer.h"
#include "package/zc-package.h"
#include "package/zc-passphrase.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * package-tool: packing and opening for the scripts of tests and benchmarks.
 *
 *     package-tool keygen SUITE FOLDER              office.key and office.crt
 *     package-tool sample SUITE FOLDER              these two, passphrase, package.zcp and plain/ with what is in it
 *     package-tool sums FILE…                       digests into the folder “sums”, as taking in evidence does
 *     package-tool pack SUITE CERT PACKAGE FILE…    with the digests found there, if any
 *     package-tool open KEY PACKAGE FOLDER
 *     package-tool verify KEY PACKAGE
 */

static gboolean
keygen (char **argv, GError **error)
{
  ZcSuite suite = ZC_SUITE_GM_1;
  g_autoptr (ZcCertificate) certificate = NULL;

  zc_suite_from_name (argv[0], &suite);
  certificate = zc_office_key_generate (suite, "某市机关信息中心", NULL, argv[1], error);
  return certificate != NULL;
}

static void
add_sample (GPtrArray *members, const char *folder, const char *name, const char *original, const char *data, gsize size)
{
  g_autofree char *path = g_build_filename (folder, "plain", name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  g_mkdir_with_parents (parent, 0700);
  g_file_set_contents (path, data, (gssize) size, NULL);
  g_ptr_array_add (members, zc_member_new_bytes (name, original, bytes));
}

static GPtrArray *
sample_members (const char *folder)
{
  GPtrArray *members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  static const char record[] = "<record xmlns-version=\"1\">样例单位</record>\n";
  g_autofree char *photo = g_malloc (9001);

  for (guint i = 0; i < 9001; i++)
    photo[i] = (char) (i * i >> 3);
  add_sample (members, folder, "record.xml", NULL, record, strlen (record));
  add_sample (members, folder, "scheme.xml", NULL, "<scheme/>\n", 10);
  add_sample (members, folder, "files/0001.jpg", "机房 照片（1）.JPG", photo, 9001);
  add_sample (members, folder, "files/0002", "空文件", "", 0);
  return members;
}

static gboolean
sample (char **argv, GError **error)
{
  ZcSuite suite = ZC_SUITE_GM_1;
  g_autoptr (GPtrArray) members = sample_members (argv[1]);
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_certificate_unref);
  g_autofree char *path = g_build_filename (argv[1], "package.zcp", NULL);
  g_autofree char *phrase_path = g_build_filename (argv[1], "passphrase", NULL);
  g_autoptr (ZcSecret) phrase = zc_passphrase_generate ();
  ZcPackageRequest request = { suite, members, certificates, phrase, 512 };
  ZcCertificate *certificate;

  zc_suite_from_name (argv[0], &suite);
  request.suite = suite;
  certificate = zc_office_key_generate (suite, "某市机关信息中心", NULL, argv[1], error);
  if (!certificate)
    return FALSE;
  g_ptr_array_add (certificates, certificate);
  return g_file_set_contents (phrase_path, (const char *) zc_secret_data (phrase), -1, error)
         && zc_package_write_file (&request, path, NULL, error);
}

static gboolean
add_file (GPtrArray *members, guint number, const char *path, GError **error)
{
  g_autoptr (ZcSource) source = zc_source_new_file (path, error);
  g_autofree char *base = g_path_get_basename (path), *sums = g_build_filename ("sums", base, NULL);
  g_autofree char *name = zc_member_evidence_name (number, base), *text = NULL;
  ZcMember *member;
  gsize size;

  if (!source)
    return FALSE;
  member = zc_member_new (name, base, source);
  g_ptr_array_add (members, member);
  if (g_file_get_contents (sums, &text, &size, NULL) && size == 64)
    zc_member_set_digests (member, (guint8 *) text, (guint8 *) text + 32);
  return TRUE;
}

static gboolean
pack (char **argv, GError **error)
{
  ZcSuite suite = ZC_SUITE_GM_1;
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_certificate_unref);
  ZcPackageRequest request = { suite, members, certificates, NULL, 0 };
  ZcCertificate *certificate = zc_certificate_load (argv[1], error);

  zc_suite_from_name (argv[0], &request.suite);
  if (!certificate)
    return FALSE;
  g_ptr_array_add (certificates, certificate);
  for (guint i = 3; argv[i]; i++)
    if (!add_file (members, i - 2, argv[i], error))
      return FALSE;
  return zc_package_write_file (&request, argv[2], NULL, error);
}

static gboolean
sum (const char *file, GError **error)
{
  g_autoptr (ZcSource) source = zc_source_new_file (file, error);
  g_autofree char *base = g_path_get_basename (file), *path = g_build_filename ("sums", base, NULL);
  g_autoptr (ZcDigest) digest = zc_digest_new (ZC_DIGEST_SM3 | ZC_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (1 << 20);
  guint8 out[64];

  for (guint64 at = 0; source && at < zc_source_size (source); at += 1 << 20)
    {
      gsize n = MIN (zc_source_size (source) - at, 1 << 20);

      if (!zc_source_read (source, at, buffer, n, error))
        return FALSE;
      zc_digest_update (digest, buffer, n);
    }
  zc_digest_get (digest, ZC_DIGEST_SM3, out);
  zc_digest_get (digest, ZC_DIGEST_SHA256, out + 32);
  return source && g_file_set_contents (path, (char *) out, sizeof out, error);
}

static gboolean
sums (char **argv, GError **error)
{
  g_mkdir_with_parents ("sums", 0700);
  for (; *argv; argv++)
    if (!sum (*argv, error))
      return FALSE;
  return TRUE;
}

static ZcPackage *
open_package (char **argv, GError **error)
{
  g_autoptr (ZcOfficeKey) key = zc_office_key_load (argv[0], NULL, error);
  g_autoptr (ZcSource) source = key ? zc_source_new_file (argv[1], error) : NULL;

  return source ? zc_package_open (source, key, NULL, error) : NULL;
}

static gboolean
extract (char **argv, GError **error)
{
  g_autoptr (ZcPackage) package = open_package (argv, error);

  return package && zc_package_extract_to_dir (package, argv[2], NULL, error);
}

static gboolean
verify (char **argv, GError **error)
{
  g_autoptr (ZcPackage) package = open_package (argv, error);

  return package && zc_package_verify (package, NULL, error);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    int args; /* at least */
    gboolean (*run) (char **argv, GError **error);
  } commands[] = {
    { "keygen", 2, keygen }, { "sample", 2, sample }, { "pack", 4, pack }, { "sums", 1, sums }, { "open", 3, extract }, { "verify", 2, verify },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name) && argc - 2 >= commands[i].args)
      {
        if (commands[i].run (argv + 2, &error))
          return 0;
        g_printerr ("package-tool: %s\n", error->message);
        return 1;
      }
  g_printerr ("usage: package-tool keygen|sample|pack|sums|open|verify …\n");
  return 2;
}
