"""What people do in an office: sign in, open their items, fill in, preview and sign; and the clock that the test moves."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.journeys.answers import DEFAULTS, LEFT_ALONE

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "yunxi-demo-2026"
COOKIES = "cookies.json"  # who has signed in before the story begins, and their session
# What a person sees of every field, asked for at once.
SEEN = """all => all.map(e => ({
  name: e.name || "", kind: e.type || e.tagName.toLowerCase(), value: e.getAttribute("value"), now: e.value || "",
  options: e.options ? [...e.options].map(o => o.value) : [],
}))"""
START = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
SERVER = [sys.executable, "-m", "uvicorn", "workflow_app.asgi:application", "--ws", "websockets-sansio", "--log-level", "warning"]


def environment(folder: Path) -> dict[str, str]:
    """The office's own database and clock."""
    (folder / "now").write_text(START.isoformat())
    return os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'office.sqlite3'}", "FIXED_NOW": f"@{folder / 'now'}", "REDIS_URL": ""}


def manage(env: dict[str, str], *words: str) -> None:
    """A command, as an administrator would run it."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True, capture_output=True, text=True)


def sign_in_all(env: dict[str, str], folder: Path) -> None:
    """Everybody of the office has signed in; a page that needs somebody need not type a password each time."""
    said = subprocess.run([sys.executable, "-m", "tests.journeys.arriving"], cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    (folder / COOKIES).write_text(said.stdout)


def set_stage(env: dict[str, str], scene: str) -> None:
    """Bring the office into the middle of its work."""
    ordered = [sys.executable, "-m", "tests.journeys.stage", scene]
    done = subprocess.run(ordered, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


@contextmanager
def opened(folder: Path, browser: Browser, env: dict[str, str]) -> Iterator[Office]:
    """The office over the database in `folder`, with a server of its own."""
    port = free_port()
    log_file = folder / f"web{port}.log"
    with log_file.open("w") as log:
        server = subprocess.Popen([*SERVER, "--port", str(port)], cwd=ROOT, env=env, stdout=log, stderr=log)
    found = Office(folder, env, f"http://127.0.0.1:{port}", browser, log_file)
    try:
        found.wait()
        yield found
        found.close()
    finally:
        server.terminate()
        server.wait(10)
    assert "Traceback" not in log_file.read_text(), log_file.read_text()[-3000:]


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Office:
    """What a test does in the office: people sign in, open their items, fill in, preview and sign."""

    def __init__(self, folder: Path, env: dict[str, str], base: str, browser: Browser, log: Path) -> None:
        self.folder, self.env, self.base, self.browser, self.log = folder, env, base, browser, log
        self.pages: dict[str, Page] = {}
        self.cookies: dict[str, str] = json.loads((folder / COOKIES).read_text()) if (folder / COOKIES).exists() else {}
        self.subject = "yx00001"

    def wait(self) -> None:
        """Until the server answers."""
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.base}/sign-in/", timeout=2)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

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
        """Somebody's signed-in page; the person concerned is on a phone. Officials mostly have signed in already."""
        if who not in self.pages:
            size = {"width": 390, "height": 844} if who == self.subject else {"width": 1440, "height": 900}
            page = self.browser.new_context(viewport=size, locale="zh-CN").new_page()
            session = self.cookies.get(who) if who != self.subject else None
            if session:
                page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.base}])
            else:
                self._sign_in(page, who)
            self.pages[who] = page
        return self.pages[who]

    def _sign_in(self, page: Page, who: str) -> None:
        page.goto(f"{self.base}/sign-in/")
        if who == "visitor":  # stays outside
            return
        page.fill("[name=username]", who)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)

    def open_lead(self, cadre: str, **values: Any) -> int:
        """The handler opens a case from a lead on the desk; returns its key."""
        page = self.page_of("case_handler1")
        lead = self.ask("SELECT l.id FROM workflow_app_lead l JOIN workflow_app_cadre c ON c.id = l.cadre_id WHERE c.number = ?", cadre)
        page.goto(f"{self.base}/leads/{lead[0][0]}/" if lead else f"{self.base}/open/{self._cadre(cadre)}/")
        self.fill(page, {"situations": ["S08"], "outcome": "open", **values})
        page.click("button[value=preview]")
        page.click("button[value=sign]")
        page.wait_for_url("**/cases/*/")
        return int(page.url.rstrip("/").rsplit("/", 1)[1])

    def _cadre(self, number: str) -> int:
        return int(self.ask("SELECT id FROM workflow_app_cadre WHERE number = ?", number)[0][0])

    def fill(self, page: Page, values: dict[str, Any]) -> None:
        """Fill in the form as a person would: what `values` names, and something sensible elsewhere."""
        fields = page.locator("form.sheet-form").locator("input:visible, textarea:visible, select:visible")
        for field, seen in zip(fields.element_handles(), fields.evaluate_all(SEEN), strict=True):
            short = seen["name"].rsplit("-", 1)[-1]
            wanted = values.get(seen["name"], values.get(short))
            if wanted is None and (short in LEFT_ALONE or seen["kind"] == "file"):
                continue
            self._one(field, seen, wanted, short)

    def _one(self, field: Any, seen: dict[str, Any], wanted: Any, short: str) -> None:
        kind, value, now = seen["kind"], seen["value"], seen["now"]
        if kind in ("radio", "checkbox"):
            chosen = wanted if isinstance(wanted, list) else [wanted]
            if value in chosen or (kind == "checkbox" and value in (None, "on") and wanted in (None, True)):
                field.check()
        elif kind.startswith("select"):
            options = [o for o in seen["options"] if o]
            if wanted is not False and options and (wanted is not None or not now):
                field.select_option(str(wanted) if wanted is not None else options[0])
        elif kind == "date":
            field.fill(str(wanted or self.now.date()))
        elif kind == "number":
            field.fill(str(1 if wanted is None else wanted))
        elif wanted is not None or not now:
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
            "SELECT a.username FROM workflow_app_seat s JOIN workflow_app_account a ON a.id = s.account_id WHERE s.desk_id = ? ORDER BY s.id",
            row[1],
        )
        return row[0], who[0][0]

    def act(self, case: int, step: str, **values: Any) -> None:
        """Fill in, preview, sign; then everybody else who has to sign, signs."""
        item, who = self.item(case, step)
        page = self.page_of(who)
        page.goto(f"{self.base}/items/{item}/")
        self._carry_out(page, item, step, values)

    def begin(self, case: int, step: str, who: str, **values: Any) -> None:
        """Begin a step that is not the case's turn, from the case page, and carry it out."""
        page = self.page_of(who)
        page.goto(f"{self.base}/cases/{case}/")
        page.click(f"form[action$='/begin/{step}/'] button")
        page.wait_for_url("**/items/*/")
        self._carry_out(page, int(page.url.rstrip("/").rsplit("/", 1)[1]), step, values)

    def _carry_out(self, page: Page, item: int, step: str, values: dict[str, Any]) -> None:
        if "/mine/forms/" in page.url:
            self.guided(page, {**DEFAULTS.get(step, {}), **values})
            return
        self.fill(page, {**DEFAULTS.get(step, {}), **values})
        sent = page.locator("form.sheet-form").evaluate(
            "f => [...new FormData(f)].filter(p => p[0] != 'csrfmiddlewaretoken').map(p => p.join('='))"
        )
        page.click("button[value=preview]")
        page.wait_for_selector("button[value=sign], .refusal, .fault-summary, .error, [role=alert]", timeout=25000)
        assert page.locator("button[value=sign]").count(), f"{step}: {page.locator('main').inner_text()[:200]} {sent}"
        page.click("button[value=sign]")
        page.wait_for_load_state()
        assert "/items/" not in page.url, f"{step}: {page.locator('main').inner_text()[:300]}"
        self._others(item)

    def guided(self, page: Page, values: dict[str, Any]) -> None:
        """Page by page through a form of the portal, to the receipt."""
        while "/check/" not in page.url:
            here = page.url
            self.fill(page, values)
            page.click("button[value=next]")
            page.wait_for_url(lambda url, here=here: url != here)
        page.click(".portal-send button")
        page.wait_for_url("**/mine/sent/*/")

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
            "SELECT d.code, r.pdf FROM workflow_app_document d JOIN workflow_app_rendering r ON r.document_id = d.id WHERE d.case_id = ? ORDER BY d.id",
            case,
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
