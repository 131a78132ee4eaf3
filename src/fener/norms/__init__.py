"""What do the rules say? Pure functions over cited packs: no database, no clock, no Django."""
