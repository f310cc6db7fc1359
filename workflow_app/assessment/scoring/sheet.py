"""All scores of a campaign with what depends on what: one changed raw row computes anew only what stands above it.

cell (person, indicator, group) -> indicator -> part -> total -> standing of the comparison group
cell of a public group -> approval -> total          political indicator -> political quality
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from workflow_app.assessment.scoring import compare, means, totals
from workflow_app.assessment.scoring.inputs import Group, Indicator, Kind, Rated, Raw, Scheme
from workflow_app.assessment.scoring.tree import Node

Key = tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """One person's score and what stands beside it."""

    person: str
    total: Node
    political: Node
    approval: Node
    standing: compare.Standing

    @property
    def value(self) -> Decimal | None:
        """The total, two decimals."""
        return self.total.value


class Sheet:
    """Computes on demand and keeps what it has; `computed` counts every computation by level, so that a test can."""

    def __init__(self, scheme: Scheme, people: Iterable[Rated], beside: Mapping[str, Mapping[str, Decimal | None]] | None = None) -> None:
        """`beside`: by comparison group, totals of others that are known already and only stand in the order of places."""
        self.scheme = scheme
        self.people = {one.person: one for one in people}
        self.computed: Counter[str] = Counter()
        self._nodes: dict[Key, Node] = {}
        self._beside = beside or {}
        self._standings: dict[str, dict[str, compare.Standing]] = {}
        self._cells: dict[str, dict[tuple[str, str], list[Raw]]] = {}
        self._indicators = {one.key: one for one in scheme.indicators}
        self._groups = {one.key: one for one in scheme.groups}
        self._members: dict[str, list[str]] = defaultdict(list)
        for one in self.people.values():
            self._members[one.comparison].append(one.person)

    def score(self, person: str) -> Score:
        """The score of one person."""
        standing = self.standings(self.people[person].comparison)[person]
        return Score(person, self.total(person), self.political(person), self.approval(person), standing)

    def standings(self, comparison: str) -> dict[str, compare.Standing]:
        """Places within one like group."""
        if comparison not in self._standings:
            self.computed["standings"] += 1
            self._standings[comparison] = compare.standings(
                {**self._beside.get(comparison, {}), **{p: self.total(p).value for p in self._members[comparison]}}
            )
        return self._standings[comparison]

    def total(self, person: str) -> Node:
        """The total with its explanation."""

        def make() -> Node:
            kinds = dict.fromkeys(one.kind for one in self.scheme.indicators)
            parts = [self._part(person, kind) for kind in kinds]
            return totals.total(self.scheme, self.people[person], parts, self.approval(person).value)

        return self._kept(("total", person), make)

    def political(self, person: str) -> Node:
        """Political quality: its indicators by weight."""
        wanted = [one for one in self.scheme.indicators if one.political]
        return self._kept(("political", person), lambda: totals.joined("POLITICAL", [self._indicator(person, one) for one in wanted]))

    def approval(self, person: str) -> Node:
        """What the public and those served say, over all indicators that they rate."""

        def make() -> Node:
            parts = [replace(self._cell(person, one, group), key=one.key, name=one.name, weight=one.weight)
                     for one in self.scheme.indicators for group in self._of(one) if group.public]  # fmt: skip
            return totals.joined("APPROVAL", parts)

        return self._kept(("approval", person), make)

    def _part(self, person: str, kind: Kind) -> Node:
        wanted = [one for one in self.scheme.indicators if one.kind == kind]
        return self._kept(
            ("part", person, kind.value), lambda: totals.part(kind, self.scheme, [self._indicator(person, one) for one in wanted])
        )

    def _indicator(self, person: str, one: Indicator) -> Node:
        false = one.key in self.people[person].falsified

        def make() -> Node:
            if one.kind == Kind.QUANTITATIVE:
                return totals.measured(one, self._raws(person, one.key, ""), falsified=false)
            return totals.rated(one, [self._cell(person, one, group) for group in self._of(one)], falsified=false)

        return self._kept(("indicator", person, one.key), make)

    def _cell(self, person: str, one: Indicator, group: Group) -> Node:
        return self._kept(("cell", person, one.key, group.key), lambda: means.of_group(group, self._raws(person, one.key, group.key)))

    def _of(self, one: Indicator) -> list[Group]:
        if one.kind == Kind.QUANTITATIVE:
            return []
        return [self._groups[key] for key in one.groups] or list(self.scheme.groups)

    def _raws(self, person: str, indicator: str, group: str) -> list[Raw]:
        cells = self._cells.get(person)
        if cells is None:
            cells = self._cells[person] = defaultdict(list)
            for raw in self.people[person].raws:
                cells[raw.indicator, raw.group].append(raw)
        return cells.get((indicator, group), [])

    def _kept(self, key: Key, make: Callable[[], Node]) -> Node:
        if key not in self._nodes:
            self.computed[key[0]] += 1
            self._nodes[key] = make()
        return self._nodes[key]

    def change(self, person: str, raw: Raw) -> tuple[Key, ...]:
        """One raw row has another value (or is new): forget what stands above it and nothing else. Returns what was forgotten."""
        old = self.people[person]
        rows = (*(one for one in old.raws if one.row != raw.row), raw)
        before = [one for one in old.raws if one.row == raw.row]
        self.people[person] = replace(old, raws=rows)
        self._cells.pop(person, None)
        above = dict.fromkeys(key for one in (*before, raw) for key in self.above(person, one))
        for key in above:
            self._nodes.pop(key, None)
        self._standings.pop(old.comparison, None)
        return tuple(above)

    def above(self, person: str, raw: Raw) -> list[Key]:
        """What depends on a raw row, from the bottom."""
        one = self._indicators[raw.indicator]
        keys: list[Key] = [("cell", person, one.key, raw.group)] if raw.group else []
        keys += [("indicator", person, one.key), ("part", person, one.kind.value), ("total", person)]
        if raw.group and self._groups[raw.group].public:
            keys.append(("approval", person))
        if one.political:
            keys.append(("political", person))
        return keys
