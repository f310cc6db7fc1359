"""拉开分差: indicators and rater groups whose scores lie too close together to tell people apart. A person decides what follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.assessment.results.computing import newest
from workflow_app.assessment.scoring.compare import SMALLEST, SPREAD, spread
from workflow_app.assessment.scoring.tree import Node
from workflow_app.models import Account, Campaign, Invitation, SpreadWord
from workflow_app.refusing import Refused
from workflow_app.revising.rules import SPREAD as RULE
from workflow_app.revising.rules import one_of, said

Part = SpreadWord.Part
INDICATORS, CELLS = ("GROUPS", "MEASURED"), ("MEAN", "TRIMMED")  # rules of the nodes (scoring/tree.py)


@dataclass(frozen=True)
class Spread:
    """How far the figures of one indicator or rater group lie apart, over so many people."""

    part: str
    key: str
    name: str
    people: int
    value: Decimal

    @property
    def close(self) -> bool:
        """Whether they lie too close together: below 30 %."""
        return self.value < SPREAD


def of_trees(trees: Iterable[Node]) -> list[Spread]:
    """Spreads over the explanations of one round; of fewer than five people there is none."""
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for tree in trees:
        for place, values in _figures(tree, names).items():
            found[place].append(sum(values, Decimal()) / len(values))
    rows = [(place, values, spread(values)) for place, values in sorted(found.items()) if len(values) >= SMALLEST]
    return [Spread(*place, names[place], len(values), value) for place, values, value in rows if value is not None]


def _figures(tree: Node, names: dict[tuple[str, str], str]) -> dict[tuple[str, str], list[Decimal]]:
    """One person's figures: of an indicator one, of a group one for each indicator that it rated."""
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for node in tree.every():
        part = Part.INDICATOR if node.rule in INDICATORS else Part.GROUP if node.rule in CELLS else None
        if part is not None and node.value is not None:
            names[part.value, node.key] = node.name
            found[part.value, node.key].append(node.value)
    return found


def spreads(campaign: Campaign) -> list[Spread]:
    """Of a closed round that has scores; empty otherwise."""
    return of_trees(Node.read(one.explanation["total"]) for one in newest(campaign).values())


@transaction.atomic
def decide(campaign: Campaign, part: str, key: str, outcome: str, reason: str, *, by: Account, at: datetime) -> SpreadWord:
    """Halve the weight in the next year's rounds of the scheme, or leave it. Raises Refused."""
    found = Campaign.objects.select_for_update(of=("self",)).select_related("version").get(pk=campaign.pk)
    one_of(outcome, SpreadWord.Outcome.values, "outcome", rule=RULE)
    wide = next((one for one in spreads(found) if (one.part, one.key) == (part, key)), None)
    if wide is None or not wide.close:
        raise Refused(_("这一项的分差没有低于30%。"), way_out=_("只有分差低于30%的才提出意见。"), rule=RULE, field="spread")
    if SpreadWord.objects.filter(campaign=found, part=part, key=key).exists():
        raise Refused(_("这一项已经有意见。"), way_out=_("不能改；下一年度再看。"), rule=RULE, field="spread")
    if part == Part.GROUP and Invitation.objects.filter(subject__campaign=found, group=key, rater=by).exists():
        raise Refused(
            _("参加过这一主体评价的人不能认定它的权重。"), way_out=_("由没有参加这一主体评价的人办理。"), rule="SD-19", field="spread"
        )
    assert found.version is not None
    if Campaign.objects.filter(version__scheme=found.version.scheme_id, year=found.year + 1, opened_at__isnull=False).exists():
        raise Refused(_("下一年度的测评已经启动，权重不能再变。"), way_out=_("由下一年度的结果再看。"), rule=RULE, field="spread")
    words = said(reason, _("理由"), "reason", 10, rule=RULE)
    return SpreadWord.objects.create(
        campaign=found, part=part, key=key, name=wide.name, spread=wide.value, outcome=outcome, reason=words, by=by, at=at
    )
