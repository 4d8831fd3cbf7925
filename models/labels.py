"""The Norwegian words for codes and columns: one vocabulary for the site, the reports and the messages.

The database keeps the English codes of :mod:`models.records`, so that links, filters and corrections hold when a word
on the screen is improved here.
"""

from __future__ import annotations

import json

from models.problems import PROBLEMS

DOCUMENT_KINDS = {
    "agenda": "Innkalling",
    "minutes": "Referat",
    "case_memo": "Saksfremlegg",
    "action_plan": "Handlingsplan",
    "status_report": "Statusrapport",
    "procedure": "Prosedyre",
    "input_letter": "Innspill",
    "consultation_response": "Høringssvar",
    "presentation": "Presentasjon",
    "other": "Annet dokument",
}
CASE_KINDS = {
    "information": "Orientering",
    "discussion": "Drøfting",
    "decision": "Beslutning",
    "approval": "Godkjenning",
}
OUTCOMES = {
    "approved": "Godkjent",
    "noted": "Tatt til orientering",
    "supported": "Gitt støtte",
    "postponed": "Utsatt",
    "elected": "Valgt",
    "mandated": "Gitt i oppdrag",
    "rejected": "Avslått",
    "none": "Ingen konklusjon",
}
STAGES = {"proposed": "Forslag", "adopted": "Vedtak", "text": "Omtale"}
PRESENCES = {"present": "Til stede", "absent": "Forfall", "secretariat": "Sekretariat", "guest": "Gjest"}
REFERENCE_KINDS = {
    "follow_up": "Oppfølging av",
    "postponed_to": "Utsatt til",
    "to_be_raised_in": "Tas opp i",
    "mentions": "Viser til",
}
STATES = {
    "nothing_to_follow_up": "Ingenting å følge opp",
    "open": "Åpent",
    "on_agenda": "På sakslisten",
    "treated": "Behandlet",
    "done": "Utført",
}
CARRIER_KINDS = {
    "reference": "Henvisning",
    "same_case": "Samme sak igjen",
    "postponed_to": "Utsatt til møtet",
    "to_be_raised_in": "Skal tas opp i møtet",
    "follow_up_list": "Oppfølgingsliste",
}
CARRIER_SAYINGS = {
    "on_agenda": "Satt opp",
    "postponed": "Utsatt igjen",
    "unconcluded": "Tatt opp uten konklusjon",
    "treated": "Behandlet",
    "done": "Utført",
}
HOWS = {
    "name": "Fullt navn",
    "spelling": "Annen skrivemåte",
    "partial": "Del av navnet",
    "same_document": "Navn i samme dokument",
    "abbreviation": "Forkortelse ved siden av navnet",
    "register": "Navneregisteret",
    "role": "Rolle eller gruppe",
}
QUESTIONS = {
    "challenges": "Utfordringer",
    "measures": "Tiltak",
    "examples": "Eksempler",
    "support": "Støtte",
    "other": "Annet",
}
VOTE_SIDES = {"for": "For", "against": "Imot"}
HIT_KINDS = {"case": "Sak", "decision": "Vedtak", "page": "Tekst", "struck": "Tatt ut av teksten"}
FILE_STATUSES = {"loaded": "Lastet", "refused": "Avvist"}
FILE_KINDS = {"pdf": "PDF", "docx": "Word (DOCX)"}
RECORD_TABLES = {
    "documents": "Dokument",
    "meetings": "Møte",
    "meeting_documents": "Møtets hode",
    "attendances": "Fremmøte",
    "case_items": "Sak i dokument",
    "case_references": "Henvisning",
    "decisions": "Vedtakspunkt",
    "votes": "Avstemning",
    "vote_names": "Navn i avstemning",
    "progress_notes": "Melding om fremdrift",
    "responsibilities": "Ansvar",
    "procedures": "Prosedyre",
    "submissions": "Innspill",
    "input_points": "Innspillspunkt",
    "measures": "Tiltak",
}

_BY_COLUMN = {
    "kind": DOCUMENT_KINDS | REFERENCE_KINDS | CARRIER_KINDS | HIT_KINDS | FILE_KINDS,
    "kinds": CASE_KINDS,
    "outcome": OUTCOMES,
    "stage": STAGES,
    "presence": PRESENCES,
    "question": QUESTIONS,
    "status": FILE_STATUSES,
    "state": STATES,
    "says": CARRIER_SAYINGS,
    "code": {code: problem.sentence for code, problem in PROBLEMS.items()},
    "record_table": RECORD_TABLES,
    "how": HOWS,
    "by_reference": {"0": "Nei", "1": "Ja"},
    "done": {"0": "Nei", "1": "Ja"},
    "unanimous": {"0": "Nei", "1": "Ja"},
    "casting_vote": {"0": "Nei", "1": "Ja"},
    "side": VOTE_SIDES,
    "overdue": {"0": "Nei", "1": "Ja"},
}

HEADINGS = {
    "action": "Oppgave",
    "actor": "Ansvarlig",
    "address": "Avsnitt",
    "against_count": "Imot",
    "answer": "Avkrysset svar",
    "approved_by": "Godkjent av",
    "approved_date": "Godkjent",
    "attachments": "Vedlegg",
    "audience": "Laget for",
    "blank_count": "Blanke",
    "body": "Utvalg",
    "body_id": "Utvalg",
    "bottom": "Bunn",
    "by_reference": "Ved henvisning",
    "bytes": "Byte",
    "carried_by": "Tatt opp i sak",
    "carried_by_case_id": "Tatt opp i sak",
    "carrier_id": "Avgjørende ledd",
    "case_id": "Sak",
    "case_item_id": "Sak i dokument",
    "case_reference": "Vedlegg til sak",
    "case_number": "Saksnr.",
    "case_title": "Sak",
    "casting_vote": "Dobbeltstemme",
    "chair": "Møteleder",
    "claim": "Kjennetegn",
    "code": "Merknad",
    "collaboration": "Samarbeid",
    "compared": "Sammenlignet",
    "date": "Dato",
    "deadline": "Frist",
    "deadline_earliest": "Frist tidligst",
    "deadline_edtf": "Frist",
    "deadline_latest": "Frist senest",
    "deadline_text": "Frist, som skrevet",
    "decision": "Vedtak",
    "decision_id": "Vedtakspunkt",
    "description": "Beskrivelse",
    "detail": "Detalj",
    "document_id": "Dokument",
    "done": "Utført",
    "downloadable": "Kan lastes ned",
    "earliest": "Tidligst",
    "end": "Slutt",
    "evidence": "Slik det står",
    "exempt": "Unntatt offentlighet",
    "field": "Felt",
    "first_date": "Første dato",
    "first_page": "Fra side",
    "for_count": "For",
    "former_approved_by": "Tidligere godkjent av",
    "former_approved_date": "Tidligere godkjent",
    "former_number": "Tidligere nr.",
    "former_prepared_by": "Tidligere utarbeidet av",
    "former_revision": "Tidligere revisjon",
    "former_valid_for": "Gjaldt for",
    "former_valid_from": "Gjaldt fra",
    "furniture": "Topp- og bunntekst",
    "goal": "Mål",
    "group": "Gruppe",
    "how": "Avgjort av",
    "id": "Nøkkel",
    "identity": "Tiltak gjennom planene",
    "kind": "Type",
    "kinds": "Sakstype",
    "last_date": "Siste dato",
    "full_name": "Fullt navn",
    "level": "Nivå",
    "last_page": "Til side",
    "latest": "Senest",
    "match_id": "Likeste tiltak",
    "match_score": "Likhet",
    "meeting_date": "Møtedato",
    "meeting_id": "Møte",
    "n": "Plass i filen",
    "name": "Navn",
    "number": "Saksnr.",
    "open_because": "Hvorfor åpent",
    "ordinal": "Punkt",
    "organisation": "Organisasjon",
    "outcome": "Utfall",
    "organisation_id": "Organisasjon",
    "overdue": "Forfalt",
    "page": "Side",
    "pages": "Sider",
    "party": "Parti",
    "path": "Fil",
    "period": "Periode",
    "period_edtf": "Periode som dato",
    "person_id": "Person",
    "place": "Sted",
    "places": "Linjenes sted",
    "prepared_by": "Utarbeidet av",
    "presence": "Fremmøte",
    "printed": "Som skrevet",
    "question": "Spørsmål",
    "recipient": "Mottaker",
    "record_id": "Post",
    "record_table": "Tabell",
    "responsible": "Ansvarlig",
    "result": "Ble til",
    "revision": "Revisjon",
    "role": "Rolle",
    "rowid": "Rad",
    "same_as": "Samme punkt som",
    "says": "Hva det sier",
    "score": "Likhet",
    "superseded_by": "Avløst av",
    "secretary": "Referent",
    "sender": "Avsender",
    "sha256": "Fingeravtrykk",
    "side": "Stemte",
    "spellings": "Skrivemåter",
    "stage": "Trinn",
    "start": "Start",
    "state": "Tilstand",
    "state_reason": "Hvorfor",
    "status": "Status",
    "struck": "Tatt ut",
    "subject": "Gjelder",
    "target": "Henvist sak",
    "target_body": "Henvist utvalg",
    "target_case_id": "Funnet sak",
    "target_date": "Henvist møtedato",
    "target_meeting_id": "Funnet møte",
    "text": "Tekst",
    "theme": "Tema",
    "title": "Tittel",
    "top": "Topp",
    "unanimous": "Enstemmig",
    "unresolved": "Hvorfor ikke funnet",
    "valid_for": "Gjelder for",
    "valid_from": "Gjelder fra",
    "verb": "Hva som er gjort",
    "vote_id": "Avstemning",
    "work_form": "Arbeidsform",
    "x0": "Venstre",
    "x1": "Høyre",
}
"""Column name -> heading of a table on the screen."""


def label(column: str, value: object) -> str | None:
    """The Norwegian word for a code in a column; None where the column holds no codes or the code is not known.

    A column with a JSON array of codes gives the words with commas between.

    >>> label("outcome", "noted"), label("kind", "case_memo")
    ('Tatt til orientering', 'Saksfremlegg')
    >>> label("kinds", '["information", "decision"]')
    'Orientering, Beslutning'
    >>> label("title", "noted") is None, label("outcome", "?") is None
    (True, True)
    """
    words = _BY_COLUMN.get(column)
    if words is None or value is None:
        return None
    text = str(value)
    if text.startswith("["):
        return ", ".join(words.get(code, code) for code in json.loads(text))
    return words.get(text)


def heading(column: str) -> str:
    """The heading of a column on the screen; the column's own name where none is given.

    >>> heading("number"), heading("unheard_of")
    ('Saksnr.', 'unheard_of')
    """
    return HEADINGS.get(column, column)
