/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry. Without libFuzzer, fuzz-main.c calls it with each file of the committed corpus. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
