/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-burn-backend.h"

#include <gio/gio.h>

/**
 * FakeDrive: a drive that plays a script. It keeps a disc in memory and does to it what real drives were seen to do,
 * the lies included: it always says that it wrote well unless told otherwise.
 */
typedef struct
{
  ZcBurnBackend base;

  /* The script */
  ZcMedium medium;
  const char *open_error, *start_error, *reload_error, *inspect_error;
  gboolean admits_failure;        /* says that it did not write well */
  gboolean leaves_open;           /* does not close the disc */
  gint64 lost_at;                 /* the drive vanishes after so many bytes; -1: not */
  gint64 stops_asking_at;         /* takes no more of the image, writes zeros, says all is well; -1: not */
  gint64 flips_byte;              /* writes another byte there; -1: not */
  gint64 read_fails_at;           /* -1: not */
  gboolean pads_after_error;      /* the false success: a failed feed becomes zeros on a closed disc */
  guint pieces;                   /* of 64 KiB that it writes between two looks at it */
  gboolean ignores_cancel;
  gboolean forgets_cancel;        /* asked while it prepares */
  gboolean erase_fails;           /* says it erased, and did not */
  void (*at_half) (gpointer data); /* while it writes, after half of the image */
  gpointer at_half_data;
  /* Called in the burning thread, once it told everybody that the drive is at hold_step, or before it reads back. */
  void (*hold) (gpointer data);
  gpointer hold_data;
  ZcBurnStep hold_step;
  gboolean hold_reading;
  GCancellable *cancel_at;         /* cancelled as soon as it reaches cancel_step; or reads */
  ZcBurnStep cancel_step;
  gboolean cancel_reading;

  /* What happened */
  GByteArray *disc;
  guint opens, closes, reloads, starts, finishes, cancels, erases;
  gboolean ejected;
  gboolean feed_failed;
  gint64 highest_read; /* end of what was read back */

  /* Running */
  ZcBurnFeed feed;
  gpointer data;
  guint64 size;
  guint step;
  ZcBurnStep told; /* what the last look at it said */
} FakeDrive;

FakeDrive *fake_drive_new (void);

/** fake_drive_medium: a blank DVD+R that holds @free_bytes. */
ZcMedium fake_drive_medium (guint64 free_bytes);
