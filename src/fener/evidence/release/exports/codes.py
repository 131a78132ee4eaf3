"""Names of other standards: the 27 variables of CTDC's synthetic data, and the fields of HTCDS 2.0.

CTDC (Counter-Trafficking Data Collaborative): a value that is absent means unknown *or* no; nobody can tell which. A
share is therefore taken of the records with any value in the variable's group, and says so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fener.bad_input import BadInput
from fener.evidence.release.microdata import Microdata
from fener.evidence.release.spec import ColumnSpec, Spec
from fener.norms.htcds import htcds_mapping
from fener.norms.vocab import vocabulary

# Variables of one group answer one question; those of the groups in ``_FLAGS`` are 1 or absent.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "person": ("yearOfRegistration", "gender", "ageBroad", "citizenship", "CountryOfExploitation", "traffickMonths"),
    "means": (
        "meansDebtBondageEarnings",
        "meansThreats",
        "meansAbusePsyPhySex",
        "meansFalsePromises",
        "meansDrugsAlcohol",
        "meansDenyBasicNeeds",
        "meansExcessiveWorkHours",
        "meansWithholdDocs",
    ),
    "exploitation": ("isForcedLabour", "isSexualExploit", "isOtherExploit"),
    "labour": (
        "typeOfLabourAgriculture",
        "typeOfLabourConstruction",
        "typeOfLabourDomesticWork",
        "typeOfLabourHospitality",
    ),
    "sexual": ("typeOfSexProstitution", "typeOfSexPornography"),
    "recruiter": (
        "recruiterRelationIntimatePartner",
        "recruiterRelationFriend",
        "recruiterRelationFamily",
        "recruiterRelationOther",
    ),
}
_FLAGS = ("means", "exploitation", "labour", "sexual", "recruiter")

CTDC: tuple[str, ...] = tuple(name for names in _GROUPS.values() for name in names)
GROUP_OF: Mapping[str, str] = {name: group for group, names in _GROUPS.items() for name in names}
FLAGS = frozenset(name for group in _FLAGS for name in _GROUPS[group])


@dataclass(frozen=True)
class Share:
    """Records with the variable, of those with any value in its group. ``percent`` None where there are none."""

    variable: str
    count: int
    base: int

    @property
    def percent(self) -> float | None:
        """100 count / base, not rounded."""
        return 100 * self.count / self.base if self.base else None


def check_names(spec: Spec) -> None:
    """Raises BadInput where a column names a variable or field that the standard does not have, or one twice."""
    wanted = any(column.htcds for column in spec.columns.values())  # reading the packs takes a second
    known = {column.name for column in htcds_mapping().columns} if wanted else set()
    taken: dict[str, str] = {}
    for name, column in spec.columns.items():
        if column.htcds and column.htcds not in known:
            raise BadInput(f"columns/{name}/htcds: {column.htcds!r} is no field of HTCDS 2.0")
        if column.ctdc and column.ctdc not in GROUP_OF:
            raise BadInput(f"columns/{name}/ctdc: {column.ctdc!r} is none of CTDC's {len(CTDC)} variables")
        for other in (column.htcds, column.ctdc):
            if other and taken.setdefault(other, name) != name:
                raise BadInput(f"columns/{name}: {other!r} is named by column {taken[other]} too")


def ctdc_value(column: ColumnSpec, code: str) -> str | None:
    """A code as CTDC writes it; None (NULL) for unknown and for no, which CTDC does not tell apart."""
    if code in column.ctdc_codes:
        return column.ctdc_codes[code]
    if code == column.missing or (column.ctdc in FLAGS and code in ("no", "0", "unknown")):
        return None
    if column.ctdc in FLAGS:
        return "1" if code in ("yes", "1") else None
    return code


def ctdc_rows(spec: Spec, data: Microdata) -> Iterator[tuple[str | None, ...]]:
    """Each record in CTDC's 27 variables, in their order; a variable that the file does not have is absent."""
    values: list[list[str | None] | None] = []
    codes: list[NDArray[np.int32]] = []
    columns = {column.ctdc: name for name, column in spec.columns.items() if column.ctdc}
    for variable in CTDC:
        name = columns.get(variable)
        values.append([ctdc_value(spec.columns[name], c) for c in data.columns[name].labels] if name else None)
        codes.append(data.columns[name].codes if name else np.zeros(0, dtype=np.int32))
    for row in range(data.rows):
        yield tuple(None if v is None else v[int(c[row])] for v, c in zip(values, codes, strict=True))


def ctdc_shares(spec: Spec, data: Microdata) -> list[Share]:
    """Shares of the yes-or-absent variables, each of the records with any value in its group."""
    has: dict[str, NDArray[np.bool_]] = {}
    for name, column in spec.columns.items():
        if column.ctdc in FLAGS:
            known = np.array([ctdc_value(column, code) is not None for code in data.columns[name].labels])
            has[column.ctdc] = known[data.columns[name].codes]
    shares = []
    for variable in CTDC:
        if variable in has:
            group = [mask for other, mask in has.items() if GROUP_OF[other] == GROUP_OF[variable]]
            shares.append(Share(variable, int(has[variable].sum()), int(np.logical_or.reduce(group).sum())))
    return shares


def write_ctdc(folder: Path, spec: Spec, data: Microdata) -> None:
    """``ctdc.csv`` (the 27 variables, empty for NULL) and ``ctdc-shares.csv`` (each share with its base)."""
    with (folder / "ctdc.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(CTDC)
        writer.writerows(ctdc_rows(spec, data))
    with (folder / "ctdc-shares.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["variable", "count", "base", "percent"])
        for share in ctdc_shares(spec, data):
            percent = "" if share.percent is None else f"{share.percent:.1f}"
            writer.writerow([share.variable, share.count, share.base, percent])


def htcds_codes(column: ColumnSpec) -> dict[str, str]:
    """Codes of the column that are known in the field's list -> the value's name in HTCDS 2.0."""
    field = htcds_mapping().find(column.htcds)
    if field is None or not field.vocabulary:
        return {}
    known = vocabulary(field.vocabulary)
    found = {}
    for code in column.codes:
        try:
            name = known.htcds(code)
        except ValueError:
            continue
        if name:
            found[code] = name
    return found
