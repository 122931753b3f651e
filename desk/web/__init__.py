"""The desk in a browser: pages for clerks, auditors, brokers and administrators."""
