"""The shortcut for properties that no rule mentions changes no byte of any kind of paper."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from workflow_app import documents
from workflow_app.orders import Order
from workflow_app.samples import samples

pytestmark = pytest.mark.django_db
MAKE = """
import hashlib, pickle, sys
from workflow_app import press, styling
if sys.argv[1] == "plain":
    styling.install = lambda: None
one = press.Press()
for order in pickle.load(sys.stdin.buffer):
    made = one.make(order)
    print(made.fault or hashlib.sha256(made.pdf).hexdigest())
"""
# What no layout of ours uses, and a change of it might: sides named by the direction of the text, lists, formulas, inheritance by name.
ODD = """<!DOCTYPE html><html lang="zh-CN"><title>试</title><body><h1>题</h1><ul><li>一<li dir="rtl">二</ul><blockquote><p>引</p></blockquote>
<div class="a"><p>甲</p><p dir="rtl" class="b">乙</p></div><table border="1"><caption>表</caption><tr><td>丙</table></body></html>"""
CSS = """body{font-family:'GW Song'} .a{margin-inline-start:3em;border-block-start:1pt solid;padding-inline:calc(1em + 2pt);width:50%}
.b{margin-inline-start:5em;inset-inline-end:1pt;position:relative;border:inherit;text-decoration:underline}"""


def printed(how: str, orders: list[Order]) -> list[str]:
    fonts = {"FONTCONFIG_FILE": str(Path(settings.FONT_DIR) / "fonts.conf"), "PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run(
        [sys.executable, "-c", MAKE, how], input=pickle.dumps(orders), capture_output=True, check=True, env={**os.environ, **fonts}
    )
    return done.stdout.decode().split()


def test_a_paper_of_every_template_comes_out_the_same_without_the_shortcut() -> None:
    kinds = {one.template: one for one in samples() if not one.fault}
    orders = [documents.order_of(one.paper, one.content, one.template) for one in kinds.values()]
    found = printed("short", [*orders, Order(ODD, CSS)])
    assert len(orders) > 30 and len(set(found)) == len(orders) + 1
    assert found == printed("plain", [*orders, Order(ODD, CSS)])
