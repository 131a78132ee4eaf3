"""Residence: a regime with two paths."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services.residence import regimes
from fener.trust.actor import Actor

OF = {"casework:regime": "regime"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """Italy's social path since today."""
    today = timezone.localdate()
    return {"regime": regimes.begin_regime(actor=holder, case=case, code="IT-18-social", starts_on=today)}
