"""Start-up checks: a path that breaks a promise is named before anything runs."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from viewflow import this
from viewflow.workflow import flow

from flows.down.case import DownCase
from flows.down.path import DownPath
from flows.roles import ROLE_NAMES
from workflow_app import checks
from workflow_app.nodes import PATHS, Path, branch, done, human, join, parallel, wait
from workflow_app.steps import Step


class Archive(Step):
    """A sound step; the faulty ones differ from it in one thing."""

    name, no, title, role = "archive", "D17", "归档", "archivist"
    document, document_title = "D-INDEX", "案卷目录"


class Terminate(Archive):
    """Takes the turn."""

    name = "terminate"
    overriding = True


def path(**nodes: Any) -> type[Path]:
    """A path of these nodes that no start-up ever sees: it has no prefix."""
    values: dict[str, Any] = {
        "process_class": DownCase,
        "roles": ROLE_NAMES,
        "folder": "down",
        "__module__": __name__,
        "end": done(),
        **nodes,
    }
    made: type[Path] = type(Path)("FaultyPath", (Path,), values)
    return made


def faults(**nodes: Any) -> list[tuple[str, str]]:
    """Number and words of every fault."""
    return [(str(fault.id).removeprefix("shangxia."), fault.msg) for fault in checks.check(path(**nodes))]


def faulty(**changes: Any) -> type[Step]:
    return type(checks.camel(changes.get("name", "archive")), (Archive,), changes)


def test_the_paths_in_force_have_no_fault() -> None:
    assert DownPath in PATHS.values()
    assert checks.paths_agree(None) == []
    assert faults(archive=human(Archive).Next(this.end)) == []


@pytest.mark.parametrize(
    ("changes", "number", "word"),
    [
        ({"name": "serve"}, "E001", "calls itself serve"),
        ({"no": "X"}, "E002", "no template documents/anywhere/archive.html"),
        ({"deadline": "DN-NEVER"}, "E005", "DN-NEVER"),
        ({"minimum": "DN-NEVER"}, "E005", "DN-NEVER"),
        ({"starts": {"DN-NEVER": "done_on"}}, "E005", "DN-NEVER"),
        ({"role": "nobody"}, "E006", "no role nobody"),
    ],
)
def test_a_step_that_disagrees_with_path_templates_figures_or_roles_is_named(changes: dict[str, Any], number: str, word: str) -> None:
    found = faults(archive=human(faulty(**changes)).Next(this.end))
    assert [(no, word in said, "FaultyPath.archive" in said) for no, said in found] == [(number, True, True)]


def test_a_class_is_named_as_its_step() -> None:
    renamed = type("Archiving", (Archive,), {})
    assert faults(archive=human(renamed).Next(this.end)) == [("E001", "FaultyPath.archive: the class is called Archiving, not Archive")]


def test_a_step_without_transition_is_named() -> None:
    class Case(DownCase):
        """No transition of that name."""

        archive: ClassVar[Any] = None

        class Meta:
            proxy = True
            app_label = "flows"

    found = faults(process_class=Case, archive=human(Archive).Next(this.end))
    assert found == [("E003", "FaultyPath.archive: Case has no transition archive")]


def test_a_branch_on_a_state_that_does_not_exist_is_named() -> None:
    found = faults(archive=human(Archive).Next(this.gone), gone=branch({"closed": this.end, "elsewhere": this.end}))
    assert found == [("E004", "FaultyPath.gone: no state elsewhere")]


def test_a_kind_of_node_that_our_walk_does_not_execute_is_named() -> None:
    found = faults(archive=human(Archive).Next(this.compute), compute=flow.Function(print).Next(this.end))
    assert found == [("E007", "FaultyPath.compute: our walk executes no Function")]


def block(**nodes: Any) -> list[tuple[str, str]]:
    """A block of two ways, some of it replaced."""
    sound = {
        "start": human(type("Start", (Archive,), {"name": "archive"})), "both": parallel(this.left, this.right),
        "left": human(Archive).Next(this.met), "right": human(Archive).Next(this.met), "met": join().Next(this.archive),
        "archive": human(Archive).Next(this.end),
    }  # fmt: skip
    sound["start"] = sound["start"].Next(this.both)
    return [fault for fault in faults(**sound | nodes) if fault[0] == "E007"]


def test_a_block_whose_ways_meet_is_sound() -> None:
    assert block() == []


def test_a_way_out_of_a_block_that_misses_its_join_is_named() -> None:
    assert block(right=human(Archive).Next(this.end)) == [("E007", "FaultyPath.both: a way out of the block misses its join ['end']")]
    away = block(right=human(Archive).Next(this.stop), stop=human(Terminate, overriding=True).Next(this.end))
    assert away == [("E007", "FaultyPath.both: a way out of the block misses its join ['stop']")]


def test_ways_that_meet_in_two_joins_are_named() -> None:
    found = block(right=human(Archive).Next(this.other), other=join().Next(this.archive))
    assert found == [("E007", "FaultyPath.both: a way out of the block misses its join []")]


def test_a_jump_into_a_block_is_named() -> None:
    assert ("E007", "FaultyPath.both: archive jumps into the block") in block(archive=human(Archive).Next(this.left))


def test_a_jump_out_of_a_block_is_named() -> None:
    found = block(
        right=human(Archive).Next(this.torn), torn=branch({"closed": this.met, "told": this.start}), before=human(Archive).Next(this.start)
    )
    assert ("E007", "FaultyPath.both: before jumps into the block") in found


def test_a_timer_is_a_kind_that_the_walk_knows() -> None:
    assert faults(archive=human(Archive).Next(this.later), later=wait(Archive, days=14).Next(this.end)) == []
