"""Addresses of the assessment office."""

from django.urls import path

from workflow_app.pages.assessment import (
    campaigns,
    grades,
    libraries,
    lists,
    measuring,
    notices,
    office,
    paper_forms,
    reports,
    schemes,
    unit_targets,
)

urlpatterns = [
    path("", office.assessment, name="assessment"),
    path("libraries/<int:library>/", libraries.library, name="library"),
    path("libraries/<int:library>/export.xlsx", libraries.export, name="library_file"),
    path("schemes/new/", schemes.new_scheme, name="new_scheme"),
    path("schemes/<int:scheme>/", schemes.scheme, name="scheme"),
    path("campaigns/new/", campaigns.new_campaign, name="new_campaign"),
    path("campaigns/<int:campaign>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:campaign>/plan.xlsx", campaigns.plan_file, name="plan_file"),
    path("campaigns/<int:campaign>/figures/", measuring.campaign_figures, name="campaign_figures"),
    path("campaigns/<int:campaign>/figures.xlsx", measuring.figures_form, name="figures_form"),
    path("campaigns/<int:campaign>/grades/", grades.campaign_grades, name="campaign_grades"),
    path("campaigns/<int:campaign>/forms/", paper_forms.paper_forms, name="paper_forms"),
    path("campaigns/<int:campaign>/notices/", notices.grade_notices, name="grade_notices"),
    path("notices/<int:notice>.pdf", notices.grade_notice_pdf, name="grade_notice_pdf"),
    path("notices/<int:notice>/receipt.pdf", notices.grade_receipt_pdf, name="grade_receipt_pdf"),
    path("results/<int:result>/preview.pdf", notices.grade_preview_pdf, name="grade_preview_pdf"),
    path("campaigns/<int:campaign>/report/", reports.campaign_report, name="campaign_report"),
    path("campaigns/<int:campaign>/report.pdf", reports.report_preview, name="report_preview"),
    path("campaigns/<int:campaign>/joint/", reports.campaign_joint, name="campaign_joint"),
    path("papers/<int:paper>.pdf", reports.campaign_paper, name="campaign_paper"),
    path("subjects/<int:subject>/", lists.three_lists, name="three_lists"),
    path("lists/<int:feedback>/<str:which>.pdf", lists.list_pdf, name="list_pdf"),
    path("units/", unit_targets.unit_targets, name="unit_targets"),
    path("units/targets.xlsx", unit_targets.unit_targets_file, name="unit_targets_file"),
    path("units/years/", unit_targets.unit_years, name="unit_years"),
    path("mending/", lists.mending, name="mending"),
]
