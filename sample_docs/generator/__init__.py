"""From a shipment's facts to its truth, from the truth to drawn papers, from drawn papers to files."""
