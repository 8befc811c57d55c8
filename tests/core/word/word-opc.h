/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "word-package.h"

/**
 * word_check_opc: fails the test unless @package keeps the rules of ECMA-376 part 2: the content types come first and
 * know every part, each relationship leads to a part, each part but the content types is reached by one, each id that
 * a part uses is there, and everything that is XML is well-formed.
 */
void word_check_opc (const WordPackage *package);

/** word_check_links: fails the test unless each bookmark has a name of its own and each link leads to one. */
void word_check_links (const WordPackage *package);
