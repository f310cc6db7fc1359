"""Addresses of visits."""

from django.urls import path

from workflow_app.pages.visits import coverage, load, planning, register, units

urlpatterns = [
    path("", register.visits, name="visits"),
    path("new/", planning.new_visit, name="new_visit"),
    path("<int:visit>/", register.visit, name="visit"),
    path("<int:visit>/report.pdf", register.visit_report, name="visit_report"),
    path("load/", load.visit_load, name="visit_load"),
    path("coverage/", coverage.visit_coverage, name="visit_coverage"),
    path("units/", units.closer_units, name="closer_units"),
]
