"""A consent in words, as it is read to the person and printed: one sentence that says everything that the rule says."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language_info, gettext, gettext_lazy

from fener.trust.compartments import Compartment
from fener.trust.models import Consent, Keeper
from fener.trust.purposes import Purpose

NameOf = Callable[[Keeper], str]

# Whole sentences: translators cannot build a sentence from pieces.
_LETS = {
    Purpose.KEEP: gettext_lazy(
        "%(giver)s lets %(recipient)s keep %(parts)s, so that a file can be kept and help arranged, until %(until)s."
    ),
    Purpose.SHARE_SERVICE: gettext_lazy(
        "%(giver)s lets %(recipient)s receive from %(holder)s, and use, %(parts)s, so that a service can be given, "
        "until %(until)s."
    ),
    Purpose.SHARE_POLICE: gettext_lazy(
        "%(giver)s lets %(recipient)s receive from %(holder)s, and use, %(parts)s, so that the police can be informed, "
        "until %(until)s."
    ),
    Purpose.IDENTIFICATION: gettext_lazy(
        "%(giver)s lets %(recipient)s receive from %(holder)s, and use, %(parts)s, so that the body with that mandate "
        "can decide on the status, until %(until)s."
    ),
    Purpose.TESTIFY: gettext_lazy(
        "%(giver)s lets %(recipient)s use %(parts)s, so that testimony can be prepared, until %(until)s."
    ),
    Purpose.RETURN: gettext_lazy(
        "%(giver)s lets %(recipient)s use %(parts)s, so that a return can be prepared, until %(until)s."
    ),
    Purpose.RECONTACT: gettext_lazy(
        "%(giver)s lets %(recipient)s use %(parts)s, to make contact again later, until %(until)s."
    ),
    Purpose.RESEARCH: gettext_lazy(
        "%(giver)s lets %(recipient)s use %(parts)s for research, until %(until)s. "
        "Saying no changes nothing about help."
    ),
    Purpose.MEDIA: gettext_lazy(
        "%(giver)s lets %(recipient)s tell in public what stands in %(parts)s, until %(until)s. "
        "Saying no changes nothing about help."
    ),
}


def _default_name(keeper: Keeper) -> str:
    # The network gives a keeper its name through a one-to-one link; without a network the code must do.
    return str(getattr(keeper, "organisation", None) or keeper.pk)


def sentence(consent: Consent, *, name_of: NameOf = _default_name) -> str:
    """The consent as text in the active language: giver, recipient, compartments, purpose, end, telling, version.

    ``name_of`` says what a keeper is called.
    """
    lets = _LETS[Purpose(consent.purpose)] % {
        "giver": _giver(consent),
        "recipient": name_of(consent.recipient),
        "holder": name_of(consent.holder),
        "parts": _parts(consent.compartments),
        "until": date_format(consent.until),
    }
    return " ".join([str(lets), _told(consent), *_ending(consent)])


def _giver(consent: Consent) -> str:
    if consent.giver == Consent.Giver.PERSON:
        return gettext("The person")
    if consent.child_assent:
        return gettext("The guardian, with the child's agreement,")
    return gettext("The guardian")


def _parts(compartments: list[str]) -> str:
    names = [str(Compartment(c).label) for c in compartments]
    if len(names) < 2:
        return "".join(names)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _told(consent: Consent) -> str:
    told = {
        "language": _language(consent.language),
        "interpreter": consent.interpreter,
        "version": consent.text_version,
        "day": date_format(consent.given_on),
    }
    if consent.interpreter:
        return (
            gettext(
                "Explained in %(language)s through the interpreter %(interpreter)s on %(day)s (wording %(version)s)."
            )
            % told
        )
    return gettext("Explained in %(language)s without an interpreter on %(day)s (wording %(version)s).") % told


def _ending(consent: Consent) -> list[str]:
    if consent.withdrawn_at is None:
        return []
    return [gettext("Withdrawn on %(day)s.") % {"day": date_format(localdate(consent.withdrawn_at))}]


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
