"""How the trained parts are made: `python -m extractors.learned.training`. Not part of the installed program.

drawn papers (pages) ─► other words, OCR's faults (varying) ─► examples ─► weights (fitting) ─► models/*.json
"""
