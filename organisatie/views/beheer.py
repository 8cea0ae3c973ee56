"""The page of the beheerder."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET

from kcc.access import access
from organisatie.overzicht import machinery, special_days, week, with_own_hours


@access("organisatie.beheer")
@require_GET
def beheer(request: HttpRequest) -> HttpResponse:
    """Where reference data is kept, when we are open, and whether the machinery runs."""
    dagen = week(op=localdate())
    context = {
        "eigen_uren": with_own_hours(op=localdate()),
        "week": dagen,
        "is_ooit_open": any(uren for _, uren in dagen),
        "bijzondere_dagen": special_days(vanaf=localdate()),
        "machinerie": machinery(at=now()),
    }
    return render(request, "organisatie/beheer.html", context)
