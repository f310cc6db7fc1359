"""Every step of the way down, gathered for path.py."""

from flows.down.steps.admonish import Admonish
from flows.down.steps.answer import Answer
from flows.down.steps.answer_inquiry import AnswerInquiry
from flows.down.steps.approve_opening import ApproveOpening
from flows.down.steps.archive import Archive
from flows.down.steps.ask_opinion import AskOpinion
from flows.down.steps.assess_risk import AssessRisk
from flows.down.steps.change_treatment import ChangeTreatment
from flows.down.steps.check_rectification import CheckRectification
from flows.down.steps.clear_name import ClearName
from flows.down.steps.decide import Decide
from flows.down.steps.evaluate_follow_up import EvaluateFollowUp
from flows.down.steps.follow_up import FollowUp
from flows.down.steps.formalize import Formalize
from flows.down.steps.give_opinion import GiveOpinion
from flows.down.steps.inform_cadre import InformCadre
from flows.down.steps.inquire import Inquire
from flows.down.steps.list_evidence import ListEvidence
from flows.down.steps.place import Place
from flows.down.steps.plan_examination import PlanExamination
from flows.down.steps.propose import Propose
from flows.down.steps.record_interview import RecordInterview
from flows.down.steps.record_meeting import RecordMeeting
from flows.down.steps.record_statement import RecordStatement
from flows.down.steps.register_clue import RegisterClue
from flows.down.steps.remind import Remind
from flows.down.steps.report_findings import ReportFindings
from flows.down.steps.report_rectification import ReportRectification
from flows.down.steps.review_legality import ReviewLegality
from flows.down.steps.review_oneself import ReviewOneself
from flows.down.steps.serve import Serve
from flows.down.steps.serve_information import ServeInformation
from flows.down.steps.suggest_return import SuggestReturn
from flows.down.steps.tell_decision import TellDecision
from flows.down.steps.terminate import Terminate
from flows.down.steps.weigh_answer import WeighAnswer
from flows.down.steps.weigh_tolerance import WeighTolerance

__all__ = [
    "Admonish",
    "Answer",
    "AnswerInquiry",
    "ApproveOpening",
    "Archive",
    "AskOpinion",
    "AssessRisk",
    "ChangeTreatment",
    "CheckRectification",
    "ClearName",
    "Decide",
    "EvaluateFollowUp",
    "FollowUp",
    "Formalize",
    "GiveOpinion",
    "InformCadre",
    "Inquire",
    "ListEvidence",
    "Place",
    "PlanExamination",
    "Propose",
    "RecordInterview",
    "RecordMeeting",
    "RecordStatement",
    "RegisterClue",
    "Remind",
    "ReportFindings",
    "ReportRectification",
    "ReviewLegality",
    "ReviewOneself",
    "Serve",
    "ServeInformation",
    "SuggestReturn",
    "TellDecision",
    "Terminate",
    "WeighAnswer",
    "WeighTolerance",
]
