"""The product's settings, plus this folder as an application: the stock flow is found through it. It has no tables."""

from workflow_app.settings import *  # noqa: F403
from workflow_app.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "tests.benchmarks"]
