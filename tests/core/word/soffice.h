/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "word-package.h"

/*
 * What another program makes of our DOCX: LibreOffice, in a folder and with a profile of its own. Without LibreOffice
 * the test fails, it never skips.
 */

/** soffice_folder_new: Returns: (transfer full): a new folder for all files of one test. */
char *soffice_folder_new (void);
/** soffice_folder_remove: with all in it; frees @folder. */
void soffice_folder_remove (char *folder);

/**
 * soffice_convert: converts FOLDER/@names, ended by NULL, to FOLDER/@format in one run; fails the test when one is not
 * made, or when LibreOffice says anything but what it converts.
 */
void soffice_convert (const char *folder, const char *const *names, const char *format);

/** soffice_result: Returns: (transfer full): the path of what @name became. */
char *soffice_result (const char *folder, const char *name, const char *format);

/** soffice_read: Returns: (transfer full): the bytes of a file, which must be there. */
GBytes *soffice_read (const char *path);

/** soffice_write: writes @document as FOLDER/@name. */
void soffice_write (const char *folder, const char *name, const ZcDocument *document);

/** soffice_open_body: Returns: (transfer full): a flat OpenDocument file. @body: (out): its text */
xmlDoc *soffice_open_body (const char *path, xmlNode **body);

/* The text, line by line without blank lines: the paragraphs of covered cells and spacers are no text. */

/** soffice_open_text: of an OpenDocument body: that of its paragraphs and headings. */
char *soffice_open_text (xmlNode *body);
/** soffice_docx_text: of ours. */
char *soffice_docx_text (const WordPackage *package);
