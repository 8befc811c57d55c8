/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-burn-backend.h"

#include <inttypes.h> /* libburn.h wants it before */

#include <libburn/libburn.h>

G_BEGIN_DECLS

/**
 * The backend that is libburn, in its parts: the drive, its medium, the image as a source, the burn. Private to this
 * folder.
 */

/** What stands before the path of a file that stands for a drive. */
#define ZC_LIBBURN_STDIO "stdio:"

/** How often a drive is asked how far it is, in microseconds. */
#define ZC_LIBBURN_POLL_USEC (100 * 1000)

/** ZcLibburn: a ZcBurnBackend and what libburn gave for it. */
typedef struct
{
  ZcBurnBackend base;
  char *address;
  struct burn_drive_info *infos;
  struct burn_drive *drive;      /* NULL unless it is open */
  GPtrArray *messages;           /* of char*, not yet handed over */
  gboolean was_busy, was_denied; /* seen in the messages */

  /* While it writes */
  struct burn_disc *disc;
  struct burn_session *session;
  struct burn_track *track;
  struct burn_write_opts *options;
  struct burn_source *fifo;
  guint64 size;
} ZcLibburn;

/* zc-libburn-drive.c: ZcBurnBackend's functions of these names. */
gboolean zc_libburn_open (ZcBurnBackend *base, const char *address, GError **error);
gboolean zc_libburn_reload (ZcBurnBackend *base, GError **error);
void zc_libburn_close (ZcBurnBackend *base, gboolean eject);
char *zc_libburn_drive_name (ZcBurnBackend *base);
void zc_libburn_messages (ZcBurnBackend *base, ZcBurnNote note, gpointer data);

/** zc_libburn_last_message: Returns: (transfer none): what libburn said last, "-" if nothing. */
const char *zc_libburn_last_message (ZcLibburn *self);

/* zc-libburn-medium.c */
gboolean zc_libburn_inspect (ZcBurnBackend *base, ZcMedium *medium, GError **error);
gboolean zc_libburn_read (ZcBurnBackend *base, guint64 offset, guint8 *buffer, gsize size, GError **error);
gboolean zc_libburn_erase (ZcBurnBackend *base, GError **error);

/* zc-libburn-session.c */
gboolean zc_libburn_start (ZcBurnBackend *base, guint64 size, ZcBurnFeed feed, gpointer data, GError **error);
void zc_libburn_status (ZcBurnBackend *base, ZcBurnStatus *status);
void zc_libburn_cancel (ZcBurnBackend *base);
gboolean zc_libburn_finish (ZcBurnBackend *base);

/**
 * zc_libburn_options_new: how everything is written: one session, closed, no simulation; the write type is not chosen
 * yet.
 * Returns: (transfer full) (nullable): for burn_write_opts_free()
 */
struct burn_write_opts *zc_libburn_options_new (ZcLibburn *self);

/**
 * zc_libburn_source_new: @feed as a source of libburn that gives @size bytes.
 * Returns: (transfer full): for burn_source_free()
 */
struct burn_source *zc_libburn_source_new (guint64 size, ZcBurnFeed feed, gpointer data);

G_END_DECLS
