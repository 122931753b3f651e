"""Trained parts: what a page is like, which value a header field may be. Weights are data; `training` makes them."""
