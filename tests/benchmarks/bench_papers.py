"""Printed papers a second: 1 page, 4 pages, a table of 32 pages; 1 and 4 processes; beside plain WeasyPrint, measured in turn.

Ours are tagged, archivable (PDF/A-3a, PDF/UA-1) and carry their data; the plain ones are neither. Memory: workers that are never
replaced, over 2,000 papers. `PAPERS` (default 2000) and `ROUNDS` (default 3) make it shorter.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_app.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after setup

from flows.paper import Section, Sheet, Table  # noqa: E402
from workflow_app import documents  # noqa: E402
from workflow_app.orders import Limits, Order  # noqa: E402
from workflow_app.plain import content_of  # noqa: E402
from workflow_app.printshop import Printshop  # noqa: E402

ROUNDS, PAPERS, GOAL = int(os.environ.get("ROUNDS", "3")), int(os.environ.get("PAPERS", "2000")), 10.0
TEMPLATE = "documents/down/decide.html"
PAPER: dict[str, Any] = {
    "title": "调整决定书", "number": "云组〔2026〕1号", "organ": "中共云溪市委组织部", "header": "中共云溪市委组织部文件", "issued_on": "2026年3月20日",
    "dated": "2026-03-20", "case_no": "云组下〔2026〕1号", "code": "D-DECN", "signatures": [], "demo": False,
    "verify": documents.verify_of("8F3K2M7QXA9D4T6W1Y5Z0B8N3R"),
}  # fmt: skip
TEXT = "经核实，该同志分管的重点项目2025年度完成率为41%，低于年度目标任务；变更设计未按规定提交集体研究，延期情况未及时报告，造成工程停工三个月。"
ROW = ("2025年度项目台账及附件", "李敏文、赵安平", "2026年3月18日", "项目进度滞后", "原件", "第三卷", "市交通运输局")
KINDS = {
    "1 page": (Sheet(to="王建国", paragraphs=(TEXT,)), 40),
    "4 pages": (Sheet(to="王建国", sections=tuple(Section(f"第{n}部分", (TEXT,) * 3) for n in range(1, 7))), 16),
    "32-page table": (
        Sheet(to="王建国", paragraphs=(TEXT,), tables=(Table("证据材料清单", ("序号", "名称", "取得人", "取得日期", "证明事项", "形式", "卷宗", "来源"),
              tuple((str(n), *ROW) for n in range(1, 456)), (6, 22, 16, 16, 13, 8, 8, 11)),)), 1,
    ),
}  # fmt: skip


class Plain:
    """A live process of plain WeasyPrint: no private fonts, no shared state."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp()
        env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        address = f"{self.folder}/door"
        self.process = subprocess.Popen([sys.executable, str(Path(__file__).parent / "plain.py"), address], stdout=subprocess.PIPE, env=env)
        assert self.process.stdout is not None
        self.process.stdout.readline()
        self.door = Client(address, "AF_UNIX")

    def rate(self, order: Order, count: int) -> float:
        """Documents a second."""
        began = time.perf_counter()
        for _ in range(count):
            self.door.send((order.html, order.css))
            self.door.recv()
        return count / (time.perf_counter() - began)

    def close(self) -> None:
        """No more orders."""
        self.door.send(None)
        self.process.wait(10)


def rate(shop: Printshop, order: Order, count: int, at_once: int) -> float:
    """Documents a second of a press, `at_once` orders under way."""
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as crowd:
        made = list(crowd.map(lambda _: shop.order(order), range(count)))
    assert not any(one.fault for one in made), made[0].fault
    return count / (time.perf_counter() - began)


def resident(shop: Printshop) -> list[int]:
    """Kilobytes that each worker holds for itself."""
    rolled = [Path(f"/proc/{worker}/smaps_rollup").read_text() for worker in crew(shop)]
    return [sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private")) for text in rolled]


def processor(pids: list[str]) -> float:
    """Seconds of processor that processes have used: what a paper costs, whatever else the machine does."""
    ticks = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13] for pid in pids]
    return sum(int(one) for pair in ticks for one in pair) / os.sysconf("SC_CLK_TCK")


def crew(shop: Printshop) -> list[str]:
    """The workers of a press."""
    assert shop.foreman is not None
    return Path(f"/proc/{shop.foreman.pid}/task/{shop.foreman.pid}/children").read_text().split()


def cost(plain: Plain, shop: Printshop, order: Order, count: int) -> tuple[float, float]:
    """Seconds of processor for one paper: plain, and ours."""
    before = processor([str(plain.process.pid)]), processor(crew(shop))
    for _ in range(count):
        plain.rate(order, 1)
        shop.order(order)
    after = processor([str(plain.process.pid)]), processor(crew(shop))
    return (after[0] - before[0]) / count, (after[1] - before[1]) / count


def new_shop(workers: int, orders: int = 100_000) -> Printshop:
    return Printshop(Path(settings.FONT_DIR), settings.BASE_DIR, Limits(workers=workers, orders=orders, processor=900, waiting=1200))


def compare() -> dict[str, Any]:
    """Every kind of paper, in turn: plain, one process, four processes."""
    plain, one, four, found = Plain(), new_shop(1), new_shop(4), {}
    for name, (sheet, count) in KINDS.items():
        order = documents.order_of(PAPER, content_of(sheet), TEMPLATE)
        few = max(1, count // 8)
        pages = [one.order(order).pages, *(four.order(order).pages for _ in range(8))][0]
        assert name.startswith(str(pages)), f"{name} has {pages} pages"
        plain.rate(order, 1)
        rounds = [
            (plain.rate(order, few), rate(one, order, few * 2, 1), rate(four, order, max(4, count), 4))
            for _ in range(ROUNDS if count > 1 else 1)
        ]
        by = [statistics.median(column) for column in zip(*rounds, strict=True)]
        seconds = cost(plain, one, order, few * 2)
        found[name] = {
            "processor_plain": seconds[0],
            "processor_ours": seconds[1],
            "pages": pages,
            "plain": by[0],
            "one": by[1],
            "four": by[2],
            "ratio_one": by[1] / by[0],
            "ratio_four": by[2] / by[0],
        }
        print(
            f"{name:14} {pages:3} pages   plain {by[0]:6.2f}/s   1 process {by[1]:6.2f}/s ({by[1] / by[0]:.1f}x)   4 processes {by[2]:6.2f}/s ({by[2] / by[0]:.1f}x)",
            flush=True,
        )
    for shop in (one, four):
        shop.close()
    plain.close()
    return found


def memory() -> dict[str, Any]:
    """Private memory of four workers after a tenth of the papers and after all of them."""
    shop = new_shop(4)
    orders = [documents.order_of(PAPER | {"number": f"云组〔2026〕{n}号"}, content_of(KINDS["1 page"][0]), TEMPLATE) for n in range(20)]
    with ThreadPoolExecutor(4) as crowd:
        early, late, done = [], [], 0
        for part in range(10):
            list(crowd.map(lambda n: shop.order(orders[n % 20]), range(PAPERS // 10)))
            done += PAPERS // 10
            late = resident(shop)
            early = early or late
            if part in (0, 9):
                print(f"after {done:5} papers: {sum(late) / len(late) / 1024:6.1f} MB a worker", flush=True)
    shop.close()
    return {"papers": done, "early_kb": early, "late_kb": late, "ratio": sum(late) / sum(early)}


def main() -> int:
    """Measure, print, keep; 1 when a goal is missed."""
    found = {"kinds": compare(), "memory": memory(), "cores": os.cpu_count(), "load": os.getloadavg()}
    (settings.VAR_DIR / "bench").mkdir(parents=True, exist_ok=True)
    (settings.VAR_DIR / "bench" / "papers.json").write_text(json.dumps(found, ensure_ascii=False, indent=1))
    ratio, flat = found["kinds"]["1 page"]["ratio_four"], found["memory"]["ratio"]
    print(f"goal: one page with 4 processes {ratio:.1f}x of plain (>= {GOAL:.0f}x); memory {flat:.2f} (<= 1.15)")
    return int(ratio < GOAL or flat > 1.15)


if __name__ == "__main__":
    sys.exit(main())
