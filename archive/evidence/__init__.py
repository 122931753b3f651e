"""What an auditor takes along: a pack of a shipment with its proofs, and what checks it without us."""
