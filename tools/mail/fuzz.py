"""
Read invented and damaged mails until the time is over: ``python -m tools.mail.fuzz --seconds 600``.

Each mail has a number of its own; one that fails is made again from it: ``--number N``.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import click

from cercana.channels.email.reading import Mail, read_mail
from cercana.demo.dice import Dice
from tools.mail.damaging import damage, hurt
from tools.mail.inventing import Invented, invent

CORPUS = Path("corpora/mail")
# So long may a mail of a few kilobytes take, in seconds of the processor.
_SLOWEST = 0.5


def words_lost(invented: Invented, mail: Mail) -> list[str]:
    """Return the words of the mail that can be found neither in its text, its HTML nor its files."""
    found = "\n".join(_kept(mail))
    return [word for word in invented.words if word not in found]


def _kept(mail: Mail) -> Iterator[str]:
    yield mail.text
    yield mail.html or ""
    for each in mail.attachments:
        content = b"".join(each.pieces())
        yield content.decode("latin-1")
        if each.content_type == "message/rfc822":
            yield from _kept(read_mail(content))


def parts_lost(mail: Mail) -> list[str]:
    """Return the lines of the text that stand neither in what is new, nor in what is quoted, nor in the signature."""
    kept = f"{mail.new_text}\n{mail.quoted}\n{mail.signature}"
    return [line for line in mail.text.split("\n") if line.strip() and line.strip() not in kept]


def check(number: int) -> str | None:
    """Return what is wrong with the reading of mail ``number``, None if nothing is."""
    random = Dice(number)
    invented = invent(random)
    damaged = number % 2 == 1
    raw = damage(random, random.choice([invented.raw, *_written()])) if damaged else hurt(random, invented.raw)
    began = time.process_time()
    mail = read_mail(raw)
    took = time.process_time() - began
    # What a lone surrogate would stop: a page, a column.
    " ".join([mail.text, mail.html or "", mail.subject, *(each.name for each in mail.attachments)]).encode()
    lost = parts_lost(mail) + ([] if damaged else words_lost(invented, mail))
    return f"lost {lost}" if lost else f"took {took:.2f} s" if took > _SLOWEST else None


_READ: list[bytes] = []


def _written() -> list[bytes]:
    if not _READ:
        _READ.extend(path.read_bytes() for path in sorted(CORPUS.glob("*.eml")))
    return _READ


def _numbers(seconds: float, first: int) -> Iterator[int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield first
        first += 1


@click.command()
@click.option("--seconds", default=60.0)
@click.option("--first", default=0, help="The number of the first mail.")
@click.option("--number", type=int, help="Read this one only.")
def main(*, seconds: float, first: int, number: int | None) -> None:
    """Tell of each mail that is read badly; exit 1 if there is one."""
    bad, read = 0, 0
    for each in _numbers(seconds, first) if number is None else (number,):
        wrong = check(each)
        read += 1
        if wrong:
            bad += 1
            click.echo(f"{each}: {wrong}")
    click.echo(f"{read} mails read, {bad} badly")
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
