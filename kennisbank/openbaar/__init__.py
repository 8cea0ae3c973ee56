"""What the outside gets to see: the citizen's part of public articles, as pages and as data.

One source for every channel. ``Kennisartikel.objects.public()`` says which articles,
``with_citizens_part()`` which of their fields are read at all; nothing here asks who is looking.
"""
