/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shipped-samples.h"

/**
 * test_breaks: every rule of the scheme @data (const Shipped *) is broken as its table says, and exactly that is
 * reported.
 */
void test_breaks (gconstpointer data);
