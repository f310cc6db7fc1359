"""A register with a field and five experts of it from outside, at an office that has a library."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.story import Town
from tests.workflow_app.assessment.stage import Hall
from workflow_app import consulting, uploads
from workflow_app.models import Assessor, AssessorField, Consultation, Upload
from workflow_app.revising import experts
from workflow_app.revising.consultations import Asking

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Circle:
    """The hall, a field, and people of the register."""

    hall: Hall
    topic: AssessorField
    people: list[Assessor] = field(default_factory=list)

    @property
    def town(self) -> Town:
        """The people."""
        return self.hall.town

    @property
    def words(self) -> dict[str, Any]:
        """The office, now."""
        return {"by": self.hall.office, "at": self.hall.at}

    @property
    def second(self) -> dict[str, Any]:
        """A colleague, now."""
        return {"by": self.hall.second, "at": self.hall.at}

    def enter(self, name: str, **more: Any) -> Assessor:
        """Somebody from outside, for two years."""
        known: dict[str, Any] = {
            "kind": "EXPERT",
            "workplace": "市委党校公共管理教研室",
            "first": date(2026, 1, 1),
            "last": date(2027, 12, 31),
        }
        entry = experts.Entry(name=name, why="长期研究绩效评价。", **(known | more))
        return consulting.enter(self.hall.library.organ, entry, [self.topic], **self.words)

    def ask(self, matter: Any = None) -> Consultation:
        """A question about the library."""
        due = (self.hall.at + timedelta(days=20)).date()
        asking = Asking(matter or self.hall.library, self.topic, "现有指标能不能反映乡镇工作的差别？", due)
        return consulting.ask(self.hall.library.organ, asking, **self.words)

    def letter(self) -> Upload:
        """A scan."""
        return uploads.keep(SimpleUploadedFile("来函.pdf", PDF), by=self.hall.office, at=self.hall.at)
