"""考核联席会议: organs meet about a closed round and say, of those named, what they know: nothing, or a matter with its document.

The meeting votes on nothing and settles nothing. Who came for an organ does not answer about themselves, the unit they serve in, or somebody
with whom they declared a tie. A record is never changed: what comes later is a further meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import override

from workflow_app.clock import TZ
from workflow_app.models import Account, Cadre, Campaign, JointAnswer, JointMeeting, Subject
from workflow_app.refusing import Refused
from workflow_app.ties import tied

RULE = "考核联席会议"
ANSWER = JointAnswer.Answer
LEAST, SHORTEST = 2, 5  # organs of a meeting; characters of what is said


@dataclass(frozen=True)
class Present:
    """An organ that came: its name, who came for it, and the number in the roster where there is one."""

    organ: str
    person: str
    number: str = ""


@dataclass(frozen=True)
class Said:
    """What an organ answered about one of the rated."""

    subject: Subject
    organ: str
    answer: str
    document: str = ""
    matter: str = ""


@dataclass(frozen=True)
class Sitting:
    """A meeting as it is entered."""

    held_on: date
    convener: str
    topic: str
    organs: tuple[Present, ...]
    answers: tuple[Said, ...]
    outcome: str


class BadMeeting(Refused):
    """The record has faults; each names its place. Nothing was kept."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"联席会议记录有{len(faults)}处错误。", way_out="逐项更正后再登记。", rule=RULE)
        self.faults = faults


def faults(campaign: Campaign, one: Sitting, today: date) -> list[str]:
    """Everything that is wrong with a record."""
    found = []
    closed = campaign.closed_at.astimezone(TZ).date() if campaign.closed_at else today
    if not closed <= one.held_on <= today:
        found.append(f"召开日期{one.held_on}：应在测评结束（{closed}）以后、今天以前")
    for text, words in ((one.convener, "召集人"), (one.topic, "议题"), (one.outcome, "会议意见")):
        if len(text.strip()) < (2 if words == "召集人" else SHORTEST):
            found.append(f"{words}：没有写或者过短")
    names = [row.organ.strip() for row in one.organs]
    if len(set(names)) < LEAST:
        found.append(f"出席机关：只有{len(set(names))}个；应不少于{LEAST}个")
    found += [f"出席机关“{name}”：写了两次；应为一次" for name in sorted({name for name in names if names.count(name) > 1})]
    found += [f"出席机关“{row.organ}”：没有写出席人" for row in one.organs if len(row.person.strip()) < 2]
    people = _people(one)
    found += [
        f"出席人“{row.person}”：名册中没有编号{row.number}，或者姓名不同" for row in one.organs if row.number and row.number not in people
    ]
    return found + _wrong_answers(one, people)


def _people(one: Sitting) -> dict[str, Cadre]:
    rows = Cadre.objects.filter(number__in=[row.number for row in one.organs if row.number])
    names = {row.number: row.person.strip() for row in one.organs}
    return {cadre.number: cadre for cadre in rows if cadre.name == names[cadre.number]}


def _wrong_answers(one: Sitting, people: dict[str, Cadre]) -> list[str]:
    found, seen, came = [], set(), {row.organ.strip(): row for row in one.organs}
    if not one.answers:
        found.append("答复：一项也没有；应逐名（逐个单位）写明各机关的答复")
    for said in one.answers:
        place, row = f"{said.subject.name}、{said.organ}", came.get(said.organ.strip())
        if row is None:
            found.append(f"{place}：该机关没有出席；应为出席机关")
        elif row.number in people and _keeps_out(people[row.number], said.subject):
            found.append(f"{place}：出席人{row.person}须回避这一项；由该机关另一人员答复")
        if (said.subject.pk, said.organ) in seen:
            found.append(f"{place}：答复了两次；应为一次")
        seen.add((said.subject.pk, said.organ))
        if said.answer not in ANSWER.values:
            found.append(f"{place}：没有选择答复")
        elif said.answer == ANSWER.MATTER and (len(said.document.strip()) < 2 or len(said.matter.strip()) < SHORTEST):
            found.append(f"{place}：有需要研究的情况；应写明文件和事由（不少于{SHORTEST}个字）")
        elif said.answer == ANSWER.NOTHING and (said.document.strip() or said.matter.strip()):
            found.append(f"{place}：没有掌握情况；文件和事由应空白")
    return found


def _keeps_out(cadre: Cadre, subject: Subject) -> bool:
    if subject.unit_id:
        return cadre.unit_id == subject.unit_id
    return cadre.pk == subject.cadre_id or bool(tied([cadre.pk], [subject.person.pk]))


@transaction.atomic
def enter(campaign: Campaign, one: Sitting, today: date, *, by: Account, at: datetime) -> JointMeeting:
    """Keep a record. Raises Refused or BadMeeting."""
    if campaign.closed_at is None:
        raise Refused("测评结束以后才召开联席会议。", way_out="等待测评结束。", rule=RULE)
    wrong = faults(campaign, one, today)
    if wrong:
        raise BadMeeting(wrong)
    made = JointMeeting.objects.create(
        campaign=campaign, held_on=one.held_on, convener=one.convener.strip(), topic=one.topic.strip(), outcome=one.outcome.strip(),
        organs=[[row.organ.strip(), row.person.strip(), row.number] for row in one.organs], by=by, at=at,
    )  # fmt: skip
    JointAnswer.objects.bulk_create(
        JointAnswer(meeting=made, subject=said.subject, organ=said.organ.strip(), answer=said.answer, document=said.document.strip(), matter=said.matter.strip())
        for said in one.answers
    )  # fmt: skip
    return made


def matters(campaign: Campaign) -> dict[int, list[JointAnswer]]:
    """Matters that organs named, by subject: people look at them before they propose a grade."""
    found: dict[int, list[JointAnswer]] = {}
    for one in JointAnswer.objects.filter(meeting__campaign=campaign, answer=ANSWER.MATTER).order_by("id"):
        found.setdefault(one.subject_id, []).append(one)
    return found


def content(meeting: JointMeeting) -> dict[str, Any]:
    """The minutes: who came, what each said of whom, and what the meeting thought."""
    with override("zh-hans"):
        rows = [
            [one.subject.name, one.organ, str(one.get_answer_display()), f"{one.document}：{one.matter}" if one.document else "——"]
            for one in meeting.answers.select_related("subject__cadre", "subject__unit").order_by("subject", "id")
        ]
    came = "\n".join(f"{organ}：{person}" for organ, person, _number in meeting.organs)
    return {
        "to": "", "paragraphs": [], "sections": [{"title": "会议意见", "paragraphs": [meeting.outcome]}], "rights": [],
        "tables": [{"title": "各机关答复", "head": ["被考核对象", "机关", "答复", "文件和事由"], "widths": [20, 22, 26, 32], "rows": rows}],
        "rows": [
            ("考核", meeting.campaign.name), ("召开日期", f"{meeting.held_on:%Y年%-m月%-d日}"), ("召集人", meeting.convener), ("议题", meeting.topic), ("出席", came),
        ],
    }  # fmt: skip
