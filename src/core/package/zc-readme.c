/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-readme.h"

#include <string.h>

/* Printed documents are Chinese always; so is this. The commands are those of FORMAT.md's reader chapter, and
 * tests/core/package/stock-tools.sh runs them. */
static const char text[] =
    "自查报送包（zicha-package 1，%1$s）\n"
    "====================================\n"
    "\n"
    "这是一个单位报送的自查材料，已加密，只有持有私钥（或口令）的受理单位能打开。\n"
    "建议用“自查助手”打开：它会逐段核验，全部无误才写出文件。\n"
    "\n"
    "没有自查助手时，可在 Linux 上用系统自带的 openssl（3.0 以上）、tar、coreutils（9.0 以上）打开。\n"
    "请在一个空文件夹里依次执行（把“报送包.zcp”换成实际文件名），任何一步报错都应停下，不要使用其内容：\n"
    "\n"
    "1. 解开外层：\n"
    "   tar xf 报送包.zcp\n"
    "2. 用私钥取出密钥（有几个 lock 文件就依次试哪一个能打开）：\n"
    "   K=$(openssl pkeyutl -decrypt -inkey office.key -in lock-01.%2$s%3$s | od -An -v -tx1 | tr -d ' "
    "\\n')\n"
    "   若用口令，则 -inkey 后写同编号的 lock-NN.key，-in 后写 lock-NN.%2$s。\n"
    "3. 导出两个密钥：\n"
    "   kdf() { openssl kdf -keylen $1 -kdfopt mode:EXPAND_ONLY -kdfopt digest:%4$s -kdfopt hexkey:$K "
    "-kdfopt info:\"zicha-package 1 %1$s $2\" HKDF | tr -d ':\\n'; }\n"
    "   EK=$(kdf %5$u enc); MK=$(kdf 32 mac)\n"
    "4. 核对目录，三条 cmp 都不应有任何输出：\n"
    "   openssl dgst -%6$s -mac HMAC -macopt hexkey:$MK -r index.txt | cut -c1-64 | cmp - index.mac\n"
    "   grep ' [*]' index.txt >want; openssl dgst -%6$s -r format.txt README.txt lock-* | cmp - want\n"
    "   sed '1,/^chunks /d' index.txt >want; split -b 262144 --filter='openssl dgst -%6$s -r' payload.bin | "
    "cut -c1-64 | split -l 16 --filter='openssl dgst -%6$s -r' | cut -c1-64 | cmp - want\n"
    "5. 解密并展开，再核对每个文件：\n"
    "   openssl enc -d -%7$s -K $EK -iv $(sed -n 's/^iv //p' format.txt) -in payload.bin | tar xf -\n"
    "   cksum --check manifest.txt\n"
    "6. 核对纸质材料上的封签码：下面的命令应印出与纸上相同的八组数字：\n"
    "   cksum -a sm3 --untagged record.xml | cut -c1-32 | fold -w4 | while read g; do printf '%%06d ' "
    "$((0x$g*11)); done\n"
    "\n"
    "manifest.txt 列出每个文件的大小、原名和摘要；files 文件夹里是佐证材料。\n"
    "注意：以上命令会在命令行里显示密钥，请在专用的计算机上执行，用后删除解出的文件。\n";

GBytes *
zc_readme_text (const ZcFrame *frame)
{
  gboolean national = frame->suite == ZC_SUITE_GM_1;
  const ZcSuiteInfo *info = zc_suite_info (frame->suite);
  char *out = g_strdup_printf (text, info->name, info->lock_suffix,
                               national ? "" : " -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256",
                               national ? "SM3" : "SHA256", (guint) info->cipher_key_size,
                               national ? "sm3" : "sha256", national ? "sm4-ctr" : "aes-256-ctr");

  return g_bytes_new_take (out, strlen (out));
}
