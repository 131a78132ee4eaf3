"""What the people who build Fener run; no part of the product needs it."""
