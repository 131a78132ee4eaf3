"""Safety: promises, detentions."""

ALLOWED = {
    "promise": {
        "open keep kept",
        "open break broken",
        "open release released",
        "broken keep kept",
    },
    "detention": {
        "held transfer transferred",
        "held release released",
    },
}
