"""Reading pre-printed forms: titles found though misread, their boxes, and the goods table under its column heads."""
