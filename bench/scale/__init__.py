"""A node as large as a country's: invented bodies, people and cases, copied from cases that the services made."""
