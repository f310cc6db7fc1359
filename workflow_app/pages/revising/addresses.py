"""Addresses of the pages on which assessment itself is reviewed."""

from django.urls import path

from workflow_app.pages.revising import consultations, experts, pilots, quality, rulings, surveys

urlpatterns = [
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/<int:survey>/", surveys.survey, name="survey"),
    path("experts/", experts.experts, name="experts"),
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/<int:consultation>/", consultations.consultation, name="consultation"),
    path("consultations/<int:consultation>/letters/<int:upload>", consultations.expert_letter, name="expert_letter"),
    path("opinions/", consultations.my_opinions, name="my_opinions"),
    path("opinions/<int:invitation>/", consultations.my_opinion, name="my_opinion"),
    path("rules/", rulings.rulings, name="rulings"),
    path("rules/matrix/", rulings.matrix, name="matrix"),
    path("rules/lessons/", rulings.lessons, name="lessons"),
    path("rules/<int:ruling>/", rulings.ruling_page, name="ruling"),
    path("rules/<int:ruling>/text", rulings.ruling_text, name="ruling_text"),
    path("pilots/", pilots.pilots, name="pilots"),
    path("pilots/<int:pilot>/", pilots.pilot, name="pilot"),
    path("quality/", quality.quality, name="quality"),
    path("quality/<int:campaign>/", quality.spreads, name="spreads"),
]
