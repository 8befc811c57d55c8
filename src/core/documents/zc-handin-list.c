/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "documents/zc-build.h"

#include <string.h>

/* An office's official seal: 42 mm across at most. */
#define RECEIPT_SEAL_MM 42

const char *
zc_delivery_carrier_label (const ZcDelivery *delivery)
{
  switch (delivery->carrier)
    {
    case ZC_CARRIER_PAPER:
      return "纸质";
    case ZC_CARRIER_DISC:
      return "光盘";
    case ZC_CARRIER_MAIL:
      return "电子邮件";
    case ZC_CARRIER_ONSITE:
      return "现场备查";
    }
  return "";
}

const char *
zc_delivery_sealing_label (const ZcDelivery *delivery)
{
  if (delivery->seal && delivery->signature)
    return "签字并盖章";
  return delivery->seal ? "盖章" : delivery->signature ? "签字" : "—";
}

static void
add_cells (ZcTable *table, const char *const *texts, guint n, gboolean label)
{
  ZcRow *row = zc_table_add_row (table);

  for (guint i = 0; i < n; i++)
    {
      ZcCell *cell = zc_row_add (row, zc_cell_new (i, 1));

      cell->label = label;
      cell->align = label || i == 0 || (i >= 2 && i != 5) ? ZC_ALIGN_CENTER : ZC_ALIGN_START;
      zc_cell_add (cell, texts[i], NULL);
    }
}

static ZcTable *
add_table (ZcDocument *document, const double *widths, guint n)
{
  ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));

  block->table = zc_table_new (widths, n);
  return block->table;
}

static void
add_deliveries (ZcDocument *document, ZcRecord *record)
{
  g_autofree char *from = zc_record_get (record, "fact:period.from");
  g_autofree char *to = zc_record_get (record, "fact:period.to");
  g_autoptr (GPtrArray) deliveries = zc_scheme_deliveries (zc_record_get_scheme (record), from, to);
  static const double widths[] = { 1.6, 5.6, 1.8, 1.5, 2.4, 3.9, 3.9, 1.5 };
  static const char *const labels[] = { "序号", "材料", "形式", "份数", "签字盖章", "报送至", "截止日期", "已备" };
  ZcTable *table = add_table (document, widths, G_N_ELEMENTS (widths));

  add_cells (table, labels, G_N_ELEMENTS (labels), TRUE);
  table->header_rows = 1;
  for (guint i = 0; i < deliveries->len; i++)
    {
      const ZcDelivery *delivery = deliveries->pdata[i];
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *copies = g_strdup_printf ("%u", MAX (delivery->copies, 1));
      g_autofree char *due = delivery->due ? zc_date_display (delivery->due) : g_strdup ("—");
      const char *texts[] = { number, delivery->label, zc_delivery_carrier_label (delivery), copies,
                              zc_delivery_sealing_label (delivery), delivery->to, due, "□" };

      add_cells (table, texts, G_N_ELEMENTS (texts), FALSE);
    }
}

static void
add_pair (ZcTable *table, const char *label, const char *value)
{
  ZcRow *row = zc_table_add_row (table);
  ZcCell *head = zc_row_add (row, zc_cell_new (0, 1));

  head->label = TRUE;
  head->align = ZC_ALIGN_CENTER;
  zc_cell_add (head, label, NULL);
  zc_cell_add (zc_row_add (row, zc_cell_new (1, 1)), value ? value : "", NULL);
}

/* What unit and matter are called on the disc and on the receipt. */
static char *
matter_of (ZcRecord *record)
{
  g_autofree char *year = zc_record_display (record, "fact:period.year");

  return g_strdup_printf ("%s%s%s", year, *year ? "年" : "", zc_record_get_scheme (record)->subject);
}

/* No notice prescribes what stands on the disc; these are the customary lines (domain facts, "Optical disc"). */
static void
add_disc_label (ZcDocument *document, ZcRecord *record, const ZcSealMark *mark)
{
  static const double widths[] = { 3, 10 };
  g_autofree char *unit = zc_record_display (record, "fact:unit.name");
  g_autofree char *matter = matter_of (record);
  g_autofree char *contact = zc_record_display (record, "fact:contact.name");
  g_autofree char *phone = zc_record_display (record, "fact:contact.phone");
  g_autofree char *reach = g_strdup_printf ("%s　%s", contact, phone);
  ZcTable *table = add_table (document, widths, G_N_ELEMENTS (widths));

  add_pair (table, "单位", unit);
  add_pair (table, "事项", matter);
  add_pair (table, "标识", "内部资料");
  add_pair (table, "封签码", mark ? mark->code : "（未封存）");
  add_pair (table, "光盘卷标", "　　　　　　　　　　　　　（刻录后按程序给出的填写）");
  add_pair (table, "盘号", "第　　张，共　　张");
  add_pair (table, "刻录日期、刻录人", "");
  add_pair (table, "联系人、电话", reach);
}

static void
add_heading (ZcDocument *document, const char *text)
{
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_HEADING, text, NULL))->level = 1;
}

/* A row of labels and what stands beside them, in pairs; the last value takes what is left of the row. */
static void
add_row (ZcTable *table, const char *const *texts, guint n)
{
  ZcRow *row = zc_table_add_row (table);

  for (guint c = 0; c < n; c++)
    {
      ZcCell *cell = zc_row_add (row, zc_cell_new (c, c + 1 == n ? 4 - c : 1));

      cell->label = c % 2 == 0;
      cell->align = cell->label || n == 4 ? ZC_ALIGN_CENTER : ZC_ALIGN_START;
      zc_cell_add (cell, texts[c], NULL);
    }
}

static const double signature_widths[] = { 3, 5, 3, 5 };

static void
add_handover (ZcDocument *document)
{
  static const char *const names[] = { "报送人（签字）", "", "接收人（签字）", "" };
  static const char *const dates[] = { "报送日期", "　　　　年　　月　　日", "接收日期", "　　　　年　　月　　日" };
  ZcTable *table = add_table (document, signature_widths, G_N_ELEMENTS (signature_widths));

  add_row (table, names, 4);
  add_row (table, dates, 4);
}

/* What the unit takes home signed: a page of its own. */
static void
add_receipt (ZcDocument *document, ZcRecord *record, const ZcSealMark *mark)
{
  g_autofree char *unit = zc_record_display (record, "fact:unit.name");
  g_autofree char *matter = matter_of (record);
  const char *const from[] = { "报送单位", unit };
  const char *const what[] = { "事项", matter };
  const char *const code[] = { "封签码", mark ? mark->code : "（未封存）" };
  static const char *const carriers[] = { "纸质材料", "　　　　份", "光盘", "　　　　张" };
  static const char *const labels[] = { "光盘卷标", "" };
  static const char *const answer[] = { "核验结果", "□ 光盘可读、完整　　□ 与纸质材料封签码一致　　□ 不一致或未核验" };
  static const char *const signatures[] = { "接收单位（盖章）", "", "接收人（签字）", "" };
  static const char *const date[] = { "接收日期", "　　　　年　　月　　日" };
  ZcTable *table;
  ZcRow *stamped;

  zc_document_add (document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_TITLE, "回执", NULL));
  table = add_table (document, signature_widths, G_N_ELEMENTS (signature_widths));
  add_row (table, from, 2);
  add_row (table, what, 2);
  add_row (table, code, 2);
  add_row (table, carriers, 4);
  add_row (table, labels, 2);
  add_row (table, answer, 2);
  add_row (table, signatures, 4);
  stamped = table->rows->pdata[table->rows->len - 1];
  ((ZcCell *) stamped->cells->pdata[1])->seal_mm = RECEIPT_SEAL_MM;
  add_row (table, date, 2);
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_NOTE, "本回执由接收单位填写、签字后交还报送单位留存。", NULL));
}

ZcDocument *
zc_handin_list_new (ZcRecord *record, const ZcSealMark *mark)
{
  const ZcScheme *scheme = zc_record_get_scheme (record);
  ZcDocument *document = zc_document_new ("handin", "报送清单", ZC_STYLE_FORM);
  g_autofree char *recipient = g_strdup_printf ("%s：", scheme->recipient);

  zc_document_add (document, zc_block_new_text (ZC_BLOCK_TITLE, "报送清单", NULL));
  if (*scheme->recipient)
    zc_document_add (document, zc_block_new_text (ZC_BLOCK_ADDRESSEE, recipient, NULL));
  add_heading (document, "一、报送材料");
  add_deliveries (document, record);
  add_heading (document, "二、光盘标签");
  add_disc_label (document, record, mark);
  add_heading (document, "三、交接");
  add_handover (document);
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_NOTE,
                                                "纸质材料每页所印封签码与光盘内记录一致，可由受理单位用本程序核验。光盘应为一次写入盘并已封盘。",
                                                NULL));
  add_receipt (document, record, mark);
  return document;
}
