/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-blocks.h"

char *
sample_repeat (const char *unit, guint n)
{
  GString *text = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (text, unit);
  return g_string_free (text, FALSE);
}

ZcBlock *
sample_add (ZcDocument *document, ZcBlockKind kind, const char *text, const char *place)
{
  return zc_document_add (document, zc_block_new_text (kind, text, place));
}

ZcBlock *
sample_add_heading (ZcDocument *document, guint level, const char *text)
{
  ZcBlock *block = sample_add (document, ZC_BLOCK_HEADING, text, NULL);

  block->level = level;
  return block;
}

ZcBlock *
sample_add_signature (ZcDocument *document, double seal_mm)
{
  ZcBlock *block = sample_add (document, ZC_BLOCK_SIGNATURE, "某某区档案馆", "fact:unit.name");

  zc_block_add (block, "2016年7月8日", "fact:report.date");
  block->seal_mm = seal_mm;
  return block;
}

ZcDocument *
sample_document (ZcDocumentStyle style, gboolean sealed)
{
  ZcDocument *document = zc_document_new ("summary", "某某区档案馆自查报告", style);

  document->unit = g_strdup ("某某区档案馆");
  document->date = g_strdup ("2016-07-08");
  if (sealed)
    document->mark = zc_seal_mark_new (SAMPLE_CODE, "ZC1:0123456789ABCDEF0123456789ABCDEF:1:%PAGE%", 2);
  return document;
}

ZcDocument *
sample_report (void)
{
  ZcDocument *document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autofree char *body =
      sample_repeat ("按照通知要求，我馆对“三个系统”逐项自查，共检查终端86台、服务器12台。", 9);
  ZcBlock *attachments;

  sample_add (document, ZC_BLOCK_TITLE, "某某区档案馆2016年度信息安全检查自查工作情况报告", NULL);
  sample_add (document, ZC_BLOCK_ADDRESSEE, "某某区经济和信息化委员会：", NULL);
  sample_add_heading (document, 1, "一、组织开展情况");
  sample_add (document, ZC_BLOCK_PARAGRAPH, body, "text:c1");
  sample_add_heading (document, 2, "（一）部署");
  sample_add (document, ZC_BLOCK_PARAGRAPH, body, "text:c2");
  sample_add_heading (document, 3, "1．制度");
  sample_add (document, ZC_BLOCK_PARAGRAPH, body, "text:c3");
  sample_add_heading (document, 4, "（1）人员");
  sample_add (document, ZC_BLOCK_PARAGRAPH, body, "text:c4");
  attachments = sample_add (document, ZC_BLOCK_ATTACHMENTS, "附件：1．报告表", NULL);
  zc_block_add (attachments, "2．台账", NULL);
  sample_add_signature (document, 42);
  return document;
}

static void
add_header (ZcTable *table)
{
  static const char *const names[] = { "类别", "编号", "检查项", "结果", NULL, "说明", "数量" };
  ZcRow *upper = zc_table_add_row (table), *lower = zc_table_add_row (table);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ZcCell *cell;

      if (!names[i])
        continue;
      cell = zc_cell_add (zc_row_add (upper, zc_cell_new (i, i == 3 ? 2 : 1)), names[i], NULL);
      cell->rowspan = i == 3 ? 1 : 2;
      cell->label = TRUE;
      cell->align = ZC_ALIGN_CENTER;
    }
  zc_cell_add (zc_row_add (lower, zc_cell_new (3, 1)), "上年", NULL)->label = TRUE;
  zc_cell_add (zc_row_add (lower, zc_cell_new (4, 1)), "本年", NULL)->label = TRUE;
  table->header_rows = 2;
}

ZcBlock *
sample_table (guint rows)
{
  static const double widths[] = { 0.7, 1, 2.6, 1, 1, 2.6, 0.9 };
  static const char *const groups[] = { "组织管理", "日常管理", "网络边界防护（含无线）", "应急" };
  static const char *const notes[] = {
    "已建立。", "2016年3月修订并印发各科室执行；责任人：信息科王䶮。",
    "防火墙2台，策略每季度审查一次，日志留存180天，满足“不少于60天”的要求。", ""
  };
  ZcBlock *block = zc_block_new (ZC_BLOCK_TABLE);

  block->table = zc_table_new (widths, G_N_ELEMENTS (widths));
  add_header (block->table);
  for (guint i = 0; i < rows; i++)
    {
      ZcRow *row = zc_table_add_row (block->table);
      g_autofree char *id = g_strdup_printf ("X%05u", i + 1);
      g_autofree char *place = g_strdup_printf ("cell:systems/%u/note", i + 1);
      g_autofree char *number = g_strdup_printf ("%u", i * 37 % 9973);

      if (i % 17 == 0)
        {
          ZcCell *group = zc_cell_add (zc_row_add (row, zc_cell_new (0, 1)), groups[i / 17 % 4], NULL);

          group->rowspan = MIN (17, rows - i);
          group->vertical = group->label = TRUE;
          group->align = ZC_ALIGN_CENTER;
        }
      zc_cell_add (zc_row_add (row, zc_cell_new (1, 1)), id, NULL);
      zc_cell_add (zc_row_add (row, zc_cell_new (2, 1)),
                   "是否建立健全信息安全责任制，明确主管领导和信息安全员", NULL);
      zc_cell_add (zc_row_add (row, zc_cell_new (3, 1)), "☑是 ☐否", NULL);
      zc_cell_add (zc_row_add (row, zc_cell_new (4, 1)), "符合", NULL);
      zc_cell_add (zc_row_add (row, zc_cell_new (5, 1)), notes[i % 4], place);
      zc_cell_add (zc_row_add (row, zc_cell_new (6, 1)), number, NULL)->align = ZC_ALIGN_END;
    }
  return block;
}

ZcDocument *
sample_form (guint rows)
{
  ZcDocument *document = sample_document (ZC_STYLE_FORM, TRUE);

  sample_add (document, ZC_BLOCK_TITLE, "检查情况报告表", NULL);
  sample_add (document, ZC_BLOCK_NOTE, "本表依据通知整理，非官方附件。", NULL);
  zc_document_add (document, sample_table (rows));
  return document;
}
