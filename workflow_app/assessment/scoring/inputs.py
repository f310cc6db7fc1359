"""What a score is computed from: frozen values, so that the same input gives the same number for ever.

Units: weights and shares are percentages (`Decimal("35")` is 35 %), scores run from 0 to 100 after conversion from their own
scale. Figures that no official text sets are project defaults (assessment §3 to §6) and carry their source with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

HUNDRED = Decimal(100)


class Kind(StrEnum):
    """How an indicator comes to its figure."""

    QUANTITATIVE = "QUANTITATIVE"  # measured: raw rows without a rater group
    QUALITATIVE = "QUALITATIVE"  # rated: raw rows of the rater groups


class Adjustment(StrEnum):
    """What changes a total after the indicators are added."""

    DEBT = "DEBT"  # -2 % of the score for each percentage point of the debt ratio over its cap (001, local practice)
    BONUS = "BONUS"  # points added (加分)
    DEDUCTION = "DEDUCTION"  # points taken off (减分)


@dataclass(frozen=True)
class Group:
    """A rater group of a scheme. `trimmed` is for peers: the highest and lowest 5 % are left out of the mean."""

    key: str
    name: str
    weight: Decimal  # per cent; the weights of all groups make 100
    trimmed: bool = False
    public: bool = False  # the public and those served: their approval can call for a re-hearing (001, lock 7)
    least: int = 1  # with fewer raw rows the group counts as missing: the others take its weight, flagged
    halved: bool = False  # its scores of the year before lay too close together, and a person halved the weight (003)


@dataclass(frozen=True)
class Indicator:
    """One indicator: its weight among all, and how it is looked at."""

    key: str
    name: str
    weight: Decimal  # per cent; the weights of all indicators make 100
    kind: Kind = Kind.QUALITATIVE
    groups: tuple[str, ...] = ()  # the rater groups that rate it; empty: all of the scheme
    floor: Decimal | None = None  # below this the total is not above `Scheme.floored_to`
    political: bool = False  # the political-quality score is the mean of these indicators (003: 90 / 80)
    halved: bool = False  # its scores of the year before lay too close together, and a person halved the weight (003)


@dataclass(frozen=True)
class Scheme:
    """How the parts make a total. `edition` names the frozen version of the scheme."""

    key: str
    name: str
    edition: str
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    quantitative: Decimal | None = None  # share of the measured part, e.g. 70 of 7:3 (000 §4.2); None: by the weights alone
    routine: Decimal | None = None  # share of the routine results in the annual total, e.g. 40
    multiplier_base: Decimal | None = None  # total x (coefficient / base), e.g. 80 (003 江苏)
    floored_to: Decimal = Decimal("59.99")  # highest total of somebody under a floor
    low: Decimal = Decimal(60)  # a total below this, with the public above `approving`, is heard again (P)
    approving: Decimal = Decimal(80)
    sources: tuple[tuple[str, str], ...] = ()  # figure -> where it comes from, for the explanation


@dataclass(frozen=True)
class Raw:
    """One raw row: a rating or a measured figure, with the scale on which it was given (4.8 of 5, 7 of 10, 88 of 100)."""

    row: str  # a stable name of the row, e.g. "rating:1234" or "file:7:12"
    indicator: str
    value: Decimal
    group: str = ""  # empty for a measured figure
    scale: Decimal = HUNDRED


@dataclass(frozen=True)
class Adjusted:
    """Something after the indicators: for DEBT `amount` is the percentage points over the cap, else points."""

    row: str
    kind: Adjustment
    amount: Decimal
    why: str


@dataclass(frozen=True)
class Veto:
    """An established matter of the negative list (一票否决): no 优秀 and no promotion; never by itself a decision."""

    row: str
    why: str


@dataclass(frozen=True)
class Rated:
    """One rated person with everything the score is computed from. `person` is a key, never a name."""

    person: str
    comparison: str  # the like group: compared only with those of the same
    raws: tuple[Raw, ...]
    adjusted: tuple[Adjusted, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    falsified: tuple[str, ...] = ()  # indicators with a confirmed false report: they score 0 (001, verification)
    routine: tuple[Raw, ...] = ()  # the year's routine results, `indicator` unused
    coefficient: Decimal | None = None  # e.g. the party-building score of the unit, for `multiplier_base`
