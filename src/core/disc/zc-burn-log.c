/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-burn.h"

const char *
zc_burn_outcome_id (ZcBurnOutcome outcome)
{
  switch (outcome)
    {
    case ZC_BURN_NOT_STARTED:
      return "not-started";
    case ZC_BURN_FAILED:
      return "failed";
    case ZC_BURN_UNVERIFIED:
      return "unverified";
    case ZC_BURN_GOOD:
      return "good";
    }
  return "failed";
}

/* A value may come from a drive: it stays on its line. */
static void
append (GString *text, const char *key, const char *value)
{
  g_autofree char *line = g_strdup (value);

  g_string_append_printf (text, "%s: %s\n", key, g_strdelimit (line, "\r\n", ' '));
}

static void
append_number (GString *text, const char *key, guint64 value)
{
  g_string_append_printf (text, "%s: %" G_GUINT64_FORMAT "\n", key, value);
}

char *
zc_burn_log_to_text (const ZcBurnLog *log)
{
  GString *text = g_string_new (NULL);

  append (text, "started", log->started);
  append (text, "finished", log->finished);
  append (text, "result", zc_burn_outcome_id (log->outcome));
  append (text, "sentence", log->sentence);
  append (text, "address", log->address);
  append (text, "drive", log->drive);
  append (text, "medium", log->medium.name);
  g_string_append_printf (text, "profile: 0x%04x\n", (guint) log->medium.profile);
  append (text, "maker", log->medium.maker);
  append_number (text, "capacity", log->medium.free_bytes);
  append (text, "volume-id", log->volume_id);
  append (text, "image", log->image);
  append_number (text, "size", log->size);
  append_number (text, "written", log->written);
  append_number (text, "verified", log->verified);
  append (text, "sha256", log->sha256);
  append (text, "sha256-read", log->sha256_read);
  for (guint i = 0; i < log->messages->len; i++)
    append (text, "message", log->messages->pdata[i]);
  return g_string_free (text, FALSE);
}

void
zc_burn_log_free (ZcBurnLog *log)
{
  if (!log)
    return;
  g_free (log->started);
  g_free (log->finished);
  g_free (log->address);
  g_free (log->drive);
  g_free (log->volume_id);
  g_free (log->image);
  g_free (log->sentence);
  g_ptr_array_unref (log->messages);
  g_free (log);
}
