"""Written notices of annual grades: their rules and words. A notice is a decision that can be attacked, so it stands above assessment."""
