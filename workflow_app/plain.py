"""Plain data: what stands in records and papers, whatever it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

AS_IT_IS = frozenset((str, int, bool))


def plain(value: Any) -> Any:
    """`value` as JSON-able plain data: dates as ISO text, decimals as text, rows as their key, dataclasses as objects."""
    if value is None or type(value) in AS_IT_IS:
        return value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(v) for v in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Model):
        return value.pk
    if is_dataclass(value):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    return value


def content_of(value: Any) -> dict[str, Any]:
    """A content dataclass as plain data."""
    result: dict[str, Any] = plain(value)
    return result
