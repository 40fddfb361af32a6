"""Makes the files that are asked for, one after another, until its input ends.

In: file numbers, four bytes each, big-endian. Out: number and length, four bytes each, then
the bytes. The seed of the scenario is the one argument. Same seed, same number, same codecs:
same bytes.
"""

from __future__ import annotations

import struct
import sys

from cport_desktop.demo.picture_child.making import file_bytes


def main() -> int:
    seed = int(sys.argv[1])
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(question := questions.read(4)) == 4:
        number = int.from_bytes(question, "big")
        made = file_bytes(seed, number)
        answers.write(struct.pack(">II", number, len(made)))
        answers.write(made)
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
