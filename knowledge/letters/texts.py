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
NOT_KNOWN = "Det har kommunen ikke oplysninger om."
COPIES_ENCLOSED = "Følgende er vedlagt:\n{answer}"
ENCLOSED_AS = "{title} er vedlagt som {answer}."
TITLED_ENCLOSURE = "{title} ({enclosure})"

#: Stands in the PDF for characters that none of its fonts has.
NO_GLYPH = "[tegn {characters}]"

ENCLOSURE = "bilag"
#: Stands before an enclosure's title in the list of enclosures.
ENCLOSURE_LABEL = "Bilag {number}:"

#: Words that go on from the sentence before, after a comma: "Ja, men kun i to sager."
GOES_ON = frozenset(
    {
        *("men", "dog", "og", "samt", "idet", "fordi", "da", "eftersom", "for", "mens", "indtil", "kun"),
        *("hvor", "hvoraf", "hvilket", "heraf", "herunder", "bortset", "undtagen", "nemlig", "jf."),
        *("især", "primært", "hovedsageligt", "dels", "både", "fx", "f.eks."),
    }
)
PREPOSITIONS = frozenset({"af", "efter", "fra", "hos", "i", "med", "på", "til", "uden", "under", "ved"})
