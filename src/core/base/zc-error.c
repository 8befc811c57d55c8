/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-error.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (zc-error-quark, zc_error)

static void
fail_va (GError **error, ZcErrorCode code, const char *format, va_list args)
{
  if (error)
    g_propagate_error (error, g_error_new_valist (ZC_ERROR, code, format, args));
}

gboolean
zc_fail (GError **error, ZcErrorCode code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  fail_va (error, code, format, args);
  va_end (args);
  return FALSE;
}

gpointer
zc_fail_null (GError **error, ZcErrorCode code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  fail_va (error, code, format, args);
  va_end (args);
  return NULL;
}

/* What can be done about it. Returns: (nullable): where nothing better than the reason itself is known */
static const char *
advice_for (int saved_errno)
{
  switch (saved_errno)
    {
    case ENOENT:
      return _("It may have been moved or renamed, or lie on a stick that is not plugged in.");
    case EACCES:
    case EPERM:
      return _("Ask who owns it for the permission, or choose another place.");
    case EROFS:
      return _("There it can only be read. Choose another place.");
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return _("Make room there, or choose another place.");
    case EIO:
      return _("The disk or stick may be failing. Take it from another copy.");
    default:
      return NULL;
    }
}

gboolean
zc_fail_errno (GError **error, int saved_errno, const char *action, ...)
{
  gboolean full = saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG;
  const char *advice = advice_for (saved_errno);
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, action);
  sentence = g_strdup_vprintf (action, args);
  va_end (args);
  if (advice)
    return zc_fail (error, full ? ZC_ERROR_NO_SPACE : ZC_ERROR_IO,
                    /* Translators: a sentence saying what failed, then the system's reason, then what can be done */
                    _("%s The system says: %s. %s"), sentence, g_strerror (saved_errno), advice);
  return zc_fail (error, full ? ZC_ERROR_NO_SPACE : ZC_ERROR_IO,
                  /* Translators: a sentence saying what failed, then the system's reason */
                  _("%s The system says: %s."), sentence, g_strerror (saved_errno));
}

gboolean
zc_fail_if_cancelled (gpointer cancellable, GError **error)
{
  if (!cancellable || !g_cancellable_is_cancelled (cancellable))
    return FALSE;
  zc_fail (error, ZC_ERROR_CANCELLED, _("Cancelled."));
  return TRUE;
}

int
zc_error_exit_code (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return 130;
  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (error->domain != ZC_ERROR)
    return 5;

  switch ((ZcErrorCode) error->code)
    {
    case ZC_ERROR_PREFLIGHT:
    case ZC_ERROR_MISMATCH:
      return 1;
    case ZC_ERROR_USAGE:
    case ZC_ERROR_MISTYPED:
      return 2;
    case ZC_ERROR_INVALID:
    case ZC_ERROR_TOO_NEW:
    case ZC_ERROR_LIMIT:
    case ZC_ERROR_DAMAGED:
      return 3;
    case ZC_ERROR_KEY:
      return 4;
    case ZC_ERROR_BUSY:
    case ZC_ERROR_READ_ONLY:
    case ZC_ERROR_IO:
    case ZC_ERROR_NO_SPACE:
    case ZC_ERROR_DEVICE:
      return 5;
    case ZC_ERROR_CANCELLED:
      return 130;
    }
  return 5;
}
