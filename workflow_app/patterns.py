"""Templates of papers with their versions. Every version that a paper was ever issued in is kept, so that it can be printed again.

A version covers the template, all it extends or includes, and the style sheet: nothing else decides how content becomes HTML.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.template import Context, Engine
from django.utils import translation

from workflow_app import clock
from workflow_app.ledger import canonical
from workflow_app.models import PaperTemplate

STYLE = "documents/paper.css"
LAYOUTS, PARTS = Path("documents"), "parts"
_stands_on = re.compile(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"")


@dataclass(frozen=True)
class Pattern:
    """One version of a template: names and texts of all it stands on."""

    name: str
    sources: dict[str, str]

    @property
    def style(self) -> str:
        """The style sheet."""
        return self.sources[STYLE]


def _folder() -> Path:
    folder: Path = settings.BASE_DIR / "templates"
    return folder


@lru_cache(maxsize=512)
def current(template: str) -> Pattern:
    """The template as it stands in the files of this installation."""
    found: dict[str, str] = {STYLE: (_folder() / STYLE).read_text("utf-8")}
    ahead = [template]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found[name] = (_folder() / name).read_text("utf-8")
            ahead += _stands_on.findall(found[name])
    return Pattern(template, found)


@lru_cache(maxsize=512)
def version_of(template: str) -> str:
    """Hash of the template as it stands."""
    return hashlib.sha256(canonical(current(template).sources).encode()).hexdigest()


def keep(template: str, *, at: datetime) -> str:
    """Keep the template as it stands; returns its version."""
    version = version_of(template)
    kept_as = {"name": template, "sources": current(template).sources, "kept_at": at}
    PaperTemplate.objects.get_or_create(version=version, defaults=kept_as)
    return version


def names() -> list[str]:
    """Every template of a paper: those in the folders of the paths, and the receipt."""
    own = sorted(path.relative_to(_folder()).as_posix() for path in (_folder() / LAYOUTS).glob("*/*.html") if path.parent.name != PARTS)
    return [*own, "documents/receipt.html"]


def keep_all(**_: Any) -> None:
    """Keep every template as it stands; called when the database is brought up to date, so that no version is ever missed."""
    if PaperTemplate._meta.db_table not in connection.introspection.table_names():
        return
    at = clock.now()
    rows = [PaperTemplate(version=version_of(name), name=name, sources=current(name).sources, kept_at=at) for name in names()]
    known = set(PaperTemplate.objects.values_list("version", flat=True))
    PaperTemplate.objects.bulk_create([row for row in {row.version: row for row in rows}.values() if row.version not in known])


def kept(template: str, version: str) -> Pattern | None:
    """The template in a version: from the files when it is theirs, else from what was kept; None when it is unknown."""
    if not version or version == version_of(template):
        return current(template)
    row = PaperTemplate.objects.filter(version=version).first()
    return Pattern(row.name, row.sources) if row else None


@lru_cache(maxsize=64)
def _compiled(name: str, sources: tuple[tuple[str, str], ...]) -> Any:
    loader = ("django.template.loaders.locmem.Loader", dict(sources))
    return Engine(loaders=[loader], autoescape=True).get_template(name)


def fill(pattern: Pattern, values: dict[str, Any]) -> str:
    """The paper as HTML; every value is escaped, and neither the reader's language nor the time zone has a say."""
    template = _compiled(pattern.name, tuple(sorted((n, text) for n, text in pattern.sources.items() if n != STYLE)))
    with translation.override("zh-hans"):
        html: str = template.render(Context(values, use_l10n=False, use_tz=False))
    return html
