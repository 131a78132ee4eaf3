"""How plain Django forms look: the renderer that every ``{{ form }}`` goes through."""

from __future__ import annotations

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class FenerRenderer(TemplatesSetting):
    """Renders fields as label, hint, error and input; the templates stand in ``web/forms`` and ``django/forms``."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


def speak_plainly() -> None:
    """What a form says about an input in Django's words, in ours: what to do, not what a field is."""
    forms.Field.default_error_messages["required"] = _("Fill this in, or choose an answer.")
    forms.DateField.default_error_messages["invalid"] = _("Write the day in figures, for example 3.5.2026.")
    forms.IntegerField.default_error_messages["invalid"] = _("Write a whole number in figures.")
