/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <qrencode.h>

#include "layout/zc-flow.h"

/* What stands on each page outside the type area; all of it on the upright paper, which zc_sheet_map() turns.
 */

#define QR_SIDE (20 * ZC_MM)
#define QR_QUIET 4 /* modules */
#define CODE_SIZE 8.0
#define CODE_BASELINE (10 * ZC_MM) /* above the paper's lower edge */

static void
set_text (ZcFlow *flow, ZcFace face, double size, const char *text, double x, double y)
{
  g_autoptr (ZcMeasured) measured = zc_flow_measure_text (flow, face, size, text);
  double angle = 0;

  zc_sheet_map (&flow->sheet, &x, &y, &angle);
  zc_page_add_text (flow->page, flow->fonts, measured, x, y, angle);
}

/* 7.5: 4号 half-width digits between dashes, the dash 7 mm under the type area, one character in from the
 * outer side. */
static void
set_number (ZcFlow *flow, guint number, double upright_width, double upright_height)
{
  const ZcSheet *sheet = &flow->sheet;
  g_autofree char *text = g_strdup_printf ("— %u —", number);
  g_autoptr (ZcMeasured) measured = zc_flow_measure_text (flow, ZC_FACE_SONGTI, 14, text);
  double width = zc_measured_width (measured), angle = 0;
  double x = number % 2 ? sheet->left + upright_width - sheet->cell - width : sheet->left + sheet->cell;
  double y = sheet->top + upright_height + 7 * ZC_MM + 0.33 * 14;

  zc_sheet_map (sheet, &x, &y, &angle);
  zc_page_add_text (flow->page, flow->fonts, measured, x, y, angle);
}

static void
add_module_box (ZcFlow *flow, double x, double y, double width, double height)
{
  double x2 = x + width, y2 = y + height, angle = 0;

  zc_sheet_map (&flow->sheet, &x, &y, &angle);
  zc_sheet_map (&flow->sheet, &x2, &y2, &angle);
  zc_page_add_box (flow->page, MIN (x, x2), MIN (y, y2), ABS (x2 - x), ABS (y2 - y), 0);
}

static gboolean
set_qr (ZcFlow *flow, const char *text, double x, double y, GError **error)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  double module;

  if (!code)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("The seal's text does not fit into a QR code."));
  module = QR_SIDE / (code->width + 2 * QR_QUIET);
  for (int row = 0; row < code->width; row++)
    for (int from = 0; from < code->width;)
      {
        int to = from;

        while (to < code->width && code->data[row * code->width + to] & 1)
          to++;
        if (to > from)
          add_module_box (flow, x + (from + QR_QUIET) * module, y + (row + QR_QUIET) * module,
                          (to - from) * module, module);
        from = to + 1;
      }
  QRcode_free (code);
  return TRUE;
}

static gboolean
set_seal_mark (ZcFlow *flow, guint number, double upright_height, GError **error)
{
  const ZcSealMark *mark = flow->document->mark;
  const ZcSheet *sheet = &flow->sheet;
  double x = sheet->left, baseline = sheet->paper_height - CODE_BASELINE;
  g_autofree char *code = g_strdup_printf ("封签码 %s　第%u版", mark->code, mark->revision);

  if (number == 1 && mark->qr && *mark->qr)
    {
      g_autofree char *pages = g_strdup_printf ("%u/%u", number, flow->pages->pages->len);
      g_autoptr (GString) text = g_string_new (mark->qr);

      g_string_replace (text, "%PAGE%", pages, 0);
      if (!set_qr (flow, text->str, x, sheet->top + upright_height + 2.5 * ZC_MM, error))
        return FALSE;
      x += QR_SIDE + 2 * ZC_MM;
    }
  set_text (flow, ZC_FACE_SONGTI, CODE_SIZE, code, x, baseline);
  return TRUE;
}

static gboolean
furnish (ZcFlow *flow, guint number, GError **error)
{
  const ZcSheet *sheet = &flow->sheet;
  double width = sheet->landscape ? sheet->height : sheet->width;
  double height = sheet->landscape ? sheet->width : sheet->height;

  set_number (flow, number, width, height);
  if (flow->document->marking && *flow->document->marking)
    set_text (flow, ZC_FACE_HEITI, 14, flow->document->marking, sheet->left, sheet->top - 5 * ZC_MM);
  if (flow->document->mark)
    return set_seal_mark (flow, number, height, error);
  set_text (flow, ZC_FACE_SONGTI, CODE_SIZE, "草稿 未封存", sheet->left, sheet->paper_height - CODE_BASELINE);
  return TRUE;
}

/* Ends page @number. */
static gboolean
finish_page (ZcFlow *flow, guint number, GError **error)
{
  flow->page = flow->pages->pages->pdata[number - 1];
  flow->sheet = zc_sheet_for (flow->document->style, flow->page->width > flow->page->height);
  if (!zc_flow_tick (flow, error) || !furnish (flow, number, error))
    return FALSE;
  if (!flow->sink)
    return TRUE;
  if (!flow->sink (flow->pages, number, flow->sink_data, error))
    return FALSE;
  zc_page_forget (flow->page);
  return TRUE;
}

gboolean
zc_flow_furniture (ZcFlow *flow, gboolean all, GError **error)
{
  for (guint i = flow->n_done; i < flow->pages->pages->len; i++)
    {
      if ((i > 0 || !flow->pages->first_waits) && !finish_page (flow, i + 1, error))
        return FALSE;
      flow->n_done = i + 1;
    }
  return !all || !flow->pages->first_waits || finish_page (flow, 1, error);
}

void
zc_flow_draft (ZcFlow *flow)
{
  g_autoptr (ZcMeasured) measured = zc_flow_measure_text (flow, ZC_FACE_HEITI, 72, "草稿 未封存");
  double half = zc_measured_width (measured) / 2, slope = -G_PI / 4;
  double x = flow->page->width / 2 - half * G_SQRT2 / 2 + 18,
         y = flow->page->height / 2 + half * G_SQRT2 / 2 + 18;

  zc_page_add_shape (flow->page, flow->fonts, measured, x, y, slope, 0.9);
}
