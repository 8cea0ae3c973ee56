"""Store what happened in bulk, with COPY: the same rows as the services write, a hundred times
quicker. Generated columns (zoeknaam, laatste_negen) are left to the database.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from contacts.models import DigitaalAdres
from contacts.numbers import REEKSEN, make_nummer
from rapportage.simulatie.basis import Gemeente
from rapportage.simulatie.bevolking import Bevolking, Klant
from rapportage.simulatie.gebeurd import Contact, Soort, Taak
from rapportage.simulatie.klok import moment
from rapportage.simulatie.opslaan.stand import start_stand
from zaken.models import TaakStatus

KOLOMMEN: dict[str, tuple[str, ...]] = {
    "contacts_partij": (
        "id", "uuid", "soort_partij", "voorletters", "voornaam", "voorvoegsel_achternaam",
        "achternaam", "organisatienaam", "geboortedatum", "straatnaam", "huisnummer", "huisletter",
        "huisnummertoevoeging", "postcode", "plaats", "indicatie_geheimhouding",
        "indicatie_actief", "aangemaakt_op",
    ),
    "contacts_partijidentificator": ("partij_id", "code_soort_object_id", "object_id"),
    "contacts_digitaaladres": (
        "partij_id", "soort", "adres", "is_standaard_adres", "verificatie_datum",
    ),
    "contacts_gesprek": (
        "id", "uuid", "kanaal", "medewerker_id", "gestart_op", "opgehangen_op", "afgerond_op",
        "geannuleerd_op",
    ),
    "contacts_klantcontact": (
        "id", "uuid", "nummer", "gesprek_id", "partij_id", "is_anoniem", "kanaal", "medewerker_id",
        "plaatsgevonden_op", "doelgroep", "onderwerp", "inhoud", "reactie", "product_id",
        "afdeling_id", "gespreksresultaat", "taal", "afgerond_op", "opgeslagen_op", "versie",
        "concept",
    ),
    "contacts_bron": ("klantcontact_id", "artikelversie_id", "geopend_op", "is_gebruikt"),
    "zaken_internetaak": (
        "id", "uuid", "nummer", "klantcontact_id", "afdeling_id", "toegewezen_aan_id",
        "toegewezen_op", "gevraagde_handeling", "toelichting", "status", "aangemaakt_op",
        "aangemaakt_door_id", "afspraak_id", "termijn_op", "terug_van_id", "reden_terug",
        "aantal_pogingen", "antwoord", "terugkoppeling", "afgehandeld_op", "afgehandeld_door_id",
        "werkminuten", "versie",
    ),
    "zaken_taakgebeurtenis": ("taak_id", "soort", "door_id", "op", "afdeling_id", "tekst"),
    "kcc_verwerkingslogregel": ("medewerker_id", "partij_uuid", "handeling", "doel", "op"),
    "kcc_vuiluur": ("uur", "gemarkeerd_op"),
}  # fmt: skip

Rij = tuple[Any, ...]
UUR = 3600


def _moment(seconde: int | None) -> datetime | None:
    return None if seconde is None else moment(seconde)


class CopySchrijver:
    """Writes day after day in the transaction of the caller; keeps nothing but who is known."""

    def __init__(self, *, gemeente: Gemeente, bevolking: Bevolking, seed: int) -> None:
        self._gemeente = gemeente
        self._bevolking = bevolking
        self._bekend: dict[int, tuple[int, UUID]] = {}
        self._uren: set[int] = set()
        self._rijen: dict[str, list[Rij]] = {}
        with connection.cursor() as cursor:
            # Foreign keys are checked at the end of each COPY instead of at the commit, where the
            # checks of a whole year would have to wait in memory.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # What is there already moves the seed: a second simulation must not repeat an uuid.
        (eerste,) = self._ids("contacts_gesprek", 1)
        self._rng = Random(f"uuid-{seed}-{eerste}")

    @staticmethod
    def _reserve(reeks: str, aantal: int) -> Iterator[int]:
        """The next numbers of a sequence, ours alone even when others count on meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [reeks, aantal]
            )
            return iter([rij[0] for rij in cursor.fetchall()])

    def _ids(self, tabel: str, aantal: int) -> Iterator[int]:
        return self._reserve(f"{tabel}_id_seq", aantal)

    def _uuid(self) -> UUID:
        return UUID(int=self._rng.getrandbits(128), version=4)

    def write(self, contacten: Sequence[Contact]) -> None:
        """Store these contacts with all that belongs to them."""
        self._rijen = {tabel: [] for tabel in KOLOMMEN}
        aantal = len(contacten)
        taken = sum(contact.taak is not None for contact in contacten)
        nieuw = {c.klant for c in contacten if c.klant is not None} - self._bekend.keys()
        partijen = self._ids("contacts_partij", len(nieuw))
        gesprekken = self._ids("contacts_gesprek", aantal)
        ids = self._ids("contacts_klantcontact", aantal)
        nummers = self._reserve(REEKSEN["K"], aantal)
        taak_ids = self._ids("zaken_internetaak", taken)
        taaknummers = self._reserve(REEKSEN["T"], taken)
        for contact, gesprek, pk, nr in zip(contacten, gesprekken, ids, nummers, strict=True):
            nummer = make_nummer("K", nr)
            if contact.klant is not None:
                self._add_klant(contact, contact.klant, nummer, partijen)
            self._add_contact(contact, gesprek, pk, nummer)
            if contact.taak is not None:
                taak_pk, taak_nr = next(taak_ids), next(taaknummers)
                self._add_taak(contact, contact.taak, taak_pk, make_nummer("T", taak_nr), pk)
        self._copy()

    def finish(self) -> None:
        """Mark every hour that has new figures."""
        nu = max(self._uren, default=0)
        self._rijen = {
            "kcc_vuiluur": [(moment(uur), moment(nu)) for uur in sorted(self._uren)],
        }
        self._copy()

    def _copy(self) -> None:
        with connection.cursor() as cursor:
            for tabel, rijen in self._rijen.items():
                if not rijen:
                    continue
                kolommen = ", ".join(KOLOMMEN[tabel])
                with cursor.copy(f"COPY {tabel} ({kolommen}) FROM STDIN") as copy:
                    for rij in rijen:
                        copy.write_row(rij)
        self._rijen = {}

    def _mark(self, *secondes: int | None) -> None:
        self._uren.update(s - s % UUR for s in secondes if s is not None)

    def _add_klant(self, contact: Contact, nr: int, nummer: str, partijen: Iterator[int]) -> None:
        """Who is asking; stored at the first time that he does."""
        op = moment(contact.gekozen)
        if nr not in self._bekend:
            pk = next(partijen)
            self._bekend[nr] = pk, self._uuid()
            self._add_partij(self._bevolking.describe(nr), pk, nr, op)
        uuid = self._bekend[nr][1]
        self._rijen["kcc_verwerkingslogregel"].append((contact.agent, uuid, "gekozen", nummer, op))

    def _add_partij(self, klant: Klant, pk: int, nr: int, op: datetime) -> None:
        wie = klant.nieuw
        self._rijen["contacts_partij"].append(
            (
                pk, self._bekend[nr][1], wie.soort_partij, "", wie.voornaam,
                wie.voorvoegsel_achternaam, wie.achternaam, wie.organisatienaam, wie.geboortedatum,
                wie.straatnaam, wie.huisnummer, wie.huisletter, wie.huisnummertoevoeging,
                wie.postcode, wie.plaats, klant.geheimhouding, True, op,
            )
        )  # fmt: skip
        for soort, object_id in wie.identificatoren.items():
            self._rijen["contacts_partijidentificator"].append((pk, str(soort), object_id))
        for soort, adres in (
            (DigitaalAdres.Soort.TELEFOON, wie.telefoonnummer),
            (DigitaalAdres.Soort.EMAIL, wie.email),
        ):
            if adres:
                self._rijen["contacts_digitaaladres"].append((pk, str(soort), adres, True, None))

    def _add_contact(self, c: Contact, gesprek: int, pk: int, nummer: str) -> None:
        begin, afgerond = moment(c.begin), moment(c.afgerond)
        partij = None if c.klant is None else self._bekend[c.klant][0]
        # One for the start, one for each save: who, what, which article, and the close.
        versie = 3 + (partij is not None) + (c.bron is not None)
        self._rijen["contacts_gesprek"].append(
            (gesprek, self._uuid(), c.kanaal, c.agent, begin, moment(c.opgehangen), afgerond, None)
        )
        self._rijen["contacts_klantcontact"].append(
            (
                pk, self._uuid(), nummer, gesprek, partij, partij is None, c.kanaal, c.agent, begin,
                c.doelgroep, c.onderwerp, c.inhoud, c.reactie, c.product, c.afdeling, c.resultaat,
                c.taal, afgerond, afgerond, versie, "{}",
            )
        )  # fmt: skip
        if c.bron is not None:
            self._rijen["contacts_bron"].append(
                (pk, c.bron.versie, moment(c.bron.op), c.bron.gebruikt)
            )
        self._mark(c.begin)

    def _add_taak(self, c: Contact, taak: Taak, pk: int, nummer: str, contact_pk: int) -> None:
        op, kcc = c.afgerond, self._gemeente.kcc
        stand = start_stand(taak, op)
        gebeurtenissen = self._rijen["zaken_taakgebeurtenis"]
        wie = self._gemeente.korte_namen.get(taak.toegewezen_aan or 0)
        tekst = f"Op naam van {wie}." if wie else ""
        gebeurtenissen.append(
            (pk, Soort.OVERGEDRAGEN.value, c.agent, moment(op), taak.afdeling, tekst)
        )
        for stap in taak.stappen:
            afdeling, tekst = stand.apply(stap, kcc=kcc)
            gebeurtenissen.append(
                (pk, str(stap.soort), stap.door, moment(stap.op), afdeling, tekst)
            )
        werkminuten = None
        if stand.status == TaakStatus.AFGEHANDELD and stand.afgehandeld_op is not None:
            werkminuten = self._gemeente.klok.werkseconden(op, stand.afgehandeld_op) // 60
        self._rijen["zaken_internetaak"].append(
            (
                pk, self._uuid(), nummer, contact_pk, stand.afdeling, stand.toegewezen_aan,
                _moment(stand.toegewezen_op), taak.handeling, taak.toelichting, str(stand.status),
                moment(op), c.agent, taak.afspraak, moment(taak.termijn), stand.terug_van,
                str(stand.reden_terug), stand.pogingen, stand.antwoord, str(stand.terugkoppeling),
                _moment(stand.afgehandeld_op), stand.afgehandeld_door, werkminuten,
                1 + len(taak.stappen),
            )
        )  # fmt: skip
        self._mark(op, taak.termijn, stand.afgehandeld_op)
