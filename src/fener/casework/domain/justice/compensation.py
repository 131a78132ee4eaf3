"""What is asked about the conditions of routes to compensation (pack ``compensation/routes``)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FACT_WORDS = {
    "damage_from_offence": _("Does the damage result from the offence?"),
    "economic_exploitation": _("Was it economic exploitation?"),
    "violence_in_judgement": _("Does the judgement speak of violence?"),
    "medical_proof": _("Is the violence proven medically?"),
    "assets_confiscated": _("Were assets of the offender confiscated?"),
    "assets_assigned": _("Were they assigned to the person?"),
}
