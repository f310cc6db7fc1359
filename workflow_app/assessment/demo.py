"""A fictional prefecture: 云溪市 with 3 counties, 18 towns, 12 departments and about 1,700 cadres. Invented names, fixed seed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from workflow_app.assessment.sheets import COLUMNS

SEED = 20260101
YEARS = (2023, 2024, 2025)
COUNTIES = ("青禾县", "石泉县", "南岭区")
TOWNS = ("桃源镇", "白沙镇", "松岗镇", "清河镇", "柳溪镇", "东阳街道")
DEPARTMENTS = (
    "发展改革局", "教育局", "财政局", "人力资源局", "自然资源局", "交通运输局", "水利局", "农业农村局", "卫生健康局", "应急管理局", "审计局", "统计局",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = "安邦博采晨达恩帆光涵弘嘉健凯乐明宁平启然瑞思天维文晓欣雅义雨泽志忠卓清远书航亦云景和"
POSTS = (("局长", "TOWN_HEAD", 1), ("副局长", "TOWN_DEPUTY", 3), ("科长", "STAFF", 6), ("科员", "STAFF", 0))
LEVEL_NAMES = {"TOWN_HEAD": "乡科级正职", "TOWN_DEPUTY": "乡科级副职", "STAFF": "科员级"}
SIZE = 31
# Other organs that a case meets: they have desks, and nobody of theirs is in the sheets.
CHECKING = {"YX-95": "云溪市委组织部干部档案室", "YX-96": "云溪市委组织部干部监督室", "YX-97": "云溪市信访局"}
NOT_ASSESSED = ("YX-90", "YX-91", "YX-92", "YL-92", *CHECKING)


@dataclass(frozen=True)
class Person:
    """One row of the people sheet."""

    number: str
    name: str
    sex: str
    birth: str
    unit: str
    post: str
    level: str


@dataclass(frozen=True)
class Place:
    """One unit: code, name, kind, code of the unit above, whether it manages cadres."""

    code: str
    name: str
    kind: str
    above: str
    manages: bool = False


def places() -> list[Place]:
    """The unit tree."""
    found = [Place("YL", "云岭省", "PROVINCE", ""), Place("YX", "云溪市", "PREFECTURE", "YL", manages=True)]
    found += [Place(f"YX-D{n:02}", f"云溪市{name}", "DEPARTMENT", "YX") for n, name in enumerate(DEPARTMENTS, 1)]
    found += [Place("YX-90", "云溪市纪委监委", "DEPARTMENT", "YX"), Place("YX-91", "云岭省交通运输厅党组", "DEPARTMENT", "YX")]
    found += [Place(code, name, "DEPARTMENT", "YX") for code, name in CHECKING.items()]
    found += [Place("YX-92", "云溪市公务员主管部门", "DEPARTMENT", "YX"), Place("YL-92", "云岭省公务员主管部门", "DEPARTMENT", "YL")]
    for c, county in enumerate(COUNTIES, 1):
        code = f"YX-{c}"
        found.append(Place(code, county, "COUNTY", "YX", manages=True))
        found += [Place(f"{code}-{t:02}", f"{county}{name}", "TOWN", code) for t, name in enumerate(TOWNS, 1)]
        found += [Place(f"{code}-D{d:02}", f"{county}{name}", "DEPARTMENT", code) for d, name in enumerate(DEPARTMENTS[:8], 1)]
    return found


def people() -> list[Person]:
    """About 1,700 cadres, the same every time."""
    rnd = random.Random(SEED)
    units = [place for place in places() if place.kind in ("TOWN", "DEPARTMENT") and place.code not in NOT_ASSESSED]
    found: list[Person] = []
    for unit in units:
        heads = ("镇长", "副镇长") if unit.kind == "TOWN" else ("局长", "副局长")
        titles = [(heads[0], "TOWN_HEAD"), *[(f"{heads[1]}（{n}）", "TOWN_DEPUTY") for n in "一二三"], *[("科员", "STAFF")] * (SIZE - 4)]
        for title, level in titles:
            name = rnd.choice(SURNAMES) + rnd.choice(GIVEN) + (rnd.choice(GIVEN) if rnd.random() < 0.8 else "")
            birth = f"{rnd.randint(1967, 1998)}-{rnd.randint(1, 12):02}"
            found.append(Person(f"YX{len(found) + 1:05}", name, rnd.choice("男男女"), birth, unit.name, title, level))
    return found


def results() -> Iterator[tuple[Any, ...]]:
    """Rows of the results sheet, year by year, with the traps of real files in them."""
    rnd = random.Random(SEED + 1)
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in people():
        groups[f"{person.unit}·{LEVEL_NAMES[person.level]}" if person.level == "STAFF" else _wide(person)].append(person)
    ability = {person.number: rnd.gauss(84, 4) for group in groups.values() for person in group}
    for year in YEARS:
        for group, members in sorted(groups.items()):
            yield from _year(rnd, year, group, members, ability)


def _wide(person: Person) -> str:
    """Leaders are compared within their county or the city."""
    area = next((county for county in COUNTIES if person.unit.startswith(county)), "市直")
    return f"{area}·{LEVEL_NAMES[person.level]}"


def _year(rnd: random.Random, year: int, group: str, members: list[Person], ability: dict[str, float]) -> Iterator[tuple[Any, ...]]:
    scores = {p.number: round(min(max(ability[p.number] + rnd.gauss(0, 2), 45), 99.5), 2) for p in members}
    ordered = sorted(members, key=lambda p: -scores[p.number])
    if year == YEARS[-1] and len(ordered) > 6 and rnd.random() < 0.3:
        scores[ordered[-2].number] = scores[ordered[-1].number]  # a tie at the bottom
    excellent = int(len(members) * 0.2)
    for person in ordered:
        score = scores[person.number]
        rank = 1 + sum(1 for other in scores.values() if other > score)
        grade = "优秀" if rank <= excellent else "称职"
        luck = rnd.random()
        if luck < 0.004:
            grade = "不称职"
        elif luck < 0.013:
            grade = "基本称职"
        elif luck < 0.02:
            grade = ""  # a year without a grade
        satisfaction, answers = round(min(max(rnd.gauss(90, 6), 50), 100), 2), rnd.randint(25, 240)
        if luck > 0.996:
            satisfaction, answers = rnd.choice(((60.00, 80), (59.99, 29), (58.20, 46)))
        yield (
            year, person.number, person.name, person.unit, person.post, LEVEL_NAMES[person.level], group, grade, score, satisfaction,
            answers, rank, len(members),
        )  # fmt: skip


def write(folder: Path) -> None:
    """people.xlsx and results.xlsx."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, head, rows in (
        ("people", ("干部编号", "姓名", "性别", "出生年月", "单位", "职务", "职务层次"), (tuple(vars(p).values()) for p in people())),
        ("results", COLUMNS, results()),
    ):
        book = Workbook(write_only=True)
        sheet = book.create_sheet("干部名册" if name == "people" else "考核结果")
        for row in (head, *rows):
            sheet.append(list(row))
        book.save(folder / f"{name}.xlsx")
