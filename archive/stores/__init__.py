"""Where objects are kept: one Protocol (`protocol`), a local folder (`local`) and S3 (`s3`), one test suite.

And where they come and go, inbox and outbox: another Protocol (`exchange`), a folder (`folder_exchange`) and a bucket
(`bucket_exchange`), another test suite.
"""
