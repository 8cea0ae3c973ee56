"""Attacks on one taak and what hangs on it (PEERS 7: 1-6, 10-12, 24, 25).

More of the same in tests/kcc/test_veiligheid_*.py and tests/zaken/test_taak_acties.py; 24 stands in
tests/zaken/test_taak_bericht.py.
"""

import io
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organisatie.models import Afdeling
from tests.conftest import HTMX, KccClient
from tests.factories import AfdelingFactory, InterneTaakFactory
from tests.zaken.hulp import LATER, PDF, andere_van, url
from zaken import services
from zaken.bestandssoort import DOCX, BestandGeweigerd, clean_name, recognise
from zaken.bestandssoort import PDF as SOORT_PDF
from zaken.models import Bijlage, InterneTaak, TaakKoppeling, Vermelding
from zaken.services import Bestand

pytestmark = pytest.mark.usefixtures("later")

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def vreemd(kcc: Afdeling) -> InterneTaak:
    """A taak of a department that the vakspecialist has nothing to do with."""
    wmo = AfdelingFactory.create(identificatie="wmo")
    return andere_van(InterneTaakFactory.create(afdeling=wmo))


@pytest.fixture
def bijlage(taak: InterneTaak, vakspecialist: KccClient) -> Bijlage:
    services.add_bijlagen(
        taak=taak, bestanden=[Bestand("brief.pdf", PDF)], by=vakspecialist.medewerker, at=LATER
    )
    return Bijlage.objects.get()


def download(taak: InterneTaak, bijlage: Bijlage) -> str:
    return reverse("zaken:bijlage", args=[taak.uuid, bijlage.uuid])


def stuur(client: KccClient, taak: InterneTaak, naam: str, inhoud: bytes) -> int:
    bestand = SimpleUploadedFile("x", inhoud, "image/png")
    bestand.name = naam  # past the cleaning of SimpleUploadedFile
    velden = {"bestanden": bestand, "versie": taak.versie}
    return client.post(url("bijlage", taak), velden).status_code


def kantoor(*namen: str, eerst: bytes = b"") -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        if eerst:
            zip_.writestr("mimetype", eerst)
        for naam in namen:
            zip_.writestr(naam, "<x/>")
    return uit.getvalue()


class TestReading:
    """1, 3: what lies elsewhere is not there, by no road."""

    @pytest.mark.parametrize("actie", ["heropenen", "notitie", "bericht", "bijlage", "toewijzen"])
    @pytest.mark.parametrize("koppen", [{}, HTMX])
    def test_no_form_of_another_departments_taak(
        self, vakspecialist: KccClient, vreemd: InterneTaak, actie: str, koppen: dict[str, str]
    ) -> None:
        assert vakspecialist.get(url(actie, vreemd), headers=koppen).status_code == 404
        assert (
            vakspecialist.get(reverse("zaken:taak", args=[vreemd.uuid]), headers=koppen).status_code
            == 404
        )

    def test_a_number_of_elsewhere_answers_as_one_that_does_not_exist(
        self, vakspecialist: KccClient, taak: InterneTaak, vreemd: InterneTaak
    ) -> None:
        antwoorden = []
        for nummer in (vreemd.nummer, "T-9999-99999", "onzin", "' OR 1=1 --"):
            antwoord = vakspecialist.post(
                url("koppelen", taak), {"nummer": nummer, "versie": 1}, headers=HTMX
            )
            assert antwoord.status_code == 422
            antwoorden.append("Deze taak kennen we niet" in antwoord.content.decode())
        assert antwoorden == [True] * 4
        assert not TaakKoppeling.objects.exists()

    def test_who_works_elsewhere_is_in_no_list_of_people(
        self, vakspecialist: KccClient, client_as: Callable[..., KccClient], taak: InterneTaak
    ) -> None:
        wmo = AfdelingFactory.create(identificatie="wmo")
        client_as("vakspecialist", achternaam="Onbekend", afdelingen=[wmo])
        for actie in ("toewijzen", "notitie"):
            assert "Onbekend" not in vakspecialist.get(url(actie, taak)).content.decode()


class TestChildObjects:
    """2, 11: one's own taak in the path and somebody else's file behind it."""

    def test_a_file_only_by_its_own_taak(
        self, vakspecialist: KccClient, taak: InterneTaak, bijlage: Bijlage
    ) -> None:
        ander = andere_van(taak)
        assert vakspecialist.get(download(taak, bijlage)).status_code == 200
        assert vakspecialist.get(download(ander, bijlage)).status_code == 404
        geraden = reverse("zaken:bijlage", args=[taak.uuid, uuid4()])
        assert vakspecialist.get(geraden).status_code == 404

    def test_an_old_link_dies_with_the_right(
        self, vakspecialist: KccClient, taak: InterneTaak, bijlage: Bijlage
    ) -> None:
        wmo = AfdelingFactory.create(identificatie="wmo")
        services.forward_interne_taak(
            taak=taak, afdeling=wmo, reden="Wmo.", by=vakspecialist.medewerker, at=LATER
        )
        assert vakspecialist.get(download(taak, bijlage)).status_code == 404
        vakspecialist.logout()
        assert vakspecialist.get(download(taak, bijlage)).status_code == 302

    def test_without_the_right_to_see_taken_there_is_no_file(
        self, client_as: Callable[..., KccClient], taak: InterneTaak, bijlage: Bijlage
    ) -> None:
        assert client_as("kennisredacteur").get(download(taak, bijlage)).status_code == 403

    def test_somebody_elses_mention_is_not_there(
        self, vakspecialist: KccClient, client_as: Callable[..., KccClient], taak: InterneTaak
    ) -> None:
        ander = client_as("vakspecialist")
        services.add_notitie(
            taak=taak, tekst="x", genoemd=[ander.medewerker], by=vakspecialist.medewerker, at=LATER
        )
        pad = reverse("zaken:genoemd_openen", args=[Vermelding.objects.get().pk])
        assert vakspecialist.post(pad).status_code == 404


class TestBothSides:
    """4: link and merge ask for rights on both taken."""

    @pytest.mark.parametrize("actie", ["koppelen", "samenvoegen"])
    def test_not_with_a_taak_of_elsewhere(
        self, vakspecialist: KccClient, taak: InterneTaak, vreemd: InterneTaak, actie: str
    ) -> None:
        velden = {"nummer": vreemd.nummer, "versie": 1}
        assert vakspecialist.post(url(actie, taak), velden).status_code == 422
        wie = vakspecialist.medewerker
        with pytest.raises(services.TaakGone):
            if actie == "koppelen":
                services.link_taken(taak=taak, andere=vreemd, by=wie, at=LATER)
            else:
                services.merge_taken(taak=taak, in_taak=vreemd, by=wie, at=LATER)
        assert not taak.gebeurtenissen.exists()
        assert not vreemd.gebeurtenissen.exists()

    def test_who_sees_everything_does_not_merge_for_a_department(
        self, client_as: Callable[..., KccClient], kcc: Afdeling, vreemd: InterneTaak
    ) -> None:
        agent = client_as("kcc_medewerker")
        eigen = InterneTaakFactory.create(afdeling=kcc)
        for een, ander in ((eigen, vreemd), (vreemd, eigen)):
            with pytest.raises(services.TaakElsewhere):
                services.merge_taken(taak=een, in_taak=ander, by=agent.medewerker, at=LATER)

    def test_an_undo_asks_again(
        self, vakspecialist: KccClient, taak: InterneTaak, client_as: Callable[..., KccClient]
    ) -> None:
        twee = andere_van(taak)
        by = vakspecialist.medewerker
        services.merge_taken(taak=taak, in_taak=twee, by=by, at=LATER)
        wmo = AfdelingFactory.create(identificatie="wmo")
        services.forward_interne_taak(taak=twee, afdeling=wmo, reden="Wmo.", by=by, at=LATER)
        assert vakspecialist.post(url("losmaken", taak)).status_code == 422


@pytest.mark.parametrize("actie", ["notitie", "prioriteit", "terugbellen", "bijlage", "bericht"])
def test_keys_that_no_form_knows_change_nothing(
    vakspecialist: KccClient, client_as: Callable[..., KccClient], taak: InterneTaak, actie: str
) -> None:
    """5, 6: no owner, no department, no column by way of a lookup."""
    ander = client_as("vakspecialist")
    extra = {
        "toegewezen_aan": ander.medewerker.pk, "afdeling": "1", "afdeling_id": "1", "by": "1",
        "status": "afgehandeld", "termijn_op": "2030-01-01", "door": ander.medewerker.pk,
        "taak__afdeling": "1", "toegewezen_aan__password__startswith": "a", "scan": "schoon",
        "is_staff": "1", "rollen": "beheerder",
    }  # fmt: skip
    velden = {"tekst": "Hallo", "prioriteit": "1", "versie": 1} | extra
    vakspecialist.post(url(actie, taak), velden)
    vers = InterneTaak.objects.get(pk=taak.pk)
    assert vers.toegewezen_aan in {None, vakspecialist.medewerker}
    assert (vers.afdeling, vers.termijn_op) == (taak.afdeling, taak.termijn_op)
    assert vers.status != "afgehandeld"
    door = {g.door for g in taak.gebeurtenissen.all()}
    assert door <= {vakspecialist.medewerker}
    vakspecialist.medewerker.refresh_from_db()
    assert vakspecialist.medewerker.rollen == ["vakspecialist"]


class TestFiles:
    """10, 12: by what it is, under a name that can do nothing."""

    @pytest.mark.parametrize(
        ("naam", "inhoud"),
        [
            ("foto.png", HTML),
            ("foto.svg", SVG),
            ("foto.png", SVG),
            ("brief.txt", HTML),
            ("brief.txt", SVG),
            ("brief.txt", b"MZ\x90\0\x03"),
            ("brief.pdf", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff"),
            ("brief.pdf.exe", b"MZ\x90\0"),
            ("brief", b"zomaar tekst"),
            ("brief.html", b"zomaar tekst"),
            ("brief.pht", b"<?php system('id');"),
            ("brief.txt", b"<?php system('id');"),
            ("brief.docx", kantoor("geen.xml")),
            (
                "brief.docx",
                kantoor("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            ),
            ("brief.docx", b"PK\x03\x04kapot"),
            ("los.zip", kantoor("../../etc/passwd")),
            ("bericht.eml", b"geen brief"),
            ("leeg.pdf", b""),
        ],
    )
    def test_what_we_do_not_take(
        self, vakspecialist: KccClient, taak: InterneTaak, naam: str, inhoud: bytes
    ) -> None:
        assert stuur(vakspecialist, taak, naam, inhoud) == 422
        assert not Bijlage.objects.exists()
        if inhoud:
            with pytest.raises(BestandGeweigerd):
                recognise(inhoud, naam=naam)

    @pytest.mark.parametrize(
        ("naam", "inhoud", "wordt", "soort"),
        [
            ("brief.php", PDF, "brief.pdf", "application/pdf"),
            ("foto.html.png", PNG, "foto_html.png", "image/png"),
            ("foto", PNG, "foto.png", "image/png"),
            ("b.docx", kantoor("[Content_Types].xml", "word/document.xml"),
             "b.docx", DOCX.mediatype),
            ("b.odt", kantoor("content.xml", eerst=b"application/vnd.oasis.opendocument.text"),
             "b.odt", "application/vnd.oasis.opendocument.text"),
            ("a.txt", "Beste collega, één vraag.".encode("cp1252"), "a.txt", "text/plain"),
            ("a.eml", b"From: a@b.test\r\nSubject: x\r\n\r\n<html>", "a.eml", "message/rfc822"),
        ],
    )  # fmt: skip
    def test_what_we_take_gets_the_name_and_the_type_of_what_it_is(
        self, vakspecialist: KccClient, taak: InterneTaak, naam: str, inhoud: bytes, wordt: str,
        soort: str,
    ) -> None:  # fmt: skip
        assert stuur(vakspecialist, taak, naam, inhoud) == 302
        bijlage = Bijlage.objects.get()
        assert (bijlage.naam, bijlage.mediatype) == (wordt, soort)
        antwoord = vakspecialist.get(download(taak, bijlage))
        assert antwoord.content == inhoud
        assert antwoord["Content-Type"] == soort
        assert antwoord["Content-Disposition"].startswith("attachment;")
        assert antwoord["X-Content-Type-Options"] == "nosniff"
        assert antwoord["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in antwoord["Cache-Control"]

    @pytest.mark.parametrize(
        ("naam", "wordt"),
        [
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\map\\brief.pdf", "brief.pdf"),
            ("brief\0.php.pdf", "brief_php.pdf"),
            ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
            ("gpj.‮fdp.exe", "gpj_fdp.pdf"),
            ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
            ("<b>\"'.pdf", "b.pdf"),
            (".pdf", "pdf.pdf"),
            ("...", "bijlage.pdf"),
            ("", "bijlage.pdf"),
            ("=1+1.pdf", "=1+1.pdf"),
        ],
    )
    def test_a_name_is_a_name(self, naam: str, wordt: str) -> None:
        assert clean_name(naam, SOORT_PDF) == wordt

    def test_the_name_on_the_page_and_in_the_header_is_text(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        stuur(vakspecialist, taak, '<img src=x onerror=alert(1)>"\r\nX-Kwaad: 1.pdf', PDF)
        bijlage = Bijlage.objects.get()
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "<img src=x" not in html
        antwoord = vakspecialist.get(download(taak, bijlage))
        assert "X-Kwaad" not in antwoord.headers
        assert "\n" not in antwoord["Content-Disposition"]


class TestFlood:
    """25: capped in size and in number."""

    def test_eleven_megabytes_are_refused(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        groot = PDF + b"0" * (10 * 1024 * 1024)
        assert stuur(vakspecialist, taak, "groot.pdf", groot) == 422
        with pytest.raises(services.BijlageFout):
            services.add_bijlagen(
                taak=taak, bestanden=[Bestand("g.pdf", groot)],
                by=vakspecialist.medewerker, at=LATER,
            )  # fmt: skip

    def test_the_twenty_first_file_is_refused(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        wie = vakspecialist.medewerker
        twintig = [Bestand(f"{n}.pdf", PDF) for n in range(20)]
        services.add_bijlagen(taak=taak, bestanden=twintig, by=wie, at=LATER)
        with pytest.raises(services.BijlageFout):
            services.add_bijlagen(taak=taak, bestanden=twintig[:1], by=wie, at=LATER)
        assert Bijlage.objects.count() == 20

    @pytest.mark.parametrize("pagina", ["-1", "99999999999999999999", "x", "0"])
    def test_a_page_that_is_not_there_is_the_last_or_the_first(
        self, vakspecialist: KccClient, pagina: str
    ) -> None:
        assert vakspecialist.get(reverse("zaken:genoemd"), {"pagina": pagina}).status_code == 200


class Scanner(threading.Thread):
    """A clamd on loopback that answers ``zin`` to every INSTREAM, after reading it to its end."""

    def __init__(self, zin: bytes) -> None:
        super().__init__(daemon=True)
        self.zin, self.gelezen = zin, b""
        self.deur = socket.create_server(("127.0.0.1", 0))
        self.adres = f"127.0.0.1:{self.deur.getsockname()[1]}"

    def run(self) -> None:
        verbinding, _ = self.deur.accept()
        with verbinding, verbinding.makefile("rb") as stroom:
            assert stroom.read(10) == b"zINSTREAM\0"
            while aantal := int.from_bytes(stroom.read(4), "big"):
                self.gelezen += stroom.read(aantal)
            verbinding.sendall(self.zin)


class TestScanner:
    @pytest.fixture
    def scanner(self, request: pytest.FixtureRequest, settings: object) -> Iterator[Scanner]:
        scanner = Scanner(request.param)
        settings.VIRUSSCAN = scanner.adres  # type: ignore[attr-defined]
        scanner.start()
        yield scanner
        scanner.deur.close()

    @pytest.mark.parametrize("scanner", [b"stream: OK\0"], indirect=True)
    def test_what_is_clean_says_so(
        self, vakspecialist: KccClient, taak: InterneTaak, scanner: Scanner
    ) -> None:
        inhoud = PDF + b"0" * 200_000
        assert stuur(vakspecialist, taak, "brief.pdf", inhoud) == 302
        assert scanner.gelezen == inhoud
        assert Bijlage.objects.get().scan == "schoon"

    @pytest.mark.parametrize(
        "scanner", [b"stream: Eicar FOUND\0", b"INSTREAM size limit exceeded. ERROR\0", b""],
        indirect=True,
    )  # fmt: skip
    def test_a_virus_or_another_answer_keeps_it_out(
        self, vakspecialist: KccClient, taak: InterneTaak, scanner: Scanner
    ) -> None:
        assert stuur(vakspecialist, taak, "brief.pdf", PDF) == 422
        assert not Bijlage.objects.exists()
        assert not taak.gebeurtenissen.exists()

    def test_a_scanner_that_is_away_lets_nothing_in(
        self, vakspecialist: KccClient, taak: InterneTaak, settings: object
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as deur:
            dicht = deur.getsockname()[1]
        settings.VIRUSSCAN = f"127.0.0.1:{dicht}"  # type: ignore[attr-defined]
        assert stuur(vakspecialist, taak, "brief.pdf", PDF) == 422

    def test_without_a_scanner_the_page_says_that_nobody_looked(
        self, vakspecialist: KccClient, taak: InterneTaak, bijlage: Bijlage
    ) -> None:
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "niet gescand" in html
