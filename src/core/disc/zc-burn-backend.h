/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/**
 * What zc_burn() needs of a drive. libburn is behind it (zc-libburn-*.c), and a scripted drive in the tests. A
 * backend reports; it decides nothing: what is acceptable and what counts as success is judged in zc-burn.c alone.
 */

typedef enum
{
  ZC_MEDIUM_NONE,       /* the tray is empty */
  ZC_MEDIUM_BLANK,      /* nothing written yet */
  ZC_MEDIUM_APPENDABLE, /* written, not closed */
  ZC_MEDIUM_CLOSED,     /* written and closed, or never writable */
  ZC_MEDIUM_UNSUITABLE, /* neither readable nor writable for this drive */
} ZcMediumState;

typedef enum
{
  ZC_MEDIUM_WRITE_ONCE,   /* CD-R, DVD-R, DVD+R, BD-R … */
  ZC_MEDIUM_ERASABLE,     /* CD-RW, DVD-RW: can be blanked, written in sequence and closed */
  ZC_MEDIUM_OVERWRITABLE, /* DVD+RW, DVD-RAM, BD-RE: can never be closed, so never handed in */
  ZC_MEDIUM_READ_ONLY,
  ZC_MEDIUM_FILE, /* no disc but a file that stands for one (libburn's "stdio:"): blank while empty, then closed */
} ZcMediumKind;

/** ZcMedium: what lies in the drive. Plain values, nothing to free. */
typedef struct
{
  ZcMediumState state;
  ZcMediumKind kind;
  int profile;        /* MMC profile number, 0 if unknown */
  char name[80];      /* "DVD+R" */
  char maker[128];    /* as far as it can be guessed, or "" */
  guint64 free_bytes; /* what a single closed session can take; 0 unless BLANK */
} ZcMedium;

typedef enum
{
  ZC_BURN_STEP_PREPARING, /* the drive gets ready: no numbers */
  ZC_BURN_STEP_WRITING,   /* done and total are bytes */
  ZC_BURN_STEP_CLOSING,   /* the disc is being closed: no numbers, cannot be stopped */
  ZC_BURN_STEP_ERASING,
  ZC_BURN_STEP_IDLE, /* finished, well or not */
} ZcBurnStep;

/** ZcBurnStatus: a look at a running drive. */
typedef struct
{
  ZcBurnStep step;
  guint64 done, total; /* bytes; total 0 when the drive gives no numbers */
} ZcBurnStatus;

/**
 * ZcBurnFeed: where a backend takes the image from: the next @size bytes in order, into @buffer.
 *
 * Returns: how many there were (fewer than @size only at the end), 0 at the end, -1 on failure. From any one thread.
 */
typedef gssize (*ZcBurnFeed) (gpointer data, guint8 *buffer, gsize size);

typedef struct _ZcBurnBackend ZcBurnBackend;

/** ZcBurnNote: takes a line of the drive's own messages, for the log, untranslated. */
typedef void (*ZcBurnNote) (const char *line, gpointer data);

/** Functions that return gboolean set their error when it is FALSE. The drive is opened once at a time. */
struct _ZcBurnBackend
{
  /** How long to wait between two looks at a running drive, in microseconds. */
  gulong poll_usec;

  /** Takes hold of the drive and loads the disc if it can. ZC_ERROR_DEVICE: gone, busy, not permitted. */
  gboolean (*open) (ZcBurnBackend *self, const char *address, GError **error);

  /** What the drive calls itself; (transfer full). */
  char *(*drive_name) (ZcBurnBackend *self);

  /** Waits until the drive knows its medium. */
  gboolean (*inspect) (ZcBurnBackend *self, ZcMedium *medium, GError **error);

  /** Starts writing exactly @size bytes as the only, closed session. @feed is called until finish() has returned. */
  gboolean (*start) (ZcBurnBackend *self, guint64 size, ZcBurnFeed feed, gpointer data, GError **error);

  /** Never waits long. */
  void (*status) (ZcBurnBackend *self, ZcBurnStatus *status);

  /** Asks a running drive to stop; status() tells when it did. It may have to be asked again. */
  void (*cancel) (ZcBurnBackend *self);

  /** Frees what start() made, after IDLE. Returns: whether the drive says that it wrote well, and all of it. */
  gboolean (*finish) (ZcBurnBackend *self);

  /** Lets go of the drive and takes hold of it anew, so that it looks at the medium again. */
  gboolean (*reload) (ZcBurnBackend *self, GError **error);

  /** Reads @size bytes at @offset of the medium; both are whole blocks. */
  gboolean (*read) (ZcBurnBackend *self, guint64 offset, guint8 *buffer, gsize size, GError **error);

  /** Starts to blank an erasable medium; status() tells when it is done. */
  gboolean (*erase) (ZcBurnBackend *self, GError **error);

  /** Lets go of the drive; every open() has one. */
  void (*close) (ZcBurnBackend *self, gboolean eject);

  /** Hands over the drive's messages since the last call. */
  void (*messages) (ZcBurnBackend *self, ZcBurnNote note, gpointer data);

  void (*free) (ZcBurnBackend *self);
};

/** zc_burn_backend_free: Frees @self (nullable). */
static inline void
zc_burn_backend_free (ZcBurnBackend *self)
{
  if (self)
    self->free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcBurnBackend, zc_burn_backend_free)

/**
 * zc_burn_libburn_new: the real drives. Addresses are device paths, and libburn's "stdio:PATH" for a file that
 * stands for a drive. libburn serves one at a time in a process: a second one fails with ZC_ERROR_BUSY when it is
 * opened.
 *
 * Returns: (transfer full) (nullable): ZC_ERROR_DEVICE when libburn cannot be started
 */
ZcBurnBackend *zc_burn_libburn_new (GError **error);

G_END_DECLS
