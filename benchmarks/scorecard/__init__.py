"""The public benchmark: generated shipments with labelled mismatches, damaged step by step, cleared and scored.

`sets` draws them, `product` clears them, `card` counts (`sorting`, `values`, `mismatches`, `endings`, `certainty`),
`rivals` scores other readers on the same pages (`baselines`), `tables` and `plots` show it. docs/benchmark.md says what
each figure means.
"""
