"""Safety: promises, incidents, measures of protection, non-punishment."""

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
    "non_punishment_review": {
        "open withdraw withdrawn",
        "open annul annulled",
        "open not_linked not_linked",
    },
}
