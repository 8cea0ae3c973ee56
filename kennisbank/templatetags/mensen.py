"""Showing how somebody is reached."""

from django import template

from organisatie.templatetags.aanwezig import bel

register = template.Library()
register.filter(bel)
