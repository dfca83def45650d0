"""What the person who writes a definition or a case file is told, in Danish.

Each problem has two sentences: what is wrong, and how to cure it.
"""

from __future__ import annotations

from knowledge.hearings.model import QuestionType

PROBLEMS: dict[str, tuple[str, str]] = {
    # Reading the file
    "no_file": ("Filen kan ikke læses.", "Se efter, at filen findes, og at du har lov at læse den."),
    "too_large": (
        "Filen er for stor.",
        "Den må højst fylde {limit} kB; del den, eller slet det, der ikke bruges.",
    ),
    "not_utf8": ("Filen er ikke gemt som UTF-8.", "Gem den igen med tegnsættet UTF-8."),
    "yaml": (
        "Linjen kan ikke læses som YAML.",
        "Se på indrykningen, og sæt anførselstegn om tekst med kolon, krøllet parentes eller lignende.",
    ),
    "yaml_tag": (
        "Værdien har en YAML-mærkning (!...), som ikke bruges her.",
        "Slet mærkningen, og skriv værdien som almindelig tekst.",
    ),
    "duplicate_key": ("Feltet er angivet to gange samme sted.", "Slet det ene, eller saml dem i ét."),
    "key_no_text": ("Feltnavnet »{key}« er ikke tekst.", "Skriv et navn med bogstaver."),
    "control_character": (
        "Teksten indeholder et tegn, der ikke kan vises ({code}).",
        "Slet tegnet, eller skriv stedet igen.",
    ),
    "too_deep": ("Filen er indlejret for dybt.", "Fjern niveauer, så felterne ikke ligger så langt inde."),
    "too_many_values": ("Filen har mere end {limit} værdier.", "Del den, eller brug færre gentagelser (*)."),
    "no_mapping": ("Filen er tom eller har ingen felter.", "Skriv den som felter: »navn: værdi«."),
    # The shape of the data
    "missing": ("Feltet »{key}« mangler.", "Tilføj »{key}: ...« her."),
    "unknown_key": ("Feltet »{key}« kendes ikke.", "Slet det, eller ret navnet."),
    "unknown_key_near": ("Feltet »{key}« kendes ikke.", "Mente du »{near}«? Ret navnet, eller slet feltet."),
    "empty": ("Feltet »{key}« er tomt.", "Skriv en værdi, eller slet feltet, hvis det ikke er påkrævet."),
    "want_text": (
        "Feltet »{key}« skal være tekst.",
        "Skriv teksten efter kolonet, eventuelt i anførselstegn.",
    ),
    "want_list": (
        "Feltet »{key}« skal være en liste.",
        "Skriv hvert punkt på sin egen linje med bindestreg foran.",
    ),
    "want_mapping": ("Feltet »{key}« skal have underfelter.", "Skriv dem indrykket som »navn: værdi«."),
    "want_number": ("Feltet »{key}« skal være et helt tal.", "Skriv tallet med cifre."),
    "want_bool": ("Feltet »{key}« skal være sandt eller falsk.", "Skriv true eller false."),
    "want_date": ("Feltet »{key}« skal være en dato.", "Skriv den som år-måned-dag, fx 2020-03-20."),
    "want_one_of": ("Feltet »{key}« kan ikke have værdien »{value}«.", "Vælg en af disse: {allowed}."),
    "too_small": ("Feltet »{key}« er for lille.", "Skriv mindst {limit}."),
    "too_long": ("Feltet »{key}« er for langt.", "Brug højst {limit} tegn."),
    "bad_id": (
        "Navnet »{value}« kan ikke bruges som id.",
        "Brug små bogstaver a-z, tal og understregning, og begynd med et bogstav.",
    ),
    "bad_definition_id": (
        "Navnet »{value}« kan ikke bruges som høringens id.",
        "Brug små bogstaver a-z, tal og bindestreg, og begynd med et bogstav.",
    ),
    "bad_value": ("Feltet »{key}« kan ikke have den værdi.", "Se i skemaet, hvad feltet kan være."),
    # What a definition means
    "duplicate_id": ("Id'et »{id}« er brugt to gange.", "Giv det ene et andet navn."),
    "reserved_id": ("Id'et »{id}« er optaget af udtrykkene selv.", "Vælg et andet navn."),
    "shadowed_id": (
        "Id'et »{id}« er det samme som det, »{other}« allerede stiller til rådighed.",
        "Vælg et andet navn.",
    ),
    "unknown_symbol": (
        "Udtrykket bruger »{name}«, som ingen spørgsmål hedder.",
        "Ret navnet, eller tilføj spørgsmålet.",
    ),
    "unknown_symbol_near": ("Udtrykket bruger »{name}«, som ingen spørgsmål hedder.", "Mente du »{near}«?"),
    "expression_syntax": (
        "Udtrykket »{expression}« kan ikke læses.",
        "Skriv det som fx »antal < 3 and not samtykke«, og se på parenteser og anførselstegn.",
    ),
    "expression_types": (
        "Typerne i udtrykket »{expression}« passer ikke sammen.",
        "Sammenlign tal med tal, dato med dato og tekst med tekst i anførselstegn.",
    ),
    "want_condition": (
        "Udtrykket »{expression}« er hverken sandt eller falsk.",
        "Skriv en sammenligning, fx »antal > 0«, eller brug et ja/nej-spørgsmål.",
    ),
    "contract_unused": ("»{id}« er mærket som kontrakt, men tager ikke imod filer.", "Slet »{mark}«."),
    "want_figure": ("Udtrykket »{expression}« giver ikke et tal.", "Regn med antal, beløb eller procenter."),
    "not_repeatable_builtin": (
        "Udtrykket bruger »${name}«, der giver forskelligt svar fra gang til gang.",
        "Brug letter_date eller request_date, eller fjern det.",
    ),
    "unknown_option": (
        "Udtrykket sammenligner »{name}« med »{value}«, som det aldrig kan være.",
        "Vælg en af disse: {allowed}.",
    ),
    "cycle": (
        "Spørgsmålet »{id}« afhænger af sig selv: {cycle}.",
        "Fjern en af betingelserne i kredsen.",
    ),
    "never_asked": (
        "Spørgsmålet »{id}« kan aldrig blive stillet: betingelsen »{expression}« bliver aldrig sand.",
        "Ret betingelsen, eller slet spørgsmålet.",
    ),
    "repeat_unknown": (
        "»{id}« skal gentages for »{name}«, som ingen spørgsmål hedder.",
        "Skriv id'et på et spørgsmål af typen list.",
    ),
    "repeat_no_list": (
        "»{id}« skal gentages for »{name}«, men det er ikke en liste.",
        "Vælg et spørgsmål af typen list.",
    ),
    "repeat_nested": ("Listen »{name}« gentages selv.", "Gentag kun for en liste, der selv stilles én gang."),
    "repeat_later": (
        "»{id}« gentages for »{name}«, der først stilles senere.",
        "Flyt listen op før spørgsmålet.",
    ),
    "other_group": (
        "Udtrykket læser »{name}«, som gentages for hvert punkt i »{list}« og ikke har ét svar her.",
        "Brug det kun i spørgsmål, der gentages for den samme liste.",
    ),
    "unknown_question": ("Spørgsmålet »{name}« findes ikke.", "Ret navnet, eller tilføj spørgsmålet."),
    "unknown_question_near": ("Spørgsmålet »{name}« findes ikke.", "Mente du »{near}«?"),
    "tag_without_answer": (
        "Teksten bruger {{{tag}}}, men der er intet svar eller tal, der hedder det.",
        "Her kan bruges: {allowed}.",
    ),
    "tag_forms": (
        "Teksten bruger {{{tag}}}, men et tal skal have tre former eller ingen.",
        "Skriv for eksempel {{{name}|én sag|sager|ingen sager}}.",
    ),
    "tag_not_here": (
        "Teksten bruger {{{tag}}}, men her udfyldes ingen felter.",
        "Skriv teksten uden krøllede parenteser.",
    ),
    "tag_unclosed": ("Teksten har en krøllet parentes uden makker.", "Luk den, eller fjern den."),
    "options_missing": ("»{id}« er et valg uden muligheder.", "Tilføj mindst to under »options«."),
    "options_unused": (
        "»{id}« har muligheder, men er ikke et valg.",
        "Slet »options«, eller brug typen choice.",
    ),
    "none_makes_no_sense": (
        "»{id}« kan ikke besvares med »ingen, fordi ...«: det er et {type}-spørgsmål.",
        "Slet »none_allowed«; et nej eller et valg siger det samme.",
    ),
    "wording_unused": (
        "»{id}« har ordlyden »{key}«, men den bruges aldrig ved typen {type}.",
        "Slet den, eller ret typen.",
    ),
    "none_wording_unused": (
        "»{id}« har en ordlyd for »none«, men kan ikke besvares med »ingen, fordi ...«.",
        "Slet den, eller sæt »none_allowed: true«.",
    ),
    "beginning_unknown": (
        "Ingen ordlyd begynder med »{beginning}«.",
        "Ret det, så det er ordene før »|« i et svars ordlyd, eller slet linjen.",
    ),
    "unknown_source": (
        "Kilden »{ref}« findes ikke.",
        "Tilføj den i knowledge/law/sources.yaml, eller ret navnet.",
    ),
    "unknown_legal_fact": ("Den juridiske test kender ikke »{name}«.", "Vælg en af disse: {allowed}."),
    "file_name": ("Filen hedder ikke som høringens id »{id}«.", "Giv filen navnet {id}.yaml."),
    # Case files
    "cpr_number": ("Her står et CPR-nummer.", "Slet det: det må hverken gemmes eller stå i brevet."),
    "unknown_hearing": ("Høringen »{id}« findes ikke.", "Vælg en af disse: {allowed}."),
    "other_hearing": ("Prøvesagen hører til »{id}«.", "Ret den til »{wanted}«, eller flyt filen."),
    "wrong_answer": ("Svaret på »{id}« passer ikke til spørgsmålet.", "{cure}"),
    "item_missing": (
        "Svaret »{id}« hører til et punkt, som listen »{list}« ikke har.",
        "Ret nummeret efter punktummet.",
    ),
    "item_needed": (
        "»{id}« gentages for hvert punkt i »{list}«.",
        "Skriv punktets nummer efter et punktum, fx »{id}.1«.",
    ),
    "item_unneeded": ("»{id}« gentages ikke.", "Skriv id'et uden nummer."),
}

VERSION_OF = "{hearing}, version {version}"

#: How an answer of each type is written in a case file.
CURES: dict[QuestionType, str] = {
    QuestionType.TEXT: "Skriv teksten efter kolonet, eventuelt i anførselstegn.",
    QuestionType.YES_NO: 'Skriv ja eller nej, eller {yes: true, note: "..."}.',
    QuestionType.COUNT: "Skriv et helt tal med cifre, fx 25.",
    QuestionType.AMOUNT: "Skriv fx {dkk: 200000, vat: excluded}, uden punktum mellem tusinderne.",
    QuestionType.PERCENT: "Skriv procenten som et tal, fx 12,5.",
    QuestionType.DATE: "Skriv datoen som år-måned-dag, fx 2020-03-20.",
    QuestionType.CHOICE: "Skriv id'et på en af spørgsmålets muligheder.",
    QuestionType.LIST: "Skriv hvert punkt på sin egen linje med bindestreg foran.",
    QuestionType.DOCUMENTS: 'Skriv {files: [...], titles: [...]}, eller {none: "..."}.',
}

YES_WORDS = frozenset({"ja", "yes", "true"})
NO_WORDS = frozenset({"nej", "no", "false"})
UNKNOWN_WORDS = frozenset({"ved ikke"})

CASEWORKER = "Sagsbehandler"
TEAM_LEAD = "Teamleder"

# The report on a definition and its test cases
IN_ORDER = "{id}, version {version}: i orden ({questions} spørgsmål, {checks} modsigelser)."
NO_TEST_CASES = "Der er ingen prøvesager. Læg dem i mappen {folder} ved siden af definitionen."
TEST_CASE_PASSED = "{name}: i orden."
ANSWER_REFUSED = "Svaret på »{point}« ville blive afvist: {message}"
OTHER_NEXT = "De næste spørgsmål skulle være: {wanted}. De er: {found}."
NOT_ASKED = "»{point}« skulle blive stillet, men bliver det ikke."
STILL_ASKED = "»{point}« skulle ikke blive stillet, men det er ikke udelukket."
FINDING_MISSING = "Advarslen »{finding}« mangler. Fundet er: {found}."
FINDING_UNWANTED = "Advarslen »{finding}« skulle ikke komme."
LINE_MISSING = "Brevet mangler: {line}"
LINE_UNWANTED = "Brevet skulle ikke have: {line}"
UNKNOWN_TERM = "Et udtryk spørger efter kontraktvilkåret »{label}«, som ingen i kataloget hedder."
NOTHING = "ingen"
