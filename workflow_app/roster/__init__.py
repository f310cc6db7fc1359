"""The roster (干部名册): units, posts, cadres, where they served and which ties they declared, taken in from a workbook."""

from workflow_app.roster.changes import Changes
from workflow_app.roster.reading import Plan, read
from workflow_app.roster.taking import AlreadyTaken, check, take

__all__ = ["AlreadyTaken", "Changes", "Plan", "check", "read", "take"]
