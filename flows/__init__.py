"""What runs when: thin flows round plain steps, and the one place that joins the rooms."""
