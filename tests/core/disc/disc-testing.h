/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-disc-image.h"
#include "disc/zc-disc-reader.h"

/** What the tests of this folder share: a folder that vanishes, a stream with known content, comparisons. */

#define TEST_TIME G_GINT64_CONSTANT (1767225600) /* 2026-01-01T00:00:00Z */

/** TestStream: gives the bytes of test_byte() and fails after @fail_after of them, if that is not negative. */
typedef struct
{
  guint64 at;
  gint64 fail_after;
  GCancellable *cancel_at_half; /* nullable */
  guint64 size;
} TestStream;

guint8 test_byte (guint64 offset);
gboolean test_stream_read (gpointer stream, guint8 *buffer, gsize size, GError **error);

/** test_spec: README.TXT, HANDIN.PDF and, if @stream is given, a package of its size. */
ZcDiscSpec *test_spec (TestStream *stream);

/** test_write: the spec's only image at @path, which must succeed. */
ZcDiscResult *test_write (ZcDiscSpec *spec, const char *path);

char *test_folder_new (void);
void test_folder_free (char *folder);

/** test_folder_count: how many files are in @folder. */
guint test_folder_count (const char *folder);

/** test_bytes_of: a file's bytes; it must be readable. */
GBytes *test_bytes_of (const char *path);

/** test_assert_package: @source is the package of a TestStream of @size. */
void test_assert_package (ZcSource *source, guint64 size);

#define test_assert_fails(expr, error, expected)                                                                     \
  G_STMT_START                                                                                                       \
  {                                                                                                                  \
    g_assert_false (expr);                                                                                           \
    g_assert_error (error, ZC_ERROR, (int) (expected));                                                              \
    g_assert_cmpstr (error->message, !=, "");                                                                        \
  }                                                                                                                  \
  G_STMT_END
