"""Files that come in: read safely, and turned into rows. Nothing here writes to the database."""
