"""The Danish words that letters of every hearing share; a hearing's own words are in its definition."""

from __future__ import annotations

DRAFT = "UDKAST"
#: The parts of "Side 1 af 3", which the renderers set with the program's own page numbers.
PAGE, PAGE_OF = "Side", "af"

OUR_JOURNAL_NUMBER = "J.nr."
THEIR_JOURNAL_NUMBER = "Jeres j.nr."
PHONE = "Tlf."
ATTENTION = "Att."
NO_REQUEST_DATE = "[henvendelsens dato mangler]"

AD = "Ad {number}."
#: An open point where the letter does not repeat the question just above it.
OPEN_ABOUT = "{open_point} Spørgsmål: {ask}"
OPTIONAL = "Det kan udelades."

YES, NO = "Ja", "Nej"
UNKNOWN = "Ved ikke"
NONE = "Ingen"

KRONER = "kr."
VAT_INCLUDED, VAT_EXCLUDED = "inkl. moms", "ekskl. moms"

#: How an answer reads where the definition gives no words of its own.
NO_COPIES = "Der er ikke vedlagt kopi."
NOTHING_TO_GIVE = "Det er der ikke noget at oplyse om."
#: A point that no answer was required to, and none given.
LEFT_OPEN = "Kommunen har ikke besvaret dette punkt."
#: A quoted point that the other answers made irrelevant.
NOT_RELEVANT = "Punktet er ikke aktuelt, jf. svarene ovenfor."
NOT_KNOWN = "Det har kommunen ikke oplysninger om."
COPIES_ENCLOSED = "Følgende er vedlagt:\n{list}"
ENCLOSED_AS = "{title} er vedlagt som {answer}."
TITLED_ENCLOSURE = "{title} ({enclosure})"

#: Stands in the PDF for characters that none of its fonts has.
NO_GLYPH = "[tegn {characters}]"

ENCLOSURE = "bilag"
#: Stands before an enclosure's title in the list of enclosures.
ENCLOSURE_LABEL = "Bilag {number}:"

#: Counts that are written as words inside a sentence, from none up.
NUMBERS = ("nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")

#: A beginning that denies is shared with "eller", any other with "og".
DENIALS = frozenset({"ikke", "hverken", "ingen", "aldrig"})
AND, OR = "og", "eller"

#: Words that go on from the sentence before, after a comma: "Ja, men kun i to sager."
GOES_ON = frozenset(
    {
        *("men", "dog", "og", "samt", "idet", "fordi", "da", "eftersom", "for", "mens", "indtil", "kun"),
        *("hvor", "hvoraf", "hvilket", "heraf", "herunder", "bortset", "undtagen", "nemlig", "jf."),
        *("især", "primært", "hovedsageligt", "dels", "både", "fx", "f.eks."),
    }
)
PREPOSITIONS = frozenset({"af", "efter", "fra", "hos", "i", "med", "på", "til", "uden", "under", "ved"})
#: What begins a clause that only tells more of the word before it.
RELATIVES = frozenset({"der", "som", "hvis", "hvor", "at", "når", "fordi", "da"})
#: Verbs that make a main clause of the words they stand among.
FINITE_VERBS = frozenset(
    {
        *("er", "var", "har", "havde", "bliver", "blev", "skal", "skulle", "kan", "kunne", "vil", "ville"),
        *("må", "måtte", "bør", "får", "fik", "gør", "gjorde", "går", "gik", "giver", "gav", "tager", "tog"),
        *("holder", "holdt", "hedder", "hed", "kommer", "kom", "ser", "siger", "sagde", "står", "stod"),
        *("ligger", "lå", "finder", "fandt", "findes", "fandtes", "sker", "skete", "skriver", "skrev"),
        *("bruger", "bruges", "beregnes", "betales", "betaler", "ejer", "ejes"),
        *("fremgår", "fremgik", "udgør", "udgjorde", "gælder", "gjaldt", "omfatter", "løser"),
        *("består", "bestod", "sluttede", "slutter", "begyndte", "begynder", "starter"),
        *("arbejder", "arbejdede", "deltager", "deltog", "forventer", "forventede", "forventes"),
        *("vidste", "viser", "viste", "vælger", "vurderer"),
        *("traf", "træffer", "tilbød", "tilbyder", "modtager", "modtog", "anvender", "anvendes"),
        *("indgik", "indgår", "lader", "lod", "undersøger", "vedlægger", "vedlagde", "vedlægges"),
    }
)

#: Where in a letter a change is, outside its headings.
PLACE_HEAD = "Brevhoved"
PLACE_END = "Afslutning og underskrift"
