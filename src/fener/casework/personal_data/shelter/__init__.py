"""The register of shelters."""
