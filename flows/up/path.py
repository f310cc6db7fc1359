"""The way up, U1 to U13, on one screen. Who is next; what may lawfully follow stands in case.py."""

from typing import Any

from flows.anywhere import ANYWHERE, HEARD, Transfer
from flows.roles import ROLE_NAMES
from flows.up import steps as up
from flows.up.brief import brief
from flows.up.case import State as S
from flows.up.case import UpCase
from flows.up.told import TOLD
from workflow_app.models import Case
from workflow_app.nodes import Path, branch, done, human, join, parallel, this, type_subject, wait


def checks(case: Case) -> list[type_subject]:
    """The four organs that the mandatory checks are asked of."""
    return list(case.settled["announce_examination"]["checks"])


def organs(case: Case) -> list[type_subject]:
    """The organs that are consulted."""
    return list(case.settled["close_four_checks"]["organs"])


# Recommended anew: by interviews or by a meeting, whichever comes first.
RECOMMEND: dict[str, Any] = {S.TO_INTERVIEW: this.recommend_by_interview, S.TO_MEET: this.recommend_by_meeting}


class UpPath(Path):
    """干部选拔任用"""

    process_class, told, brief = UpCase, TOLD, staticmethod(brief)
    anywhere = tuple(step for step in ANYWHERE if step not in HEARD)
    prefix, version, roles, first, folder, opened_from = "上", "1", ROLE_NAMES, "initiate", "up", ("RETURN", "PROMOTE")

    # U1-U2 motion and recommendation, or U2c competition
    initiate = human(up.Initiate).Next(this.planned)
    planned = branch({
        **RECOMMEND, S.ANNOUNCING: this.announce_competition, S.RETURNED: this.initiate, S.DROPPED: this.end,
    })  # fmt: skip
    recommend_by_interview = human(up.RecommendByInterview).Next(this.recommended)
    recommend_by_meeting = human(up.RecommendByMeeting).Next(this.recommended)
    recommended = branch({**RECOMMEND, S.RECOMMENDED: this.report_recommendation})
    report_recommendation = human(up.ReportRecommendation).Next(this.reported)
    reported = branch({**RECOMMEND, S.QUALIFYING: this.qualify, S.STOPPED: this.archive})
    announce_competition = human(up.AnnounceCompetition).Next(this.check_applicants)
    apply_for_post = human(up.ApplyForPost, anytime=True)
    check_applicants = human(up.CheckApplicants).Next(this.admitted)
    admitted = branch({S.SCORING: this.score_applicants, S.ANNOUNCING: this.announce_competition, S.STOPPED: this.archive})
    score_applicants = human(up.ScoreApplicants).Next(this.qualify)

    # U3-U4 candidate
    qualify = human(up.Qualify).Next(this.qualified)
    qualified = branch({S.QUALIFIED: this.confirm_candidates, S.STOPPED: this.archive})
    confirm_candidates = human(up.ConfirmCandidates).Next(this.chosen)
    chosen = branch({**RECOMMEND, S.CANDIDATE: this.announce_examination, S.STOPPED: this.archive})
    announce_examination = human(up.AnnounceExamination).Next(this.announced)
    announced = branch({S.EXAMINING: this.begin_examination, S.QUALIFIED: this.confirm_candidates})

    # U5-U6 examination and four checks
    begin_examination = parallel(this.plan_examination, (this.ask_check, checks))
    plan_examination = human(up.PlanExamination).Next(this.appraise)
    record_interview = human(up.RecordInterview, anytime=True)
    appraise = human(up.Appraise).Next(this.examine)
    examine = human(up.Examine).Next(this.examined)
    examined = branch({S.EXAMINING: this.ready, S.CHECKED: this.ready, S.SUPPLEMENTING: this.appraise, S.STOPPING: this.ready})
    ask_check = human(up.AskCheck).Next(this.answer_check)
    answer_check = human(up.AnswerCheck).Next(this.answered)
    answered = branch({S.EXAMINING: this.ready, S.CHECKED: this.ready, S.CHECK_PENDING: this.answer_check, S.STOPPING: this.ready})
    ready = join().Next(this.close_four_checks)
    close_four_checks = human(up.CloseFourChecks, overriding=True).Next(this.closed_checks)
    closed_checks = branch({S.CONSULTING: this.consult, S.STOPPED: this.archive})

    # U7-U8 opinions and decision
    consult = parallel(this.ask_opinion, each=organs)
    ask_opinion = human(up.AskOpinion).Next(this.give_opinion)
    give_opinion = human(up.GiveOpinion).Next(this.consulted)
    consulted = join().Next(this.record_meeting)
    record_meeting = human(up.RecordMeeting).Next(this.voted)
    voted = branch({
        S.ADOPTED: this.decide, S.DEFERRED: this.record_meeting, S.RECONSIDERING: this.record_meeting, S.STOPPED: this.archive,
        **RECOMMEND,
    })  # fmt: skip
    decide = human(up.Decide).Next(this.decided)
    decided = branch({S.DECIDED: this.post_notice, S.TO_TALK: this.talk})

    # U9-U13 notice, talk, appointment, probation, archive
    post_notice = human(up.PostNotice).Next(this.close_notice)
    verify_report = human(up.VerifyReport, anytime=True)
    close_notice = human(up.CloseNotice).Next(this.noticed)
    noticed = branch({S.TO_TALK: this.talk, S.RECONSIDERING: this.record_meeting})
    talk = human(up.Talk).Next(this.appoint)
    appoint = human(up.Appoint).Next(this.appointed)
    appointed = branch({S.PROBATION: this.trial_year, S.APPOINTED: this.archive, S.NOT_ELECTED: this.archive})
    trial_year = wait(up.ConcludeProbation, days=30).Next(this.conclude_probation)
    conclude_probation = human(up.ConcludeProbation).Next(this.archive)
    archive = human(up.Archive).Next(this.end)
    transfer = human(Transfer, overriding=True).Next(this.end)
    end = done()
