"""Routes of this room."""

from django.urls import path

from kennisbank.views import (
    afbeeldingen,
    artikelen,
    concepten,
    dekking,
    invoer,
    meldingen,
    nieuws,
    redactie,
    samenhang,
    synoniemen,
    upl,
    wie_doet_wat,
    zoeken,
)

app_name = "kennisbank"
urlpatterns = [
    path("", zoeken.zoeken, name="zoeken"),
    path("artikel/<uuid:uuid>/", artikelen.artikel, name="artikel"),
    path("artikel/<uuid:uuid>/bewerken/", artikelen.artikel_bewerken, name="artikel_bewerken"),
    path(
        "artikel/<uuid:uuid>/vergelijken/",
        artikelen.artikel_vergelijken,
        name="artikel_vergelijken",
    ),
    path(
        "artikel/<uuid:uuid>/terugzetten/<int:nummer>/",
        artikelen.artikel_terugzetten,
        name="artikel_terugzetten",
    ),
    path("artikel/<uuid:uuid>/intrekken/", artikelen.artikel_intrekken, name="artikel_intrekken"),
    path(
        "artikel/<uuid:uuid>/herstellen/", artikelen.artikel_herstellen, name="artikel_herstellen"
    ),
    path("artikel/<uuid:uuid>/nagekeken/", artikelen.artikel_nagekeken, name="artikel_nagekeken"),
    path("voorstellen/", concepten.voorstellen, name="voorstellen"),
    path("plakken/", concepten.plakken, name="plakken"),
    path("redactie/concepten/", concepten.concepten, name="concepten"),
    path("redactie/concept/<uuid:uuid>/", concepten.concept, name="concept"),
    path(
        "redactie/concept/<uuid:uuid>/bewerken/",
        concepten.concept_bewerken,
        name="concept_bewerken",
    ),
    path(
        "redactie/concept/<uuid:uuid>/voorbeeld/",
        concepten.concept_voorbeeld,
        name="concept_voorbeeld",
    ),
    path(
        "redactie/concept/<uuid:uuid>/oppakken/",
        concepten.concept_oppakken,
        name="concept_oppakken",
    ),
    path(
        "redactie/concept/<uuid:uuid>/goedkeuren/",
        concepten.concept_goedkeuren,
        name="concept_goedkeuren",
    ),
    path(
        "redactie/concept/<uuid:uuid>/terugsturen/",
        concepten.concept_terugsturen,
        name="concept_terugsturen",
    ),
    path(
        "redactie/concept/<uuid:uuid>/afwijzen/",
        concepten.concept_afwijzen,
        name="concept_afwijzen",
    ),
    path(
        "redactie/concept/<uuid:uuid>/terughalen/",
        concepten.concept_terughalen,
        name="concept_terughalen",
    ),
    path("afbeelding/toevoegen/", afbeeldingen.afbeelding_toevoegen, name="afbeelding_toevoegen"),
    path("afbeelding/<uuid:uuid>/", afbeeldingen.afbeelding, name="afbeelding"),
    path("samenhang/", samenhang.samenhang, name="samenhang"),
    path("product/<uuid:uuid>/", artikelen.product, name="product"),
    path("nieuws/", nieuws.nieuws, name="nieuws"),
    path("nieuws/paneel/", nieuws.nieuws_paneel, name="nieuws_paneel"),
    path("nieuws/teller/", nieuws.nieuws_teller, name="nieuws_teller"),
    path("nieuws/<uuid:uuid>/gelezen/", nieuws.nieuws_gelezen, name="nieuws_gelezen"),
    path("nieuws/<uuid:uuid>/lezers/", nieuws.nieuws_lezers, name="nieuws_lezers"),
    path("wie-doet-wat/", wie_doet_wat.wie_doet_wat, name="wie_doet_wat"),
    path("melden/", meldingen.melden, name="melden"),
    path("meldingen/", meldingen.mijn_meldingen, name="mijn_meldingen"),
    path("meldingen/teller/", meldingen.meldingen_teller, name="meldingen_teller"),
    path("zoekactie/", meldingen.zoekactie, name="zoekactie"),
    path("redactie/", redactie.redactie, name="redactie"),
    path("redactie/te-herzien/", redactie.te_herzien, name="te_herzien"),
    path("redactie/schrijven/", redactie.schrijven, name="schrijven"),
    path("redactie/melding/<uuid:uuid>/", redactie.melding, name="melding"),
    path("redactie/melding/<uuid:uuid>/nemen/", redactie.melding_nemen, name="melding_nemen"),
    path(
        "redactie/melding/<uuid:uuid>/loslaten/", redactie.melding_loslaten, name="melding_loslaten"
    ),
    path("redactie/melding/<uuid:uuid>/geven/", redactie.melding_geven, name="melding_geven"),
    path(
        "redactie/melding/<uuid:uuid>/antwoord/", redactie.melding_antwoord, name="melding_antwoord"
    ),
    path("redactie/melding/<uuid:uuid>/concept/", redactie.melding_concept, name="melding_concept"),
    path("dekking/", dekking.dekking, name="dekking"),
    path("dekking/<slug:slug>/", dekking.dekking_afdeling, name="dekking_afdeling"),
    path("invoer/", invoer.invoer, name="invoer"),
    path("invoer/<uuid:uuid>/", invoer.invoer_een, name="invoer_een"),
    path("invoer/<uuid:uuid>/inlezen/", invoer.invoer_bevestigen, name="invoer_bevestigen"),
    path("invoer/<uuid:uuid>/stoppen/", invoer.invoer_stoppen, name="invoer_stoppen"),
    path("uitvoer/", invoer.uitvoer, name="uitvoer"),
    path("uitvoer/bestand/", invoer.uitvoer_bestand, name="uitvoer_bestand"),
    path("synoniemen/", synoniemen.synoniemen, name="synoniemen"),
    path("synoniemen/proberen/", synoniemen.proberen, name="synoniemen_proberen"),
    path("synoniemen/nieuw/", synoniemen.synoniem_nieuw, name="synoniem_nieuw"),
    path("synoniemen/<int:pk>/", synoniemen.synoniem, name="synoniem"),
    path(
        "synoniemen/<int:pk>/verwijderen/",
        synoniemen.synoniem_verwijderen,
        name="synoniem_verwijderen",
    ),
    path("product/<uuid:uuid>/woorden/", synoniemen.product_woorden, name="product_woorden"),
    path("import-upl/", upl.import_upl, name="import_upl"),
    path("import-upl/bevestigen/", upl.import_upl_bevestigen, name="import_upl_bevestigen"),
]
