/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-test-util.h"

#include "base/zc-text.h"
#include "scheme/zc-scheme.h"
#include "widgets/zc-field-control.h"
#include "zc-words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Days, times, numbers and orders as they are written in zh_CN, whatever way the file keeps them. */

static void
expect (char *shown, const char *wanted)
{
  g_assert_cmpstr (shown, ==, wanted);
  g_free (shown);
}

static void
test_times (void)
{
  expect (zc_words_time ("2016-07-05T09:00:00+08:00"), "2016年7月5日 09:00");
  expect (zc_words_time ("2016-07-05T01:00:59Z"), "2016年7月5日 09:00");
  expect (zc_words_time ("2016-12-31T20:30:00Z"), "2017年1月1日 04:30");
  expect (zc_words_time ("不是时间"), "不是时间");
}

/* The tests' day is 2016-07-01. */
static void
test_days_left (void)
{
  expect (zc_words_due ("2016-07-08"), "2016年7月8日，还剩 7 天");
  expect (zc_words_due ("2016-07-01"), "2016年7月1日，今天是最后一天");
  expect (zc_words_due ("2016-06-29"), "2016年6月29日，已截止 2 天");
  expect (zc_words_due ("2016-02-30"), "");
  expect (zc_words_due (NULL), "");
}

static void
test_day_of_time (void)
{
  g_autoptr (GDateTime) late = g_date_time_new_from_iso8601 ("2016-12-31T20:30:00Z", NULL);

  expect (zc_day_display (late), "2017年1月1日");
}

static void
count_change (gpointer data)
{
  (*(guint *) data)++;
}

/* A field for a day shows words, takes every way of typing it, and passes on the one form that is kept. */
static void
test_field (void)
{
  static const char *const typed[] = { "2016-7-8", "2016/07/08", "2016.7.8", "２０１６年７月８日", "2016 年 7 月 8 日", "20160708", "2016年7月8日" };
  ZcField *field = zc_field_new ("day", "日期", ZC_VALUE_DATE, NULL, 0);
  guint changes = 0;
  ZcFieldControl *control = zc_field_control_new (field, count_change, &changes);
  GtkWidget *widget = g_object_ref_sink (zc_field_control_widget (control));
  GtkEditable *entry = GTK_EDITABLE (gtk_widget_get_first_child (widget));

  /* An empty one says how to write a day: as it will be shown. */
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)), ==, "例如 2016年7月1日");
  zc_field_control_set_text (control, "2016-07-05");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "2016年7月5日");
  expect (zc_field_control_text (control), "2016-07-05");
  g_assert_cmpuint (changes, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      gtk_editable_set_text (entry, typed[i]);
      g_assert_cmpstr (gtk_editable_get_text (entry), ==, typed[i]);
      expect (zc_field_control_text (control), "2016-07-08");
    }
  g_assert_cmpuint (changes, >, 0);
  /* What is no day is passed on as it is, to be refused with its words. */
  gtk_editable_set_text (entry, "七月");
  expect (zc_field_control_text (control), "七月");
  zc_field_control_set_text (control, "");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  g_object_unref (widget);
}

/* By pinyin: 宝坻 bao, 北京 bei, 深圳 shen, 西城 xi, 玉溪 yu. By the characters' numbers it would be another order. */
static void
test_pinyin (void)
{
  static const char *const wanted[] = { "baodi-2010", "beijing-education-2019", "shenzhen-2013", "xicheng-2016", "yuxi-2009" };
  g_auto (GStrv) ids = zc_scheme_list ();
  guint next = 0;

  for (char **id = ids; *id; id++)
    if (next < G_N_ELEMENTS (wanted) && g_str_equal (*id, wanted[next]))
      next++;
  g_assert_cmpuint (next, ==, G_N_ELEMENTS (wanted));
}

static void
test_sizes (void)
{
  expect (zc_size_display (1536), "1.5\302\240KiB");
  expect (zc_size_display (4700000000), "4.4\302\240GiB");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  tzset ();
  gui_test_init (&argc, &argv, GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  g_test_add_func ("/words/times", test_times);
  g_test_add_func ("/words/days-left", test_days_left);
  g_test_add_func ("/words/day-of-time", test_day_of_time);
  g_test_add_func ("/words/field", test_field);
  g_test_add_func ("/words/pinyin", test_pinyin);
  g_test_add_func ("/words/sizes", test_sizes);
  return g_test_run ();
}
