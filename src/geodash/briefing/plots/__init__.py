"""Charts as plain data, for formats that draw them themselves."""
