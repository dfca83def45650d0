"""All Danish of the papers beside the letter."""

from __future__ import annotations

from knowledge.findings import Severity

# Marks in a draft
NOT_APPROVED = "Svaret er ikke godkendt endnu."
RETURNED = "Sendt tilbage: {comment}"
REOPENED = "Svaret skal ses igen, fordi et andet svar er ændret."
OPEN_FINDING = "Åben advarsel: {title}"
ABOUT_ANSWER = "«{ask}»: {remarks}"
NONE_APPROVED = "Ingen af svarene er godkendt endnu."

# The cover sheet
COVER_FILE = "intern-oversigt.pdf"
COVER_TITLE = "Oversigt over udkastet"
COVER_NOTICE = "Kun til intern brug. Oversigten hører ikke til svarbrevet og må ikke sendes med."
COVER_ABOUT = "{title}\n{municipality}{journal}. Pr. {day}. Sagen er {state}."
COVER_JOURNAL = ", J.nr. {number}"
COVER_NOTHING = "Der mangler ikke noget. Brevet er et udkast, til hele besvarelsen er godkendt."
COVER_FACTS = "Oplysninger, der mangler i brevet ({count})"
COVER_OPEN = "Punkter, der mangler svar ({count})"
COVER_UNAPPROVED = "Svar, der ikke er godkendt ({count})"
COVER_FINDINGS = "Åbne advarsler ({count})"
COVER_COPIES = "Kopier, høringen beder om, og som ikke er vedlagt ({count})"
POINT_OPEN = "{ask} ({state})"
POINT_OPTIONAL = "{ask} ({state}; kan udelades)"
POINT_BY = "{ask} ({name})"
POINT_RETURNED = "{ask} (sendt tilbage: {comment})"
FINDING = "{severity}: {title}. {place}Det kan du gøre: {advice}"
FINDING_ABOUT = "Om «{ask}». "
SEVERITIES = {Severity.HIGH: "Alvorlig", Severity.MEDIUM: "Middel", Severity.LOW: "Mindre"}
COPY = "«{asked}»: {reason}"
COPY_MISSING = "ikke vedlagt"

# What changed since the last final letter
CHANGES_FILE = "aendringer-siden-version-{version}.pdf"
CHANGES_TITLE = "Ændringer i svarbrevet siden version {version}"
CHANGES_ABOUT = (
    "{title}\n{municipality}. Version {version} blev lavet den {day}. Den sammenlignes med {now}.\n"
    "I kolonnen «Før» er det udgåede streget over. I kolonnen «Nu» er det nye understreget og fremhævet."
)
CHANGES_NOW_DRAFT = "udkastet, som det ser ud den {day}"
CHANGES_NOW_FINAL = "version {version}"
CHANGES_NOTICE = "Kun til intern brug. Sammenligningen hører ikke til svarbrevet."
CHANGES_COUNT = ("Ét sted er ændret.", "{count} steder er ændret.")
CHANGES_NONE = "Brevets ord er ikke ændret."
CHANGES_HEADER = ("Sted", "Før", "Nu")
NOTHING_HERE = "(intet)"

PAGE_FILE = "side-{page}.png"

# The whole reply in one
BUNDLE_FILE = {True: "udkast-samlet-svar", False: "samlet-svar"}
LETTER_TITLE = "Svarbrev"
ENCLOSURE = "Bilag {number}"
ENCLOSURE_TITLE = "Bilag {number}: {title}"
STAMP = "Bilag {number} · side {{page}} af {{pages}}"
IN_ZIP_LETTER = "01 Svarbrev.pdf"
IN_ZIP_OVERVIEW = "02 Bilagsoversigt.pdf"
IN_ZIP_ENCLOSURE = "Bilag {number:02} - {name}{ending}"
OVERVIEW_TITLE = "Bilagsoversigt"
OVERVIEW_DRAFT = "UDKAST"
OVERVIEW_ABOUT = "{subject}\n{sender}. {references}"
OVERVIEW_HEADER = ("Bilag", "Titel", "Fil", "Sider", "Fra side")
OVERVIEW_FROM = "«Fra side» er siden i den samlede PDF."
OVERVIEW_EMPTY = "Der er ingen bilag til svarbrevet."
OWN_FILE = "egen fil"
NOT_ENCLOSED = "Ikke vedlagt"
REASONS = {
    "kind": "Bilag {number} («{name}») er af en slags, der ikke kan lægges ind i den samlede PDF. Det ligger som egen fil i ZIP-filen.",
    "encrypted": "Bilag {number} («{name}») er låst med en adgangskode. Modtageren kan ikke åbne det. Gem filen uden adgangskode, og send den igen.",
    "damaged": "Bilag {number} («{name}») er beskadiget og kan ikke læses. Find filen frem, gem den igen som PDF, og send den igen.",
    "too_heavy": "Bilag {number} («{name}») er for tungt at lægge ind i den samlede PDF. Det ligger som egen fil i ZIP-filen.",
    "too_many_pages": "Bilag {number} («{name}») har for mange sider til den samlede PDF. Det ligger som egen fil i ZIP-filen.",
    "gone": "Bilag {number} («{name}») kan ikke hentes fra lageret. Send filen igen.",
}
NOT_JOINED = "Den samlede PDF kunne ikke laves: bilagene er for store. Brug ZIP-filen."
TOO_LARGE = (
    "{what} fylder {size} MB. Digital Post tager højst {limit} MB pr. meddelelse. Del svaret i flere meddelelser, eller "
    "send bilagene på anden sikker måde."
)
TOO_MANY_FILES = (
    "Der er {count} filer i svaret. Digital Post tager højst {limit} vedhæftede filer pr. meddelelse. Send den samlede PDF "
    "i stedet for filerne enkeltvis."
)
THE_PDF, THE_ZIP = "Den samlede PDF", "ZIP-filen"
COPIES_MISSING = "Høringen beder om kopier, som ikke er vedlagt:\n{asks}"
LISTED = "• {line}"
