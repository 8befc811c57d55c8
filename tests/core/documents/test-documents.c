/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Schemes and records as blocks: every element of the scheme language, and that nothing typed is missing. */

#include "../record/record-samples.h"

#include "base/zc-clock.h"
#include "documents/zc-build.h"
#include "rules/zc-rules.h"

#include <string.h>

/* A document as text that a test can be read by: one line a block or row, values followed by <the place they state>. */

static void
dump_spans (GString *out, const GPtrArray *spans)
{
  for (guint i = 0; spans && i < spans->len; i++)
    {
      const ZcSpan *span = spans->pdata[i];

      g_string_append (out, span->text);
      if (span->place)
        g_string_append_printf (out, "<%s>", span->place);
      if (span->link)
        g_string_append_printf (out, "→%s", span->link);
    }
}

static void
dump_cell (GString *out, const ZcCell *cell)
{
  g_string_append_printf (out, " %u", cell->column);
  if (cell->colspan > 1)
    g_string_append_printf (out, "+%u", cell->colspan);
  if (cell->rowspan > 1)
    g_string_append_printf (out, "^%u", cell->rowspan);
  g_string_append (out, cell->align == ZC_ALIGN_END ? "E" : cell->align == ZC_ALIGN_CENTER ? "C" : "");
  g_string_append (out, cell->label ? "L" : "");
  g_string_append (out, cell->vertical ? "V" : "");
  if (cell->seal_mm > 0)
    g_string_append_printf (out, "S%g", cell->seal_mm);
  g_string_append_c (out, ':');
  dump_spans (out, cell->spans);
  g_string_append_c (out, ';');
}

static void
dump_table (GString *out, const ZcBlock *block)
{
  g_string_append_printf (out, "table %u head %u%s\n", block->table->widths->len, block->table->header_rows,
                          block->landscape ? " landscape" : "");
  for (guint r = 0; r < block->table->rows->len; r++)
    {
      const ZcRow *row = block->table->rows->pdata[r];

      for (guint c = 0; c < row->cells->len; c++)
        dump_cell (out, row->cells->pdata[c]);
      g_string_append_c (out, '\n');
    }
}

static void
dump_chart (GString *out, const ZcBlock *block)
{
  g_autofree char *legend = g_strjoinv (" ", block->legend);

  g_string_append_printf (out, "chart %s\n", legend);
  for (guint i = 0; i < block->bars->len; i++)
    {
      const ZcBar *bar = block->bars->pdata[i];

      g_string_append_printf (out, " %s %u %u %u %u %u\n", bar->label, bar->parts[0], bar->parts[1], bar->parts[2], bar->parts[3],
                              bar->parts[4]);
    }
}

static void
dump_block (GString *out, const ZcBlock *block)
{
  static const char *const names[] = { "title", "addressee", "h", "p", "note", "attachments", "", "signature", "", "break" };

  if (block->kind == ZC_BLOCK_TABLE)
    dump_table (out, block);
  else if (block->kind == ZC_BLOCK_CHART)
    dump_chart (out, block);
  else
    {
      g_string_append (out, names[block->kind]);
      if (block->kind == ZC_BLOCK_HEADING)
        g_string_append_printf (out, "%u", block->level);
      if (block->seal_mm > 0)
        g_string_append_printf (out, " S%g", block->seal_mm);
      g_string_append_c (out, ' ');
      for (guint i = 0; i < block->spans->len; i++)
        {
          g_autoptr (GPtrArray) one = g_ptr_array_new ();

          g_ptr_array_add (one, block->spans->pdata[i]);
          dump_spans (out, one);
          /* Lines of their own, not one text. */
          if (block->kind == ZC_BLOCK_SIGNATURE || block->kind == ZC_BLOCK_ATTACHMENTS)
            g_string_append_c (out, '|');
        }
      g_string_append_c (out, '\n');
    }
}

static char *
dump (const ZcDocument *document)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < document->blocks->len; i++)
    dump_block (out, document->blocks->pdata[i]);
  return g_string_free (out, FALSE);
}

/* The sample scheme with @document in place of its report; its two chapters go into a sheet, which is not handed in. */
static ZcScheme *
scheme_with (const char *attributes, const char *body)
{
  g_autofree char *text = g_strdup_printf (
      "<overlay for=\"sample\" version=\"1\"><documents>"
      "<document id=\"summary\" kind=\"sheet\" title=\"草稿\" file=\"caogao\"><title>草稿</title>"
      "<chapter id=\"c1\" heading=\"一\"><draft><p>甲</p></draft></chapter>"
      "<chapter id=\"c2\" heading=\"二\"><draft><p>乙</p></draft></chapter></document>"
      "<document id=\"d\" title=\"样张\" file=\"yangzhang\" %s>%s</document></documents></overlay>",
      attributes, body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (ZcScheme) base = sample_scheme ();
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme = zc_scheme_overlay (base, bytes, "overlay", &error);

  g_assert_no_error (error);
  return scheme;
}

/** Stated: the parts of a record; NULL for an empty one. */
typedef struct
{
  const char *facts, *answers, *ledgers, *findings, *texts, *evidence;
} Stated;

#define OR_EMPTY(text) ((text) ? (text) : "")

static ZcRecord *
record_of (ZcScheme *scheme, Stated stated)
{
  return sample_record (scheme, OR_EMPTY (stated.facts), OR_EMPTY (stated.answers), OR_EMPTY (stated.ledgers),
                        OR_EMPTY (stated.findings), OR_EMPTY (stated.texts), OR_EMPTY (stated.evidence));
}

static void
expect_attributes (const char *attributes, const char *body, Stated stated, const char *expected)
{
  g_autoptr (ZcScheme) scheme = scheme_with (attributes, body);
  g_autoptr (ZcRecord) record = record_of (scheme, stated);
  g_autoptr (ZcDocument) document = zc_documents_build_one (record, "d", NULL);
  g_autofree char *text = dump (document);

  g_assert_cmpstr (text, ==, expected);
}

#define expect(body, expected, ...) expect_attributes ("kind=\"form\"", body, (Stated){ __VA_ARGS__ }, expected)

#define UNIT "<fact id='unit.name'>甲单位</fact>"
#define SYSTEMS                                                                                                                  \
  "<ledger id='systems'><row id='3'><cell column='name'>门户</cell><cell column='level'>3</cell>"                                \
  "<cell column='cost'>2.5</cell></row><row id='1'><cell column='name'>邮件</cell><cell column='level'>2</cell></row></ledger>"
#define FINDINGS                                                                                                                 \
  "<finding id='2' item='A02' source='self' state='done'><problem>没有台账</problem><measure>补建</measure></finding>"           \
  "<finding id='5' item='B01' source='detect' state='open' severity='high' due='2026-05-01'><problem>弱口令</problem></finding>"

/* Texts */

static void
test_texts (void)
{
  expect ("<title>{unit.name}报告</title><addressee>{unit.name}：</addressee><heading level='3'>3. 三级</heading>"
          "<heading level='1'>一级</heading><p>共{n.systems}个，{{照写}}</p><note>备注</note><page-break/>",
          "title 甲单位<fact:unit.name>报告\naddressee 甲单位<fact:unit.name>：\nh3 3. 三级\nh1 一级\n"
          "p 共2<fact:n.systems>个，{照写}\nnote 备注\nbreak \n",
          .facts = UNIT, .ledgers = SYSTEMS);
}

static void
test_texts_each (void)
{
  expect ("<p each=\"rows('systems')\">{@row}：{@name}</p><p each=\"findings()\" when=\"@state = 'open'\">{@problem}</p>"
          "<p when=\"fact('unit.name') = ''\">没有名称</p><p>完</p>",
          "p 1：门户<cell:systems/3/name>\np 2：邮件<cell:systems/1/name>\np 弱口令<finding:5/problem>\np 完\n", .facts = UNIT,
          .ledgers = SYSTEMS, .findings = FINDINGS);
}

static void
test_texts_lines (void)
{
  expect ("<attachments><line>1. {unit.name}台账</line><line>2. 光盘</line></attachments>"
          "<signature seal='42'><line>负责人（签字）：</line><unit>{unit.name}</unit><date>{period.to}</date></signature>"
          "<signature><unit>{unit.name}</unit></signature><p>一</p>",
          "attachments 附件：1. 甲单位台账<fact:unit.name>|2. 光盘|\n"
          "signature S42 甲单位<fact:unit.name>|2026年12月31日<fact:period.to>|负责人（签字）：|\n"
          "signature 甲单位<fact:unit.name>||\np 一\n",
          .facts = UNIT "<fact id='period.to'>2026-12-31</fact>");
}

/* A chapter is its draft until the unit writes its own text; what the own text binds still states the place it binds. */
static void
test_chapters (void)
{
  g_autoptr (ZcScheme) scheme = sample_scheme ();
  g_autoptr (ZcRecord) record = record_of (
      scheme, (Stated){ .facts = UNIT,
                        .texts = "<text chapter='c2'>（一）情况\n\n  自己写的，{unit.name}。\n（二）这一行是一句话。</text>" });
  g_autoptr (ZcDocument) document = zc_documents_build_one (record, "summary", NULL);
  g_autofree char *text = dump (document);

  g_assert_true (g_str_has_prefix (text, "title 甲单位<fact:unit.name>自查报告\n"
                                         "h1 一、组织情况\n"
                                         "p 甲单位<fact:unit.name>共有0<fact:n.systems>个系统，其中三级0<fact:n.level3>个。\n"
                                         "h1 二、问题\n"
                                         "h2 （一）情况<text:c2>\n"
                                         "p 自己写的，<text:c2>甲单位<fact:unit.name>。<text:c2>\n"
                                         "p （二）这一行是一句话。<text:c2>\n"));
}

/* What a derived document says of itself follows its title, unless it has a remark of its own. */
static void
test_derived (void)
{
  const char *derived = "kind=\"form\" confidence=\"derived\"";
  const char *recalled = "kind=\"form\" confidence=\"recalled\"";

  expect_attributes (derived, "<title>表</title><p>一</p>", (Stated){ 0 }, "title 表\nnote 依据通知整理，非官方附件。\np 一\n");
  expect_attributes (recalled, "<title>表</title><p>一</p>", (Stated){ 0 },
                     "title 表\nnote 凭经验整理，未见官方文本，请与正式下发的文本核对。\np 一\n");
  expect_attributes (recalled, "<note>自己的</note><p>一</p>", (Stated){ 0 }, "note 自己的\np 一\n");
  expect_attributes ("kind=\"form\" confidence=\"form\"", "<p>一</p>", (Stated){ 0 }, "p 一\n");
  expect_attributes (derived, "<p>一</p>", (Stated){ 0 }, "note 依据通知整理，非官方附件。\np 一\n");
  expect_attributes (derived, "<title>表</title><note>自己的</note><p>一</p>", (Stated){ 0 }, "title 表\nnote 自己的\np 一\n");
  expect_attributes (derived, "<title>表</title><note when=\"false()\">有时</note><p>一</p>", (Stated){ 0 },
                     "title 表\nnote 依据通知整理，非官方附件。\np 一\n");
  expect_attributes ("kind=\"form\" confidence=\"form\"", "<title>表</title><p>一</p>", (Stated){ 0 }, "title 表\np 一\n");
}

/* Tables */

static void
test_table_spans (void)
{
  expect ("<table columns='1 2 3' header-rows='1' landscape='yes'>"
          "<row><cell label='yes' rows='3' vertical='yes'>组</cell><cell span='2' align='end'>宽</cell></row>"
          "<row><cell label='yes' rows='2'>甲</cell><cell seal='42' fact='unit.name'/></row>"
          "<row><cell align='center'/></row><row><cell span='3' align='start' label='yes'>底</cell></row></table>",
          "table 3 head 1 landscape\n 0^3CLV:组; 1+2E:宽;\n 1^2CL:甲; 2CS42:甲单位<fact:unit.name>;\n 2C:;\n 0+3L:底;\n",
          .facts = UNIT);
}

static void
test_table_values (void)
{
  expect ("<table columns='1 1'><row><cell fact='x.budget'/><cell fact='x.graded'/></row>"
          "<row><cell fact='x.site' options='boxes'/><cell fact='x.protect' options='boxes'/></row>"
          "<row><cell fact='x.protect'/><cell>值{x.graded}</cell></row>"
          "<row when=\"num('x.graded') > 5\"><cell/><cell>多</cell></row></table>",
          "table 2 head 0\n 0E:18.5<fact:x.budget>万元; 1E:4<fact:x.graded>;\n"
          " 0:√自建<fact:x.site>　□无网站; 1:√防火墙<fact:x.protect>　√防病毒<fact:x.protect>　□未采取;\n"
          " 0:防火墙、防病毒<fact:x.protect>; 1:值4<fact:x.graded>;\n",
          .facts = "<fact id='x.budget'>18.5</fact><fact id='x.graded'>4</fact><fact id='x.site'>own</fact>"
                   "<fact id='x.protect'>waf av</fact>");
  /* Nothing stated: empty boxes, and no unit behind nothing. */
  expect ("<table columns='1 1'><row><cell fact='x.budget'/><cell fact='x.site' options='boxes'/></row></table>",
          "table 2 head 0\n 0E:; 1:□自建　□无网站;\n");
}

static void
test_table_answers (void)
{
  expect ("<table columns='1 1 1 1'><row><cell answer='A01'/><cell answer='A01' note='yes'/><cell answer='B01' note='yes'/>"
          "<cell answer='A02' note='yes'/></row></table>",
          "table 4 head 0\n 0:部分符合<answer:A01/conformity>; 1:部分符合<answer:A01/conformity>。有文件<answer:A01/note>; "
          "2:不适用<answer:B01/conformity>（没有系统<answer:B01/reason>）; 3:只有说明<answer:A02/note>;\n",
          .answers = "<answer item='A01' conformity='partly'><note>有文件</note></answer><answer item='A02'><note>只有说明</note></answer>"
                     "<answer item='B01' conformity='na'><reason>没有系统</reason></answer>");
}

static void
test_table_each (void)
{
  const char *body = "<table columns='1 2 2'><each ledger='systems'><row><cell number='yes'/><cell column='name'/><cell column='cost'/></row>"
                     "<row when=\"cell('level') = '3'\"><cell span='3'>{@row}为{@level}</cell></row><empty>没有系统</empty></each>"
                     "<each findings=\"findings()[@state='open']\"><row><cell number='yes'/><cell column='problem'/>"
                     "<cell column='due'/></row></each></table>";

  expect (body,
          "table 3 head 0\n 0C:1; 1:门户<cell:systems/3/name>; 2E:2.5<cell:systems/3/cost>;\n"
          " 0+3:1为第三级<cell:systems/3/level>;\n 0C:2; 1:邮件<cell:systems/1/name>; 2E:;\n"
          " 0C:1; 1:弱口令<finding:5/problem>; 2:2026年5月1日<finding:5/due>;\n",
          .ledgers = SYSTEMS, .findings = FINDINGS);
  expect (body, "table 3 head 0\n 0+3C:没有系统;\n 0+3C:无;\n");
}

/* Lists that the program draws up */

static void
test_answers (void)
{
  const Stated stated = { .facts = "<fact id='x.site'>none</fact>",
                          .answers = "<answer item='A02' conformity='partly'><note>已发文。</note></answer>"
                                     "<answer item='B01' conformity='yes'/><answer item='B02' conformity='yes'/>",
                          .findings = FINDINGS };

  /* A01 is not answered, B02 does not apply, B03 asks no answer. */
  expect_attributes ("kind=\"form\"", "<answers/>", stated,
                     "p 2. 制度健全：部分符合<answer:A02/conformity>。已发文。<answer:A02/note>存在问题：没有台账<finding:2/problem>。"
                     "整改措施：补建<finding:2/measure>。状态：已整改<finding:2/state>。\n"
                     "p 3. 系统登记：符合<answer:B01/conformity>。存在问题：弱口令<finding:5/problem>。"
                     "完成期限：2026年5月1日<finding:5/due>。状态：未整改<finding:5/state>。\n");
  expect_attributes ("kind=\"form\"", "<p>一</p><answers section='s1' when=\"fact('unit.name') != ''\"/>", stated, "p 一\n");
}

static void
test_ledger (void)
{
  /* Columns that nobody has to fill and nobody filled are left out. */
  expect ("<annex ledger='systems' landscape='yes'/>",
          "table 5 head 1 landscape\n 0CL:序号; 1CL:名称; 2CL:等级; 3CL:备案日期; 4CL:费用;\n"
          " 0C:1; 1:门户<cell:systems/3/name>; 2:第三级<cell:systems/3/level>; 3:; 4E:2.5<cell:systems/3/cost>;\n"
          " 0C:2; 1:邮件<cell:systems/1/name>; 2:第二级<cell:systems/1/level>; 3:; 4E:;\n",
          .ledgers = SYSTEMS);
  expect ("<annex ledger='vendors'/>", "table 2 head 1\n 0CL:序号; 1CL:名称;\n 0+2C:无;\n");
}

/* Forty columns are several tables, each of which names its rows; each cell is printed once. */
static void
test_ledger_wide (void)
{
  g_autoptr (GString) overlay = g_string_new ("<overlay for='sample' version='1'><ledgers><use ledger='systems'>");
  g_autoptr (GString) cells = g_string_new ("<ledger id='systems'><row id='1'><cell column='name'>门户</cell>");
  g_autoptr (ZcScheme) base = sample_scheme ();
  g_autoptr (ZcScheme) scheme = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (ZcDocument) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 35; i++)
    {
      g_string_append_printf (overlay, "<column id='w%d' type='text' label='列%d'/>", i, i);
      g_string_append_printf (cells, "<cell column='w%d'>值%d。</cell>", i, i);
    }
  g_string_append (overlay, "</use></ledgers></overlay>");
  g_string_append (cells, "</row></ledger>");
  bytes = g_bytes_new (overlay->str, overlay->len);
  scheme = zc_scheme_overlay (base, bytes, "overlay", &error);
  g_assert_no_error (error);
  record = record_of (scheme, (Stated){ .ledgers = cells->str });
  document = zc_documents_build_one (record, "summary", NULL);
  text = dump (document);
  for (int i = 0; i < 35; i++)
    {
      g_autofree char *value = g_strdup_printf ("值%d。<cell:systems/1/w%d>", i, i);
      const char *found = strstr (text, value);

      g_assert_nonnull (found);
      g_assert_null (strstr (found + 1, value));
    }
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const ZcBlock *block = document->blocks->pdata[i];

      if (block->table)
        g_assert_cmpuint (block->table->widths->len, <=, 16);
    }
}

static void
add_table_of (ZcDocument *document, guint rows, gboolean wide)
{
  static const double widths[] = { 1 };
  ZcBlock *block;

  zc_document_add (document, zc_block_new_text (ZC_BLOCK_HEADING, "标题", NULL));
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  block->landscape = wide;
  block->table = zc_table_new (widths, 1);
  block->table->header_rows = 1;
  for (guint i = 0; i <= rows; i++)
    zc_cell_add (zc_row_add (zc_table_add_row (block->table), zc_cell_new (0, 1)), "行", NULL);
}

/* What is wide of a document's tables: "W" or "-" each. */
static char *
turns (const ZcDocument *document)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < document->blocks->len; i++)
    if (((const ZcBlock *) document->blocks->pdata[i])->table)
      g_string_append_c (out, ((const ZcBlock *) document->blocks->pdata[i])->landscape ? 'W' : '-');
  return g_string_free (out, FALSE);
}

/* The paper is not turned back and forth for a few rows. @tables: rows of tables, wide ones in capitals, "." a paragraph */
static void
test_turns (void)
{
  static const char *const cases[][2] = { { "Cc", "W-" },   { "cC", "-W" },     { "CcC", "WWW" },  { "CccC", "WWWW" },
                                          { "CiC", "W-W" }, { "ChC", "WWW" },   { "CeeC", "W--W" }, { "Cc.C", "W-W" },
                                          { "CC", "WW" },   { "CcCcC", "WWWWW" }, { "", "" },      { "ccc", "---" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ZcDocument) document = zc_document_new ("x", "x", ZC_STYLE_FORM);
      g_autofree char *found = NULL;

      for (const char *p = cases[i][0]; *p; p++)
        if (*p == '.')
          zc_document_add (document, zc_block_new_text (ZC_BLOCK_PARAGRAPH, "文", NULL));
        else
          add_table_of (document, (guint) (g_ascii_tolower (*p) - 'a' + 1), g_ascii_isupper (*p));
      zc_build_turns (document);
      found = turns (document);
      g_assert_cmpstr (found, ==, cases[i][1]);
    }
}

static void
test_findings (void)
{
  expect ("<findings/>",
          "table 8 head 1\n 0CL:序号; 1CL:问题; 2CL:来源; 3CL:程度; 4CL:整改措施; 5CL:责任人; 6CL:完成期限; 7CL:状态;\n"
          " 0C:1; 1:没有台账<finding:2/problem>→item_A02; 2:单位自查<finding:2/source>; 3:; 4:补建<finding:2/measure>; 5:; 6:; "
          "7:已整改<finding:2/state>;\n"
          " 0C:2; 1:弱口令<finding:5/problem>→item_B01; 2:技术检测<finding:5/source>; 3:高<finding:5/severity>; 4:; 5:; "
          "6:2026年5月1日<finding:5/due>; 7:未整改<finding:5/state>;\n",
          .findings = FINDINGS);
  expect ("<findings/>", "table 8 head 1\n 0CL:序号; 1CL:问题; 2CL:来源; 3CL:程度; 4CL:整改措施; 5CL:责任人; 6CL:完成期限; "
                         "7CL:状态;\n 0+8C:未发现问题;\n");
}

static void
test_evidence (void)
{
  g_autoptr (ZcScheme) scheme = scheme_with ("kind=\"annex\"", "<evidence/>");
  g_autoptr (ZcRecord) record = record_of (
      scheme, (Stated){ .evidence = SAMPLE_FILE ("5", "<item id='A01'/><item id='B01'/>") SAMPLE_FILE ("6", "") });
  g_autoptr (ZcDocument) document = zc_documents_build_one (record, "d", NULL);
  g_autofree char *text = dump (document);

  g_assert_true (g_str_has_prefix (text, "table 6 head 1 landscape\n 0CL:序号; 1CL:文件名; 2CL:说明; 3CL:对应检查项; 4CL:字节数; "
                                         "5CL:SM3 摘要;\n 0C:1; 1:文件5.pdf<evidence:5/name>; 2:; 3:A01 责任人明确→item_A01\nB01 系统登记→item_B01; "
                                         "4E:12; 5:5500000"));
  g_assert_nonnull (strstr (text, "\n 0C:2; 1:文件6.pdf<evidence:6/name>; 2:; 3:; 4E:12; 5:6600000"));
}

/* Progress by section, and, where there are findings, their states by where they come from. */
static void
test_chart (void)
{
  const char *answers = "<answer item='A01' conformity='yes'/><answer item='A02' conformity='partly'/>";

  expect ("<chart/>", "chart 已答 有问题 待查 不适用 未答\n 制度 1 1 0 0 0\n 系统 1 0 0 0 2\n", .answers = answers,
          .facts = "<fact id='x.site'>own</fact>");
  expect ("<chart/>",
          "chart 已答 有问题 待查 不适用 未答\n 制度 1 1 0 0 0\n 系统 1 0 0 0 2\n"
          "chart 已整改 整改中 未整改\n 技术检测发现的问题 0 0 1 0 0\n 单位自查发现的问题 1 0 0 0 0\n 日常监测发现的问题 0 0 0 0 0\n",
          .answers = answers, .facts = "<fact id='x.site'>own</fact>", .findings = FINDINGS);
}

/* Nothing is missing */

static char *
ids_of (GPtrArray *documents)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < documents->len; i++)
    g_string_append_printf (ids, "%s%s", i ? " " : "", ((ZcDocument *) documents->pdata[i])->id);
  return g_string_free (ids, FALSE);
}

static void
expect_all_printed (ZcRecord *record)
{
  g_autoptr (GHashTable) printed = zc_documents_printed (record);
  g_autoptr (GPtrArray) places = zc_record_places (record);

  for (guint i = 0; i < places->len; i++)
    if (!g_hash_table_contains (printed, places->pdata[i]))
      g_error ("%s is printed nowhere", (const char *) places->pdata[i]);
}

static const Stated full = { .facts = UNIT "<fact id='x.about'>第一行\n第二行</fact>",
                             .answers = "<answer item='A01' conformity='no'><note>说明文字</note></answer>",
                             .ledgers = SYSTEMS,
                             .findings = FINDINGS,
                             .texts = "<text chapter='c1'>自己的话</text>",
                             .evidence = SAMPLE_FILE ("5", "<item id='A01'/>") };

/* A document that prints nothing, and a sheet that stays with the unit: everything comes into the annexes. */
static void
test_left_out (void)
{
  g_autoptr (ZcScheme) scheme = scheme_with ("kind=\"form\"", "<p>什么也没有</p>");
  g_autoptr (ZcRecord) record = record_of (scheme, full);
  g_autoptr (GPtrArray) documents = zc_documents_build (record, NULL);
  g_autoptr (ZcDocument) annex = zc_documents_build_one (record, "annex", NULL);
  g_autofree char *ids = ids_of (documents);
  g_autofree char *text = dump (annex);
  static const char *const expected[] = { "note 目录\n1. 系统台账→part_1\n2. 问题与整改→part_2\n3. 其他填报内容→part_3"
                                          "\n4. 佐证材料清单→part_4\n",
                                          "h1 系统台账\n",
                                          "h1 问题与整改\n",
                                          "h1 其他填报内容\n",
                                          "h1 佐证材料清单\n",
                                          "门户<cell:systems/3/name>",
                                          "弱口令<finding:5/problem>",
                                          "甲单位<fact:unit.name>",
                                          "第一行\n第二行<fact:x.about>",
                                          "不符合<answer:A01/conformity>",
                                          "说明文字<answer:A01/note>",
                                          "自己的话<text:c1>",
                                          "文件5.pdf<evidence:5/name>" };

  g_assert_cmpstr (ids, ==, "summary d annex handin");
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_nonnull (strstr (text, expected[i]));
  expect_all_printed (record);
}

/* What a document prints already is not repeated; documents that print everything need no annexes. */
static void
test_left_out_little (void)
{
  g_autoptr (ZcScheme) scheme =
      scheme_with ("kind=\"form\"", "<p>{unit.name}{x.about}{text:c1}</p><answers/><findings/><evidence/>");
  g_autoptr (ZcRecord) record = record_of (scheme, full);
  g_autoptr (ZcDocument) annex = zc_documents_build_one (record, "annex", NULL);
  g_autofree char *text = dump (annex);
  g_autoptr (ZcScheme) whole_scheme = sample_scheme ();
  g_autoptr (ZcRecord) whole = record_of (whole_scheme, full);
  g_autoptr (GPtrArray) documents = zc_documents_build (whole, NULL);
  g_autofree char *ids = ids_of (documents);

  g_assert_true (g_str_has_prefix (text, "title 附件：台账与佐证材料清单\nnote 目录\n1. 系统台账→part_1\n"));
  g_assert_nonnull (strstr (text, "\nh1 系统台账\ntable"));
  g_assert_null (strstr (text, "unit.name"));
  g_assert_null (strstr (text, "finding:"));
  g_assert_null (strstr (text, "文件5"));
  g_assert_cmpstr (ids, ==, "summary handin");
  expect_all_printed (record);
  expect_all_printed (whole);
}

/* Whatever a record holds, whichever part of it the documents print. */
static void
test_random (void)
{
  static const char *const bodies[] = { "<p>空</p>", "<answers/>", "<annex ledger='systems'/><evidence/>", "<p>{unit.name}</p><findings/>",
                                        "<table columns='1'><each ledger='systems'><row><cell column='level'/></row></each></table>" };

  for (guint b = 0; b < G_N_ELEMENTS (bodies); b++)
    {
      g_autoptr (ZcScheme) scheme = scheme_with (b % 2 ? "kind=\"annex\"" : "kind=\"sheet\"", bodies[b]);

      for (guint i = 0; i < 40; i++)
        {
          g_autoptr (GRand) rand = g_rand_new_with_seed (b * 1000 + i);
          g_autoptr (GBytes) bytes = sample_random (scheme, rand);
          g_autoptr (GError) error = NULL;
          g_autoptr (ZcRecord) record = zc_record_parse (bytes, scheme, FALSE, &error);

          g_assert_no_error (error);
          expect_all_printed (record);
        }
    }
}

/* What a reader finds on every document */

static void
test_marks (void)
{
  g_autoptr (ZcScheme) scheme = sample_scheme ();
  g_autoptr (ZcRecord) record = record_of (scheme, full);
  g_autoptr (ZcSealMark) mark = zc_seal_mark_new ("111111-222222", "ZC1:%PAGE%", 3);
  g_autoptr (GPtrArray) sealed = zc_documents_build (record, mark);
  g_autoptr (GPtrArray) drafts = zc_documents_build (record, NULL);

  g_assert_cmpuint (sealed->len, ==, drafts->len);
  for (guint i = 0; i < sealed->len; i++)
    {
      const ZcDocument *document = sealed->pdata[i];
      const ZcDocument *draft = drafts->pdata[i];

      g_assert_cmpstr (document->unit, ==, "甲单位");
      g_assert_cmpstr (document->mark->code, ==, "111111-222222");
      g_assert_cmpuint (document->mark->revision, ==, 3);
      g_assert_null (draft->mark);
      g_assert_true (g_str_is_ascii (document->filename));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (document->filename, !=, ((ZcDocument *) sealed->pdata[j])->filename);
    }
  g_assert_null (zc_documents_build_one (record, "no-such", NULL));
}

/* The list names each delivery with its medium, copies and day, and the words for the disc. */
static void
test_handin_list (void)
{
  g_autoptr (ZcScheme) scheme = sample_scheme ();
  g_autoptr (ZcRecord) record = record_of (scheme, full);
  g_autoptr (ZcSealMark) mark = zc_seal_mark_new ("111111-222222", "ZC1:%PAGE%", 1);
  g_autoptr (ZcDocument) list = zc_documents_build_one (record, "handin", mark);
  g_autofree char *text = dump (list);
  static const char *const expected[] = { "addressee 样例主管部门办公室：\n", "自查报告;", "纸质;", "2026年3月27日;", "甲单位",
                                          "111111-222222" };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (!strstr (text, expected[i]))
      g_error ("no “%s” in:\n%s", expected[i], text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/texts", test_texts);
  g_test_add_func ("/documents/texts/each", test_texts_each);
  g_test_add_func ("/documents/texts/lines", test_texts_lines);
  g_test_add_func ("/documents/chapters", test_chapters);
  g_test_add_func ("/documents/derived", test_derived);
  g_test_add_func ("/documents/table/spans", test_table_spans);
  g_test_add_func ("/documents/table/values", test_table_values);
  g_test_add_func ("/documents/table/answers", test_table_answers);
  g_test_add_func ("/documents/table/each", test_table_each);
  g_test_add_func ("/documents/answers", test_answers);
  g_test_add_func ("/documents/ledger", test_ledger);
  g_test_add_func ("/documents/ledger/wide", test_ledger_wide);
  g_test_add_func ("/documents/ledger/turns", test_turns);
  g_test_add_func ("/documents/findings", test_findings);
  g_test_add_func ("/documents/evidence", test_evidence);
  g_test_add_func ("/documents/chart", test_chart);
  g_test_add_func ("/documents/left-out", test_left_out);
  g_test_add_func ("/documents/left-out/little", test_left_out_little);
  g_test_add_func ("/documents/left-out/random", test_random);
  g_test_add_func ("/documents/marks", test_marks);
  g_test_add_func ("/documents/handin-list", test_handin_list);
  return g_test_run ();
}
