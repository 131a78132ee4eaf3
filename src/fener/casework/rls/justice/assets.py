"""The ledger of confiscated assets is about things."""

from __future__ import annotations

LEDGER = "the ledger of confiscated assets: things and sums; nobody whose they were, and no case"
EXEMPT = {f"casework.{name}": LEDGER for name in ("SeizedAsset", "AssetStep")}
