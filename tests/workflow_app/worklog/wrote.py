"""People who write, and results of years."""

from __future__ import annotations

import struct
from datetime import date
from typing import Any

from tests.story import Town
from workflow_app import noting
from workflow_app.models import Account, AssessmentResult, Cadre, ImportBatch, Post, Statement, WorkLine
from workflow_app.worklog import lines
from workflow_app.worklog.rules import monday

TEXT, DUTY = "督办绕城路三标段复工，清点到岗人员和设备。", "分管工程建设"


def wrote(town: Town, text: str = TEXT, duty: str = DUTY, *, week: date | None = None, **more: Any) -> WorkLine:
    """王建国 writes a line."""
    one = lines.Written(week or monday(town.today), text, duty)
    return noting.write(town.wang, one, by=town.people["wang"], at=town.at, **more)


def head_of(town: Town) -> Account:
    """何远, head of 王建国's unit."""
    post = Post.objects.create(unit=town.wang.unit, title="局长", level="COUNTY_HEAD", leadership_post=True, is_leading_member=True)
    cadre = Cadre.objects.create(number="YX00088", name="何远", sex="男", unit=town.wang.unit, post=post)
    town.people["head"] = Account.objects.create(username="heyuan", cadre=cadre, password="!")
    return town.people["head"]


def batch() -> ImportBatch:
    made, _new = ImportBatch.objects.get_or_create(
        digest="d", defaults={"file_name": "f", "rows": 1, "imported_at": "2026-01-05T00:00+08:00"}
    )
    return made


def graded(town: Town, year: int, grade: str = "EXCELLENT", cadre: Cadre | None = None) -> AssessmentResult:
    """A result of a year."""
    of = cadre or town.wang
    return AssessmentResult.objects.create(
        cadre=of,
        year=year,
        unit=of.unit,
        post_title="副局长",
        post_level="COUNTY_DEPUTY",
        comparison_group="市直",
        grade=grade,
        batch=batch(),
        row=2,
    )


def stated(town: Town, month: str, score: str = "86.00", item: str = "重点项目") -> Statement:
    """A line of the month's statement."""
    return Statement.objects.create(cadre=town.wang, month=month, item=item, score=score, batch=batch(), row=2)


def photo(*, latitude: bool = False, camera: bool = True) -> bytes:
    """A JPEG of one pixel as a phone writes it, with or without the place."""
    places = struct.pack(">H", 1) + struct.pack(">HHII", 2 if latitude else 29, 5, 3, 90) + bytes(4)
    ifd = struct.pack(">H", 1) + struct.pack(">HHII", 0x8825, 4, 1, 26) + bytes(4)
    tiff = b"MM\x00*" + struct.pack(">I", 8) + ifd + places + bytes(40)
    exif = b"Exif\x00\x00" + tiff if camera else b""
    app1 = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif if camera else b""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + app1 + frame + b"\xff\xd9"
