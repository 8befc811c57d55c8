/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-kinsoku.h"

#include <string.h>

static gboolean
is_one_of (gunichar character, const gunichar *sorted, gsize n)
{
  gsize low = 0;

  while (low < n)
    {
      gsize middle = (low + n) / 2;

      if (sorted[middle] == character)
        return TRUE;
      if (sorted[middle] < character)
        low = middle + 1;
      else
        n = middle;
    }
  return FALSE;
}

#define IS_ONE_OF(c, array) is_one_of (c, array, G_N_ELEMENTS (array))

/* ‘ “ 〈 《 「 『 【 〔 〖 〝 （ ［ ｛ */
static const gunichar open_marks[] = { 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010,
                                       0x3014, 0x3016, 0x301D, 0xFF08, 0xFF3B, 0xFF5B };

/* ’ ” 、 。 〉 》 」 』 】 〕 〗 〞 〟 ） ， ： ； ］ ｝ */
static const gunichar close_marks[] = { 0x2019, 0x201D, 0x3001, 0x3002, 0x3009, 0x300B, 0x300D,
                                        0x300F, 0x3011, 0x3015, 0x3017, 0x301E, 0x301F, 0xFF09,
                                        0xFF0C, 0xFF1A, 0xFF1B, 0xFF3D, 0xFF5D };

/* · × ‰ ℃ 々 〻 ー ！ ％ ． ／ ？ ～ ￠ */
static const gunichar no_start_marks[] = { 0xB7,   0xD7,   0x2030, 0x2103, 0x3005, 0x303B, 0x30FC,
                                           0xFF01, 0xFF05, 0xFF0E, 0xFF0F, 0xFF1F, 0xFF5E, 0xFFE0 };

static ZcClass
class_of_ascii (gunichar c)
{
  switch (c)
    {
    case '\n':
      return ZC_CLASS_NEWLINE;
    case ' ':
    case '\t':
      return ZC_CLASS_SPACE;
    case '(':
    case '[':
    case '{':
      return ZC_CLASS_LATIN_OPEN;
    case ')':
    case ']':
    case '}':
    case '.':
    case ',':
    case ':':
    case ';':
    case '!':
    case '?':
    case '%':
      return ZC_CLASS_LATIN_CLOSE;
    default:
      return ZC_CLASS_LATIN;
    }
}

ZcClass
zc_class_of (gunichar c)
{
  if (c < 0x80)
    return class_of_ascii (c);
  if (c == 0x2014 || c == 0x2025 || c == 0x2026 || c == 0x2E3A)
    return ZC_CLASS_DASH;
  if (IS_ONE_OF (c, open_marks))
    return ZC_CLASS_OPEN;
  if (IS_ONE_OF (c, close_marks))
    return ZC_CLASS_CLOSE;
  if (IS_ONE_OF (c, no_start_marks))
    return ZC_CLASS_NO_START;
  if ((c >= 0x2610 && c <= 0x2612) || c == 0x25A0 || c == 0x25A1 || c == 0x221A || c == 0x2705)
    return ZC_CLASS_BOX;
  if (c == 0xA0 || c == 0x202F || c == 0x2007 || c == 0xFF1D)
    return ZC_CLASS_GLUE; /* ＝ belongs to both its sides */
  if (c == 0x85 || c == 0x2028 || c == 0x2029)
    return ZC_CLASS_NEWLINE;
  if (c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x205F || c == 0x3000)
    return ZC_CLASS_SPACE;
  return c < 0x2100 ? ZC_CLASS_LATIN : ZC_CLASS_IDEOGRAPH;
}

gboolean
zc_class_breaks (ZcClass a, ZcClass b)
{
  if (a == ZC_CLASS_NEWLINE || b == ZC_CLASS_NEWLINE)
    return a == ZC_CLASS_NEWLINE;
  if (b == ZC_CLASS_SPACE || a == ZC_CLASS_GLUE || b == ZC_CLASS_GLUE)
    return FALSE; /* spaces stay at the end of the line before */
  if (b == ZC_CLASS_CLOSE || b == ZC_CLASS_NO_START || a == ZC_CLASS_OPEN || a == ZC_CLASS_BOX)
    return FALSE;
  if (a == ZC_CLASS_SPACE)
    return TRUE;
  if (b == ZC_CLASS_LATIN_CLOSE || a == ZC_CLASS_LATIN_OPEN)
    return FALSE;
  if (a == ZC_CLASS_DASH && b == ZC_CLASS_DASH)
    return FALSE;
  return !(zc_class_is_latin (a) && zc_class_is_latin (b));
}

/* Pairs of characters; a longer word is several: 服务器 is 服务 and 务器, 信息安全 has 息安 besides. */
static const char words[] =
    "安全 信息 系统 网络 管理 制度 人员 理员 情况 设备 服务 务器 单位 部门 领导 责任 检查 自查 抽查 整改 建设 等级 保护 "
    "备案 测评 应急 预案 演练 培训 教育 经费 投入 预算 台账 登记 数量 总数 人数 日期 期间 名称 地址 电话 联系 存储 介质 移动 终端 "
    "计算 算机 数据 据库 集中 备份 灾备 灾难 恢复 互联 联网 接入 隔离 物理 逻辑 社会 公众 外包 机构 资质 证书 协议 保密 合同 期限 "
    "涉密 发现 问题 措施 状态 产品 技术 国产 产化 密码 使用 监测 攻击 运维 运行 主管 负责 责人 委托 自行 事件 事故 处置 网站 门户 "
    "域名 防护 防范 审计 认证 访问 控制 身份 加密 泄密 公文 处理 软件 硬件 工作 组织 落实 执行 规定 标准 要求 年度 本年 报告 填报 "
    "上报 材料 报送 盖章 签字 签订 是否 恶意 代码 病毒 漏洞 扫描 检测 由器 路由 交换 换机 火墙 防火 磁盘 阵列 磁带 入侵 入口 出口 "
    "制定 修订 实施 事项 总结 专项 治理 整治 政府 政务 电子 档案 中心 依赖 程度 业务 能力 威胁 内容 宣传 更新 维护 结论 理由 依据 政策 法规 连接 务商 "
    "委员 员会 事务 民族 宗教 人民 街道 办事 事处 办公 公室 "
    "息安 络安 络与 与信 重点 点领 领域 承诺 诺书 清单 佐证 证材 子政 半年 岗位 办法 保障";

gboolean
zc_parts_word (const char *text, const char *at)
{
  const char *before = g_utf8_find_prev_char (text, at);
  char pair[2 * 6 + 1] = "";

  if (!before || (guchar) *before < 0x80 || (guchar) *at < 0x80)
    return FALSE;
  memcpy (pair, before, (gsize) (g_utf8_next_char (at) - before));
  return strstr (words, pair) != NULL;
}

gboolean
zc_character_is_ignorable (gunichar c)
{
  return c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) ||
         c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF) || (c < 0x20 && c != '\n' && c != '\t') ||
         (c >= 0x7F && c < 0xA0 && c != 0x85);
}

gboolean
zc_character_is_full (gunichar c)
{
  if (c == 0xB7 || c == 0x2014 || c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2026 ||
      c == 0x3000)
    return TRUE;
  return (c >= 0x3001 && c <= 0x301F) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x20000 && c <= 0x3FFFF);
}
