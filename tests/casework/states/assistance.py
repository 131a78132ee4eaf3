"""Services and referrals."""

ALLOWED = {
    "service": {
        "offered accept accepted",
        "offered decline declined",
        "accepted deliver delivered",
        "accepted leave left",
        "delivered leave left",
        "delivered ask_if_helpful delivered",
        "left ask_if_helpful left",
        "declined offer_again offered",
        "left offer_again offered",
    },
    "referral": {
        "offered accept accepted",
        "offered decline declined",
        "offered withdraw withdrawn",
        "offered escalate offered",
        "accepted withdraw withdrawn",
        "accepted report accepted",
        "accepted end ended",
    },
}
