"""What goes along with every package beside the fields and files that were chosen: said before it goes."""

from __future__ import annotations

from cport_desktop.words.tongue import tr


def goes_along(level: str) -> tuple[str, ...]:
    """A sentence for each thing that nobody chose and whoever gets the package reads. `level`: of media,
    by the words of `domain.agreement.PackageMedia`.
    """
    return (_ACTS_AND_NAMES, _CUSTODY, _ORIGINALS if level == "original" else _FILES_THAT_STAY)


_ACTS_AND_NAMES = tr(
    "What this agency did with these reports goes along, with the names of its analysts and of who composes, and with the number of the case if they were chosen by one."
)
_CUSTODY = tr(
    "The custody goes along: how each report and file came here, and to whom it was handed on before, when, in which package and for what reason."
)
_ORIGINALS = tr(
    "Originals go to the byte, with everything that their files say of themselves: places, devices, times, names."
)
_FILES_THAT_STAY = tr(
    "Digests, likeness, size and name of each file go, unless they are withheld, although the file itself stays here."
)
