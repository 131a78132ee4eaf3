"""Justice: interviews."""

ALLOWED = {
    "interview": {
        "planned hold held",
        "planned spare spared",
        "planned decline declined",
        "planned call_off called_off",
    },
}
