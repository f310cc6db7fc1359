"""Pages of the record of work, awards and the archive of assessment."""
