"""Health: what is offered, tests that the person wanted, and what is finished before a departure."""
