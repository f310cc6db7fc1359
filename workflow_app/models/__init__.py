"""All tables of the machinery."""

from workflow_app.models.assessment import AssessmentResult, ImportBatch, Lead
from workflow_app.models.calendar import CalendarDay, CalendarYear, LawEdition
from workflow_app.models.case import Case, Deadline, Hand, SigningSheet, WorkItem, row_id
from workflow_app.models.people import Account, Cadre, Desk, Post, Seat, Tie, Unit
from workflow_app.models.record import (
    Document,
    Event,
    Journal,
    NumberSeries,
    Outgoing,
    Read,
    Record,
    RecordPart,
    Rendering,
    Upload,
)

__all__ = [
    "Account", "AssessmentResult", "Cadre", "CalendarDay", "CalendarYear", "Case", "Deadline", "Desk", "Document",
    "Event", "Hand", "ImportBatch", "Journal", "LawEdition", "Lead", "NumberSeries", "Outgoing", "Post", "Read",
    "Record", "RecordPart", "Rendering", "Seat", "SigningSheet", "Tie", "Unit", "Upload", "WorkItem", "row_id",
]
