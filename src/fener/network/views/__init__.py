"""Pages of the network. Nothing about any person who is helped is reached from here."""
