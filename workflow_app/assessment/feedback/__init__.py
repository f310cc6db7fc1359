"""Feedback: the three lists, the answers of the person, and looking back at what was to be mended."""
