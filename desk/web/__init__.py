"""The web desk: pages for clerks, auditors and brokers, on this machine alone unless an operator says more.

`app` joins the parts, `access` says who may do what, `security` keeps off what no page should have to think of,
`pages/` has a module for each kind of page. Whoever adds a page writes a module with a `router` there and names it in
`desk.web.pages`; each of its routes declares the permission that it needs, or the desk does not start.

    DeskError
    ├── NotSignedIn        nobody, or somebody who has still to do something before the desk opens
    ├── NotVouchedFor      an identity provider did not say, so that we could believe it, who somebody is
    ├── TooMany            too many wrong passwords or codes within a quarter of an hour
    ├── AnothersLink       a link to a file that was made for another session
    ├── Forged             a request that may not come from a page of ours
    └── UnguardedRoute     a route that declares nobody's permission: the desk does not start
"""
