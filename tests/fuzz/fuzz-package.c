/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "package-forge.h"
#include "package/zc-frame.h"
#include "package/zc-manifest.h"
#include "package/zc-package-private.h"

#include <string.h>

/*
 * The first byte chooses what the rest is, since no fuzzer passes a MAC:
 *
 *     'P'  a whole package                 'F'  format.txt
 *     'M'  manifest.txt                    'I'  an inner archive, in a package with the right key
 *     'L'  lock-01.key, in such a package   'X'  index.txt of the smallest package
 */

/* OpenSSL's random generator is reached only from the locked heap, where the leak checker does not look. */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:EVP_RAND_instantiate\nleak:RAND_get0_primary\n";
}

static EVP_PKEY *office;
static ZcSecret *secret;
static GBytes *lock;

/* One key and one lock for the whole run: making them is what takes time. */
static void
prepare (void)
{
  if (office)
    return;
  secret = zc_secret_new_random (ZC_PACKAGE_KEY_SIZE);
  office = zc_lock_generate (ZC_SUITE_GM_1, NULL);
  lock = zc_lock_wrap (ZC_SUITE_GM_1, office, secret, NULL);
}

static void
read_everything (ZcPackage *package)
{
  GPtrArray *members = zc_package_members (package);

  for (guint i = 0; i < members->len && i < 20; i++)
    {
      const ZcMember *member = members->pdata[i];
      g_autoptr (GBytes) bytes = zc_package_read_member (package, member->name, 1 << 20, NULL);

      if (!zc_member_name_is_valid (member->name))
        g_error ("a name that cannot be was let through");
    }
  zc_package_verify (package, NULL, NULL);
}

/* Opens a package by the key of this run, or with none at all. */
static void
open_bytes (GBytes *bytes, const ZcSecret *passphrase)
{
  g_autoptr (ZcSource) source = zc_source_new_bytes (bytes);
  g_autoptr (ZcOfficeKey) key = passphrase ? NULL : zc_office_key_new (office);
  g_autoptr (ZcPackage) package = NULL;
  ZcPackageInfo info;

  zc_package_peek (source, &info, NULL);
  package = zc_package_open (source, key, passphrase, NULL);
  if (package)
    read_everything (package);
}

static void
fuzz_format (GBytes *bytes)
{
  g_autoptr (ZcFrame) frame = zc_frame_parse (bytes, NULL);

  if (frame && !g_bytes_equal (frame->format, bytes))
    g_error ("format.txt is not as it would be written");
}

static void
fuzz_manifest (GBytes *bytes)
{
  g_autoptr (GPtrArray) members = zc_manifest_parse (bytes);
  g_autoptr (GBytes) again = members ? zc_manifest_write (members) : NULL;

  if (again && !g_bytes_equal (again, bytes))
    g_error ("a manifest is not as it would be written");
}

static void
fuzz_inner (GBytes *bytes)
{
  Forge forge = { .suite = ZC_SUITE_GM_1, .recipient = office, .inner = bytes, .lock = lock, .key = secret };
  g_autoptr (GBytes) package = forge_package (&forge);

  open_bytes (package, NULL);
}

static void
fuzz_lock (GBytes *bytes)
{
  g_autofree char *pem = g_strndup (g_bytes_get_size (bytes) ? g_bytes_get_data (bytes, NULL) : "", g_bytes_get_size (bytes));
  g_autoptr (ZcSecret) passphrase = zc_secret_new_copy ("correct horse battery", 21);
  g_autoptr (GBytes) text = g_bytes_new (pem, strlen (pem));
  g_autoptr (EVP_PKEY) key = NULL;
  gboolean sound;

  key = zc_lock_unprotect (ZC_SUITE_GM_1, text, passphrase, &sound);
}

static void
fuzz_index (GBytes *bytes)
{
  g_autoptr (ZcFrame) frame = g_new0 (ZcFrame, 1);
  g_autofree guint8 *digests = NULL, *chunks = NULL;
  char id[2 * ZC_FRAME_ID_SIZE + 1];

  memset (frame->id, 'a', sizeof frame->id - 1);
  frame->n_locks = frame->locks[0].number = 1;
  frame->payload_size = 9 << 20;
  zc_frame_complete (frame);
  if (zc_frame_parse_index (frame, bytes, id, &digests, &chunks))
    {
      g_autoptr (GBytes) again = NULL;

      memcpy (frame->id, id, sizeof frame->id);
      again = zc_frame_write_index (frame, digests, chunks);
      if (!g_bytes_equal (again, bytes))
        g_error ("index.txt is not as it would be written");
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = size > 0 ? g_bytes_new (data + 1, size - 1) : NULL;

  if (!bytes || size > 1 << 20)
    return 0;
  prepare ();
  switch (data[0])
    {
    case 'P':
      open_bytes (bytes, NULL);
      break;
    case 'F':
      fuzz_format (bytes);
      break;
    case 'M':
      fuzz_manifest (bytes);
      break;
    case 'I':
      fuzz_inner (bytes);
      break;
    case 'L':
      fuzz_lock (bytes);
      break;
    case 'X':
      fuzz_index (bytes);
      break;
    }
  return 0;
}
