"""The record of work, what is kept of a person's assessment, and awards: people write and decide, nothing here moves a case or makes a score."""
