"""A real office: its own database, a real server, a real worker, a real browser, and a clock that the test moves."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "yunxi-demo-2026"
START = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
LEFT_ALONE = (
    "refused", "secret", "recused", "tolerance_claimed", "consent", "pay_changes", "refusal", "refusal_note", "announced_on", "merged_into",
    "co_authority", "clue", "waits_for", "witnesses", "relation",
)  # fmt: skip


def manage(env: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True, capture_output=True, text=True)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organization, loaded once through the import."""
    folder = tmp_path_factory.mktemp("office")
    env = _env(folder)
    for words in (("migrate", "-v", "0"), ("load_demo",)):
        manage(env, *words)
    return folder


def _env(folder: Path) -> dict[str, str]:
    (folder / "now").write_text(START.isoformat())
    return os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'office.sqlite3'}", "FIXED_NOW": f"@{folder / 'now'}", "REDIS_URL": ""}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def office(furnished: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    """A copy of the furnished office with a server of its own."""
    shutil.copy(furnished / "office.sqlite3", tmp_path / "office.sqlite3")
    env = _env(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "uvicorn", "workflow_app.asgi:application", "--port", str(port), "--ws", "websockets-sansio"]
    with (tmp_path / "web.log").open("w") as log:
        server = subprocess.Popen([*words, "--log-level", "warning"], cwd=ROOT, env=env, stdout=log, stderr=log)
    found = Office(tmp_path, env, f"http://127.0.0.1:{port}", browser)
    found.wait()
    yield found
    found.close()
    server.terminate()
    server.wait(10)
    assert "Traceback" not in (tmp_path / "web.log").read_text(), (tmp_path / "web.log").read_text()[-3000:]


class Office:
    """What a test does in the office: people sign in, open their items, fill in, preview and sign."""

    def __init__(self, folder: Path, env: dict[str, str], base: str, browser: Browser) -> None:
        self.folder, self.env, self.base, self.browser = folder, env, base, browser
        self.pages: dict[str, Page] = {}
        self.subject = "yx00001"

    def wait(self) -> None:
        """Until the server answers."""
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{self.base}/sign-in/", timeout=2)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.folder / "web.log").read_text())

    def close(self) -> None:
        """Close every context."""
        for page in self.pages.values():
            page.context.close()

    def ask(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look into the database."""
        with sqlite3.connect(self.folder / "office.sqlite3", timeout=20) as database:
            return database.execute(text, values).fetchall()

    @property
    def now(self) -> datetime:
        """The office's hour."""
        return datetime.fromisoformat((self.folder / "now").read_text())

    def later(self, **span: int) -> None:
        """Time goes by."""
        (self.folder / "now").write_text((self.now + timedelta(**span)).isoformat())

    def work_off(self) -> None:
        """The worker fires what is due and renders what was ordered."""
        manage(self.env, "run_worker", "--once")

    def page_of(self, who: str) -> Page:
        """Somebody's signed-in page; the person concerned is on a phone."""
        if who not in self.pages:
            size = {"width": 390, "height": 844} if who == self.subject else {"width": 1440, "height": 900}
            page = self.browser.new_context(viewport=size, locale="zh-CN").new_page()
            page.goto(f"{self.base}/sign-in/")
            page.fill("[name=username]", who)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "sign-in" not in url)
            self.pages[who] = page
        return self.pages[who]

    def open_lead(self, cadre: str, **values: Any) -> int:
        """The handler opens a case from a lead on the desk; returns its key."""
        page = self.page_of("case_handler1")
        lead = self.ask("SELECT l.id FROM workflow_app_lead l JOIN workflow_app_cadre c ON c.id = l.cadre_id WHERE c.number = ?", cadre)
        page.goto(f"{self.base}/leads/{lead[0][0]}/" if lead else f"{self.base}/open/{self._cadre(cadre)}/")
        self.fill(page, {"situations": ["S08"], "outcome": "open", **values})
        page.click("form.sheet-form button.btn-primary")
        page.wait_for_url("**/cases/*/")
        return int(page.url.rstrip("/").rsplit("/", 1)[1])

    def _cadre(self, number: str) -> int:
        return int(self.ask("SELECT id FROM workflow_app_cadre WHERE number = ?", number)[0][0])

    def fill(self, page: Page, values: dict[str, Any]) -> None:
        """Fill in the form as a person would: what `values` names, and something sensible elsewhere."""
        form = page.locator("form.sheet-form")
        for field in form.locator("input:visible, textarea:visible, select:visible").element_handles():
            name = field.get_attribute("name") or ""
            short = name.rsplit("-", 1)[-1]
            wanted = values.get(name, values.get(short))
            kind = field.evaluate("e => e.type || e.tagName")
            if wanted is None and short in LEFT_ALONE:
                continue
            self._one(field, kind, wanted, short)

    def _one(self, field: Any, kind: str, wanted: Any, short: str) -> None:
        value = field.get_attribute("value")
        if kind in ("radio", "checkbox"):
            chosen = wanted if isinstance(wanted, list) else [wanted]
            if value in chosen or (kind == "checkbox" and value in (None, "on") and wanted in (None, True)):
                field.check()
        elif kind.startswith("select"):
            options = [o for o in field.eval_on_selector_all("option", "all => all.map(o => o.value)") if o]
            if wanted is not False and options and (wanted is not None or not field.input_value()):
                field.select_option(str(wanted) if wanted is not None else options[0])
        elif kind == "date":
            field.fill(str(wanted or self.now.date()))
        elif kind == "number":
            field.fill(str(1 if wanted is None else wanted))
        elif wanted is not None or not field.input_value():
            field.fill(str(wanted) if wanted is not None else f"经核实，{short}一项情况属实，材料齐全。"[:40])

    def item(self, case: int, step: str) -> tuple[int, str]:
        """The open item of a step, and somebody who sits at its desk."""
        row = self.ask(
            "SELECT i.id, i.desk_id, d.role FROM workflow_app_workitem i JOIN workflow_app_desk d ON d.id = i.desk_id"
            " WHERE i.process_id = ? AND i.step = ? AND i.status IN ('NEW', 'ASSIGNED') ORDER BY i.id",
            case, step,
        )[0]  # fmt: skip
        if row[2] == "subject":
            return row[0], self.subject
        who = self.ask(
            "SELECT a.username FROM workflow_app_seat s JOIN workflow_app_account a ON a.id = s.account_id WHERE s.desk_id = ? ORDER BY s.id", row[1]
        )
        return row[0], who[0][0]

    def act(self, case: int, step: str, **values: Any) -> None:
        """Fill in, preview, sign; then everybody else who has to sign, signs."""
        item, who = self.item(case, step)
        page = self.page_of(who)
        page.goto(f"{self.base}/items/{item}/")
        self.fill(page, {**DEFAULTS.get(step, {}), **values})
        sent = page.locator("form.sheet-form").evaluate("f => [...new FormData(f)].filter(p => p[0] != 'csrfmiddlewaretoken').map(p => p.join('='))")
        page.click("button[value=preview]")
        page.wait_for_selector("button[value=sign], .refusal, .fault-summary, .error, [role=alert]", timeout=25000)
        assert page.locator("button[value=sign]").count(), f"{step}: {page.locator('main').inner_text()[:200]} {sent}"
        page.click("button[value=sign]")
        page.wait_for_url(lambda url: "/items/" not in url)
        self._others(item)

    def _others(self, item: int) -> None:
        while sheets := self.ask("SELECT slots, signed FROM workflow_app_signingsheet WHERE item_id = ?", item):
            slots, signed = (json.loads(text) for text in sheets[0])
            used = {one["slot"] for one in signed}
            slot = next(one for one in slots if one["n"] not in used)
            page = self.page_of(self._signer(slot, [one["account"] for one in signed]))
            page.goto(f"{self.base}/items/{item}/")
            page.click("form.sign-bar button.btn-primary")
            page.wait_for_url(lambda url: "/items/" not in url)

    def _signer(self, slot: dict[str, Any], signed: list[int]) -> str:
        if slot["role"] == "subject":
            return self.subject
        rows = self.ask(
            "SELECT a.username, a.id, a.cadre_id FROM workflow_app_seat s JOIN workflow_app_account a ON a.id = s.account_id WHERE s.desk_id = ? ORDER BY s.id",
            slot["desk"],
        )  # fmt: skip
        return next(name for name, key, cadre in rows if key not in signed and slot["cadre"] in (None, cadre))

    def state(self, case: int) -> str:
        """Where the case stands."""
        return str(self.ask("SELECT state FROM workflow_app_case WHERE id = ?", case)[0][0])

    def papers(self, case: int) -> dict[str, bytes]:
        """Codes of the finished papers with their PDFs, after the worker has run."""
        self.work_off()
        found = self.ask(
            "SELECT d.code, r.pdf FROM workflow_app_document d JOIN workflow_app_rendering r ON r.document_id = d.id WHERE d.case_id = ? ORDER BY d.id", case
        )
        ordered = self.ask("SELECT count(*) FROM workflow_app_document WHERE case_id = ?", case)[0][0]
        assert len(found) == ordered, "every paper that was ordered is there"
        return dict(found)

    def books_agree(self, case: int) -> bool:
        """Completed steps = act records = documents."""
        done, acts, papers = (
            self.ask(text, case)[0][0]
            for text in (
                "SELECT count(*) FROM workflow_app_workitem WHERE process_id = ? AND status = 'DONE'",
                "SELECT count(*) FROM workflow_app_record WHERE case_id = ? AND kind = 'ACT'",
                "SELECT count(*) FROM workflow_app_document WHERE case_id = ?",
            )
        )
        return bool(done == acts == papers)


def _vote(n: int) -> dict[str, Any]:
    return {f"members-{n}-leader": n == 8, f"members-{n}-order": n + 1, f"members-{n}-view": "agree", f"members-{n}-vote": "agree"}


MEASURE = {"kind": "TO_RANK", "months": 12, "rank_steps": 0}
DEFAULTS: dict[str, dict[str, Any]] = {
    "approve_opening": {"outcome": "approve", "situations": ["S08"]},
    "list_evidence": {"obtained_by": "李文、赵安", "secret": False, "name": "2025年度项目台账", "source": "来自一名工作人员"},
    "report_findings": {"outcome": "established", "situations": ["S08"], "evidence": "1", **MEASURE},
    "serve_information": {"mode": "in_person"},
    "answer": {"outcome": "statement"},
    "weigh_answer": {"accepted": "part", "outcome": "kept", "kind": False, "months": 0},
    "propose": {"outcome": "propose", **MEASURE},
    "review_legality": dict.fromkeys(("competence", "procedure", "substance", "evidence", "hearing", "deadlines", "recusal"), "ok") | {"outcome": "pass"},
    "give_opinion": {"outcome": "no_objection"},
    "record_meeting": {"outcome": "adopt", "kind": False, "months": 0, **{k: v for n in range(9) for k, v in _vote(n).items()}},
    "decide": {"review_organ": "中共云溪市委组织部", "appeal_organ": "云溪市公务员主管部门"},
    "serve": {"mode": "in_person"},
    "formalize": {"outcome": "done"},
    "place": {"outcome": "placed"},
    "follow_up": {"outcome": "normal"},
}  # fmt: skip
