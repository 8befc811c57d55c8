/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Every file or folder that the user picks is asked for here, so that tests can answer in the user's place. */

typedef enum
{
  ZC_CHOOSE_OPEN,
  ZC_CHOOSE_OPEN_MANY,
  ZC_CHOOSE_SAVE,
  ZC_CHOOSE_FOLDER,
} ZcChooseKind;

/** ZcChoice: what is asked for. */
typedef struct
{
  ZcChooseKind kind;
  const char *title;    /* translated */
  const char *name;     /* nullable: the suggested file name of ZC_CHOOSE_SAVE */
  const char *filter;   /* nullable: translated: "Self-checks (*.zicha)" */
  const char *patterns; /* nullable: with @filter: globs joined by ";" */
} ZcChoice;

/**
 * ZcChosen: called once files were picked, never when the user thought better of it.
 * @files: (element-type GFile): at least one
 * @target: what was given to zc_choose()
 */
typedef void (*ZcChosen) (gpointer target, GPtrArray *files);

/**
 * zc_choose: asks with the system's dialog (the portal's in a sandbox) above the window of @widget.
 * @target: a GObject; kept alive until the user answered
 */
void zc_choose (GtkWidget *widget, const ZcChoice *choice, ZcChosen chosen, gpointer target);

/** ZcChooser: a test's answer. Returns: (transfer full) (nullable) (element-type GFile): NULL for "cancel". */
typedef GPtrArray *(*ZcChooser) (const ZcChoice *choice);

/** zc_choose_set_chooser: lets @chooser answer instead of a dialog; NULL: dialogs again. */
void zc_choose_set_chooser (ZcChooser chooser);

/** zc_choose_path: Returns: (transfer full) (nullable): the local path of the first of @files. */
char *zc_choose_path (GPtrArray *files);

G_END_DECLS
