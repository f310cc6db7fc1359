"""A backup taken while people work is one moment, whole: restored, its record verifies under a head kept outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.drills.restore import drill

pytestmark = pytest.mark.race


def test_a_backup_under_load_restores_to_a_record_that_verifies(django_db_blocker: Any, tmp_path: Path) -> None:
    with django_db_blocker.unblock():
        seen = drill(tmp_path, cases=3)
    assert seen.findings == []
    assert seen.differing == []
    assert seen.acts_meanwhile >= 1
    assert seen.rows > 500
