"""HTTP of this room: the page of the beheerder, and who is there."""
