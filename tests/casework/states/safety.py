"""Safety: promises, incidents, measures of protection, non-punishment."""

ALLOWED = {
    "interest": {
        "open prevail person_prevails",
        "open decide_against decided_against",
        "decided_against prevail person_prevails",
    },
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
    "gate_override": {
        "asked agree_first one_agreed",
        "asked agree agreed",
        "one_agreed agree agreed",
        "agreed use used",
        "agreed turn_down turned_down",
        "asked turn_down turned_down",
        "one_agreed turn_down turned_down",
    },
}
