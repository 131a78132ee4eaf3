"""Health: tests."""

ALLOWED = {
    "health_test": {
        "offered decline declined",
        "offered counsel counselled",
        "declined offer_again offered",
        "counselled decline declined",
        "counselled take taken",
        "taken result result_in",
        "result_in deliver delivered",
        "result_in deliver_alone delivered_alone",
        "delivered_alone deliver delivered",
        "delivered treat treated",
        "delivered no_need not_needed",
        "treated continue continued",
        "continued treat treated",
    },
}
