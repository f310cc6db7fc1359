"""Scores of a campaign as they are stored, and their edition for the person rated."""
