/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-fonts-note.h"

#include "layout/zc-fonts.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>

static GtkWidget *
words_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static char *
summary_of (ZcFonts *fonts)
{
  guint n = zc_fonts_count_substituted (fonts);

  if (n == 0)
    return g_strdup (_("The documents are set in the official faces."));
  return g_strdup_printf (ngettext ("%u of %u official faces is not installed: another stands in for it on the pages.",
                                    "%u of %u official faces are not installed: others stand in for them on the pages.", n),
                          n, ZC_N_FACES);
}

static GtkWidget *
details_new (ZcFonts *fonts)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  for (ZcFace face = 0; face < ZC_N_FACES; face++)
    {
      g_autofree char *text = zc_font_choice_text (zc_fonts_choice (fonts, face));

      gtk_box_append (GTK_BOX (box), words_new (text, "caption"));
    }
  gtk_box_append (GTK_BOX (box), words_new (_("Where an office insists on the official faces, install them and print again."), "caption"));
  gtk_widget_add_css_class (box, "zc-guidance");
  return box;
}

/* No font at all with Chinese characters is told by whatever wants to lay out a page. */
static void
on_map (GtkExpander *expander, gpointer data)
{
  g_autoptr (ZcFonts) fonts = gtk_expander_get_child (expander) ? NULL : zc_fonts_new (NULL, NULL);
  g_autofree char *summary = fonts ? summary_of (fonts) : NULL;

  if (!fonts)
    return;
  gtk_label_set_label (GTK_LABEL (gtk_expander_get_label_widget (expander)), summary);
  zc_set_name (GTK_WIDGET (expander), summary);
  gtk_expander_set_child (expander, details_new (fonts));
}

GtkWidget *
zc_fonts_note_new (void)
{
  GtkWidget *expander = gtk_expander_new (NULL);

  gtk_expander_set_label_widget (GTK_EXPANDER (expander), words_new (_("Fonts of the documents"), "dim-label"));
  zc_set_name (expander, _("Fonts of the documents"));
  g_signal_connect (expander, "map", G_CALLBACK (on_map), NULL);
  return expander;
}
