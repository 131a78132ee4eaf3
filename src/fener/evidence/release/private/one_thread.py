"""Small matrix products in one thread: NumPy's OpenBLAS divides even these among all cores and then waits for each.

On a machine that does other work too, that waiting made a fit of seconds take minutes. Where the library in use is not
NumPy's usual OpenBLAS, nothing is changed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np


@cache
def _library() -> tuple[Any, Any] | None:
    """The functions that read and set the number of threads, if NumPy brought its own OpenBLAS."""
    for file in sorted((Path(np.__file__).parent.parent / "numpy.libs").glob("*openblas*")):
        library = ctypes.CDLL(str(file))
        for before, after in (("scipy_", "64_"), ("scipy_", ""), ("", "64_"), ("", "")):
            names = [f"{before}openblas_{what}_num_threads{after}" for what in ("get", "set")]
            if all(hasattr(library, name) for name in names):
                return getattr(library, names[0]), getattr(library, names[1])
    return None


@contextmanager
def one_thread() -> Iterator[None]:
    """Within, matrix products use one thread; afterwards as many as before."""
    found = _library()
    if found is None:
        yield
        return
    get, put = found
    before = int(get())
    put(1)
    try:
        yield
    finally:
        put(before)
