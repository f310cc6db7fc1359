"""Is this paper genuine? Anybody may ask with the code printed on it, and learns number, organ, date and state; nothing of a person."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from workflow_app.models import Document, GradeNotice, GradeNoticePrint, RecordPart, Rendering, SignedPaper
from workflow_app.pages.frame import show

ASKED, WITHIN = 30, 60  # questions of one address in so many seconds
# What is easily misread when a code is typed in from paper.
READ_AS = str.maketrans("ILOU", "110V", "- \t")


@dataclass(frozen=True)
class Answer:
    """What anybody may know of a paper."""

    number: str
    organ: str
    issued_on: str
    state: str
    sha256: str
    signer: str


def _counted() -> FileBasedCache:
    return FileBasedCache(str(settings.VAR_DIR / "asked"), {"TIMEOUT": WITHIN, "OPTIONS": {"MAX_ENTRIES": 20000}})


def too_often(address: str) -> bool:
    """Whether an address asks more than a person would. Kept as files, because the next question may reach another process."""
    kept, key = _counted(), hashlib.sha256(address.encode()).hexdigest()
    asked = kept.get(key, 0) + 1
    kept.set(key, asked)
    return bool(asked > ASKED)


@never_cache
@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Where the code is typed in."""
    code = request.GET.get("code", "").upper().translate(READ_AS)
    return redirect("genuine", code=code) if code.isalnum() and code.isascii() else show(request, "genuine", {"code": code})


@never_cache
@require_GET
def genuine(request: HttpRequest, code: str) -> HttpResponse:
    """The answer to a code."""
    if too_often(str(request.META.get("REMOTE_ADDR", ""))):
        return show(request, "genuine", {"code": code, "busy": True}, status=429)
    found, notice = Document.objects.filter(verify_code=code).first(), GradeNotice.objects.filter(verify_code=code).first()
    answer = answer_of(found) if found else answer_of_notice(notice) if notice else None
    return show(request, "genuine", {"code": code, "asked": True, "answer": answer}, status=200 if answer else 404)


def answer_of_notice(notice: GradeNotice) -> Answer:
    """What may be said of a notice of a grade."""
    made, later = GradeNoticePrint.objects.filter(pk=notice.pk).defer("pdf").first(), GradeNotice.objects.filter(replaces=notice).first()
    state = _("已由%(n)s替代") % {"n": later.number} if later else _("有效") if made else _("已签发，文件正在生成")
    paper = notice.content["paper"]
    return Answer(notice.number, paper["organ"], paper["issued_on"], state, made.sealed_sha256 if made else "", made.signer if made else "")


def answer_of(document: Document) -> Answer:
    """What may be said of a paper."""
    made = Rendering.objects.filter(pk=document.pk).defer("pdf").first()
    signed = SignedPaper.objects.filter(pk=document.pk).defer("addition").first()
    return Answer(
        number=document.number, organ=document.content["paper"]["organ"], issued_on=document.content["paper"]["issued_on"],
        state=_state(document, made), sha256=signed.sha256 if signed else made.sha256 if made else "", signer=signed.signer if signed else "",
    )  # fmt: skip


def _state(document: Document, made: Rendering | None) -> str:
    if made is None:
        return _("已签发，文件正在生成")
    corrected = [one.number for one in _corrections(document)]
    return _("有文字更正，见%(numbers)s") % {"numbers": "、".join(corrected)} if corrected else _("有效")


def _corrections(document: Document) -> list[Document]:
    """Papers that correct this one: their acts name it."""
    later = Document.objects.filter(case=document.case_id, step="correct_paper").defer("content").order_by("id")
    said = dict(
        RecordPart.objects.filter(chain=f"C{document.case_id}", seq__in=[one.record_seq for one in later], name="facts").values_list(
            "seq", "value"
        )
    )
    return [one for one in later if str(json.loads(said.get(one.record_seq) or "{}").get("paper")) == str(document.pk)]
