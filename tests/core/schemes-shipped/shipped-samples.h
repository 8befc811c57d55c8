/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection.h"
#include "rules/zc-rules.h"

/* The schemes that come with the program and their sample units. */

typedef struct
{
  const char *id;
  const char *items; /* the ids that its notice lays on a unit: "X01-X38 X40" */
  guint chapters;    /* of the prescribed or derived report */
} Shipped;

extern const Shipped shipped[];
extern const guint n_shipped;

/** shipped_file: a file below tests/core/schemes-shipped or the data folder. Returns: (transfer full) */
char *shipped_test_file (const char *folder, const char *name);
char *shipped_sample_file (const char *id, const char *name);

/** sample_open: a new inspection in a scratch folder, filled from the sample; the clock is set to the sample's. */
ZcInspection *sample_open (const char *id);
/** sample_close: drops it and removes its file. */
void sample_close (ZcInspection *inspection);
