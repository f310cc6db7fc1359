"""A refusal: which rule, why, and the way out. It stands below everything that can refuse."""


class Refused(Exception):
    """An act was refused: which rule, why, and the way out."""

    rule = ""

    def __init__(self, reason: str, *, way_out: str, rule: str = "", field: str = "") -> None:
        super().__init__(reason)
        self.reason, self.way_out, self.field = reason, way_out, field
        self.rule = rule or self.rule
