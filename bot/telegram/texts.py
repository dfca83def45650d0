"""All Danish that the Telegram front end itself says; everything else comes from the dialogue."""

from __future__ import annotations

NOT_STORED = "Din besked kunne ikke gemmes lige nu. Jeg prøver igen, til det lykkes. Du skal ikke sende den én gang til."
FAILED = "Der skete en fejl hos mig, og din besked er ikke behandlet. Prøv igen, eller skriv «status»."
FILE_NOT_FETCHED = "Jeg kunne ikke hente filen fra Telegram. Den er ikke gemt. Send den igen."
FILE_TOO_LARGE_TO_SEND = "Filen «{name}» er for stor til at sende gennem Telegram."
NOT_DELETED = "Jeg kunne ikke slette din besked her i chatten. Slet den selv."
ONLY_PRIVATE = (
    "En høringssag hører til i en privat chat, så ingen andre ser svarene. Skriv til mig direkte. "
    "Jeg forlader denne gruppe nu."
)
MORE_BUTTONS = "Flere valgmuligheder:"
UNNAMED_FILE = "fil"
PHOTO_NAME = "billede.jpg"

# For the operator
TOKEN_REFUSED = "Telegram kender ikke tokenet. Ret HOERING_TELEGRAM_TOKEN."  # noqa: S105 - a message
SECRET_MISSING = "En webhook skal have en hemmelighed. Sæt HOERING_TELEGRAM_WEBHOOK_SECRET."  # noqa: S105
WEBHOOK_REFUSED = "Telegram afviste webhookens adresse. Ret HOERING_TELEGRAM_WEBHOOK_URL."
