"""The hidden population, from lists that overlap (multiple systems estimation).

>>> from fener.evidence import prevalence
>>> overlap = prevalence.read_overlap("examples/prevalence/korea.csv")
>>> first = prevalence.estimate_all(overlap.total, methods=["bic_all"])[0]
>>> first.model, round(first.estimate, 2)
('[b,c][c,d]', 157.17)
"""

from fener.evidence.prevalence.estimate import METHODS, Estimate, Options, estimate_all
from fener.evidence.prevalence.existence import code as existence_code
from fener.evidence.prevalence.model import Model, notation, parse
from fener.evidence.prevalence.reading import Overlap, Table, read_overlap

__all__ = [
    "METHODS",
    "Estimate",
    "Model",
    "Options",
    "Overlap",
    "Table",
    "estimate_all",
    "existence_code",
    "notation",
    "parse",
    "read_overlap",
]
