/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/zc-rules-private.h"

#include <string.h>

/*
 * 保守国家秘密法 and its marking rules: the level, a ★, the period: 秘密★1年, 机密★, 绝密★长期. Typed by hand
 * it may have spaces, a look-alike star, or none but a period. 商业秘密 and 工作秘密 with a period behind
 * them are no such marks.
 */
#define SPACE "[\\s\\x{3000}]*"
#define LEVEL "(?:绝" SPACE "密|机" SPACE "密|秘" SPACE "密)"
#define STAR "[★☆⭐✩✪✭✮✯✰*＊]"
#define NUMBER "(?:[0-9０-９]+|[一二三四五六七八九十]+)"
#define PERIOD "[（(【\\[]?" SPACE "(?:" NUMBER SPACE "(?:年|个月|月|天|日)|长期|启用前)"

char *
zc_marking_find (const char *text)
{
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;

  /* Almost no text gets past this. */
  if (!strstr (text, "密"))
    return NULL;
  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new (LEVEL SPACE STAR SPACE "(?:" PERIOD
                                                                   ")?|(?<!商业)(?<!工作)" LEVEL SPACE PERIOD,
                                            G_REGEX_OPTIMIZE, 0, NULL));
  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}
