"""How many variants of a picture come to its stack, by class, and how many unrelated pictures do.

Pictures and films are the demo's (shapes, gradients, smooth noise, rings, test cards), examined by
real children as they would be at arrival, compared by the product's own rooms. An original counts if
it can be compared; a variant that cannot be compared counts as missed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from cport_desktop.demo.dice import Dice
from cport_desktop.demo.families import BLOCK, Family, Motif, PicturePlan, plan, variant
from cport_desktop.demo.picture_child.making import bytes_of
from cport_desktop.domain.likeness import PDQ_BYTES, SIMILAR_DCT
from cport_desktop.domain.media_item import Examination
from cport_desktop.matching.new_likenesses import Picture, of_pictures
from cport_desktop.matching.pdq_index import PdqIndex
from cport_desktop.matching.videos import VideoIndex
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.bench.harness import Figure

SEED = 11
ORIGINALS = 1_000
FILMS = 100
UNRELATED = 10_000
CLASSES = (
    (Family.RECOMPRESSED, 99.0),
    (Family.RESIZED, 99.0),
    (Family.MIRRORED, 97.0),
    (Family.TURNED, 97.0),
    (Family.BRIGHTENED, None),
    (Family.BARRED, None),
    (Family.CROPPED, None),
)
"""With what is to be reached; None: as it comes out."""


def measure() -> Iterator[Figure]:
    """Recall of each class, and pairs among unrelated pictures that are taken for alike."""
    sandbox = ProcessSandbox(children=2)
    try:
        yield from _pictures(sandbox)
        yield _films(sandbox)
        yield from _unrelated(sandbox)
    finally:
        sandbox.close()


def _pictures(sandbox: Sandbox) -> Iterator[Figure]:
    originals = list(itertools.islice(_originals(), ORIGINALS))
    index, known, dcts = PdqIndex(), list[PicturePlan](), dict[int, int]()
    for original, seen in zip(originals, _examined(sandbox, originals), strict=True):
        if seen.perceptual_hash is not None:
            known.append(original)
            _add(index, len(known), seen)
            dcts[len(known)] = int(seen.dct_hash or "0", 16)
    for family, goal in CLASSES:
        made = [
            variant(family, original, (number + 2) << 20, Dice(SEED, family.value, number))
            for number, original in enumerate(known)
        ]
        found = resembling = 0
        for place, seen in enumerate(_examined(sandbox, made), start=1):
            if seen.perceptual_hash is not None:
                likes = of_pictures(index, [_picture(1 << 40, seen)])
                is_found = place in {one.near for one in likes}
                found += is_found
                resembling += is_found or _bits(seen, dcts[place]) <= SIMILAR_DCT
        yield _figure(family.value, found, len(known), goal)
        yield _figure(f"{family.value}, or resembling by pHash", resembling, len(known))


def _films(sandbox: Sandbox) -> Figure:
    first = next(number for number in range(BLOCK) if plan(SEED, number).family is Family.VIDEO)
    last_role = [plan(SEED, number) for number in range(BLOCK - 1, 4 * FILMS * BLOCK, BLOCK)]
    again = [each for each in last_role if each.family is Family.REENCODED_VIDEO][:FILMS]
    films = [plan(SEED, made.base) for made in again]
    assert films[0].number % BLOCK == first
    index, known, found = VideoIndex(), set[int](), 0
    for film, seen in zip(films, _examined(sandbox, films), strict=True):
        if seen.frames:
            known.add(film.number)
            index.add([(film.number, _frames(seen))])
    for made, seen in zip(again, _examined(sandbox, again), strict=True):
        if made.base in known:
            found += made.base in {like.number for like in index.like(_frames(seen))}
    return _figure(f"film encoded again ({len(known)} of {FILMS} comparable)", found, len(known))


def _unrelated(sandbox: Sandbox) -> Iterator[Figure]:
    """Shapes at random: no two show the same. The other motifs are few-coloured cards, rings, gradients
    and smooth clouds without any detail, of which some do look nearly the same; what is found there
    is told.
    """
    for motifs, most, goal in (
        ((Motif.SHAPES,), UNRELATED, "0"),
        ((Motif.NOISE,), UNRELATED // 5, "as it comes"),
        ((Motif.GRADIENT, Motif.RINGS, Motif.TEST_CARD), UNRELATED // 5, "as it comes"),
    ):
        plans = list(itertools.islice((o for o in _originals() if o.motif in motifs), most))
        pictures = [
            _picture(number, seen)
            for number, seen in enumerate(_examined(sandbox, plans))
            if seen.perceptual_hash is not None
        ]
        index = PdqIndex()
        digests = np.frombuffer(b"".join(pdq for _, pdq, _ in pictures), np.uint8)
        index.add(np.array([number for number, *_ in pictures]), digests.reshape(-1, PDQ_BYTES))
        pairs = len(of_pictures(index, pictures))
        yield Figure(
            id="recall",
            what=f"pairs among {len(pictures)} of {', '.join(motifs)}",
            unit="pairs",
            value=float(pairs),
            reference=0.0,
            ratio=float(pairs),
            goal=goal,
            is_reached=not pairs or goal != "0",
        )


def _originals() -> Iterator[PicturePlan]:
    for number in itertools.count():
        made = plan(SEED, number)
        if made.family is Family.ORIGINAL and made.motif is not Motif.FLAT:
            yield made


def _examined(sandbox: Sandbox, plans: Iterable[PicturePlan]) -> Iterator[Examination]:
    def one(wanted: PicturePlan) -> Examination:
        content = bytes_of(SEED, wanted)
        return sandbox.examine(iter([content]), size=len(content))

    with ThreadPoolExecutor(2) as workers:
        yield from workers.map(one, plans)


def _add(index: PdqIndex, number: int, seen: Examination) -> None:
    digest = np.frombuffer(bytes.fromhex(seen.perceptual_hash or ""), np.uint8)
    index.add(np.array([number]), digest.reshape(1, PDQ_BYTES))


def _picture(number: int, seen: Examination) -> Picture:
    return number, bytes.fromhex(seen.perceptual_hash or ""), bytes.fromhex("".join(seen.turned))


def _bits(seen: Examination, dct: int) -> int:
    return (int(seen.dct_hash or "0", 16) ^ dct).bit_count()


def _frames(seen: Examination) -> bytes:
    return b"".join(bytes.fromhex(sign.perceptual_hash) for sign in seen.frames)


def _figure(what: str, found: int, of: int, goal: float | None = None) -> Figure:
    percent = 100 * found / max(of, 1)
    return Figure(
        id="recall",
        what=f"{what} ({of})",
        unit="%",
        value=percent,
        reference=100.0,
        ratio=percent / 100,
        goal="as it comes" if goal is None else f"≥ {goal:.0f} %",
        is_reached=goal is None or percent >= goal,
    )
