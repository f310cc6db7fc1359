"""Routes: every one asks `visible_to` or the door, and records what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from ninja import Header, NinjaAPI, Query, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError

from workflow_app import conduct, ledger
from workflow_app.api import imports, shapes
from workflow_app.api.callers import SeatBearer, SeatPlace
from workflow_app.models import Case, Deadline, Document, Rendering, WorkItem
from workflow_app.models.words import cases_with
from workflow_app.pages import wording
from workflow_app.pages.filling import Filling
from workflow_app.pages.frame import place_of
from workflow_app.pages.holding import Held, held
from workflow_app.pages.printed import printed
from workflow_app.pages.refusals import busy
from workflow_app.steps import Refused

PAGE = 50
LARGEST = 2**62

api = NinjaAPI(
    title="干部职务调整办理系统接口", version="1", auth=SeatBearer(), docs_url=None, urls_namespace="api",
    description="令牌对应一个席位；所有办理经过同一入口，拒绝时写明规则、理由和办法。",
)  # fmt: skip
Key = Header(..., alias="Idempotency-Key", min_length=8, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")
REFUSED = {400: shapes.Refusal, 409: shapes.Refusal, 422: shapes.Refusal, 404: shapes.Refusal, 401: shapes.Refusal, 503: shapes.Refusal}


def _refusal(status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
    def answer(request: HttpRequest, refused: Any) -> HttpResponse:
        told: dict[str, Any] = {
            "rule": getattr(refused, "rule", ""),
            "reason": getattr(refused, "reason", str(refused)),
            "way_out": "",
            "fields": {},
        }
        told["way_out"] = getattr(refused, "way_out", "") or "核对编号和席位后再试。"
        return api.create_response(request, told, status=status)

    return answer


def _malformed(fault: ValidationError) -> dict[str, Any]:
    fields: dict[str, list[str]] = {}
    for one in fault.errors:
        fields.setdefault(".".join(str(part) for part in one["loc"]), []).append(str(one["msg"]))
    return {"rule": "接口格式", "reason": "请求不合接口格式。", "way_out": "按接口说明（openapi.json）更正后再发。", "fields": fields}


api.add_router("/import", imports.router)
api.add_exception_handler(Refused, _refusal(409))
api.add_exception_handler(Http404, _refusal(404))
api.add_exception_handler(AuthenticationError, _refusal(401))
api.add_exception_handler(HttpError, lambda request, fault: _refusal(cast(HttpError, fault).status_code)(request, fault))
api.add_exception_handler(ValidationError, lambda request, fault: api.create_response(request, _malformed(cast(Any, fault)), status=422))
api.add_exception_handler(OperationalError, lambda request, fault: _refusal(503)(request, busy()))


def _caller(request: HttpRequest) -> SeatPlace:
    place = place_of(request)
    assert isinstance(place, SeatPlace)
    return place


def _line(case: Case) -> dict[str, Any]:
    return {
        "id": case.pk, "number": case.number, "path": case.flow_class.__name__, "state": str(case.state),
        "state_label": wording.state_of(case), "cadre": case.cadre.name, "unit": case.cadre.unit.name, "opened_at": case.created,
        "closed_at": case.finished, "suspended_on": case.suspended_on,
    }  # fmt: skip


def _case(request: HttpRequest, key: int) -> Case:
    found = _caller(request).cases().select_related("cadre__unit", "organ").filter(pk=key).first() if key < LARGEST else None
    if found is None:
        raise Http404("没有这个案件，或者这一席位无权查看。")
    return wording.as_path(found)


@api.get("/cases", response={200: shapes.Page, **REFUSED})
def cases(request: HttpRequest, q: str = Query("", max_length=60), before: int = Query(LARGEST, ge=1, le=LARGEST)) -> dict[str, Any]:
    """Cases that reached this desk, newest first; `q` searches number, name and unit."""
    place = _caller(request)
    found, named = place.cases().filter(pk__lt=before), cases_with(q)
    if named is not None:
        found = found.filter(pk__in=named)
        ledger.read(account=place.account, what="search", ref=0, case=None, at=place.at, desk=place.seat.desk, reason=q)
    rows = list(found.select_related("cadre__unit").order_by("-pk")[: PAGE + 1])
    if named is not None:
        ledger.hits(rows[:PAGE], account=place.account, at=place.at, desk=place.seat.desk)
    return {"cases": [_line(one) for one in rows[:PAGE]], "before": rows[PAGE - 1].pk if len(rows) > PAGE else None}


@api.get("/cases/{int:case}", response={200: shapes.Case, **REFUSED})
def case(request: HttpRequest, case: int) -> dict[str, Any]:
    """One case: state, periods with their explanation, what is open. A recorded read."""
    found, place = _case(request, case), _caller(request)
    ledger.read(account=place.account, what="case", ref=found.pk, case=found, at=place.at, desk=place.seat.desk)
    periods = Deadline.objects.filter(case=found).order_by("pk")
    items = WorkItem.objects.filter(process=found, status__in=["NEW", "ASSIGNED"]).order_by("pk")
    return _line(found) | {
        "round": found.round, "open_items": [one.step for one in items],
        "deadlines": [
            {"rule": one.rule_id, "starts_on": one.starts_on, "last_day": one.last_day, "provisional": one.provisional,
             "closed": one.closed_at is not None, "explanation": one.explanation}
            for one in periods
        ],
    }  # fmt: skip


@api.get("/cases/{int:case}/papers", response={200: list[shapes.Paper], **REFUSED})
def papers(request: HttpRequest, case: int) -> list[dict[str, Any]]:
    """Papers of a case; `sha256` is empty while a paper is being made."""
    found, place = _case(request, case), _caller(request)
    ledger.read(account=place.account, what="case", ref=found.pk, case=found, at=place.at, desk=place.seat.desk)
    made = dict(Rendering.objects.filter(document__case=found).values_list("document_id", "sha256"))
    fields = ("id", "number", "title", "code", "step", "issued_on", "content_hash")
    rows = Document.objects.filter(case=found).order_by("pk").values(*fields)
    return [{**row, "sha256": made.get(row["id"])} for row in rows]


@api.get("/papers/{int:paper}/pdf", response=REFUSED)
def paper_pdf(request: HttpRequest, paper: int) -> HttpResponse:
    """The PDF of a paper. A recorded read."""
    place = _caller(request)
    found = Document.objects.filter(pk=paper, case__in=place.cases()).first() if paper < LARGEST else None
    made = Rendering.objects.filter(pk=paper).first() if found else None
    if found is None or made is None:
        raise Http404("没有这份文书，或者文书正在生成。")
    ledger.read(account=place.account, what="paper", ref=paper, case=found.case, at=place.at, step=found.step, desk=place.seat.desk)
    return printed(bytes(made.pdf), f"{found.number}.pdf")


@api.get("/desk", response={200: list[shapes.Item], **REFUSED})
def desk(request: HttpRequest) -> list[dict[str, Any]]:
    """What is open at the desk, the most urgent first."""
    place = _caller(request)
    rows = WorkItem.objects.filter(desk=place.seat.desk_id, status__in=["NEW", "ASSIGNED"]).exclude(process__in=place.hidden)
    rows = rows.order_by("due_at", "pk")
    rows = rows.select_related("process__cadre", "owner")[:PAGE]
    return [
        {"id": one.pk, "case": one.process_id, "number": one.process.number, "cadre": one.process.cadre.name, "step": one.step,
         "title": wording.title_of(one.process, one.step), "due_on": one.due_on, "version": one.version, "status": one.status,
         "owner": one.owner.username if one.owner else None}
        for one in rows
    ]  # fmt: skip


def _held(request: HttpRequest, item: int) -> Held:
    _caller(request)
    if item >= LARGEST:
        raise Http404("没有这一事项。")
    work = held(request, item, read=True)
    if work.item.desk_id != _caller(request).seat.desk_id:
        raise Http404("没有这一事项，或者不在这一席位的岗位上。")
    return work


def _facts(work: Held, told: dict[str, str | list[str]]) -> dict[str, Any] | Filling:
    """The step's facts as its form reads them, or the form with its faults."""
    data = QueryDict(mutable=True)
    for name, value in told.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    filling = Filling(work.step, work.situation, data)
    return filling.facts() if filling.valid() else filling


def _faults(filling: Filling) -> Status:
    told = {name: [str(one) for one in errors] for name, errors in filling.form.errors.items()}
    for rows in filling.rows:
        for number, errors in enumerate(form.errors for form in rows.formset.forms):
            told |= {f"{rows.name}-{number}-{name}": [str(one) for one in said] for name, said in errors.items()}
        if rows.formset.non_form_errors():
            told[rows.name] = [str(one) for one in rows.formset.non_form_errors()]
    said = {"rule": "表单", "reason": "所填内容不完整或者不合要求。", "way_out": "按各栏提示更正后重新提交。", "fields": told}
    return Status(422, said)


@api.post("/items/{int:item}/preview", response={200: shapes.Seen, **REFUSED})
def preview(request: HttpRequest, item: int, told: shapes.Facts) -> Any:
    """The paper as it would be; nothing is written."""
    work = _held(request, item)
    facts = _facts(work, told.facts)
    if isinstance(facts, Filling):
        return _faults(facts)
    seen = conduct.preview(work.item, facts=facts, by=work.place.account, at=work.place.at)
    return {"content_hash": seen.content_hash, "title": seen.title, "outcome": seen.outcome, "content": seen.content}


@api.post("/items/{int:item}/complete", response={200: shapes.Done, **REFUSED})
def complete(request: HttpRequest, item: int, told: shapes.Act, key: str = Key) -> Any:
    """Sign what was previewed. The same key again gives the first result."""
    work = _held(request, item)
    facts = _facts(work, told.facts)
    if isinstance(facts, Filling):
        return _faults(facts)
    by, at = work.place.account, work.place.at
    record = conduct.complete(work.item, facts=facts, seen=told.seen, by=by, at=at, key=key, version=told.version)
    state = str(Case.objects.values_list("state", flat=True).get(pk=work.case.pk))
    return {"record": record.seq if record else None, "hash": record.hash if record else "", "state": state}


def _hold(request: HttpRequest, item: int, act: Callable[..., None], key: str) -> dict[str, Any]:
    work = _held(request, item)
    act(work.item, by=work.place.account, at=work.place.at, key=key)
    return {"record": None, "hash": "", "state": str(work.case.state)}


@api.post("/items/{int:item}/claim", response={200: shapes.Done, **REFUSED})
def claim(request: HttpRequest, item: int, key: str = Key) -> dict[str, Any]:
    """Take an item from the desk."""
    return _hold(request, item, conduct.claim, key)


@api.post("/items/{int:item}/release", response={200: shapes.Done, **REFUSED})
def release(request: HttpRequest, item: int, key: str = Key) -> dict[str, Any]:
    """Give a claimed item back."""
    return _hold(request, item, conduct.release, key)
