"""What an assessment has fixed stays as it is by any way past the program: asked of the database, row by row."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.assessment.test_three_lists import feedback, signed
from workflow_app import assessing
from workflow_app.assessment.campaigns import links
from workflow_app.models import Campaign, Feedback, Invitation, SchemeVersion

pytestmark = pytest.mark.django_db
__all__ = ["feedback"]


def said(text: str) -> str:
    """The database's own words, or nothing when it lets the statement through; what it did is undone."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(text)
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(refused)
    return ""


def frozen(*texts: str) -> list[str]:
    """The statements that go through."""
    return [text for text in texts if "frozen" not in said(text)]


def test_of_a_published_scheme_no_row_is_added_changed_or_taken_away(hall: Hall) -> None:
    pk = hall.published().pk
    assert SchemeVersion.objects.get(pk=pk).indicators.exists()
    assert not frozen(
        f"DELETE FROM workflow_app_schemeversion WHERE id = {pk}",
        f"DELETE FROM workflow_app_schemegroup WHERE version_id = {pk}",
        f"UPDATE workflow_app_schemeindicator SET weight = 1 WHERE version_id = {pk}",
        "INSERT INTO workflow_app_schemeindicator (version_id, indicator_id, weight) "
        f"SELECT version_id, indicator_id, weight FROM workflow_app_schemeindicator WHERE version_id = {pk}",
    )


def test_a_campaign_keeps_its_scheme_once_it_runs_and_is_not_opened_again(hall: Hall) -> None:
    campaign = hall.campaign()
    other = hall.published().pk
    assert not frozen(f"UPDATE workflow_app_campaign SET version_id = {other}", "DELETE FROM workflow_app_campaign")
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    assert not frozen("UPDATE workflow_app_campaign SET closed_at = NULL")


def test_a_link_is_not_turned_to_somebody_else_used_again_or_lost_while_the_campaign_runs(hall: Hall) -> None:
    campaign = hall.campaign()
    hall.rate(campaign, hall.peers[0], 8)
    links.fetch(Invitation.objects.get(rater=hall.peers[1]).pk, by=hall.peers[1], at=hall.at)
    assert not frozen(
        "UPDATE workflow_app_ticket SET used = (1 = 0) WHERE used",
        "UPDATE workflow_app_ticket SET digest = 'x' WHERE NOT used",
        "DELETE FROM workflow_app_ticket",
        "UPDATE workflow_app_invitation SET fetched = (1 = 0) WHERE fetched",
        f"UPDATE workflow_app_invitation SET rater_id = {hall.office.pk} WHERE NOT fetched",
    )
    subject = campaign.subjects.get().pk
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    assert Campaign.objects.get().closed_at
    assert not frozen(
        f"INSERT INTO workflow_app_ticket (digest, subject_id, \"group\", used, envelope) VALUES ('y', {subject}, 'PUBLIC', (1 = 0), '')"
    )


def test_a_signed_list_is_neither_unsigned_nor_taken_away(hall: Hall, feedback: Feedback) -> None:  # noqa: F811
    signed(hall, feedback)
    assert not frozen("UPDATE workflow_app_feedback SET signed_at = NULL", "DELETE FROM workflow_app_feedback")
