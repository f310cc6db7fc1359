"""Law of the remedies, on plain values: the track, who decides, who hears, and that nothing gets heavier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.law import GRADES, MATTERS, TRACKS, Track
from flows.rules.measure import Measure, heavier

# Measures that other rules govern, each with a track of its own; the system runs no case for them.
OTHER_TRACKS = ("org_measure", "accountability", "supervision", "engaged")


def appeal_track(*, kind: str, leading_member: bool) -> Track:
    """The track by the kind of measure and the person's post (procedure §3.2; APL 2, CSL 111)."""
    if kind in OTHER_TRACKS:
        return TRACKS[kind]
    if kind in GRADES and kind != "INCOMPETENT":
        return TRACKS["annual_grade"]
    return TRACKS["leading_member" if leading_member else "civil_servant"]


def is_named(kind: str) -> bool:
    """Whether CSL 95 names the matter; what it does not name is filed all the same, and a person decides."""
    return kind in MATTERS and MATTERS[kind].named


def gets_heavier(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """SD-18: whether a result is heavier than what was decided on the same facts."""
    old, new = str(before["kind"]), str(after["kind"])
    if (old in GRADES) != (new in GRADES):
        return True  # another kind of burden is no answer to this one
    if old in GRADES:
        return GRADES[new].weight > GRADES[old].weight
    return heavier(Measure.of(after), Measure.of(before))


@dataclass(frozen=True)
class Seat:
    """Where an organ stands: its key, and the places of its jurisdiction from the root down."""

    unit: int
    places: tuple[int, ...]


def may_hear_appeal(organ: Seat, other: Seat) -> bool:
    """SD-5: another organ, of the same level or above, in the line of the organ that decided (CSL 95)."""
    return other.unit != organ.unit and other.places == organ.places[: len(other.places)]


def may_hear_reappeal(appealed: Seat, other: Seat) -> bool:
    """SD-7: an organ exactly one level above the one that decided the appeal (CSL 95)."""
    return other.places == appealed.places[:-1] and bool(other.places)


@dataclass(frozen=True)
class Fault:
    """A broken rule, in words."""

    rule: str
    reason: str
    way_out: str


def committee_fault(members: Sequence[int], chairs: Iterable[int]) -> Fault | None:
    """What is wrong with a committee (APL 5): members once each, odd, at least three, one chair among them."""
    chair = list(chairs)
    if len(set(members)) != len(members):
        return Fault("SD-6", "委员会成员有重复。", "每名成员只列一行。")
    if len(members) < 3 or len(members) % 2 == 0:
        return Fault("SD-6", f"委员会人数应当是不少于3人的单数，现为{len(members)}人。", "增减成员，使人数成为单数。")
    if len(chair) != 1:
        return Fault("SD-6", f"委员会应当有一名主任，现为{len(chair)}名。", "只选一名主任。")
    return None


def opinion_fault(outcome: str, votes: Sequence[str]) -> Fault | None:
    """The opinion is what more than half of the members voted for."""
    if votes.count(outcome) * 2 > len(votes):
        return None
    return Fault(
        "R5-VOTE", f"同意这一意见的有{votes.count(outcome)}人，未超过委员会{len(votes)}人的半数。", "按多数成员的表决填写审理意见。"
    )
