/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-handin-disc.h"

#include "base/zc-text.h"
#include "documents/zc-document-builder.h"

static void
append_delivery (GString *text, guint number, const ZcDelivery *delivery)
{
  g_autofree char *due = delivery->written ? zc_day_words (delivery->written) : NULL;

  g_string_append_printf (text, "%u. %s（%s，%u份", number, delivery->label, zc_delivery_carrier_label (delivery),
                          MAX (delivery->copies, 1));
  if (delivery->seal || delivery->signature)
    g_string_append_printf (text, "，%s", zc_delivery_sealing_label (delivery));
  g_string_append (text, "）");
  if (delivery->to && *delivery->to)
    g_string_append_printf (text, " → %s", delivery->to);
  if (due)
    g_string_append_printf (text, delivery->before ? "，%s前" : "，截止%s", due);
  g_string_append (text, "\r\n");
}

char *
zc_handin_sheet_text (const ZcScheme *scheme, const char *volume_stem)
{
  GString *text = g_string_new ("\xef\xbb\xbf");

  g_string_append_printf (text, "报送说明（公开）\r\n\r\n通知：%s\r\n", scheme->title);
  if (scheme->recipient && *scheme->recipient)
    g_string_append_printf (text, "受理单位：%s\r\n", scheme->recipient);
  if (volume_stem)
    g_string_append_printf (text, "光盘标识：%s（后接“_第几张OF共几张”）\r\n", volume_stem);
  g_string_append (text, "\r\n按通知应一并报送：\r\n");
  for (guint i = 0; i < scheme->deliveries->len; i++)
    append_delivery (text, i + 1, scheme->deliveries->pdata[i]);
  g_string_append (text,
                   "\r\n核验：封签码请从盖章的纸质材料上录入，本说明不提供。\r\n"
                   "本说明不加密，只含通知本身的要求；报送单位及其填报内容都在加密的报送包内。\r\n"
                   "\r\n"
                   "Public hand-in sheet: what the notice asks to be handed in together with this disc. Take the seal code from\r\n"
                   "the stamped paper. All that the unit stated is inside the encrypted package.\r\n");
  return g_string_free (text, FALSE);
}
