"""What the guard of the terms looks at, and what the pages about promises show."""
