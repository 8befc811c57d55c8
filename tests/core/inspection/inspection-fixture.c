/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection-fixture.h"

#include "base/zc-clock.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const char scheme_text[] =
    "<scheme id='fixture' version='%u'>\n"
    "<notice title='样例检查' subject='样例自查' "
    "status='in-force'><full-title>关于开展样例检查的通知</full-title>\n"
    "<number>样发〔2016〕1号</number><date>2016-06-22</date><issuer>样例办公室</"
    "issuer><recipient>样例机要局</recipient>\n"
    "<about>逐项自查。</about></notice>\n"
    "<period kind='once' from='2016-01-01' to='2016-12-31'/>\n"
    "<stages><stage id='self' from='2016-06-22' to='2016-07-08' by='unit'>单位自查</stage></stages>\n"
    "<handin to='样例机要局'><deliver id='paper' medium='paper' document='summary' copies='1' seal='yes' "
    "due='2016-07-08'>自查报告</deliver></handin>\n"
    "<facts>\n"
    "<fact id='x.name' type='text' label='单位名称' required='yes'/>\n"
    "<fact id='x.staff' type='number' label='人数' unit='人' min='0'/>\n"
    "<fact id='x.date' type='date' label='检查日期'/>\n"
    "<fact id='x.story' type='prose' label='情况'/>\n"
    "<fact id='x.protect' type='multiple' label='措施'><option id='waf'>防火墙</option><option "
    "id='ids'>入侵检测</option>"
    "<option id='nothing' exclusive='yes'>未采取</option></fact>\n"
    "%s"
    "<derived id='n.systems' type='number' label='系统总数' unit='个' select=\"count(rows('systems'))\"/>\n"
    "</facts>\n"
    "<ledgers>\n"
    "<ledger id='systems' label='系统台账' title-column='name'>\n"
    "<column id='name' type='text' label='名称' required='yes'/>"
    "<column id='level' type='choice' label='等级'><option id='2'>第二级</option><option "
    "id='3'>第三级</option></column>"
    "<column id='note' type='prose' label='备注'/></ledger>\n"
    "<ledger id='sites' label='网站台账' title-column='name'><column id='name' type='text' "
    "label='名称'/></ledger>\n"
    "</ledgers>\n"
    "<sections><section id='s1' label='制度' clause='一'>\n"
    "<item id='A01' clause='一（一）' "
    "na='yes'><title>责任制</title><requirement>明确责任人。</requirement><rows ledger='systems'/></item>\n"
    "<item id='A02' clause='一（二）' na='no'><title>制度</title><requirement>%s</requirement><rows "
    "ledger='sites'/></item>\n"
    "<item id='A03' clause='一（三）' "
    "conformity='no'><title>培训</title><requirement>填写情况。</requirement>"
    "<field fact='x.staff'/></item>\n"
    "<item id='A04' clause='一（四）'><title>演练</title><requirement>每年演练。</requirement></item>\n"
    "</section></sections>\n"
    "<rules/>\n"
    "<documents><document id='summary' kind='summary' title='自查报告' file='baogao'>\n"
    "<chapter id='c1' heading='一、组织'><draft><p>{x.name}已组织自查。</p></draft></chapter>\n"
    "%s"
    "</document></documents>\n"
    "</scheme>\n";

ZcScheme *
fixture_scheme (guint version)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme;

  text = version == 1
             ? g_strdup_printf (scheme_text, 1, "", "有书面制度。",
                                "<chapter id='c2' heading='二、问题'><draft><p>无。</p></draft></chapter>\n")
             : g_strdup_printf (scheme_text, version, "<fact id='x.more' type='text' label='补充'/>\n",
                                "有书面制度并印发。", "");
  bytes = g_bytes_new (text, strlen (text));
  scheme = zc_scheme_load_bytes (bytes, "fixture.xml", &error);
  g_assert_no_error (error);
  g_assert_nonnull (scheme);
  return scheme;
}

static void
set_clock (const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (text, NULL);

  zc_clock_set (now);
}

void
fixture_pass_time (int seconds)
{
  g_autoptr (GDateTime) now = zc_clock_now ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, seconds);

  zc_clock_set (later);
}

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("zicha-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "unit.zicha", NULL);
  set_clock ("2016-07-01T09:00:00+08:00");
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  zc_clock_set (NULL);
}

ZcInspection *
fixture_create (Fixture *self)
{
  g_autoptr (ZcScheme) scheme = fixture_scheme (1);
  g_autoptr (GError) error = NULL;
  ZcInspection *inspection = zc_inspection_create (self->path, scheme, &error);

  g_assert_no_error (error);
  g_assert_nonnull (inspection);
  return inspection;
}

ZcInspection *
fixture_open (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  ZcInspection *inspection = zc_inspection_open (self->path, ZC_OPEN_NORMAL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (inspection);
  return inspection;
}

char *
fixture_file (Fixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

guint
fixture_count_files (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

char *
fixture_write (Fixture *self, const char *name, const char *content)
{
  char *path = fixture_file (self, name);

  fixture_put (path, content, strlen (content));
  return path;
}

void
fixture_put (const char *path, gconstpointer bytes, gsize size)
{
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
fixture_run_sql (Fixture *self, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static void
append (const char *place, const char *value, gpointer data)
{
  g_string_append_printf (data, "%s=%s\n", place, value);
}

char *
fixture_dump (ZcInspection *inspection)
{
  GString *text = g_string_new (NULL);

  zc_inspection_foreach (inspection, append, text);
  return g_string_free (text, FALSE);
}

void
fixture_set (ZcInspection *inspection, const char *place, const char *value)
{
  g_autoptr (GError) error = NULL;
  gboolean done = zc_inspection_set (inspection, place, value, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

void
fixture_assert_error (const GError *error, ZcErrorCode code)
{
  g_assert_error (error, ZC_ERROR, (int) code);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_test_message ("%s", error->message);
}
