"""Published figures: what they say, where they contradict each other, what may be computed of them."""
