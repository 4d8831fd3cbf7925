"""Who is to do what by when: what counts as a commitment, what does not, and where it is read from."""

from __future__ import annotations

import pytest

from extract.duties.duties import duties
from extract.duties.responsibilities import responsibilities
from models.layout import LogicalDocument, Paragraph, Place
from models.records import CaseItem, Decision, Document, Evidence

MEETING = "2023-11-10"

STATED = [
    # a proposal or decision, and of each commitment who, what and the EDTF of the deadline
    ("Kommunene gjennomgår egne rutiner for avvik.", [("Kommunene", "gjennomgår egne rutiner for avvik", None)]),
    ("Rådmannen orienterer styret om fremdriften.", [("Rådmannen", "orienterer styret om fremdriften", None)]),
    ("Kari og Ola forespør noen ungdommer.", [("Kari og Ola", "forespør noen ungdommer", None)]),
    (
        "Faglig redaktør Trine Skog sender ut forslaget til kommunene 15.06.2024.",
        [("Trine Skog", "sender ut forslaget til kommunene", "2024-06-15")],
    ),
    ("SSU ber AU om å lage et forslag til neste møte.", [("AU", "lage et forslag", None)]),
    (
        "Styret ber administrerende direktør legge frem en tiltaksplan i styremøtet 19. juni 2024.",
        [("administrerende direktør", "legge frem en tiltaksplan i styremøtet", "2024-06-19")],
    ),
    (
        "Partnerskapsmøtet gir SSU i oppdrag å utarbeide ny avtale innen 1. juni 2024.",
        [("SSU", "utarbeide ny avtale", "../2024-06-01")],
    ),
    (
        "Kommunedirektøren bes om å legge frem en evaluering i 2024.",
        [("Kommunedirektøren", "legge frem en evaluering", "2024")],
    ),
    (
        "Kommunedirektøren får fullmakt til å inngå leieavtale.",
        [("Kommunedirektøren", "inngå leieavtale", None)],
    ),
    ("Kari Dal og Ola Vik følger opp saken.", [("Kari Dal og Ola Vik", "følger opp saken", None)]),
    (
        "Evaluering delegeres til Fagnettverk beredskap.",
        [("Fagnettverk beredskap", "Evaluering delegeres til Fagnettverk beredskap", None)],
    ),
    ("Det etableres en arbeidsgruppe i regi av AU.", [("AU", "Det etableres en arbeidsgruppe i regi av AU", None)]),
    (
        "Ordningen evalueres av Jordmorforum innen 1. juni 2025.",
        [("Jordmorforum", "Ordningen evalueres av Jordmorforum", "../2025-06-01")],
    ),
    ("Det innhentes informasjon om løsningen.", [(None, "Det innhentes informasjon om løsningen", None)]),
    ("Saken legges frem i neste møte.", [(None, "Saken legges frem", None)]),
    ("SSUs medlemmer oppfordres til å komme med innspill.", [("SSUs medlemmer", "komme med innspill", None)]),
    (
        "Merknaden tas til orientering og «status for fastlegene» settes opp i SSU 22.11.",
        [(None, "«status for fastlegene» settes opp i SSU", "2023-11-22")],
    ),
    (
        "SSU følger opp planen og rapporterer til Partnerskapsmøte høsten 2024.",
        [("SSU", "følger opp planen og rapporterer til Partnerskapsmøte", "2024-23")],
    ),
    (
        "Saken utsettes, og sekretariatet bes om å innhente mer informasjon.",
        [("sekretariatet", "innhente mer informasjon", None)],
    ),
    (
        "Dersom det ikke er merknader returneres ett eksemplar til SiF.",
        [(None, "returneres ett eksemplar til SiF", None)],
    ),
    ("Innen 1. juni 2024 skal kommunene ha innført rutinen.", [("kommunene", "ha innført rutinen", "../2024-06-01")]),
    ("Utarbeide plan. Ansvar: Kari Dal. Frist: 1. mai 2024", [("Kari Dal", "Utarbeide plan", "2024-05-01")]),
    (
        "Utvalget ber om at kommunene melder behov innen fredag 1. desember.",
        [("kommunene", "melder behov", "../2023-12-01")],
    ),
    (
        "Møtedatoer for 2024 vedtas som foreslått, og sekretariatet sender ut innkallinger.",
        [("sekretariatet", "sender ut innkallinger", None)],
    ),
    ("Planen godkjennes uten punkt 4. SSU følger opp.", [("SSU", "følger opp", None)]),
    # nynorsk
    ("Saka vert lagd fram for SSU i februar 2024.", [(None, "Saka vert lagd fram for SSU", "2024-02")]),
    (
        "Rådmannen legg fram forslag til tiltak i februar 2024.",
        [("Rådmannen", "legg fram forslag til tiltak", "2024-02")],
    ),
    ("Kommunane kartlegg behovet innan 1. mars 2024.", [("Kommunane", "kartlegg behovet", "../2024-03-01")]),
    ("Rådmannen vert beden om å leggje fram ei ny sak.", [("Rådmannen", "leggje fram ei ny sak", None)]),
    ("Rådet ber vegvesenet leggja fram ein plan.", [("vegvesenet", "leggja fram ein plan", None)]),
    ("Styret gir rektor fullmakt til å ferdigstille svaret.", [("rektor", "ferdigstille svaret", None)]),
    ("Utvalet ber rådmannen gje ei tilbakemelding.", [("rådmannen", "gje ei tilbakemelding", None)]),
    ("Rådet ber Fossum kommune skissera eit opplegg.", [("Fossum kommune", "skissera eit opplegg", None)]),
    ("Ordføraren tek kontakt med Havnes kommune.", [("Ordføraren", "tek kontakt med Havnes kommune", None)]),
    ("Leiar følgjer opp.", [("Leiar", "følgjer opp", None)]),
    ("Det vert sendt brev til departementet.", [(None, "Det vert sendt brev til departementet", None)]),
    ("Rådmannen vert pålagd å setje i verk tiltaka.", [("Rådmannen", "setje i verk tiltaka", None)]),
    # who is asked, empowered, expected to act
    ("Formannskapet ber rådmannen komme tilbake med ny sak.", [("rådmannen", "komme tilbake med ny sak", None)]),
    ("Utvalget henstiller til rådmannen å følge opp.", [("rådmannen", "følge opp", None)]),
    ("Kommunestyret gir formannskapet fullmakt til å signere.", [("formannskapet", "signere", None)]),
    ("Ordføreren gis fullmakt til å signere avtalen.", [("Ordføreren", "signere avtalen", None)]),
    ("Styret forutsetter at administrasjonen holder rammen.", [("administrasjonen", "holder rammen", None)]),
    ("Kari Dal og Ola Vik er ansvarlige for dugnaden.", [("Kari Dal og Ola Vik", "er ansvarlige for dugnaden", None)]),
    ("Ansvarlig for oppfølging er kommunalsjefen.", [("kommunalsjefen", "oppfølging", None)]),
    ("Kari Dal meldte seg til å lage program.", [("Kari Dal", "lage program", None)]),
    ("Hanne: lager plakat før jul", [("Hanne", "lager plakat", None)]),
    ("Kari spør klassekontaktene om hjelp.", [("Kari", "spør klassekontaktene om hjelp", None)]),
    # the proposal to the next body is a text of its own
    (
        "Rapporten oversendes kommunestyret med slik innstilling: Kommunestyret ber rådmannen lage en plan.",
        [(None, "Rapporten oversendes kommunestyret", None), ("rådmannen", "lage en plan", None)],
    ),
    # a day that is told of the meeting is no deadline of the task
    (
        "Administrasjonen avklarer tidspunktet som er foreslått 8. desember 2023.",
        [("Administrasjonen", "avklarer tidspunktet som er foreslått 8. desember 2023", None)],
    ),
]

NOTHING = [
    "Sak 16/23 behandles etter sak 12/23.",
    "Ny legevakt lokaliseres til sykehuset.",
    "Tilbudet organiseres som et vertskommunesamarbeid.",
    "Eldrerådet savner en bestemmelse om universell utforming.",
    "Tilbudet må styrkes før strukturen endres.",
    "Strategisk samarbeidsutvalg oppnevner fagutvalget i tråd med mandatet.",
    "Vedtaket var samrøystes.",
    "Innkalling og dagsorden godkjennes.",
    "Saken tas til orientering.",
    "Saken ble utsatt til SSU 15.12.2023.",
    "Saka vert utsett til neste møte.",
    "SSU stiller seg bak forslaget.",
    "Prosedyren godkjennes og gjelder fra 1. mars 2024.",
    "Kari Dal velges som nytt medlem ut 2024.",
    "SSU oppnevner Kari Dal som leder for arbeidsgruppen.",
    "Referatet ble godkjent med følgende merknad: Ola Vik var til stede.",
    "Leder: Kari Dal (4 stemmer).",
    "Møteplanen vedtas med møter 6. februar og 14. mai.",
    "v/Kari Dal",
    "Ingen saker.",
    "Rådet tek skriv, meldingar og drøftingar til orientering.",
    "Nordvik kommune gir ikke samtykke til bygging.",
    "Rådet legg saksframlegget til grunn.",
    "Leder og nestleder skal komme fra hver sin part.",
    "Utgiftene vert dekte av fondet.",
    # what a body does by saying so
    "Styret tar virksomhetsrapporten per 1. tertial 2023 til etterretning.",
    "Styret legger til grunn fremdriften i saken.",
    "Styret anser at mandatet er oppfylt.",
    "SSU velger leder og nestleder for to år av gangen.",
    "SSU prioriterer eldre og barn i 2024.",
    "Kontrollutvalget bestiller forvaltningsrevisjon om spesialundervisning.",
    "Havnes kommune gir ikke samtykke til oppføring av garasjen.",
    "Fylkestinget vedtek at planen skal rullerast.",
    # what is granted, paid, kept, set up of those named
    "Korpset innvilges et tilskudd på kr 15 000.",
    "Utgiftene vert dekte av disposisjonsfondet.",
    "Studieretningen videreføres.",
    "Gebyret for 2024 settes til kr 3 200.",
    "Det settes ned en styringsgruppe bestående av formannskapet og to tillitsvalgte.",
    # rules, notices, things
    "Leder og nestleder skal komme fra hver sin part.",
    "Utvalget vil ha en orientering i neste møte.",
    "Saken legges frem uten forslag til vedtak.",
    "Forfall meldes snarest til sekretariatet.",
    "Medlemmene må gi beskjed om forfall.",
    "Møtet lukkes etter kommuneloven § 11-5.",
    "Svaret følger protokollen som vedlegg.",
]

PROMISED = [
    # a text of minutes, and of each commitment who, what and the deadline
    ("Hanne følger opp saken med kommunen før jul.", [("Hanne", "følger opp saken med kommunen", "før jul")]),
    (
        "Rektor undersøker prisen og melder tilbake i neste møte.",
        [("Rektor", "undersøker prisen og melder tilbake", "i neste møte")],
    ),
    (
        "Susanne sender skjemaet innan fredag 25. november.",
        [("Susanne", "sender skjemaet", "innan fredag 25. november")],
    ),
    ("Soknepresten tar saken opp i stabsmøtet.", [("Soknepresten", "tar saken opp i stabsmøtet", None)]),
    ("Leiar tek kontakt med skulen.", [("Leiar", "tek kontakt med skulen", None)]),
    # what people do every day, apply for, must do by law, or what a thing does
    ("Sykehuset følger opp pasientene etter utskriving.", []),
    ("Koret søker om leie av salen 19. november.", []),
    ("Kommunene må ta stilling til leien før jul.", []),
    ("Samhandlingsreformen gir kommunene ansvar for døgntilbudet.", []),
    ("Byggingen starter før sommeren.", []),
    ("Det ble foreslått at Hanne tar kontakt med korpset.", []),
]

TOLD = [
    # a text of the treatment, and of each commitment who and what
    ("Kari Dal orienterte om status. Ola Vik innleder til diskusjon.", []),
    ("Leder for FSU-KT presenterer forslag til modell.", []),
    ("Søknaden krever samarbeid mellom fastleger og sykehus.", []),
    ("Kommunene må bli flinkere til å melde avvik.", []),
    ("Virksomheten ble i 2019 bedt om å lage en plan.", []),
    ("FSU-KT har fått oppgaven med å utarbeide utkast.", [("FSU-KT", "utarbeide utkast")]),
    (
        "Helsedirektoratet skal revidere veilederen i løpet av våren 2024.",
        [("Helsedirektoratet", "revidere veilederen")],
    ),
    (
        "Det legges opp til at prosjektleder gir en orientering i februar 2024.",
        [("prosjektleder", "gir en orientering")],
    ),
]


def found(text: str, *, stated: bool) -> list[tuple[str | None, str, str | None]]:
    return [
        (duty.actor, duty.action, duty.deadline.edtf if duty.deadline else None)
        for duty in duties(text, stated=stated, meeting=MEETING)
    ]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_a_decision_puts_work_on_somebody(text, expected):
    assert found(text, stated=True) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_settles_a_case_puts_nothing_on_anybody(text):
    assert found(text, stated=True) == []


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_the_treatment_gives_only_what_is_plainly_given(text, expected):
    assert [(actor, action) for actor, action, _ in found(text, stated=False)] == expected


@pytest.mark.parametrize(("text", "expected"), PROMISED)
def test_minutes_tell_what_somebody_promises(text, expected):
    read = duties(text, stated=False, meeting=MEETING, minutes=True)
    assert [(d.actor, d.action, d.deadline.text if d.deadline else None) for d in read] == expected


def test_other_documents_promise_nothing_in_the_present_tense():
    assert list(duties("Leder tar kontakt med skolen før jul.", stated=False, meeting=MEETING)) == []


def test_christmas_is_no_july():
    (duty,) = duties("Leder lager en plan før jul.", stated=True, meeting=MEETING)
    assert duty.deadline == ("før jul", None, 14, 21)


def test_what_stands_before_a_decision_in_its_paragraph_is_read():
    point = Decision(stage="adopted", ordinal=1, text="Saken utsettes.")
    document, record, item = case("Skolemat\nLeder undersøker prisen på frukt. Saken utsettes.", point)
    assert [(row.stage, row.actor) for row in responsibilities(document, record, [item])] == [("text", "Leder")]


def test_the_next_sentence_can_say_by_when():
    text = "Direktoratet har fått i oppdrag å revidere veilederen. Arbeidet er forsinket til i løpet av høsten 2024."
    assert found(text, stated=False) == [("Direktoratet", "revidere veilederen", "2024-23")]


def case(text: str, *decisions: Decision) -> tuple[LogicalDocument, Document, CaseItem]:
    lines = tuple(Paragraph(line, places=(Place(2),)) for line in text.split("\n"))
    record = Document(n=0, kind="minutes", body="SSU", date=MEETING)
    item = CaseItem(number="2023.4", title="Avvik", decisions=decisions, text=text)
    return LogicalDocument(n=0, kind="minutes", pages=(2, 2), blocks=lines), record, item


def test_each_row_says_stage_point_days_and_place():
    sentence = "Sekretariatet sender ut planen innen 1. desember 2023."
    place = Evidence(field="text", text=sentence, page=2)
    point = Decision(stage="adopted", ordinal=2, text=sentence, evidence=(place,))
    document, record, item = case(f"Avvik\nKonklusjon\n{sentence}", point)
    (row,) = responsibilities(document, record, [item])
    assert (row.number, row.stage, row.ordinal) == ("2023.4", "adopted", 2)
    assert (row.actor, row.action) == ("Sekretariatet", "sender ut planen")
    assert (row.deadline_text, row.deadline) == ("innen 1. desember 2023", "../2023-12-01")
    assert (row.earliest, row.latest) == (None, "2023-12-01")
    assert [(e.field, e.text, e.page) for e in row.evidence] == [("action", sentence, 2)]


def test_a_date_in_a_column_beside_the_decision_is_its_deadline():
    point = Decision(stage="adopted", ordinal=1, text="Kari Dal rydder i nettsidene")
    document, record, item = case("Nettsider\nKari Dal rydder i nettsidene\n31.01.24", point)
    (row,) = responsibilities(document, record, [item])
    assert (row.deadline_text, row.deadline) == ("31.01.24", "../2024-01-31")
    document, record, item = case("Nettsider\nKari Dal rydder i nettsidene\n15. januar 2024", point)
    assert [row.deadline for row in responsibilities(document, record, [item])] == ["../2024-01-15"]


def test_quoted_earlier_minutes_give_nothing():
    text = "Avvik\n«Fra forrige referat:\nFSU-KT har fått i oppdrag å lage en plan\nTas til orientering»"
    document, record, item = case(text)
    assert list(responsibilities(document, record, [item])) == []


def test_who_is_called_by_the_first_name_is_known_from_the_document():
    text = "Hilde følger opp saken med kommunen før jul."
    assert list(duties(text, stated=False, meeting=MEETING)) == []
    (duty,) = duties(text, stated=False, meeting=MEETING, known=frozenset({"Hilde"}))
    assert (duty.actor, duty.deadline.text, duty.deadline.edtf) == ("Hilde", "før jul", None)


def test_an_event_is_a_deadline_without_a_day():
    (duty,) = duties("Rådmannen legger fram saken når Statsforvalteren gir melding om tilskudd.", stated=True)
    assert duty.deadline.text == "når Statsforvalteren gir melding om tilskudd"
    assert duty.deadline.edtf is None


def test_other_documents_give_nothing():
    document, record, item = case("Avvik\nFSU-KT har fått i oppdrag å lage en plan")
    other = record.model_copy(update={"kind": "procedure"})
    assert list(responsibilities(document, other, [item])) == []
    assert len(list(responsibilities(document, record, [item]))) == 1
