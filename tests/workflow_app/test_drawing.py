"""The path as a drawing: every step once, every way once, and the files in the documentation are current."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import call_command

from flows.down.path import DownPath
from tests.story import TO_MEETING, Town, open_case, run
from workflow_app import drawing
from workflow_app.management.commands.export_path import drawings
from workflow_app.nodes import PATHS
from workflow_app.pages import whereabouts

SPACE = "{http://www.w3.org/2000/svg}"


def texts(drawn: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(drawn).iter(f"{SPACE}text")]


@pytest.mark.parametrize("path", PATHS.values(), ids=list(PATHS))
def test_every_numbered_step_stands_in_the_drawing_once(path: type) -> None:
    shown = texts(drawing.svg(path, title="图"))
    for node in path.humans():
        if node.step.no != drawing.ANYTIME:
            assert shown.count(str(node.step.title)) == sum(str(n.step.title) == str(node.step.title) for n in path.humans())


@pytest.mark.parametrize("path", PATHS.values(), ids=list(PATHS))
def test_no_two_boxes_lie_upon_each_other(path: type) -> None:
    plan = drawing.lay_out(path)
    assert len({(box.column, box.row) for box in plan.boxes.values()}) == len(plan.boxes)


def test_a_return_is_drawn_as_a_return_with_the_states_that_cause_it() -> None:
    ways = {(way.source, way.target): way.when for way in drawing.ways(DownPath)}
    assert "核实认定" in ways["record_meeting", "list_evidence"]
    assert ("serve", "formalize") in ways and ("serve", "place") in ways, "both branches of a parallel block"
    assert "way back" in drawing.svg(DownPath, title="图")


@pytest.mark.parametrize("name", [f"{path.folder}.svg" for path in PATHS.values()])
def test_the_drawings_in_the_documentation_are_current(name: str) -> None:
    kept = settings.BASE_DIR / "docs" / "paths" / name
    assert kept.exists() and kept.read_text(encoding="utf-8") == drawings()[name], "run manage.py export_path"


def test_the_command_writes_every_path(tmp_path: object) -> None:
    call_command("export_path", to=tmp_path, verbosity=0)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(f"{path.folder}.svg" for path in PATHS.values())  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_case_page_marks_what_was_done_and_what_is_at_hand(town: Town, client: object) -> None:
    case = run(town, open_case(town), *TO_MEETING)
    drawn = whereabouts.drawn(case, whereabouts.standings(case.task_set.all()))
    boxes = {g[1].text: g.get("class") for g in ElementTree.fromstring(drawn).iter(f"{SPACE}g") if "box" in g.get("class", "")}
    assert boxes["会议表决"] == "box now"
    assert boxes["✓ 意见答复"] == "box done"
    assert boxes["组织决定"] == "box"
    client.force_login(town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[attr-defined]
    page = client.get(f"/cases/{case.pk}/").content.decode()  # type: ignore[attr-defined]
    assert '组织决定 <span class="hint">由党委（党组）办理</span>' in page, "what comes next, and who will have it"
    assert "现在：会议表决" in page and 'class="path-map"' in page
