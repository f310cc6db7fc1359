"""The system of assessment is itself looked at: by those under it, by experts, rule by rule, in pilots, and by its own figures."""
