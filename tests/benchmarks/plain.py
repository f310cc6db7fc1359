"""The same paper as a fresh user prints it: one WeasyPrint call per document, with whatever fonts the system has."""

from __future__ import annotations

import sys
import time
from multiprocessing.connection import Listener

import weasyprint

# Our faces by the system's names for what they are made of.
SYSTEM = {
    "GW Fang": "Noto Serif CJK SC", "GW Song": "Noto Serif CJK SC", "GW Biao": "Noto Serif CJK SC", "GW Serif": "Noto Serif CJK SC",
    "GW Hei": "Noto Sans CJK SC", "GW Sans": "Noto Sans CJK SC", "GW Kai": "LXGW WenKai", "GW Wen": "LXGW WenKai",
    "GW RareB": "HanaMinB", "GW Rare": "BabelStone Han",
}  # fmt: skip


def main(address: str) -> None:
    """Print what comes, and say how long it took and how large it is."""
    with Listener(address, "AF_UNIX") as door:
        print("ready", flush=True)
        with door.accept() as customer:
            while order := customer.recv():
                html, css = order
                for ours, theirs in SYSTEM.items():
                    css = css.replace(ours, theirs)
                began = time.perf_counter()
                pdf = weasyprint.HTML(string=html).write_pdf(stylesheets=[weasyprint.CSS(string=css)])
                customer.send((time.perf_counter() - began, len(pdf)))


if __name__ == "__main__":
    main(sys.argv[1])
