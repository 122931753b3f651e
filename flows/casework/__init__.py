"""Work on cases, without a page of it: a case opened, decisions drafted, the whole judged with them, released at once.

Nothing here knows of HTML or HTTP. What is drafted lies in the archive's store beside the shipments, each form of it
written once, so that another process sees it and a second clerk overwrites nothing.
"""
