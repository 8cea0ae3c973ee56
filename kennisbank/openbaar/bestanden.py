"""What other sites and programs fetch: the search box, the feed of changes, images."""

import re
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from kcc.access import PUBLIEK, access
from kennisbank.models import Afbeelding, Kennisartikel
from kennisbank.openbaar import vormen
from kennisbank.openbaar.antwoord import absolute, cached, for_everyone, page
from kennisbank.openbaar.tekst import images_in

IN_FEED = 50
# What a browser shows as an image, and never as a page of ours.
BEELDEN = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})


@access(PUBLIEK)
@page
def zoekvak(request: HttpRequest) -> HttpResponse:
    """The search box for other sites: one module, at an address that stays."""
    response = HttpResponse(_module(), content_type="text/javascript; charset=utf-8")
    return for_everyone(cached(request, response))


@lru_cache(maxsize=1)
def _module() -> bytes:
    gevonden = finders.find("openbaar/zoekvak.js")
    assert isinstance(gevonden, str)  # noqa: S101 - it is part of the application
    return Path(gevonden).read_bytes()


class _Feed(Atom1Feed):
    """Atom that also says which version of an article holds."""

    def root_attributes(self) -> dict[str, str]:
        """With our own namespace beside Atom's."""
        return super().root_attributes() | {"xmlns:kcc": "urn:kcc:kennisbank"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, object]) -> None:
        """With the version, and where it is as data."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("kcc:versie", str(item["versie"]))
        gegevens = {"rel": "related", "type": "application/json", "href": str(item["gegevens"])}
        handler.addQuickElement("link", "", gegevens)


@access(PUBLIEK)
@page
def wijzigingen(request: HttpRequest) -> HttpResponse:
    """The answers that were published last, as Atom: for an intranet or a chat."""
    feed = _Feed(
        title=f"Antwoorden van de gemeente {settings.GEMEENTE_NAAM}",
        link=absolute(reverse("openbaar:zoeken")),
        feed_url=absolute(reverse("openbaar:wijzigingen")),
        feed_guid=absolute(reverse("openbaar:wijzigingen")),
        description=None,
        language="nl",
        author_name=f"Gemeente {settings.GEMEENTE_NAAM}",
    )
    stukken = Kennisartikel.objects.public().citizens_part().select_related("product").recent()
    for stuk in stukken[:IN_FEED]:
        versie, over = vormen.current(stuk), vormen.usable_product(stuk)
        feed.add_item(
            title=_xml_text(versie.titel),
            link=absolute(reverse("openbaar:artikel", args=[stuk.slug])),
            description=escape(_xml_text(versie.kort_antwoord)),  # Atom1Feed calls it HTML
            unique_id=stuk.uuid.urn,
            updateddate=versie.gepubliceerd_op,
            categories=[_xml_text(over.naam)] if over else [],
            versie=versie.nummer,
            gegevens=absolute(reverse("openbaar:api_artikel", args=[stuk.uuid])),
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    return for_everyone(cached(request, response))


def _xml_text(tekst: str) -> str:
    """Without the control characters that XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", tekst)


@access(PUBLIEK)
@page
def afbeelding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An image, as long as some public article shows it to citizens now."""
    beeld = get_object_or_404(Afbeelding, uuid=uuid, mediatype__in=BEELDEN)
    teksten = Kennisartikel.objects.public().filter(
        huidige_versie__uitleg_html__icontains=str(uuid)
    )
    bronnen = teksten.values_list("huidige_versie__uitleg_html", flat=True)
    if not any(uuid in images_in(bron) for bron in bronnen):
        raise Http404("niet in een openbaar antwoord")
    response = HttpResponse(bytes(beeld.inhoud), content_type=beeld.mediatype)
    return for_everyone(cached(request, response))
