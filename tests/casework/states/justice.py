"""Justice: interviews."""

ALLOWED = {
    "belonging": {
        "left_behind ask asked_for",
        *(f"{state} claim claim" for state in ("left_behind", "asked_for")),
        *(
            f"{state} {act} {to}"
            for state in ("left_behind", "asked_for", "claim")
            for act, to in (("recover", "recovered"), ("lose", "lost"), ("waive", "not_wanted"))
        ),
    },
    "interview": {
        "planned hold held",
        "planned spare spared",
        "planned decline declined",
        "planned call_off called_off",
    },
    "hearing": {
        "set hold held",
        "set decline declined",
        "set call_off called_off",
    },
    "court_measure": {
        "asked grant granted",
        "asked refuse refused",
        "granted carry_out carried_out",
    },
    "development": {
        "waiting tell told",
        "waiting respect not_wanted",
        "not_wanted ask_again waiting",
    },
}
