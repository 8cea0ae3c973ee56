"""Articles, synonyms and products out of a CSV or XLSX file."""

import re

from kennisbank.invoer.lezen import BestandFout, read_table
from kennisbank.invoer.vormen import Fout, Gelezen, Rij
from kennisbank.resources import TABELLEN


def read_tabel(inhoud: bytes, naam: str, soort: str) -> Gelezen:
    """The rows, by the columns of that kind. Raises BestandFout.

    Columns that we do not know are left out, and that is said: a spreadsheet may hold notes.
    """
    tabel = read_table(inhoud, naam)
    resource = TABELLEN[soort]()
    bekend = {_plain(kop): kop for kop in resource.headers()}
    koppen = [bekend.get(_plain(kop), "") for kop in tabel.kop]
    ontbreekt = [kop for kop in resource.verplicht if kop not in koppen]
    if ontbreekt:
        raise BestandFout(
            f"Deze kolommen ontbreken: {', '.join(ontbreekt)}. "
            f"In de eerste rij van het bestand staat nu: {', '.join(tabel.kop)[:200]}."
        )
    dubbel = sorted({kop for kop in koppen if kop and koppen.count(kop) > 1})
    if dubbel:
        raise BestandFout(f"Deze kolommen staan er dubbel in: {', '.join(dubbel)}.")
    gelezen = Gelezen(opmerkingen=list(tabel.opmerkingen))
    onbekend = [kop for kop, ons in zip(tabel.kop, koppen, strict=True) if kop and not ons]
    if onbekend:
        gelezen.opmerkingen.append(
            f"Deze kolommen kennen we niet en zijn niet gelezen: {', '.join(onbekend)[:300]}."
        )
    for nummer, cellen in tabel.rijen:
        if any(cellen[len(koppen) :]):
            zin = f"Deze rij heeft {len(cellen)} cellen, en de kop heeft er {len(koppen)}."
            gelezen.fouten.append(Fout(nummer, "", zin))
            continue
        cellen = [*cellen, *[""] * (len(koppen) - len(cellen))]
        waarden = {kop: cel for kop, cel in zip(koppen, cellen, strict=False) if kop}
        sleutel = resource.key_of(waarden)
        if not sleutel:
            kolom = resource.sleutels[-1]
            gelezen.fouten.append(Fout(nummer, kolom, "Vul dit in."))
            continue
        gelezen.rijen.append(Rij(nummer, sleutel, waarden))
    gelezen.find_doubles()
    return gelezen


def _plain(kop: str) -> str:
    return re.sub(r"[\s_\-]+", "", kop).casefold()
