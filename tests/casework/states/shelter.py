"""Shelter: requests for a place."""

ALLOWED = {
    "place_request": {
        "asked accept accepted",
        "asked decline declined",
        "asked withdraw withdrawn",
        "accepted withdraw withdrawn",
        "accepted use used",
    },
}
