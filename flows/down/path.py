"""The way down, D0 to D17, on one screen. Who is next; what may lawfully follow stands in case.py."""

from flows.anywhere import ANYWHERE, Suspend, Transfer
from flows.down import steps as down
from flows.down.brief import brief
from flows.down.case import DownCase
from flows.down.states import S
from flows.down.told import TOLD
from flows.roles import ROLE_NAMES
from workflow_app.nodes import Path, branch, done, human, join, optional, parallel, this, wait


class DownPath(Path):
    """调整不适宜担任现职干部"""

    process_class, anywhere, told, roles, opened_from = DownCase, ANYWHERE, TOLD, ROLE_NAMES, ("CASE", "REMINDER", "STUDY")
    prefix, version, first, folder, brief = "下", "1", "register_clue", "down", staticmethod(brief)

    # D0-D2 clue, reminder, approval
    register_clue = human(down.RegisterClue).Next(this.triaged)
    triaged = branch({S.TRIAGED: this.approve_opening, S.TO_REMIND: this.remind, S.TO_INQUIRE: this.inquire,
                      S.TO_ADMONISH: this.admonish, S.TO_TRANSFER: this.transfer, S.MERGED: this.end, S.NO_CASE: this.end})  # fmt: skip
    remind = human(down.Remind).Next(this.warned)
    inquire = human(down.Inquire).Next(this.answer_inquiry)
    answer_inquiry = human(down.AnswerInquiry).Next(this.warned)
    admonish = human(down.Admonish).Next(this.review_oneself)
    review_oneself = human(down.ReviewOneself).Next(this.warned)
    warned = branch({S.RECTIFYING: this.report_rectification, S.CHECKING: this.check_rectification, S.TO_INQUIRE: this.inquire,
                     S.SETTLED: this.terminate})  # fmt: skip
    report_rectification = human(down.ReportRectification).Next(this.check_rectification)
    check_rectification = human(down.CheckRectification).Next(this.checked)
    checked = branch({S.TRIAGED: this.approve_opening, S.SETTLED: this.terminate})
    approve_opening = human(down.ApproveOpening).Next(this.approved)
    approved = branch({S.OPENED: this.plan_examination, S.CLUE: this.register_clue, S.REFUSED: this.terminate})

    # D3 verification
    plan_examination = human(down.PlanExamination).Next(this.list_evidence)
    record_interview = human(down.RecordInterview, anytime=True)
    list_evidence = human(down.ListEvidence, anytime=True).Next(this.report_findings)
    report_findings = human(down.ReportFindings).Next(this.found)
    found = branch({S.FOUND: this.inform_cadre, S.HEARD: this.weigh_tolerance, S.NOT_ESTABLISHED: this.terminate,
                    S.TO_TRANSFER: this.transfer})  # fmt: skip

    # D4 hearing
    inform_cadre = human(down.InformCadre).Next(this.serve_information)
    serve_information = human(down.ServeInformation).Next(this.answer)
    answer = human(down.Answer).Next(this.answered)
    answered = branch({S.TALKING: this.record_statement, S.WEIGHING: this.weigh_answer, S.HEARD: this.weigh_tolerance})
    record_statement = human(down.RecordStatement, anytime=True).Next(this.weigh_answer)
    weigh_answer = human(down.WeighAnswer).Next(this.weighed)
    weighed = branch({S.HEARD: this.weigh_tolerance, S.NOT_ESTABLISHED: this.terminate, S.VERIFYING: this.list_evidence})

    # D5-D8 tolerance, risk, proposal, legality
    weigh_tolerance = optional(down.WeighTolerance).Next(this.tolerated)
    tolerated = branch({S.HEARD: this.assess_risk, S.EXONERATED: this.terminate})
    assess_risk = optional(down.AssessRisk).Next(this.propose)
    propose = human(down.Propose).Next(this.proposed)
    proposed = branch({S.PROPOSED: this.review_legality, S.CONSULTED: this.record_meeting, S.FOUND: this.inform_cadre,
                       S.REJECTED: this.terminate, S.VERIFYING: this.list_evidence})  # fmt: skip
    review_legality = optional(down.ReviewLegality).Next(this.reviewed)
    reviewed = branch({S.PROPOSED: this.consult, S.REVIEWED: this.consult, S.HEARD: this.propose, S.VERIFYING: this.list_evidence,
                       S.REJECTED: this.terminate})  # fmt: skip

    # D9-D10 opinions, decision
    consult = parallel(this.ask_opinion, each=lambda case: list(case.settled["propose"]["organs"]))
    ask_opinion = human(down.AskOpinion).Next(this.give_opinion)
    give_opinion = human(down.GiveOpinion).Next(this.consulted)
    consulted = join().Next(this.weigh_opinions)
    weigh_opinions = branch({S.CONSULTED: this.record_meeting, S.HEARD: this.propose, S.PENDING: this.suspend})
    suspend = human(Suspend, anytime=True).Next(this.after_pending)
    after_pending = branch({S.CONSULTED: this.record_meeting, S.HEARD: this.propose})
    record_meeting = human(down.RecordMeeting).Next(this.voted)
    voted = branch({S.ADOPTED: this.decide, S.CONSULTED: this.record_meeting, S.HEARD: this.propose, S.VERIFYING: this.list_evidence,
                    S.REJECTED: this.terminate})  # fmt: skip
    decide = human(down.Decide).Next(this.tell_decision)

    # D11-D17 service, formalities, placement, follow-up, archive
    tell_decision = human(down.TellDecision).Next(this.serve)
    serve = human(down.Serve).Next(this.carry_out)
    carry_out = parallel(this.formalize, this.place)
    formalize = human(down.Formalize).Next(this.formalized)
    formalized = branch({S.WAITING: this.formalize, S.SERVED: this.change_treatment, S.TRACKING: this.change_treatment})
    change_treatment = optional(down.ChangeTreatment).Next(this.carried_out)
    place = optional(down.Place).Next(this.carried_out)
    carried_out = join().Next(this.next_visit)
    next_visit = wait(down.FollowUp, days=14).Next(this.follow_up)
    follow_up = human(down.FollowUp).Next(this.visited)
    visited = branch({S.TRACKING: this.next_visit, S.TRACKED: this.evaluate_follow_up})
    evaluate_follow_up = human(down.EvaluateFollowUp).Next(this.archive)
    terminate = human(down.Terminate, overriding=True).Next(this.terminated)
    terminated = branch({S.TO_CLEAR: this.clear_name, S.TERMINATED: this.archive})
    transfer = human(Transfer, overriding=True).Next(this.end)
    clear_name = human(down.ClearName).Next(this.archive)
    archive = human(down.Archive).Next(this.end)
    suggest_return = human(down.SuggestReturn, anytime=True)
    end = done()
