/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection.h"

G_BEGIN_DECLS

/**
 * zc_statement_list_load: states everything in a plain text file, as one step. One statement a line, TAB between:
 *
 *     # a remark
 *     fact:unit.name<TAB>示例区档案服务中心
 *     cell:systems/1/name<TAB>…            row 1 is made when it is first named; so are findings
 *     answer:X07/note<TAB>first line\nsecond line      \n, \t and \\ in values
 *     evidence:1<TAB>X07,X08<TAB>notice.pdf            a file in the folder "evidence" beside the list
 *     evidence:1/caption<TAB>…
 *
 * Nothing is stated when a line is wrong; @error then names file, line and place.
 */
gboolean zc_statement_list_load (ZcInspection *inspection, const char *path, const ZcProgress *progress, GError **error);

G_END_DECLS
