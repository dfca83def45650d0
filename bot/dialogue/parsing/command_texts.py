"""The words of the commands: their names after a slash, what they are told by, what they do."""

from __future__ import annotations

#: By the command's name; Telegram takes small ASCII letters, digits and underscores.
SLASHES = {
    "start": "start",
    "status": "status",
    "open_points": "mangler",
    "back": "tilbage",
    "skip": "spring",
    "edit": "ret",
    "add": "tilfoej",
    "findings": "advarsler",
    "letter": "brev",
    "pictures": "sider",
    "bundle": "samlet",
    "submit": "indsend",
    "review": "gennemgang",
    "approve": "godkend",
    "return": "returner",
    "sent": "sendt",
    "profile": "oplysninger",
    "invite": "inviter",
    "cases": "sager",
    "pause": "pause",
    "resume": "fortsaet",
    "help": "hjaelp",
}

DESCRIPTIONS = {
    "start": "Begynd, eller se, hvor du er kommet til",
    "status": "Se, hvor langt sagen er",
    "open_points": "Se de spørgsmål, der mangler svar",
    "back": "Gå tilbage til spørgsmålet før",
    "skip": "Spring spørgsmålet over for nu",
    "edit": "Ret et svar, for eksempel /ret 5",
    "add": "Tilføj noget til dit seneste svar",
    "findings": "Se advarslerne i sagen",
    "letter": "Hent svarbrevet, som det ser ud nu",
    "pictures": "Se brevets sider som billeder",
    "bundle": "Hent hele svaret med bilag, som PDF og ZIP",
    "submit": "Send sagen til godkendelse",
    "review": "Gennemgå svarene som teamleder",
    "approve": "Godkend et svar som teamleder",
    "return": "Send et svar retur med en kommentar",
    "sent": "Markér brevet som sendt (teamleder)",
    "profile": "Se eller ret kommunens oplysninger",
    "invite": "Invitér en kollega til sagen (teamleder)",
    "cases": "Se dine høringssager, og skift mellem dem",
    "pause": "Hold pause; dine svar er gemt",
    "resume": "Fortsæt, hvor du slap",
    "help": "Få hjælp til spørgsmålet",
}

PHRASES = {
    "start": ("start", "begynd", "hej", "hejsa", "hej med dig", "goddag", "dav", "godmorgen", "god morgen"),
    "status": ("status", "oversigt", "vis status", "hvor langt er jeg", "hvor langt er vi"),
    "open_points": ("mangler", "hvad mangler", "hvad mangler der", "liste", "mangelliste", "åbne spørgsmål"),
    "back": ("tilbage", "gå tilbage", "fortryd", "forrige", "forrige spørgsmål"),
    "skip": ("spring over", "spring", "senere", "svar senere", "næste", "næste spørgsmål"),
    "edit": ("ret", "rediger", "redigér", "ændre", "ændr", "ret svar", "ændre svar", "rediger svar"),
    "add": ("tilføj", "tilføj til svaret", "tilføjelse"),
    "findings": ("advarsler", "advarsel", "vis advarsler", "se advarsler"),
    "letter": ("brev", "brevet", "svarbrev", "svarbrevet", "udkast", "udkastet", "vis brev", "vis udkast"),
    "pictures": ("vis siderne", "se siderne", "sider", "siderne"),
    "bundle": ("samlet svar", "hele svaret", "svar med bilag", "hent samlet svar"),
    "submit": ("indsend", "send til godkendelse", "send ind", "til godkendelse", "aflever"),
    "review": ("gennemgå", "gennemgang", "gennemse"),
    "approve": ("godkend", "godkend alt", "godkend alle"),
    "return": ("returner", "returnér", "send retur", "send tilbage"),
    "sent": ("brevet er sendt", "svarbrevet er sendt", "markér som sendt", "marker som sendt"),
    "profile": ("oplysninger", "kommunens oplysninger", "stamoplysninger"),
    "invite": ("inviter", "invitér"),
    "cases": ("sager", "mine sager", "skift sag", "høringssager"),
    "pause": ("pause", "hold pause", "stop"),
    "resume": ("fortsæt", "videre", "genoptag"),
    "help": ("hjælp", "?", "hjælp mig", "kommandoer"),
}

#: What words that carry on an answer begin with.
ADDING = frozenset({"tilføj", "tilføjelse", "tilføjes"})

#: Short answers that are a slip away from a command.
ANSWERS = frozenset(
    {
        "stort",
        "smart",
        "stat",
        "mangel",
        "mange",
        "sagen",
        "brevene",
        "rettet",
        "gennemgået",
        "indsendt",
        "returneret",
    }
)
