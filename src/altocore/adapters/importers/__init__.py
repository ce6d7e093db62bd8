"""Importers: other people's files, read row by row; what cannot be read is refused with its line, field and reason."""
