"""Pages on which the system of assessment is itself reviewed."""
