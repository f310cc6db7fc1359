"""Drills: what an operator must be able to do, done on a real database under load."""
