"""What an act makes of the post of the person concerned: the people data follow the paper, in the same transaction."""

from __future__ import annotations

from datetime import date

from workflow_app.conduct.turn import Turn
from workflow_app.conduct.verdict import Verdict
from workflow_app.models import Cadre, Post, PostChange


def put_in_post(turn: Turn, verdict: Verdict, seq: int) -> None:
    """Write the change into the cadre's row and into the history. The cadre's row is locked: two cases never mix their changes."""
    move = verdict.extra.get("post_move")
    if not move:
        return
    before = Cadre.objects.select_for_update(of=("self",)).select_related("unit", "post__unit").get(pk=turn.case.cadre_id)
    post = Post.objects.select_related("unit").get(pk=move["post"]) if move["post"] else None
    after = Cadre(
        unit_id=post.unit_id if post else move["unit"] or before.unit_id, post=post, rank=before.rank if move["rank"] is None else move["rank"],
        post_since=date.fromisoformat(move["since"]) if move["since"] else None,
    )  # fmt: skip
    turn.batch.update(Cadre, before.pk, unit_id=after.unit_id, post_id=after.post_id, rank=after.rank, post_since=after.post_since)
    turn.batch.insert(PostChange, {
        "cadre_id": before.pk, "kind": move["kind"], "before": before.post_title, "after": after.post_title, "unit_before_id": before.unit_id,
        "unit_after_id": after.unit_id, "post_before_id": before.post_id, "post_after_id": after.post_id, "rank_before": before.rank,
        "rank_after": after.rank, "since_before": before.post_since, "since_after": after.post_since,
        "effective_on": date.fromisoformat(move["effective_on"]), "case_id": turn.case.pk, "record_seq": seq, "entered_at": turn.at,
    })  # fmt: skip
