/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#include <cairo.h>
#include <glib/gi18n-lib.h>
#include <qrencode.h>

#define QUIET_MODULES 4
#define MODULE_PIXELS 6

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QRcode, QRcode_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

static cairo_status_t
append_png (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_modules (const QRcode *code, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (int i = 0; i < code->width * code->width; i++)
    if (code->data[i] & 1)
      cairo_rectangle (cr,
                       (i % code->width + QUIET_MODULES) * MODULE_PIXELS,
                       (i / code->width + QUIET_MODULES) * MODULE_PIXELS,
                       MODULE_PIXELS,
                       MODULE_PIXELS);
  cairo_fill (cr);
  cairo_destroy (cr);
}

GBytes *
zc_word_qr_png (const char *text, GError **error)
{
  g_autoptr (QRcode) code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  g_autoptr (cairo_surface_t) surface = NULL;
  g_autoptr (GByteArray) png = g_byte_array_new ();
  int side;

  if (!code)
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("The text of the seal’s QR is longer than a QR can hold."));
  side = (code->width + 2 * QUIET_MODULES) * MODULE_PIXELS;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, side, side);
  draw_modules (code, surface);
  if (cairo_surface_write_to_png_stream (surface, append_png, png) != CAIRO_STATUS_SUCCESS)
    return zc_fail_null (error, ZC_ERROR_IO, _("The picture of the seal’s QR could not be made."));
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}
