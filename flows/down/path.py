"""The way down, D0 to D17, on one screen. Who is next; what may lawfully follow stands in case.py."""

from typing import Any

from flows.anywhere import ANYWHERE, Suspend, Transfer
from flows.down import steps as down
from flows.down.case import DownCase, State
from flows.roles import ROLE_NAMES
from workflow_app.models import Case
from workflow_app.nodes import (
    Path,
    branch,
    done,
    human,
    join,
    optional,
    parallel,
    this,
    wait,
)


def organs(case: Case) -> list[dict[str, Any]]:
    """The organs whose opinion the proposal asks for."""
    return list(case.settled["propose"]["organs"])


class DownPath(Path):
    """调整不适宜担任现职干部"""

    process_class, anywhere = DownCase, ANYWHERE
    prefix, version, roles, first, folder = "下", "1", ROLE_NAMES, "register_clue", "down"

    # D0-D2 clue, reminder, approval
    register_clue = human(down.RegisterClue).Next(this.triaged)
    triaged = branch({
        State.TRIAGED: this.approve_opening, State.TO_REMIND: this.remind, State.TO_INQUIRE: this.inquire,
        State.TO_ADMONISH: this.admonish, State.TO_TRANSFER: this.transfer, State.MERGED: this.end, State.NO_CASE: this.end,
    })
    remind = human(down.Remind).Next(this.warned)
    inquire = human(down.Inquire).Next(this.answer_inquiry)
    answer_inquiry = human(down.AnswerInquiry).Next(this.warned)
    admonish = human(down.Admonish).Next(this.review_oneself)
    review_oneself = human(down.ReviewOneself).Next(this.warned)
    warned = branch({
        State.RECTIFYING: this.report_rectification, State.CHECKING: this.check_rectification,
        State.TO_INQUIRE: this.inquire, State.SETTLED: this.terminate,
    })
    report_rectification = human(down.ReportRectification).Next(this.check_rectification)
    check_rectification = human(down.CheckRectification).Next(this.checked)
    checked = branch({State.TRIAGED: this.approve_opening, State.SETTLED: this.terminate})
    approve_opening = human(down.ApproveOpening).Next(this.approved)
    approved = branch({State.OPENED: this.plan_examination, State.CLUE: this.register_clue, State.REFUSED: this.terminate})

    # D3 verification
    plan_examination = human(down.PlanExamination).Next(this.list_evidence)
    record_interview = human(down.RecordInterview, anytime=True)
    list_evidence = human(down.ListEvidence, anytime=True).Next(this.report_findings)
    report_findings = human(down.ReportFindings).Next(this.found)
    found = branch({
        State.FOUND: this.inform_cadre, State.HEARD: this.weigh_tolerance,
        State.NOT_ESTABLISHED: this.terminate, State.TO_TRANSFER: this.transfer,
    })

    # D4 hearing
    inform_cadre = human(down.InformCadre).Next(this.serve_information)
    serve_information = human(down.ServeInformation).Next(this.answer)
    answer = human(down.Answer).Next(this.answered)
    answered = branch({State.TALKING: this.record_statement, State.WEIGHING: this.weigh_answer, State.HEARD: this.weigh_tolerance})
    record_statement = human(down.RecordStatement, anytime=True).Next(this.weigh_answer)
    weigh_answer = human(down.WeighAnswer).Next(this.weighed)
    weighed = branch({
        State.HEARD: this.weigh_tolerance, State.NOT_ESTABLISHED: this.terminate, State.VERIFYING: this.list_evidence,
    })

    # D5-D8 tolerance, risk, proposal, legality
    weigh_tolerance = optional(down.WeighTolerance).Next(this.tolerated)
    tolerated = branch({State.HEARD: this.assess_risk, State.EXONERATED: this.terminate})
    assess_risk = optional(down.AssessRisk).Next(this.propose)
    propose = human(down.Propose).Next(this.proposed)
    proposed = branch({
        State.PROPOSED: this.review_legality, State.CONSULTED: this.record_meeting, State.FOUND: this.inform_cadre,
        State.REJECTED: this.terminate, State.VERIFYING: this.list_evidence,
    })
    review_legality = optional(down.ReviewLegality).Next(this.reviewed)
    reviewed = branch({
        State.PROPOSED: this.consult, State.REVIEWED: this.consult, State.HEARD: this.propose,
        State.VERIFYING: this.list_evidence, State.REJECTED: this.terminate,
    })

    # D9-D10 opinions, decision
    consult = parallel(this.ask_opinion, each=organs)
    ask_opinion = human(down.AskOpinion).Next(this.give_opinion)
    give_opinion = human(down.GiveOpinion).Next(this.consulted)
    consulted = join().Next(this.weigh_opinions)
    weigh_opinions = branch({State.CONSULTED: this.record_meeting, State.HEARD: this.propose, State.PENDING: this.suspend})
    suspend = human(Suspend, anytime=True).Next(this.after_pending)
    after_pending = branch({State.CONSULTED: this.record_meeting, State.HEARD: this.propose})
    record_meeting = human(down.RecordMeeting).Next(this.voted)
    voted = branch({
        State.ADOPTED: this.decide, State.CONSULTED: this.record_meeting, State.HEARD: this.propose,
        State.VERIFYING: this.list_evidence, State.REJECTED: this.terminate,
    })
    decide = human(down.Decide).Next(this.tell_decision)

    # D11-D17 service, formalities, placement, follow-up, archive
    tell_decision = human(down.TellDecision).Next(this.serve)
    serve = human(down.Serve).Next(this.carry_out)
    carry_out = parallel(this.formalize, this.place)
    formalize = human(down.Formalize).Next(this.formalized)
    formalized = branch({State.WAITING: this.formalize, State.SERVED: this.change_treatment, State.TRACKING: this.change_treatment})
    change_treatment = optional(down.ChangeTreatment).Next(this.carried_out)
    place = optional(down.Place).Next(this.carried_out)
    carried_out = join().Next(this.next_visit)
    next_visit = wait(down.FollowUp, days=14).Next(this.follow_up)
    follow_up = human(down.FollowUp).Next(this.visited)
    visited = branch({State.TRACKING: this.next_visit, State.TRACKED: this.evaluate_follow_up})
    evaluate_follow_up = human(down.EvaluateFollowUp).Next(this.archive)
    terminate = human(down.Terminate, overriding=True).Next(this.terminated)
    terminated = branch({State.TO_CLEAR: this.clear_name, State.TERMINATED: this.archive})
    transfer = human(Transfer, overriding=True).Next(this.end)
    clear_name = human(down.ClearName).Next(this.archive)
    archive = human(down.Archive).Next(this.end)
    suggest_return = human(down.SuggestReturn, anytime=True)
    end = done()
