"""Cases, consents and referrals over HTTP: the same services and selectors as the pages, for the same people."""

from fener.casework.api.cases import router as cases
from fener.casework.api.consents import router as consents
from fener.casework.api.referrals import router as referrals

__all__ = ["cases", "consents", "referrals"]
