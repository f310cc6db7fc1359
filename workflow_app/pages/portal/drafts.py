"""Drafts: a form that is not sent yet is kept for its author alone, page by page, until it is sent or thrown away."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from workflow_app.models import Account, Case, Decision, Draft, WorkItem
from workflow_app.pages.portal.guide import type_typed
from workflow_app.sealing import seal, unseal


@dataclass
class Typed:
    """What a draft holds: values by name, and the pages that were answered."""

    values: type_typed = field(default_factory=dict)
    done: list[int] = field(default_factory=list)


def typed_of(draft: Draft) -> Typed:
    """What was typed; nothing when it cannot be read any more."""
    text = unseal(bytes(draft.typed), owner=draft.account_id)
    kept = json.loads(text) if text else {}
    return Typed(kept.get("values", {}), kept.get("done", []))


def keep(draft: Draft, typed: Typed, *, at: datetime) -> None:
    """Keep what was typed. A draft that was sent in the meantime is not made anew."""
    text = json.dumps({"values": typed.values, "done": sorted(set(typed.done))}, ensure_ascii=False)
    draft.typed, draft.changed_at = seal(text, owner=draft.account_id), at
    Draft.objects.filter(pk=draft.pk).update(typed=draft.typed, changed_at=at)


def for_item(account: Account, case: Case, item: WorkItem, *, at: datetime) -> Draft:
    """The draft of the answer to an item."""
    return _begun(
        Draft(account=account, cadre_id=case.cadre_id, case=case, item=item, path=_path(case), step=item.step, slot=f"item:{item.pk}"), at
    )


def for_case(account: Account, case: Case, step: str, *, at: datetime) -> Draft:
    """The draft of an act of any time."""
    return _begun(Draft(account=account, cadre_id=case.cadre_id, case=case, path=_path(case), step=step, slot=f"case:{case.pk}:{step}"), at)


def for_decision(account: Account, decision: Decision, path: str, step: str, organ: int, *, at: datetime) -> Draft:
    """The draft of a filing against a decision, at an organ."""
    about = f"{decision.pk}:{organ}"
    return _begun(Draft(account=account, cadre_id=decision.cadre_id, path=path, step=step, about=about, slot=f"{path}:{step}:{about}"), at)


def _path(case: Case) -> str:
    return str(case.flow_class.__name__)


def _begun(new: Draft, at: datetime) -> Draft:
    """The draft already begun for the same form, or the new one."""
    found = Draft.objects.filter(account=new.account, slot=new.slot).first()
    if found is not None:
        return found
    new.token, new.typed, new.created_at, new.changed_at = uuid4().hex, seal("{}", owner=new.account_id), at, at
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError:  # the same form was opened twice at the same moment
        return Draft.objects.get(account=new.account, slot=new.slot)
    return new


def of(account: Account, token: str) -> Draft | None:
    """The author's own draft, or None."""
    rows = Draft.objects.filter(account=account, token=token)
    return rows.select_related("case__cadre__unit", "case__organ", "item__desk", "cadre__unit").first()


def all_of(account: Account) -> list[Draft]:
    """Everything begun and not sent, newest first."""
    return list(Draft.objects.filter(account=account).select_related("case__cadre", "cadre").order_by("-changed_at"))
