"""Whoever's seat, absence or account has changed is sent away from the live sockets and comes back with today's topics."""

from __future__ import annotations

from typing import Any

from workflow_app import clock, events
from workflow_app.models import Absence, Account


def changed(sender: type[Any], instance: Any, created: bool = False, update_fields: Any = None, raw: bool = False, **_: Any) -> None:
    """After a row was saved, whoever saved it; a sign-in (which only dates the account) changes no seat."""
    if raw or (sender is Account and (created or set(update_fields or ()) == {"last_login"})):
        return
    if sender is Account:
        accounts = {instance.pk}
    else:
        accounts = {instance.deputy_id, instance.holder_id} if isinstance(instance, Absence) else {instance.account_id}
    send_away(*(account for account in accounts if account is not None))


def send_away(*accounts: int) -> None:
    """Close the sockets of these accounts, in every process."""
    events.happen((f"seat:{account}" for account in accounts), clock.now())
