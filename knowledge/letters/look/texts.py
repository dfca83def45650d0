"""All Danish that is said of a template or a profile that is brought."""

from __future__ import annotations

# Where something stands
BODY, HEADER, FOOTER, NOTES = "brødteksten", "sidehovedet", "sidefoden", "noterne"
IN_TABLE = "en tabel i {story}"
IN_TEXT_BOX = "en tekstboks i {story}"
AT = "{story} ved »{words}«"

# The file
NO_FILE = "Filen kan ikke læses. Se efter, at den findes, og at du har lov at læse den."
TOO_LARGE = "Filen fylder mere end {limit} MB. Gør billederne mindre, og gem den igen."
OLD_OR_LOCKED = (
    "Filen er et gammelt .doc-dokument eller låst med adgangskode. Gem den som .docx uden adgangskode."
)
NOT_WORD = "Filen er ikke et Word-dokument. Gem skabelonen som .docx eller .dotx."
DAMAGED = "Filen er beskadiget og kan ikke åbnes. Åbn den i Word, og gem den igen som .docx."
UNPACKS_TOO_LARGE = (
    "Filen er usædvanlig stor, når den pakkes ud. Gem skabelonen igen i Word uden indlejrede filer."
)
MACROS = "Skabelonen indeholder makroer. Gem den som .docx eller .dotx uden makroer."
EMBEDDED = "Skabelonen indeholder en indlejret fil eller et objekt ({part}). Slet objektet, og gem igen."
EXTERNAL = "Skabelonen henter noget udefra ({target}). Sæt billedet ind i selve dokumentet, eller fjern henvisningen."
TRACKED = "Skabelonen har registrerede ændringer. Acceptér eller afvis dem alle, og gem igen."
FIELDS = "Skabelonen har et felt, der henter indhold ({field}). Slet feltet."
PROTECTED = "Skabelonen er beskyttet mod redigering. Fjern beskyttelsen, og gem igen."

# The places
MISSING = "Pladsen {{{{{name}}}}} mangler: {what}. Skriv {{{{{name}}}}} dér, hvor det skal stå, eller sæt en indholdskontrol med mærket {name}."
UNKNOWN = "{where}: Pladsen {{{{{name}}}}} kendes ikke. Brug en af disse: {known}."
UNKNOWN_NEAR = "{where}: Pladsen {{{{{name}}}}} kendes ikke. Mente du {{{{{near}}}}}?"
UNCLOSED = "{where}: En plads begynder med {{{{ eller slutter med }}}}, men ikke begge dele. Skriv den som {{{{navn}}}}."
PLACEHOLDER = "{where}: Indholdskontrollen »{name}« kendes ikke, og dens vejledende tekst ville stå i brevet. Slet den, eller giv den et af disse mærker: {known}."
TWICE = "{where}: Pladsen {{{{{name}}}}} står der mere end én gang. Behold den ene."
NOT_BODY = "{where}: Pladsen {{{{{name}}}}} skal stå i selve brødteksten, ikke i tabel, tekstboks, sidehoved eller sidefod."
NOT_ALONE = "{where}: Pladsen {{{{{name}}}}} skal stå alene i sit afsnit. Flyt den øvrige tekst til afsnittet før eller efter."
NOT_HEADING = "{where}: Pladsen {{{{emne}}}} skal have typografien Overskrift 1, så emnet kan findes og læses op som overskrift."
WRONG_ORDER = "{where}: Pladsen {{{{{name}}}}} skal stå efter {{{{{before}}}}}."
NO_ALT_TEXT = "{where}: Billedet mangler alternativ tekst. Højreklik på det i Word, vælg »Rediger alternativ tekst«, og skriv for eksempel »Kommunens logo«."
TRIAL_FAILED = "Skabelonen kan ikke bruges til et brev: {why}. Prøv at gemme den igen i Word."
TRIAL_LOST = "ord fra brevet forsvandt (»{words}«)"
TRIAL_BROKE = "den kan ikke udfyldes"

#: What stands at a place, for the message that it is missing.
PLACES = {
    "kommune": "kommunens navn",
    "afdeling": "afdelingens navn",
    "kontakt": "kommunens adresse, telefon, e-mail og hjemmeside",
    "modtager": "myndighedens navn og adresse",
    "dato": "brevets dato",
    "journalnummer": "kommunens journalnummer",
    "jeres_journalnummer": "myndighedens journalnummer",
    "emne": "brevets emne",
    "brev": "selve svaret",
    "underskrift": "hilsen og underskrift",
    "bilag": "bilagslisten",
    "udkast": "mærket UDKAST",
}

# Remarks: the template can be used as it is
WITHOUT = "Pladsen {{{{{name}}}}} er der ikke. {instead}"
INSTEAD = {
    "underskrift": "Hilsen og underskrift sættes efter svaret.",
    "bilag": "Bilagslisten sættes efter underskriften.",
    "udkast": "Et udkast mærkes øverst på hver side.",
    "jeres_journalnummer": "Myndighedens journalnummer kommer ikke med i brevet.",
}
STYLES_ADDED = "Typografierne {styles} er ikke i skabelonen. De tages fra det almindelige brev."

# The profile
LOGO_UNREADABLE = "Logoet {file} kan ikke læses. Brug et billede som PNG eller JPEG."
LOGO_TOO_LARGE = (
    "Logoet {file} fylder mere end {limit} MB eller {pixels} millioner billedpunkter. Gem det mindre."
)
FONT_MISSING = "Skrifttypen »{family}« er ikke i mappen {folder}. Der er: {families}."
FONT_NONE = "ingen"
FONT_NOT_ALLOWED = (
    "Skriftfilen {file} må ifølge sin licens ikke lægges ind i dokumenter. Vælg en anden skrifttype."
)
BAD_COLOUR = 'Farven »{colour}« er forkert. Skriv den som seks tal eller bogstaver fra 0-9 og A-F, for eksempel "#0B5D3B".'
PALE_COLOUR = "Farven »{colour}« er for lys til tekst på hvidt papir (kontrast {contrast}:1; der kræves {least}:1). Vælg en mørkere."
UNKNOWN_DEPARTMENT = "Afdelingen »{name}« kendes ikke. Vælg en af disse: {known}."
NO_DEPARTMENTS = "Afdelingen »{name}« kendes ikke, for der er ingen afdelinger i kommunens profil."
NO_SIGNATORY = (
    "Der mangler en underskriver: skriv signatory i sagsfilen, eller giv afdelingen en i kommunens profil."
)
SAME_DEPARTMENT = "Afdelingen »{name}« står der mere end én gang. Slet den ene."
OF_FILE = "{file}: {problem}"
OF_LINE = "{file}, linje {line}: {problem}"
