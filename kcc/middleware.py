"""Request id, idle time-out, and Dutch sentences for what goes wrong before a view runs."""

import logging
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

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


class Zitting:
    """Ends a session an hour after the last request.

    Writes the session once a minute, not at each request: the desk saves a draft every second.
    """

    STAP = 60  # seconds

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Move the end of the session along while somebody works."""
        if request.user.is_authenticated:
            nu = int(time.time())
            if nu - request.session.get("gezien", 0) >= self.STAP:
                request.session["gezien"] = nu
        return self.get_response(request)


class Foutmeldingen:
    """Turns what fails around a view into a sentence and the right status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the size before CSRF reads the body: there it would be an English error."""
        if request.method == "POST":
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
