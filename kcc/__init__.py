"""The project: settings, urls, access, htmx helper, audit, embedded services, demo."""

from kcc.celery import app as celery_app

__all__ = ["celery_app"]
