"""All tables of the machinery."""

from workflow_app.models.absence import Absence
from workflow_app.models.assessment import AssessmentResult, ImportBatch, Lead
from workflow_app.models.calendar import CalendarChange, CalendarDay, CalendarYear, LawEdition
from workflow_app.models.campaign import (
    AuditKey,
    Ballot,
    Campaign,
    CampaignReminder,
    Invitation,
    LinkIssue,
    PaperEntry,
    Rating,
    ServiceEvent,
    Slip,
    Subject,
    Ticket,
)
from workflow_app.models.care import (
    CarePaper,
    CarePlan,
    CareVisit,
    ConsentWord,
    CounsellingDate,
    CounsellingOffer,
    Mentor,
    MentorWord,
    PromiseKept,
    Training,
    TrainingResult,
)
from workflow_app.models.carried import Carried
from workflow_app.models.case import Case, Deadline, Hand, SigningSheet, WorkItem, row_id
from workflow_app.models.contract import AppointmentContract, ContractEnding
from workflow_app.models.decision import Decision, Service
from workflow_app.models.erasure import Erasure
from workflow_app.models.factor import FactorReset, Remembered
from workflow_app.models.feedback import Feedback, FeedbackPaper, LookBack, MendingProof, Point, PointAnswer
from workflow_app.models.grade import ExcellentShare, GradeProposal, GradesSettled
from workflow_app.models.library import GroundEntry, GroundList, Indicator, IndicatorVersion, Library, LibraryReview
from workflow_app.models.measured import Established, Measured, TakenBack
from workflow_app.models.message import Mark, Message, Wish
from workflow_app.models.notified import GradeCorrection, GradeNotice, GradeNoticePrint
from workflow_app.models.offices import Grant, SeatToken
from workflow_app.models.paper import OrganSeal, PaperTemplate, SignedPaper
from workflow_app.models.people import Account, Cadre, Desk, Office, Post, Seat, Tie, Unit
from workflow_app.models.pool import Pool, PoolClosing, PoolDecision, PoolEntry, PoolLeaving, PoolReview, PoolUse
from workflow_app.models.portal import (
    Attachment,
    Draft,
    Holder,
    Receipt,
    ReceiptPrint,
    Representation,
)
from workflow_app.models.posting import Notice, Report
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
from workflow_app.models.roster import RosterImport
from workflow_app.models.scheme import Scheme, SchemeGroup, SchemeIndicator, SchemeVersion
from workflow_app.models.score import Score
from workflow_app.models.seal import Leaf, LeafBlock, Seal
from workflow_app.models.suspension import Suspension
from workflow_app.models.tenure import Tenure
from workflow_app.models.watch import Bar, Colour, Finding, Retrospect, Statement
from workflow_app.models.worker import Beat

__all__ = [
    "ExcellentShare",
    "AppointmentContract",
    "ContractEnding",
    "PaperEntry",
    "PoolClosing",
    "GradeCorrection",
    "GradeNotice",
    "GradeNoticePrint",
    "GradeProposal",
    "GradesSettled",
    "Retrospect",
    "TakenBack",
    "AuditKey",
    "Ballot",
    "Campaign",
    "CampaignReminder",
    "Established",
    "Invitation",
    "LinkIssue",
    "Measured",
    "Rating",
    "ServiceEvent",
    "Slip",
    "Subject",
    "Ticket",
    "Feedback",
    "FeedbackPaper",
    "LookBack",
    "MendingProof",
    "Point",
    "PointAnswer",
    "GroundEntry",
    "GroundList",
    "Indicator",
    "IndicatorVersion",
    "Library",
    "LibraryReview",
    "Scheme",
    "SchemeGroup",
    "SchemeIndicator",
    "SchemeVersion",
    "Absence",
    "Account",
    "AssessmentResult",
    "Attachment",
    "Bar",
    "Beat",
    "Cadre",
    "ConsentWord",
    "CounsellingDate",
    "CounsellingOffer",
    "Mentor",
    "MentorWord",
    "PromiseKept",
    "Training",
    "TrainingResult",
    "CalendarChange",
    "CalendarDay",
    "CalendarYear",
    "CarePaper",
    "CarePlan",
    "CareVisit",
    "Carried",
    "Case",
    "Colour",
    "Deadline",
    "Decision",
    "Desk",
    "Document",
    "Draft",
    "Erasure",
    "Event",
    "FactorReset",
    "Finding",
    "Grant",
    "Hand",
    "Holder",
    "ImportBatch",
    "Journal",
    "LawEdition",
    "Lead",
    "Leaf",
    "LeafBlock",
    "Notice",
    "Mark",
    "Message",
    "NumberSeries",
    "Office",
    "OrganSeal",
    "Outgoing",
    "PaperTemplate",
    "Pool",
    "PoolDecision",
    "PoolEntry",
    "PoolLeaving",
    "PoolReview",
    "PoolUse",
    "Post",
    "Read",
    "Receipt",
    "Remembered",
    "ReceiptPrint",
    "Record",
    "RecordPart",
    "Rendering",
    "Report",
    "Representation",
    "Score",
    "RosterImport",
    "Seal",
    "Seat",
    "Service",
    "SeatToken",
    "SignedPaper",
    "SigningSheet",
    "Statement",
    "Suspension",
    "Tenure",
    "Tie",
    "Unit",
    "Upload",
    "Wish",
    "WorkItem",
    "row_id",
]
