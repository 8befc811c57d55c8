/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-font-chains.h"

#define REGULAR 80
#define BOLD 200

/* Foundries name one face differently in Windows, in UOS and Kylin (CESI), in macOS and in their own
 * releases. */

static const ZcFamily xiaobiaosong[] = {
  { "FZXiaoBiaoSong-B05S", REGULAR, TRUE },
  { "方正小标宋简体", REGULAR, TRUE },
  { "FZXiaoBiaoSong-B05", REGULAR, TRUE },
  { "方正小标宋_GBK", REGULAR, TRUE },
  { "CESI小标宋-GB2312", REGULAR, TRUE },
  { "CESI小标宋-GB18030", REGULAR, TRUE },
  { "Noto Serif CJK SC", BOLD, FALSE },
  { "Source Han Serif SC", BOLD, FALSE },
  { "FandolSong", BOLD, FALSE },
  { "AR PL UMing CN", REGULAR, FALSE },
  { "Noto Sans CJK SC", BOLD, FALSE },
  { NULL },
};

static const ZcFamily fangsong[] = {
  { "FangSong_GB2312", REGULAR, TRUE },
  { "仿宋_GB2312", REGULAR, TRUE },
  { "CESI仿宋-GB2312", REGULAR, TRUE },
  { "CESI仿宋-GB18030", REGULAR, TRUE },
  { "方正仿宋_GBK", REGULAR, TRUE },
  { "FZFangSong-Z02", REGULAR, TRUE },
  { "方正仿宋简体", REGULAR, TRUE },
  { "FangSong", REGULAR, TRUE },
  { "仿宋", REGULAR, TRUE },
  { "STFangsong", REGULAR, TRUE },
  { "华文仿宋", REGULAR, TRUE },
  { "FandolFang", REGULAR, FALSE },
  { "Noto Serif CJK SC", REGULAR, FALSE },
  { "Source Han Serif SC", REGULAR, FALSE },
  { "AR PL UKai CN", REGULAR, FALSE },
  { "AR PL UMing CN", REGULAR, FALSE },
  { "Noto Sans CJK SC", REGULAR, FALSE },
  { NULL },
};

static const ZcFamily kaiti[] = {
  { "KaiTi_GB2312", REGULAR, TRUE },
  { "楷体_GB2312", REGULAR, TRUE },
  { "CESI楷体-GB2312", REGULAR, TRUE },
  { "CESI楷体-GB18030", REGULAR, TRUE },
  { "方正楷体_GBK", REGULAR, TRUE },
  { "FZKai-Z03", REGULAR, TRUE },
  { "KaiTi", REGULAR, TRUE },
  { "楷体", REGULAR, TRUE },
  { "STKaiti", REGULAR, TRUE },
  { "FandolKai", REGULAR, FALSE },
  { "AR PL UKai CN", REGULAR, FALSE },
  { "AR PL KaitiM GB", REGULAR, FALSE },
  { "Noto Serif CJK SC", REGULAR, FALSE },
  { "Source Han Serif SC", REGULAR, FALSE },
  { "Noto Sans CJK SC", REGULAR, FALSE },
  { NULL },
};

static const ZcFamily heiti[] = {
  { "SimHei", REGULAR, TRUE },
  { "黑体", REGULAR, TRUE },
  { "CESI黑体-GB2312", REGULAR, TRUE },
  { "CESI黑体-GB18030", REGULAR, TRUE },
  { "方正黑体_GBK", REGULAR, TRUE },
  { "FZHei-B01", REGULAR, TRUE },
  { "STHeiti", REGULAR, TRUE },
  { "FandolHei", REGULAR, FALSE },
  { "Noto Sans CJK SC", REGULAR, FALSE },
  { "Source Han Sans SC", REGULAR, FALSE },
  { "WenQuanYi Zen Hei", REGULAR, FALSE },
  { "Noto Serif CJK SC", BOLD, FALSE },
  { NULL },
};

static const ZcFamily songti[] = {
  { "SimSun", REGULAR, TRUE },
  { "宋体", REGULAR, TRUE },
  { "CESI宋体-GB2312", REGULAR, TRUE },
  { "CESI宋体-GB18030", REGULAR, TRUE },
  { "方正书宋_GBK", REGULAR, TRUE },
  { "STSong", REGULAR, TRUE },
  { "Noto Serif CJK SC", REGULAR, FALSE },
  { "Source Han Serif SC", REGULAR, FALSE },
  { "AR PL SungtiL GB", REGULAR, FALSE },
  { "AR PL UMing CN", REGULAR, FALSE },
  { "FandolSong", REGULAR, FALSE },
  { "Noto Sans CJK SC", REGULAR, FALSE },
  { NULL },
};

static const ZcFamily latin[] = {
  { "Times New Roman", REGULAR, TRUE },
  { "Liberation Serif", REGULAR, FALSE },
  { "Tinos", REGULAR, FALSE },
  { "FandolFang", REGULAR, FALSE },
  { "Noto Serif CJK SC", REGULAR, FALSE },
  { "DejaVu Serif", REGULAR, FALSE },
  { NULL },
};

const ZcFontChain zc_font_chains[ZC_N_FACES] = {
  [ZC_FACE_XIAOBIAOSONG] = { "小标宋", "方正小标宋简体", xiaobiaosong },
  [ZC_FACE_FANGSONG] = { "仿宋", "仿宋_GB2312", fangsong },
  [ZC_FACE_KAITI] = { "楷体", "楷体_GB2312", kaiti },
  [ZC_FACE_HEITI] = { "黑体", "黑体", heiti },
  [ZC_FACE_SONGTI] = { "宋体", "宋体", songti },
  [ZC_FACE_LATIN] = { "西文", "Times New Roman", latin },
};
