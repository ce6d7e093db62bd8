"""The command line: thin commands over public functions. Nothing is decided here."""
