"""All tables of the machinery."""

from workflow_app.models.absence import Absence
from workflow_app.models.assessment import AssessmentResult, ImportBatch, Lead
from workflow_app.models.assessor import (
    Assessor,
    AssessorEnd,
    AssessorField,
    AssessorRecusal,
    AssessorSpecialty,
    Consultation,
    ExpertDraw,
    ExpertDrawn,
    ExpertInvitation,
    ExpertOpinion,
    ExpertWord,
)  # fmt: skip
from workflow_app.models.award import Award, AwardAnswer, AwardKind, AwardProposal, ResultUse
from workflow_app.models.calendar import CalendarChange, CalendarDay, CalendarYear, LawEdition
from workflow_app.models.campaign import Campaign, Invitation, LinkIssue, ServiceEvent, Subject
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
)  # fmt: skip
from workflow_app.models.carried import Carried
from workflow_app.models.case import Case, Deadline, Hand, SigningSheet, WorkItem, row_id
from workflow_app.models.challenge import Challenge, ChallengeBid, ChallengeChoice, ChallengeResult, ChallengeUse
from workflow_app.models.class_survey import (
    ClassSurvey,
    ClassSurveyBallot,
    ClassSurveyClosed,
    ClassSurveyInvitation,
    ClassSurveySlip,
    ClassSurveyTicket,
    ClassSurveyWords,
)  # fmt: skip
from workflow_app.models.contract import AppointmentContract, ContractEnding
from workflow_app.models.decision import Decision, Service
from workflow_app.models.erasure import Erasure
from workflow_app.models.factor import FactorReset, Remembered
from workflow_app.models.feedback import Feedback, FeedbackPaper, LookBack, MendingProof, Point, PointAnswer
from workflow_app.models.grade import ExcellentShare, GradeProposal, GradesSettled
from workflow_app.models.groundwork import EffectWord, Groundwork, GroundworkDate, GroundworkUse, Observation
from workflow_app.models.learning import (
    ClassCalledOff,
    ClassResult,
    ClassTerms,
    ExcuseDecision,
    Participant,
    ParticipantWord,
    TrainingClass,
)  # fmt: skip
from workflow_app.models.library import GroundEntry, GroundList, Indicator, IndicatorVersion, Library, LibraryReview
from workflow_app.models.measured import Established, Measured, TakenBack
from workflow_app.models.message import Mark, Message, Wish
from workflow_app.models.notified import GradeCorrection, GradeNotice, GradeNoticePrint
from workflow_app.models.objective import KeyProgress, KeyResult, KeyUse, Objective, ObjectiveEnd, ProgressCheck
from workflow_app.models.offices import Grant, SeatToken
from workflow_app.models.paper import OrganSeal, PaperTemplate, SignedPaper
from workflow_app.models.people import Account, Cadre, Desk, Office, Post, Seat, Tie, Unit
from workflow_app.models.pilot import Milestone, MilestoneDone, Pilot, PilotEnd, PilotNote, PilotUnit, SpreadWord
from workflow_app.models.pool import Pool, PoolClosing, PoolDecision, PoolEntry, PoolLeaving, PoolReview, PoolUse
from workflow_app.models.portal import Attachment, Draft, Holder, Receipt, ReceiptPrint, Representation
from workflow_app.models.posting import Notice, Report
from workflow_app.models.rating import AuditKey, Ballot, CampaignReminder, PaperEntry, Rating, Slip, Ticket
from workflow_app.models.record import Document, Event, Journal, NumberSeries, Outgoing, Read, Record, RecordPart, Rendering, Upload
from workflow_app.models.roster import RosterImport
from workflow_app.models.rulebook import RuleLesson, RuleLessonWord, Ruling, RulingEnd, RulingLink, RulingLinkEnd, RulingReview
from workflow_app.models.scheme import Scheme, SchemeGroup, SchemeIndicator, SchemeVersion
from workflow_app.models.score import Score
from workflow_app.models.seal import Leaf, LeafBlock, Seal
from workflow_app.models.survey import Side, Survey, SurveyBallot, SurveyClosing, SurveyInvitation, SurveySlip, SurveyTicket, SurveyWord
from workflow_app.models.suspension import Suspension
from workflow_app.models.talk import Talk, TalkDropped, TalkGroup, TalkGroupEnded, TalkHeld, TalkSet, TalkWish, TalkWord
from workflow_app.models.tenure import Tenure
from workflow_app.models.unit_result import (
    CampaignPaper,
    JointAnswer,
    JointMeeting,
    LinkedShare,
    UnitColour,
    UnitGrade,
    UnitGradeProposal,
    UnitResult,
    UnitStatement,
    UnitTarget,
)  # fmt: skip
from workflow_app.models.verifying import CheckBegun, CheckPaper, CheckResult, Disposal, SampleCheck, SamplePlan
from workflow_app.models.visit import (
    UnitChoice,
    UnitProposal,
    Visit,
    VisitCancelled,
    VisitFinding,
    VisitLeave,
    VisitLimit,
    VisitMember,
    VisitPaper,
    VisitReport,
)  # fmt: skip
from workflow_app.models.watch import Bar, Colour, Finding, Retrospect, Statement
from workflow_app.models.worker import Beat
from workflow_app.models.worklog import ArchivePaper, DutySummary, MonthWord, WeekWord, WorkLine

__all__ = [
    "Absence", "Account", "AppointmentContract", "ArchivePaper", "AssessmentResult", "Assessor", "AssessorEnd", "AssessorField",
    "AssessorRecusal", "AssessorSpecialty", "Attachment", "AuditKey", "Award", "AwardAnswer", "AwardKind", "AwardProposal", "Ballot",
    "Bar", "Beat", "Cadre", "CalendarChange", "CalendarDay", "CalendarYear", "Campaign", "CampaignPaper", "CampaignReminder",
    "CarePaper", "CarePlan", "CareVisit", "Carried", "Case", "Challenge", "ChallengeBid", "ChallengeChoice", "ChallengeResult",
    "ChallengeUse", "CheckBegun", "CheckPaper", "CheckResult", "ClassCalledOff", "ClassResult", "ClassSurvey", "ClassSurveyBallot",
    "ClassSurveyClosed", "ClassSurveyInvitation", "ClassSurveySlip", "ClassSurveyTicket", "ClassSurveyWords", "ClassTerms", "Colour",
    "ConsentWord", "Consultation", "ContractEnding", "CounsellingDate", "CounsellingOffer", "Deadline", "Decision", "Desk", "Disposal",
    "Document", "Draft", "DutySummary", "EffectWord", "Erasure", "Established", "Event", "ExcellentShare", "ExcuseDecision",
    "ExpertDraw", "ExpertDrawn", "ExpertInvitation", "ExpertOpinion", "ExpertWord", "FactorReset", "Feedback", "FeedbackPaper",
    "Finding", "GradeCorrection", "GradeNotice", "GradeNoticePrint", "GradeProposal", "GradesSettled", "Grant", "GroundEntry",
    "GroundList", "Groundwork", "GroundworkDate", "GroundworkUse", "Hand", "Holder", "ImportBatch", "Indicator", "IndicatorVersion",
    "Invitation", "JointAnswer", "JointMeeting", "Journal", "KeyProgress", "KeyResult", "KeyUse", "LawEdition", "Lead", "Leaf",
    "LeafBlock", "Library", "LibraryReview", "LinkIssue", "LinkedShare", "LookBack", "Mark", "Measured", "MendingProof", "Mentor",
    "MentorWord", "Message", "Milestone", "MilestoneDone", "MonthWord", "Notice", "NumberSeries", "Objective", "ObjectiveEnd",
    "Observation", "Office", "OrganSeal", "Outgoing", "PaperEntry", "PaperTemplate", "Participant", "ParticipantWord", "Pilot",
    "PilotEnd", "PilotNote", "PilotUnit", "Point", "PointAnswer", "Pool", "PoolClosing", "PoolDecision", "PoolEntry", "PoolLeaving",
    "PoolReview", "PoolUse", "Post", "ProgressCheck", "PromiseKept", "Rating", "Read", "Receipt", "ReceiptPrint", "Record", "RecordPart",
    "Remembered", "Rendering", "Report", "Representation", "ResultUse", "Retrospect", "RosterImport", "RuleLesson", "RuleLessonWord",
    "Ruling", "RulingEnd", "RulingLink", "RulingLinkEnd", "RulingReview", "SampleCheck", "SamplePlan", "Scheme", "SchemeGroup",
    "SchemeIndicator", "SchemeVersion", "Score", "Seal", "Seat", "SeatToken", "Service", "ServiceEvent", "Side", "SignedPaper",
    "SigningSheet", "Slip", "SpreadWord", "Statement", "Subject", "Survey", "SurveyBallot", "SurveyClosing", "SurveyInvitation",
    "SurveySlip", "SurveyTicket", "SurveyWord", "Suspension", "TakenBack", "Talk", "TalkDropped", "TalkGroup", "TalkGroupEnded",
    "TalkHeld", "TalkSet", "TalkWish", "TalkWord", "Tenure", "Ticket", "Tie", "Training", "TrainingClass", "TrainingResult", "Unit",
    "UnitChoice", "UnitColour", "UnitGrade", "UnitGradeProposal", "UnitProposal", "UnitResult", "UnitStatement", "UnitTarget", "Upload",
    "Visit", "VisitCancelled", "VisitFinding", "VisitLeave", "VisitLimit", "VisitMember", "VisitPaper", "VisitReport", "WeekWord",
    "Wish", "WorkItem", "WorkLine", "row_id",
]  # fmt: skip
