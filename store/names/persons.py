"""Which whole names are one person's, told from all names of a collaboration at once.

Names are one person's when they differ in the spelling of the given name, or when one says more than the other and no
other name does. Nothing is chained: a short name that fits two longer ones is neither's, and of spellings all must
agree with one another. Two names in one list of those present are two people (``apart``). What the register says is
taken as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from store.names.forms import Form, are_spellings, keys, says_more

Group = tuple[Form, ...]
"""Names that are one person's, sorted."""
Apart = Callable[[Form, Form], bool]
"""Whether two names are known to be two people's."""


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
    groups = _groups(names, near, apart, same)
    meant: dict[Form, Meant] = {}
    for name in names:
        group = groups[name]
        if name not in meant:
            told = {groups[other] for member in group for other in near[member] if _is_own(groups[other], meant)}
            people = _fuller(group, {agreed[member] for member in group}, told, apart)
            for member in group:
                meant[member] = Meant(people or (group,), partial=bool(people))
    return _uncontested(meant, apart)


def _near(names: Sequence[Form]) -> dict[Form, list[Form]]:
    """For each name the others with a surname of its own and the same first letter: only they are compared."""
    blocks: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for name in names:
        for key in keys(name):
            blocks[key].append(name)
    return {name: sorted({other for key in keys(name) for other in blocks[key]} - {name}) for name in names}


def _groups(
    names: Sequence[Form], near: Mapping[Form, Sequence[Form]], apart: Apart, same: list[tuple[Form, Form]]
) -> dict[Form, Group]:
    """The group of each name: what the register joins, and spellings that all agree with one another."""
    agreed = _components(names, same)
    spelled = ((a, b) for a in names for b in near[a] if a < b and are_spellings(a, b) and not apart(a, b))
    joined = list(same)
    for group in set(_components(names, spelled).values()):
        whole = sorted({member for name in group for member in agreed[name]})
        alike = all(are_spellings(a, b) for a, b in combinations(group, 2))
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
    return {name: tuple(sorted(found)) for name, found in members.items()}


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
