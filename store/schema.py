"""The schema as data: each table's key columns, and the record class that gives its other columns.

A column is defined once, in ``models.records`` or here; the table, what is saved and what metadata.yml says about it
follow from that.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from models.records import (
    Attendance,
    CaseItem,
    Decision,
    Document,
    Evidence,
    InputPoint,
    Measure,
    Meeting,
    Procedure,
    Progress,
    Reference,
    Responsibility,
    Submission,
    Vote,
    VoteName,
)
from store.columns import BOX_EDGES, Column, record_columns

VERSION = 1
"""Kept in ``PRAGMA user_version``; raised when an older program could no longer write the tables rightly."""


class Table(NamedTuple):
    """A table: its own columns, and the record class whose fields follow them."""

    name: str
    keys: tuple[Column, ...]
    record: type[BaseModel] | None = None
    left_out: frozenset[str] = frozenset()
    """Fields of the record that the key columns already say."""
    primary: tuple[str, ...] = ("id",)
    indexes: tuple[str, ...] = ()
    """Columns to find rows by, beside the references to other tables, which all have an index."""
    internal: bool = False
    """For loading only: never in a published file."""
    derived: bool = False
    """For searching only: made from the other tables when a file is published, empty in the working database, and not
    shown to visitors as a table."""
    concluded: bool = False
    """Concluded from all documents together: made anew when a file is published, never copied."""

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.keys + (_of_record(self.record, self.left_out) if self.record else ())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@cache
def _of_record(record: type[BaseModel], left_out: frozenset[str]) -> tuple[Column, ...]:
    """Asked for with every row that is saved, and worked out from the record's annotations, which takes time."""
    return tuple(record_columns(record, left_out))


def _key(description: str) -> Column:
    return Column("id", description, required=True)


_SHA256 = Column("sha256", "Filens innhold som fingeravtrykk (SHA-256)", required=True, references="source_files")
_DOCUMENT = Column("document_id", "Dokumentet dette står i", required=True, references="documents")
_MEETING = Column("meeting_id", "Møtet dette hører til", references="meetings")
_BODY = Column("body_id", "Utvalgets nøkkel", required=True, references="bodies")
_NAMED = (
    Column("spellings", "Navnet slik det står i dokumentene, alle skrivemåter", required=True),
    Column("first_date", "Første dato i dokumentene der navnet står"),
    Column("last_date", "Siste dato i dokumentene der navnet står"),
)

TABLES: tuple[Table, ...] = (
    Table(
        "publication",
        (
            Column(
                "audience",
                "Hvem filen er laget for: alle (public) eller de som logger inn (internal)",
                required=True,
            ),
        ),
        primary=("audience",),
        concluded=True,
    ),
    Table(
        "source_files",
        (
            Column("sha256", "Filens innhold som fingeravtrykk (SHA-256)", required=True),
            Column("path", "Filens plassering da den ble lastet", required=True),
            Column("kind", "Filtype: pdf, docx (også det som er omformet fra DOC, ODT og RTF) eller zip"),
            Column(
                "status",
                "Lastet (loaded), avvist (refused) eller avløst av en nyere (superseded)",
                required=True,
            ),
            Column("code", "Hvorfor filen ble avvist"),
            Column("collaboration", "Samarbeidet som filen ble lastet for, der det var oppgitt"),
            Column("bytes", "Filens størrelse i byte", "INTEGER", required=True),
            Column("pages", "Antall sider; tomt for DOCX", "INTEGER"),
            Column("superseded_by", "Innholdet som kom i stedet på samme sted", references="source_files"),
            Column("downloadable", "Om originalen kan lastes ned (1) eller holdes tilbake (0)", "INTEGER"),
        ),
        primary=("sha256",),
    ),
    Table(
        "file_paths",
        (Column("path", "Sted der innholdet er funnet", required=True), _SHA256),
        primary=("path", "sha256"),
        internal=True,
    ),
    Table(
        "search_rows",
        (
            _SHA256,
            Column("first", "Filens første linje i søkeindeksen", "INTEGER", required=True),
            Column("last", "Filens siste linje i søkeindeksen", "INTEGER", required=True),
        ),
        primary=("sha256",),
        internal=True,
        concluded=True,
    ),
    Table(
        "bodies",
        (
            _key("Utvalgets nøkkel, for eksempel ssu"),
            Column("name", "Utvalgets navn", required=True),
            Column("collaboration", "Samarbeidet som de fleste av utvalgets dokumenter nevner"),
            Column("full_name", "Utvalgets fulle navn, der innstillingene gir det"),
            Column("level", "Utvalgets nivå, der innstillingene gir det: regionalt, kommunalt …"),
        ),
        concluded=True,
    ),
    Table(
        "body_settings",
        (
            Column("collaboration", "Samarbeidet som utvalget hører til", required=True),
            Column("ordinal", "Utvalgets plass i innstillingene", "INTEGER", required=True),
            Column("full_name", "Utvalgets fulle navn", required=True),
            Column("abbreviation", "Utvalgets forkortelse"),
            Column("aliases", "Andre navn på utvalget, som JSON", required=True),
            Column("level", "Utvalgets nivå"),
        ),
        primary=("collaboration", "ordinal"),
        internal=True,
    ),
    Table(
        "read_with",
        (_SHA256, Column("bodies", "Fingeravtrykk av utvalgene i innstillingene da filen ble lest", required=True)),
        primary=("sha256",),
        internal=True,
    ),
    Table(
        "masks",
        (
            _key("Den svarte rutens nøkkel"),
            _SHA256,
            Column("page", "Side i filen; tom for DOCX", "INTEGER"),
            *(Column(edge, description, "REAL") for edge, description in BOX_EDGES.items()),
        ),
    ),
    Table(
        "meetings",
        (
            _key("Møtets nøkkel: utvalg og dato"),
            _BODY,
            Column("date", "Møtedato", required=True),
            Column("start", "Klokkeslett for møtestart"),
            Column("end", "Klokkeslett for møteslutt"),
            Column("place", "Møtested"),
            Column("chair", "Møteleder"),
            Column("secretary", "Referent eller møtesekretær"),
        ),
        indexes=("date",),
        concluded=True,
    ),
    Table(
        "documents",
        (
            _key("Dokumentets nøkkel: utvalg, dato, type og filens fingeravtrykk"),
            _SHA256,
            Column("body_id", "Utvalgets nøkkel", references="bodies"),
            _MEETING,
            Column("collaboration", "Samarbeidet som dokumentet nevner oftest, for eksempel et helsefellesskap"),
        ),
        Document,
        indexes=("date",),
    ),
    Table(
        "pages",
        (
            _key("Sidens nøkkel: dokument og side"),
            _DOCUMENT,
            Column("page", "Side i filen (1 er den første); tom for DOCX", "INTEGER"),
            Column("text", "Sidens tekst i leserekkefølge", required=True),
            Column("struck", "Tekst på siden som er tatt ut og ikke gjelder, linje for linje ved siden av teksten"),
            Column("furniture", "Topptekst, bunntekst og sidetall på siden"),
            Column("places", "Hvor hver linje i teksten står, linje for linje: rammen på siden, eller avsnitt i DOCX"),
        ),
    ),
    Table("meeting_documents", (_DOCUMENT, _MEETING), Meeting, primary=("document_id",)),
    Table("attendances", (_key("Fremmøtets nøkkel"), _DOCUMENT, _MEETING), Attendance, indexes=("name",)),
    Table(
        "cases",
        (
            _key("Sakens nøkkel: utvalg og saksnummer"),
            _BODY,
            Column("number", "Saksnummer", required=True),
            Column("title", "Sakens tittel i det siste referatet, eller i saksfremlegg eller innkalling"),
            Column("first_date", "Første møte der saken er behandlet eller satt opp"),
            Column("last_date", "Siste møte der saken er behandlet eller satt opp"),
            Column("outcome", "Utfallet i det siste referatet som har et"),
        ),
        indexes=("last_date", "number"),
        concluded=True,
    ),
    Table(
        "case_items",
        (
            _key("Nøkkelen til saken i dette dokumentet: dokument og saksnummer"),
            _DOCUMENT,
            Column("case_id", "Saken; tom når utvalg eller nummer mangler", references="cases"),
            _MEETING,
        ),
        CaseItem,
    ),
    Table(
        "decisions",
        (
            _key("Vedtakspunktets nøkkel"),
            Column("case_item_id", "Saken i dokumentet som punktet står i", required=True, references="case_items"),
            _DOCUMENT,
            Column("page", "Siden der punktet står; tom for DOCX", "INTEGER"),
            Column(
                "same_as",
                "Det samme punktet i et annet dokument, som følges i stedet",
                references="decisions",
                concluded=True,
            ),
            Column("date", "Møtets dato, ellers dokumentets", concluded=True),
        ),
        Decision,
        indexes=("outcome", "date"),
    ),
    Table(
        "votes",
        (
            _key("Avstemningens nøkkel: saken i dokumentet og avstemningens nummer"),
            Column(
                "case_item_id", "Saken i dokumentet som avstemningen står i", required=True, references="case_items"
            ),
            _DOCUMENT,
            Column("ordinal", "Avstemningens nummer i saken", "INTEGER", required=True),
            Column("page", "Siden der avstemningen står; tom for DOCX", "INTEGER"),
        ),
        Vote,
        indexes=("result",),
    ),
    Table(
        "vote_names",
        (
            _key("Navnets nøkkel: avstemningen og navnets nummer"),
            Column("vote_id", "Avstemningen", required=True, references="votes"),
            Column(
                "case_item_id", "Saken i dokumentet som avstemningen står i", required=True, references="case_items"
            ),
            _DOCUMENT,
            Column("page", "Siden der avstemningen står; tom for DOCX", "INTEGER"),
        ),
        VoteName,
        indexes=("name", "party"),
    ),
    Table(
        "case_references",
        (
            _key("Henvisningens nøkkel"),
            Column("case_item_id", "Saken i dokumentet som viser til noe", required=True, references="case_items"),
            _DOCUMENT,
            Column("target_case_id", "Saken det vises til, der den er funnet", references="cases", concluded=True),
            Column(
                "target_meeting_id", "Møtet det vises til, der det er funnet", references="meetings", concluded=True
            ),
            Column("unresolved", "Hvorfor saken eller møtet ikke er funnet", concluded=True),
            Column("decision_id", "Forslags- eller vedtakspunktet henvisningen står i", references="decisions"),
            Column("page", "Siden der henvisningen står; tom for DOCX", "INTEGER"),
        ),
        Reference,
        indexes=("unresolved",),
    ),
    Table(
        "responsibilities",
        (
            _key("Nøkkelen til ansvaret: dokument og nummer"),
            _DOCUMENT,
            Column("case_item_id", "Saken i dokumentet som ansvaret står i", references="case_items"),
            Column("decision_id", "Forslags- eller vedtakspunktet; tomt for tekst", references="decisions"),
            Column("page", "Siden der ansvaret står; tom for DOCX", "INTEGER"),
        ),
        Responsibility,
        indexes=("actor", "latest"),
    ),
    Table(
        "progress_notes",
        (
            _key("Meldingens nøkkel"),
            Column("case_item_id", "Saken i dokumentet som meldingen står i", references="case_items"),
            _DOCUMENT,
            Column(
                "target_case_id",
                "Saken meldingen gjelder, der en annen enn dens egen er nevnt",
                references="cases",
                concluded=True,
            ),
            Column("page", "Siden der meldingen står; tom for DOCX", "INTEGER"),
        ),
        Progress,
    ),
    Table(
        "decision_carriers",
        (
            _key("Leddets nøkkel: vedtakspunktet og leddets nummer"),
            Column("decision_id", "Vedtakspunktet som er tatt opp igjen", required=True, references="decisions"),
            Column(
                "kind", "Hva som knytter saken til vedtaket: henvisning, utsettelse, oppfølgingsliste …", required=True
            ),
            Column("says", "Hva det senere dokumentet gjør med vedtaket: satt opp, behandlet, utført …", required=True),
            Column("case_item_id", "Saken i det senere dokumentet", references="case_items"),
            Column("case_id", "Saken som tar vedtaket opp", references="cases"),
            Column("meeting_id", "Møtet som tar vedtaket opp", references="meetings"),
            _DOCUMENT,
            Column("page", "Siden der det står; tom for DOCX", "INTEGER"),
            Column("text", "Teksten det bygger på, slik den står der", required=True),
            Column("compared", "Hva som er sammenlignet for å knytte dem sammen", required=True),
            Column("score", "Hvor godt det stemmer, av 100", "REAL", required=True),
        ),
        concluded=True,
    ),
    Table(
        "decision_commitments",
        (
            Column("decision_id", "Vedtakspunktet som noe skal følge av", required=True, references="decisions"),
            Column("responsible", "Hvem som svarer for det; ellers den saken oppgir som ansvarlig"),
            Column("deadline_text", "Den nærmeste fristen, slik den står"),
            Column("deadline_edtf", "Fristen som EDTF (ISO 8601-2); møtedatoen der fristen er et møte"),
            Column("deadline_earliest", "Den tidligste dagen fristen kan bety"),
            Column("deadline_latest", "Den siste dagen fristen kan bety"),
            Column("carrier_id", "Det senere leddet som gir vedtakets tilstand", references="decision_carriers"),
            Column("open_because", "Hvorfor vedtaket er åpent der ingen senere sak tar det opp", required=True),
        ),
        primary=("decision_id",),
        indexes=("deadline_latest",),
        concluded=True,
    ),
    Table(
        "measure_identities",
        (
            _key("Tiltakets nøkkel gjennom alle planer: samarbeid og tittel"),
            Column("title", "Tiltakets korteste tittel", required=True),
        ),
        concluded=True,
    ),
    Table(
        "measures",
        (
            _key("Nøkkelen til tiltaket i dette dokumentet"),
            _DOCUMENT,
            Column("identity", "Tiltaket gjennom alle planer", references="measure_identities", concluded=True),
            Column("match_id", "Tiltaket i et annet dokument som har den likeste tittelen", concluded=True),
            Column(
                "match_score",
                "Hvor like de to titlene er, av 100; fra 90 regnes de som samme tiltak",
                "REAL",
                concluded=True,
            ),
            Column("page", "Siden der tiltaket står; tom for DOCX", "INTEGER"),
        ),
        Measure,
        indexes=("title",),
    ),
    Table("procedures", (_DOCUMENT,), Procedure, primary=("document_id",), indexes=("number",)),
    Table("submissions", (_DOCUMENT,), Submission, primary=("document_id",), indexes=("sender",)),
    Table(
        "input_points",
        (
            _key("Innspillspunktets nøkkel"),
            _DOCUMENT,
            Column("ordinal", "Punktets nummer i brevet", "INTEGER", required=True),
            Column("page", "Siden der punktet begynner; tom for DOCX", "INTEGER"),
        ),
        InputPoint,
        indexes=("theme", "question"),
    ),
    Table(
        "abbreviations",
        (
            _key("Forkortelsens nøkkel: dokument og forkortelse"),
            _DOCUMENT,
            Column("abbreviation", "Forkortelsen", required=True),
            Column("name", "Organisasjonens navn, som forkortelsen står ved siden av", required=True),
        ),
        internal=True,
    ),
    Table(
        "register",
        (
            Column("ordinal", "Linjens plass i navneregisteret", "INTEGER", required=True),
            Column("applies_to", "Person (person) eller organisasjon (organisation)", required=True),
            Column("name", "Det fulle navnet", required=True),
            Column("also", "Andre skrivemåter", required=True),
            Column("apart", "Navn på andre, som ikke må tas for den samme", required=True),
            Column("organisation", "Organisasjonen som linjen gjelder ved"),
            Column("first_date", "Første dag linjen gjelder"),
            Column("last_date", "Siste dag linjen gjelder"),
            Column("collaboration", "Samarbeidet som linjen gjelder i"),
            Column("key", "Nøkkelen til personen eller organisasjonen"),
            Column("note", "Merknad"),
        ),
        primary=("ordinal",),
        internal=True,
    ),
    Table(
        "people",
        (
            _key("Personens nøkkel: navnet"),
            Column("name", "Personens navn, så fullt som dokumentene skriver det", required=True),
            Column("collaboration", "Samarbeidet som navnet hører til"),
            *_NAMED,
        ),
        indexes=("name",),
        concluded=True,
    ),
    Table(
        "organisations",
        (
            _key("Organisasjonens nøkkel: navnet"),
            Column("name", "Organisasjonens navn, så fullt som dokumentene skriver det", required=True),
            *_NAMED,
        ),
        indexes=("name",),
        concluded=True,
    ),
    Table(
        "name_mentions",
        (
            _key("Nøkkelen til stedet der navnet står"),
            Column("record_table", "Tabellen som navnet står i", required=True),
            Column("record_id", "Raden som navnet står i", required=True),
            _DOCUMENT,
            Column("page", "Siden der navnet står; tom for DOCX", "INTEGER"),
            Column("field", "Feltet som navnet står i", required=True),
            Column("printed", "Navnet, slik det står", required=True),
            Column("role", "Rolle eller tittel ved navnet, slik den står"),
            Column("organisation", "Organisasjon ved navnet, slik den står"),
            Column("date", "Møtets eller dokumentets dato"),
            Column("person_id", "Personen som navnet betyr", references="people"),
            Column("organisation_id", "Organisasjonen som navnet betyr", references="organisations"),
            Column("body_id", "Utvalget som navnet betyr", references="bodies"),
            Column("how", "Hva som avgjorde hvem navnet betyr"),
            Column("unresolved", "Hvorfor det ikke er avgjort hvem navnet betyr"),
        ),
        indexes=("record_id", "printed"),
        concluded=True,
    ),
    Table(
        "put_together",
        (
            _DOCUMENT,
            Column(
                "program", "Fingeravtrykk av programmet og innstillingene som satte dokumentet sammen", required=True
            ),
            Column("neighbours", "Fingeravtrykk av dokumentene det henger sammen med", required=True),
        ),
        primary=("document_id",),
        internal=True,
        concluded=True,
    ),
    Table(
        "evidence",
        (
            _key("Kildestedets nøkkel"),
            Column("record_table", "Tabellen som verdien står i", required=True),
            Column("record_id", "Raden som verdien står i", required=True),
            _DOCUMENT,
        ),
        Evidence,
        indexes=("record_id",),
    ),
    Table(
        "problems",
        (
            _key("Merknadens nøkkel"),
            Column("sha256", "Filens fingeravtrykk; tomt når den ikke kunne åpnes", references="source_files"),
            Column("document_id", "Dokumentet i filen; tomt når merknaden gjelder hele filen", references="documents"),
            Column("path", "Filens plassering", required=True),
            Column("code", "Hva som gikk galt", required=True),
            Column("page", "Side i filen; tom når merknaden gjelder hele filen", "INTEGER"),
            Column("detail", "Nærmere om merknaden", required=True),
        ),
        indexes=("path", "code"),
    ),
    Table(
        "search_words",
        (
            _key("Ord som står i dokumentene, med små bokstaver")._replace(name="word"),
            Column("folded", "Ordet uten norske bokstaver, slik det skrives på et fremmed tastatur", required=True),
            Column("backwards", "Ordets grunnform baklengs, for ord som slutter likt", required=True),
            Column("hits", "Antall steder i søkeindeksen der ordet står", "INTEGER", required=True),
        ),
        primary=("word",),
        indexes=("folded", "backwards"),
        derived=True,
    ),
    Table(
        "search_forms",
        (
            Column("form", "Grunnform av ordet, eller av en del av det", required=True),
            Column("how", "Ordet selv (base) eller et ord det er satt sammen av (part)", required=True),
            Column("word", "Ordet slik det står i dokumentene", required=True),
        ),
        primary=("form", "how", "word"),
        derived=True,
    ),
    Table(
        "search_synonyms",
        (
            Column("form", "Grunnform av et ord", required=True),
            Column("synonym", "Et annet ord for det samme", required=True),
        ),
        primary=("form", "synonym"),
        derived=True,
    ),
    Table(
        "search_filters",
        (
            Column("hit", "Raden i søkeindeksen", "INTEGER", required=True),
            Column("case_item_id", "Saken i dokumentet; tom for sider"),
            Column("case_id", "Saken"),
            Column("body_id", "Utvalgets nøkkel"),
            Column("date", "Møtets eller brevets dato"),
            Column("document_kind", "Dokumenttype: innkalling, referat, saksfremlegg …", required=True),
            Column("stage", "Forslag (proposed) eller vedtak (adopted)"),
            Column("outcome", "Utfall: godkjent, tatt til orientering, utsatt …"),
            Column("states", "Hvordan det er gått med vedtakene i saken, koder med | rundt"),
            Column("responsible", "De ansvarlige i saken, uten norske bokstaver"),
        ),
        primary=("hit",),
        indexes=("case_item_id",),
        derived=True,
    ),
)

OBSOLETE = {"source_files": ("seconds",)}
"""Columns that earlier versions required a value in."""

SEARCH = {
    "kind": "Treffets art: sak (case), vedtakspunkt (decision), side (page) eller tekst som er tatt ut (struck)",
    "record_id": "Nøkkelen til raden som ble funnet",
    "document_id": "Dokumentet som treffet står i",
    "page": "Siden som treffet står på; tom for DOCX",
    "title": "Sakens eller dokumentets tittel",
    "text": "Teksten det søkes i",
}

VIEWS = {
    "decision_list": {
        "id": "Vedtakspunktets nøkkel",
        "case_id": "Sakens nøkkel",
        "body": "Utvalg",
        "meeting_date": "Møtedato",
        "number": "Saksnummer",
        "title": "Sakens tittel i dokumentet",
        "stage": "Forslag til vedtak (proposed) eller vedtak (adopted)",
        "ordinal": "Punktets nummer innenfor forslaget eller vedtaket",
        "text": "Vedtakspunktet, slik det står i dokumentet",
        "outcome": "Utfall: godkjent, tatt til orientering, utsatt …",
        "document_id": "Dokumentet som punktet står i",
        "page": "Siden der punktet står; tom for DOCX",
    },
    "decision_follow_up": {
        "decision_id": "Vedtakspunktets nøkkel",
        "collaboration": "Samarbeidet utvalget hører til",
        "body_id": "Utvalgets nøkkel",
        "body": "Utvalg",
        "case_id": "Sakens nøkkel",
        "case_number": "Saksnummer",
        "case_title": "Sakens tittel i referatet",
        "meeting_id": "Møtets nøkkel",
        "meeting_date": "Møtedato",
        "decision": "Vedtakspunktet, slik det står i referatet",
        "outcome": "Utfall: godkjent, tatt til orientering, utsatt …",
        "responsible": "Hvem som svarer for det, slik dokumentet skriver det; ellers den saken oppgir som ansvarlig",
        "deadline_text": "Fristen slik den står",
        "deadline_edtf": "Fristen som EDTF (ISO 8601-2)",
        "deadline_earliest": "Den tidligste dagen fristen kan bety",
        "deadline_latest": "Den siste dagen fristen kan bety; vedtaket er forfalt når den er passert",
        "state": "Tilstand: ingenting å følge opp, åpent, på sakslisten, behandlet eller utført",
        "state_reason": "Hvorfor vedtaket har denne tilstanden",
        "carried_by": "Nummeret til saken som tar vedtaket opp igjen",
        "carried_by_case_id": "Nøkkelen til saken som tar vedtaket opp igjen",
        "document_id": "Dokumentet som vedtaket står i",
        "page": "Siden der vedtaket står; tom for DOCX",
        "evidence": "Teksten slik den står på siden",
    },
}
"""The views of views.sql and what their columns say."""


def table(name: str) -> Table:
    """A table by its name; KeyError where there is none.

    >>> table("pages").names
    ('id', 'document_id', 'page', 'text', 'struck', 'furniture', 'places')
    """
    return _BY_NAME[name]


_BY_NAME = {one.name: one for one in TABLES}


def descriptions() -> dict[str, dict[str, str]]:
    """The Norwegian description of every column of every table and view that visitors may look at.

    >>> descriptions()["decisions"]["outcome"]
    'Utfall: godkjent, tatt til orientering, utsatt …'
    """
    tables = {t.name: {c.name: c.description for c in t.columns} for t in TABLES if not (t.internal or t.derived)}
    return tables | {"search": dict(SEARCH)} | {name: dict(columns) for name, columns in VIEWS.items()}
