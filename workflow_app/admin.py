"""Reference data. Mostly for reading: what a case or a record hangs on is never deleted here."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from workflow_app import granting, tenures
from workflow_app.clock import now
from workflow_app.given_by_two import Kept
from workflow_app.hands import forget_desks
from workflow_app.letterhead import Drawable
from workflow_app.models import (
    Account,
    Cadre,
    CalendarDay,
    CalendarYear,
    Desk,
    LawEdition,
    Library,
    Post,
    Seat,
    Tenure,
    Tie,
    Unit,
)

admin.site.site_header = "基础数据"
admin.site.site_title = "基础数据"
admin.site.unregister(Group)  # rights come from seats, never from groups
admin.site.unregister(
    [Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken]
)  # what people sign in with is nobody's to look at
admin.site.index_title = "单位、人员、岗位、日历和规则数值"


@admin.register(Unit)
class UnitAdmin(Kept):
    """Units. Header, code and contact of an organ are printed on its papers from the next one on."""

    form = Drawable
    list_display: ClassVar = ["code", "name", "kind", "parent", "manages_cadres", "organ_name", "organ_code"]
    list_filter: ClassVar = ["kind", "manages_cadres"]
    search_fields: ClassVar = ["code", "name"]
    raw_id_fields: ClassVar = ["parent"]
    readonly_fields: ClassVar = ["path"]


@admin.register(Post)
class PostAdmin(Kept):
    """Posts."""

    list_display: ClassVar = ["unit", "title", "level", "leadership_post", "is_leading_member"]
    list_filter: ClassVar = ["level", "leadership_post"]
    list_select_related: ClassVar = ["unit"]
    search_fields: ClassVar = ["title", "unit__name"]
    raw_id_fields: ClassVar = ["unit"]


class TenureInline(admin.TabularInline):  # type: ignore[type-arg]
    """Who held which post: by acts and by the roster, never here."""

    model = Tenure
    extra = 0
    can_delete = False
    fields: ClassVar = ["first", "last", "unit_name", "title", "rank", "since", "kind", "ground", "case", "batch"]
    readonly_fields: ClassVar = ["first", "last", "unit_name", "title", "rank", "since", "kind", "ground", "case", "batch"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the door and an import add one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Cadre)
class CadreAdmin(Kept):
    """Cadres."""

    form = Drawable
    list_display: ClassVar = ["number", "name", "unit", "post", "rank", "active"]
    list_filter: ClassVar = ["active"]
    list_select_related: ClassVar = ["unit", "post__unit"]
    search_fields: ClassVar = ["number", "name", "unit__name"]
    raw_id_fields: ClassVar = ["unit", "post"]
    inlines: ClassVar = [TenureInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Where somebody serves is changed by acts and by the roster: both keep the history."""
        return ["unit", "post", "post_since"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Whoever is new begins with what they hold."""
        super().save_model(request, obj, form, change)
        if not change:
            tenures.begin(obj, tenures.Ground(Tenure.Kind.ROSTER, now()))


@admin.register(Account)
class AccountAdmin(Kept):
    """Accounts; passwords are set by command, never here."""

    list_display: ClassVar = ["username", "cadre", "is_active", "office"]
    list_select_related: ClassVar = ["cadre"]
    search_fields: ClassVar = ["username", "cadre__name"]
    fields: ClassVar = ["username", "cadre", "is_active", "office"]
    readonly_fields: ClassVar = ["username", "cadre", "office"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts and offices are given by command."""
        return False


@admin.register(Desk)
class DeskAdmin(Kept):
    """Desks."""

    list_display: ClassVar = ["name", "role", "unit"]
    list_filter: ClassVar = ["role"]
    list_select_related: ClassVar = ["unit"]
    search_fields: ClassVar = ["name", "unit__name"]
    raw_id_fields: ClassVar = ["unit"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Role and unit of a desk never change: items are addressed to it."""
        return ["role", "unit"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new desk is known at once."""
        super().save_model(request, obj, form, change)
        forget_desks()


@admin.register(Seat)
class SeatAdmin(Kept):
    """Seats: asked for and given by two people (`Grant`), ended by a date, never deleted."""

    list_display: ClassVar = ["account", "desk", "valid_from", "valid_to", "granted_by"]
    list_select_related: ClassVar = ["account__cadre", "desk", "granted_by__cadre"]
    search_fields: ClassVar = ["account__username", "account__cadre__name", "desk__name"]
    readonly_fields: ClassVar = ["account", "desk", "valid_from", "granted_by", "granted_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only through a grant."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only the end of a seat can be set; it stands in the journal."""
        if obj.valid_to:
            granting.end(obj, on=obj.valid_to, by=cast(Account, request.user), at=now())


@admin.register(Tie)
class TieAdmin(Kept):
    """Declared ties."""

    list_display: ClassVar = ["one", "other", "kind", "declared_at"]
    list_select_related: ClassVar = ["one", "other"]
    raw_id_fields: ClassVar = ["one", "other"]
    readonly_fields: ClassVar = ["declared_by", "declared_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Who entered it, and when."""
        if not change:
            obj.declared_by, obj.declared_at = request.user, now()
        super().save_model(request, obj, form, change)


class Calendared(Kept):
    """Calendar rows, for looking: a change takes two administrators (the calendar page)."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only by a change that two people made."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only by a change that two people made."""
        return False


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


@admin.register(Library)
class LibraryAdmin(Kept):
    """Indicator libraries; what is in them is taken in by the assessment office."""

    list_display: ClassVar = ["name", "organ", "review_months", "opened_on"]
    list_select_related: ClassVar = ["organ"]
