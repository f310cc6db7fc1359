"""From raw ratings and measured figures to a score that explains itself. Values only: no database, no clock, no request."""
