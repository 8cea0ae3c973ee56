"""Stored HTML as the outside may have it."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from kennisbank.models import Kennisartikel, Product
from kennisbank.opmaak import sanitise

Vervanger = Callable[[re.Match[str]], str]

_UUID = r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
# sanitise() writes attributes in one way only, and puts no link inside a link.
_LINK = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_BEELD = re.compile(r'(<img\b[^>]*?\ssrc=")([^"]*)(")')
_EIGEN = re.compile(rf"/kennisbank/(artikel|product)/{_UUID}/")
_AFBEELDING = re.compile(rf"/kennisbank/afbeelding/{_UUID}/")


def citizens_html(bronnen: Iterable[str], *, begin: str = "") -> list[str]:
    """Safe HTML of each text: images under their public address, links to our own pages turned
    into links to public ones. What a stranger may not open becomes plain text. Two queries.

    ``begin`` comes before each path: nothing on our own pages, the whole address elsewhere.
    """
    teksten = [sanitise(bron) for bron in bronnen]
    link, beeld = _linker(_addresses(teksten), begin), _imager(begin)
    return [_BEELD.sub(beeld, _LINK.sub(link, tekst)) for tekst in teksten]


def images_in(bron: str) -> set[UUID]:
    """The images that a stored text shows."""
    return {
        UUID(gevonden[1])
        for _, src, _ in _BEELD.findall(bron)
        if (gevonden := _AFBEELDING.fullmatch(_path(src)))
    }


def _addresses(teksten: list[str]) -> dict[tuple[str, UUID], str]:
    """Public addresses of the articles and products that the texts link to."""
    gevraagd = {(soort, UUID(uuid)) for tekst in teksten for soort, uuid in _EIGEN.findall(tekst)}
    if not gevraagd:
        return {}
    artikelen = Kennisartikel.objects.public().filter(uuid__in=[u for _, u in gevraagd])
    producten = Product.objects.public().filter(uuid__in=[u for _, u in gevraagd])
    adressen = {
        ("artikel", uuid): reverse("openbaar:artikel", args=[slug])
        for uuid, slug in artikelen.values_list("uuid", "slug")
    }
    for uuid in producten.values_list("uuid", flat=True):
        adressen["product", uuid] = reverse("openbaar:product", args=[uuid])
    return adressen


def _linker(adressen: dict[tuple[str, UUID], str], begin: str) -> Vervanger:
    def link(gevonden: re.Match[str]) -> str:
        voor, doel, na, tekst = gevonden.groups()
        if not _is_ours(doel):
            return gevonden[0]
        pad = _path(doel)
        if eigen := _EIGEN.fullmatch(pad):
            doel = adressen.get((eigen[1], UUID(eigen[2])), "")
        elif pad.startswith(reverse("openbaar:zoeken")):
            doel = pad
        else:
            doel = ""
        return f'<a{voor} href="{begin}{doel}"{na}>{tekst}</a>' if doel else tekst

    return link


def _is_ours(doel: str) -> bool:
    """A path, or an address of this application."""
    delen = urlsplit(doel)
    if not delen.netloc:
        return not delen.scheme and not doel.startswith("#")
    return delen.netloc == urlsplit(settings.BASE_URL).netloc


def _path(doel: str) -> str:
    return urlsplit(doel).path if _is_ours(doel) else ""


def _imager(begin: str) -> Vervanger:
    def image(gevonden: re.Match[str]) -> str:
        if eigen := _AFBEELDING.fullmatch(_path(gevonden[2])):
            adres = reverse("openbaar:afbeelding", args=[UUID(eigen[1])])
            return f"{gevonden[1]}{begin}{adres}{gevonden[3]}"
        return gevonden[0]

    return image
