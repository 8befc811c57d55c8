/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-clock.h"
#include "base/zc-digest.h"
#include "base/zc-output.h"
#include "base/zc-place.h"
#include "base/zc-source.h"
#include "base/zc-text.h"
#include "base/zc-xml.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
test_place_round_trip (void)
{
  static const char *const places[] = { "fact:unit.name", "answer:X07/note", "ledger:systems", "row:systems/3",
                                        "cell:systems/12/name", "finding:2/due", "text:c1", "link:X07/5",
                                        "evidence:5/caption", "item:X07" };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      ZcPlace place;
      g_autofree char *again = NULL;

      g_assert_true (zc_place_parse (places[i], &place));
      again = zc_place_new (place.kind, place.id, place.number, place.field);
      g_assert_cmpstr (again, ==, places[i]);
    }
}

static void
test_place_refused (void)
{
  static const char *const places[] = { "", "fact", "fact:", "fact:1x", "fact:a/b", "row:systems", "row:systems/0",
                                        "row:systems/03", "row:systems/-1", "cell:systems/1", "cell:systems/1/",
                                        "answer:X07", "answer:X07/note/x", "where:x", "finding:x/due",
                                        "row:systems/99999999999999999999" };
  ZcPlace place;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_false (zc_place_parse (places[i], &place));
}

static void
test_dates (void)
{
  static const struct { const char *text, *iso; } cases[] = {
    { "2016-07-08", "2016-07-08" }, { "2016年7月8日", "2016-07-08" }, { "2016/7/8", "2016-07-08" },
    { "２０１６.７.８", "2016-07-08" }, { " 2016-2-29 ", "2016-02-29" }, { "2015-02-29", NULL }, { "2016-07-08x", NULL },
    { "2016-13-01", NULL }, { "", NULL }, { "1016-01-01", NULL }, { "20160708", "2016-07-08" }, { "２０１６０７０８", "2016-07-08" },
    { "2016 年 7 月 8 日", "2016-07-08" }, { "2016年07月08号", "2016-07-08" }, { "2016。7。8", "2016-07-08" }, { "2016　7　8", NULL }, { "2016 07 08", "2016-07-08" },
    { "2016. 7. 8", "2016-07-08" }, { "　2016-7-8　", "2016-07-08" }, { "2016 7 8", NULL }, { "201607080", NULL }, { "2016078", NULL },
    { "20161301", NULL }, { "2016-7-", NULL }, { "2016--7-8", NULL }, { "2016年7月8", NULL }, { "2016-7/8", NULL }, { "16-7-8", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *iso = zc_date_parse (cases[i].text);

      g_assert_cmpstr (iso, ==, cases[i].iso);
      if (iso)
        {
          g_autofree char *again = zc_date_from_days (zc_date_to_days (iso));
          g_assert_cmpstr (again, ==, iso);
        }
    }
  g_assert_cmpuint (zc_date_to_days ("2016-07-09") - zc_date_to_days ("2016-07-08"), ==, 1);
}

static void
test_numbers (void)
{
  static const struct { const char *text; guint decimals; const char *number; } cases[] = {
    { "1,234,567", 0, "1234567" }, { "12,345.5", 1, "12345.5" }, { "-1,000", 0, "-1000" }, { "007", 0, "7" }, { "00", 0, "0" },
    { "0,5", 2, NULL }, { "1,5", 2, NULL }, { "1,50", 2, NULL }, { "0,500", 0, NULL }, { "1234,567", 0, NULL }, { ",123", 0, NULL },
    { "1,,234", 0, NULL }, { "1,234,", 0, NULL }, { "1,23,456", 0, NULL }, { "0,0", 0, NULL }, { "-,1", 0, NULL },
    { "12", 0, "12" }, { "007", 0, "7" }, { "0", 0, "0" }, { "-0", 0, "0" }, { "１２", 0, "12" }, { "1,234", 0, "1234" },
    { "0.50", 2, "0.5" }, { "3.00", 2, "3" }, { "0.505", 2, NULL }, { "1e5", 2, NULL }, { "", 0, NULL }, { "1.", 2, "1" },
    { ".5", 2, NULL }, { "12个", 0, NULL }, { "-3", 0, "-3" }, { "1234567890123456", 0, NULL }, { "0.5", 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = zc_number_parse (cases[i].text, cases[i].decimals);

      g_assert_cmpstr (number, ==, cases[i].number);
    }
}

static void
test_text_normalized (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = zc_text_normalize ("e\xcc\x81\r\nb\rc", TRUE, &error);
  g_autofree char *line = zc_text_normalize ("a\n\tb", FALSE, &error);
  g_autofree char *shown = zc_text_shown_name ("a\nb\xff\xe2\x80\xae" "fdp.exe");

  g_assert_no_error (error);
  g_assert_cmpstr (lines, ==, "\xc3\xa9\nb\nc");
  g_assert_cmpstr (line, ==, "a  b");
  g_assert_cmpstr (shown, ==, "a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd" "fdp.exe");
  g_assert_null (zc_text_normalize ("a\x01", TRUE, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
}

static void
assert_xml_refused (const char *xml, ZcErrorCode code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_xml_parse (bytes, "t.xml", &error));
  g_assert_error (error, ZC_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "t.xml"));
}

static void
test_xml_hostile (void)
{
  GString *deep = g_string_new (NULL);

  for (int i = 0; i < 70; i++)
    g_string_append (deep, "<a>");
  for (int i = 0; i < 70; i++)
    g_string_append (deep, "</a>");
  assert_xml_refused ("", ZC_ERROR_INVALID);
  assert_xml_refused ("<a><b></a>", ZC_ERROR_INVALID);
  assert_xml_refused ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", ZC_ERROR_INVALID);
  assert_xml_refused ("<a>&undefined;</a>", ZC_ERROR_INVALID);
  assert_xml_refused (deep->str, ZC_ERROR_LIMIT);
  g_string_free (deep, TRUE);
}

static void
test_xml_prose (void)
{
  const char *xml = "<a>检查\n   各单位 use  GTK\n 4 的 情况</a>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (xmlDoc) doc = zc_xml_parse (bytes, "t.xml", NULL);
  g_autofree char *prose = zc_xml_prose (xmlDocGetRootElement (doc));

  g_assert_cmpstr (prose, ==, "检查各单位 use GTK 4 的情况");
}

static void
test_digest_vectors (void)
{
  g_autofree char *sm3 = zc_digest_hex_of (ZC_DIGEST_SM3, "abc", 3);
  g_autofree char *sha = zc_digest_hex_of (ZC_DIGEST_SHA256, "abc", 3);

  /* GB/T 32905-2016, appendix A.1; FIPS 180-4 examples */
  g_assert_cmpstr (sm3, ==, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  g_assert_cmpstr (sha, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_output_whole_or_not (void)
{
  g_autofree char *folder = g_dir_make_tmp ("zicha-base-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x", NULL);
  g_autoptr (GError) error = NULL;
  ZcOutput *output = zc_output_open (path, &error);
  struct stat st;

  g_assert_no_error (error);
  g_assert_true (zc_output_write (output, "half", 4, &error));
  zc_output_free (output);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_true (zc_output_write_file (path, "whole", 5, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing else was left behind */
}

static void
test_source_slices (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("0123456789", 10);
  g_autoptr (ZcSource) whole = zc_source_new_bytes (bytes);
  g_autoptr (ZcSource) tail = zc_source_new_slice (whole, 6, 4);
  ZcSource *parts[] = { tail, whole, tail };
  g_autoptr (ZcSource) joined = zc_source_new_concat (parts, 3);
  g_autoptr (GError) error = NULL;
  char buffer[32] = { 0 };

  g_assert_cmpuint (zc_source_size (joined), ==, 18);
  g_assert_true (zc_source_read (joined, 2, buffer, 14, &error));
  g_assert_cmpstr (buffer, ==, "89012345678967");
  g_assert_false (zc_source_read (joined, 10, buffer, 9, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_DAMAGED);
}

static void
test_source_refuses_odd_files (void)
{
  static const char *const paths[] = { "/dev/zero", "/", "/nowhere" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (zc_source_new_file (paths[i], &error));
      g_assert_nonnull (strstr (error->message, paths[i]));
    }
}

static void
test_clock_fixed (void)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 ("2016-07-01T09:00:00+08:00", NULL);
  g_autofree char *text = NULL, *today = NULL;

  zc_clock_set (then);
  text = zc_clock_now_string ();
  today = zc_clock_today ();
  g_assert_cmpstr (text, ==, "2016-07-01T09:00:00+08:00");
  g_assert_cmpstr (today, ==, "2016-07-01");
  zc_clock_set (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/place/round-trip", test_place_round_trip);
  g_test_add_func ("/base/place/refused", test_place_refused);
  g_test_add_func ("/base/text/dates", test_dates);
  g_test_add_func ("/base/text/numbers", test_numbers);
  g_test_add_func ("/base/text/normalized", test_text_normalized);
  g_test_add_func ("/base/xml/hostile", test_xml_hostile);
  g_test_add_func ("/base/xml/prose", test_xml_prose);
  g_test_add_func ("/base/digest/vectors", test_digest_vectors);
  g_test_add_func ("/base/output/whole-or-not", test_output_whole_or_not);
  g_test_add_func ("/base/source/slices", test_source_slices);
  g_test_add_func ("/base/source/odd-files", test_source_refuses_odd_files);
  g_test_add_func ("/base/clock/fixed", test_clock_fixed);
  return g_test_run ();
}
