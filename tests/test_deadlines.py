"""Deadlines as printed: their EDTF, which an EDTF library reads as well, and the days they can mean."""

from __future__ import annotations

import datetime

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.deadlines import days, find_deadlines, read_deadline

MEETING = "2023-11-10"

PRINTED = [
    # a sentence, the deadline as printed, and its EDTF
    ("Kari Dal sender ut forslaget 15.06.2022.", "15.06.2022", "2022-06-15"),
    ("Saken følges opp i SSU 22.11.", "22.11.", "2023-11-22"),
    ("Ola Vik slutter 31.juli", "31.juli", "2024-07-31"),
    ("Saken tas opp i SSU 23. november", "23. november", "2023-11-23"),
    ("svarer innen 1. desember 2023.", "innen 1. desember 2023", "../2023-12-01"),
    ("svarer innan 15. mars", "innan 15. mars", "../2024-03-15"),
    ("svarer senest 01.02.24", "senest 01.02.24", "../2024-02-01"),
    ("ferdig i løpet av høsten 2022", "i løpet av høsten 2022", "2022-23"),
    ("ferdig i løpet av hausten 2024", "i løpet av hausten 2024", "2024-23"),
    ("legges frem våren 2023", "våren 2023", "2023-21"),
    ("ferdig innen sommeren 2025", "innen sommeren 2025", "../2025-22"),
    ("starter primo 2023", "primo 2023", "2023-01"),
    ("starter medio mars 2024", "medio mars 2024", "2024-03"),
    ("første kvartal 2023", "første kvartal 2023", "2023-01/2023-03"),
    ("1. halvår 2024", "1. halvår 2024", "2024-01/2024-06"),
    ("i løpet av 1. og 2. halvår 2022", "i løpet av 1. og 2. halvår 2022", "2022-01/2022-12"),
    ("ved årsskiftet", "årsskiftet", "2023-12/2024-01"),
    ("innen årsskiftet", "innen årsskiftet", "../2023-12-31"),
    ("innen utgangen av april 2024", "innen utgangen av april 2024", "../2024-04"),
    ("innen utgangen av året", "innen utgangen av året", "../2023"),
    ("i løpet av 2025", "i løpet av 2025", "2025"),
    ("orientering i februar 2024", "i februar 2024", "2024-02"),
    ("gjelder fra 1. mai 2025", "fra 1. mai 2025", "2025-05-01/.."),
    ("på høring med frist 15. januar 2025", "med frist 15. januar 2025", "2025-01-15"),
    ("kurs i uke 17 i 2024", "i uke 17 i 2024", "2024-04-22/2024-04-28"),
    # no date is named
    ("legges frem i neste møte", "i neste møte", None),
    ("svarer snarest", "snarest", None),
    ("svarer innen to uker", "innen to uker", None),
    ("oppdaterer lista hver 1. januar og 1. juli", "hver 1. januar og 1. juli", None),
    ("ferdig før godkjenning i SSU", "før godkjenning i SSU", None),
]

NO_DEADLINE = [
    "midler i budsjett for 2024",
    "felles kurskalender for 2024",
    "økonomiplanene for 2026-2029",
    "vedtatt i 2019",
    "sak 2023.14 og punkt 4.2.1",
]


@pytest.mark.parametrize(("sentence", "text", "expected"), PRINTED)
def test_a_deadline_is_read_as_printed(sentence, text, expected):
    found = list(find_deadlines(sentence, MEETING))[-1]
    assert (found.text, found.edtf) == (text, expected)
    assert sentence[found.start : found.end].strip() == text


@pytest.mark.parametrize("text", NO_DEADLINE)
def test_years_of_plans_and_numbers_are_no_deadline(text):
    assert [found for found in find_deadlines(text, MEETING) if found.edtf] == []


@pytest.mark.parametrize("expected", sorted({edtf_text for _, _, edtf_text in PRINTED if edtf_text}))
def test_an_edtf_library_reads_what_is_written(expected):
    assert str(edtf.parse_edtf(expected)) == expected


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2022-06-15", "2022-06-15", "2022-06-15"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("../2024-04", None, "2024-04-30"),
        ("2025-05-01/..", "2025-05-01", None),
        ("2022-23", "2022-08-01", "2022-12-31"),
        ("2023-12/2024-01", "2023-12-01", "2024-01-31"),
        ("../2025", None, "2025-12-31"),
        (None, None, None),
    ],
)
def test_the_days_that_a_deadline_can_mean(written, first, last):
    assert days(written) == (first, last)


def test_a_day_without_a_year_needs_a_meeting():
    assert [found.edtf for found in find_deadlines("innen 15. mars")] == []


def test_a_field_holds_one_date_or_none():
    assert read_deadline("10.01.25") == "2025-01-10"
    assert read_deadline("10.01.25 og 17.01.25") is None


@given(st.dates(datetime.date(2005, 1, 1), datetime.date(2060, 12, 31)))
def test_any_day_is_its_own_earliest_and_latest(day):
    found = next(find_deadlines(f"sendes {day:%d.%m.%Y}"))
    assert days(found.edtf) == (day.isoformat(), day.isoformat())


@given(st.text(alphabet="innefrs 0123456789.-/julihøst", max_size=40))
def test_any_text_is_read_without_failing_and_in_order(text):
    found = list(find_deadlines(text, MEETING))
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        first, last = days(one.edtf)
        assert not (first and last) or first <= last
