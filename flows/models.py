"""The cases of the paths, gathered for Django."""

from flows.down.case import DownCase

__all__ = ["DownCase"]
