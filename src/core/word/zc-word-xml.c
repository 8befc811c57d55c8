/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#include <libxml/xmlwriter.h>

struct _ZcWordXml
{
  xmlBuffer *buffer;
  xmlTextWriter *writer;
};

#define X(s) ((const xmlChar *) (s))

/* Writing to memory fails for want of it, where GLib ends the program too, or for elements closed that never were
 * open. */
static void
must (int result)
{
  if (result < 0)
    g_error ("The XML writer failed: no memory, or elements that do not nest");
}

ZcWordXml *
zc_word_xml_new (void)
{
  ZcWordXml *self = g_new0 (ZcWordXml, 1);

  self->buffer = xmlBufferCreate ();
  if (self->buffer)
    {
      xmlBufferSetAllocationScheme (self->buffer, XML_BUFFER_ALLOC_DOUBLEIT);
      self->writer = xmlNewTextWriterMemory (self->buffer, 0);
    }
  must (self->writer ? 0 : -1);
  must (xmlTextWriterStartDocument (self->writer, "1.0", "UTF-8", "yes"));
  return self;
}

void
zc_word_xml_free (ZcWordXml *self)
{
  if (!self)
    return;
  xmlFreeTextWriter (self->writer);
  xmlBufferFree (self->buffer);
  g_free (self);
}

GBytes *
zc_word_xml_finish (ZcWordXml *self)
{
  GBytes *bytes;

  must (xmlTextWriterEndDocument (self->writer));
  must (xmlTextWriterFlush (self->writer));
  bytes = g_bytes_new (xmlBufferContent (self->buffer), (gsize) xmlBufferLength (self->buffer));
  zc_word_xml_free (self);
  return bytes;
}

void
zc_word_open (ZcWordXml *self, const char *name)
{
  must (xmlTextWriterStartElement (self->writer, X (name)));
}

void
zc_word_close (ZcWordXml *self)
{
  must (xmlTextWriterEndElement (self->writer));
}

void
zc_word_attribute (ZcWordXml *self, const char *name, const char *value)
{
  must (xmlTextWriterWriteAttribute (self->writer, X (name), X (value)));
}

void
zc_word_attribute_int (ZcWordXml *self, const char *name, int value)
{
  char number[16];

  g_snprintf (number, sizeof number, "%d", value);
  zc_word_attribute (self, name, number);
}

void
zc_word_attributes (ZcWordXml *self, ...)
{
  const char *name;
  va_list args;

  va_start (args, self);
  while ((name = va_arg (args, const char *)))
    zc_word_attribute (self, name, va_arg (args, const char *));
  va_end (args);
}

void
zc_word_characters (ZcWordXml *self, const char *text)
{
  must (xmlTextWriterWriteString (self->writer, X (text)));
}

void
zc_word_empty (ZcWordXml *self, const char *name)
{
  zc_word_open (self, name);
  zc_word_close (self);
}

void
zc_word_value (ZcWordXml *self, const char *name, const char *value)
{
  zc_word_open (self, name);
  zc_word_attribute (self, "w:val", value);
  zc_word_close (self);
}

void
zc_word_value_int (ZcWordXml *self, const char *name, int value)
{
  zc_word_open (self, name);
  zc_word_attribute_int (self, "w:val", value);
  zc_word_close (self);
}

void
zc_word_element (ZcWordXml *self, const char *name, const char *text)
{
  zc_word_open (self, name);
  zc_word_characters (self, text);
  zc_word_close (self);
}
