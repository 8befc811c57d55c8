/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ZcAwake: while it lives the computer neither goes to sleep nor shuts down by itself, nor because its lid is closed: a
 * disc is lost when the drive loses its power or its data on the way. It ends with the process, whatever becomes of it.
 */
typedef struct _ZcAwake ZcAwake;

/**
 * zc_awake_hold: asks the login manager (systemd-logind, elogind) over the system bus. It may take some seconds when
 * that does not answer.
 * @why: translated, shown by the system to whoever wants to shut down, e.g. "Burning a disc"
 *
 * Returns: (transfer full) (nullable): NULL when there is no bus, no login manager, or it refuses: that is no error,
 * but the user should see to it
 */
ZcAwake *zc_awake_hold (const char *why);

/** zc_awake_release: Frees @self (nullable): the computer may sleep again. */
void zc_awake_release (ZcAwake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcAwake, zc_awake_release)

G_END_DECLS
