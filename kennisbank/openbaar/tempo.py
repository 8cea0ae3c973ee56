"""How often one address may ask.

Counted in Redis: all web processes share it, a count lives a minute, and one that is lost harms
nobody. So without Redis everybody may go on (docs/besluiten/openbaar.md).
"""

import logging
import time
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis import Redis
from redis.exceptions import RedisError

from kcc.embedded import redis_py_url
from kcc.herkomst import client_ip

logger = logging.getLogger(__name__)

VENSTER = 60  # seconds
PAUZE = 5.0  # seconds without Redis after it failed: a Redis that hangs slows one request, not all
_failed_at = float("-inf")


def seconds_to_wait(request: HttpRequest) -> int:
    """Count this request; 0 when it may go on, else the seconds until the count starts again."""
    hoogstens: int = settings.OPENBAAR_PER_MINUUT
    if not hoogstens:
        return 0
    nu = time.time()
    if _count(_sender(request), int(nu // VENSTER)) <= hoogstens:
        return 0
    return int(VENSTER - nu % VENSTER) + 1


def _sender(request: HttpRequest) -> str:
    """Who asks, without storing an address. Of IPv6 the network: one home has billions of them."""
    adres = client_ip(request) or ""
    try:
        if ip_address(adres).version == 6:
            adres = str(ip_network(f"{adres}/64", strict=False))
    except ValueError:
        adres = ""  # a socket has no address; all who come that way share one count
    return salted_hmac("kennisbank.openbaar.tempo", adres).hexdigest()[:20]


def _count(wie: str, venster: int) -> int:
    global _failed_at
    if time.monotonic() < _failed_at + PAUZE:
        return 0
    sleutel = f"kcc-{settings.OMGEVING}-tempo-{wie}-{venster}"
    try:
        pijp = _redis(settings.CELERY_BROKER_URL).pipeline()
        pijp.incr(sleutel)
        pijp.expire(sleutel, 2 * VENSTER)
        return int(pijp.execute()[0])
    except (RedisError, OSError):
        _failed_at = time.monotonic()
        logger.warning("verzoeken tellen mislukt: Redis geeft geen antwoord")
        return 0


@lru_cache(maxsize=2)
def _redis(url: str) -> Redis:
    return Redis.from_url(redis_py_url(url), socket_connect_timeout=0.2, socket_timeout=0.2)
