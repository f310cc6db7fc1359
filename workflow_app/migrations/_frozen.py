"""What is frozen in an assessment from a moment on: in the database itself."""

from workflow_app.append_only import guarded

PUBLISHED = "EXISTS (SELECT 1 FROM workflow_app_schemeversion v WHERE v.id = {row}.version_id AND v.published_at IS NOT NULL)"
SIGNED = "EXISTS (SELECT 1 FROM workflow_app_feedback f WHERE f.id = {row}.feedback_id AND f.signed_at IS NOT NULL)"
# A ballot and a link go only when their campaign is closed: then the ballot is a slip.
RUNNING = (
    "EXISTS (SELECT 1 FROM workflow_app_subject s JOIN workflow_app_campaign c ON c.id = s.campaign_id"
    " WHERE s.id = OLD.subject_id AND c.closed_at IS NULL)"
)
CLOSED = RUNNING.replace("IS NULL", "IS NOT NULL").replace("OLD.", "NEW.")


def frozen_parts(table: str, condition: str) -> list[tuple[str, str, str]]:
    """No row of a frozen whole is added, changed or taken away."""
    changed = f"{condition.format(row='OLD')} OR {condition.format(row='NEW')}"
    return [(table, "INSERT", condition.format(row="NEW")), (table, "UPDATE", changed), (table, "DELETE", condition.format(row="OLD"))]


freeze = guarded(
    ("schemeversion", "UPDATE", "OLD.published_at IS NOT NULL"),
    ("schemeversion", "DELETE", "OLD.published_at IS NOT NULL"),
    *frozen_parts("schemegroup", PUBLISHED),
    *frozen_parts("schemeindicator", PUBLISHED),
    ("campaign", "UPDATE", "OLD.closed_at IS NOT NULL OR OLD.opened_at IS NOT NULL AND OLD.version_id <> NEW.version_id"),
    ("campaign", "DELETE", "OLD.opened_at IS NOT NULL"),
    ("ballot", "INSERT", CLOSED),
    ("ballot", "UPDATE", "1 = 1"),
    ("ballot", "DELETE", RUNNING),
    ("ticket", "INSERT", CLOSED),
    ("ticket", "UPDATE", "OLD.used OR OLD.digest <> NEW.digest OR OLD.subject_id <> NEW.subject_id"),
    ("ticket", "DELETE", RUNNING),
    ("invitation", "UPDATE", "OLD.fetched OR OLD.rater_id <> NEW.rater_id OR OLD.subject_id <> NEW.subject_id"),
    ("feedback", "UPDATE", "OLD.received_at IS NOT NULL OR OLD.signed_at IS NOT NULL AND NEW.received_at IS NULL"),
    ("feedback", "DELETE", "OLD.signed_at IS NOT NULL"),
    *frozen_parts("point", SIGNED),
)
