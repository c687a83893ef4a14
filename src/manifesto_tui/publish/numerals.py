"""Says whole numbers in words, as minutes and records of decisions do.

>>> in_words(112)
'one hundred and twelve'
"""

_SMALL = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGEST = 1_000_000


def in_words(number: int) -> str:
    """Returns a count in words, `no` for nothing, in figures from a million on."""
    if not 0 <= number < _LARGEST:
        return f"{number:,}"
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_SMALL[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    joint = "" if not rest else f" and {in_words(rest)}" if rest < 100 else f" {in_words(rest)}"
    return f"{in_words(thousands)} thousand{joint}"


def counted(number: int, thing: str, things: str = "") -> str:
    """Returns a number with its noun: `no votes`, `one vote`, `twelve votes`."""
    return f"{in_words(number)} {thing if number == 1 else things or thing + 's'}"
