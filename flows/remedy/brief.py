"""What a remedy is about and what has been established: what stands beside the form of whoever acts next."""

from __future__ import annotations

from flows.brief import day, say
from flows.people import names_of
from flows.remedy.matter import filed_in, in_words, last_day_of
from flows.remedy.steps.hear import Heard
from workflow_app.models import Case
from workflow_app.plain_words import Line


def brief(case: Case) -> list[Line]:
    """Heads and what was settled under them; a head that was not reached yet is left out."""
    about, of = filed_in(case), case.settled.get
    if not about:
        return []
    attacked, committee, heard = about["attacked"], of("form_committee", {}), of("hear", {})
    return [
        *say("针对的决定", f"{attacked['number']}《{attacked['title']}》（{day(attacked['on'])}）"),
        *say("处理内容", in_words(about["measure"])), *say("原处理机关", about["respondent"]["name"]),
        *say("决定送达", day(attacked["served_on"])), *say("提出时间", _filed(about)), *say("逾期理由", about.get("late_reason")),
        *say("请求", about["request"]), *say("理由", "\n".join(f"{n}. {text}" for n, text in enumerate(about["reasons"], 1))),
        *say("需补正的内容", of("admit", {}).get("missing")), *say("补正期限", _completing(case)),
        *say("公正委员会", "、".join(names_of(committee["members"])) if committee else ""),
        *say("审理意见", f"{Heard(heard['outcome']).label}。{heard.get('opinion') or ''}" if heard else ""),
    ]  # fmt: skip


def _completing(case: Case) -> str:
    """Until when the material was due, once the notice was served; and that nothing came."""
    last = last_day_of(case, "RM-SUPPLEMENT")
    nothing = "，期限内没有收到" if case.has("lapsed") else ""
    return f"{day(case.anchors['RM-SUPPLEMENT'])}送达补正通知书，至{day(last)}届满{nothing}" if last else ""


def _filed(about: dict[str, object]) -> str:
    late = "，已逾期" if about["late"] else ""
    return f"{day(about['filed_on'])}（期限届满日{day(about['last_day'])}{late}）"
