"""Justice: charges, what proceedings owe the person, and money."""
