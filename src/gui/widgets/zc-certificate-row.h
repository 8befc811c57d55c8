/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-certificate.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcCertificateRow: a recipient in words: who, by whom, until when, and the fingerprint to compare with the notice.
 * Signal "remove".
 */
#define ZC_TYPE_CERTIFICATE_ROW (zc_certificate_row_get_type ())
G_DECLARE_FINAL_TYPE (ZcCertificateRow, zc_certificate_row, ZC, CERTIFICATE_ROW, AdwExpanderRow)

GtkWidget *zc_certificate_row_new (ZcCertificate *certificate);
/** zc_certificate_row_get: Returns: (transfer none) */
ZcCertificate *zc_certificate_row_get (ZcCertificateRow *self);

G_END_DECLS
