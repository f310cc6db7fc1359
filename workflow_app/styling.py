"""Properties that no rule mentions: most of the two thousand and more that a page asks for. They are taken from the parent or from
the initial values at once; WeasyPrint 70 asks of each whether it is a variable, a formula, a logical direction. The outcome is the same,
which a test holds byte for byte.
"""

from __future__ import annotations

from typing import Any

from weasyprint import css
from weasyprint.css import ComputedStyle

# These depend on others, or on what is propagated.
APART = {"float", "display", "position", "page", *css.PHYSICAL_FUNCTIONS, *css.INITIAL_NOT_COMPUTED}
PLAIN = {key: value for key, value in css.INITIAL_VALUES.items() if key not in APART | css.INHERITED and key[:16] != "text_decoration_"}
# Those of one side, where no rule names the side by the direction of the text either.
NAMED_BY_DIRECTION = {name(block="ttb", inline=way) for name in css.PHYSICAL_FUNCTIONS.values() for way in ("ltr", "rtl")}
SIDED = {
    key: css.INITIAL_VALUES[key]
    for key in css.PHYSICAL_FUNCTIONS
    if key in css.INITIAL_VALUES and key not in css.INITIAL_NOT_COMPUTED | css.INHERITED
}
HANDED_DOWN = {key for key in css.INHERITED if key not in APART and key[:16] != "text_decoration_"}
_ask = ComputedStyle.__missing__


def install() -> None:
    """Answer what no rule mentions without asking further."""
    ComputedStyle.__missing__ = _missing


def _missing(style: Any, key: str) -> Any:
    if key not in style.cascaded:
        if key in PLAIN:
            value = style[key] = PLAIN[key]
            return value
        if key in HANDED_DOWN and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
        if key in SIDED and NAMED_BY_DIRECTION.isdisjoint(style.cascaded):
            value = style[key] = SIDED[key]
            return value
    return _ask(style, key)
