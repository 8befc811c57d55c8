/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/zc-block.h"

/** word_sample: one document with every kind of block; @sealed gives it a seal mark. */
ZcDocument *word_sample (ZcDocumentStyle style, gboolean sealed);

#define WORD_SAMPLE_CODE "123456-234567-345678-456789-567890-678901-789012-890123"
