"""Numbers that can state a move: percentages, points, basis points, multiples and fractions, with their hedges.

Pure text in, records out; what moved, and whether anything moved at all, is decided in `newsig.extract.claims`.
"""

from newsig.extract.numbers.hedges import hedge_before
from newsig.extract.numbers.made import Number
from newsig.extract.numbers.measured import find_measured
from newsig.extract.numbers.multiples import find_multiples
from newsig.extract.numbers.words import number_value

__all__ = ["Number", "find_numbers", "hedge_before", "number_value"]


def find_numbers(text: str) -> list[Number]:
    """Every percentage, number of points or basis points, multiple and fraction in the text, in order of appearance.

    >>> [(n.text, n.value, n.unit, n.comparator) for n in find_numbers("fell nearly 2 percent, or 25 points")]
    [('2 percent', 2.0, 'percent', '<'), ('25 points', 25.0, 'points', '=')]
    """
    found = sorted(
        (*find_measured(text), *find_multiples(text)),
        key=lambda number: (number.start, -number.end),
    )
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept
