/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-handin.h"
#include "handin/zc-office.h"
#include "seal/zc-seal-code.h"

#include "../package/package-fixture.h"
#include "../record/record-samples.h"

#include <string.h>

/*
 * The office receives packages of units that hold the right key and are dishonest, or have a broken program:
 * everything is authentic, and the contents are still hostile.
 */

#define FILE_SIZE 5000

/* What goes into a package; NULL leaves a member out. */
typedef struct
{
  GBytes *scheme, *record, *seals;
  GPtrArray *evidence; /* (element-type ZcMember) */
} Contents;

static void
contents_clear (Contents *self)
{
  g_clear_pointer (&self->scheme, g_bytes_unref);
  g_clear_pointer (&self->record, g_bytes_unref);
  g_clear_pointer (&self->seals, g_bytes_unref);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contents, contents_clear)

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static char *
text_of (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* @bytes with its first @from made @to. */
static GBytes *
edited (GBytes *bytes, const char *from, const char *to)
{
  g_autofree char *text = text_of (bytes);
  char *at = strstr (text, from);
  g_autofree char *result = NULL;

  g_assert_nonnull (at);
  *at = 0;
  result = g_strconcat (text, to, at + strlen (from), NULL);
  return text_bytes (result);
}

static void
edit (GBytes **bytes, const char *from, const char *to)
{
  GBytes *result = edited (*bytes, from, to);

  g_bytes_unref (*bytes);
  *bytes = result;
}

static void
add_file (GPtrArray *members, guint number, guint32 seed)
{
  g_autofree char *original = g_strdup_printf ("照片%u.jpg", number);
  g_autofree char *name = zc_member_evidence_name (number, original);
  g_autoptr (GBytes) bytes = fixture_bytes (seed, FILE_SIZE);

  g_ptr_array_add (members, zc_member_new_bytes (name, original, bytes));
}

static void
list_file (GString *out, guint number, const ZcMember *member)
{
  g_autofree char *sm3 = zc_hex (member->sm3, ZC_DIGEST_SIZE), *sha256 = zc_hex (member->sha256, ZC_DIGEST_SIZE);

  g_string_append_printf (out, "<file id=\"%u\" name=\"照片%u.jpg\" size=\"%d\" sm3=\"%s\" sha256=\"%s\"><item id=\"A01\"/></file>",
                          number, number, FILE_SIZE, sm3, sha256);
}

/* A canonical record of the sample scheme and two evidence files, as an honest unit packs them. */
static void
honest (Contents *self)
{
  g_autoptr (ZcScheme) scheme = sample_scheme ();
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GString) list = g_string_new (NULL);

  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  for (guint i = 1; i <= 2; i++)
    {
      add_file (self->evidence, i, i);
      list_file (list, i, self->evidence->pdata[i - 1]);
    }
  record = sample_record (scheme, "<fact id=\"unit.name\">示例单位</fact>", "", "", "", "", list->str);
  self->record = zc_record_to_bytes (record);
  self->scheme = g_bytes_ref (scheme->bytes);
}

static char *
pack (const Contents *contents)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  g_autoptr (GPtrArray) certificates = g_ptr_array_new ();
  ZcPackageRequest request = { ZC_SUITE_GM_1, members, certificates, NULL, 512 };
  char *path = fixture_path ("received.zcp");
  g_autoptr (GError) error = NULL;

  if (contents->record)
    g_ptr_array_add (members, zc_member_new_bytes (ZC_MEMBER_RECORD, NULL, contents->record));
  if (contents->scheme)
    g_ptr_array_add (members, zc_member_new_bytes (ZC_MEMBER_SCHEME, NULL, contents->scheme));
  if (contents->seals)
    g_ptr_array_add (members, zc_member_new_bytes (ZC_MEMBER_SEALS, NULL, contents->seals));
  for (guint i = 0; i < contents->evidence->len; i++)
    {
      const ZcMember *file = contents->evidence->pdata[i];
      ZcMember *copy = zc_member_new (file->name, file->original_name, file->source);

      zc_member_set_digests (copy, file->sm3, file->sha256);
      g_ptr_array_add (members, copy);
    }
  g_ptr_array_add (certificates, fixture_certificate (ZC_SUITE_GM_1));
  g_assert_true (zc_package_write_file (&request, path, NULL, &error));
  g_assert_no_error (error);
  return path;
}

static ZcIncoming *
receive (const Contents *contents, const char *code, GBytes *other, GError **error)
{
  g_autofree char *path = pack (contents);
  const char *const paths[] = { path, NULL };

  return zc_office_receive (paths, 1, fixture_key (ZC_SUITE_GM_1), NULL, code, other, NULL, error);
}

/* One case: what the dishonest unit does, and what must be said of it. */
typedef struct
{
  const char *name;
  void (*spoil) (Contents *contents);
  ZcErrorCode code;
  const char *says;
} Case;

static void
no_record (Contents *self)
{
  g_clear_pointer (&self->record, g_bytes_unref);
}

static void
no_scheme (Contents *self)
{
  g_clear_pointer (&self->scheme, g_bytes_unref);
}

static void
record_with_comment (Contents *self)
{
  edit (&self->record, "<facts>", "<!-- hidden --><facts>");
}

static void
record_with_other_quotes (Contents *self)
{
  edit (&self->record, "revision=\"1\"", "revision='1'");
}

static void
record_with_last_line_feed (Contents *self)
{
  edit (&self->record, "</record>", "</record>\n");
}

static void
record_of_other_scheme_digest (Contents *self)
{
  g_autofree char *text = text_of (self->record);
  char *digit = strstr (text, "scheme-digest=\"") + strlen ("scheme-digest=\"");

  *digit = *digit == '0' ? '1' : '0';
  g_bytes_unref (self->record);
  self->record = text_bytes (text);
}

/* The same words and ids, but not the scheme that the record was made with. */
static void
scheme_was_changed (Contents *self)
{
  edit (&self->scheme, "One of each", "One of them");
}

static void
scheme_with_easier_words (Contents *self)
{
  edit (&self->scheme, "样例主管部门办公室", "另一个主管部门");
}

static void
scheme_is_not_xml (Contents *self)
{
  g_bytes_unref (self->scheme);
  self->scheme = text_bytes ("<scheme");
}

static void
scheme_with_entities (Contents *self)
{
  g_bytes_unref (self->scheme);
  self->scheme = text_bytes ("<!DOCTYPE scheme [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><scheme id=\"sample\">&a;</scheme>");
}

static void
scheme_is_huge (Contents *self)
{
  g_bytes_unref (self->scheme);
  self->scheme = fixture_bytes (1, 8 * 1024 * 1024 + 1);
}

static void
record_is_empty (Contents *self)
{
  g_bytes_unref (self->record);
  self->record = text_bytes ("");
}

static void
record_is_not_xml (Contents *self)
{
  g_bytes_unref (self->record);
  self->record = fixture_bytes (7, 3000);
}

static void
record_is_huge (Contents *self)
{
  g_bytes_unref (self->record);
  self->record = fixture_bytes (1, 64 * 1024 * 1024 + 1);
}

static void
record_is_deep (Contents *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "<record>");
  g_bytes_unref (self->record);
  self->record = text_bytes (text->str);
}

static void
record_lies_about_derived (Contents *self)
{
  edit (&self->record, "<fact derived=\"yes\" id=\"n.systems\">0</fact>", "<fact derived=\"yes\" id=\"n.systems\">12</fact>");
}

static void
record_with_unknown_fact (Contents *self)
{
  edit (&self->record, "<facts>\n", "<facts>\n<fact id=\"no.such\">x</fact>\n");
}

static void
evidence_is_missing (Contents *self)
{
  g_ptr_array_remove_index (self->evidence, 0);
}

static void
evidence_is_more (Contents *self)
{
  add_file (self->evidence, 3, 3);
}

static void
evidence_is_there_twice (Contents *self)
{
  add_file (self->evidence, 3, 2);
}

static void
evidence_is_another (Contents *self)
{
  g_ptr_array_set_size (self->evidence, 1);
  add_file (self->evidence, 2, 77);
}

/* The list of contents states the SM3 that the record wants, over other bytes: the SHA-256 gives it away. */
static void
evidence_lies_about_sm3 (Contents *self)
{
  guint8 sm3[ZC_DIGEST_SIZE];
  ZcMember *other;

  memcpy (sm3, ((ZcMember *) self->evidence->pdata[1])->sm3, sizeof sm3);
  evidence_is_another (self);
  other = self->evidence->pdata[1];
  memcpy (other->sm3, sm3, sizeof sm3);
}

static void
evidence_with_other_sm3 (Contents *self)
{
  ((ZcMember *) self->evidence->pdata[1])->sm3[0] ^= 1;
}

static void
evidence_with_other_size (Contents *self)
{
  edit (&self->record, "size=\"5000\"", "size=\"4999\"");
}

static const Case cases[] = {
  { "no-record", no_record, ZC_ERROR_INVALID, "record.xml" },
  { "no-scheme", no_scheme, ZC_ERROR_INVALID, "scheme.xml" },
  { "record-with-comment", record_with_comment, ZC_ERROR_INVALID, "Line 2" },
  { "record-with-other-quotes", record_with_other_quotes, ZC_ERROR_INVALID, "canonical" },
  { "record-with-last-line-feed", record_with_last_line_feed, ZC_ERROR_INVALID, "canonical" },
  { "record-of-other-scheme-digest", record_of_other_scheme_digest, ZC_ERROR_INVALID, "scheme was changed" },
  { "scheme-was-changed", scheme_was_changed, ZC_ERROR_INVALID, "scheme was changed" },
  { "scheme-with-easier-words", scheme_with_easier_words, ZC_ERROR_INVALID, "scheme was changed" },
  { "scheme-is-not-xml", scheme_is_not_xml, ZC_ERROR_INVALID, "scheme.xml" },
  { "scheme-with-entities", scheme_with_entities, ZC_ERROR_INVALID, NULL },
  { "scheme-is-huge", scheme_is_huge, ZC_ERROR_LIMIT, "scheme.xml" },
  { "record-is-empty", record_is_empty, ZC_ERROR_INVALID, "record" },
  { "record-is-not-xml", record_is_not_xml, ZC_ERROR_INVALID, "record" },
  { "record-is-huge", record_is_huge, ZC_ERROR_LIMIT, "record.xml" },
  { "record-is-deep", record_is_deep, ZC_ERROR_INVALID, "record" },
  { "record-lies-about-derived", record_lies_about_derived, ZC_ERROR_INVALID, "n.systems" },
  { "record-with-unknown-fact", record_with_unknown_fact, ZC_ERROR_INVALID, "no.such" },
  { "evidence-is-missing", evidence_is_missing, ZC_ERROR_MISMATCH, "照片1.jpg" },
  { "evidence-is-more", evidence_is_more, ZC_ERROR_MISMATCH, "3 evidence files" },
  { "evidence-is-there-twice", evidence_is_there_twice, ZC_ERROR_MISMATCH, "3 evidence files" },
  { "evidence-is-another", evidence_is_another, ZC_ERROR_MISMATCH, "照片2.jpg" },
  { "evidence-lies-about-sm3", evidence_lies_about_sm3, ZC_ERROR_MISMATCH, "照片2.jpg" },
  { "evidence-with-other-sm3", evidence_with_other_sm3, ZC_ERROR_MISMATCH, "照片2.jpg" },
  { "evidence-with-other-size", evidence_with_other_size, ZC_ERROR_MISMATCH, "照片1.jpg" },
};

static void
test_refused (gconstpointer data)
{
  const Case *one = data;
  g_auto (Contents) contents = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcIncoming) incoming = NULL;

  honest (&contents);
  one->spoil (&contents);
  incoming = receive (&contents, NULL, NULL, &error);
  g_assert_null (incoming);
  g_assert_error (error, ZC_ERROR, (int) one->code);
  g_test_message ("%s", error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  if (one->says)
    g_assert_nonnull (strstr (error->message, one->says));
}

static void
test_honest (void)
{
  g_auto (Contents) contents = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcIncoming) incoming = NULL;
  g_autofree char *code = NULL;
  gsize size;
  gconstpointer data;

  honest (&contents);
  data = g_bytes_get_data (contents.record, &size);
  code = zc_seal_code_of (data, size);
  incoming = receive (&contents, code, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (incoming->unit, ==, "示例单位");
  g_assert_cmpuint (incoming->evidence, ==, 2);
  g_assert_cmpint (incoming->paper, ==, ZC_PAPER_MATCHES);
  g_assert_cmpstr (incoming->code, ==, code);
}

/* As scanners give it: small letters, blanks around; cut off it is told as such, before anything is opened. */
static void
test_qr (void)
{
  g_auto (Contents) contents = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcIncoming) incoming = NULL, cut = NULL;
  g_autofree char *hex = NULL, *text = NULL;
  gsize size;
  gconstpointer data;

  honest (&contents);
  data = g_bytes_get_data (contents.record, &size);
  hex = zc_digest_hex_of (ZC_DIGEST_SM3, data, size);
  text = g_strdup_printf ("  zc1:1:2/3:%s\n", hex);
  incoming = receive (&contents, text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (incoming->paper, ==, ZC_PAPER_MATCHES);

  text[40] = 0;
  cut = receive (&contents, text, NULL, &error);
  g_assert_null (cut);
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
}

static ZcPaper
paper_after (const char *seals, const char *code, guint *revision)
{
  g_auto (Contents) contents = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcIncoming) incoming = NULL;

  honest (&contents);
  edit (&contents.record, "revision=\"1\"", "revision=\"3\"");
  contents.seals = text_bytes (seals);
  incoming = receive (&contents, code, NULL, &error);
  g_assert_no_error (error);
  *revision = incoming->paper_revision;
  return incoming->paper;
}

/* The list of earlier seals comes from the unit: a line in it that cannot be true is not believed. */
static void
test_older (void)
{
  static const char *const lies[] = { "%s\n", "3\t%s\t\t\n", "4\t%s\t\t\n", "0\t%s\t\t\n", "-1\t%s\n", "99999999999\t%s\t\t\n", "\t%s\n",
                                      "1x\t%s\t\t\n", "2\t%s00\t\t\n", "\xff\xfe%s" };
  const char *digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
  const char *code = "289421-678524-278586-669779-591206-598169-619696-644534";
  g_autofree char *honest_list = g_strdup_printf ("1\t%064d\t2016\t2016\n2\t%s\t2016-07-01T09:00:00+08:00\t\n", 0, digest);
  guint revision;

  g_assert_cmpint (paper_after (honest_list, code, &revision), ==, ZC_PAPER_OLDER);
  g_assert_cmpuint (revision, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_auto (GStrv) around = g_strsplit (lies[i], "%s", 2);
      g_autofree char *list = g_strconcat (around[0], digest, around[1], NULL);

      g_assert_cmpint (paper_after (list, code, &revision), ==, ZC_PAPER_DIFFERS);
    }
}

static void
test_other_record (void)
{
  g_auto (Contents) contents = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) changed = NULL, broken = NULL;
  g_autoptr (ZcIncoming) same = NULL, differs = NULL, none = NULL;

  honest (&contents);
  same = receive (&contents, NULL, contents.record, &error);
  g_assert_no_error (error);
  g_assert_true (same->compared);
  g_assert_null (same->difference);

  changed = edited (contents.record, "示例单位", "别的单位");
  differs = receive (&contents, NULL, changed, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (differs->difference, "单位名称"));

  broken = edited (contents.record, "</record>", "");
  none = receive (&contents, NULL, broken, &error);
  g_assert_null (none);
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/honest", test_honest);
  g_test_add_func ("/office/qr", test_qr);
  g_test_add_func ("/office/older", test_older);
  g_test_add_func ("/office/other-record", test_other_record);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/office/refused/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_refused);
    }
  return g_test_run ();
}
