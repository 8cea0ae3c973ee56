"""Request id, idle time-out, and Dutch sentences for what goes wrong before a view runs."""

import logging
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    """Puts the id of the request in each log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the attribute; never drops a line."""
        record.request_id = _request_id.get()
        return True


class RequestId:
    """Gives each request an id, in the log and in the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with header X-Request-Id."""
        token = _request_id.set(uuid.uuid4().hex[:12])
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = _request_id.get()
            return response
        finally:
            _request_id.reset(token)


def is_openbaar(request: HttpRequest) -> bool:
    """A page that is the same for everybody. Looking who asks would make it differ per cookie."""
    return request.path_info.startswith(settings.OPENBARE_PADEN)


class Zoekmachines:
    """Keeps search engines away from all but the public pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with X-Robots-Tag, unless it is for everybody to read."""
        response = self.get_response(request)
        if not request.path_info.startswith("/antwoorden/"):
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response


class Zitting:
    """Ends a session an hour after the last request.

    Writes the session once a minute, not at each request: the desk saves a draft every second.
    """

    STAP = 60  # seconds

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Move the end of the session along while somebody works."""
        if is_openbaar(request):
            return self.get_response(request)
        if request.user.is_authenticated:
            nu = int(time.time())
            if nu - request.session.get("gezien", 0) >= self.STAP:
                request.session["gezien"] = nu
        elif SESSION_KEY in request.session:
            # Of somebody who may not log in any more. It must not come back to life with him.
            request.session.flush()
        return self.get_response(request)


class NietBewaren:
    """What somebody who is logged in gets to see is kept nowhere: not by a proxy, and not on the
    disk of a computer at which a colleague, or a visitor, sits down next.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with Cache-Control: no-store. Static files do not come this far."""
        response = self.get_response(request)
        # An image of an article, which says nothing about anybody, may stay.
        if "immutable" in response.get("Cache-Control", ""):
            return response
        if not is_openbaar(request) and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class Foutmeldingen:
    """Turns what fails around a view into a sentence and the right status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the size before CSRF reads the body: there it would be an English error."""
        if request.method == "POST":
            if _is_endless(request):
                return melding(
                    request,
                    413,
                    "Dit is te groot om te versturen.",
                    f"U kunt hoogstens {settings.MAX_VERZOEK_BYTES // 1024 // 1024} MB tegelijk "
                    "versturen. Ga terug en kies een kleiner bestand, of verstuur minder tekst.",
                )
            try:
                request.POST  # noqa: B018 - parsing is what raises
            except RequestDataTooBig:
                return melding(
                    request,
                    413,
                    "Dit is te veel tekst om in één keer te versturen.",
                    "Ga terug: wat u typte staat er nog. Maak de tekst korter en verstuur opnieuw.",
                )
        return self.get_response(request)


def _is_endless(request: HttpRequest) -> bool:
    """More than any page of ours sends. Django limits text, but files it writes to the disk while
    it parses, also for a stranger, until the disk is full.
    """
    lengte = request.META.get("CONTENT_LENGTH") or "0"
    # By its number of digits first: Python refuses to read a number of thousands of them.
    return lengte.isdecimal() and (len(lengte) > 18 or int(lengte) > settings.MAX_VERZOEK_BYTES)


def melding(
    request: HttpRequest, status: int, kop: str, tekst: str, *, zonder_database: bool = False
) -> HttpResponse:
    """A page, or for htmx a line of text, that says in Dutch what went wrong and what to do.

    ``zonder_database``: a page that stands alone. The usual one asks who is logged in and what
    messages wait for him.
    """
    achtergrond = request.headers.get("HX-Request") == "true" or "X-Autosave" in request.headers
    if achtergrond:
        return HttpResponse(
            f"{kop} {tekst}", status=status, content_type="text/plain; charset=utf-8"
        )
    context = {"kop": kop, "tekst": tekst, "kaal": True}
    if zonder_database:
        return HttpResponse(render_to_string("500.html", context), status=status)
    return render(request, "kcc/melding.html", context, status=status)
