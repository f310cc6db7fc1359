"""Append-only in the database itself: an operation for migrations.

A migration that adds a column to such a table lists it again: on SQLite Django then builds a new table, which has no triggers.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunPython

# Every table of which no row is ever changed or deleted, with the column that names a row.
TABLES = {
    "record": "id", "recordpart": "id", "document": "id", "rendering": "document_id", "read": "id", "hand": "id", "upload": "id",
    "leaf": "index", "erasure": "case_id", "leafblock": "index", "seal": "size", "papertemplate": "version", "notice": "id", "report": "id",
    "receipt": "document_id", "receiptprint": "receipt_id", "attachment": "id", "decision": "id", "service": "id",
    "statement": "id", "colour": "id", "finding": "id", "score": "id",
    "signedpaper": "document_id", "organseal": "id",
    "libraryreview": "id", "indicatorversion": "id", "groundlist": "id", "groundentry": "id", "linkissue": "id", "serviceevent": "id",
    "slip": "key", "rating": "key",
    "measured": "id", "established": "id", "takenback": "id",
    "excellentshare": "id", "gradeproposal": "id", "gradessettled": "id", "retrospect": "id", "campaignreminder": "id", "auditkey": "id",
    "gradecorrection": "id", "gradenotice": "id", "gradenoticeprint": "notice_id",
    "appointmentcontract": "id", "contractending": "id", "poolclosing": "id",
    "feedbackpaper": "id", "pointanswer": "id", "mendingproof": "id", "lookback": "id",
    "pool": "id", "poolentry": "id", "pooldecision": "id", "poolreview": "id", "poolleaving": "id", "pooluse": "id",
    "unitgradeproposal": "id", "unitresult": "id", "unittarget": "id", "unitstatement": "id", "unitcolour": "id", "jointmeeting": "id",
    "jointanswer": "id", "campaignpaper": "id",
    "careplan": "id", "training": "id", "trainingresult": "id", "mentor": "id", "mentorword": "id", "counsellingoffer": "id",
    "consentword": "id", "counsellingdate": "id", "carevisit": "id", "promisekept": "id", "carepaper": "id",
    "visitlimit": "id", "visitleave": "id", "unitproposal": "id", "unitchoice": "id", "visit": "id", "visitmember": "id",
    "visitcancelled": "id", "visitreport": "id", "visitfinding": "id", "visitpaper": "id", "sampleplan": "id", "samplecheck": "id", "checkbegun": "id", "checkpaper": "id", "checkresult": "id", "disposal": "id",
    "survey": "id", "surveyslip": "key", "surveyclosing": "id", "surveyword": "id",
    "assessorfield": "id", "assessor": "id", "assessorspecialty": "id", "assessorrecusal": "id", "assessorend": "id", "consultation": "id", "expertdraw": "id",
    "expertdrawn": "id", "expertinvitation": "id", "expertword": "id", "expertopinion": "id",
    "ruling": "id", "rulingend": "id", "rulinglink": "id", "rulinglinkend": "id", "rulingreview": "id", "rulelesson": "id", "rulelessonword": "id",
    "pilot": "id", "pilotunit": "id", "milestone": "id", "milestonedone": "id", "pilotnote": "id", "pilotend": "id", "spreadword": "id",
    "archivepaper": "id", "awardproposal": "id", "awardanswer": "id", "award": "id", "challenge": "id", "challengebid": "id",
    "challengechoice": "id", "challengeresult": "id", "challengeuse": "id", "dutysummary": "id", "groundwork": "id", "effectword": "id",
    "groundworkdate": "id", "groundworkuse": "id", "keyresult": "id", "keyprogress": "id", "keyuse": "id", "monthword": "id",
    "objective": "id", "objectiveend": "id", "observation": "id", "progresscheck": "id", "resultuse": "id", "weekword": "id",
    "workline": "id",
    "trainingclass": "id", "classterms": "id", "classcalledoff": "id", "participant": "id", "participantword": "id",
    "excusedecision": "id", "classresult": "id",
    "talkgroup": "id", "talkgroupended": "id", "talkwish": "id", "talk": "id", "talkset": "id", "talkdropped": "id", "talkheld": "id",
    "talkword": "id", "classsurvey": "id", "classsurveyclosed": "id", "classsurveyslip": "key", "classsurveywords": "key",
}  # fmt: skip

POSTGRES = """
DROP TRIGGER IF EXISTS append_only ON {table};
DROP TRIGGER IF EXISTS append_only_all ON {table};
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION shangxia_refuse();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION shangxia_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only_all;
"""


def _sqlite(table: str, key: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    return [
        *(f"DROP TRIGGER IF EXISTS {table}_no_{word}" for word in ("update", "delete", "replace")),
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE would pass the delete trigger.
        f'CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE "{key}" = NEW."{key}") {refuse}',
    ]


def append_only(**tables: str) -> RunPython:
    """Guard tables, given as name of the table without its prefix = column that names a row."""

    def install(apps: Any, schema_editor: Any) -> None:
        for name, key in tables.items():
            table = f"workflow_app_{name}"
            texts = [POSTGRES.format(table=table)] if schema_editor.connection.vendor == "postgresql" else _sqlite(table, key)
            for text in texts:
                schema_editor.execute(text, params=None)

    return RunPython(install, RunPython.noop)


# Table: how a row finds its order, what empty is (SQLite, PostgreSQL), and the columns that stay as they are.
PAYLOADS = {
    "recordpart": ("e.chain = OLD.chain", "NEW.value = ''", "NEW.value = ''", ("chain", "seq", "name", "salt")),
    "document": (
        "e.case_id = OLD.case_id", "NEW.content = '{}'", "NEW.content::text = '{}'",
        ("id", "case_id", "record_seq", "code", "title", "number", "step", "template", "template_version", "issued_on", "content_hash"),
    ),
    "rendering": (
        "e.case_id = (SELECT d.case_id FROM workflow_app_document d WHERE d.id = OLD.document_id)",
        "length(NEW.pdf) = 0", "length(NEW.pdf) = 0", ("document_id", "sha256", "pages", "font_set", "rendered_at"),
    ),
}  # fmt: skip

EMPTIED_POSTGRES = """
CREATE OR REPLACE FUNCTION shangxia_emptied_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {empty} AND {same} AND EXISTS (SELECT 1 FROM workflow_app_erasure e WHERE {order}) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
DROP TRIGGER IF EXISTS append_only ON workflow_app_{name};
CREATE TRIGGER append_only BEFORE DELETE ON workflow_app_{name} FOR EACH ROW EXECUTE FUNCTION shangxia_refuse();
DROP TRIGGER IF EXISTS append_only_but_emptied ON workflow_app_{name};
CREATE TRIGGER append_only_but_emptied BEFORE UPDATE ON workflow_app_{name} FOR EACH ROW EXECUTE FUNCTION shangxia_emptied_{name}();
ALTER TABLE workflow_app_{name} ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE workflow_app_{name} ENABLE ALWAYS TRIGGER append_only_but_emptied;
"""

EMPTIED_SQLITE = (
    "DROP TRIGGER IF EXISTS workflow_app_{name}_no_update",
    "CREATE TRIGGER workflow_app_{name}_no_update BEFORE UPDATE ON workflow_app_{name} WHEN NOT ({empty} AND {same} AND EXISTS"
    " (SELECT 1 FROM workflow_app_erasure e WHERE {order})) BEGIN SELECT RAISE(ABORT, 'append-only: {name}'); END",
)


def emptied_only_by_order() -> RunPython:
    """Narrow the guard of payload tables: a migration that lists such a table again with `append_only` says this after it."""

    def install(apps: Any, schema_editor: Any) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        for name, (order, sqlite, on_postgres, kept) in PAYLOADS.items():
            words = {
                "name": name, "order": order, "empty": on_postgres if postgres else sqlite,
                "same": " AND ".join(f"NEW.{column} {'IS NOT DISTINCT FROM' if postgres else 'IS'} OLD.{column}" for column in kept),
            }  # fmt: skip
            for text in [EMPTIED_POSTGRES] if postgres else EMPTIED_SQLITE:
                schema_editor.execute(text.format(**words), params=None)

    return RunPython(install, RunPython.noop)


GUARDED_POSTGRES = """
CREATE OR REPLACE FUNCTION shangxia_guard_{name}_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {when} THEN RAISE EXCEPTION 'frozen: % on % is refused', TG_OP, TG_TABLE_NAME; END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
DROP TRIGGER IF EXISTS guard_{verb} ON workflow_app_{name};
CREATE TRIGGER guard_{verb} BEFORE {verb} ON workflow_app_{name} FOR EACH ROW EXECUTE FUNCTION shangxia_guard_{name}_{verb}();
ALTER TABLE workflow_app_{name} ENABLE ALWAYS TRIGGER guard_{verb};
"""
GUARDED_SQLITE = (
    "DROP TRIGGER IF EXISTS workflow_app_{name}_guard_{verb}",
    "CREATE TRIGGER workflow_app_{name}_guard_{verb} BEFORE {verb} ON workflow_app_{name} WHEN {when}"
    " BEGIN SELECT RAISE(ABORT, 'frozen: {name}'); END",
)


def guarded(*rules: tuple[str, str, str]) -> RunPython:
    """Refuse a verb on a table while a condition holds: (name of the table without its prefix, INSERT | UPDATE | DELETE, condition in SQL).

    The condition reads OLD and NEW and is the same text for both databases. One rule a table and verb.
    """

    def install(apps: Any, schema_editor: Any) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        for name, verb, when in rules:
            for text in [GUARDED_POSTGRES] if postgres else GUARDED_SQLITE:
                schema_editor.execute(text.format(name=name, verb=verb, when=when), params=None)

    return RunPython(install, RunPython.noop)
