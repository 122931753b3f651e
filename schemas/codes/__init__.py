"""Official code lists, one CSV file each; the comment lines of a file name its source and date."""
