"""Reference data. Mostly for reading: what a case or a record hangs on is never deleted here."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest

from workflow_app import granting
from workflow_app.clock import now
from workflow_app.hands import forget_desks
from workflow_app.letterhead import Drawable
from workflow_app.models import (
    Account,
    Cadre,
    CalendarDay,
    CalendarYear,
    Desk,
    Grant,
    LawEdition,
    Post,
    PostChange,
    Seat,
    Tie,
    Unit,
)
from workflow_app.steps import Refused

admin.site.site_header = "基础数据"
admin.site.site_title = "基础数据"
admin.site.unregister(Group)  # rights come from seats, never from groups
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


class PostChangeInline(admin.TabularInline):  # type: ignore[type-arg]
    """How the cadre came to the present post: by acts, never here."""

    model = PostChange
    extra = 0
    can_delete = False
    fields: ClassVar = ["effective_on", "kind", "before", "after", "rank_before", "rank_after", "case"]
    readonly_fields: ClassVar = ["effective_on", "kind", "before", "after", "rank_before", "rank_after", "case"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the door adds one."""
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
    inlines: ClassVar = [PostChangeInline]


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


class GrantForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked for; a refusal stands beside its field."""

    def clean(self) -> dict[str, Any]:
        """Ask the rules without keeping anything."""
        told = super().clean() or {}
        try:
            with transaction.atomic():
                granting.ask(**told, by=self.by, at=now())  # type: ignore[attr-defined]
                transaction.set_rollback(True)
        except Refused as refused:
            self.add_error(refused.field or None, f"{refused.reason}{refused.way_out}")
        except TypeError:
            pass  # a field is missing, and says so itself
        return told


@admin.register(Grant)
class GrantAdmin(Kept):
    """Seats asked for; another security administrator gives or refuses them."""

    form = GrantForm
    list_display: ClassVar = ["account", "desk", "valid_from", "valid_to", "reason", "asked_by", "decided_by", "seat"]
    list_select_related: ClassVar = ["account__cadre", "desk", "asked_by__cadre", "decided_by__cadre", "seat"]
    fields: ClassVar = ["desk", "account", "valid_from", "valid_to", "reason"]
    raw_id_fields: ClassVar = ["desk", "account"]
    actions: ClassVar = ["give", "refuse"]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form knows who asks."""
        found: Any = super().get_form(request, *args, **kwargs)
        found.by = request.user
        return found

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was asked for is not changed, only decided."""
        return obj is None and super().has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Ask."""
        kept = granting.ask(**form.cleaned_data, by=cast(Account, request.user), at=now())
        obj.pk, obj.asked_by_id, obj.asked_at = kept.pk, kept.asked_by_id, kept.asked_at

    @admin.action(description="复核同意：授予席位", permissions=["change"])
    def give(self, request: HttpRequest, chosen: Any) -> None:
        """Give the seats."""
        self._decide(request, chosen, give=True)

    @admin.action(description="复核不同意", permissions=["change"])
    def refuse(self, request: HttpRequest, chosen: Any) -> None:
        """Refuse them."""
        self._decide(request, chosen, give=False)

    def _decide(self, request: HttpRequest, chosen: Any, *, give: bool) -> None:
        for one in chosen:
            try:
                granting.decide(one, give=give, by=cast(Account, request.user), at=now())
            except Refused as refused:
                self.message_user(request, f"{one}：{refused.reason}{refused.way_out}", messages.ERROR)
            else:
                self.message_user(request, f"{one}：{'已授予' if give else '未同意'}。", messages.SUCCESS)


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
