"""Danish words that the pages' logic chooses between; all other Danish of the web stands in the templates."""

from bot.dialogue.buttons import Action
from bot.dialogue.messages import Tone
from knowledge.findings import Severity, Tier
from storage.case import AnswerState

SEVERITY = {
    Tier.WARNING: {
        Severity.HIGH: "Alvorlig advarsel",
        Severity.MEDIUM: "Middel advarsel",
        Severity.LOW: "Mindre advarsel",
    },
    Tier.QUESTION: {
        Severity.HIGH: "Se efter: alvorligt",
        Severity.MEDIUM: "Se efter: middel",
        Severity.LOW: "Se efter: mindre",
    },
}
TONES = {
    Tone.QUESTION: "",
    Tone.SAVED: "gemt",
    Tone.WARNING: "advarsel",
    Tone.ERROR: "ikke gemt",
    Tone.NOTICE: "",
}

YOU, ASSISTANT, SOMEONE = "Du", "Assistenten", "Kollega"
#: What stands in the chat for a message without words of its own.
ATTACHED = "Vedhæftet: {name}"
PRESSED = {
    Action.EDIT: "Gå til spørgsmålet",
    Action.ACKNOWLEDGE: "Taget til efterretning",
    Action.DISPUTE: "Advarslen er forkert",
    Action.CORRECT: "Ret svaret",
    Action.SUBMIT: "Send til godkendelse",
    Action.CASE: "Skift sag",
}
PRESSED_UNKNOWN = "(knap)"
REMOVED = "(Beskeden er fjernet, fordi den indeholdt et CPR-nummer.)"
COULD_NOT_STORE = "Svaret kunne ikke gemmes lige nu. Det, du skrev, er ikke modtaget. Send det igen om lidt."

#: The review page's filters: the word in the address, its label, and the states it shows.
FILTERS: dict[str, tuple[str, frozenset[AnswerState]]] = {
    "alle": ("Alle", frozenset(AnswerState)),
    "afventer": ("Til godkendelse", frozenset({AnswerState.ANSWERED})),
    "returneret": ("Sendt tilbage", frozenset({AnswerState.RETURNED})),
    "mangler": ("Mangler", frozenset({AnswerState.OPEN, AnswerState.SKIPPED, AnswerState.REOPENED})),
    "godkendt": ("Godkendt", frozenset({AnswerState.APPROVED})),
}

#: Title and explanation of the pages shown where something cannot be done, by HTTP status.
ERRORS = {
    400: (
        "Siden kunne ikke vises",
        "Adressen eller formularen er ikke rigtig. Gå til forsiden, og prøv igen.",
    ),
    403: (
        "Det har du ikke adgang til",
        "Formularen er for gammel, eller du har ikke adgang. Gå til forsiden, og prøv igen.",
    ),
    404: ("Siden findes ikke", "Adressen er forkert, eller siden er flyttet."),
    405: ("Det kan siden ikke", "Gå til forsiden, og prøv igen derfra."),
    413: (
        "Det var for meget på én gang",
        "Filerne eller teksten fylder for meget. Send færre filer ad gangen, eller del teksten op.",
    ),
    500: (
        "Der skete en fejl",
        "Fejlen er ikke din. Det, du så, at assistenten sagde «Gemt» til, er gemt. Prøv igen om lidt.",
    ),
    503: ("Svaret er ikke gemt", COULD_NOT_STORE),
}
LOGIN_NEEDED = (
    "Du er ikke logget ind",
    "Brug linket i din invitation, eller bed din teamleder om et nyt. Er du allerede logget ind, så gå til forsiden.",
)
LOGIN_REFUSED = (
    "Linket virker ikke",
    "Linket er brugt, udløbet eller forkert. Bed din teamleder om et nyt.",
)

# For whoever starts the assistant
URL_NEEDED = "Når web_host er alle adresser, skal web_url angive den adresse, som folk bruger."
CANNOT_LISTEN = "Chatten kan ikke lytte på {where} ({why}). Vælg en anden web_port, eller stop det program, der bruger den."
