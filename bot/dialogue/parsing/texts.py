"""What is said back when an answer is read."""

from __future__ import annotations

YES = "Ja"
NO = "Nej"
DO_NOT_KNOW = "Ved ikke"

EMPTY = "Der stod ikke noget i dit svar. Skriv det igen, eller skriv »ved ikke«."
TOO_LONG = (
    "Svaret er på {length} tegn. Her er der plads til højst {limit} tegn. "
    "Skriv det kortere, eller vedlæg det som et bilag."
)
READ_AS = "Jeg læste det som {what}."

WHY_NONE = "Skriv også hvorfor. For eksempel: »Ingen, fordi …«"

YES_OR_NO = "Er svaret ja eller nej? Det, du skrev, bliver stående som din forklaring."

COUNT_NONE = "Jeg kunne ikke finde et antal i dit svar. Skriv det som et helt tal, for eksempel 25."
COUNT_SEVERAL = "Hvilket antal er svaret? Skriv ét tal, og skriv resten bagefter."
COUNT_WHOLE = "Antallet skal være et helt tal. Skriv for eksempel 25."
COUNT_NEGATIVE = "Antallet kan ikke være mindre end 0. Skriv for eksempel 25."
COUNT_TOO_LARGE = "Tallet er for stort til at være et antal. Skriv det igen."
NUMBER_HOW = "Tallet kan læses på flere måder. Hvad mener du?"

AMOUNT_NONE = "Jeg kunne ikke finde et beløb i dit svar. Skriv det for eksempel som 200.000 kr. ekskl. moms."
AMOUNT_SEVERAL = "Hvilket beløb er svaret? Skriv ét beløb, og skriv resten bagefter."
AMOUNT_NEGATIVE = "Beløbet kan ikke være mindre end 0 kr. Skriv det uden minus."
AMOUNT_FOREIGN = "Beløbet skal være i danske kroner. Skriv det for eksempel som 200.000 kr."
AMOUNT_TOO_LARGE = "Beløbet er for stort. Skriv det igen."
AMOUNT_ORE = "Beløbet har for mange cifre efter kommaet. Skriv det for eksempel som 31.500,50 kr."
FREE_OF_VAT = "Jeg har noteret beløbet som ekskl. moms, fordi det er momsfrit."

PERCENT_NONE = "Jeg kunne ikke finde en procent i dit svar. Skriv den for eksempel som 10 %."
PERCENT_SEVERAL = "Hvilken procent er svaret? Skriv én procent, og skriv resten bagefter."
PERCENT_NEGATIVE = "Procenten kan ikke være mindre end 0. Skriv den uden minus."
PERCENT_TOO_LARGE = "Tallet er for stort til at være en procent. Skriv det igen."

NO_DATE = "Jeg kunne ikke finde en dato i dit svar. Skriv den for eksempel som 20. marts 2020."
NO_SUCH_DAY = "Den dag findes ikke i kalenderen. Skriv datoen med dagen først, for eksempel 20. marts 2020."
WHICH_DAY = "Hvilken dag i måneden? Skriv hele datoen, for eksempel 20. marts 2020."
WHICH_YEAR = "Hvilket år?"
WHICH_DATE = "Hvilken dato er svaret? Skriv én dato, for eksempel 20. marts 2020."
WRONG_WEEKDAY = "Den {day} er en {right}, ikke en {wrong}. Passer datoen?"

CHOICE_NONE = "Det svar er ikke blandt mulighederne. Vælg en af dem her."
CHOICE_NEAR = "Hvilken af mulighederne mener du?"

LIST_COMMAS = "Er det ét punkt på listen eller {count}? Du kan også skrive ét punkt på hver linje."
LIST_SPLIT = "{count} punkter"
LIST_WHOLE = "Ét punkt"
LIST_NONE = "Hvad skal stå på listen? Skriv ét punkt på hver linje."
LIST_EMPTY = "Listen er tom"
LIST_TOO_MANY = "Listen har {count} punkter. Der er plads til højst {limit}."
LIST_HEADING = "Jeg læste den første linje som en overskrift, så den er ikke med på listen."

DOCUMENTS_HOW = "Her skal der vedlægges en fil. Send den her i chatten, én fil ad gangen."
DOCUMENTS_NONE_HOW = (
    "Her skal der vedlægges en fil. Send den her i chatten, én fil ad gangen. "
    "Er der ikke noget at vedlægge, så skriv for eksempel: »Ingen, fordi …«"
)
DOCUMENTS_REASON = (
    "Er det grunden til, at der ikke er noget at vedlægge? Ellers kan du sende filen her i chatten."
)
DOCUMENTS_REASON_YES = "Ja, der er intet at vedlægge"
