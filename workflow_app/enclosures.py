"""Files that somebody sends along with an act: chosen from their own uploads, named by their hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from workflow_app.models import Account, Holder

LIMIT = 20


class FilesField(forms.Field):
    """Files of the actor. The value is a list of {name, sha256, size}; only files that the actor uploaded are accepted."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, label: str, help_text: str = "", required: bool = False) -> None:
        super().__init__(label=label, help_text=help_text, required=required)
        self.actor: Account | None = None

    def belong_to(self, actor: Account | None) -> None:
        """Offer the files of `actor`, newest first."""
        self.actor = actor
        mine = Holder.objects.filter(account=actor).select_related("upload").defer("upload__data").order_by("-id")[:50]
        self.widget.choices = [(one.upload.sha256, f"{one.name}（{one.upload.size // 1024 + 1} KB）") for one in mine]

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        """Hashes become files, in the given order."""
        wanted = list(dict.fromkeys(str(one) for one in value or []))
        if len(wanted) > LIMIT:
            raise forms.ValidationError(f"最多附{LIMIT}个文件。")
        found = held_by(self.actor, wanted)
        if len(found) != len(wanted):
            raise forms.ValidationError("有文件不是您上传的，或者已经不在。请删去后重新上传。")
        return [{"name": found[one].name, "sha256": one, "size": found[one].upload.size} for one in wanted]


def held_by(actor: Account | int | None, hashes: Iterable[str]) -> dict[str, Holder]:
    """Files of `actor`, an account or its key, among `hashes`."""
    found = Holder.objects.filter(account=actor, upload__sha256__in=list(hashes)).select_related("upload").defer("upload__data")
    return {one.upload.sha256: one for one in found}


def enclosed(form: type[forms.Form], facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All files that `facts` of `form` name."""
    names = [name for name, field in form.base_fields.items() if isinstance(field, FilesField)]
    return [one for name in names for one in facts.get(name) or []]


def names_of(facts: Mapping[str, Any]) -> str:
    """The files of the field `enclosures` as a paper names them: with the start of their digest, so that none can be exchanged."""
    return "、".join(f"{one['name']}（SHA-256 {one['sha256'][:16]}）" for one in facts.get("enclosures") or []) or "无"
