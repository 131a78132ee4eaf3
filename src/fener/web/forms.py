"""How plain Django forms look: the renderer that every ``{{ form }}`` goes through."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FenerRenderer(TemplatesSetting):
    """Renders fields as label, hint, error and input; the templates stand in ``web/forms`` and ``django/forms``."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
