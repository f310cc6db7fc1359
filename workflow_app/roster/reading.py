"""What a workbook says, checked against itself and against the roster as it is. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflow_app import tenures
from workflow_app.assessment.sheets import BadSheet, Fault
from workflow_app.models import Cadre, Post, Tie, Unit
from workflow_app.roster.against_acts import Acts
from workflow_app.roster.lines import YES_NO, Line, lines_of

KINDS = {label: value for value, label in Unit.Kind.choices}
LEVELS = {label: value for value, label in Post.Level.choices}
TIES = {label: value for value, label in Tie.Kind.choices}
type_values = dict[str, Any]


@dataclass
class Plan:
    """What the workbook states, by the keys of units, posts and cadres, all checked."""

    units: dict[str, type_values] = field(default_factory=dict)
    posts: dict[tuple[str, str], type_values] = field(default_factory=dict)
    cadres: dict[str, type_values] = field(default_factory=dict)
    tenures: dict[tuple[str, str, str, date], type_values] = field(default_factory=dict)
    ties: dict[tuple[str, str, str], type_values] = field(default_factory=dict)
    # Lines that say what an act of a case has told already.
    told: int = 0

    @property
    def rows(self) -> int:
        """How many lines were read."""
        return sum(len(one) for one in (self.units, self.posts, self.cadres, self.tenures, self.ties)) + self.told


def read(file: Any, name: str, *, within: str = "/") -> Plan:
    """All that the workbook states; `within` is the path of the unit whose people may be told of. Raises BadSheet."""
    faults: list[Fault] = []
    reader = Reader(within)
    lines = lines_of(file, name, faults)
    for title, take in reader.sheets.items():
        for line in lines[title]:
            take(line)
    if not faults and not reader.plan.rows:
        faults.append(Fault(name, 1, "A", "没有数据", "至少一行单位、职务、干部、任职经历或者回避关系"))
    if faults:
        raise BadSheet(faults)
    return reader.plan


class Reader:
    """Reads sheet after sheet; what an earlier one states is known to the later."""

    def __init__(self, within: str) -> None:
        self.within, self.plan = within, Plan()
        self.units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        self.posts = set(Post.objects.values_list("unit__code", "title"))
        self.cadres = {cadre.number: cadre for cadre in Cadre.objects.select_related("unit", "post")}
        self.names = {number: cadre.name for number, cadre in self.cadres.items()}
        self.paths = {code: unit.path for code, unit in self.units.items()}
        self.acts = Acts(tenures.by_acts())
        self.sheets: dict[str, Callable[[Line], None]] = {
            "单位": self.unit, "职务": self.post, "干部": self.cadre, "任职经历": self.tenure, "回避关系": self.tie,
        }  # fmt: skip

    def unit(self, line: Line) -> None:
        """A unit; one that is known keeps its kind and its place in the tree."""
        code = line.text("单位编号", 20)
        above = line.text("上级单位编号", 20, empty=True)
        values = {
            "name": line.text("单位名称", 80), "kind": line.one_of("类别", KINDS), "above": above,
            "manages_cadres": line.one_of("具有干部管理权限", YES_NO), "organ_name": line.text("发文机关", 80, empty=True),
            "organ_code": line.text("机关代字", 20, empty=True),
        }  # fmt: skip
        if above and above not in self.paths:
            line.fault("上级单位编号", "已有的或者写在本表前面的单位编号")
        known = self.units.get(code)
        if known is not None and values["kind"] not in (None, known.kind):
            line.fault("类别", f"原有类别“{known.get_kind_display()}”，导入不变更单位类别")
        if known is not None and above != (known.parent.code if known.parent else ""):
            line.fault("上级单位编号", f"原有上级“{known.parent.code if known.parent else '（无）'}”，导入不变更隶属关系")
        if known is None and not above and self.within != "/":
            line.fault("上级单位编号", "本席位单位范围内的上级单位")
        self._keep(line, self.plan.units, code, values, "单位编号")
        self.paths.setdefault(code, f"{self.paths.get(above, '/')}{code}·/")
        self._inside(line, "单位编号", code)

    def post(self, line: Line) -> None:
        """A post of a unit."""
        code, title = self._unit(line), line.text("职务名称", 60)
        values = {
            "level": line.one_of("职务层次", LEVELS), "leadership_post": line.one_of("领导职务", YES_NO),
            "is_leading_member": line.one_of("领导成员", YES_NO),
        }  # fmt: skip
        self._keep(line, self.plan.posts, (code, title), values, "职务名称")
        self.posts.add((code, title))

    def cadre(self, line: Line) -> None:
        """A cadre as of today. A change of unit or post needs the day from which it holds."""
        number, name = line.text("干部编号", 20), line.text("姓名", 40)
        title = line.text("职务名称", 60, empty=True)
        values = {
            "name": name, "sex": line.one_of("性别", {"男": "男", "女": "女"}), "birth_month": line.month("出生年月"), "unit": self._unit(line),
            "post": title, "rank": line.text("职级", 30, empty=True), "post_since": line.day("任现职时间", empty=True),
            "active": line.one_of("在职", YES_NO),
        }  # fmt: skip
        if title and (values["unit"], title) not in self.posts:
            line.fault("职务名称", "该单位已有的或者“职务”表中的职务")
        known = self.cadres.get(number)
        if known is not None:
            self._same_person(line, known, name)
            self._inside(line, "干部编号", known.unit.code)
            moved = (values["unit"], title) != (known.unit.code, known.post.title if known.post else "")
            if self.acts.contradicted(line, number, values, moved=moved):
                return
            if moved and (values["post_since"] is None or (known.post_since is not None and values["post_since"] <= known.post_since)):
                line.fault("任现职时间", f"单位或者职务有变动的，填写晚于{known.post_since or '原任职时间'}的日期")
        self._keep(line, self.plan.cadres, number, values, "干部编号")
        self.names.setdefault(number, name)

    def tenure(self, line: Line) -> None:
        """Where somebody served, from when to when."""
        number = self._person(line, "干部编号", "姓名")
        first, last = line.day("自"), line.day("至", empty=True)
        if first and last and last < first:
            line.fault("至", f"不早于{first}的日期，现任的留空")
        values = {"last": last, "ground": line.text("依据", 100, empty=True)}
        if first:
            key = (number, self._unit(line), line.text("职务名称", 60), first)
            if self.acts.told(line, key, last):
                self.plan.told += 1
            else:
                self._keep(line, self.plan.tenures, key, values, "自")

    def tie(self, line: Line) -> None:
        """A declared tie between two people of the roster."""
        one, other = self._person(line, "干部编号", "姓名"), self._person(line, "对方编号", "对方姓名", within=False)
        if one and one == other:
            line.fault("对方编号", "另一名干部的编号")
        kind, day = line.one_of("关系", TIES), line.day("申报日期")
        low, high = sorted((one, other))
        self._keep(line, self.plan.ties, (low, high, str(kind)), {"day": day}, "对方编号")

    def _keep(self, line: Line, kept: dict[Any, type_values], key: Any, values: type_values, column: str) -> None:
        if key in kept:
            line.fault(column, "不重复：前面已有同一行")
        elif line.good:
            kept[key] = values

    def _unit(self, line: Line) -> str:
        code = line.text("单位编号", 20)
        if code and code not in self.paths:
            line.fault("单位编号", "已有的或者“单位”表中的单位编号")
        elif code:
            self._inside(line, "单位编号", code)
        return code

    def _inside(self, line: Line, column: str, code: str) -> None:
        if not self.paths.get(code, "/").startswith(self.within):
            line.fault(column, "本席位单位范围内的编号")

    def _person(self, line: Line, column: str, name: str, *, within: bool = True) -> str:
        number = line.text(column, 20)
        if number and number not in self.names:
            line.fault(column, "名册中的或者“干部”表中的编号")
        elif number and line.text(name, 40) != self.names[number]:
            line.fault(name, f"名册中的姓名“{self.names[number]}”")
        if within and number in self.cadres:
            self._inside(line, column, self.cadres[number].unit.code)
        return number

    def _same_person(self, line: Line, known: Cadre, name: str) -> None:
        if name and name != known.name:
            line.fault("姓名", f"名册中这一编号的姓名“{known.name}”；改名在基础数据中办理")


def faults_as_text(faults: Iterable[Fault]) -> list[str]:
    """Faults as lines."""
    return [str(one) for one in faults]
