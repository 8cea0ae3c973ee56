"""Images in articles: decoded and made anew, so that nothing but the picture is kept."""

import hashlib
import io
import re
import warnings
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from PIL import Image, ImageOps

from kennisbank.models import Afbeelding
from kennisbank.opmaak import image_uuids
from organisatie.models import Medewerker

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000  # refused before a pixel is decoded
MAX_ZIJDE = 2000  # pixels; larger is made smaller
# What it is by its content, and as what it is kept. Of a GIF that moves the first image stays:
# what moves beside a text keeps people from reading it (WCAG 2.2.2).
SOORTEN = {"PNG": "PNG", "JPEG": "JPEG", "WEBP": "WEBP", "GIF": "PNG"}
MEDIATYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


class AfbeeldingGeweigerd(Exception):
    """This is not an image that we keep; the text says why."""


@transaction.atomic
def add_afbeelding(*, inhoud: bytes, naam: str, by: Medewerker, at: datetime) -> Afbeelding:
    """Keep an image; the same image again is the one that is there. Raises AfbeeldingGeweigerd."""
    beeld, soort = _decode(inhoud)
    schoon = _encode(beeld, soort)
    afbeelding, _ = Afbeelding.objects.get_or_create(
        sha256=hashlib.sha256(schoon).hexdigest(),
        defaults={
            "naam": _clean_name(naam),
            "mediatype": MEDIATYPES[soort],
            "breedte": beeld.width,
            "hoogte": beeld.height,
            "inhoud": schoon,
            "toegevoegd_door": by,
            "toegevoegd_op": at,
        },
    )
    return afbeelding


def images_of(bron: str) -> QuerySet[Afbeelding]:
    """The images that stored HTML, or Markdown, shows; without their bytes."""
    return Afbeelding.objects.filter(uuid__in=image_uuids(bron)).defer("inhoud")


def _decode(inhoud: bytes) -> tuple[Image.Image, str]:
    if len(inhoud) > MAX_BYTES:
        raise AfbeeldingGeweigerd("Deze afbeelding is groter dan 5 MB. Maak haar eerst kleiner.")
    try:
        with warnings.catch_warnings():
            # We have a limit of our own, below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            bron = Image.open(io.BytesIO(inhoud), formats=list(SOORTEN))
            if bron.width * bron.height > MAX_PIXELS:
                raise AfbeeldingGeweigerd(
                    "Deze afbeelding heeft te veel beeldpunten. Maak haar eerst kleiner."
                )
            bron.load()
            beeld = ImageOps.exif_transpose(bron)
    except Image.DecompressionBombError as exc:
        raise AfbeeldingGeweigerd(
            "Deze afbeelding heeft te veel beeldpunten. Maak haar eerst kleiner."
        ) from exc
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError) as exc:
        raise AfbeeldingGeweigerd(
            "Dit bestand is geen PNG-, JPEG-, WebP- of GIF-afbeelding, of het is beschadigd."
        ) from exc
    soort = SOORTEN[bron.format or "PNG"]
    has_alpha = beeld.mode in {"RGBA", "LA", "PA"} or "transparency" in beeld.info
    beeld = beeld.convert("RGBA" if has_alpha and soort != "JPEG" else "RGB")
    beeld.thumbnail((MAX_ZIJDE, MAX_ZIJDE), Image.Resampling.LANCZOS)
    beeld.info = {}  # EXIF, comments, colour profile
    return beeld, soort


def _encode(beeld: Image.Image, soort: str) -> bytes:
    uit = io.BytesIO()
    if soort == "PNG":
        beeld.save(uit, "PNG", optimize=True)
    else:
        beeld.save(uit, soort, quality=85)
    return uit.getvalue()


def _clean_name(naam: str) -> str:
    return re.sub(r"[^\w. -]", "", naam.replace("\\", "/").rpartition("/")[2])[:120] or "afbeelding"
