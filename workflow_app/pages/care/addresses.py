"""Addresses of care and return."""

from django.urls import path

from workflow_app.pages.care import fitting, plans, pools, returns

urlpatterns = [
    path("plans/", plans.care, name="care"),
    path("plans/of/<int:case>/", plans.open_plan, name="open_plan"),
    path("plans/<int:plan>/", plans.care_plan, name="care_plan"),
    path("plans/<int:plan>/preview.pdf", plans.care_preview, name="care_preview"),
    path("papers/<int:paper>.pdf", plans.care_paper, name="care_paper"),
    path("plans/posts/<int:cadre>/", fitting.fitting, name="fitting"),
    path("plans/returns/", returns.returns, name="returns"),
    path("pools/", pools.pools, name="pools"),
    path("pools/<int:pool>/", pools.pool, name="pool"),
    path("pools/<int:pool>/propose/<int:cadre>/", pools.propose_entry, name="propose_entry"),
    path("pools/entries/<int:entry>/", pools.pool_entry, name="pool_entry"),
    path("pools/entries/<int:entry>/open/", pools.open_from_entry, name="open_from_entry"),
]
