"""Addresses of the portal."""

from django.urls import path

from workflow_app.pages.portal import (
    assessment,
    care,
    cases,
    checking,
    contracts,
    deputies,
    dossier,
    feedback,
    forms,
    grades,
    remedies,
    retrospect,
    sent,
)

urlpatterns = [
    path("", cases.portal, name="portal"),
    path("<int:case>/", cases.portal_case, name="portal_case"),
    path("<int:case>/file/", dossier.dossier, name="portal_file"),
    path("<int:case>/readers/", dossier.readers, name="portal_readers"),
    path("<int:case>/begin/<slug:step>/", forms.begin, name="portal_begin"),
    path("decisions/<int:decision>/", remedies.decision, name="portal_decision"),
    path("decisions/<int:decision>/file/", remedies.attack, name="portal_attack"),
    path("items/<int:item>/", forms.answer, name="portal_answer"),
    path("forms/<slug:token>/", forms.form, name="portal_form"),
    path("forms/<slug:token>/<int:page>/", forms.page, name="portal_form_page"),
    path("forms/<slug:token>/check/", checking.check, name="portal_check"),
    path("forms/<slug:token>/send/", checking.send, name="portal_send"),
    path("forms/<slug:token>/discard/", forms.discard, name="portal_discard"),
    path("contracts/", contracts.mine, name="portal_contracts"),
    path("care/", care.mine, name="portal_care"),
    path("assessment/", assessment.mine, name="portal_assessment"),
    path("assessment/<int:finding>/", retrospect.my_retrospect, name="my_retrospect"),
    path("grades/<int:notice>/", grades.my_grade, name="my_grade"),
    path("feedback/<int:feedback>/", feedback.my_feedback, name="my_feedback"),
    path("sent/", sent.sent_list, name="portal_sent_list"),
    path("sent/<int:paper>/", sent.sent, name="portal_sent"),
    path("sent/<int:paper>/receipt.pdf", sent.receipt_pdf, name="portal_receipt"),
    path("sent/<int:paper>/content.json", sent.content, name="portal_content"),
    path("deputies/", deputies.deputies, name="portal_deputies"),
    path("deputies/ask/", deputies.ask, name="portal_deputy_ask"),
    path("deputies/<int:stand>/end/", deputies.end, name="portal_deputy_end"),
]
