"""What do we know, and how surely? Claims, hidden population, safe release."""
