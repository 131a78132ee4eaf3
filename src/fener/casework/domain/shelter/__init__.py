"""The register of shelters, and stays in them."""
