"""Identity numbers of nobody, spelled in many ways, and the numbers of other kinds that they are mistaken for."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from stdnum.no.fodselsnummer import calc_check_digit2

from models.identity_numbers import birth_year, is_identity_number, with_control_digits

BLANKS = (" ", "\u00a0", "\u2009", "\u202f", "  ")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def numbers(seed: int) -> Iterator[str]:
    """Identity numbers with a synthetic month, a third of them D-numbers, without end."""
    random = Random(seed)
    while True:
        day = random.randint(1, 28) + random.choice((0, 0, 40))
        month = random.randint(1, 12) + random.choice((40, 65, 80))
        whole = with_control_digits(f"{day:02}{month:02}{random.randint(0, 99):02}{random.randint(0, 999):03}")
        if whole and is_identity_number(whole):
            yield whole


def spellings(number: str, random: Random) -> Iterator[str]:
    """The ways in which a number is written; a line break stands where a line or a cell ends."""
    date, last, blank, cut = number[:6], number[6:], random.choice(BLANKS), random.randint(1, 10)
    day, month, year = number[:2], number[2:4], number[4:6]
    yield number
    yield f"{date}{blank}{last}"
    yield f"{date}-{last}"
    yield f"{date} – {last}"
    yield f"{date}.{last}"
    yield f"{date} {last[:3]} {last[3:]}"
    yield f"{day}.{month}.{year} {last}"
    yield f"{day}.{month}.{year}-{last}"
    yield f"{day} {month} {year} {last}"
    yield f"{day}.{month}.{birth_year(number)} {last}"
    yield blank.join(number)
    yield ".".join(number)
    yield f"{number[:cut]}\n{number[cut:]}"
    yield f"{date}\n{last}"
    yield f"{date}-\n{last}"


def odd_spellings(number: str, random: Random) -> Iterator[str]:
    """Ways that a drawn page cannot show, or that only Word writes."""
    cut = random.randint(1, 10)
    yield number.translate(FULL_WIDTH)
    yield f"{number[:cut]}\u00ad{number[cut:]}"
    yield f"{number[:6]}\u200b{number[6:]}"
    yield f"{number[:6]}\u2011{number[6:]}"
    yield f"{number[:6]}\t{number[6:]}"
    yield f"{number[:6]}■{number[6:]}"
    yield f"{number[:6]} ({number[6:]}"


def other_numbers(count: int, seed: int) -> Iterator[str]:
    """Case, archive, account, organisation and telephone numbers, dates and sums."""
    random = Random(seed)
    for _ in range(count):
        yield random.choice((_account, _organisation, _telephone, _case, _date, _sum))(random)


def account(random: Random) -> str:
    """Eleven digits with the control digit of an account number, which is also an identity number's last one."""
    while True:
        ten = "".join(random.choices("0123456789", k=10))
        last = calc_check_digit2(ten)
        if len(last) == 1:
            return ten + last


def _account(random: Random) -> str:
    digits = account(random)
    groups = digits[:4], digits[4:6], digits[6:]
    printed = (
        ".".join(groups),
        " ".join(groups),
        f"Kontonummer: {digits}",
        f"konto {digits}",
        f"bankkonto nr. {digits}",
    )
    return random.choice(printed)


def _organisation(random: Random) -> str:
    while True:
        eight = random.choice("89") + "".join(random.choices("0123456789", k=7))
        left = -sum(int(d) * w for d, w in zip(eight, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
        if left < 10:
            digits = f"{eight}{left}"
            return random.choice((digits, f"{digits[:3]} {digits[3:6]} {digits[6:]}", f"NO {digits} MVA"))


def _telephone(random: Random) -> str:
    digits = random.choice("23456789") + "".join(random.choices("0123456789", k=7))
    pairs = " ".join(digits[at : at + 2] for at in range(0, 8, 2))
    return random.choice((digits, pairs, f"{digits[:3]} {digits[3:5]} {digits[5:]}", f"+47 {pairs}", f"0047 {digits}"))


def _case(random: Random) -> str:
    year, running, archive = random.randint(2000, 2030), random.randint(1, 199), random.randint(1, 99999)
    return random.choice(
        (f"{year}.{running}", f"{running}/{year % 100:02}", f"PS {running}/{year}", f"{year}/{archive}-{running}")
    )


def _date(random: Random) -> str:
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(2000, 2030)
    return random.choice(
        (f"{day:02}.{month:02}.{year}", f"{day}.{month}.{year % 100:02}", f"{year}-{month:02}-{day:02}")
    )


def _sum(random: Random) -> str:
    return f"{random.randint(1, 99_999_999):,}".replace(",", random.choice((" ", "\u00a0", ".")))
