"""Forms of the network. What is allowed and what is stored is decided by the services."""
