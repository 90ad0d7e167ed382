"""What news from elsewhere asked of the rules: one case a rule, with what is said, by whom and in what office."""

import pytest

from summarizer.speech import find


def said(text: str, language: str) -> list[tuple[str, str, str]]:
    return [
        (text[s.start : s.end], s.speaker.name if s.speaker else "", (s.speaker.role or "") if s.speaker else "")
        for s in find(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La docente Teresa Di Girolamo riapre i corsi. «Siamo pronti», ha detto Di Girolamo.", [("Siamo pronti", "Teresa Di Girolamo", "docente")]),
        ("Anna Della Valle ha detto che il porto cresce.", [("il porto cresce.", "Anna Della Valle", "")]),
        ("L'Autorità di sistema portuale ha precisato che i lavori partono.", [("i lavori partono.", "Autorità di sistema portuale", "")]),
        ("«Abbiamo aspettato anni – ha detto Anna Neri –. Adesso si parte».", [("Abbiamo aspettato anni", "Anna Neri", ""), ("Adesso si parte", "Anna Neri", "")]),
        ("Il sindaco Ugo Conti ha parlato. Prima, dice, ne servivano dieci.", [("Prima, dice, ne servivano dieci.", "Ugo Conti", "sindaco")]),
        ("Il sindaco Ugo Conti ha parlato. A Jinhe, racconta, la strada non c'era.", [("A Jinhe, racconta, la strada non c'era.", "Ugo Conti", "sindaco")]),
        ("Secondo i carabinieri, i ladri sarebbero entrati di notte. Avrebbero impiegato dieci minuti. La banca riapre domani.", [("i ladri sarebbero entrati di notte. Avrebbero impiegato dieci minuti.", "carabinieri", "")]),
        ("Secondo Unimec Lombardia, l'associazione regionale dei costruttori, gli ordini sono calati.", [("gli ordini sono calati.", "Unimec Lombardia", "")]),
        ("Il sindaco Ugo Conti ha chiesto alla Regione un incontro sui trasporti.", []),
        ("Una fonte vicina al dossier ha detto che l'accordo è vicino. La fonte ha aggiunto che serve tempo.", [("l'accordo è vicino.", "fonte vicina al dossier", "fonte"), ("serve tempo.", "fonte vicina al dossier", "fonte")]),
        ("«Serve tempo», spiega una fonte vicina al dossier.", [("Serve tempo", "fonte vicina al dossier", "fonte")]),
        (">>Siamo pronti da mesi<<, ha detto Paolo Neri.", [("Siamo pronti da mesi", "Paolo Neri", "")]),
        ("''Siamo pronti'', ha detto Paolo Neri. ''E' ora di partire''.", [("Siamo pronti", "Paolo Neri", ""), ("E' ora di partire", "Paolo Neri", "")]),
        ("Bandini: 'ora i fondali'\n\nIl presidente Luca Bandini ha parlato.", [("ora i fondali", "Luca Bandini", "presidente")]),
        ("Il ministro Ugo Conti ha sottolineato l'importanza di aprire i mercati, invitando una rappresentanza di imprese a Pechino.", [("l'importanza di aprire i mercati", "Ugo Conti", "ministro")]),
        ("Il vicesindaco di Jingdezhen Wu Lei ha detto che va bene.", [("va bene.", "Wu Lei", "vicesindaco")]),
        ("Ugo Neri, presidente degli spedizionieri, apre il porto. «Va bene», ha detto Neri.", [("Va bene", "Ugo Neri", "presidente degli spedizionieri")]),
        ("Ugo Neri, direttore di produzione di Alpenwerk, ha detto che va bene.", [("va bene.", "Ugo Neri", "direttore di produzione")]),
        ("Alla guida di Alpenwerk c'è Marco Tassi. «Assumeremo», ha detto l'imprenditore.", [("Assumeremo", "Marco Tassi", "")]),
        ("La sindaca Teresa Di Girolamo ha parlato. «Ci saremo», ha concluso la Di Girolamo.", [("Ci saremo", "Teresa Di Girolamo", "sindaca")]),
        ("Marco Tassi, 48 anni, amministratore delegato, guida la Alpenwerk. «Va bene», spiega Tassi.", [("Va bene", "Marco Tassi", "amministratore delegato")]),
        ("Il presidente dell'Autorità portuale Luca Bandini ha detto che va bene.", [("va bene.", "Luca Bandini", "presidente")]),
        ("Jan van der Berg, direttore del porto, ha parlato. «Bene», ha detto van der Berg. «Siamo pronti», ha detto Van der Berg.", [("Bene", "Jan van der Berg", "direttore"), ("Siamo pronti", "Jan van der Berg", "direttore")]),
        ("«Serve tempo», dice una fonte diplomatica. Secondo fonti sindacali, lo sciopero si farà.", [("Serve tempo", "fonte diplomatica", "fonte"), ("lo sciopero si farà.", "fonti sindacali", "fonti")]),
    ],
)  # fmt: skip
def test_italian_news(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text, "it") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Anna Reed said that the fund would open. The money would go to growers first. Tickets are on sale.", [("the fund would open. The money would go to growers first.", "Anna Reed", "Mayor")]),
        ("A spokeswoman for the Food Crime Unit said that it was fake. She added that it was late.", [("it was fake.", "spokeswoman for the Food Crime Unit", "spokeswoman"), ("it was late.", "spokeswoman for the Food Crime Unit", "spokeswoman")]),
        ("Analysts at Calder Weston said that prices would fall.", [("prices would fall.", "Analysts at Calder Weston", "Analysts")]),
        ("A senior Treasury official said the tax would go. “We are late,” the official said.", [("the tax would go.", "senior Treasury official", "senior Treasury official"), ("We are late,", "senior Treasury official", "senior Treasury official")]),
        ("Margaret Hill KC said the trial would begin. Hill said that it was late.", [("the trial would begin.", "Margaret Hill", ""), ("it was late.", "Margaret Hill", "")]),
        ("Anna Cole Jr. said that it was fine. Ann Lee, PhD, said that it was late.", [("it was fine.", "Anna Cole", ""), ("it was late.", "Ann Lee", "")]),
        ("Turbine maker Vindkraft Nord said the blades would turn.", [("the blades would turn.", "Vindkraft Nord", "")]),
        ("The Forge and Allied Workers union said that the strike would go on.", [("the strike would go on.", "Forge and Allied Workers union", "")]),
        ("Vice Mayor Li Wei and Vice Mayor Sun Bo met the guests. The Vice Mayor said that trade grows.", [("trade grows.", "", "")]),
        ("Vestal sells a pump that the company says will cut bills by half.", [("will cut bills by half.", "company", "")]),
        ("The solicitor read a statement in which Anna Reed said he was sorry for it.", [("he was sorry for it.", "Anna Reed", "")]),
        ("``We are ready for it,'' said Anna Reed. ``It is late now.''", [("We are ready for it,", "Anna Reed", ""), ("It is late now.", "Anna Reed", "")]),
        ("Output will fall, according to Professor John Reed of Yale. “Ministers,” he said, “are late.”", [("Output will fall", "John Reed", "Professor"), ("Ministers,", "John Reed", "Professor"), ("are late.", "John Reed", "Professor")]),
        ("Chipmaker Nanotek said that it was late.", [("it was late.", "Nanotek", "")]),
        ("Vestal Energy sells a pump that the company says will cut bills.", [("will cut bills.", "Vestal Energy", "")]),
        ("A court spokesman said the case was over. He said that it was late.", [("the case was over.", "court spokesman", "spokesman"), ("it was late.", "court spokesman", "spokesman")]),
        ("The head of the growers' federation said it was late.", [("it was late.", "head of the growers' federation", "head")]),
        ("Mayor Anna Reed said she would not resign. Tom Cole, who had sued the city, left the room.", [("she would not resign.", "Anna Reed", "Mayor")]),
        ("Anna Reed said the reef was dying.Tickets are on sale.", [("the reef was dying.", "Anna Reed", "")]),
    ],
)  # fmt: skip
def test_english_news(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text, "en") == expected


def test_an_adverb_at_the_head_of_a_sentence_is_nobody() -> None:
    text = "Davide Corsi, presidente del porto, guida i lavoratori. Quanto ai volumi, sostiene, la ripresa c'è."
    assert [said.speaker.name for said in find(text, "it")] == ["Davide Corsi"]
