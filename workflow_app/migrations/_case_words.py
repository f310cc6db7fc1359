"""Search words of every case: number, name and unit split into characters, kept current by the database itself.

A phrase of characters finds a Chinese name of any length (platform §4). A separator that nobody can type keeps a phrase from
running over from one field into the next.
Each trigger asks by the one key it has: one statement for "this case, or of this cadre, or of this unit" cannot use an index.
"""

DROPPED = "〔〕（）()[]·・.。,，-—_/ "
FROM = (
    "FROM workflow_app_case c JOIN workflow_app_cadre p ON p.id = c.cadre_id JOIN workflow_app_unit u ON u.id = p.unit_id"
)  # fmt: skip

REFRESH = """INSERT INTO workflow_app_casewords (case_id, words)
  SELECT c.id, to_tsvector('simple', shangxia_spread(c.number) || ' sep ' || shangxia_spread(p.name) || ' sep ' || shangxia_spread(u.name))
  FROM workflow_app_case c JOIN workflow_app_cadre p ON p.id = c.cadre_id JOIN workflow_app_unit u ON u.id = p.unit_id
  WHERE {key} = NEW.id ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words;"""
POSTGRES = f"""
CREATE FUNCTION shangxia_spread(t text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT regexp_replace(translate(lower(t), '{DROPPED}', ''), '(.)', '\\1 ', 'g') $$;
CREATE TABLE workflow_app_casewords (
  case_id bigint PRIMARY KEY REFERENCES workflow_app_case(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, words tsvector NOT NULL);
CREATE INDEX casewords_words ON workflow_app_casewords USING gin (words);
CREATE FUNCTION shangxia_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'workflow_app_case' THEN {REFRESH.format(key="c.id")}
  ELSIF TG_TABLE_NAME = 'workflow_app_cadre' THEN {REFRESH.format(key="c.cadre_id")}
  ELSE {REFRESH.format(key="p.unit_id")} END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER case_words AFTER INSERT OR UPDATE OF number, cadre_id ON workflow_app_case
  FOR EACH ROW EXECUTE FUNCTION shangxia_words_changed();
CREATE TRIGGER cadre_words AFTER UPDATE OF name, unit_id ON workflow_app_cadre FOR EACH ROW EXECUTE FUNCTION shangxia_words_changed();
CREATE TRIGGER unit_words AFTER UPDATE OF name ON workflow_app_unit FOR EACH ROW EXECUTE FUNCTION shangxia_words_changed();
"""

# SQLite splits with a counting table made of JSON: triggers there know no loops and no common table expressions.
COUNT = f"[{','.join(str(n) for n in range(1, 201))}]"


def _spread(column):
    text = f"lower({column})"
    for sign in DROPPED:
        text = f"replace({text}, '{sign}', '')"
    return f"(SELECT group_concat(substr({text}, value, 1), ' ') FROM json_each('{COUNT}') WHERE value <= length({text}))"


WORDS = f"{_spread('c.number')} || ' sep ' || {_spread('p.name')} || ' sep ' || {_spread('u.name')}"


def _sqlite():
    fill = f"INSERT INTO workflow_app_casewords (rowid, words) SELECT c.id, {WORDS} {FROM}"
    forget = "DELETE FROM workflow_app_casewords WHERE rowid IN (SELECT c.id"
    yield "CREATE VIRTUAL TABLE workflow_app_casewords USING fts5(words, tokenize = 'unicode61')"
    yield f"CREATE TRIGGER case_words AFTER INSERT ON workflow_app_case BEGIN {fill} WHERE c.id = NEW.id; END"
    for name, event, which in (
        ("case_words_again", "UPDATE OF number, cadre_id ON workflow_app_case", "c.id = NEW.id"),
        ("cadre_words", "UPDATE OF name, unit_id ON workflow_app_cadre", "c.cadre_id = NEW.id"),
        ("unit_words", "UPDATE OF name ON workflow_app_unit", "p.unit_id = NEW.id"),
    ):
        yield f"CREATE TRIGGER {name} AFTER {event} BEGIN {forget} {FROM} WHERE {which}); {fill} WHERE {which}; END"


def install(apps, schema_editor):
    """The index of the database in use, and its triggers."""
    texts = [POSTGRES] if schema_editor.connection.vendor == "postgresql" else _sqlite()
    for text in texts:
        schema_editor.execute(text, params=None)
