"""Lists of names for invented people, streets and organisations. None belongs to anybody."""

# First names with the surnames that go with them: (weight, first names, surnames). A surname is
# written "voorvoegsel|achternaam" when it has a voorvoegsel.
NAMEN: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        66,
        (
            "Anna", "Maria", "Johanna", "Els", "Sanne", "Lotte", "Femke", "Marloes", "Iris", "Eva",
            "Sophie", "Emma", "Julia", "Lisa", "Fleur", "Roos", "Noor", "Tess", "Maud", "Joke",
            "Ria", "Truus", "Wil", "Riet", "Greet", "Ans", "Corrie", "Marijke", "Ingrid", "Petra",
            "Monique", "Esther", "Linda", "Wendy", "Kim", "Denise", "Renée", "Zoë", "Chloë",
            "Jan", "Piet", "Kees", "Henk", "Willem", "Gerrit", "Cor", "Johan", "Hans", "Frans",
            "Peter", "Erik", "Marcel", "Rob", "Ron", "Dennis", "Jeroen", "Bas", "Tim", "Tom",
            "Daan", "Sem", "Lucas", "Levi", "Finn", "Bram", "Thijs", "Luuk", "Stijn", "Ruben",
            "Jasper", "Maarten", "Wouter", "Joost", "Niels", "Sander", "Rik", "André", "René",
            "Daniël", "Michaël", "Joël", "Guido", "Theo", "Ad", "Leo", "Harm", "Gijs", "Siem",
        ),
        (
            "de|Jong", "Jansen", "de|Vries", "van|Dijk", "Bakker", "Visser", "Smit", "Meijer",
            "de|Boer", "Mulder", "de|Groot", "Bos", "Vos", "Peters", "Hendriks", "van|Leeuwen",
            "Dekker", "Brouwer", "de|Wit", "Dijkstra", "Smits", "de|Graaf", "van der|Meer",
            "van der|Linden", "Kok", "Jacobs", "de|Haan", "Vermeulen", "van den|Heuvel",
            "van de|Ven", "van der|Heijden", "Schouten", "van|Beek", "Willems", "van|Vliet",
            "Hoekstra", "Maas", "Verhoeven", "Koster", "van|Dam", "Prins", "Blom", "Huisman",
            "Peeters", "Kuipers", "van|Veen", "Postma", "Kramer", "van den|Brink", "Scholten",
            "van|Wijk", "Verbeek", "van|Loon", "van 't|Hof", "van 't|Veer", "in 't|Veld",
            "op den|Berg", "ter|Braak", "ten|Have", "te|Riele", "uit den|Boogaard", "den|Hollander",
            "'t|Hart", "van der|Velde-Kuijt", "Geërts", "Coöper", "Noordhoek", "Achterberg",
            "Rietveld", "Zandstra", "Hazelaar", "Boomgaard", "Klaver", "Wagenaar", "Molenaar",
        ),
    ),
    (
        8,
        (
            "Fatma", "Ayşe", "Emine", "Zeynep", "Elif", "Hatice", "Merve", "Büşra", "Gül",
            "Mehmet", "Mustafa", "Ahmet", "Ali", "Hüseyin", "İbrahim", "Murat", "Emre", "Çağlar",
        ),
        (
            "Yılmaz", "Kaya", "Demir", "Şahin", "Çelik", "Yıldız", "Öztürk", "Aydın", "Özdemir",
            "Arslan", "Doğan", "Kılıç", "Aslan", "Çetin", "Koç", "Şimşek", "Abbasoğlu", "Güneş",
        ),
    ),
    (
        8,
        (
            "Fatima", "Khadija", "Naima", "Samira", "Latifa", "Hanan", "Salma", "Yasmina", "Imane",
            "Mohamed", "Ahmed", "Youssef", "Rachid", "Hassan", "Said", "Bilal", "Ilyas", "Anouar",
        ),
        (
            "El Idrissi", "Amrani", "Bouzian", "El Hamdaoui", "Benali", "Ouali", "Chaoui",
            "El Khattabi", "Azzouzi", "Belhaj", "Ait Taleb", "Boukhari", "El Mansouri", "Haddad",
        ),
    ),
    (
        6,
        (
            "Chantal", "Sharon", "Priya", "Anjali", "Shanti", "Melissa", "Naomi", "Raquel",
            "Winston", "Ravi", "Rohan", "Dwight", "Orlando", "Clyde", "Kenneth", "Romario",
        ),
        (
            "Ramdin", "Baldewsingh", "Pinas", "Kanhai", "Doekhi", "Jagroep", "Sardjoe",
            "Wijngaarde", "Landveld", "Ramautarsing", "Tjin A Djie", "Bouterman",
            "Amatmoekrim", "Kromosoeto",
        ),
    ),
    (
        6,
        (
            "Agnieszka", "Katarzyna", "Małgorzata", "Ewa", "Joanna", "Zofia", "Paweł", "Tomasz",
            "Krzysztof", "Piotr", "Łukasz", "Michał", "Grażyna", "Wojciech",
        ),
        (
            "Nowak", "Wójcik", "Woźniak", "Krawczyk", "Król", "Mazur", "Kaczmarek", "Pawlak",
            "Sikora", "Gołąb", "Wróbel", "Zając", "Kubiak", "Jóźwiak",
        ),
    ),
    (
        4,
        (
            "Sjoukje", "Tjitske", "Froukje", "Baukje", "Wytske", "Hiske", "Jildou", "Nynke",
            "Sjoerd", "Wybren", "Jelle", "Douwe", "Sietse", "Tjeerd", "Hessel", "Oane", "Foppe",
        ),
        (
            "Hoekstra", "Sikkema", "Wiersma", "Terpstra", "Dijkstra", "van der|Wal", "Boonstra",
            "Bouma", "Zijlstra", "Ypma", "Jorritsma", "fan der|Mear", "Haitsma", "Reitsma",
        ),
    ),
    (
        2,
        ("Oksana", "Olena", "Iryna", "Andriy", "Amina", "Selam", "Omar", "Nguyễn", "José"),
        ("Kovalenko", "Shevchenko", "Tesfaye", "Haile", "Al-Khatib", "Trần", "D'Souza", "O'Brien"),
    ),
)  # fmt: skip

# Streets of an invented Voorbeeldstad; each gets a postcode of its own (bevolking).
STRATEN = (
    "Dorpsstraat", "Kerkplein", "Molenweg", "Stationslaan", "Schoolstraat", "Lindelaan",
    "Kastanjelaan", "Eikenlaan", "Beukenhof", "Wilgenpad", "Merelstraat", "Lijstersingel",
    "Zwaluwhof", "Koekoekslaan", "Havenkade", "Kanaaldijk", "Sluisweg", "Brouwersgracht",
    "Oude Markt", "Nieuwe Markt", "Graaf Florislaan", "Burgemeester Pluimstraat",
    "Meester Tienhovenlaan", "Wethouder Klompweg", "Sint-Jorisstraat", "'t Zand", "De Wieken",
    "De Hoge Akker", "Achter de Kerk", "Lange Voren", "Korte Voren", "Zonnebloemstraat",
    "Korenbloemveld", "Klaprooshof", "Boterbloemlaan", "Madeliefpad", "Rietgors", "Kievitsveen",
    "Tureluur", "Grutto", "Weverstraat", "Smidsgang", "Kuipershof", "Touwslagersbaan",
    "Zeilmakerswal", "Noordwal", "Zuidwal", "Oostersingel", "Westersingel", "Singelpark",
    "Rembrandtplein", "Vermeerstraat", "Mondriaanhof", "Appelgaard", "Perengaard", "Kersenbongerd",
    "Notenhof", "Vijverweg", "Beekdal", "Heideweg", "Duinpad", "Veldzicht", "Polderweg",
    "Boerhaavelaan", "Europaplein", "Vredeslaan", "Vrijheidsweg", "Wilhelminastraat",
    "Emmastraat", "Parallelweg", "Industrieweg", "Ambachtsring", "Transportweg", "Spoorstraat",
)  # fmt: skip

# Organisations: a kind with a name behind it. The second list is of those that are no business.
ONDERNEMINGEN = (
    "Bakkerij", "Slagerij", "Café", "Eetcafé", "Lunchroom", "Kapsalon", "Garage", "Rijwielhandel",
    "Bouwbedrijf", "Installatiebedrijf", "Schildersbedrijf", "Hoveniersbedrijf", "Boekhandel",
    "Drukkerij", "Administratiekantoor", "Transportbedrijf", "Bloemenhuis", "Makelaardij",
    "Restaurant", "Hotel", "Taxibedrijf", "Schoonmaakbedrijf", "Webwinkel", "Fysiotherapie",
)  # fmt: skip
INSTELLINGEN = (
    "Stichting", "Woningcorporatie", "Basisschool", "Zorggroep", "Sportvereniging",
    "Wijkvereniging", "Bewindvoering", "Advocatenkantoor", "Begrafenisonderneming",
    "Notariskantoor", "Huisartsenpraktijk", "Voetbalvereniging", "Muziekvereniging",
)  # fmt: skip
BEDRIJFSNAMEN = (
    "De Gouden Aar", "Het Anker", "De Eendracht", "Ons Genoegen", "De Brug", "De Hoeksteen",
    "De Wissel", "Zonnehoek", "Noorderlicht", "De Linde", "'t Hoekje", "De Viersprong",
    "Waterkant", "De Regenboog", "Veldzicht", "Het Kompas", "De Zwaluw", "Oud-Voorbeeld",
    "De Kroon", "Morgenrood", "De Poort", "Bloemhof", "De Meander", "Weidezicht",
)  # fmt: skip
