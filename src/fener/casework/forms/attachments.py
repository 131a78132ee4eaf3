"""Forms about files beside a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.services.attachments import REASONS
from fener.trust.compartments import Compartment
from fener.trust.errors import DomainError, InvalidInput
from fener.trust.files.looking import Looked, look_into, too_large
from fener.trust.files.sealed import LONGEST_NOTE
from fener.trust.files.uploading import limit_bytes


class AttachmentForm(forms.Form):
    """A file, what it belongs to, and a note. The file is looked into while the form is checked."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    compartment = forms.ChoiceField(
        label=_("What does it belong to?"),
        widget=forms.RadioSelect,
        help_text=_("Whoever may open this part may open the file, and nobody else."),
    )
    note = forms.CharField(
        label=_("What is it?"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("Sealed with the file, like its name."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )

    looked: Looked

    def __init__(self, *args: Any, parts: Iterable[Compartment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compartment"].choices = [(part.value, part.label) for part in parts]  # type: ignore[attr-defined]
        most = _("JPEG, PNG or WebP picture, or PDF; at most %(most)d MB.") % {"most": limit_bytes() // 1024 // 1024}
        self.fields["file"].help_text = str(most)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        if upload is None or self.errors:
            return data
        try:
            if getattr(upload, "too_large", False):
                raise too_large()
            self.looked = look_into(upload.read())
        except InvalidInput as wrong:
            self.add_error("file", str(wrong.errors["file"]))
        except DomainError as silent:
            self.add_error("file", str(silent))
        return data


class OriginalForm(forms.Form):
    """Why the file is needed as it came."""

    reason = forms.ChoiceField(
        label=_("What is the original needed for?"), choices=list(REASONS.items()), widget=forms.RadioSelect
    )
    purpose = forms.CharField(widget=forms.HiddenInput)


class RemoveForm(forms.Form):
    """Nothing to fill in: the button decides."""
