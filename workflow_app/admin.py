"""Reference data. Mostly for reading: what a case or a record hangs on is never deleted here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from workflow_app.clock import forget_calendar, now
from workflow_app.hands import forget_desks
from workflow_app.models import (
    Account,
    Cadre,
    CalendarDay,
    CalendarYear,
    Desk,
    LawEdition,
    Post,
    Seat,
    Tie,
    Unit,
)

admin.site.site_header = "基础数据"
admin.site.site_title = "基础数据"
admin.site.index_title = "单位、人员、岗位、日历和规则数值"


class Kept(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that are added and changed but never deleted: records point to them."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Unit)
class UnitAdmin(Kept):
    """Units."""

    list_display: ClassVar = ["code", "name", "kind", "parent", "manages_cadres", "organ_name", "organ_code"]
    list_filter: ClassVar = ["kind", "manages_cadres"]
    search_fields: ClassVar = ["code", "name"]
    autocomplete_fields: ClassVar = ["parent"]
    readonly_fields: ClassVar = ["path"]


@admin.register(Post)
class PostAdmin(Kept):
    """Posts."""

    list_display: ClassVar = ["unit", "title", "level", "leadership_post", "is_leading_member"]
    list_filter: ClassVar = ["level", "leadership_post"]
    list_select_related: ClassVar = ["unit"]
    search_fields: ClassVar = ["title", "unit__name"]
    autocomplete_fields: ClassVar = ["unit"]


@admin.register(Cadre)
class CadreAdmin(Kept):
    """Cadres."""

    list_display: ClassVar = ["number", "name", "unit", "post", "rank", "active"]
    list_filter: ClassVar = ["active"]
    list_select_related: ClassVar = ["unit", "post__unit"]
    search_fields: ClassVar = ["number", "name", "unit__name"]
    autocomplete_fields: ClassVar = ["unit", "post"]


@admin.register(Account)
class AccountAdmin(Kept):
    """Accounts; passwords are set by command, never here."""

    list_display: ClassVar = ["username", "cadre", "is_active", "is_staff"]
    list_select_related: ClassVar = ["cadre"]
    search_fields: ClassVar = ["username", "cadre__name"]
    fields: ClassVar = ["username", "cadre", "is_active", "is_staff"]
    autocomplete_fields: ClassVar = ["cadre"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made by command, with a password."""
        return False


@admin.register(Desk)
class DeskAdmin(Kept):
    """Desks."""

    list_display: ClassVar = ["name", "role", "unit"]
    list_filter: ClassVar = ["role"]
    list_select_related: ClassVar = ["unit"]
    search_fields: ClassVar = ["name", "unit__name"]
    autocomplete_fields: ClassVar = ["unit"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Role and unit of a desk never change: items are addressed to it."""
        return ["role", "unit"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new desk is known at once."""
        super().save_model(request, obj, form, change)
        forget_desks()


@admin.register(Seat)
class SeatAdmin(Kept):
    """Seats: ended by a date, never deleted."""

    list_display: ClassVar = ["account", "desk", "valid_from", "valid_to", "granted_by"]
    list_select_related: ClassVar = ["account__cadre", "desk", "granted_by__cadre"]
    search_fields: ClassVar = ["account__username", "account__cadre__name", "desk__name"]
    autocomplete_fields: ClassVar = ["account", "desk"]
    readonly_fields: ClassVar = ["granted_by", "granted_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only the end of a given seat can be set."""
        return [*self.readonly_fields, *(["account", "desk", "valid_from"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Who granted it, and when."""
        if not change:
            obj.granted_by, obj.granted_at = request.user, now()
        super().save_model(request, obj, form, change)


@admin.register(Tie)
class TieAdmin(Kept):
    """Declared ties."""

    list_display: ClassVar = ["one", "other", "kind", "declared_at"]
    list_select_related: ClassVar = ["one", "other"]
    autocomplete_fields: ClassVar = ["one", "other"]
    readonly_fields: ClassVar = ["declared_by", "declared_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Who entered it, and when."""
        if not change:
            obj.declared_by, obj.declared_at = request.user, now()
        super().save_model(request, obj, form, change)


class Calendared(Kept):
    """Calendar rows: a change is used from the next question on."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Forget the kept calendar of this process."""
        super().save_model(request, obj, form, change)
        forget_calendar()


@admin.register(CalendarYear)
class CalendarYearAdmin(Calendared):
    """Years whose notice is out."""

    list_display: ClassVar = ["year", "version", "source"]


@admin.register(CalendarDay)
class CalendarDayAdmin(Calendared):
    """Days that differ from the plain week."""

    list_display: ClassVar = ["date", "kind", "name"]
    list_filter: ClassVar = ["kind"]
    date_hierarchy = "date"


@admin.register(LawEdition)
class LawEditionAdmin(Kept):
    """Editions of the figures: read only, cases hang on them."""

    list_display: ClassVar = ["digest", "loaded_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Editions are made by load_law."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
