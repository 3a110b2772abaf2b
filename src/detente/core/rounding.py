"""Numbers as print shows them: never more digits than anybody knows. Text and pictures share these."""

from __future__ import annotations

EXACT_UP_TO = 9_999
_LARGE = {6: "million", 9: "billion", 12: "trillion"}  # raised figures are missing from common fonts


def count_words(count: int) -> str:
    """Return a count: exact up to 9,999, then to two significant digits.

    Examples
    --------
    >>> count_words(9999), count_words(67_108), count_words(448_000_000), count_words(13 * 10**29)
    ('9,999', '67,000', '450 million', '1.3 × 10^30')
    """
    if count <= EXACT_UP_TO:
        return f"{count:,}"
    digits = len(str(count)) - 1
    lead = (count + 5 * 10 ** (digits - 2)) // 10 ** (digits - 1)  # the first two figures
    if lead == 100:
        lead, digits = 10, digits + 1
    if digits < 6:
        return f"{lead * 10 ** (digits - 1):,}"
    if digits >= 15:
        return f"{lead // 10}.{lead % 10} × 10^{digits}"
    words = _LARGE[digits - digits % 3]
    return f"{lead / 10} {words}" if digits % 3 == 0 else f"{lead * 10 ** (digits % 3 - 1)} {words}"


def about(count: int) -> str:
    """Return a count for a sentence or a table: "about" before one that is rounded.

    Examples
    --------
    >>> about(72), about(67_108)
    ('72', 'about 67,000')
    """
    return count_words(count) if count <= EXACT_UP_TO else f"about {count_words(count)}"


def two_digits(value: float) -> str:
    """Return a judged number to at most two significant digits.

    Examples
    --------
    >>> two_digits(0.0714), two_digits(0.9), two_digits(128), two_digits(0)
    ('0.071', '0.9', '130', '0')
    """
    return f"{float(f'{value:.2g}'):.15g}"
