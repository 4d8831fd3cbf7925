"""Three meetings of one body for the site's tests: a decision that is taken up again, one that is not, one of nobody's.

The minutes of the first meeting are there twice, as two files; a copy is no decision of its own.
"""

from __future__ import annotations

from pathlib import Path

import store
from models.records import (
    Attendance,
    CaseItem,
    Decision,
    Document,
    Extraction,
    Meeting,
    Reference,
    Responsibility,
    Vote,
    VoteName,
)
from tests.made_results import evidence, refused, result

TASK = "Nordvik kommune legger frem en plan innen 1. mai 2031."
OTHER_TASK = "Ola Eksempel kaller inn til et oppstartsmøte innen 1. april 2031."
PROPOSAL = "Nordvik kommune lager en plan."
LATER = "Planen godkjennes."
VOTED = "Forslaget ble vedtatt med 8 mot 1 stemme. Imot stemte Per Vestby (V)."
PEOPLE = (
    Attendance(name="Kari Eksempel", organisation="Nordvik kommune", role="Leder", presence="present"),
    Attendance(name="Ola Eksempel", organisation="Fossum kommune", presence="absent"),
)


def build(folder: Path) -> Path:
    """Save the meetings, link them and publish; gives the served database."""
    db = store.open_database(folder / "arbeid.db")
    vote = Vote(
        subject="Forslaget", for_count=8, against_count=1, result="vedtatt", text=VOTED,
        names=(VoteName(side="against", name="Per Vestby", party="V"),), evidence=evidence("text", VOTED, 2),
    )  # fmt: skip
    first = (
        _case("2031.1", "Felles plan", (TASK, OTHER_TASK)).model_copy(update={"votes": (vote,)}),
        _case("2031.2", "Møteplan", ("Møteplanen godkjennes.",)),
    )
    agenda = _document("agenda", "2031-03-04", (_case("2031.1", "Felles plan", (PROPOSAL,), "proposed"),))
    store.save(db, result("innkalling.pdf", agenda))
    store.save(db, result("referat.pdf", _document("minutes", "2031-03-04", first, _tasks())))
    store.save(db, result("referat-kopi.pdf", _document("minutes", "2031-03-04", first, _tasks())))
    later = _case("2031.9", "Oppfølging av felles plan", (LATER,))
    refers = Reference(
        number="2031.9", kind="follow_up", target="2031.1", evidence=evidence("kind", "Oppfølging av sak 2031.1")
    )
    store.save(db, result("referat-juni.pdf", _document("minutes", "2031-06-10", (later,), references=(refers,))))
    store.save(db, refused("skadet.pdf"))
    store.link(db)
    db.close()
    store.publish(folder / "arbeid.db", folder / "sakspor.db")
    return folder / "sakspor.db"


def _case(number: str, title: str, points: tuple[str, ...], stage: str = "adopted") -> CaseItem:
    decisions = tuple(
        Decision(stage=stage, ordinal=n, text=text, outcome="approved", evidence=evidence("text", text, 2))
        for n, text in enumerate(points, 1)
    )
    return CaseItem(
        number=number,
        title=title,
        decisions=decisions,
        outcome="approved" if stage == "adopted" else None,
        text="\n".join((title, *points)),
        first_page=1,
        last_page=2,
        evidence=evidence("title", title),
    )


def _tasks() -> tuple[Responsibility, ...]:
    def task(ordinal: int, actor: str, text: str, date: str) -> Responsibility:
        return Responsibility(
            number="2031.1",
            stage="adopted",
            ordinal=ordinal,
            actor=actor,
            action=text,
            deadline_text=f"innen {date}",
            deadline=date,
            earliest=date,
            latest=date,
            evidence=evidence("action", text, 2),
        )

    return task(1, "Nordvik kommune", TASK, "2031-05-01"), task(2, "Ola Eksempel", OTHER_TASK, "2031-04-01")


def _document(
    kind: str,
    date: str,
    items: tuple[CaseItem, ...],
    responsibilities: tuple[Responsibility, ...] = (),
    references: tuple[Reference, ...] = (),
) -> Extraction:
    head = Meeting(
        body="SU", date=date, start="09:00", place="Nordvik rådhus", chair="Kari Eksempel",
        attendances=PEOPLE if kind == "minutes" else (),
    )  # fmt: skip
    return Extraction(
        document=Document(n=0, kind=kind, title=f"{kind} SU", body="SU", date=date, first_page=1, last_page=2),
        meeting=head,
        case_items=items,
        responsibilities=responsibilities,
        references=references,
    )
