"""All Danish that the dialogue says, in one place. Braces are filled in by `screens` and its callers."""

from __future__ import annotations

from knowledge.findings import Severity
from knowledge.letters.profile import LetterStyle
from storage.case import AnswerState, CaseState
from storage.events import Role


def counted(forms: tuple[str, str], count: int, **words: object) -> str:
    """The first form for one, the second for any other count."""
    return forms[count != 1].format(count=count, **words)


# Who is who
REFUSED = (
    "Jeg kan desværre ikke hjælpe dig her. Har du fået en invitation, så brug linket i den, "
    "eller spørg din teamleder om et nyt."
)
INVITATION_REFUSED = "Linket er brugt, udløbet eller forkert. Bed din teamleder om et nyt."
WELCOME = "Velkommen, {name}. Du er nu med i sagen som {role}."
INTRO = (
    "Jeg stiller høringens spørgsmål ét ad gangen og gemmer hvert svar. Du kan til enhver tid skrive "
    "«hjælp», «status», «tilbage» eller «brev», og du kan holde pause og fortsætte, når det passer dig."
)
NO_CASE = "Du er ikke med i nogen sag endnu. Brug linket i din invitation."
CASE_DAMAGED = "Sagen kan ikke læses: noget af det, der er gemt, er ikke, som det blev skrevet. Sig det til dem, der driver assistenten. De kan gendanne den fra en sikkerhedskopi. Dine andre sager finder du med /sager."
NOTHING_STORED = "Det, du sendte, er ikke gemt."
CASE_GONE = "Sagen findes ikke længere. Dine andre sager finder du med /sager."
OTHER_CASE = "Den knap hører til en sag, som du ikke er med i."
NOT_ALLOWED = "Det kan du ikke gøre som {role} i denne sag."
CHOOSE_CASE = "Hvilken sag vil du arbejde på?"
NOW_CASE = "Du arbejder nu på sagen: {title}."
ROLES = {Role.CASEWORKER: "sagsbehandler", Role.TEAM_LEAD: "teamleder"}

# What cannot be read
EMPTY = "Jeg modtog en tom besked. Skriv dit svar som tekst, eller send en fil."
UNREADABLE_KIND = "Den slags besked kan jeg ikke læse. Skriv dit svar som tekst, eller send en fil."
TOO_LONG = "Beskeden er på {length} tegn. Jeg kan højst tage imod {limit}. Del den op, eller send teksten som en fil."
FILE_TOO_LARGE = "Filen «{name}» er for stor. Jeg kan højst tage imod {limit} MB. Den er ikke gemt."
FILE_EMPTY = "Filen «{name}» er tom. Den er ikke gemt."
FILE_WRONG_KIND = (
    "Filen «{name}» kan jeg ikke tage imod. Send den som PDF, Word, Excel, tekst eller billede (JPEG, PNG)."
)
FILE_NOT_WHAT_IT_SAYS = (
    "Filen «{name}» er ikke det, navnet siger. Den er ikke gemt. Åbn den, gem den igen som PDF, og send den."
)
UNKNOWN_BUTTON = "Den knap kender jeg ikke. Her er, hvor vi er:"
STALE_BUTTON = "Den knap er fra tidligere, og svaret er ændret siden. Her er, hvor vi er:"
NOT_UNDERSTOOD_EDIT = "Den besked, du har rettet, var ikke et gemt svar. Intet er ændret."
EDIT_OUTDATED = (
    "Svaret på «{ask}» er ændret siden den besked. Jeg har ikke rettet det. Brug «ret {number}», hvis du vil."
)
COULD_NOT_STORE = "Svaret kunne ikke gemmes lige nu. Send det igen om lidt."
ALREADY_HANDLED = "Den besked har jeg allerede modtaget. Her er, hvor vi er:"
CASE_CLOSED = "Sagen er {state}. Svarene kan ikke ændres mere."

# Personal data
CPR_STOPPED = (
    "Din besked indeholder et CPR-nummer. Den er ikke gemt. Slet nummeret, og send beskeden igen: "
    "svarbrevet må ikke vise CPR-numre."
)
CPR_IN_FILE_NAME = (
    "Filens navn indeholder et CPR-nummer. Filen er ikke gemt. Giv den et andet navn, og send igen."
)
_IN_LETTER = (
    "Inden jeg gemmer: Er der en borger i teksten? Jeg lagde mærke til {found}. "
    "Hører det hjemme i svarbrevet, så gem. Ellers skriv svaret uden."
)
_IN_CASE = (
    "Inden jeg gemmer: Er der en borger i teksten? Jeg lagde mærke til {found}. "
    "Hører det hjemme i sagen, så gem. Ellers skriv det uden."
)
#: By what the words are for (`guard.Words`).
PERSONAL_ASK = {
    "": _IN_LETTER,
    "+": _IN_LETTER,
    "b": "Inden jeg gemmer filen: Er der en borger i filens navn eller titel? Jeg lagde mærke til {found}. Navn og titel kan stå i bilagslisten. Hører det hjemme der, så gem. Ellers giv filen et andet navn, og send den igen.",
    "r": _IN_CASE,
    "f": _IN_CASE,
    "n": _IN_CASE,
}
PERSONAL_FOUND = "{kinds} ({quoted})"
PERSONAL_QUOTED = "«{words}»"
PERSONAL_KINDS = {
    "name": "et navn",
    "address": "en adresse",
    "phone": "et telefonnummer",
    "email": "en e-mail",
}
PERSONAL_KEEP = "Gem alligevel"
PERSONAL_DROP = "Jeg skriver det om"
PERSONAL_DROPPED = "Godt. Det er ikke gemt. Skriv eller send det igen uden oplysningerne."
PERSONAL_GONE = "Jeg har ikke beskeden mere. Den er ikke gemt. Send den igen."

# Answering
QUESTION_HEAD = "Spørgsmål {number} af {total}"
QUESTION_NUMBER = " · høringens punkt {number}"
FORMER_ANSWER = "Nuværende svar: {said}"
RETURNED_NOTE = "Sendt tilbage af {name}: {comment}"
REOPENED_NOTE = "Se på svaret igen, fordi svaret på «{ask}» er ændret."
SKIPPABLE = "Spring over"
EXAMPLE_BUTTON = "Vis et eksempel"
BACK_BUTTON = "Tilbage"
YES, NO, UNKNOWN = "Ja", "Nej", "Ved ikke"
KEEP_ANSWER = "Svaret gælder stadig"
FILES_DONE = "Færdig med filer"
GO_ON = "Gå videre"
GO_TO = "Gå til spørgsmålet"
SAVED = "Gemt: {said}"
SAVED_FILE = "Gemt: {name} som bilag til «{ask}»."
SAVED_COPY = "Filen «{name}» var allerede vedlagt. Den er ikke lagt ind igen."
KEPT = "Svaret står ved magt."
CUT = " …"
WITH_ITEM = "{ask} – {item}"
ADD_NOTE = "Uddyb gerne med en sætning eller to til svarbrevet, eller gå videre."
ASK_VAT = "Er beløbet med eller uden moms?"
VAT_OPTIONS = ("Inkl. moms", "Ekskl. moms", "Det fremgår ikke")
MORE_FILES = "Send flere filer, eller tryk «Færdig med filer»."
WHERE_FILE = "Filen «{name}» er gemt. Hvilket spørgsmål hører den til?"
NO_PLACE_FOR_FILE = "Filen «{name}» er gemt, men ingen spørgsmål beder om bilag lige nu."
CHANGED_BY_OTHER = "{name} har svaret på «{ask}», mens du skrev: {said}"
REPLACE_IT, ADD_TO_IT, LEAVE_IT = "Erstat med mit", "Tilføj mit", "Behold det"
LEFT = "Godt. Intet er ændret."
REOPENED = "Fordi svaret er ændret, skal du se på igen: {asks}."
NOT_ASKED_NOW = (
    "Spørgsmålet «{ask}» stilles ikke længere. Svaret er gemt, men kommer ikke med i brevet: {said}"
)
NEEDED = "Spørgsmålet skal besvares før indsendelse. Jeg spørger igen til sidst."
SKIPPED = "Sprunget over: {ask}"
ALL_ANSWERED = (
    "Alle spørgsmål er besvaret. Du kan hente udkastet med «brev» og sende svarene til godkendelse."
)
ONLY_SKIPPED = "Der er ikke flere nye spørgsmål. Du sprang disse over:"
OPTION_NUMBERED = "{number}. {label}"
PERHAPS = "Mente du «{command}»?"
PERHAPS_YES, PERHAPS_NO = "Ja, {command}", "Nej, det er mit svar"
NOT_A_QUESTION = "Jeg kan ikke finde det spørgsmål. Skriv «mangler» eller «status» for at se listen."
WHICH_EDIT = "Hvilket svar vil du rette? Skriv for eksempel «ret 4», eller vælg her:"
ADD_WHAT = "Hvad vil du tilføje til svaret på «{ask}»?"
NOTHING_TO_ADD_TO = "Der er ikke noget svar at føje til endnu."
CANNOT_ADD = "Til det svar kan der ikke føjes tekst. Ret det i stedet med «ret {number}»."
AT_THE_START = "Det er det første spørgsmål."
PAUSED = "Pause. Alt, hvad du har svaret, er gemt. Skriv «fortsæt», når du er klar."
RESUMED = "Velkommen tilbage."
NOTHING_OPEN = "Ingen spørgsmål venter på dig."

# Status and lists
STATUS_HEAD = "{answered} af {relevant} spørgsmål er besvaret ({percent} %). Sagen er {state}."
STATUS_SECTION = "{title}: {answered} af {relevant}"
STATUS_MORE = "Sendt tilbage: {returned} · Sprunget over: {skipped} · Åbne advarsler: {warnings}"
OPEN_HEAD = "Disse spørgsmål mangler:"
OPEN_LINE = "{number}. {ask} ({state})"
MORE_LINES = "… og {count} mere."
STATES = {
    AnswerState.OPEN: "ikke besvaret",
    AnswerState.SKIPPED: "sprunget over",
    AnswerState.ANSWERED: "besvaret",
    AnswerState.REOPENED: "skal ses igen",
    AnswerState.APPROVED: "godkendt",
    AnswerState.RETURNED: "sendt tilbage",
}
CASE_STATES = {
    CaseState.DRAFTING: "under besvarelse",
    CaseState.SUBMITTED: "til godkendelse",
    CaseState.APPROVED: "godkendt",
    CaseState.SENT: "sendt",
    CaseState.ERASED: "slettet",
}

# Help
HELP_QUESTION = "Eksempel: {example}"
HELP_HEAD = "Det kan du skrive når som helst:"
HELP_LINE = "{word}: {does}"

# Findings
FINDING_HEAD = {
    Severity.HIGH: "Alvorlig advarsel: {title}",
    Severity.MEDIUM: "Advarsel: {title}",
    Severity.LOW: "Bemærk: {title}",
}
FINDING_ASK_HEAD = "Se efter: {title}"
FINDING_ADVICE = "Det kan du gøre: {advice}"
FINDING_SOURCES = "Kilde: {sources}"
FINDING_FILE = "{name}, side {page}"
ACKNOWLEDGE = "Taget til efterretning"
CORRECT = "Ret svaret"
CORRECT_FILE = "Ret i kontrakten"
CORRECT_FILE_HOW = "Aftal rettelsen med den anden part, og send den rettede fil her. Den gamle fil skal stadig vedlægges, hvis den har været i brug."
DISPUTE = "Advarslen er forkert"
DISPUTED = "Gemt: du har meldt, at advarslen «{title}» er forkert. Den vises ikke mere og bliver brugt til at lære af."
ACKNOWLEDGE_WHY = "Skriv kort, hvorfor advarslen kan stå. Begrundelsen gemmes i sagen."
ACKNOWLEDGED = "Gemt: advarslen «{title}» er taget til efterretning."
NO_SUCH_FINDING = "Den advarsel gælder ikke mere."
NO_FINDINGS = "Der er ingen åbne advarsler."
MORE_FINDINGS = (
    "Der er én advarsel mere. Skriv «advarsler» for at se den.",
    "Der er {count} advarsler mere. Skriv «advarsler» for at se dem.",
)
FINDINGS_ELSEWHERE = (
    "Der er én advarsel mere. Den kommer frem, når du har taget stilling til nogle af disse.",
    "Der er {count} advarsler mere. De kommer frem, når du har taget stilling til nogle af disse.",
)
GET_REPORT = "Hent rapporten"
NO_REPORT = "Den fil har jeg ikke læst. Der er ingen rapport."
HERE_IS_REPORT = "Her er rapporten om «{name}» til at tage med til et møde."
REPORT_FILE = "rapport-{name}.pdf"
FILE_UNREAD = "Jeg kunne ikke læse «{name}» for risikable vilkår: {problem}"
SCAN_BEGINS = (
    "«{name}» er indscannet. Jeg læser den nu: side {page} af {pages}. Det tager lidt tid. Gå bare videre imens; jeg "
    "siger til, når jeg er færdig."
)
SCAN_PAGES_BEGIN = (
    "I «{name}» er der sider uden tekst, som kan være indscannede. Jeg læser dem nu: side {page} af {pages}. Gå bare "
    "videre imens; jeg siger til, når jeg er færdig med hele filen."
)
SCAN_PROGRESS = "Jeg læser stadig «{name}»: side {page} af {pages}."
FILE_PAGES_UNREAD = "Side {pages} i «{name}» kunne jeg ikke læse. Læs det selv igennem."
FILE_CLEAN = (
    "Jeg har læst «{name}» (én side) og fandt ingen risikable vilkår. Læs den alligevel selv.",
    "Jeg har læst «{name}» ({count} sider) og fandt ingen risikable vilkår. Læs den alligevel selv.",
)
FILE_FOUND = (
    "Jeg har læst «{name}» og fandt ét forhold, du bør se på.",
    "Jeg har læst «{name}» og fandt {count} forhold, du bør se på.",
)

# Review
SUBMIT = "Send til godkendelse"
SUBMIT_ANYWAY = "Send alligevel"
SEE_FINDINGS = "Se advarslerne"
NOT_READY = "Svarene kan ikke sendes til godkendelse endnu. Der mangler:"
OPEN_HIGH = (
    "Der er én alvorlig advarsel, som ingen har taget stilling til. Vil du sende alligevel?",
    "Der er {count} alvorlige advarsler, som ingen har taget stilling til. Vil du sende alligevel?",
)
SUBMITTED = "Svarene er sendt til godkendelse hos {leads}. Du får besked, når der er nyt."
ALREADY_SUBMITTED = "Svarene er allerede sendt til godkendelse."
NO_LEAD = "Der er ingen teamleder på sagen endnu. Svarene er meldt klar, men nogen skal invitere en leder."
NOTICE_SUBMITTED = "{name} har sendt svarene til godkendelse: {title}."
NOTICE_RETURNED = "{name} har sendt svaret på «{ask}» tilbage: {comment}"
NOTICE_APPROVED = "{name} har godkendt hele besvarelsen. Det endelige brev kan hentes med «brev»."
SEE_REVIEW = "Gennemgå svarene"
REVIEW_HEAD = "Svar {number} af {total} venter på din godkendelse"
REVIEW_BY = "Svaret af {name}, {time}. {versions}"
REVIEW_VERSIONS = (
    "Svaret er rettet én gang.",
    "Svaret er rettet {count} gange.",
)
APPROVE, RETURN, NEXT, APPROVE_ALL, APPROVE_CASE = (
    "Godkend",
    "Send tilbage",
    "Næste",
    "Godkend alle",
    "Godkend hele besvarelsen",
)
RETURN_WHY = "Hvad skal ændres i svaret på «{ask}»? Din kommentar sendes til sagsbehandleren."
COMMENT_NEEDED = "Skriv, hvad der skal ændres."
APPROVED = "Godkendt: {ask}"
APPROVED_MANY = (
    "Ét svar er godkendt.",
    "{count} svar er godkendt.",
)
RETURNED = "Sendt tilbage: {ask}"
CASE_APPROVED = "Hele besvarelsen er godkendt. Her er det endelige brev."
OWN_ANSWER = "Du kan ikke godkende dit eget svar på «{ask}». En anden leder må gøre det."
NOT_TO_APPROVE = "Svaret på «{ask}» kan ikke godkendes nu: det er {state}."
NOTHING_TO_REVIEW = "Ingen svar venter på din godkendelse."
NOT_ALL_APPROVED = "Hele besvarelsen kan først godkendes, når disse svar er godkendt:"
NOT_SUBMITTED = "Sagsbehandleren har ikke sendt svarene til godkendelse endnu."
ALL_APPROVED = "Alle svar er godkendt. Er brevet i orden, så godkend hele besvarelsen."
LEAD_DRAFTING = "Sagen er under besvarelse. Du kan se svarene med «gennemgang» og hente udkastet med «brev»."
CASE_DONE = "Besvarelsen er godkendt. Det endelige brev kan hentes med «brev»."
MARK_SENT = "Markér som sendt"
SENT_ASK = "Er svarbrevet sendt til myndigheden? Så lukkes sagen, og svarene kan ikke ændres mere."
SENT_SURE = "Ja, brevet er sendt"
MARKED_SENT = "Gemt: svarbrevet er sendt, og sagen er lukket. Brevet kan stadig hentes med «brev»."
NOTICE_SENT = "{name} har sendt svarbrevet. Sagen er lukket."

# The deadline
REMINDER_DAYS = (
    "Svarfristen er i morgen, den {date}: {title}.",
    "Svarfristen er om {days} dage, den {date}: {title}.",
)
REMINDER_TODAY = "Svarfristen er i dag, den {date}: {title}."
REMINDER_PAST = "Svarfristen var den {date}: {title}."
REMINDER_OPEN = (
    "Ét punkt mangler et svar. Skriv «fortsæt» for at gå videre.",
    "{count} punkter mangler et svar. Skriv «fortsæt» for at gå videre.",
)
REMINDER_SUBMIT = "Alle punkter er besvaret, men svarene er ikke sendt til godkendelse."
REMINDER_REVIEW = "Svarene venter på din godkendelse."
REMINDER_SEND = "Besvarelsen er godkendt, men svarbrevet er ikke markeret som sendt."
NOT_FINAL_YET = (
    "Brevet er endnu et udkast. Det kan først markeres som sendt, når hele besvarelsen er godkendt."
)
CASE_SENT = "Svarbrevet blev sendt den {day}, og sagen er lukket. Brevet kan hentes med «brev»."
LEAD_TEXT = "Vil du svare på et spørgsmål, så skriv «ret» og nummeret. Vil du gennemgå svarene, så skriv «gennemgang»."

# Letter
SEE_LETTER = "Hent brevet"
LETTER_DRAFT = (
    "Her er udkastet, som det ser ud nu. Ét punkt mangler svar.",
    "Her er udkastet, som det ser ud nu. {count} punkter mangler svar.",
)
LETTER_DRAFT_FULL = "Her er udkastet, som det ser ud nu. Alle punkter er besvaret."
LETTER_FINAL = "Her er det endelige brev."
COVER_BESIDE = "Oversigten viser, hvad der mangler. Den er kun til jer selv og må ikke sendes med."
CHANGES_BESIDE = "Der er også en sammenligning med den forrige udgave af det endelige brev."
SEE_PAGES = "Vis siderne"
HERE_ARE_PAGES = ("Sådan ser brevet ud.", "Sådan ser brevets {count} sider ud.")
ONLY_FIRST_PAGES = "Her er de første {count}. Resten står i PDF-filen."
WHOLE_REPLY = "Hele svaret med bilag"
BUNDLE_DRAFT = (
    "Her er hele svaret med bilag, som det ser ud nu. Brevet er stadig et udkast og må ikke sendes."
)
BUNDLE_FINAL = "Her er hele svaret med bilagsoversigt og nummererede bilag, som PDF og som ZIP."
LETTER_FILE = {True: "udkast-svarbrev", False: "svarbrev"}
AND = "{first} og {last}"
CHOOSE_ONE = "Vælg en af mulighederne:"
NAMELESS_FILE = "fil"
CASE_LINE = "{municipality}: {title}"

# The case's own facts
PARTICULARS_HEAD = "Sagens oplysninger"
PARTICULARS_LINE = "{number}. {label}: {value}"
PARTICULARS_EMPTY = "ikke oplyst"
PARTICULARS_HOW = (
    "Ret en oplysning med dens nummer og det nye, for eksempel «/oplysninger 7 27.00.00-K03-1-20»."
)
PARTICULARS_SAVED = "Gemt: {label} er nu {value}."
PARTICULARS = {
    "municipality.name": "Kommune",
    "municipality.street": "Vej og nummer",
    "municipality.postcode_city": "Postnummer og by",
    "municipality.phone": "Telefon",
    "municipality.email": "E-mail",
    "municipality.website": "Hjemmeside",
    "journal_number": "Kommunens J.nr.",
    "authority_reference": "Myndighedens J.nr.",
    "attention": "Att. hos myndigheden",
    "request_date": "Høringsbrevets dato",
    "letter_date": "Svarbrevets dato",
    "signatory.name": "Underskrives af",
    "signatory.title": "Titel",
    "letter_style": "Brevets form",
    "deadline": "Svarfrist",
    "department": "Afdeling",
}
STYLES = {LetterStyle.POINT_BY_POINT: "punkt for punkt", LetterStyle.CONNECTED: "sammenhængende"}
STYLE_HOW = "Brevet kan være «punkt for punkt» eller «sammenhængende»."

# Inviting
INVITE_HOW = "Skriv navnet efter, for eksempel «/inviter Mette Holm» eller «/inviter teamleder Mette Holm»."
INVITED = "{name} er inviteret som {role}. Giv linket videre; det virker én gang i {days} dage."
