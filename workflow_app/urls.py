"""Addresses. One page a kind of work, none a step."""

from django.contrib import admin
from django.urls import include, path

from workflow_app.pages import (
    case,
    desk,
    healthz,
    meeting,
    opening,
    papers,
    portal,
    proofs,
    search,
    sign_in,
    signing,
    task,
)

urlpatterns = [
    path("", sign_in.home, name="home"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("desk/", desk.desk, name="desk"),
    path("desk/next/", desk.take_next, name="take_next"),
    path("items/<int:item>/", task.task, name="task"),
    path("items/<int:item>/claim/", desk.claim, name="claim"),
    path("items/<int:item>/release/", desk.release, name="release"),
    path("items/<int:item>/assign/", case.assign, name="assign"),
    path("items/<int:item>/drop/", task.drop, name="drop"),
    path("items/<int:item>/sign/", signing.sign, name="sign"),
    path("items/<int:item>/decline/", signing.decline, name="decline"),
    path("items/<int:item>/sheet.pdf", signing.sheet_pdf, name="sheet_pdf"),
    path("proofs/<str:token>.pdf", proofs.proof, name="proof"),
    path("cases/<int:case>/", case.case, name="case"),
    path("cases/<int:case>/begin/<slug:step>/", case.begin, name="begin"),
    path("leads/", opening.leads, name="leads"),
    path("leads/<int:lead>/", opening.lead, name="lead"),
    path("leads/<int:lead>/close/", opening.close, name="close_lead"),
    path("open/", opening.choose, name="choose"),
    path("open/<int:cadre>/", opening.open_for, name="open_for"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<int:paper>/", papers.paper, name="paper"),
    path("papers/<int:paper>/pdf", papers.paper_pdf, name="paper_pdf"),
    path("search/", search.search, name="search"),
    path("meeting/", meeting.meeting, name="meeting"),
    path("mine/", portal.portal, name="portal"),
    path("mine/<int:case>/", portal.portal_case, name="portal_case"),
    path("healthz", healthz.healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
