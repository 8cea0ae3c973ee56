"""Short texts that people at work type. All invented."""

NOTITIES = (
    "Klant belde al eerder.",
    "Spreekt zacht, had wat meer tijd nodig.",
    "Heeft de brief bij de hand.",
    "Belt namens een familielid.",
    "Heeft haast.",
    "Gegevens gecontroleerd en akkoord.",
    "Wees op de website, maar klant wil het liever horen.",
    "Klant was eerst boos, uiteindelijk tevreden.",
    "Link naar het formulier gestuurd.",
    "Afspraak gemaakt voor {dag}.",
    "Klant gaat het zelf online regelen.",
    "Klant had verkeerde informatie gelezen op een andere site.",
    "Uitgelegd wat de volgende stap is.",
    "Komt langs aan de balie.",
    "Woont sinds {maand} op dit adres.",
    "Geen bijzonderheden.",
)

ANDERE_TAAL = (
    "Gesprek in het Engels gevoerd.",
    "Een kind vertaalde mee.",
    "Langzaam gesproken, klant begreep het daarna goed.",
    "Tolkentelefoon gebruikt.",
)

REACTIES = (
    "Uitgelegd hoe het werkt.",
    "Termijn genoemd.",
    "Kosten doorgegeven.",
    "Afspraak gemaakt.",
    "Afspraak verzet.",
    "Gegevens aangepast.",
    "Formulier toegestuurd.",
    "Verwezen naar de pagina op de website.",
    "Melding opgenomen.",
    "Stand van zaken doorgegeven.",
)

RUGGESPRAAK = (
    "Nagevraagd bij een collega en daarna uitgelegd.",
    "Even overlegd met de afdeling, antwoord gegeven.",
    "Nagekeken met de coach en bevestigd.",
)

VERWIJZINGEN = (
    "Verwezen naar de Belastingdienst.",
    "Verwezen naar DUO.",
    "Verwezen naar de politie.",
    "Verwezen naar het waterschap.",
    "Verwezen naar de eigen gemeente.",
    "Verwezen naar de woningcorporatie.",
)

HANDELINGEN = (
    "Klant terugbellen over {product}",
    "Stand van zaken doorgeven over {product}",
    "Antwoord mailen over {product}",
    "Uitzoeken en klant bellen: {product}",
    "Afspraak maken over {product}",
    "Besluit toelichten: {product}",
)

TOELICHTINGEN = (
    "Klant is het best bereikbaar in de ochtend.",
    "Liefst na 15.00 uur bellen.",
    "Klant wacht al een tijd op antwoord en is ongerust.",
    "Dossier bekeken, daar staat het antwoord niet in.",
    "Klant belde vorige week ook al.",
    "Graag ook per mail bevestigen.",
    "Klant heeft een brief gekregen en begrijpt de tweede alinea niet.",
    "Spoed: klant heeft het nodig voor {dag}.",
    "Klant wil weten wie de behandelaar is.",
    "Bij geen gehoor de voicemail inspreken.",
)

ANTWOORDEN = (
    "Klant gesproken en de stand van zaken uitgelegd. Klant is tevreden.",
    "De aanvraag is compleet. Klant krijgt binnen de termijn een besluit.",
    "Er ontbrak nog een bewijsstuk. Klant stuurt dat op.",
    "Nieuwe afspraak gemaakt met de behandelaar.",
    "De beslissing blijft zoals hij was. Uitgelegd waarom, en hoe bezwaar kan.",
    "Het was een fout van ons. Hersteld en excuses gemaakt.",
    "De gegevens zijn aangepast. Klant ziet het morgen in de eigen omgeving.",
    "Doorgegeven aan de buitendienst. Die lost het deze week op.",
    "Klant had de brief verkeerd begrepen. Toegelicht in gewone woorden.",
    "Bedrag nagekeken: het klopt. Uitgelegd hoe het is opgebouwd.",
    "Klant trekt de vraag in, het is al geregeld.",
    "Uitstel gegeven. Klant heeft een bevestiging gekregen.",
)

POGINGEN = (
    "",
    "",
    "Bel morgen opnieuw.",
    "Gevraagd om terug te bellen.",
    "Ook een mail gestuurd.",
    "Na drie keer overgaan opgehangen.",
)

TERUG = {
    "verkeerde_afdeling": (
        "Dit hoort niet bij ons.",
        "Deze vraag gaat over een andere regeling.",
        "Wij doen dit sinds de verhuizing van taken niet meer.",
    ),
    "informatie_ontbreekt": (
        "Er staat geen telefoonnummer bij.",
        "Om welk adres gaat het?",
        "Zonder datum van de brief kan ik het niet vinden.",
    ),
    "kcc_kan_dit": (
        "Het antwoord staat in de kennisbank.",
        "Dit kan direct worden verteld, zie het artikel.",
    ),
}

DOORGESTUURD = {
    "verkeerde_afdeling": "Excuus, deze hoort bij jullie.",
    "informatie_ontbreekt": "Klant nagebeld, de gegevens staan nu bij het contact.",
}

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
