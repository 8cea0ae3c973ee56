"""HTTP of this room: the list, one taak, and the hand-off."""
