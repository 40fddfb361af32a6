"""P4 and P5: what a picture costs on its way in, and what confining its decoder costs.

Everything on one core, program and child together: figures are for each core that is given.
"""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

import imagehash
import numpy as np
import pdqhash
from PIL import Image, ImageFilter

from cport_desktop.crypto.sealing import SealedWriter
from cport_desktop.media.child.examination import examine
from cport_desktop.media.child.progress import ToldFile
from cport_desktop.media.hashing import DigestingStream
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.bench.harness import Figure

PICTURES = 60
WIDTH, HEIGHT = 1600, 1200
ROUNDS = 5
_PIECE = 256 * 1024


def photographs(count: int) -> list[bytes]:
    """JPEGs of half a megabyte: gradients, shapes and a grain like a camera's."""
    random = np.random.default_rng(7)
    made = []
    for _ in range(count):
        coarse = random.integers(0, 256, (9, 12, 3), dtype=np.uint8)
        picture = Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        grain = random.normal(0, 9, (HEIGHT, WIDTH, 1))
        noisy = np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)
        file = io.BytesIO()
        Image.fromarray(noisy).save(file, "JPEG", quality=85)
        made.append(file.getvalue())
    return made


def measure() -> Iterator[Figure]:
    """P4, then P5."""
    files = photographs(PICTURES)
    with _one_core():
        sandbox = ProcessSandbox()
        try:
            yield from _measure_pipeline(sandbox, files)
            yield _measure_confinement(sandbox, files)
        finally:
            sandbox.close()


def _measure_pipeline(sandbox: ProcessSandbox, files: Sequence[bytes]) -> Iterator[Figure]:
    def ours(whole: bytes) -> None:
        sealed = SealedWriter.begin(lambda _: None, secrets.token_bytes(32), b"bench")
        stream = DigestingStream(whole[at : at + _PIECE] for at in range(0, len(whole), _PIECE))

        def pieces() -> Iterator[bytes]:
            for piece in stream:
                sealed.write(piece)
                yield piece

        seen = sandbox.examine(pieces(), size=len(whole))
        sealed.finish()
        stream.digests()
        if seen.perceptual_hash is None or seen.thumbnail is None:
            raise ValueError("the bench's own picture was not described")

    with _apart(files, _naive) as naive, _apart(files, _naive_throughout) as naive_throughout:
        value, reference, throughout = _rates(
            len(files), _in_turn(ours, files), naive, naive_throughout
        )
    yield Figure(
        id="P4",
        what="pictures a second: digests, likeness, veil, sealing",
        unit="/s",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≥ 5",
        is_reached=value >= 5 * reference,
    )
    yield Figure(
        id="P4s",
        what="the same, against a reference that gives all that ours gives",
        unit="/s",
        value=value,
        reference=throughout,
        ratio=value / throughout,
        goal="none set",
        is_reached=True,
    )


def _measure_confinement(sandbox: ProcessSandbox, files: Sequence[bytes]) -> Figure:
    def confined(whole: bytes) -> None:
        sandbox.examine([whole], size=len(whole))

    def in_process(whole: bytes) -> None:
        examine(ToldFile(whole), size=len(whole), formats=frozenset(), tell=lambda _: None)

    value, reference = _rates(len(files), _in_turn(confined, files), _in_turn(in_process, files))
    return Figure(
        id="P5",
        what="pictures a second through the confined child",
        unit="/s",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≥ 0.85",
        is_reached=value >= 0.85 * reference,
    )


def _rates(count: int, *rounds: Callable[[], float]) -> list[float]:
    """The best of some rounds each, in turns: what else the machine does hits all alike."""
    best = [float("inf")] * len(rounds)
    for _ in range(ROUNDS):
        for place, seconds in enumerate(rounds):
            best[place] = min(best[place], seconds())
    return [count / each for each in best]


def _in_turn(act: Callable[[bytes], None], files: Sequence[bytes]) -> Callable[[], float]:
    """Seconds that `act` takes for all of them."""

    def seconds() -> float:
        act(files[0])
        started = time.perf_counter()
        for whole in files:
            act(whole)
        return time.perf_counter() - started

    return seconds


@contextmanager
def _apart(files: Sequence[bytes], act: Callable[[bytes], None]) -> Iterator[Callable[[], float]]:
    """The same in a process that does nothing else: how fast full-size pictures are worked on depends on
    what was in the memory of a process before (docs/performance.md has both).
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        process.submit(_keep, files).result()
        yield lambda: process.submit(_kept_in_turn, act).result()


_KEPT: list[bytes] = []


def _keep(files: Sequence[bytes]) -> None:
    _KEPT[:] = files


def _kept_in_turn(act: Callable[[bytes], None]) -> float:
    return _in_turn(act, _KEPT)()


def _naive(whole: bytes) -> None:
    picture = Image.open(io.BytesIO(whole)).convert("RGB")
    pdqhash.compute(np.asarray(picture))
    imagehash.phash(picture)


def _naive_throughout(whole: bytes) -> None:
    """All that ours gives, each from the picture at full size."""
    for algorithm in ("md5", "sha1", "sha256"):
        hashlib.new(algorithm, whole, usedforsecurity=False).hexdigest()
    picture = Image.open(io.BytesIO(whole)).convert("RGB")
    pdqhash.compute_dihedral(np.asarray(picture))
    imagehash.phash(picture)
    thumbnail = picture.resize((192, 144), Image.Resampling.BILINEAR)
    grey = picture.convert("L")
    blurred = grey.filter(ImageFilter.GaussianBlur(40)).resize((192, 144))
    veil = grey.resize((16, 12), Image.Resampling.BOX)
    sealed = SealedWriter.begin(lambda _: None, secrets.token_bytes(32), b"bench")
    sealed.write(whole)
    sealed.finish()
    if not (thumbnail and blurred and veil):
        raise ValueError("the bench's own picture was not shrunk")


@contextmanager
def _one_core() -> Iterator[None]:
    """This process, and all that it starts meanwhile, run on one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
