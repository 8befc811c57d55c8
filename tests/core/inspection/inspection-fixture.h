/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"
#include "inspection/zc-inspection.h"

/** A folder of its own for each test, removed with all it holds; the clock stands still in it. */
typedef struct
{
  char *folder;
  char *path; /* of an inspection that need not exist */
} Fixture;

void fixture_set_up (Fixture *self, gconstpointer data);
void fixture_tear_down (Fixture *self, gconstpointer data);

#define fixture_test(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

/**
 * fixture_scheme: version 1, or 2 which has another wording of A02, a fact more and chapter c2 less. Returns:
 * (transfer full)
 */
ZcScheme *fixture_scheme (guint version);
/** fixture_create, fixture_open: must work. Returns: (transfer full) */
ZcInspection *fixture_create (Fixture *self);
ZcInspection *fixture_open (Fixture *self);
/** fixture_file: Returns: (transfer full): a path in the folder */
char *fixture_file (Fixture *self, const char *name);
/** fixture_count_files: how many files and folders there are in the folder. */
guint fixture_count_files (Fixture *self);
/** fixture_write: Returns: (transfer full): the path of a new file with @content */
char *fixture_write (Fixture *self, const char *name, const char *content);
/** fixture_put: makes @path have exactly these bytes; without waiting for the disk. */
void fixture_put (const char *path, gconstpointer bytes, gsize size);
/** fixture_run_sql: behind the program's back, as an attacker or accident would. */
void fixture_run_sql (Fixture *self, const char *sql);
/** fixture_dump: Returns: (transfer full): all that is stated, a line each, in the fixed order. */
char *fixture_dump (ZcInspection *inspection);

/** fixture_set: must work. */
void fixture_set (ZcInspection *inspection, const char *place, const char *value);
/** fixture_pass_time: moves the clock on. */
void fixture_pass_time (int seconds);
/** assert_fails: that @result is false with this code, and a sentence; clears the error. */
#define assert_fails(result, code_, error_)                                                                             \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_assert_false (result);                                                                                            \
    fixture_assert_error (error_, code_);                                                                               \
    g_clear_error (&error_);                                                                                            \
  }                                                                                                                    \
  G_STMT_END
void fixture_assert_error (const GError *error, ZcErrorCode code);
