"""Which whole names are one person's, told from all names of a collaboration at once.

Names are one person's when they differ in the spelling of the given name, or when one says more than the other and no
other name does. Nothing is chained: a short name that fits two longer ones is neither's, and of spellings all must
agree with one another. Two names in one list of those present are two people (``apart``). What the register says is
taken as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from store.names.forms import Form, are_spellings, given_keys, says_more, shortened

Group = tuple[Form, ...]
"""Names that are one person's, sorted."""
Apart = Callable[[Form, Form], bool]
"""Whether two names are known to be two people's."""

MOST_SPELLINGS = 50  # names that differ in the given name alone; where there are more, they are no spellings of one
MOST_WORDS = 7  # of a name that is compared with shorter ones


class Meant(NamedTuple):
    """The people that a name can mean: one, several of which none is chosen, or none where two names claim one."""

    people: tuple[Group, ...]
    partial: bool = False
    """Whether the person goes by a fuller name."""


def never(one: Form, other: Form) -> bool:
    """Nothing keeps names apart."""
    return False


def persons(names: Iterable[Form], apart: Apart = never, same: Iterable[tuple[Form, Form]] = ()) -> dict[Form, Meant]:
    """What each whole name means; people are known by the names that say most of them.

    >>> from store.names.forms import form
    >>> rune, matre, lie = form("Rune Burkeland"), form("Rune Burkeland-Matre"), form("Rune Burkeland Lie")
    >>> persons([rune, matre])[rune] == Meant(((matre,),), partial=True)
    True
    >>> len(persons([rune, matre, lie])[rune].people)
    2
    """
    names = sorted(set(names), key=lambda name: (-len(name), -len("".join(name)), name))
    near = _near(names)
    agreed = _components(names, same := list(same))
    groups = _groups(names, near.spellings, apart, same)
    meant: dict[Form, Meant] = {}
    for name in names:
        group = groups[name]
        if name not in meant:
            others = {groups[other] for member in group for other in near.fuller.get(member, ())}
            told = [other for other in others if _is_own(other, meant)]
            people = _fuller(group, {agreed[member] for member in group}, told, apart)
            for member in group:
                meant[member] = Meant(people or (group,), partial=bool(people))
    return _uncontested(meant, apart)


class Near(NamedTuple):
    """Which names can be one person's: pairs of spellings, and for a name those that say more."""

    spellings: Sequence[tuple[Form, Form]]
    fuller: Mapping[Form, Sequence[Form]]


def _near(names: Sequence[Form]) -> Near:
    """Names by the words they share, so that never all are compared with all."""
    alike: dict[tuple[Form, str], list[Form]] = defaultdict(list)
    for name in names:
        for key in given_keys(name[0]):
            alike[name[1:], key].append(name)
    few = {key: found for key, found in alike.items() if len(found) <= MOST_SPELLINGS}
    spelled = {tuple(sorted(pair)) for found in few.values() for pair in combinations(found, 2)}
    fuller: dict[Form, set[Form]] = defaultdict(set)
    for name in names:
        for later, key in product(shortened(name[1:]), given_keys(name[0])) if len(name) <= MOST_WORDS else ():
            for short in few.get((later, key), ()):
                if says_more(name, short):
                    fuller[short].add(name)
    return Near(
        [(one, other) for one, other in sorted(spelled) if are_spellings(one, other)],
        {short: sorted(found) for short, found in fuller.items()},
    )


def _groups(
    names: Sequence[Form], spellings: Iterable[tuple[Form, Form]], apart: Apart, same: list[tuple[Form, Form]]
) -> dict[Form, Group]:
    """The group of each name: what the register joins, and spellings that all agree with one another."""
    agreed = _components(names, same)
    spelled = ((one, other) for one, other in spellings if not apart(one, other))
    joined = list(same)
    for group in set(_components(names, spelled).values()):
        whole = sorted({member for name in group for member in agreed[name]})
        few = len(group) <= MOST_SPELLINGS
        alike = few and all(are_spellings(a, b) for a, b in combinations(group, 2))
        if alike and not any(apart(a, b) for a, b in combinations(whole, 2)):
            joined += combinations(group, 2)
    return _components(names, joined)


def _components(names: Iterable[Form], pairs: Iterable[tuple[Form, Form]]) -> dict[Form, Group]:
    """The names that pairs connect, for each name."""
    members: dict[Form, set[Form]] = {name: {name} for name in names}
    for one, other in pairs:
        if members[one] is not members[other]:
            small, large = sorted((members[one], members[other]), key=len)
            large |= small
            for name in small:
                members[name] = large
    groups = {id(found): tuple(sorted(found)) for found in {id(found): found for found in members.values()}.values()}
    return {name: groups[id(found)] for name, found in members.items()}


def _is_own(group: Group, meant: Mapping[Form, Meant]) -> bool:
    """Whether a group is known to be a person, rather than shorter names of one."""
    return group[0] in meant and meant[group[0]].people == (group,)


def _fuller(group: Group, parts: Collection[Group], told: Iterable[Group], apart: Apart) -> tuple[Group, ...]:
    """The people whose names say more than a group's, in each of its parts: the names that the register joins.

    Spellings that agree with one another need not all agree with a fuller name: Margarete, Margrete, Margrethe Dal-Moe.
    """
    return tuple(
        person
        for person in sorted(told)
        if all(any(says_more(fuller, name) for fuller in person for name in part) for part in parts)
        and not any(apart(one, other) for one in group for other in person)
    )


def _uncontested(meant: dict[Form, Meant], apart: Apart) -> dict[Form, Meant]:
    """Without the shorter names of a person that are known to be two people's."""
    shorter: dict[Group, list[Form]] = defaultdict(list)
    for name, one in meant.items():
        if one.partial and len(one.people) == 1:
            shorter[one.people[0]].append(name)
    contested = {name for names in shorter.values() for pair in _rivals(names, apart) for name in pair}
    return {name: Meant((), partial=True) if name in contested else one for name, one in meant.items()}


def _rivals(names: Sequence[Form], apart: Apart) -> Iterator[tuple[Form, Form]]:
    return (pair for pair in combinations(names, 2) if apart(*pair))
