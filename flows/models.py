"""The cases of the paths, gathered for Django."""

from flows.down.case import DownCase
from flows.remedy.case import RemedyCase
from flows.up.case import UpCase

__all__ = ["DownCase", "RemedyCase", "UpCase"]
