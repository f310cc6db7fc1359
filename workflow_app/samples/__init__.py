"""Sample papers of every step of every path, for looking at the templates. Everything happens in a transaction that is rolled back."""

from workflow_app.samples.papers import Sample, register, samples

__all__ = ["Sample", "register", "samples"]
