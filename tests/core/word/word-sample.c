/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word-sample.h"

static ZcCell *
add (ZcRow *row, guint column, guint colspan, const char *text, gboolean label)
{
  ZcCell *cell = zc_row_add (row, zc_cell_add (zc_cell_new (column, colspan), text, NULL));

  cell->label = label;
  return cell;
}

/* Two header rows, groups of three rows with a vertical label, numbers at the right. */
static ZcTable *
answers_table (guint groups)
{
  static const double widths[] = { 1, 5, 2, 2 };
  ZcTable *table = zc_table_new (widths, G_N_ELEMENTS (widths));
  ZcRow *row = zc_table_add_row (table);

  table->header_rows = 2;
  add (row, 0, 1, "类别", TRUE)->rowspan = 2;
  add (row, 1, 1, "检查内容", TRUE)->rowspan = 2;
  add (row, 2, 2, "检查情况", TRUE)->align = ZC_ALIGN_CENTER;
  row = zc_table_add_row (table);
  add (row, 2, 1, "结论", TRUE);
  add (row, 3, 1, "数量（台）", TRUE)->align = ZC_ALIGN_END;
  for (guint i = 0; i < 3 * groups; i++)
    {
      g_autofree char *text = g_strdup_printf ("第%u项：终端与服务器的口令、补丁和防病毒软件是否按规定管理", i + 1);
      g_autofree char *number = g_strdup_printf ("%u", i * 17);

      row = zc_table_add_row (table);
      if (i % 3 == 0)
        {
          ZcCell *group = add (row, 0, 1, "技术防护", TRUE);

          group->rowspan = 3;
          group->vertical = TRUE;
        }
      add (row, 1, 1, text, FALSE);
      add (row, 2, 1, i % 2 ? "符合" : "部分符合\n（见说明）", FALSE);
      add (row, 3, 1, number, FALSE)->align = ZC_ALIGN_END;
    }
  row = zc_table_add_row (table);
  add (row, 0, 2, "单位（盖章）：", TRUE)->seal_mm = 48;
  add (row, 2, 2, "负责人（签字）：", TRUE);
  return table;
}

static ZcTable *
ledger_table (void)
{
  static const double widths[] = { 1, 3, 3, 2, 2, 2, 4 };
  static const char *const heads[] = { "序号", "系统名称", "网址", "等级", "用户数", "上线日期", "备注" };
  ZcTable *table = zc_table_new (widths, G_N_ELEMENTS (widths));
  ZcRow *row = zc_table_add_row (table);

  table->header_rows = 1;
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    add (row, i, 1, heads[i], TRUE);
  row = zc_table_add_row (table);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    add (row, i, 1, i == 1 ? "门户网站 <一期> & “二期”" : "示例", FALSE);
  return table;
}

static void
add_chart (ZcDocument *document)
{
  static ZcBar bars[] = { { (char *) "组织管理", { 4, 1, 0, 0, 2 } }, { (char *) "技术防护", { 12, 0, 3, 1, 0 } } };
  static const char *const legend[] = { "符合", "部分符合", "不符合", "不适用", "未填", NULL };
  ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_CHART));

  block->bars = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    g_ptr_array_add (block->bars, &bars[i]);
  block->legend = g_strdupv ((char **) legend);
}

static void
add_prose (ZcDocument *document)
{
  static const char *const headings[] = { "一、总体情况", "（一）组织领导", "1.责任分工", "（1）值班安排" };
  ZcBlock *block;

  block = zc_document_add (document, zc_block_new_text (ZC_BLOCK_TITLE, "网络与信息安全\n自查情况报告", NULL));
  block->anchor = g_strdup ("title");
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_ADDRESSEE, "示例区人民政府办公室：", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      block = zc_document_add (document, zc_block_new_text (ZC_BLOCK_HEADING, headings[i], NULL));
      block->level = i + 1;
      block = zc_document_add (document, zc_block_new (ZC_BLOCK_PARAGRAPH));
      zc_block_add (block, "按照通知要求，我单位于2016年7月对", NULL);
      zc_block_add (block, "12个信息系统和345台终端", "fact:systems.count");
      zc_block_add (block, "进行了自查，“重点”系统——门户网站的定级、备案和测评已经完成，堃、䶮等生僻字照常显示。", NULL);
      zc_block_add (block, "（此处未填）", NULL);
      ((ZcSpan *) block->spans->pdata[3])->weak = TRUE;
    }
}

ZcDocument *
word_sample (ZcDocumentStyle style, gboolean sealed)
{
  ZcDocument *document = zc_document_new ("summary", "网络与信息安全自查情况报告", style);
  ZcBlock *block;

  document->unit = g_strdup ("示例区教育委员会");
  document->date = g_strdup ("2016-07-08");
  document->marking = g_strdup ("内部资料");
  if (sealed)
    document->mark = zc_seal_mark_new (WORD_SAMPLE_CODE, "ZICHA:1:0123456789ABCDEF0123456789ABCDEF:%PAGE%", 2);
  add_prose (document);
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_NOTE, "注：下表由检查表自动汇总。", NULL));
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  block->table = answers_table (12);
  add_chart (document);
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_PARAGRAPH, "特此报告。", NULL));
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_ATTACHMENTS));
  zc_block_add (block, "附件：1. 信息系统台账", NULL);
  zc_block_add (block, "2. 自查佐证材料目录，名称很长的一份附件用来说明换行之后与名称对齐而不与序号对齐", NULL);
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_SIGNATURE));
  block->seal_mm = 42;
  zc_block_add (block, "示例区教育委员会", NULL);
  zc_block_add (block, "2016年7月8日", NULL);
  zc_document_add (document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
  block = zc_document_add (document, zc_block_new_text (ZC_BLOCK_HEADING, "附件1 信息系统台账", NULL));
  block->level = 1;
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  block->table = ledger_table ();
  block->landscape = TRUE;
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_NOTE, "注：台账截至封存之日。", NULL));
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_PARAGRAPH, "以下为纵向页面。", NULL));
  zc_document_add (document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  block->table = ledger_table ();
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_SIGNATURE));
  zc_block_add (block, "示例区教育委员会信息中心", NULL);
  zc_block_add (block, "2016年7月8日", NULL);
  zc_block_add (block, "负责人（签字）：", NULL);
  return document;
}
