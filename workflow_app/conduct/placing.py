"""What an act makes of the post of the person concerned: the people data follow the paper, in the same transaction."""

from __future__ import annotations

from datetime import date

from workflow_app import tenures
from workflow_app.conduct.turn import Turn
from workflow_app.conduct.verdict import Verdict
from workflow_app.models import Cadre, Post, Unit


def put_in_post(turn: Turn, verdict: Verdict, seq: int) -> None:
    """Write the change into the cadre's row and into the history. The cadre's row is locked: two cases never mix their changes."""
    move = verdict.extra.get("post_move")
    if not move:
        return
    was = Cadre.objects.select_for_update(of=("self",)).select_related("unit", "post__unit").get(pk=turn.case.cadre_id)
    post = Post.objects.select_related("unit").get(pk=move["post"]) if move["post"] else None
    now = Cadre(
        pk=was.pk, unit=post.unit if post else Unit.objects.get(pk=move["unit"]) if move["unit"] else was.unit, post=post,
        rank=was.rank if move["rank"] is None else move["rank"], post_since=date.fromisoformat(move["since"]) if move["since"] else None,
    )  # fmt: skip
    turn.batch.update(Cadre, was.pk, unit_id=now.unit_id, post_id=now.post_id, rank=now.rank, post_since=now.post_since)
    ground = tenures.Ground(move["kind"], turn.at, case_id=turn.case.pk, record_seq=seq)
    tenures.succeed(was, now, ground, first=date.fromisoformat(move["effective_on"]))
