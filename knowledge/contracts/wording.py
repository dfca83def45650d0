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
    "unknown": "Filen »{name}« er hverken PDF, DOCX eller ren tekst. Gem den som PDF, og prøv igen.",
    "mismatch": "Filen »{name}« er ikke det, navnet siger. Gem den igen i det rigtige format, og prøv igen.",
}

WARNING, QUESTION = "Advarsel", "Spørgsmål"
SEVERITIES = {"high": "alvorlig", "medium": "middel", "low": "mindre"}
NOTHING_FOUND = "Der er ikke fundet noget at advare om."
UNREAD_PAGES = "Disse sider har ingen tekst og er ikke læst: {pages}."
WHOLE_DOCUMENT = "hele dokumentet"
PAGE = "side {page}"
ADVICE = "Råd"
SOURCES = "Kilder"
BAD_LINE = "Linje {line}: skal være JSON med felterne »id« og »text«."
