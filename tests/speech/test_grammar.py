"""Rules of grammar that new articles asked for, each in a sentence or two."""

import pytest

from summarizer.speech import find


def heard(text: str, language: str) -> list[tuple[str, str, str | None]]:
    return [(s.kind, text[s.start : s.end], s.speaker.name if s.speaker else None) for s in find(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "As Anna Rossi put it, \"the guest feeds the host.\"", ("direct", "the guest feeds the host.", "Anna Rossi")),
        ("en", "Trade will grow, according to Anna Rossi, who studies ports at Yale.", ("reported", "Trade will grow", "Anna Rossi")),
        ("en", "According to Anna Rossi, who studies ports, trade will grow.", ("reported", "trade will grow.", "Anna Rossi")),
        ("en", "Anna Rossi told the BBC the plan was dead.", ("reported", "the plan was dead.", "Anna Rossi")),
        ("en", "“I knew nothing about it,” Anna Rossi said outside court.", ("direct", "I knew nothing about it,", "Anna Rossi")),
        ("en", "An official who asked not to be named said the deal was close.", ("reported", "the deal was close.", "official")),
        ("en", "Sources familiar with the matter said the deal was close.", ("reported", "the deal was close.", "Sources familiar with the matter")),
        ("en", "“We'll see,” said one diplomat, who spoke on condition of anonymity.", ("direct", "We'll see,", "diplomat")),
        ("en", "A farmer near Zwolle said the deal was close.", ("reported", "the deal was close.", "farmer near Zwolle")),
        ("en", "Anna Rossi, director of the museum, welcomed the plan but warned that trade fell.", ("reported", "trade fell.", "Anna Rossi")),
        ("en", "The mayor's office said schools would stay shut.", ("reported", "schools would stay shut.", "mayor's office")),
        ("en", "Schools will stay shut, the tournament's director said.", ("reported", "Schools will stay shut", "tournament's director")),
        ("en", "Anna Rossi, lead author of the study and a professor at Yale, says the find is rare.", ("reported", "the find is rare.", "Anna Rossi")),
        ("en", "\"The fair is great,\"said Li Na, a buyer from Beijing.", ("direct", "The fair is great,", "Li Na")),
        ("it", "Come ha ricordato Anna Rossi, gli scambi cresceranno.", ("reported", "gli scambi cresceranno.", "Anna Rossi")),
        ("it", "Come spiegato da Anna Rossi, gli scambi cresceranno.", ("reported", "gli scambi cresceranno.", "Anna Rossi")),
        ("it", "Gli scambi cresceranno, ha detto Anna Rossi, intervenendo al convegno di Cernobbio.", ("reported", "Gli scambi cresceranno", "Anna Rossi")),
        ("it", "Disse il ministro Carlo Neri, a margine dei lavori, che gli scambi sarebbero cresciuti.", ("reported", "gli scambi sarebbero cresciuti.", "Carlo Neri")),
        ("it", "Applaude la capogruppo Irene Moretti, secondo cui gli scambi cresceranno.", ("reported", "gli scambi cresceranno.", "Irene Moretti")),
        ("it", "Secondo l'assessore alle Attività produttive, Franco Berti, gli scambi cresceranno.", ("reported", "gli scambi cresceranno.", "Franco Berti")),
        ("it", "Una fonte vicina alle indagini, che ha chiesto l'anonimato, riferisce che gli scambi crescono.", ("reported", "gli scambi crescono.", "fonte vicina alle indagini")),
        ("it", "L'avvocata Giulia Ferri, che difende il titolare, sostiene che gli scambi crescono.", ("reported", "gli scambi crescono.", "Giulia Ferri")),
        ("it", "L'ad di Novaplast, Anna Rossi, ha spiegato che gli scambi cresceranno.", ("reported", "gli scambi cresceranno.", "Anna Rossi")),
        ("it", "«Gli scambi cresceranno presto», il commento di Anna Rossi.", ("direct", "Gli scambi cresceranno presto", "Anna Rossi")),
    ],
)  # fmt: skip
def test_a_cue_is_read_whatever_stands_beside_its_speaker(
    language: str, text: str, expected: tuple[str, str, str]
) -> None:
    assert heard(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "before", "speaker", "name"),
    [
        ("en", "Striker Maya Duarte scored twice", "the 22-year-old", "Maya Duarte"),
        ("en", "Coach Ingrid Solberg was pleased", "the Norwegian", "Ingrid Solberg"),
        ("en", "The biologist Ben Carver was not involved", "the scientist", "Ben Carver"),
        ("en", "Colin Reed was jailed. His wife, Anne Reed, was cleared", "Mrs Reed", "Anne Reed"),
        ("en", "Mayor Anna Price met Paul Webb, the director", "the mayor", "Anna Price"),
        ("en", "The spokesman, Paul Webb, was there", "a spokesman", "spokesman"),
        ("en", "Ruth Adeyemi is the founder of LoomLab", "the founder", "Ruth Adeyemi"),
        ("en", "Kate Baker, the captain, was there", "Baker", "Kate Baker"),
        ("it", "L'attaccante Nico Bassani ha segnato", "il giocatore", "Nico Bassani"),
        ("it", "L'allenatore Dario Riva era soddisfatto", "il tecnico", "Dario Riva"),
        ("it", "Il rettore Ugo Conti ha visto la ministra Irene Moretti", "la Moretti", "Irene Moretti"),
        ("it", "È arrivata la console Lin Hua", "quest'ultima", "Lin Hua"),
        ("it", "La portavoce, Anna Ferri, era presente", "un portavoce", "portavoce"),
        ("it", "Il ministro Paolo De Santis è arrivato", "De Santis", "Paolo De Santis"),
    ],
)
def test_another_word_for_somebody_leads_to_the_name(language: str, before: str, speaker: str, name: str) -> None:
    said = {"en": "said that trade grows.", "it": "ha detto che gli scambi crescono."}[language]
    text = f"{before}. {speaker[0].upper()}{speaker[1:]} {said}"
    assert [s.speaker.name for s in find(text, language) if s.speaker] == [name]


def test_a_pronoun_passes_over_a_person_of_the_other_sex() -> None:
    text = "Chairwoman Ada Webb met her spokesman, Paul Cole. Cole said that trade fell. She said that trade grows."
    assert [s.speaker.name for s in find(text, "en") if s.speaker] == ["Paul Cole", "Ada Webb"]


def test_a_press_release_lists_office_field_and_firm() -> None:
    text = '"We act," said Lars Hedlund, Vice President, Procurement, Sora Foods.'
    (said,) = find(text, "en")
    assert said.speaker is not None
    assert (said.speaker.role, said.speaker.organisation) == ("Vice President, Procurement", "Sora Foods")


@pytest.mark.parametrize(
    ("language", "text", "answers"),
    [
        ("en", "Ruth Adeyemi is the founder of LoomLab.\n\nQ: Why?\n\nA: Nobody else did.\n\nQ: When?\n\nA: In May.", ["Nobody else did.", "In May."]),
        ("en", "Ruth Adeyemi is in Rome.\n\nReporter: Why?\n\nAdeyemi: We grow.\n\nReporter: When?\n\nAdeyemi: In May.", ["We grow.", "In May."]),
        ("it", "Elena Vigna è la direttrice del museo.\n\nD: Perché?\n\nR: Per i giovani.\n\nD: Quando?\n\nR: A maggio.", ["Per i giovani.", "A maggio."]),
        ("it", "Elena Vigna è la direttrice del museo.\n\n**Perché?**\n\nPer i giovani.\n\n**Quando?**\n\nA maggio.", ["Per i giovani.", "A maggio."]),
    ],
)  # fmt: skip
def test_the_answers_of_an_interview_are_speech(language: str, text: str, answers: list[str]) -> None:
    found = find(text, language)
    assert [(s.kind, text[s.start : s.end]) for s in found] == [("direct", answer) for answer in answers]
    assert len({s.speaker.name for s in found if s.speaker}) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry announced the opening of a new office in Milan."),
        ("en", "Dove: Milano\n\nQuando: lunedì\n\nDove: Roma\n\nQuando: martedì"),
        ("it", "La società annuncia l'apertura di una sede a Monaco."),
        ("it", "Una fonte, che ha chiesto l'anonimato, era presente."),
    ],
)
def test_no_clause_and_no_words_are_no_speech(language: str, text: str) -> None:
    assert find(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "Fiera, Longo: \"Assumeremo subito\"", ("direct", "Assumeremo subito", "Longo")),
        ("it", "Il sindaco Ugo Longo è giovane. Per la Moretti il porto crescerà. La ministra Irene Moretti è qui.", ("reported", "il porto crescerà.", "Irene Moretti")),
        ("it", "Secondo l'accusa Galli ha nascosto il denaro.", ("reported", "Galli ha nascosto il denaro.", "accusa")),
        ("it", "Il porto resterà chiuso fino a lunedì. Lo rende noto il Comune.", ("reported", "Il porto resterà chiuso fino a lunedì.", "Comune")),
        ("it", "I consumi restano fermi. È quanto emerge da un'analisi di Confcommercio.", ("reported", "I consumi restano fermi.", "Confcommercio")),
        ("it", "Dal ministero fanno sapere che il decreto è pronto.", ("reported", "il decreto è pronto.", "ministero")),
        ("it", "Scettica la capogruppo Anna Bassi, per la quale il decreto è tardivo.", ("reported", "il decreto è tardivo.", "Anna Bassi")),
        ("it", "L'azienda, ha precisato Anna Neri, assumerà sessanta persone.", ("reported", "L'azienda, ha precisato Anna Neri, assumerà sessanta persone.", "Anna Neri")),
        ("it", "Per Anna Moro, invece, «gli scambi non cresceranno».", ("direct", "gli scambi non cresceranno", "Anna Moro")),
        ("en", "Anna Rossi admitted her side had been lucky.", ("reported", "her side had been lucky.", "Anna Rossi")),
        ("en", "Anna Rossi called it luck and said the government would help.", ("reported", "the government would help.", "Anna Rossi")),
        ("it", "Il sindaco Ugo Neri era lì. Da parte sua, il console Leo Riva ha ringraziato la città e ha detto che gli scambi cresceranno.", ("reported", "gli scambi cresceranno.", "Leo Riva")),
        ("it", "Secondo i dati di Confcommercio, gli scambi crescono.", ("reported", "gli scambi crescono.", "Confcommercio")),
        ("it", "Il sindaco Ugo Neri era lì. Alla domanda ha risposto che gli scambi cresceranno.", ("reported", "gli scambi cresceranno.", "Ugo Neri")),
        ("en", "He Jun, executive vice mayor of Wuxi, said trade would grow.", ("reported", "trade would grow.", "He Jun")),
        ("en", "The plant will close, the two companies said in a joint statement.", ("reported", "The plant will close", "two companies")),
        ("en", "But according to Anna Rossi, trade will grow.", ("reported", "trade will grow.", "Anna Rossi")),
        ("en", "But traders warned that the ban would hurt firms.", ("reported", "the ban would hurt firms.", "traders")),
        ("en", "Shares fell after the retailer warned that profit would drop.", ("reported", "profit would drop.", "retailer")),
        ("en", "Anna Rossi said stock had come down by a tenth and that sales were safe.", ("reported", "stock had come down by a tenth and that sales were safe.", "Anna Rossi")),
        ("en", "One nurse, who asked that her name not be used, said two doctors left.", ("reported", "two doctors left.", "nurse")),
        ("en", "Kronberg Tools expects sales to fall, the company said.", ("reported", "Kronberg Tools expects sales to fall", "Kronberg Tools")),
        ("en", "Trade is growing, according to the chamber's latest position paper.", ("reported", "Trade is growing", "chamber")),
        ("en", "A fire forced families out, officials with the city's fire department said.", ("reported", "A fire forced families out", "officials with the city's fire department")),
        ("en", "Prices fell, the head of the country's growers' federation said. Dan Kip, president of the Tea Growers' Federation, was there.", ("reported", "Prices fell", "Dan Kip")),
        ("en", "Wang, 45, says the clinic is closed.", ("reported", "the clinic is closed.", "Wang")),
    ],
)  # fmt: skip
def test_a_cue_without_its_usual_marks_is_read(language: str, text: str, expected: tuple[str, str, str]) -> None:
    assert heard(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Per la scuola il governo ha stanziato 10 milioni."),
        ("it", "Il ponte resterà chiuso. Lo ha deciso il Comune."),
        ("it", "È un'azienda per la quale il porto conta molto."),
        ("it", "Il sindaco Ugo Neri ha annunciato la chiusura di un ponte che ha cent'anni."),
        ("en", "Mayor Anna Reed announced the closure of a bridge that was built in 1920."),
        ("en", "The firm will report its results on May 14."),
    ],
)
def test_no_view_is_read_where_nobody_holds_one(language: str, text: str) -> None:
    assert heard(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("en", "Battalion chief Laura Simmons said the fire was out.", "Battalion chief"),
        ("en", "“Orders are late,” Head of Sales Peter Haas told reporters.", "Head of Sales"),
        ("it", "Karin Weiss, Head of Sales di Kronberg, ha detto che gli ordini calano.", "Head of Sales"),
        ("it", "Anna Bassi, primaria all'ospedale Sant'Anna, ha detto che i medici mancano.", "primaria"),
        ("it", "Matteo Bruni, direttore generale di Fiera dell'Emilia, ha detto che i lavori vanno.", "direttore generale"),
        ("it", "Il direttore generale di Fiera dell'Emilia Matteo Bruni ha detto che i lavori vanno.", "direttore generale"),
    ],
)  # fmt: skip
def test_an_office_is_given_in_full_and_without_its_body(language: str, text: str, role: str) -> None:
    assert [s.speaker.role for s in find(text, language) if s.speaker] == [role]


def test_a_name_in_capitals_labels_an_answer() -> None:
    text = "Anna Rossi runs the port.\n\nLEE: How is trade?\n\nROSSI: It is growing.\n\nLEE: And wages?\n\nROSSI: They lag."
    assert [name for _, _, name in heard(text, "en")] == ["Anna Rossi", "Anna Rossi"]
