"""Addresses of the verification sample."""

from django.urls import path

from workflow_app.pages.visits import checks, samples

urlpatterns = [
    path("", samples.samples, name="samples"),
    path("<int:campaign>/", samples.sample, name="sample"),
    path("<int:campaign>/frame.txt", samples.sample_frame, name="sample_frame"),
    path("checks/<int:check>/", checks.sample_check, name="sample_check"),
]
