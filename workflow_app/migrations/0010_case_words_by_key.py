"""Search words are looked up by one key at a time.

One statement for "this case, or of this cadre, or of this unit" cannot use an index: on PostgreSQL every opening of a case
read through all cases. Each trigger now asks by the one key it has.
"""

from django.db import migrations

REFRESH = """INSERT INTO workflow_app_casewords (case_id, words)
  SELECT c.id, to_tsvector('simple', shangxia_spread(c.number) || ' sep ' || shangxia_spread(p.name) || ' sep ' || shangxia_spread(u.name))
  FROM workflow_app_case c JOIN workflow_app_cadre p ON p.id = c.cadre_id JOIN workflow_app_unit u ON u.id = p.unit_id
  WHERE {key} = NEW.id ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words;"""

POSTGRES = f"""
CREATE OR REPLACE FUNCTION shangxia_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'workflow_app_case' THEN {REFRESH.format(key="c.id")}
  ELSIF TG_TABLE_NAME = 'workflow_app_cadre' THEN {REFRESH.format(key="c.cadre_id")}
  ELSE {REFRESH.format(key="p.unit_id")} END IF;
  RETURN NULL;
END $$;
DROP FUNCTION shangxia_case_words(bigint, bigint, bigint);
"""


def install(apps, schema_editor):
    """SQLite's triggers ask by one key already."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES, params=None)


class Migration(migrations.Migration):
    dependencies = [("workflow_app", "0009_carried")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
