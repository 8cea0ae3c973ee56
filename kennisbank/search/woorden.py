"""Words of a text: without accents, without words that say nothing, as stems, taken apart."""

import re
import unicodedata
from collections.abc import Callable, Collection
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

# Words that stand in any question and tell nothing about it.
_STOPWOORDEN = """
de het een en of ik je jij u we wij hij zij ze mijn uw ons onze hun haar zijn is ben bent was wordt
worden word kan kun kunt kunnen moet moeten mag mogen wil willen wilt zou zal heb hebt heeft hebben
had doe doen gaan ga gaat te van voor op in aan met bij naar om uit over door als dat die dit deze
er hier daar waar wat wie wanneer hoe hoeveel welke dan ook nog al wel niet geen maar want dus zo nu
toen toch even graag iets iemand mij me hem hen zich volgens binnen zonder tegen na tot per via heel
veel meer weer eens net
"""
STOPWOORDEN = frozenset(_STOPWOORDEN.split())
# Words of talking, that any story has: they help a little, and never decide.
_PRAATWOORDEN = """
hallo goedemorgen goedemiddag goeiemorgen goeiedag dag hoi mevrouw meneer alstublieft alsjeblieft
dank bedankt hoor zeg zegt zeggen gezegd vertelt vertellen verteld vraag vraagje vragen vroeg
gevraagd weet weten wist bel bellen belde gebeld denk denken dacht vind vinden vond gevonden lees
lezen gelezen hoor horen hoorde gehoord zie zien zag gezien kijk kijken lijkt leek blijkt bleek
komt kom komen kwam gekomen krijg krijgt krijgen kreeg gekregen neem nemen nam meenemen mee geef
geeft geven gaf gegeven laat laten liet staat staan stond gestaan ligt liggen lag zit zitten zat
loopt lopen liep hangt brengen breng gebracht haal halen gehaald zet zetten neergezet maak maakt
maken gemaakt gebruik gebruiken nodig hoef hoeft hoeven durf probeer geprobeerd begin beginnen
begonnen blijf blijft blijven bleef houd houdt houden regel regelen geregeld leeft leef wacht
wachten helpen help helpt ging gingen gegaan deed gedaan werd werden geworden waren zouden wilde
wilden konden kon mocht moest moesten hoeveel waarom waarvoor waarmee waarover waarin waarop waaraan
hierboven hiernaast hierachter hiervoor daarvoor daarmee daarna ervoor ermee eraan erbij erop
altijd nooit soms vaak steeds meestal misschien eigenlijk gewoon helemaal allemaal alles alleen
ander andere anders elk elke ieder iedere iedereen niemand niks niets ergens nergens genoeg bijna
ongeveer ruim paar stuk beetje tijdje poosje keer keertje eentje dingen ding spullen soort
vandaag morgen gisteren overmorgen straks later eerder vroeger binnenkort onlangs laatst pas al
week weken maand maanden jaar jaren uur minuten dagen maandag dinsdag woensdag donderdag vrijdag
zaterdag zondag januari februari maart april mei juni juli augustus september oktober november
december weekend avond ochtend middag nacht
een twee drie vier vijf zes zeven acht negen tien twaalf twintig dertig veertig vijftig zestig
zeventig tachtig negentig honderd eerste tweede derde laatste
goed goede slecht fijn lief lieve mooi leuk groot grote klein kleine hele heel lang lange kort
nieuw nieuwe oud oude eigen jong jonge vol hoog laag echt zeker precies verder samen zelf zulke
kant plek plaats manier geval boven onder achter voorbij langs tussen tijdens sinds vanaf totdat
omdat zodat terwijl hoewel indien wanneer zodra voordat nadat namelijk bovendien ofzo enzo enz
jullie onszelf mezelf jezelf zichzelf elkaar mijne zijne degene diegene welk zoiets zo'n
aanvraag aanvragen aangevraagd voorwaarden informatie uitleg formulier wachttijd
verschil mogelijk lukt lukte gelukt snel snelle meteen gelijk direct opnieuw terug weg
"""
PRAATWOORDEN = frozenset(_PRAATWOORDEN.split())
MAX_LENGTE = 60  # of a word; nothing longer is one
KORTSTE_DEEL = 3
DEELBAAR_VANAF = 7  # letters


def normalise(tekst: str) -> str:
    """Lower case, without accents."""
    los = unicodedata.normalize("NFKD", tekst.lower())
    return "".join(teken for teken in los if not unicodedata.combining(teken))


def words(tekst: str) -> list[str]:
    """All words of a text, normalised, in their order."""
    return [woord[:MAX_LENGTE] for woord in re.findall(r"[a-z0-9]+", normalise(tekst))]


def telling_words(tekst: str) -> list[str]:
    """The words that say what it is about; all of them when none does."""
    alle = words(tekst)
    return [woord for woord in alle if woord not in STOPWOORDEN] or alle


@lru_cache(maxsize=50_000)
def stem(woord: str) -> str:
    """The Dutch stem (Kraaij-Pohlmann, by Snowball), which also brings verlengen and verlenging
    together.
    """
    stam: str = snowballstemmer.stemmer("dutch").stemWord(woord)
    return stam


@lru_cache(maxsize=1)
def talking_stems() -> frozenset[str]:
    """The stems of PRAATWOORDEN."""
    return frozenset(stem(woord) for woord in PRAATWOORDEN)


def cuts(woord: str) -> list[tuple[list[str], str]]:
    """Every way to cut a word in two: what the left part may be (with its linking letters or
    without), and the right part.
    """
    if len(woord) < DEELBAAR_VANAF:
        return []
    sneden = []
    for plek in range(KORTSTE_DEEL, len(woord) - KORTSTE_DEEL + 1):
        links, rechts = woord[:plek], woord[plek:]
        vormen = [links]
        if links.endswith("s") and len(links) > 4:
            vormen.append(links[:-1])
        if links.endswith("en") and len(links) > 5:
            vormen.append(links[:-2])
        sneden.append((vormen, rechts))
    return sneden


def split_compound(
    woord: str, *, bekend: Collection[str], stammen: Collection[str]
) -> tuple[str, str] | None:
    """The two known words that a compound is made of, as stems; the most even cut wins.

    ``bekend``: words as they are written; ``stammen``: stems of words that are known.
    """
    beste: tuple[int, str, str] | None = None
    for vormen, rechts in cuts(woord):
        for links in vormen:
            if links not in bekend and (len(links) <= 3 or stem(links) not in stammen):
                continue
            if rechts not in bekend and stem(rechts) not in stammen:
                break
            maat = min(len(links), len(rechts))
            if beste is None or maat > beste[0]:
                beste = (maat, stem(links), stem(rechts))
    return beste[1:] if beste else None


def segment(woord: str, is_known: Callable[[str], bool]) -> list[str]:
    """A long compound in as few and as long known words as there are, linking letters left out;
    what is not known may stand between. Nothing when less than half of it is known.
    """
    einde = len(woord)
    # Per place: the best of all ways to read the letters before it: points, letters known, words.
    beste: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for tot in range(1, einde + 1):
        keuzes = [(beste[tot - 1][0] - 3, beste[tot - 1][1], beste[tot - 1][2])]
        for van in range(max(tot - 20, 0), tot - KORTSTE_DEEL):
            deel = woord[van:tot]
            if is_known(deel):
                punten, bekend, delen = beste[van]
                lengte = tot - van
                keuzes.append((punten + lengte * lengte, bekend + lengte, (*delen, deel)))
        beste.append(max(keuzes))
    _, bekend, delen = beste[einde]
    return list(delen) if bekend * 2 >= einde else []


def typing_distance(a: str, b: str, hoogstens: int = MAX_LENGTE) -> int:
    """Letters wrong, missing, too many, or two swapped: how many of these lie between two words
    (optimal string alignment). Above ``hoogstens`` any greater number may come back.
    """
    vorige2: list[int] = []
    vorige = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        rij = [i]
        for j, ander in enumerate(b, start=1):
            kost = min(vorige[j] + 1, rij[j - 1] + 1, vorige[j - 1] + (letter != ander))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == ander:
                kost = min(kost, vorige2[j - 2] + 1)
            rij.append(kost)
        if min(rij) > hoogstens and min(vorige) > hoogstens:
            return hoogstens + 1
        vorige2, vorige = vorige, rij
    return vorige[-1]


Splitter = Callable[[str], tuple[str, str] | None]


def entry_stems(
    woorden: list[str], *, split: Splitter, stammen: Collection[str]
) -> dict[str, float]:
    """The stems of one entry with their weights: its words, parts of its compounds (half), and
    two words that somebody may write as one, when that is a word elsewhere.
    """
    gewogen: dict[str, float] = {}
    for woord in woorden:
        gewogen[stem(woord)] = 1.0
        for deel in split(woord) or ():
            gewogen.setdefault(deel, 0.5)
    for links, rechts in pairwise(woorden):
        samen = stem(links + rechts)
        if samen in stammen:
            gewogen[samen] = max(gewogen.get(samen, 0), 0.9)
    return gewogen
