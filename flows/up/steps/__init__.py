"""Every step of the way up, gathered for path.py."""

from flows.up.steps.announce_competition import AnnounceCompetition
from flows.up.steps.announce_examination import AnnounceExamination
from flows.up.steps.answer_check import AnswerCheck
from flows.up.steps.apply_for_post import ApplyForPost
from flows.up.steps.appoint import Appoint
from flows.up.steps.appraise import Appraise
from flows.up.steps.archive import Archive
from flows.up.steps.ask_check import AskCheck
from flows.up.steps.ask_opinion import AskOpinion
from flows.up.steps.check_applicants import CheckApplicants
from flows.up.steps.close_four_checks import CloseFourChecks
from flows.up.steps.close_notice import CloseNotice
from flows.up.steps.conclude_probation import ConcludeProbation
from flows.up.steps.confirm_candidates import ConfirmCandidates
from flows.up.steps.decide import Decide
from flows.up.steps.examine import Examine
from flows.up.steps.give_opinion import GiveOpinion
from flows.up.steps.initiate import Initiate
from flows.up.steps.plan_examination import PlanExamination
from flows.up.steps.post_notice import PostNotice
from flows.up.steps.qualify import Qualify
from flows.up.steps.recommend_by_interview import RecommendByInterview
from flows.up.steps.recommend_by_meeting import RecommendByMeeting
from flows.up.steps.record_interview import RecordInterview
from flows.up.steps.record_meeting import RecordMeeting
from flows.up.steps.report_recommendation import ReportRecommendation
from flows.up.steps.score_applicants import ScoreApplicants
from flows.up.steps.talk import Talk
from flows.up.steps.verify_report import VerifyReport

__all__ = [
    "AnnounceCompetition",
    "AnnounceExamination",
    "AnswerCheck",
    "ApplyForPost",
    "Appoint",
    "Appraise",
    "Archive",
    "AskCheck",
    "AskOpinion",
    "CheckApplicants",
    "CloseFourChecks",
    "CloseNotice",
    "ConcludeProbation",
    "ConfirmCandidates",
    "Decide",
    "Examine",
    "GiveOpinion",
    "Initiate",
    "PlanExamination",
    "PostNotice",
    "Qualify",
    "RecommendByInterview",
    "RecommendByMeeting",
    "RecordInterview",
    "RecordMeeting",
    "ReportRecommendation",
    "ScoreApplicants",
    "Talk",
    "VerifyReport",
]
