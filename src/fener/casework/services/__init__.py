"""The only code that changes casework: one module per aggregate."""
