"""What extraction yields: frozen records, one class a table, one definition a field.

The Norwegian ``description`` of a field is what Datasette shows above its column, the annotation is what validates it
and what gives the column its type (``store.schema`` reads both from here). Every record keeps its ``evidence``: for
each value the text as printed and the place where it stands.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from models.page import Box

DocumentKind = Literal[
    "agenda",
    "minutes",
    "case_memo",
    "action_plan",
    "status_report",
    "procedure",
    "input_letter",
    "consultation_response",
    "presentation",
    "other",
]
DOCUMENT_KINDS: tuple[str, ...] = get_args(DocumentKind)
CaseKind = Literal["information", "discussion", "decision", "approval"]
Outcome = Literal["approved", "noted", "supported", "postponed", "elected", "mandated", "rejected", "none"]
Presence = Literal["present", "absent", "secretariat", "guest"]
Stage = Literal["proposed", "adopted"]
VoteSide = Literal["for", "against"]

Date = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d(-\d\d)?$")]
"""A day, a month or a season as EDTF: 2022-09-22, 2022-11, 2022-23."""
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class Frozen(BaseModel):
    """A record that cannot be changed once it is made, and that takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Frozen):
    """Where a value stands in the file, and how it is printed there.

    A text that runs over a page break has one piece of evidence on each page.

    >>> Evidence(field="date", text="22.09.22", page=1, box=(60, 120, 100, 131)).box.width
    40.0
    """

    field: Text = Field(description="Feltet som teksten er kilde for")
    text: Text = Field(description="Teksten slik den står i dokumentet")
    page: int | None = Field(None, ge=1, description="Side i filen (1 er den første); tom for DOCX")
    box: Box | None = Field(None, description="Ramme på siden i punkt fra øverste venstre hjørne")
    address: str | None = Field(None, description="Avsnitt eller celle i DOCX, for eksempel t2.r3.c1.p1")


class Record(Frozen):
    """A record read from a document, with the evidence of its values."""

    evidence: tuple[Evidence, ...] = Field((), repr=False, description="Kildesteder for verdiene")


class Document(Record):
    """A logical document inside a file."""

    n: int = Field(ge=0, description="Dokumentets plass i filen (0 er det første)")
    kind: DocumentKind = Field(description="Dokumenttype: innkalling, referat, saksfremlegg …")
    title: str | None = Field(None, description="Dokumentets tittel")
    body: str | None = Field(None, description="Utvalg, slik dokumentet skriver det")
    date: Date | None = Field(None, description="Møtets eller brevets dato")
    organisation: str | None = Field(None, description="Avsender av innspill eller høringssvar")
    first_page: int | None = Field(None, ge=1, description="Første side i filen; tom for DOCX")
    last_page: int | None = Field(None, ge=1, description="Siste side i filen; tom for DOCX")
    claim: str = Field("", description="Ordene som avgjorde dokumenttypen")
    case_reference: str | None = Field(None, description="Saksnummeret som vedlegget er merket med")
    exempt: str | None = Field(None, description="Merket som unntar dokumentet fra offentlighet, slik det står")


class Attendance(Record):
    """One person in a meeting's list of those present, absent or invited as guests."""

    name: Text = Field(description="Navn, slik dokumentet skriver det")
    organisation: str | None = Field(None, description="Organisasjon eller kommune")
    role: str | None = Field(None, description="Stilling, funksjon eller merknad")
    presence: Presence = Field(description="Til stede, forfall, sekretariat eller gjest")


class Meeting(Record):
    """A meeting as the head of its agenda or minutes describes it."""

    body: str | None = Field(None, description="Utvalg, slik dokumentet skriver det")
    date: Date | None = Field(None, description="Møtedato")
    start: Time | None = Field(None, description="Klokkeslett for møtestart")
    end: Time | None = Field(None, description="Klokkeslett for møteslutt")
    place: str | None = Field(None, description="Møtested")
    chair: str | None = Field(None, description="Møteleder")
    secretary: str | None = Field(None, description="Referent eller møtesekretær")
    attendances: tuple[Attendance, ...] = Field((), description="Fremmøte")


class Decision(Record):
    """One proposed or adopted point of a case: a paragraph, bullet or lettered point."""

    stage: Stage = Field(description="Forslag til vedtak (proposed) eller vedtak (adopted)")
    ordinal: int = Field(ge=1, description="Punktets nummer innenfor forslaget eller vedtaket")
    text: Text = Field(description="Vedtakspunktet, slik det står i dokumentet")
    outcome: Outcome | None = Field(None, description="Utfall: godkjent, tatt til orientering, utsatt …")
    by_reference: bool = Field(False, description="Vedtatt ved henvisning til forslaget («Enstemmig vedtatt»)")


class VoteName(Frozen):
    """Somebody of whom it is told how they voted, or a party that voted as one; not a list of those present."""

    side: VoteSide = Field(description="Stemte for (for) eller imot (against)")
    name: str | None = Field(None, description="Navn, slik dokumentet skriver det; tomt der bare partiet er nevnt")
    party: str | None = Field(None, description="Parti eller liste, slik dokumentet skriver det")


class Vote(Record):
    """A vote in a case, as far as it is told: numbers that are not written are not worked out.

    >>> Vote(subject="Innstillingen", for_count=9, against_count=4, result="vedtatt", text="…").blank_count is None
    True
    """

    subject: str | None = Field(None, description="Det det ble stemt over, slik det står; tomt der det ikke er sagt")
    for_count: int | None = Field(None, ge=0, description="Stemmer for")
    against_count: int | None = Field(None, ge=0, description="Stemmer imot")
    blank_count: int | None = Field(None, ge=0, description="Blanke stemmer")
    unanimous: bool = Field(False, description="Om teksten sier at det var enstemmig (1) eller ikke (0)")
    casting_vote: bool = Field(False, description="Om lederens dobbeltstemme avgjorde (1) eller ikke (0)")
    result: str | None = Field(None, description="Hva det ble til, slik det står: vedtatt, falt, ikke vedtatt …")
    text: Text = Field(description="Avstemningen, slik den står i dokumentet")
    names: tuple[VoteName, ...] = Field((), description="De som er nevnt med navn eller parti")


class CaseItem(Record):
    """A case as one logical document treats it."""

    number: str | None = Field(None, description="Saksnummer slik det er trykt, uten mellomrom")
    title: str | None = Field(None, description="Sakens tittel")
    kinds: tuple[CaseKind, ...] = Field((), description="Sakstype: orientering, diskusjon, beslutning, godkjenning")
    responsible: tuple[Text, ...] = Field((), description="Ansvarlig eller saksbehandler")
    attachments: int = Field(0, ge=0, description="Antall vedlegg som saken melder")
    decisions: tuple[Decision, ...] = Field((), description="Forslag og vedtak, punkt for punkt")
    votes: tuple[Vote, ...] = Field((), description="Avstemninger, i den rekkefølgen de er fortalt")
    outcome: Outcome | None = Field(None, description="Utfallet av vedtaket: godkjent, tatt til orientering, utsatt …")
    exempt: str | None = Field(None, description="Merket som unntar saken fra offentlighet, slik det står")
    text: str = Field("", repr=False, description="Sakens fulle tekst i dokumentet")
    first_page: int | None = Field(None, ge=1, description="Siden der saken begynner; tom for DOCX")
    last_page: int | None = Field(None, ge=1, description="Siden der saken slutter; tom for DOCX")

    def points(self, stage: Stage) -> list[str]:
        """The texts of its proposed or adopted points."""
        return [d.text for d in self.decisions if d.stage == stage]


class Responsibility(Record):
    """A commitment that a text puts on somebody."""

    number: str | None = Field(None, description="Saksnummer")
    stage: Literal["adopted", "proposed", "text"] = Field(description="Vedtatt, foreslått eller omtalt i teksten")
    ordinal: int | None = Field(None, ge=1, description="Punktets nummer i forslaget eller vedtaket; tomt for tekst")
    actor: str | None = Field(None, description="Hvem som har ansvaret, slik dokumentet skriver det")
    action: Text = Field(description="Det som skal gjøres, slik det står")
    deadline_text: str | None = Field(None, description="Fristen slik den står")
    deadline: str | None = Field(None, description="Fristen som EDTF (ISO 8601-2)")
    earliest: Date | None = Field(None, description="Den tidligste dagen fristen kan bety; tom når den er åpen bakover")
    latest: Date | None = Field(None, description="Den siste dagen fristen kan bety; tom når den ikke er en dato")


class Reference(Record):
    """A reference from a case to another case or meeting."""

    number: str | None = Field(None, description="Saksnummer")
    kind: Literal["follow_up", "postponed_to", "to_be_raised_in", "mentions"] = Field(
        description="Hva slags henvisning"
    )
    target: str | None = Field(None, description="Saksnummeret det vises til")
    target_body: str | None = Field(None, description="Utvalget det vises til; tomt for samme utvalg")
    target_date: PartialDate | None = Field(
        None, description="Møtedatoen det vises til; måned (2022-11) eller årstid (2022-23) der dagen ikke står"
    )


class Progress(Record):
    """What a case says of how far earlier work has come: that it is carried out, or that it is not.

    >>> Progress(number="2022.28", target="2022.13", text="Søknaden er sendt.", done=True).done
    True
    """

    number: str | None = Field(None, description="Saksnummer")
    target: str | None = Field(None, description="Saksnummeret meldingen gjelder; tomt når den gjelder sin egen sak")
    target_body: str | None = Field(None, description="Utvalget det vises til; tomt for samme utvalg")
    subject: str | None = Field(None, description="Hva meldingen gjelder: setningsleddet, eller det en liste sier")
    text: Text = Field(description="Meldingen, slik den står")
    verb: str | None = Field(None, description="Ordet som sier hva som er gjort: sendt, utarbeidet, avsluttet …")
    done: bool = Field(description="Om teksten sier at noe er utført (1) eller ikke (0)")


class Measure(Record):
    """A measure or focus area of an action plan or status report."""

    group: str | None = Field(None, description="Gruppe eller satsingsområde")
    title: Text = Field(description="Tiltakets navn")
    goal: str | None = Field(None, description="Mål")
    work_form: str | None = Field(None, description="Arbeidsform")
    period: str | None = Field(None, description="Periode")
    status: str | None = Field(None, description="Resultat eller status, første setning")
    period_edtf: str | None = Field(None, description="Perioden som EDTF (ISO 8601-2); tom når den ikke er en dato")
    responsible: str | None = Field(None, description="Ansvarlig, slik planen skriver det")
    description: str | None = Field(None, description="Det planen ellers sier om tiltaket, ved siden av navnet")


class InputPoint(Record):
    """One point of an input letter or a consultation response."""

    theme: str | None = Field(None, description="Tema: nærmeste overskrift uten nummer")
    question: Literal["challenges", "measures", "examples", "support", "other"] | None = Field(
        None, description="Spørsmålet punktet svarer på"
    )
    text: Text = Field(description="Punktets tekst")
    answer: str | None = Field(None, description="Avkrysset svar på spørsmålet i et skjema")


class Submission(Record):
    """An input letter or a consultation response: who sent it to whom."""

    sender: str | None = Field(None, description="Avsender av innspillet")
    recipient: str | None = Field(None, description="Mottaker, der brevet nevner den")
    date: Date | None = Field(None, description="Brevets dato")
    title: str | None = Field(None, description="Brevets tittel")


class Procedure(Record):
    """A procedure as its head describes it; what the head has struck through is what applied before."""

    number: str | None = Field(None, description="Dokumentnummer, slik prosedyren skriver det")
    revision: str | None = Field(None, description="Revisjon, slik prosedyren skriver det")
    prepared_by: str | None = Field(None, description="Hvem som har utarbeidet eller revidert prosedyren")
    approved_by: str | None = Field(None, description="Hvem som har godkjent prosedyren")
    approved_date: Date | None = Field(None, description="Godkjenningsdato")
    valid_from: Date | None = Field(None, description="Datoen prosedyren gjelder fra")
    valid_for: str | None = Field(None, description="Hvem eller hva prosedyren gjelder for")
    former_number: str | None = Field(None, description="Tidligere dokumentnummer, tatt ut av hodet")
    former_revision: str | None = Field(None, description="Tidligere revisjon, tatt ut av hodet")
    former_prepared_by: str | None = Field(
        None, description="Hvem som hadde utarbeidet prosedyren før, tatt ut av hodet"
    )
    former_approved_by: str | None = Field(None, description="Hvem som hadde godkjent prosedyren før, tatt ut av hodet")
    former_approved_date: Date | None = Field(None, description="Tidligere godkjenningsdato, tatt ut av hodet")
    former_valid_from: Date | None = Field(None, description="Datoen prosedyren gjaldt fra før, tatt ut av hodet")
    former_valid_for: str | None = Field(None, description="Hva prosedyren gjaldt for før, tatt ut av hodet")


class Extraction(Frozen):
    """Everything read from one logical document."""

    document: Document
    meeting: Meeting | None = None
    case_items: tuple[CaseItem, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    references: tuple[Reference, ...] = ()
    progress: tuple[Progress, ...] = ()
    measures: tuple[Measure, ...] = ()
    input_points: tuple[InputPoint, ...] = ()
    submission: Submission | None = None
    procedure: Procedure | None = None
    problems: tuple[tuple[str, int | None, str], ...] = ()
    """(code, page, detail) of what was left unread; codes from :data:`models.problems.PROBLEMS`."""


def _pages(record: Document | CaseItem) -> list[int] | None:
    if record.first_page is None:
        return None
    return [record.first_page, record.last_page or record.first_page]


def _plain(record: Record, *left_out: str) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude=set(left_out))


def as_format(source: str, extractions: list[Extraction]) -> dict[str, Any]:
    """The extraction format of a file: the JSON object that ``sakspor extract`` prints.

    >>> memo = Document(n=0, kind="case_memo", first_page=1, last_page=2)
    >>> case = CaseItem(number="2022.26", decisions=(Decision(stage="proposed", ordinal=1, text="Godkjennes"),))
    >>> found = as_format("memo.pdf", [Extraction(document=memo, case_items=(case,))])
    >>> found["documents"][0]["pages"], found["case_items"][0]["proposed"]
    ([1, 2], ['Godkjennes'])
    """
    lists = ("responsibilities", "references", "progress", "measures", "input_points")
    whole: dict[str, Any] = {
        key: [] for key in ("documents", "meetings", "case_items", *lists, "submissions", "procedures")
    }
    for found in extractions:
        n = {"document": found.document.n}
        whole["documents"].append(_plain(found.document, "first_page", "last_page") | {"pages": _pages(found.document)})
        if found.meeting:
            whole["meetings"].append(n | _plain(found.meeting))
        for item in found.case_items:
            whole["case_items"].append(
                n
                | _plain(item, "first_page", "last_page", "text")
                | {"proposed": item.points("proposed"), "adopted": item.points("adopted"), "pages": _pages(item)}
            )
        if found.submission:
            whole["submissions"].append(n | _plain(found.submission))
        if found.procedure:
            whole["procedures"].append(n | _plain(found.procedure))
        for key in lists:
            whole[key].extend(n | _plain(record) for record in getattr(found, key))
    return {"source": source, **whole}
