/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Smaller pieces are not worth a call. */
#define WRITEBACK_BYTES (512 * 1024)

gssize
zc_fd_read_at (int fd, guint64 offset, gpointer buffer, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = pread (fd, (char *) buffer + done, size - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

gboolean
zc_fd_write_at (int fd, guint64 offset, gconstpointer data, gsize size)
{
  for (gsize done = 0; done < size;)
    {
      ssize_t n = pwrite (fd, (const char *) data + done, size - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }
  /* Lets the disk begin with what is written, so that the sync at the end finds little left to do. */
  if (size >= WRITEBACK_BYTES)
    (void) sync_file_range (fd, (off_t) offset, (off_t) size, SYNC_FILE_RANGE_WRITE);
  return TRUE;
}
