"""What lists of an archive are read by: a class for each kind of list, which `catalogue` joins."""
