"""Persons, not rows: somebody who stands in several records counts once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fener.bad_input import BadInput
from fener.evidence.release.microdata import Coded, Microdata
from fener.evidence.release.spec import Spec


def one_row_a_person(spec: Spec, data: Microdata) -> Microdata:
    """One record for each person, in order of first appearance.

    Where the records of a person differ in a column, the column's code for ``several`` stands; without one, the first
    such person is refused (BadInput names the rows), for to choose a record silently would be to invent. The
    contributor of the first record counts as the contributor.
    """
    if data.person is None:
        return data
    _, first, inverse = np.unique(data.person, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    person: NDArray[np.int64] = rank[inverse]
    first = first[order]
    columns: dict[str, Coded] = {}
    used = {name for table in spec.tables for name in (*table.by, *table.where)}
    for name, coded in data.columns.items():
        codes = coded.codes[first].copy()
        differs = np.flatnonzero(coded.codes != codes[person])
        if len(differs) and name in used:
            codes[person[differs]] = _several(spec, name, data, int(differs[0]), first, person)
        columns[name] = Coded(codes, coded.labels)
    contributor = None if data.contributor is None else data.contributor[first]
    return Microdata(columns, data.person[first], contributor)


def _several(
    spec: Spec, name: str, data: Microdata, row: int, first: NDArray[np.int64], person: NDArray[np.int64]
) -> int:
    column = spec.columns[name]
    if not column.several:
        raise BadInput(
            f"row {row + 2}, column {name}: differs from row {int(first[person[row]]) + 2} about the same person, who"
            f" can count only once; give the column a code for 'several', or the file one row a person"
        )
    labels: Mapping[str, int] = {label: number for number, label in enumerate(data.columns[name].labels)}
    return labels[column.several]
