/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-handin-disc.h"

#include "package/zc-package.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

/* On the disc in clear, for whoever finds it; it must say nothing of the unit. */
static const char readme[] =
    "\xef\xbb\xbf"
    "本光盘存放一个加密的安全自查报送包 PACKAGE.ZCP（较大时分为 PACKAGE.001、002……）。\r\n"
    "受理单位：用“自查助手”的“核验光盘”打开本光盘，选择本单位的私钥文件或输入口令，\r\n"
    "并输入纸质材料上的封签码，程序会说明内容是否完整、与盖章纸质材料是否一致。\r\n"
    "没有本程序时：报送包是普通 tar 文件，其中 README.txt 写有用 openssl 打开的步骤；\r\n"
    "分卷先按顺序拼接：Linux 用 cat，Windows 用 copy /b。\r\n"
    "SHA256SUMS.TXT、SM3SUMS.TXT 是本次报送全部文件的摘要。\r\n"
    "\r\n"
    "This disc holds an encrypted self-check package, PACKAGE.ZCP (or PACKAGE.001, .002 and so on if it is large).\r\n"
    "The receiving office opens it with Zicha, its private key or passphrase and the seal code on the paper.\r\n"
    "Without the program: join the parts in order; the package is a plain tar file whose README.txt lists the openssl\r\n"
    "commands. SHA256SUMS.TXT and SM3SUMS.TXT list the digests of all files of this hand-in.\r\n";

#define SHEET_MAX_BYTES (32u * 1024 * 1024)

typedef struct
{
  ZcSource *source;
  guint64 offset;
} Feed;

static gboolean
feed_read (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  Feed *feed = data;

  if (!zc_source_read (feed->source, feed->offset, buffer, size, error))
    return FALSE;
  feed->offset += size;
  return TRUE;
}

/* The package's own random number makes the volume's: two packages get two labels, one package always the same. */
static char *
volume_stem (const ZcPackageInfo *info, gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);
  char digits[9] = { 0 };

  memcpy (digits, info->id, 8);
  return zc_disc_volume_stem ("ZC", (guint) g_date_time_get_year (date), (guint) (g_ascii_strtoull (digits, NULL, 16) % 99999 + 1));
}

static gboolean
add_text (ZcDiscSpec *spec, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return zc_disc_spec_add_file (spec, name, bytes, error);
}

static gboolean
add_files (ZcDiscSpec *spec, const ZcImaging *imaging, const char *stem, GError **error)
{
  g_autofree char *sheet = imaging->scheme ? zc_handin_sheet_text (imaging->scheme, stem) : NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (!add_text (spec, "README.TXT", readme, error) || (sheet && !add_text (spec, "HANDIN.TXT", sheet, error)))
    return FALSE;
  if (!imaging->sheet)
    return TRUE;
  pdf = zc_read_file (imaging->sheet, SHEET_MAX_BYTES, error);
  return pdf && zc_disc_spec_add_file (spec, "HANDIN.PDF", pdf, error);
}

static char **
paths_for (const char *path, guint n)
{
  char **paths = g_new0 (char *, n + 1);
  const char *dot = strrchr (path, '.');
  gsize stem = dot && !strchr (dot, '/') ? (gsize) (dot - path) : strlen (path);

  if (n == 1)
    paths[0] = g_strdup (path);
  for (guint i = 0; n > 1 && i < n; i++)
    paths[i] = g_strdup_printf ("%.*s-%uof%u%s", (int) stem, path, i + 1, n, path + stem);
  return paths;
}

static gint64
time_of (const char *path)
{
  struct stat st;

  return stat (path, &st) == 0 ? CLAMP ((gint64) st.st_mtime, 0, G_GINT64_CONSTANT (4102444799)) : 0;
}

/* What is to be on the disc; @feed has to live as long as the result. */
static ZcDiscSpec *
spec_new (const ZcImaging *imaging, Feed *feed, GError **error)
{
  g_autoptr (ZcDiscSpec) spec = NULL;
  g_autofree char *stem = NULL;
  gint64 time = time_of (imaging->package);
  ZcPackageInfo info;

  feed->source = zc_source_new_file (imaging->package, error);
  if (!feed->source || !zc_package_peek (feed->source, &info, error))
    return NULL;
  stem = volume_stem (&info, time);
  spec = zc_disc_spec_new (stem ? stem : "ZICHA", time, error);
  if (!spec || !add_files (spec, imaging, stem, error) ||
      !zc_disc_spec_set_package (spec, ZC_HANDIN_PACKAGE, zc_source_size (feed->source), feed_read, feed, error))
    return NULL;
  return g_steal_pointer (&spec);
}

static void
feed_clear (Feed *feed)
{
  g_clear_pointer (&feed->source, zc_source_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Feed, feed_clear)

guint64
zc_handin_image_size (const ZcImaging *imaging, GError **error)
{
  g_auto (Feed) feed = { NULL, 0 };
  g_autoptr (ZcDiscSpec) spec = spec_new (imaging, &feed, error);

  return spec ? zc_disc_image_size (spec, error) : 0;
}

ZcDiscResult *
zc_handin_image (const ZcImaging *imaging, const ZcProgress *progress, GError **error)
{
  g_auto (Feed) feed = { NULL, 0 };
  g_autoptr (ZcDiscSpec) spec = spec_new (imaging, &feed, error);
  g_autoptr (ZcDiscPlan) plan = spec ? zc_disc_plan (spec, imaging->capacity, error) : NULL;
  g_autofree char *sentence = NULL;
  g_auto (GStrv) paths = NULL;

  if (!plan)
    return NULL;
  if (plan->n_discs > 1 && !imaging->split)
    {
      sentence = zc_disc_plan_sentence (plan);
      return zc_fail_null (error, ZC_ERROR_NO_SPACE, "%s", sentence);
    }
  paths = paths_for (imaging->path, plan->n_discs);
  return zc_disc_write (spec, plan, (const char *const *) paths, progress, error);
}
