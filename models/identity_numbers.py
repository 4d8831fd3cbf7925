"""Norwegian identity numbers: what makes eleven digits one.

A fødselsnummer is a birth date (DDMMYY), three digits that tell the century, and two control digits; a D-number has 40
added to the day. Numbers of invented people, which test data are made of, have 40, 65 or 80 added to the month (NAV,
the health sector's and the tax administration's own series). The control digits and the centuries are
python-stdnum's.
"""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2, get_birth_date

LENGTH = 11
SYNTHETIC_MONTHS = (80, 65, 40)
"""What is added to the month of a synthetic number."""


def is_identity_number(digits: str) -> bool:
    """Whether eleven digits are a fødselsnummer or a D-number, of a real or an invented person.

    The numbers below are of people born in months 81 to 92, and so of nobody.

    >>> is_identity_number("01810112345"), is_identity_number("1" * 11), is_identity_number("123")
    (False, False, False)
    >>> is_identity_number(with_control_digits("018101123")), is_identity_number(with_control_digits("418101123"))
    (True, True)
    """
    return len(digits) == LENGTH and digits == with_control_digits(digits[:9]) and birth_year(digits) is not None


def with_control_digits(nine: str) -> str | None:
    """Nine digits with their two control digits; None where there are none, since one would have to be ten.

    >>> with_control_digits("018101123")
    '01810112332'
    """
    first = calc_check_digit1(nine)
    second = calc_check_digit2(nine + first) if len(first) == 1 else ""
    return nine + first + second if len(second) == 1 else None


def birth_year(digits: str) -> int | None:
    """The year of the birth date in a number; None where its first nine digits hold no date.

    The month is tried with each addition taken off; a day above 40 is a D-number's.

    >>> birth_year("01810112332"), birth_year("01990112333")
    (1901, None)
    """
    month = int(digits[2:4])
    plain = next((month - added for added in SYNTHETIC_MONTHS if 1 <= month - added <= 12), month)
    try:
        return get_birth_date(f"{digits[:2]}{plain:02d}{digits[4:]}").year
    except ValidationError:
        return None
