"""All Danish that the command line and the server say to the operator."""

from __future__ import annotations

from bot.dialogue.buttons import Action

NO_FRONT_END = "Ingen forende er slået til. Sæt HOERING_TELEGRAM_TOKEN, eller lad HOERING_WEB være slået til."
WEB_UP = "Chatten kører på {address}"
TELEGRAM_UP = "Telegram-botten kører."
LOGIN_LINK = "Log ind som {role} ({name}): {address}/login/{token}"
LINKS_ONCE = "Hvert link virker én gang i {minutes} minutter. Nye links: genstart, eller «hoering invite»."
STOPPED = "Stoppet. Alt, hvad der er sagt «Gemt» til, er gemt."

ERROR = "Fejl: {message}"
UNKNOWN_CASE = "Sagen {case} findes ikke. Se sagerne med «hoering cases»."
CANNOT_WRITE = "{file} kan ikke læses eller skrives ({why}). Vælg en anden fil eller mappe."
WRITTEN = "Skrevet: {file}"
DATABASE_AWAY = (
    "Databasen svarer ikke ({why}). Kontrollér, at PostgreSQL kører, og at HOERING_DATABASE_URL er rigtig."
)
KEY_FILE_NEEDED = "Nøglen til en database ligger i en nøglefil, som alle maskiner har. Sæt store_key_file."
TWO_KEYS = "Angiv enten store_key eller store_key_file, ikke begge."
KEY_OF_ENVIRONMENT = "Hovednøglen står i indstillingen store_key. Sæt den nye nøgle forrest dér, med et mellemrum før den gamle, og start tjenesten igen."
KEY_ADDED = "En ny hovednøgle står forrest i {file}. Den gamle står efter den: gem en kopi, så længe der er sikkerhedskopier fra før i dag."
KEYS_REWRAPPED = "{count} nøgler er pakket om med den nye hovednøgle."
KEYS_FOLLOW = "Tjenesten kører og pakker selv nøglerne om inden for {seconds} sekunder. Loggen fortæller, når det er sket."
OLD_KEYS_FORGOTTEN = "Kun den nyeste hovednøgle står nu i {file}."
INTERRUPTED = "Afbrudt."
SERVICE_STOPPED = "Tjenesten stoppede, før kommandoen var færdig. Kør den igen."
COMMAND_FAILED = "Kommandoen gik galt ({error}). Loggen fortæller hvor; den kan køres igen."

# replay
REFUSED_ANSWER = "Svaret på {question} blev afvist: {why}"
MISREAD_ANSWER = "det blev læst som «{read}». Skriv det mere entydigt"
NOT_ASKED = "Bemærk: {question} stilles ikke, når de andre svar er sådan. Svaret er ikke brugt."
FILE_MISSING = "filen {file} findes ikke ved siden af sagsfilen"
NOT_APPROVED = "Brevet kan ikke godkendes: {why}"
TRANSCRIPT_TITLE = "# Samtale: {title}"
SPEAKER_ASSISTANT = "Assistenten"
SENT_FILE = "sender filen {name}"
PRESSED = "trykker «{label}»"
NONE_BECAUSE = "Ingen, fordi {reason}"
ACTIONS = {
    Action.EDIT: "Gå til spørgsmålet",
    Action.DONE: "Færdig med filer",
    Action.STORE_ANYWAY: "Gem alligevel",
    Action.SUBMIT: "Send til godkendelse",
    Action.APPROVE_ALL: "Godkend alle",
    Action.APPROVE_CASE: "Godkend hele besvarelsen",
}

# risks
RISK_LINE = "{severity}: {title}\n  {where}«{quote}»\n  {meaning}\n  Det kan du gøre: {advice}\n"
RISK_LINE_WHOLE = "{severity}: {title}\n  {meaning}\n  Det kan du gøre: {advice}\n"
RISK_PAGE = "Side {page}: "
RISKS_NONE = "Ingen risikable vilkår fundet på {pages} sider. Læs kontrakten alligevel."
RISKS_COUNT = "{count} forhold fundet på {pages} sider."
RISKS_PROGRESS = "Læser indscannet side {page} af {pages} ..."
RISKS_UNREAD = "Bemærk: side {pages} har ingen tekst, der kunne læses."
SEVERITIES = {"high": "ALVORLIG", "medium": "ADVARSEL", "low": "BEMÆRK"}
SUSPECTED = "SE EFTER"
CATALOGUE_SOUND = "Kataloget er i orden: {risks} risici og {concepts} begreber."
CLAUSES_WRITTEN = "{count} tekster er mærket. Skrevet: {file}"

# open, invite, cases
OPENED = "Sagen {case} er åbnet."
INVITED = "Invitation til {name} ({role}), god i {days} dage:"
INVITE_TELEGRAM = "  Telegram: https://t.me/<botnavn>?start={token}"
INVITE_WEB = "  Browser: {address}/login/{token}"
CASE_LINE = "{case}  {state}  {municipality}  {title}"
ERASED_CASE_LINE = "{case}  {state}"
DAMAGED = (
    "1 sag er beskadiget og kan ikke læses. Se hvilken med «hoering verify».",
    "{count} sager er beskadiget og kan ikke læses. Se hvilke med «hoering verify».",
)

# letter template check
TEMPLATE_GOOD = "{file}: Skabelonen kan bruges."
PROFILE_GOOD = "{file}: Profilen kan bruges."
REMARK = "Bemærk: {remark}"

# usage
RISKS_WHAT = "Angiv en kontrakt, eller brug --clauses IND.jsonl UD.jsonl."
NO_SUCH_OPTION = "Valget {option} findes ikke."
NO_COMMAND = "Der mangler en kommando."
NO_SUCH_COMMAND = "Den kommando findes ikke."
MISSING = "{name} mangler."
BAD = "{name} er forkert: {value}"
SEE_HELP = "{problem} Se «{command} --help»."
CPR_IN_NAME = "Navnet indeholder et CPR-nummer. Ingen er inviteret. Skriv navnet uden."
