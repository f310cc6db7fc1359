"""Addresses of the pages on which assessment itself is reviewed."""

from django.urls import path

from workflow_app.pages.revising import surveys

urlpatterns = [
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/<int:survey>/", surveys.survey, name="survey"),
]
