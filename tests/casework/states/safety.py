"""Safety: promises."""

ALLOWED = {
    "promise": {
        "open keep kept",
        "open break broken",
        "open release released",
        "broken keep kept",
    },
}
