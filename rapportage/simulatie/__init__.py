"""A municipality of invented people: who asks what, when, and how it ends.

One generator of events (``verloop``) feeds two writers (``opslaan``): through the services, as the
application itself writes, and through COPY, for bulk. Everything follows from a seed.
"""
