/* libarchive, opened by the command that imports a ZIP. */
#include <archive.h>
#include <archive_entry.h>

#include "base/late.h"

#define LIBRARY LATE_ARCHIVE

LATE(struct archive *, archive_read_new, (void), (), NULL)
LATE(int, archive_read_free, (struct archive * zip), (zip), ARCHIVE_FATAL)
LATE(int, archive_read_support_format_zip, (struct archive * zip), (zip), ARCHIVE_FATAL)
LATE(int, archive_read_open_fd, (struct archive * zip, int file, size_t block), (zip, file, block), ARCHIVE_FATAL)
LATE(int, archive_read_next_header, (struct archive * zip, struct archive_entry **entry), (zip, entry), ARCHIVE_FATAL)
LATE(la_ssize_t, archive_read_data, (struct archive * zip, void *at, size_t room), (zip, at, room), ARCHIVE_FATAL)
LATE(const char *, archive_error_string, (struct archive * zip), (zip), "libarchive is missing")
LATE(const char *, archive_entry_pathname, (struct archive_entry * entry), (entry), NULL)
