/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

G_BEGIN_DECLS

/* The self-checks that were open lately, and where the user was in each: zicha/recent.ini in the user's state folder. */

typedef struct
{
  char *path;
  char *scheme; /* its title */
  char *unit;   /* "" if not stated yet */
  char *due;    /* "" if there is none */
  char *step;   /* where the user was: id of the road's step, "" if not known */
  char *place;  /* and the place there, "" if none */
  guint answered, total; /* items */
  ZcState state;
  gboolean open; /* it was never closed: the program ended before */
  gint64 used;   /* seconds since 1970 */
} ZcRecent;

void zc_recent_free (ZcRecent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRecent, zc_recent_free)

/**
 * zc_recent_list: Returns: (transfer full) (element-type ZcRecent): the latest first. A damaged list is an empty one.
 */
GPtrArray *zc_recent_list (void);
/** zc_recent_find: Returns: (transfer full) (nullable): what is known of the file at @path. */
ZcRecent *zc_recent_find (const char *path);
/**
 * zc_recent_note: puts the session's file on top, with how far it is. A list that can't be written is no reason to
 * disturb anybody.
 * @step, @place: (nullable): where the user is
 * @open: whether it is still open
 */
void zc_recent_note (ZcSession *session, const char *step, const char *place, gboolean open);
void zc_recent_forget (const char *path);

G_END_DECLS
