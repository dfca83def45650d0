"""What the reader and the command line say to the caseworker."""

from __future__ import annotations

#: Why a file could not be read, and what to do.
UNREADABLE = {
    "missing": "Filen »{name}« findes ikke. Kontrollér navnet.",
    "empty": "Filen »{name}« er tom. Vælg en anden fil.",
    "too_big": "Filen »{name}« fylder over {limit} MB. Send den i mindre dele.",
    "too_heavy": "Filen »{name}« er for tung at læse. Gem den som en almindelig PDF, og prøv igen.",
    "encrypted": "Filen »{name}« er låst med adgangskode. Gem den uden adgangskode, og prøv igen.",
    "damaged": "Filen »{name}« er beskadiget og kan ikke åbnes. Hent den på ny, og prøv igen.",
    "old_word": "Filen »{name}« er i et ældre format. Gem den som DOCX eller PDF, og prøv igen.",
    "scan": (
        "Filen »{name}« er indscannet og har ingen tekst, der kan læses automatisk. "
        "Den bliver gemt som bilag, men et menneske skal læse den igennem."
    ),
    "no_recognition": (
        "Filen »{name}« er indscannet, og her er ikke installeret noget, der kan læse scanninger. Den bliver "
        "gemt som bilag, men et menneske skal læse den igennem. Til driften: installér pakkerne "
        "tesseract-ocr, tesseract-ocr-dan og poppler-utils, og send filen igen."
    ),
    "illegible": (
        "Filen »{name}« er indscannet, men teksten kan ikke læses. Den bliver gemt som bilag, "
        "men et menneske skal læse den igennem. Scan den eventuelt "
        "igen i sort-hvid og 300 dpi, og send den på ny."
    ),
    "unknown": "Filen »{name}« er hverken PDF, DOCX eller ren tekst. Gem den som PDF, og prøv igen.",
    "mismatch": "Filen »{name}« er ikke det, navnet siger. Gem den igen i det rigtige format, og prøv igen.",
}

WARNING, QUESTION = "Advarsel", "Spørgsmål"
NOTHING_FOUND = "Der er ikke fundet noget at advare om."
WHOLE_DOCUMENT = "hele dokumentet"
PAGE = "side {page}"
ADVICE = "Råd"
SOURCES = "Kilder"
BAD_LINE = "Linje {line}: skal være JSON med felterne »id« og »text«."

#: What is added about a page that was recognised from a picture.
SCANNED = "Siden er indscannet og læst maskinelt: hold citatet op mod papiret."
PARAGRAPHS_UNCONFIRMED = (
    "Henvisninger til paragraffer ({references}) er ubekræftede, for § læses ofte forkert."
)

#: Where two documents disagree: title and meaning of each.
DISAGREEMENTS = {
    "starts_later": (
        "Databehandleraftalen gælder fra en senere dag end kontrakten",
        "Databehandleraftalen gælder fra {dpa}, men kontrakten fra {contract}. Er der behandlet "
        "personoplysninger i tiden imellem, er det uden aftale.",
    ),
    "ends_earlier": (
        "Databehandleraftalen udløber før kontrakten",
        "Databehandleraftalen gælder til {dpa}, men kontrakten til {contract}. Er der behandlet "
        "personoplysninger i tiden imellem, er det uden aftale.",
    ),
    "other_cvr": (
        "Databehandleraftalen har et andet CVR-nummer end kontrakten",
        "Det ser ud til, at databehandleraftalen er indgået med en anden virksomhed end kontrakten.",
    ),
    "other_municipality": (
        "Står der en anden kommune i databehandleraftalen end i kontrakten?",
        "De to dokumenter nævner ikke den samme kommune som part.",
    ),
    "other_firm": (
        "Står der et andet firma i databehandleraftalen end i kontrakten?",
        "De to dokumenter nævner ikke det samme firma som part.",
    ),
}
SEEN_THERE = "I »{name}«, side {page}, står der: »{quote}«."
COMPARE_ADVICE = (
    "Læg de to dokumenter ved siden af hinanden, og find den gældende udgave af begge. Oplys "
    "uoverensstemmelsen åbent i svaret, hvis den er reel."
)

#: Page numbers that do not fit.
PAGES_TITLE = "Sidetallene passer ikke sammen"
PAGES_DIFFER = (
    "På side {page} i filen står der »{quote}«, men på side {other_page} står der »{other_quote}«. "
    "Siderne kan høre til to forskellige udgaver, eller der kan mangle sider."
)
PAGES_MISSING = "På side {page} i filen står der »{quote}«, men de sidste sider er der ikke."
PAGES_ADVICE = (
    "Find den underskrevne udgave. Kontrollér, at alle sider er med, og at siden med underskrifter hører til."
)

#: CPR numbers in a file.
CPR_TITLE = "Der står CPR-numre i filen"
CPR_MEANING = (
    "Der er fundet {count} {numbers} i filen ({places}). Numrene er ikke gemt hos mig og vises ikke."
)
CPR_COUNTED = ("CPR-nummer", "CPR-numre")
CPR_PAGES = ("side {pages}", "siderne {pages}")
CPR_ADVICE = "Skal numrene ikke med til styrelsen, så stryg dem, og læg filen op igen uden dem."

#: Citizens' names in a file.
CITIZEN_TITLE = "Kan en borger være nævnt i filen?"
CITIZEN_MEANING = "Der står noget, som kan være en borgers navn ({places})."
CITIZEN_ADVICE = "Er det en borger, og hører navnet ikke med, så stryg det, og læg filen op igen uden det."

#: The report to take to a meeting.
REPORT_TITLE = "Gennemgang af »{name}«"
REPORT_ABOUT = (
    "Læst den {date} af høringsassistenten. Dokumentet har {pages} side.",
    "Læst den {date} af høringsassistenten. Dokumentet har {pages} sider.",
)
REPORT_SUMMARY = "Advarsler: {warnings}. Spørgsmål, hvor assistenten er i tvivl: {questions}."
REPORT_GROUPS = {"high": "Alvorlige forhold", "medium": "Forhold, I bør se på", "low": "Mindre forhold"}
REPORT_ENDING = "Gennemgangen er lavet maskinelt. Den erstatter ikke en jurists læsning og kan overse noget."
