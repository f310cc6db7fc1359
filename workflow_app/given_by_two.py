"""What one security administrator asks for and another decides: seats, and the reset of a second factor."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest

from workflow_app import factors, granting
from workflow_app.clock import now
from workflow_app.models import Account, FactorReset, Grant
from workflow_app.steps import Refused


class Kept(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that are added and changed but never deleted: records point to them."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class DecidedByAnother(Kept):
    """Asked for by one, decided by another; what was asked for is not changed."""

    given = ""

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form knows who asks."""
        found: Any = super().get_form(request, *args, **kwargs)
        found.by = request.user
        return found

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was asked for is not changed, only decided."""
        return obj is None and super().has_change_permission(request)

    def decide(self, one: Any, *, yes: bool, by: Account) -> None:
        """Decide one. Raises Refused."""
        raise NotImplementedError

    def decide_all(self, request: HttpRequest, chosen: Any, *, yes: bool) -> None:
        """Decide what was chosen, each by itself."""
        for one in chosen:
            try:
                self.decide(one, yes=yes, by=cast(Account, request.user))
            except Refused as refused:
                self.message_user(request, f"{one}：{refused.reason}{refused.way_out}", messages.ERROR)
            else:
                self.message_user(request, f"{one}：{self.given if yes else '未同意'}。", messages.SUCCESS)

    @admin.action(description="复核不同意", permissions=["change"])
    def refuse(self, request: HttpRequest, chosen: Any) -> None:
        """Refuse them."""
        self.decide_all(request, chosen, yes=False)


class AskingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked for; a refusal stands beside its field."""

    def ask(self, **told: Any) -> Any:
        """Ask. Raises Refused."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Ask the rules without keeping anything."""
        told = super().clean() or {}
        try:
            with transaction.atomic():
                self.ask(**told, by=self.by, at=now())  # type: ignore[attr-defined]
                transaction.set_rollback(True)
        except Refused as refused:
            self.add_error(refused.field or None, f"{refused.reason}{refused.way_out}")
        except TypeError:
            pass  # a field is missing, and says so itself
        return told


class GrantForm(AskingForm):
    """A seat."""

    def ask(self, **told: Any) -> Grant:
        """Ask for the seat."""
        return granting.ask(**told)


class FactorResetForm(AskingForm):
    """Factors to be taken away."""

    def ask(self, **told: Any) -> FactorReset:
        """Ask for the reset."""
        return factors.ask(**told)


@admin.register(Grant)
class GrantAdmin(DecidedByAnother):
    """Seats asked for; another security administrator gives or refuses them."""

    form = GrantForm
    given = "已授予"
    list_display: ClassVar = ["account", "desk", "valid_from", "valid_to", "reason", "asked_by", "decided_by", "seat"]
    list_select_related: ClassVar = ["account__cadre", "desk", "asked_by__cadre", "decided_by__cadre", "seat"]
    fields: ClassVar = ["desk", "account", "valid_from", "valid_to", "reason"]
    raw_id_fields: ClassVar = ["desk", "account"]
    actions: ClassVar = ["give", "refuse"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Ask."""
        kept = granting.ask(**form.cleaned_data, by=cast(Account, request.user), at=now())
        obj.pk, obj.asked_by_id, obj.asked_at = kept.pk, kept.asked_by_id, kept.asked_at

    @admin.action(description="复核同意：授予席位", permissions=["change"])
    def give(self, request: HttpRequest, chosen: Any) -> None:
        """Give the seats."""
        self.decide_all(request, chosen, yes=True)

    def decide(self, one: Grant, *, yes: bool, by: Account) -> None:
        """Give or refuse the seat."""
        granting.decide(one, give=yes, by=by, at=now())


@admin.register(FactorReset)
class FactorResetAdmin(DecidedByAnother):
    """Lost devices: another security administrator takes the factors away, or refuses."""

    form = FactorResetForm
    given = "已重置，本人下次登录后须重新设置"
    list_display: ClassVar = ["account", "reason", "asked_by", "asked_at", "decided_by", "decided_at", "done"]
    list_select_related: ClassVar = ["account__cadre", "asked_by__cadre", "decided_by__cadre"]
    fields: ClassVar = ["account", "reason"]
    raw_id_fields: ClassVar = ["account"]
    actions: ClassVar = ["reset", "refuse"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Ask."""
        kept = factors.ask(**form.cleaned_data, by=cast(Account, request.user), at=now())
        obj.pk, obj.asked_by_id, obj.asked_at = kept.pk, kept.asked_by_id, kept.asked_at

    @admin.action(description="复核同意：重置第二步核验", permissions=["change"])
    def reset(self, request: HttpRequest, chosen: Any) -> None:
        """Take the factors away."""
        self.decide_all(request, chosen, yes=True)

    def decide(self, one: FactorReset, *, yes: bool, by: Account) -> None:
        """Take them away or refuse."""
        factors.decide(one, take=yes, by=by, at=now())
