"""What people and their phones put between letters and digits: spaces, dots, and dashes of any kind."""

# What phones and word processors make of "-".
_DASHES = (
    "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
    "\N{SMALL HYPHEN-MINUS}\N{FULLWIDTH HYPHEN-MINUS}\N{SOFT HYPHEN}"
)
# A dot stands for a dash: taken away, one in place of a digit could make another number of the rest.
_DOTS = ".·\N{BULLET}"
_PLAIN = str.maketrans({**dict.fromkeys(_DASHES + _DOTS, "-"), "\N{ZERO WIDTH SPACE}": None})


def bare_of_marks(typed: str) -> str:
    """Return ``typed`` without spaces and the full stop of a sentence, every other dot and every dash a plain dash."""
    return "".join(typed.split()).rstrip(".").translate(_PLAIN)
