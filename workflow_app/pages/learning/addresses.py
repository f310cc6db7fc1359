"""Addresses of training and talks."""

from django.urls import path

from workflow_app.pages.learning import classes, people, rounds, surveys, talks

urlpatterns = [
    path("classes/", classes.classes, name="classes"),
    path("classes/<int:found>/", classes.training_class, name="training_class"),
    path("classes/<int:found>/class.xlsx", classes.class_file, name="class_file"),
    path("classes/<int:found>/people/<int:one>/", people.participant, name="participant"),
    path("classes/<int:found>/survey/", surveys.class_survey, name="class_survey"),
    path("surveys/<int:invitation>/link/", surveys.fetch_class_survey, name="fetch_class_survey"),
    path("of/<int:cadre>/", people.training_of, name="training_of"),
    path("hours/", people.class_hours, name="class_hours"),
    path("hours/hours.xlsx", people.class_hours_file, name="class_hours_file"),
    path("talks/", talks.talks, name="talks"),
    path("talks/<int:talk>/", talks.talk, name="talk"),
    path("talks/plan/<str:kind>/<int:cadre>/", talks.plan_talk, name="plan_talk"),
    path("talks/rounds/<int:campaign>/", rounds.talk_round, name="talk_round"),
]
