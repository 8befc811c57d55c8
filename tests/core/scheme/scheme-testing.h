/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheme/zc-scheme-check.h"

/* Set by scheme_testing_init(): the data folder under test, and a folder that is removed at the end. */
extern char *data_folder;
extern char *scratch_folder;

/** scheme_testing_init: g_test_init(), with a user data folder of the test's own. */
void scheme_testing_init (int *argc, char ***argv);
int scheme_testing_run (void);

GBytes *read_file (const char *path);

/**
 * scheme_text: a small good scheme with the id "test", one section "s1", one item "X1", and @extra as further parts.
 */
char *scheme_text (const char *extra);
ZcScheme *load_text (const char *text);
/** scheme_with: load_text (scheme_text (@extra)); it must be good. */
ZcScheme *scheme_with (const char *extra);

void expect_no_faults (GBytes *bytes, const char *name);
