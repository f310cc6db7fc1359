"""The database asks the separation once more, of every row of hands, however it comes in: all pairs, earlier cases, ties and recusals."""

# As they stood on this day; tests compare them with flows/rules/separation.py, pair by pair.
DUTIES = (
    "reporter", "author", "approver", "investigator", "tolerance_panel", "legal_reviewer", "decision_maker", "recorder", "panelist",
    "review_handler", "admitter", "committee_member", "appeal_decider",
)  # fmt: skip
PAIRS = (
    ("investigator", "legal_reviewer"), ("investigator", "decision_maker"), ("legal_reviewer", "decision_maker"),
    ("investigator", "tolerance_panel"), ("panelist", "decision_maker"), ("admitter", "committee_member"),
    ("committee_member", "appeal_decider"), *(("applicant", duty) for duty in DUTIES),
)  # fmt: skip
FRESH = ("review_handler", "admitter", "committee_member", "appeal_decider")

BROKEN = """
EXISTS (SELECT 1 FROM workflow_app_hand h WHERE h.case_id = NEW.case_id AND h.cadre_id = NEW.cadre_id AND ({pairs}))
OR EXISTS (SELECT 1 FROM workflow_app_case c WHERE c.id = NEW.case_id AND c.cadre_id = NEW.cadre_id)
OR EXISTS (SELECT 1 FROM workflow_app_case c JOIN workflow_app_tie t ON t.one_id = c.cadre_id OR t.other_id = c.cadre_id
  WHERE c.id = NEW.case_id AND (t.one_id = NEW.cadre_id OR t.other_id = NEW.cadre_id))
OR EXISTS (SELECT 1 FROM workflow_app_case c WHERE c.id = NEW.case_id AND {recused})
OR (NEW.duty IN ({fresh}) AND EXISTS (SELECT 1 FROM workflow_app_case c JOIN workflow_app_case f ON f.id <> c.id
  AND (f.decision_id = c.decision_id OR f.id = (SELECT d.case_id FROM workflow_app_decision d WHERE d.id = c.decision_id))
  JOIN workflow_app_hand h ON h.case_id = f.id WHERE c.id = NEW.case_id AND h.cadre_id = NEW.cadre_id))
"""
POSTGRES = """
CREATE FUNCTION shangxia_separate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {broken} THEN RAISE EXCEPTION 'separation of duties is broken'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER separate BEFORE INSERT ON workflow_app_hand FOR EACH ROW EXECUTE FUNCTION shangxia_separate();
ALTER TABLE workflow_app_hand ENABLE ALWAYS TRIGGER separate;
"""
SQLITE = """
CREATE TRIGGER hand_separate BEFORE INSERT ON workflow_app_hand WHEN {broken}
 BEGIN SELECT RAISE(ABORT, 'separation of duties is broken'); END
"""


def install(apps, schema_editor):
    """The trigger of the database in use."""
    postgres = schema_editor.connection.vendor == "postgresql"
    both = [(a, b) for one, other in PAIRS for a, b in ((one, other), (other, one))]
    broken = BROKEN.format(
        pairs=" OR ".join(f"(h.duty = '{a}' AND NEW.duty = '{b}')" for a, b in both),
        fresh=", ".join(f"'{duty}'" for duty in FRESH),
        recused="jsonb_exists(c.recused, NEW.cadre_id::text)"
        if postgres
        else "json_type(c.recused, '$.\"' || NEW.cadre_id || '\"') IS NOT NULL",
    )
    schema_editor.execute((POSTGRES if postgres else SQLITE).format(broken=broken), params=None)
