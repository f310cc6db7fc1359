"""The panel of a competition: who of it may judge, once it is known who competes (SD-10, SD-14)."""

from collections.abc import Iterable

from workflow_app.steps import Situation
from workflow_app.ties import tied

LEAST_PANEL = 3  # P


def judging(situation: Situation, competing: Iterable[int]) -> tuple[list[int], list[int]]:
    """Members of the announced panel who may judge these applicants, and those who must keep out: by a tie or a granted recusal."""
    panel = [int(one) for one in situation.settled("announce_competition").get("panel", [])]
    out = set(tied(panel, competing)) | {int(one) for one, how in situation.case.kept_out.items() if how == "granted"}
    return [one for one in panel if one not in out], [one for one in panel if one in out]
