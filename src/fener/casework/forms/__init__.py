"""Forms of casework. What a field is called, holds and may hold stands in the packs; here it becomes an input."""
