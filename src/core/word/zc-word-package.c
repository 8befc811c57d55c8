/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define NS_TYPES "http://schemas.openxmlformats.org/package/2006/content-types"
#define NS_RELATIONSHIPS "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE_RELATIONSHIP "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE_RELATIONSHIP "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"

typedef struct
{
  char *name, *type, *source, *id, *relation;
  GBytes *bytes;
} Part;

struct _ZcWordPackage
{
  GPtrArray *parts; /* (element-type Part) */
};

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->name);
  g_free (part->type);
  g_free (part->source);
  g_free (part->id);
  g_free (part->relation);
  g_bytes_unref (part->bytes);
  g_free (part);
}

ZcWordPackage *
zc_word_package_new (void)
{
  ZcWordPackage *self = g_new0 (ZcWordPackage, 1);

  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

void
zc_word_package_free (ZcWordPackage *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->parts);
  g_free (self);
}

void
zc_word_package_add (ZcWordPackage *self,
                     const char *name,
                     const char *type,
                     const char *source,
                     const char *id,
                     const char *relation,
                     GBytes *bytes)
{
  Part *part = g_new0 (Part, 1);

  part->name = g_strdup (name);
  part->type = g_strdup (type);
  part->source = g_strdup (source);
  part->id = g_strdup (id);
  part->relation = g_strdup (relation);
  part->bytes = bytes;
  g_ptr_array_add (self->parts, part);
}

static void
default_type (ZcWordXml *xml, const char *extension, const char *type)
{
  zc_word_open (xml, "Default");
  zc_word_attributes (xml, "Extension", extension, "ContentType", type, NULL);
  zc_word_close (xml);
}

static GBytes *
content_types (const ZcWordPackage *self)
{
  ZcWordXml *xml = zc_word_xml_new ();

  zc_word_open (xml, "Types");
  zc_word_attribute (xml, "xmlns", NS_TYPES);
  default_type (xml, "rels", "application/vnd.openxmlformats-package.relationships+xml");
  default_type (xml, "xml", "application/xml");
  default_type (xml, "png", "image/png");
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = self->parts->pdata[i];
      g_autofree char *path = g_strconcat ("/", part->name, NULL);

      if (g_str_has_suffix (part->name, ".png"))
        continue;
      zc_word_open (xml, "Override");
      zc_word_attributes (xml, "PartName", path, "ContentType", part->type, NULL);
      zc_word_close (xml);
    }
  return zc_word_xml_finish (xml);
}

static void
relationship (ZcWordXml *xml, const Part *part)
{
  const char *base = g_str_has_prefix (part->relation, "core-") ? PACKAGE_RELATIONSHIP : OFFICE_RELATIONSHIP;
  g_autofree char *type = g_strconcat (base, part->relation, NULL);
  const char *slash = strrchr (part->source, '/');
  /* Targets are relative to the folder of the source, which all our parts lie in or below. */
  const char *target = part->name + (slash ? slash + 1 - part->source : 0);

  zc_word_open (xml, "Relationship");
  zc_word_attributes (xml, "Id", part->id, "Type", type, "Target", target, NULL);
  zc_word_close (xml);
}

/* The relationships of @source, or NULL if it has none. */
static GBytes *
relationships (const ZcWordPackage *self, const char *source)
{
  g_autoptr (ZcWordXml) xml = NULL;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = self->parts->pdata[i];

      if (g_strcmp0 (part->source, source) != 0)
        continue;
      if (!xml)
        {
          xml = zc_word_xml_new ();
          zc_word_open (xml, "Relationships");
          zc_word_attribute (xml, "xmlns", NS_RELATIONSHIPS);
        }
      relationship (xml, part);
    }
  return xml ? zc_word_xml_finish (g_steal_pointer (&xml)) : NULL;
}

/* "word/document.xml" → "word/_rels/document.xml.rels", "" → "_rels/.rels". */
static char *
relationships_name (const char *source)
{
  const char *slash = strrchr (source, '/');
  int folder = slash ? (int) (slash + 1 - source) : 0;

  return g_strdup_printf ("%.*s_rels/%s.rels", folder, source, source + folder);
}

static la_ssize_t
append_zip (struct archive *archive, void *data, const void *buffer, size_t length)
{
  g_byte_array_append (data, buffer, (guint) length);
  return (la_ssize_t) length;
}

/*
 * No times are set: libarchive then writes 1980-01-01 00:00, the earliest that ZIP knows, whatever the zone of the
 * process is. With a time it would write local time, and the same document would differ between zones.
 */
static gboolean
write_member (struct archive *zip, const char *name, GBytes *bytes)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  gboolean ok;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) size);
  ok = archive_write_header (zip, entry) == ARCHIVE_OK && archive_write_data (zip, data, size) == (la_ssize_t) size;
  archive_entry_free (entry);
  return ok;
}

static gboolean
write_members (const ZcWordPackage *self, struct archive *zip)
{
  g_autoptr (GBytes) types = content_types (self);
  g_autoptr (GBytes) root = relationships (self, "");

  if (!write_member (zip, "[Content_Types].xml", types) || !write_member (zip, "_rels/.rels", root))
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = self->parts->pdata[i];
      g_autoptr (GBytes) related = relationships (self, part->name);
      g_autofree char *name = relationships_name (part->name);

      if (!write_member (zip, part->name, part->bytes) || (related && !write_member (zip, name, related)))
        return FALSE;
    }
  return TRUE;
}

GBytes *
zc_word_package_finish (ZcWordPackage *self, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  struct archive *zip = archive_write_new ();
  gboolean ok = zip && archive_write_set_format_zip (zip) == ARCHIVE_OK &&
                archive_write_set_bytes_per_block (zip, 65536) == ARCHIVE_OK &&
                archive_write_set_bytes_in_last_block (zip, 1) == ARCHIVE_OK &&
                archive_write_open (zip, file, NULL, append_zip, NULL) == ARCHIVE_OK && write_members (self, zip) &&
                archive_write_close (zip) == ARCHIVE_OK;

  if (!ok)
    zc_fail (error, ZC_ERROR_IO, _("The Word document could not be packed: %s"),
             zip && archive_error_string (zip) ? archive_error_string (zip) : g_strerror (ENOMEM));
  if (zip)
    archive_write_free (zip);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&file)) : NULL;
}
