/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-frame.h"

G_BEGIN_DECLS

/**
 * zc_readme_text: README.txt of a package: what it is and how stock tools open it, in Chinese. Returns: (transfer
 * full)
 */
GBytes *zc_readme_text (const ZcFrame *frame);

G_END_DECLS
