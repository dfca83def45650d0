"""The Danish words that are understood. What is said back stands in `texts`."""

from __future__ import annotations


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNKNOWN = _phrases("""
    ved ikke, ved det ikke, ved vi ikke, ved jeg ikke, det ved jeg ikke, det ved vi ikke, det ved kommunen
    ikke, jeg ved det ikke, vi ved det ikke, jeg ved ikke, vi ved ikke, vides ikke, det vides ikke, kan ikke
    oplyses, det kan ikke oplyses, kan ikke besvares, det kan ikke besvares, kan ikke oplyse det, det kan vi
    ikke oplyse, det kan jeg ikke oplyse, vi kan ikke oplyse det, det kan kommunen ikke oplyse, kommunen kan
    ikke oplyse det, kan vi ikke oplyse, uvist, det er uvist, ukendt, det er ukendt, aner det ikke, det aner
    jeg ikke, ingen anelse, det har jeg ingen anelse om
""")

#: What may follow "ved ikke" without a mark between.
UNKNOWN_GOES_ON = _words("""
    fordi da idet men endnu pt om hvor hvornår hvilken hvilket hvilke hvad hvem på i
""")

NONE = _phrases("""
    ingen, ingenting, intet, ikke nogen, der er ingen, der er ikke nogen, der er intet, der var ingen, der
    findes ingen, der har ikke været nogen, der har ingen været, vi har ingen, vi har ikke nogen, det er
    ingen, det har vi ikke, det findes ikke, findes ikke, de findes ikke, ikke relevant, kommunen har ingen
""")

#: "Nej, fordi ..." means that there is nothing to enclose.
NO_DOCUMENTS = NONE | _phrases("""
    nej, niks, nej det har vi ikke, nej der er ingen
""")

ZERO = NONE - {"det har vi ikke", "findes ikke", "det findes ikke", "de findes ikke", "ikke relevant"} | {
    "nul",
    "gratis",
}

#: What a reason begins with; it stays in the reason, since its word order hangs on it.
BECAUSE = _words("fordi da idet eftersom grundet pga")

YES = _phrases("""
    ja, jo, jep, jeps, jepper, jaeh, jah, jada, ja da, ja tak, japs, yes, j, javist, korrekt, bekræftet, det
    har vi, det har de, det er der, det gør vi, det gør de, det gjorde vi, det gjorde de, det var der, det
    er korrekt, det er rigtigt
""")

NO = _phrases("""
    nej, næh, næ, nix, niks, nope, nej tak, no, n, aldrig, slet ikke, overhovedet ikke, ikke endnu, endnu
    ikke, det har vi ikke, det har de ikke, det er der ikke, det gør vi ikke, det gør de ikke, det gjorde vi
    ikke, det gjorde de ikke, det var der ikke, det er ikke korrekt, det er ikke rigtigt, det er ikke
    tilfældet
""")

#: Openings that say yes or no by themselves, whatever follows; the others must stand alone.
BARE_YES_NO = _phrases("""
    ja, jo, jep, nej, næh
""")

#: A no with more to it than no: these words are kept.
TELLING_NO = _phrases("""
    ikke endnu, endnu ikke, aldrig
""")

YES_AND_NO = _phrases("""
    både og, både ja og nej, ja og nej, nej og ja, hverken eller, delvist, delvis, til dels, måske, måske
    nok, i nogle tilfælde, i nogle sager, nogle gange, det kommer an på, det afhænger, ja måske, nej måske,
    ja vist, ja vistnok, ja eller nej
""")

#: What doubts a yes or no when the addition opens with it.
MAYBE = _words("både måske muligvis vistnok")

#: Danish words one letter away from a yes or a no, which are neither.
NOT_YES_OR_NO = _words("hej vej dej ned nem neg ny nu når nær nyt net en ej jf ha da jul")

SUBCLAUSE = ("fordi", "da", "idet", "eftersom", "men", "heraf", "hvoraf", "dog", "selvom")

DOUBT = _words("""
    ikke ingen aldrig hverken næppe undtagen minus par flere nogle mange måske vist vistnok muligvis
    formentlig tror mener gætter adskillige usikker usikkert
""")

LEAD_IN = _words("""
    i alt ialt det er var der blev bliver vi har jeg de samlet samlede sum beløb beløbet udgør udgjorde på
    antal antallet kommunen betalt betalte svar svaret nemlig præcis præcist nøjagtig den dato datoen med
    procent procenten honorar honoraret budgetteret aftalt indgået og
""")

#: What may follow "en" that is meant as a figure, besides something counted.
AFTER_ONE = _words("krone million mio mia milliard procent pct")

#: Things counted, besides the words of the question itself.
COUNTED = _words("""
    sag sager borgersag borgersager stk stykker styk borger borgere person personer afgørelse afgørelser
    møde møder gang gange kontrakt kontrakter system systemer databehandler databehandlere bilag dage uger
    måneder år timer medarbejder medarbejdere enkelt
""")

#: What makes a round figure no figure: "flere hundrede", "et par tusind".
VAGUE = _words("par flere nogle mange adskillige få")

#: What may stand about figures without telling anything that must be kept ("22 ud af 25 sager").
TELLING_NOTHING = (
    LEAD_IN
    | COUNTED
    | _words(
        "ud af til eller mellem ca cirka tror mener måske vist moms ekskl inkl eks ex uden d procent pct"
    )
)

#: Regular expressions of words that weaken a figure, longest first.
QUALIFIERS = (
    r"lidt\s+mere\s+end",
    r"lidt\s+mindre\s+end",
    r"mere\s+end",
    r"mindre\s+end",
    r"ikke\s+under",
    r"ikke\s+over",
    r"lidt\s+over",
    r"lidt\s+under",
    r"lige\s+knap",
    r"lige\s+over",
    r"lige\s+under",
    r"op\s+til",
    r"i\s+omegnen\s+af",
    r"omkring",
    r"omtrent",
    r"circa",
    r"cirka",
    r"ca\.?",
    r"c\.",
    r"godt",
    r"knapt",
    r"knap",
    r"mindst",
    r"minimum",
    r"min\.",
    r"højst",
    r"maksimalt",
    r"maks\.?",
    r"max\.?",
    r"næsten",
    r"over",
    r"under",
    r"kun",
)

#: What a figure stands for when one of these stands right before it: a place, not a quantity.
PLACES = (
    "§",
    "§§",
    "stk",
    "nr",
    "kl",
    "delopgave",
    "opgave",
    "punkt",
    "pkt",
    "bilag",
    "side",
    "fase",
    "afsnit",
    "spørgsmål",
    "uge",
    "kapitel",
    "paragraf",
    "artikel",
)

YEAR_LEADS = ("i", "fra", "for", "siden", "år", "året", "ultimo", "primo", "medio", "til", "og", "budget")

WITH_VAT = _words("inkl incl inklusiv inklusive inclusive med indeholder indeholdende indregnet iberegnet m")
WITHOUT_VAT = _words("""
    ekskl excl exkl eks ex eksklusiv eksklusive exclusive uden før plus + tillagt fratrukket u
""")
#: "Momsen er inkluderet", "momsen kommer oveni".
VAT_INSIDE = _words("inkluderet indregnet indeholdt medregnet med")
VAT_ON_TOP = _words("tillægges oveni til")
#: Whether VAT is told of: "moms ikke oplyst", "uden angivelse af moms".
TOLD = _words("oplyst angivet nævnt anført specificeret kendt angivelse oplysning oplyser fremgår")
UNTOLD = _words("uoplyst ukendt uvis uvist")
NOT_STATED = _phrases(
    "ikke oplyst, uoplyst, ikke angivet, fremgår ikke, det fremgår ikke, det er ikke oplyst"
)
#: What tells of VAT and of nothing else.
VAT_ONLY = (
    WITH_VAT
    | WITHOUT_VAT
    | VAT_INSIDE
    | VAT_ON_TOP
    | TOLD
    | UNTOLD
    | _words("moms momsen ikke af om er eller noget det der kommer lægges intet beløbet")
)

COSTS = _words("kroner kr udgift udgifter beløb besparelse betaling honorar")

#: Parts of a whole, in per hundred.
PARTS = {
    "halvdelen": "50",
    "en halvdel": "50",
    "en fjerdedel": "25",
    "tre fjerdedele": "75",
    "en kvart": "25",
    "en femtedel": "20",
    "en ottendedel": "12.5",
    "en tiendedel": "10",
    "en tyvendedel": "5",
    "en hundrededel": "1",
    "det hele": "100",
}

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)

MONTHS_SHORT = {
    "jan": 1,
    "feb": 2,
    "febr": 2,
    "mar": 3,
    "mrt": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "dec": 12,
}

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

#: Days told from today, in days.
RELATIVE_DAYS = {
    "i dag": 0,
    "idag": 0,
    "dags dato": 0,
    "i går": -1,
    "igår": -1,
    "i forgårs": -2,
    "i morgen": 1,
}

#: Words before a date that make it another than the day itself.
NOT_THE_DAY = _words("""
    ca cirka omkring før inden efter senest tidligst siden ultimo primo medio mellem fra til
""")
