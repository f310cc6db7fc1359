"""What is looked for on a page: nothing serious for a reader of any kind, no sideways scrolling, no foreign script, no foreign word."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")
# What is written in Latin letters in Chinese offices too: file formats, digests, licences, and names of people's accounts.
LATIN = {"PDF", "DOCX", "XLSX", "xlsx", "PNG", "JPG", "SHA", "AGPL-3.0", "Excel", "English", "Enter", "Ctrl", "Esc", "Redis", "yx"}
CODE = re.compile(r"[A-Z]{1,4}(-[A-Z0-9]+)+|[A-Za-z_]+\d\w*|\w*\d\w*[a-f]\w*|art\.?|[A-Z]{1,4}")
WORD = re.compile(r"[A-Za-z][\w.-]*[A-Za-z0-9]")
# An error page is seen by its status; the browser mentions it as well.
NOT_THE_PAGE = "Failed to load resource: the server responded"
WIDER = "() => [document.documentElement.scrollWidth, innerWidth]"
CULPRITS = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== 'absolute')
  .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
RUN = "() => axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 140))]))"


class Sight:
    """A page that is looked at, with everything its console said."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(NOT_THE_PAGE):
            self.said.append(message.text)

    def faults(self, name: str) -> list[str]:
        """Everything that is wrong with the page shown, in words."""
        # Taken before the reader's helper is put into the page: what it says itself is not the page's.
        found = [f"console: {line}" for line in self.said] + [f"foreign word: {word}" for word in self._foreign()]
        for size in (WIDE, NARROW):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            found += [f"{size['width']} px: {fault}" for fault in (*self._sideways(), *self._serious())]
            self._keep(f"{name}-{size['width']}")
        self.said.clear()
        return [f"{name}: {fault}" for fault in found]

    def _sideways(self) -> list[str]:
        wide, room = self.page.evaluate(WIDER)
        return [f"{wide} px wide in {room}: {self.page.evaluate(CULPRITS)}"] if wide > room else []

    def _serious(self) -> list[str]:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found: list[list[Any]] = self.page.evaluate(RUN)
        return [f"axe {impact} {rule}: {nodes[:3]}" for impact, rule, nodes in found if impact in SERIOUS]

    def _foreign(self) -> list[str]:
        if self.page.locator("html").get_attribute("lang") != "zh-hans" or "/admin/" in self.page.url:
            return []
        text = str(self.page.evaluate("() => document.body.innerText"))
        return sorted({word for word in WORD.findall(text) if word not in LATIN and not CODE.fullmatch(word)})

    def _keep(self, name: str) -> None:
        """Keep a picture when somebody wants to look."""
        if folder := os.environ.get("PICTURES"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
