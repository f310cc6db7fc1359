"""X 送达公告: when a paper can be served in no other way, a notice is posted; on the last day of its period it has served."""

from datetime import date

from flows import fields
from flows.paper import Sheet, day
from flows.roles import Role
from flows.service_receipt import RULE, ServiceStep, deemed
from workflow_app.because import on_paper
from workflow_app.clock import UNITS
from workflow_app.models import Deadline, Document, WorkItem
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


def waiting(situation: Situation) -> WorkItem | None:
    """The open item of a service, or None."""
    found = WorkItem.objects.filter(process_id=situation.case.pk, status__in=("NEW", "ASSIGNED")).order_by("id")
    return next((item for item in found if isinstance(item.flow_task.step, ServiceStep)), None)


def paper_of(situation: Situation) -> Document | None:
    """The paper that waits to be served, or None."""
    item = waiting(situation)
    if item is None:
        return None
    step: ServiceStep = item.flow_task.step
    return Document.objects.filter(case_id=situation.case.pk, step=step.served_step(situation.case)).order_by("-id").first()


class AnnounceFacts(Facts):
    """When and where it was posted, and why in this way."""

    tried = fields.long_text("采用其他方式未能送达的情况", "写明直接、留置、邮寄送达各在何日办理、为何未能送达；附卷，不在公告中写出。")
    announced_on = fields.a_date("公告日期", "公告刊登或者张贴之日；自次日起计算。")
    places = fields.short_text("公告载体和张贴地点", "例如：本机关公告栏、本人住所地、市级报纸。")
    collect = fields.short_text("领取文书的地点和联系电话")
    organ_received_on = fields.a_date("原处理机关收到日期", "变更、撤销、责令重新处理的填写。", required=False)

    def arrange(self, situation: Situation) -> None:
        """Only a decision that another organ has to carry out has a day on which that organ got it."""
        if "to_correct" not in situation.case.marks:
            self.fields.pop("organ_received_on")


class AnnounceService(Step):
    """Two handlers post it; the receipt is made by the worker on the last day."""

    name, no, title = "announce_service", "X", "送达公告"
    role, certainty = Role.CASE_HANDLER, "a"
    basis = "《公务员申诉规定（试行）》第32条"
    document, document_title, signers = "X-ANN", "送达公告", 2
    open_to_subject = True
    shelf = "送达回证"
    clock_effect = "announce"
    Facts = AnnounceFacts

    def barred(self, situation: Situation) -> RuleBroken | None:
        """There must be a paper to serve, and no notice that runs."""
        item = waiting(situation)
        if item is None or paper_of(situation) is None:
            return RuleBroken("现在没有等待送达的文书。", way_out="文书作出后，在送达环节办理。", rule=RULE)
        running = Deadline.objects.filter(item=item, rule_id=RULE, closed_at=None).first()
        if running is not None:
            return RuleBroken(
                f"送达公告已经发出，{day(running.last_day)}期满。",
                way_out="期满之日系统自动作出送达回证；此前本人领取的，登记直接送达。",
                rule=RULE,
            )
        return None

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Posted already, and not before the paper was issued; a correction needs the day the original organ got it."""
        barred = self.barred(situation)
        if barred is not None:
            raise barred
        paper = paper_of(situation)
        assert paper is not None
        if not paper.issued_on <= facts["announced_on"] <= situation.today:
            raise RuleBroken(
                "公告日期不能早于文书作出之日，也不能晚于今天。", way_out=f"文书日期为{day(paper.issued_on)}；公告后再登记。", rule=RULE,
                field="announced_on",
            )  # fmt: skip
        if "to_correct" in situation.case.marks:
            self._check_received(paper, situation.today, facts.get("organ_received_on"))

    def _check_received(self, paper: Document, today: date, got: date | None) -> None:
        if not got or not paper.issued_on <= got <= today:
            raise RuleBroken(
                "须写明原处理机关收到决定的日期。",
                way_out="填写决定作出之后、今天之前的日期。",
                rule="RM-CORRECT",
                field="organ_received_on",
            )

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second handler, as for service without a receipt."""
        return [Slot(self.role, "复核人")]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """For the clock, and for the receipt that will be made."""
        item = waiting(situation)
        got = facts.get("organ_received_on")
        return {
            "item_id": item.pk if item else 0, "rule": RULE, "announced_on": facts["announced_on"],
            "organ_received_on": got.isoformat() if got else None,
        }  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """送达公告: everybody may read it, so it says nothing of the matter; how service was tried stays in the record."""
        paper, (_, told) = paper_of(situation), deemed(situation.case, facts["announced_on"])
        what = f"《{paper.title}》（{paper.number}）" if paper else "文书"
        period = f"{told['length']}{UNITS[told['unit']]}"
        return Sheet(to=situation.case.cadre.name, paragraphs=(
            f"因采用其他方式无法向你送达{what}，现依照有关规定公告送达。",
            f"请自本公告发出之日起{period}内，到{facts['collect']}领取。期满未领取的，视为送达。",
            f"公告日期：{day(facts['announced_on'])}。公告载体：{facts['places']}。",
            f"期限的计算：{on_paper(told)}",
        ))  # fmt: skip
