"""Reintegration: the plan with the person, what is done on its lines, and what stands out."""
