"""Addresses of care and return."""

from django.urls import path

from workflow_app.pages.care import pools

urlpatterns = [
    path("pools/", pools.pools, name="pools"),
    path("pools/<int:pool>/", pools.pool, name="pool"),
    path("pools/<int:pool>/propose/<int:cadre>/", pools.propose_entry, name="propose_entry"),
    path("pools/entries/<int:entry>/", pools.pool_entry, name="pool_entry"),
    path("pools/entries/<int:entry>/open/", pools.open_from_entry, name="open_from_entry"),
]
