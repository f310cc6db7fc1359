"""Citizens' identity numbers (GB 11643-1999): found by their check digit, refused in facts, masked wherever typed text is kept."""

from __future__ import annotations

import re

NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def is_number(text: str) -> bool:
    """Whether 18 signs are an identity number, by their check digit."""
    return CHECKS[sum(int(sign) * weight for sign, weight in zip(text, WEIGHTS, strict=False)) % 11] == text[-1].upper()


def found(text: str) -> list[str]:
    """Identity numbers in a text."""
    return [one for one in NUMBER.findall(text) if is_number(one)]


def masked(text: str) -> str:
    """The text with every identity number but for its first three and last two signs hidden."""
    return NUMBER.sub(lambda one: f"{one[0][:3]}{'*' * 13}{one[0][-2:]}" if is_number(one[0]) else one[0], text)
