"""Safety: promises, incidents, measures of protection."""

ALLOWED = {
    "promise": {
        "open keep kept",
        "open break broken",
        "open release released",
        "broken keep kept",
    },
    "incident": {
        "open follow_up waiting",
        "open settle settled",
        "waiting follow_up waiting",
        "waiting settle settled",
    },
    "protection_measure": {
        "running end ended",
    },
}
