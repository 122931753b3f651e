"""What the facts look like: frozen types and code lists. Imports nothing of the project."""
