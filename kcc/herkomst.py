"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

# A proxy on this machine that nobody told us about still tells that it is there.
DOOR_PROXY = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)


def client_ip(request: HttpRequest) -> str | None:
    """The address that wrong passwords are counted for.

    Behind our own proxy that is what the proxy itself added: the last of X-Forwarded-For. What
    stands before it was sent by the browser, who may write there whatever he likes; so is the whole
    header when there is no proxy.
    """
    if settings.ACHTER_PROXY:
        laatste = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        try:
            return str(ip_address(laatste))
        except ValueError:
            pass  # the proxy's own address: all share one count, which is strict but safe
    return request.META.get("REMOTE_ADDR") or None


def came_through_proxy(request: HttpRequest) -> bool:
    """True when somebody passed this request on: then its sender's address says nothing."""
    return any(kop in request.META for kop in DOOR_PROXY)
