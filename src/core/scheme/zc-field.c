/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What may stand between the options of a multiple choice. */
static gboolean
is_separator (gunichar c)
{
  return c == 0x3001 || c == ',' || c == 0xff0c || c == ';' || c == 0xff1b || g_unichar_isspace (c);
}

static const ZcOption *
option_at (const ZcField *self, guint i)
{
  return g_ptr_array_index (self->options, i);
}

static char *
list_options (const ZcField *self)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < self->options->len; i++)
    {
      if (i == 12)
        {
          g_string_append (list, "、…");
          break;
        }
      g_string_append_printf (list, "%s%s", i > 0 ? "、" : "", option_at (self, i)->label);
    }
  return g_string_free (list, FALSE);
}

static char *
not_an_option (const ZcField *self, const char *text, GError **error)
{
  g_autofree char *all = list_options (self);

  return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s” can't be “%s”. Choose from: %s."), self->label, text,
                       all);
}

static char *
check_choice (const ZcField *self, const char *text, GError **error)
{
  if (zc_field_find_option (self, text))
    return g_strdup (text);
  for (guint i = 0; i < self->options->len; i++)
    if (strcmp (option_at (self, i)->label, text) == 0)
      return g_strdup (option_at (self, i)->id);
  return not_an_option (self, text, error);
}

/* The longest id or label that @text starts with and that ends at a separator: labels may hold separators
 * themselves. */
static gsize
match_option (const ZcField *self, const char *text, guint *found)
{
  gsize longest = 0;

  for (guint i = 0; i < self->options->len; i++)
    {
      const char *names[] = { option_at (self, i)->id, option_at (self, i)->label };

      for (gsize n = 0; n < G_N_ELEMENTS (names); n++)
        {
          gsize length = strlen (names[n]);

          if (length > longest && g_str_has_prefix (text, names[n]) &&
              (text[length] == 0 || is_separator (g_utf8_get_char (text + length))))
            {
              longest = length;
              *found = i;
            }
        }
    }
  return longest;
}

static char *
join_chosen (const ZcField *self, const gboolean *chosen)
{
  GString *kept = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->options->len; i++)
    if (chosen[i])
      g_string_append_printf (kept, "%s%s", n++ > 0 ? " " : "", option_at (self, i)->id);
  return g_string_free (kept, FALSE);
}

static char *
check_multiple (const ZcField *self, const char *text, GError **error)
{
  g_autofree gboolean *chosen = g_new0 (gboolean, self->options->len + 1);
  guint n = 0;

  for (const char *at = text; *at;)
    {
      guint found = 0;
      gsize length;

      if (is_separator (g_utf8_get_char (at)))
        {
          at = g_utf8_next_char (at);
          continue;
        }
      length = match_option (self, at, &found);
      if (length == 0)
        return not_an_option (self, at, error);
      n += !chosen[found];
      chosen[found] = TRUE;
      at += length;
    }
  for (guint i = 0; i < self->options->len; i++)
    if (chosen[i] && option_at (self, i)->exclusive && n > 1)
      return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s”: “%s” can't stand together with other choices."),
                           self->label, option_at (self, i)->label);
  return join_chosen (self, chosen);
}

static char *
describe_range (const ZcField *self)
{
  g_autofree char *min = zc_number_format (self->min, self->decimals);
  g_autofree char *max = zc_number_format (self->max, self->decimals);

  if (isfinite (self->min) && isfinite (self->max))
    return g_strdup_printf (_("from %s to %s"), min, max);
  return isfinite (self->min) ? g_strdup_printf (_("at least %s"), min)
                              : g_strdup_printf (_("at most %s"), max);
}

static char *
check_number (const ZcField *self, char *text, GError **error)
{
  g_autofree char *number = NULL;
  double value;

  if (*self->unit && g_str_has_suffix (text, self->unit))
    text[strlen (text) - strlen (self->unit)] = 0;
  number = zc_number_parse (text, self->decimals);
  if (!number && self->decimals == 0)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s” takes a whole number, not “%s”."), self->label,
                         text);
  if (!number)
    return zc_fail_null (error, ZC_ERROR_USAGE,
                         ngettext ("“%s” takes a number with at most %u digit behind the point, not “%s”.",
                                   "“%s” takes a number with at most %u digits behind the point, not “%s”.",
                                   self->decimals),
                         self->label, self->decimals, text);
  value = g_ascii_strtod (number, NULL);
  if (value < self->min || value > self->max)
    {
      g_autofree char *range = describe_range (self);

      return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s” must be %s; “%s” is not."), self->label, range,
                           number);
    }
  return g_steal_pointer (&number);
}

static char *
check_text (const ZcField *self, const char *text, GError **error)
{
  const ZcFieldReal *real = (const ZcFieldReal *) self;

  if (!self->pattern || !real->regex || g_regex_match (real->regex, text, 0, NULL))
    return g_strdup (text);
  if (*self->example)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s” can't be “%s”. Write it like “%s”."), self->label,
                         text, self->example);
  return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s” can't be “%s”: it does not have the required form."),
                       self->label, text);
}

static char *
check_date (const ZcField *self, const char *text, GError **error)
{
  char *date = zc_date_parse (text);

  if (!date)
    return zc_fail_null (error, ZC_ERROR_USAGE,
                         _("“%s” takes a date such as 2016年7月8日 (or 2016-7-8, 20160708), not “%s”."), self->label,
                         text);
  return date;
}

/* White space of any script at both ends; CJK input methods leave U+3000. */
static char *
strip (char *text)
{
  char *start = text;
  char *end = text + strlen (text);

  while (*start && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  *end = 0;
  memmove (text, start, (gsize) (end - start) + 1);
  return text;
}

char *
zc_field_check (const ZcField *self, const char *text, GError **error)
{
  g_autofree char *clean = NULL;
  g_autoptr (GError) why = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  clean = zc_text_normalize (text, self->type == ZC_VALUE_PROSE, &why);
  if (!clean)
    {
      g_set_error (error, why->domain, why->code, "%s: %s", self->label, why->message);
      return NULL;
    }
  strip (clean);
  if (!*clean)
    return g_steal_pointer (&clean);
  switch (self->type)
    {
    case ZC_VALUE_NUMBER:
      return check_number (self, clean, error);
    case ZC_VALUE_DATE:
      return check_date (self, clean, error);
    case ZC_VALUE_CHOICE:
      return check_choice (self, clean, error);
    case ZC_VALUE_MULTIPLE:
      return check_multiple (self, clean, error);
    case ZC_VALUE_TEXT:
    case ZC_VALUE_PROSE:
    default:
      return check_text (self, clean, error);
    }
}

static char *
display_options (const ZcField *self, const char *value)
{
  g_auto (GStrv) ids = g_strsplit (value, " ", -1);
  GString *shown = g_string_new (NULL);

  for (char **id = ids; *id; id++)
    {
      const ZcOption *option = zc_field_find_option (self, *id);

      g_string_append_printf (shown, "%s%s", id > ids ? "、" : "", option ? option->label : *id);
    }
  return g_string_free (shown, FALSE);
}

char *
zc_field_display (const ZcField *self, const char *value)
{
  g_return_val_if_fail (self != NULL && value != NULL, NULL);

  switch (self->type)
    {
    case ZC_VALUE_DATE:
      return zc_date_display (value);
    case ZC_VALUE_CHOICE:
    case ZC_VALUE_MULTIPLE:
      return display_options (self, value);
    case ZC_VALUE_TEXT:
    case ZC_VALUE_PROSE:
    case ZC_VALUE_NUMBER:
    default:
      return g_strdup (value);
    }
}

const ZcOption *
zc_field_find_option (const ZcField *self, const char *id)
{
  /* Over the public list: fields that no scheme made, those of answers and findings, have no index. */
  for (guint i = 0; i < self->options->len; i++)
    if (strcmp (option_at (self, i)->id, id) == 0)
      return option_at (self, i);
  return NULL;
}

ZcField *
zc_field_new (const char *id, const char *label, ZcValueType type, const char *const *options, guint order)
{
  ZcFieldReal *real = g_new0 (ZcFieldReal, 1);
  ZcField *self = &real->field;
  char **const empty[] = { &self->help, &self->basis, &self->unit, &self->group, &self->example };

  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    *empty[i] = g_strdup ("");
  self->id = g_strdup (id);
  self->label = g_strdup (label);
  self->type = type;
  self->min = -INFINITY;
  self->max = INFINITY;
  self->width = 4;
  self->confidence = ZC_CONFIDENCE_NOTICE; /* ours, and no words of a notice: nothing to warn of */
  self->order = order;
  self->options = g_ptr_array_new ();
  real->options = g_hash_table_new (g_str_hash, g_str_equal);
  for (; options && options[0]; options += 2)
    {
      ZcOption *option = g_new0 (ZcOption, 1);

      option->id = g_strdup (options[0]);
      option->label = g_strdup (options[1]);
      g_ptr_array_add (self->options, option);
      g_hash_table_insert (real->options, option->id, option);
    }
  return self;
}

void
zc_field_free (ZcField *self)
{
  ZcFieldReal *real = (ZcFieldReal *) self;

  g_clear_pointer (&real->regex, g_regex_unref);
  g_clear_pointer (&real->options, g_hash_table_unref);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->label);
  g_free (self->help);
  g_free (self->basis);
  g_free (self->unit);
  g_free (self->group);
  g_free (self->pattern);
  g_free (self->example);
  g_free (self->when);
  g_free (self->select);
  g_free (real);
}

void
zc_ledger_free (ZcLedger *self)
{
  ZcLedgerReal *real = (ZcLedgerReal *) self;

  g_clear_pointer (&real->columns, g_hash_table_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->label);
  g_free (self->help);
  g_free (self->when);
  g_free (self->empty_text);
  g_free (self->title_column);
  g_free (real);
}
