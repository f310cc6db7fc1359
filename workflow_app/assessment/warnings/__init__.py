"""Colours from monthly statements: recomputed, never typed in, their inputs kept (assessment §6)."""
