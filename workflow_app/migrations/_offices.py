"""An administrator's account never has a seat, and who has one never becomes an administrator: held by the database."""

POSTGRES = """
CREATE FUNCTION shangxia_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'workflow_app_seat' THEN
    IF EXISTS (SELECT 1 FROM workflow_app_account a WHERE a.id = NEW.account_id AND a.office <> '') THEN
      RAISE EXCEPTION 'an administrator has no seat';
    END IF;
  ELSIF NEW.office <> '' AND EXISTS (SELECT 1 FROM workflow_app_seat s WHERE s.account_id = NEW.id) THEN
    RAISE EXCEPTION 'an administrator has no seat';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seat_of_no_office BEFORE INSERT OR UPDATE ON workflow_app_seat FOR EACH ROW EXECUTE FUNCTION shangxia_office();
CREATE TRIGGER office_without_seat BEFORE UPDATE OF office ON workflow_app_account FOR EACH ROW EXECUTE FUNCTION shangxia_office();
"""

REFUSE = "BEGIN SELECT RAISE(ABORT, 'an administrator has no seat'); END"
SQLITE = (
    *(
        f"CREATE TRIGGER seat_of_no_office_{name} BEFORE {verb} ON workflow_app_seat"
        f" WHEN EXISTS (SELECT 1 FROM workflow_app_account a WHERE a.id = NEW.account_id AND a.office <> '') {REFUSE}"
        for name, verb in (("insert", "INSERT"), ("update", "UPDATE"))
    ),
    "CREATE TRIGGER office_without_seat BEFORE UPDATE OF office ON workflow_app_account"
    f" WHEN NEW.office <> '' AND EXISTS (SELECT 1 FROM workflow_app_seat s WHERE s.account_id = NEW.id) {REFUSE}",
)


def install(apps, schema_editor):
    """Create the triggers of the database in use."""
    for text in [POSTGRES] if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(text, params=None)
