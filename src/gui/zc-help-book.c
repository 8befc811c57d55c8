/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-help-book.h"

#include <string.h>

#define HELP_ROOT "/org/zicha/Zicha/help/"
/* The language it is written in, which all other users get too. */
#define WRITTEN_IN "zh_CN"

static void
block_free (ZcHelpBlock *self)
{
  g_free (self->text);
  g_array_unref (self->spans);
  g_free (self);
}

static void
topic_free (ZcHelpTopic *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->part);
  g_free (self->step);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->related);
  g_free (self);
}

void
zc_help_book_free (ZcHelpBook *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->topics);
  g_free (self->note);
  g_free (self);
}

/* Reading a topic */

typedef struct
{
  ZcHelpTopic *topic;
  ZcHelpBlock *block; /* nullable: the one that is open */
  GString *text;      /* of that block */
  gboolean numbered;
  guint number;
} Reader;

static const struct
{
  const char *element;
  ZcHelpKind kind;
} kinds[] = {
  { "p", ZC_HELP_PARAGRAPH }, { "h", ZC_HELP_HEADING },    { "li", ZC_HELP_ITEM },
  { "note", ZC_HELP_NOTE },   { "code", ZC_HELP_COMMAND },
};

static const struct
{
  const char *element;
  ZcHelpStyle style;
} styles[] = {
  { "ui", ZC_HELP_LABEL },
  { "key", ZC_HELP_KEY },
  { "c", ZC_HELP_CODE },
};

static gboolean
open_block (Reader *self, const char *element)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (element, kinds[i].element) == 0)
      {
        self->block = g_new0 (ZcHelpBlock, 1);
        self->block->kind = kinds[i].kind;
        self->block->spans = g_array_new (FALSE, FALSE, sizeof (ZcHelpSpan));
        g_string_truncate (self->text, 0);
        if (self->block->kind == ZC_HELP_ITEM && self->numbered)
          {
            self->block->kind = ZC_HELP_STEP;
            self->block->number = ++self->number;
          }
        return TRUE;
      }
  return FALSE;
}

static gboolean
open_span (Reader *self, const char *element)
{
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (strcmp (element, styles[i].element) == 0)
      {
        ZcHelpSpan span = { styles[i].style, self->text->len, self->text->len };

        g_array_append_val (self->block->spans, span);
        return TRUE;
      }
  return FALSE;
}

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (gsize i = 0; names[i]; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return NULL;
}

static gboolean
open_list (Reader *self, const char *element)
{
  if (strcmp (element, "steps") != 0 && strcmp (element, "list") != 0)
    return FALSE;
  self->numbered = strcmp (element, "steps") == 0;
  return TRUE;
}

static void
on_start (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer data, GError **error)
{
  Reader *self = data;
  const char *topic = attribute (names, values, "topic");

  if (self->block ? open_span (self, element) : open_block (self, element) || open_list (self, element))
    return;
  if (!self->block && strcmp (element, "see") == 0 && topic)
    {
      g_ptr_array_add (self->topic->related, g_strdup (topic));
      return;
    }
  if (strcmp (element, "help") == 0 && !self->topic->title)
    {
      self->topic->title = g_strdup (attribute (names, values, "title"));
      self->topic->step = g_strdup (attribute (names, values, "step"));
      return;
    }
  g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "%s: <%s> has no place here", self->topic->id, element);
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reader *self = data;
  GArray *spans = self->block ? self->block->spans : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (self->block && strcmp (element, styles[i].element) == 0)
      {
        g_array_index (spans, ZcHelpSpan, spans->len - 1).end = self->text->len;
        return;
      }
  if (self->block)
    {
      self->block->text = g_strdup (self->text->str);
      g_ptr_array_add (self->topic->blocks, g_steal_pointer (&self->block));
    }
  /* One list of steps may be parted by a command; a heading begins anew. */
  if (strcmp (element, "h") == 0 || strcmp (element, "list") == 0)
    self->number = 0;
}

/* White space is one blank, and none at the beginning. */
static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Reader *self = data;

  for (gsize i = 0; self->block && i < length; i++)
    {
      char c = g_ascii_isspace (text[i]) ? ' ' : text[i];

      if (c != ' ' || (self->text->len > 0 && self->text->str[self->text->len - 1] != ' '))
        g_string_append_c (self->text, c);
    }
}

static gboolean
parse (const GMarkupParser *parser, gpointer data, const char *folder, const char *name, GError **error)
{
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (parser, G_MARKUP_PREFIX_ERROR_POSITION, data, NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.xml", folder, name);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, error);
  gsize size = 0;
  const char *text = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  return text && g_markup_parse_context_parse (context, text, (gssize) size, error) && g_markup_parse_context_end_parse (context, error);
}

static ZcHelpTopic *
read_topic (const char *folder, const char *id, const char *part, GError **error)
{
  static const GMarkupParser parser = { .start_element = on_start, .end_element = on_end, .text = on_text };
  g_autoptr (GString) text = g_string_new (NULL);
  Reader reader = { .topic = g_new0 (ZcHelpTopic, 1), .text = text };
  gboolean good;

  reader.topic->id = g_strdup (id);
  reader.topic->part = g_strdup (part);
  reader.topic->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  reader.topic->related = g_ptr_array_new_with_free_func (g_free);
  good = parse (&parser, &reader, folder, id, error);
  g_clear_pointer (&reader.block, block_free);
  if (!good)
    g_clear_pointer (&reader.topic, topic_free);
  return reader.topic;
}

/* Reading the index */

typedef struct
{
  ZcHelpBook *book;
  const char *folder;
  char *part;
} IndexReader;

static void
on_index_start (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer data, GError **error)
{
  IndexReader *self = data;
  const char *id = attribute (names, values, "id");
  ZcHelpTopic *topic;

  if (strcmp (element, "index") == 0)
    self->book->note = g_strdup (attribute (names, values, "note"));
  else if (strcmp (element, "part") == 0)
    {
      g_free (self->part);
      self->part = g_strdup (attribute (names, values, "title"));
    }
  else if (id && (topic = read_topic (self->folder, id, self->part, error)))
    g_ptr_array_add (self->book->topics, topic);
}

ZcHelpBook *
zc_help_book_load (const char *folder, GError **error)
{
  static const GMarkupParser parser = { .start_element = on_index_start };
  g_autoptr (ZcHelpBook) book = g_new0 (ZcHelpBook, 1);
  IndexReader reader = { book, folder, NULL };
  gboolean good;

  book->topics = g_ptr_array_new_with_free_func ((GDestroyNotify) topic_free);
  good = parse (&parser, &reader, folder, "index", error);
  g_free (reader.part);
  return good ? g_steal_pointer (&book) : NULL;
}

static ZcHelpBook *
load_for_user (void)
{
  for (const char *const *name = g_get_language_names (); *name; name++)
    {
      g_autofree char *folder = g_strconcat (HELP_ROOT, *name, NULL);
      ZcHelpBook *book = zc_help_book_load (folder, NULL);

      if (book)
        return book;
    }
  return zc_help_book_load (HELP_ROOT WRITTEN_IN, NULL);
}

const ZcHelpBook *
zc_help_book_get (void)
{
  static ZcHelpBook *book;

  if (!book)
    book = load_for_user ();
  return book;
}

const ZcHelpTopic *
zc_help_book_find (const ZcHelpBook *self, const char *id)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      const ZcHelpTopic *topic = self->topics->pdata[i];

      if (g_strcmp0 (topic->id, id) == 0)
        return topic;
    }
  return NULL;
}

const ZcHelpTopic *
zc_help_book_find_step (const ZcHelpBook *self, const char *step)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      const ZcHelpTopic *topic = self->topics->pdata[i];

      if (topic->step && strcmp (topic->step, step) == 0)
        return topic;
    }
  return NULL;
}

/* Searching. Characters are compared one by one, so that a place in the folded text is one in the shown text. */

static gunichar
fold (gunichar c)
{
  /* Full-width letters and digits are those of the keyboard. */
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xfee0;
  return g_unichar_tolower (c);
}

char **
zc_help_split (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (folded, g_unichar_isspace (c) ? ' ' : fold (c));
    }
  parts = g_strsplit (folded->str, " ", -1);
  for (char **part = parts; *part; part++)
    if (**part)
      g_strv_builder_add (list, *part);
  return g_strv_builder_end (list);
}

/* Returns: the byte after @word if @text begins with it, or NULL. */
static const char *
begins_with (const char *text, const char *word)
{
  for (; *word; word = g_utf8_next_char (word), text = g_utf8_next_char (text))
    if (!*text || fold (g_utf8_get_char (text)) != g_utf8_get_char (word))
      return NULL;
  return text;
}

gssize
zc_help_match (const char *text, gsize from, char **words, gsize *end)
{
  for (const char *at = text + from; *at; at = g_utf8_next_char (at))
    for (char **word = words; *word; word++)
      {
        const char *after = begins_with (at, *word);

        if (!after)
          continue;
        if (end)
          *end = (gsize) (after - text);
        return at - text;
      }
  return -1;
}

static gboolean
has_all (const char *text, char **words)
{
  for (char **word = words; *word; word++)
    {
      char *one[] = { *word, NULL };

      if (zc_help_match (text, 0, one, NULL) < 0)
        return FALSE;
    }
  return TRUE;
}

GArray *
zc_help_book_search (const ZcHelpBook *self, const char *words)
{
  g_auto (GStrv) list = zc_help_split (words);
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (ZcHelpHit));

  for (guint t = 0; list[0] && t < self->topics->len; t++)
    {
      const ZcHelpTopic *topic = self->topics->pdata[t];
      ZcHelpHit hit = { topic, -1 };

      if (has_all (topic->title, list))
        g_array_append_val (hits, hit);
    }
  for (guint t = 0; list[0] && t < self->topics->len; t++)
    {
      const ZcHelpTopic *topic = self->topics->pdata[t];

      for (guint b = 0; b < topic->blocks->len; b++)
        {
          ZcHelpHit hit = { topic, (int) b };

          if (has_all (((const ZcHelpBlock *) topic->blocks->pdata[b])->text, list))
            g_array_append_val (hits, hit);
        }
    }
  return hits;
}
