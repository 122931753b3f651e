"""Where objects are kept: one Protocol (`protocol`), a local folder (`local`) and S3 (`s3`), one test suite."""
