"""Pages of the network's map: everybody who signs in reads them, the co-ordinator writes."""
