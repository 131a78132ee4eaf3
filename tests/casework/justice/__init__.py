"""Justice: charges, owed outcomes."""
