/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-inspection.h"

/* The fields that every answer and every finding has. Their words are printed, so they are Chinese here
 * already. */

typedef struct
{
  const char *id;
  const char *label;
  ZcValueType type;
  const char *const *options; /* id, label, …, NULL */
} FieldWords;

static const char *const conformities[] = { "yes",    "符合", "partly", "部分符合", "no",
                                            "不符合", "na",   "不适用", NULL };
static const char *const reviews[] = { "1", "待查", NULL };
static const char *const confirmations[] = { "0", "沿用上年，待确认", NULL };
static const char *const sources[] = {
  "detect", "技术检测", "self", "单位自查", "monitor", "日常监测", NULL
};
static const char *const severities[] = { "high", "高", "medium", "中", "low", "低", NULL };
static const char *const states[] = { "open", "未整改", "doing", "整改中", "done", "已整改", NULL };

static const FieldWords answer_words[] = {
  { "conformity", "自查结果", ZC_VALUE_CHOICE, conformities },
  { "reason", "不适用的理由", ZC_VALUE_PROSE, NULL },
  { "note", "说明", ZC_VALUE_PROSE, NULL },
  { "review", "待查", ZC_VALUE_CHOICE, reviews },
  { "confirmed", "沿用确认", ZC_VALUE_CHOICE, confirmations },
};

static const FieldWords finding_words[] = {
  { "item", "检查项", ZC_VALUE_TEXT, NULL },       { "source", "问题来源", ZC_VALUE_CHOICE, sources },
  { "problem", "存在问题", ZC_VALUE_PROSE, NULL }, { "severity", "风险等级", ZC_VALUE_CHOICE, severities },
  { "measure", "整改措施", ZC_VALUE_PROSE, NULL }, { "person", "责任人", ZC_VALUE_TEXT, NULL },
  { "due", "完成时限", ZC_VALUE_DATE, NULL },      { "state", "整改状态", ZC_VALUE_CHOICE, states },
};

static GPtrArray *
fields_new (const FieldWords *words, gsize n)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (fields,
                     zc_field_new (words[i].id, words[i].label, words[i].type, words[i].options, (guint) i));
  return fields;
}

GPtrArray *
zc_answer_fields (void)
{
  static GPtrArray *fields;

  if (g_once_init_enter (&fields))
    g_once_init_leave (&fields, fields_new (answer_words, G_N_ELEMENTS (answer_words)));
  return fields;
}

GPtrArray *
zc_finding_fields (void)
{
  static GPtrArray *fields;

  if (g_once_init_enter (&fields))
    g_once_init_leave (&fields, fields_new (finding_words, G_N_ELEMENTS (finding_words)));
  return fields;
}
