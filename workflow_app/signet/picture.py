"""The picture of an organ's seal: what was registered for the day, or a drawn one with the organ's name."""

from __future__ import annotations

import base64
import math
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils.html import escape

from workflow_app import documents
from workflow_app.models import OrganSeal, Unit
from workflow_app.orders import Order

SIDE, MIDDLE, RED, ARC = 120, 60, "#e60012", 250
PAGE = "@page{size:42mm 42mm;margin:0}html,body{margin:0}img{width:42mm;height:42mm;display:block}"


def seal_pdf(organ: Unit, on: date) -> bytes:
    """A page of 42 mm with the seal."""
    found = OrganSeal.objects.filter(unit=organ, valid_from__lte=on).order_by("-valid_from", "-id").first()
    name = organ.organ_name or organ.name
    if found is None:
        return _page("image/svg+xml", drawn(name, demo=settings.DEMO).encode(), name)
    return _page(found.mime, bytes(found.image), name)


def tried(mime: str, image: bytes) -> None:
    """Whether a picture can be printed as a seal. Raises RenderingFailed."""
    _page(mime, image, "机关")


@lru_cache(maxsize=64)
def _page(mime: str, image: bytes, name: str) -> bytes:
    source = f"data:{mime};base64,{base64.b64encode(image).decode()}"
    html = f'<!DOCTYPE html><html lang="zh-CN"><title>{escape(name)}印章</title><img alt="{escape(name)}印章" src="{source}">'
    made = documents.printshop().order(Order(html, PAGE, tagged=False))
    if made.fault:
        raise documents.RenderingFailed(f"{name}的印章图样{made.fault}")
    return made.pdf


def drawn(name: str, *, demo: bool) -> str:
    """A round seal as SVG: a star, and the name along the rim."""
    star = " ".join(
        f"{MIDDLE + far * math.cos(turn):.2f},{MIDDLE + far * math.sin(turn):.2f}"
        for corner in range(10)
        for turn, far in [(math.radians(36 * corner - 90), 6.5 if corner % 2 else 17)]
    )
    size = min(13, 190 / max(len(name), 1))
    letters = "".join(
        f'<g transform="rotate({ARC * (place / max(len(name) - 1, 1) - 0.5):.3f} {MIDDLE} {MIDDLE})">'
        f'<text x="{MIDDLE - size / 2:.2f}" y="24" font-family="GW Song" font-size="{size:.2f}" fill="{RED}">{escape(letter)}</text></g>'
        for place, letter in enumerate(name)
    )
    mark = f'<text x="{MIDDLE - 13}" y="95" font-family="GW Hei" font-size="13" fill="{RED}">演示</text>' if demo else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">'
        f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="57" fill="none" stroke="{RED}" stroke-width="3"/>'
        f'<polygon points="{star}" fill="{RED}"/>{letters}{mark}</svg>'
    )
