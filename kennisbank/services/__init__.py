"""Every write of this room, by what it is about."""

from kennisbank.services.producten import ImportVerslag, fill_trefwoorden, import_upl
from kennisbank.services.versies import (
    TEKSTVELDEN,
    TekstOngewijzigd,
    VersieTekst,
    VersieVerouderd,
    publish_versie,
    refresh_producten,
    refresh_zoekvector,
)

__all__ = [
    "TEKSTVELDEN",
    "ImportVerslag",
    "TekstOngewijzigd",
    "VersieTekst",
    "VersieVerouderd",
    "fill_trefwoorden",
    "import_upl",
    "publish_versie",
    "refresh_producten",
    "refresh_zoekvector",
]
