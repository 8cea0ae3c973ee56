"""Mail to the citizen, and the rule about who cannot be reached."""

from datetime import date

import pytest
from django.urls import reverse

from contacts.models import DigitaalAdres
from kcc.models import UitgaandBericht
from organisatie.models import Afdeling
from tests.conftest import HTMX, KccClient
from tests.factories import AfdelingFactory, InterneTaakFactory, PartijFactory
from tests.zaken.hulp import LATER, geschiedenis, goed, url
from zaken import services
from zaken.behandelen import fill_in
from zaken.models import Antwoordsjabloon, InterneTaak

pytestmark = pytest.mark.usefixtures("later")

GEHEIM = "ALLEEN-INTERN"


@pytest.fixture
def taak(kcc: Afdeling) -> InterneTaak:
    partij = PartijFactory.create()
    DigitaalAdres.objects.create(
        partij=partij, soort="email", adres="maria@voorbeeld.test",
        verificatie_datum=date(2026, 10, 1),
    )  # fmt: skip
    DigitaalAdres.objects.create(partij=partij, soort="email", adres="oud@voorbeeld.test")
    return InterneTaakFactory.create(
        klantcontact__partij=partij,
        klantcontact__inhoud=f"{GEHEIM} notitie van het KCC",
        toelichting=f"{GEHEIM} toelichting",
    )


def velden(taak: InterneTaak, **anders: str) -> dict[str, str]:
    return {
        "aan": "maria@voorbeeld.test", "onderwerp": "Uw vraag", "knop": "afhandelen",
        "tekst": "Beste Maria,\n\nHet paspoort is klaar.", "versie": str(taak.versie),
    } | anders  # fmt: skip


def test_it_goes_as_written_closes_the_taak_and_a_copy_is_kept(
    vakspecialist: KccClient, taak: InterneTaak
) -> None:
    assert vakspecialist.post(url("bericht", taak), velden(taak)).status_code == 302
    taak.refresh_from_db()
    bericht = UitgaandBericht.objects.get()
    assert (bericht.aan, bericht.onderwerp) == ("maria@voorbeeld.test", "Uw vraag")
    assert bericht.tekst.replace("\r", "") == "Beste Maria,\n\nHet paspoort is klaar."
    assert bericht.reeks == f"taak:{taak.uuid}"
    assert (taak.status, taak.terugkoppeling) == ("afgehandeld", "gemaild")
    (soort, kopie), (laatste, _) = geschiedenis(taak)
    assert (soort, laatste) == ("bericht", "afgehandeld")
    assert kopie.startswith("Aan maria@voorbeeld.test\nOnderwerp: Uw vraag")
    assert "Het paspoort is klaar." in kopie


def test_nothing_of_ours_goes_along(vakspecialist: KccClient, taak: InterneTaak) -> None:
    """PEERS 24: note, toelichting and history stay here, whatever the text begins with."""
    by = vakspecialist.medewerker
    services.add_notitie(taak=taak, tekst=f"{GEHEIM} notitie", genoemd=[], by=by, at=LATER)
    services.log_contactpoging(
        taak=taak, resultaat="voicemail", notitie=f"{GEHEIM} poging", by=by, at=LATER
    )
    taak.refresh_from_db()
    sjabloon = Antwoordsjabloon.objects.create(
        naam="Klaar", onderwerp="Uw vraag {nummer}",
        tekst="{aanhef}\n\nOver {onderwerp}. {toelichting} {taak.toelichting} {0} {geschiedenis}",
    )  # fmt: skip
    gevuld = fill_in(sjabloon.tekst, taak)
    assert gevuld.startswith("Beste Maria de Vries,")
    assert GEHEIM not in gevuld
    antwoord = vakspecialist.post(url("bericht", taak), velden(taak, tekst=gevuld))
    assert antwoord.status_code == 422  # a place that nobody filled in does not go out
    vakspecialist.post(url("bericht", taak), velden(taak))
    bericht = UitgaandBericht.objects.get()
    assert GEHEIM not in bericht.tekst + bericht.onderwerp + str(bericht.kopregels)


def test_a_name_with_braces_is_a_name(taak: InterneTaak) -> None:
    assert taak.klantcontact.partij is not None
    taak.klantcontact.partij.achternaam = "{nummer}"
    assert fill_in("{aanhef}", taak) == "Beste Maria de {nummer},"


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"aan": "oud@voorbeeld.test"}, "Controleer het adres bij de klant"),
        ({"aan": "anders", "ander_adres": "nieuw@voorbeeld.test"}, "Controleer het adres"),
        ({"aan": "anders", "ander_adres": ""}, "Vul het e-mailadres in"),
        ({"aan": "anders", "ander_adres": "a@b.test, c@d.test"}, "geen geldig e-mailadres"),
        ({"aan": "stiekem@elders.test", "bevestigd": "on"}, "Kies een van deze adressen"),
        ({"tekst": ""}, "Schrijf het bericht"),
        ({"tekst": "Beste {aanhef}"}, "Vul {aanhef} eerst in"),
        ({"onderwerp": ""}, "Vul een onderwerp in"),
    ],
)
def test_only_to_an_address_that_is_known_to_be_right(
    vakspecialist: KccClient, taak: InterneTaak, anders: dict[str, str], zin: str
) -> None:
    antwoord = vakspecialist.post(url("bericht", taak), velden(taak, **anders), headers=HTMX)
    html = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert zin in html
    assert velden(taak, **anders)["tekst"].split("\n")[-1] in html
    assert not UitgaandBericht.objects.exists()


def test_a_typed_address_goes_once_it_is_confirmed(
    vakspecialist: KccClient, taak: InterneTaak
) -> None:
    wat = velden(taak, aan="anders", ander_adres="nieuw@voorbeeld.test", bevestigd="on")
    assert vakspecialist.post(url("bericht", taak), wat).status_code == 302
    assert UitgaandBericht.objects.get().aan == "nieuw@voorbeeld.test"


def test_a_double_click_sends_once(vakspecialist: KccClient, taak: InterneTaak) -> None:
    wat = velden(taak, knop="verstuur")
    assert vakspecialist.post(url("bericht", taak), wat).status_code == 302
    assert vakspecialist.post(url("bericht", taak), wat).status_code == 422
    assert UitgaandBericht.objects.count() == 1
    taak.refresh_from_db()
    assert (taak.status, taak.toegewezen_aan) == ("in_behandeling", vakspecialist.medewerker)


def test_a_text_of_the_department_is_filled_in_and_what_was_typed_stays(
    vakspecialist: KccClient, taak: InterneTaak
) -> None:
    eigen = Antwoordsjabloon.objects.create(
        naam="Eigen", afdeling=taak.afdeling, onderwerp="Over {nummer}", tekst="{aanhef}\n\nKlaar."
    )
    wmo = AfdelingFactory.create(identificatie="wmo")
    vreemd = Antwoordsjabloon.objects.create(naam="Van Wmo", afdeling=wmo, onderwerp="x", tekst="y")
    html = vakspecialist.get(url("bericht", taak)).content.decode()
    assert "Eigen" in html
    assert "Van Wmo" not in html
    wat = velden(taak, knop="sjabloon", tekst="Dit typte ik.")
    antwoord = vakspecialist.post(url("bericht", taak), wat | {"sjabloon": str(eigen.pk)})
    html = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert f"Over {taak.nummer}" in html
    assert "Beste Maria de Vries," in html
    assert "Dit typte ik." in html
    assert not UitgaandBericht.objects.exists()
    for fout in (str(vreemd.pk), "x", "9" * 30):
        antwoord = vakspecialist.post(url("bericht", taak), wat | {"sjabloon": fout})
        assert antwoord.status_code == 200
        assert "Dit typte ik." in antwoord.content.decode()


def test_three_times_not_reached_proposes_what_was_agreed(
    vakspecialist: KccClient, taak: InterneTaak
) -> None:
    pagina = reverse("zaken:taak", args=[taak.uuid])
    by = vakspecialist.medewerker
    for resultaat in ("geen_gehoor", "gesproken", "voicemail"):
        services.log_contactpoging(taak=taak, resultaat=resultaat, notitie="", by=by, at=LATER)
    assert "keer niet bereikt" not in vakspecialist.get(pagina).content.decode()
    services.log_contactpoging(taak=taak, resultaat="geen_gehoor", notitie="", by=by, at=LATER)
    html = vakspecialist.get(pagina).content.decode()
    assert "3 keer niet bereikt." in html
    assert "bericht sturen en afronden" in html


def test_after_a_reopen_the_count_begins_anew(vakspecialist: KccClient, taak: InterneTaak) -> None:
    by = vakspecialist.medewerker
    for _ in range(3):
        services.log_contactpoging(
            taak=taak, resultaat="geen_gehoor", notitie="", by=by, at=taak.aangemaakt_op
        )
    services.finish_interne_taak(
        taak=taak, antwoord="x", terugkoppeling="brief", by=by, at=taak.aangemaakt_op
    )
    services.reopen_interne_taak(taak=taak, reden="Belt weer.", by=by, at=LATER)
    html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
    assert "keer niet bereikt" not in html


def test_the_right_forms_ask_the_right_things(vakspecialist: KccClient, taak: InterneTaak) -> None:
    html = vakspecialist.get(url("bericht", taak), headers=HTMX).content.decode()
    assert "maria@voorbeeld.test (gecontroleerd)" in html
    assert "oud@voorbeeld.test (nog niet gecontroleerd)" in html
    assert GEHEIM not in html
    assert goed("bericht", taak)["tekst"] not in html
