"""Addresses of the record of work, awards and the archive of assessment."""

from django.urls import path

from workflow_app.pages.worklog import archive, awards, board, diary, goals, groundwork

urlpatterns = [
    path("", diary.worklogs, name="worklogs"),
    path("of/<int:cadre>/", diary.worklog_of, name="worklog_of"),
    path("files/<int:line>", diary.work_file, name="work_file"),
    path("archive/<int:cadre>/", archive.archive_of, name="archive_of"),
    path("archive/<int:cadre>/preview.pdf", archive.archive_preview, name="archive_preview"),
    path("archive/papers/<int:paper>.pdf", archive.archive_paper, name="archive_paper"),
    path("awards/", awards.awards, name="awards"),
    path("awards/of/<int:cadre>/", awards.award_of, name="award_of"),
    path("objectives/<int:cadre>/", goals.objectives_of, name="objectives_of"),
    path("groundwork/<int:cadre>/", groundwork.groundwork_of, name="groundwork_of"),
    path("board/", board.board, name="board"),
    path("board/<int:challenge>/", board.challenge, name="challenge"),
]
