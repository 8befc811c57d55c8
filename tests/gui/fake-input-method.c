/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-input-method.h"

#include <gtk/gtkimmodule.h>
#include <string.h>

#define ID "zicha-fake"

typedef struct
{
  GtkIMContext parent_instance;
} FakeIm;

typedef struct
{
  GtkIMContextClass parent_class;
} FakeImClass;

static GType fake_im_get_type (void);
G_DEFINE_TYPE (FakeIm, fake_im, GTK_TYPE_IM_CONTEXT)

static const char *const candidates[] = { "你", "泥", "尼", "拟" };

/* There is one keyboard. */
static GString *held;
static guint chosen, keys;
static gboolean embeds, commits;

const char *
fake_im_held (void)
{
  return held->str;
}

guint
fake_im_keys (void)
{
  return keys;
}

void
fake_im_start (gboolean shows, gboolean keeps)
{
  g_string_truncate (held, 0);
  chosen = keys = 0;
  embeds = shows;
  commits = keeps;
}

static void
hold (GtkIMContext *context, const char *text)
{
  gboolean starts = held->len == 0 && *text;

  if (strcmp (text, held->str) == 0)
    return;
  g_string_assign (held, text);
  chosen = *text ? chosen : 0;
  if (!embeds)
    return;
  if (starts)
    g_signal_emit_by_name (context, "preedit-start");
  g_signal_emit_by_name (context, "preedit-changed");
  if (!*text)
    g_signal_emit_by_name (context, "preedit-end");
}

static void
give (GtkIMContext *context, const char *text)
{
  g_autofree char *own = g_strdup (text);

  hold (context, "");
  g_signal_emit_by_name (context, "commit", own);
}

/* A key while letters are held back: all are the input method's. */
static void
choose (GtkIMContext *context, guint key)
{
  const guint last = G_N_ELEMENTS (candidates) - 1;

  if (key >= GDK_KEY_1 && key <= GDK_KEY_1 + last)
    give (context, candidates[key - GDK_KEY_1]);
  else if (key == GDK_KEY_space || key == GDK_KEY_Return)
    give (context, candidates[chosen]);
  else if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    chosen = key == GDK_KEY_Down ? MIN (chosen + 1, last) : chosen - MIN (chosen, 1);
  else if (key == GDK_KEY_Escape)
    hold (context, "");
}

static gboolean
fake_im_filter_keypress (GtkIMContext *context, GdkEvent *event)
{
  guint key = gdk_key_event_get_keyval (event);
  gunichar character = gdk_keyval_to_unicode (key);
  char text[8] = { 0 };

  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS ||
      (gdk_event_get_modifier_state (event) & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return FALSE;
  keys++;
  if (key >= GDK_KEY_a && key <= GDK_KEY_z)
    {
      g_autofree char *more = g_strdup_printf ("%s%c", held->str, (char) key);

      hold (context, more);
      return TRUE;
    }
  if (held->len > 0)
    {
      choose (context, key);
      return TRUE;
    }
  if (character < ' ' || character == 127)
    return FALSE;
  g_unichar_to_utf8 (character, text);
  g_signal_emit_by_name (context, "commit", text);
  return TRUE;
}

static void
fake_im_reset (GtkIMContext *context)
{
  if (held->len > 0 && commits)
    give (context, candidates[0]);
  else
    hold (context, "");
}

static void
fake_im_get_preedit_string (GtkIMContext *context, char **text, PangoAttrList **attributes, int *cursor)
{
  if (text)
    *text = g_strdup (embeds ? held->str : "");
  if (attributes)
    *attributes = pango_attr_list_new ();
  if (cursor)
    *cursor = embeds ? (int) held->len : 0;
}

static void
fake_im_class_init (FakeImClass *klass)
{
  GtkIMContextClass *context_class = GTK_IM_CONTEXT_CLASS (klass);

  context_class->filter_keypress = fake_im_filter_keypress;
  context_class->reset = fake_im_reset;
  context_class->get_preedit_string = fake_im_get_preedit_string;
}

static void
fake_im_init (FakeIm *self)
{
}

void
fake_im_install (void)
{
  held = g_string_new (NULL);
  g_setenv ("GTK_IM_MODULE", ID, TRUE);
  g_io_extension_point_implement (GTK_IM_MODULE_EXTENSION_POINT_NAME, fake_im_get_type (), ID, 0);
}
