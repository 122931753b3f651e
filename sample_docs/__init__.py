"""Fictitious shipments to try the project on, and the generator that draws them. Not part of the installed package."""
