"""All Danish of keeping the store: what its commands say, and the words of receipt, trail and export."""

from __future__ import annotations

from storage.looks import LookKind

COUNTS = (
    "Sager: {cases} (heraf slettet: {erased}). Hændelser: {events}. Opslag: {looks}. Filer: {files}."
    " Personer: {people}."
)
SEAL = "Kontrolsum over alle kæder: {seal}"
SO_FAR = "{cases} sager …"
BROKEN = "Brudt: {what}"
BACKED_UP = "Sikkerhedskopien er skrevet: {file}"
BACKUP_LACKS = "Advarsel: {count} ting kunne ikke læses og mangler i kopien. Kør «hoering verify»."
VERIFIED = "Alt er, som det blev gemt."
VERIFY_FAILED = "{count} ting er ikke, som de blev gemt. Gendan dem fra en sikkerhedskopi."
NOT_EMPTY = "{place} er ikke tom. Vælg en mappe, der ikke findes eller er tom. Intet er ændret."
RESTORED = "Lageret er gendannet i {place}."
RESTORE_KEY = "Hovednøglen mangler: angiv --key FIL, eller indstillingen store_key_file eller store_key."
KEY_NEEDED = "En sikkerhedskopi skal have en hovednøgle: angiv store_key_file eller store_key."
MIGRATED = "Alt er flyttet til {place}. Kontrollér det med «hoering verify», før det gamle lager slettes."
MIGRATE_KEY = "Angiv med --key den nøglefil, databasen skal forsegles med, f.eks. lagerets egen."
MIGRATE_SAME = "Lageret er allerede i {place}."
ERASE_SURE = "Slet sag {case} for altid? Det kan ikke fortrydes"
ERASED = "Sag {case} er slettet. Kvittering: {file}"
ERASE_DAMAGED = (
    "Sag {case} er beskadiget og kan ikke læses. Gendan den fra en sikkerhedskopi, hvis den skal bruges."
    " Skal den slettes, så kør igen med --damaged; kvitteringen kan da ikke fortælle alt."
)
ERASE_CPR = "Begrundelsen ser ud til at indeholde et CPR-nummer. Skriv den uden."
RETENTION_OFF = "Ingen opbevaringsperiode er sat. Sæt f.eks. keep_sent_days i indstillingerne."
RETENTION_LINE = "{case}: {state} siden {day}, opbevares {days} dage"
RETENTION_NONE = "Ingen sager er over deres opbevaringsperiode."
RETENTION_DRY = (
    "1 sag er over sin opbevaringsperiode. Intet er slettet: kør igen med --erase --out MAPPE.",
    "{count} sager er over deres opbevaringsperiode. Intet er slettet: kør igen med --erase --out MAPPE.",
)
RETENTION_REASON = "Opbevaringsperioden på {days} dage for sager, der er {state}, er udløbet."
RETENTION_OUT = "Angiv med --out, hvor kvitteringerne skal skrives."
EXPORTED = "Skrevet: {file}"

OPERATOR = "driften ({name})"
RECEIPT_NAME = "kvittering-{case}"
RECEIPT_DAMAGED = (
    "Sagen var beskadiget og kunne ikke læses: kvitteringen gengiver, hvad sagslisten sagde om den."
    " Opslag og filer er slettet uden at blive talt.\n"
)
RECEIPT = """KVITTERING FOR SLETNING

Sag:            {case}
Høring:         {hearing}
Åbnet:          {opened_at}
Tilstand:       {state}
Slettet:        {erased_at}
Slettet af:     {erased_by}
Begrundelse:    {reason}

Slettede hændelser:              {events}
Slettede opslag i sporet:        {looks}
Slettede filer:                  {files}
{damage}Hændelsernes sidste kontrolsum:  {last_hash}
Opslagenes sidste kontrolsum:    {looks_hash}

Kvitteringen indeholder intet af sagens indhold. Har man en fil, kan man regne efter, om den var med:
HMAC-SHA256 af filens SHA-256 (som tekst) med saltet {salt}.
{file_lines}"""

LOOKS = {
    LookKind.CHAT: "så sagen i chatten",
    LookKind.OVERVIEW: "så oversigten",
    LookKind.LETTER: "så svarbrevet",
    LookKind.REPLY: "så hele besvarelsen",
    LookKind.FILE: "åbnede filen {about}",
    LookKind.TEXT: "læste teksten i filen {about}",
    LookKind.REPORT: "så gennemgangen af filen {about}",
    LookKind.EXPORT: "eksporterede sagen",
    LookKind.AUDIT: "læste revisionssporet",
}
EVENTS = {
    "opened": "åbnede sagen",
    "profile_changed": "ændrede sagens oplysninger",
    "member_added": "lukkede {name} ind som {role}",
    "answered": "besvarede «{point}»",
    "skipped": "sprang «{point}» over",
    "reopened": "åbnede igen: {points}",
    "file_added": "tilføjede filen {name}",
    "file_read": "læste filen {file} igennem",
    "text_kept": "gemte teksten fra filen {file}",
    "finding_acknowledged": "tog en advarsel til efterretning: {reason}",
    "finding_disputed": "meldte en advarsel forkert: {reason}",
    "asked": "blev spurgt af assistenten",
    "turned": "gik til «{point}»",
    "paused": "holdt pause",
    "submitted": "sendte svarene til godkendelse",
    "approved": "godkendte: {points}",
    "returned": "sendte «{point}» tilbage: {comment}",
    "case_approved": "godkendte hele besvarelsen",
    "letter_made": "lavede svarbrevet",
    "sent": "markerede svarbrevet som sendt",
    "erased": "slettede sagen: {reason}",
}
TRAIL_LINE = "{time}  {name}  {what}"
NOBODY = "ingen"
TIME = "%d.%m.%Y kl. %H.%M.%S"

RECORD_TITLE = "Sagens svar og historik"
RECORD_ABOUT = "{title}, {municipality}. Sag {case}, J.nr. {journal}, {state}."
RECORD_NOTICE = "Internt dokument: indeholder alle versioner af alle svar."
RECORD_ANSWERS = "Svar"
RECORD_POINT = "{number} {ask}"
RECORD_OPEN = "Ikke besvaret."
RECORD_FINDINGS = "Advarsler"
RECORD_ACKNOWLEDGED = "{title}. Taget til efterretning af {name} {time}: {reason}"
RECORD_DISPUTED = "{title}. Meldt forkert af {name} {time}: {reason}"
RECORD_OPEN_FINDING = "{title}. Ikke taget stilling til."
RECORD_FILES = "Filer"
RECORD_FILE = "{name} ({size} byte), SHA-256 {file}"
RECORD_TRAIL = "Hændelser og opslag"
RECORD_VERSIONS = ("Tidspunkt", "Hvem", "Svar")
RECORD_TRAIL_HEADER = ("Tidspunkt", "Hvem", "Hvad")
