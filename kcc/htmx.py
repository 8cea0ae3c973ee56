"""Pages and fragments from one view: what htmx gets, and what a browser without it gets."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def wants_fragment(request: HttpRequest) -> bool:
    """True for an htmx request that swaps a part: not boosted, not a history restore."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest,
    template: str,
    partial: str,
    context: Mapping[str, Any],
    *,
    status: int | None = None,
) -> HttpResponse:
    """Render the whole ``template``, or only its ``partial`` when htmx asked for a part.

    A bound form in ``context["form"]`` that is not valid makes the status 422, unless ``status``
    says otherwise. The answer varies on HX-Request, since one URL serves both.
    """
    form = context.get("form")
    if status is None:
        invalid = isinstance(form, BaseForm) and form.is_bound and not form.is_valid()
        status = 422 if invalid else 200
    name = f"{template}#{partial}" if wants_fragment(request) else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def saved(
    request: HttpRequest, *args: Any, to: str, event: str, melding: str = "", **kwargs: Any
) -> HttpResponse:
    """Answer a successful write: a redirect to ``to``, or under htmx 204 with ``event`` for the
    regions of the page that listen to it. ``melding`` is shown once, on either road.
    """
    if wants_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Trigger"] = json.dumps({event: {}, "melding": {"tekst": melding}})
    else:
        if melding:
            messages.success(request, melding)
        response = redirect(to, *args, **kwargs)
    patch_vary_headers(response, ["HX-Request"])
    return response


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to another page: a redirect, or HX-Redirect when htmx asked."""
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def session_expired() -> HttpResponse:
    """401 for a background request of someone whose session ended: nothing on the page is lost."""
    response = HttpResponse(
        "U bent niet meer ingelogd. Uw tekst staat nog op deze pagina.",
        status=401,
        content_type="text/plain; charset=utf-8",
    )
    response["HX-Trigger"] = json.dumps({"sessie-verlopen": {}})
    return response
