"""A film and other things that play, held in a vault as a confined child described them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, Examination, MediaKind
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, an_examination, announce_media, digests_of
from tests.media.samples import animated, sound, video

FILM = MediaId(31)
ANIMATION = MediaId(32)
TONE = MediaId(33)
STILL = MediaId(34)


@cache
def film() -> bytes:
    """Three seconds of shapes, twenty frames each, with one second of a tone."""
    return video("mp4", sound="aac")


@cache
def tone() -> bytes:
    return sound("wav", "pcm_s16le")


@cache
def animation() -> bytes:
    return animated("GIF")


A_FILM = replace(
    an_examination(),
    kind=MediaKind.VIDEO,
    format="mp4",
    width=160,
    height=120,
    duration_ms=3000,
    has_sound=True,
)
AN_ANIMATION = replace(an_examination(), format="gif", pictures=3)
A_TONE = replace(
    an_examination(),
    kind=MediaKind.AUDIO,
    format="wav",
    duration_ms=1000,
    has_sound=True,
    cannot_show=CannotShow.AUDIO_ONLY,
    veil=None,
    thumbnail=None,
    blurred=None,
)


def hold(vault: Vault, media_id: MediaId, content: bytes, seen: Examination) -> MediaId:
    """The vault holds `content`, of which a child said what is in `seen`."""
    media = announce_media(vault, media_id, content)
    intake = vault.intake(media)
    intake.write(content)
    with vault.transaction() as tx:
        intake.settle(tx, digests_of(content), seen)
        tx.record(an_entry("hold"))
    intake.close()
    return media


def hold_all(vault: Vault) -> None:
    """One of each kind."""
    hold(vault, FILM, film(), A_FILM)
    hold(vault, ANIMATION, animation(), AN_ANIMATION)
    hold(vault, TONE, tone(), A_TONE)
    hold(vault, STILL, b"no film", an_examination())


MARKER = (255, 0, 204)
"""No part of the window has such a colour, nor has any veil."""


@cache
def marked_film() -> bytes:
    """Three seconds, twenty frames each, of the marker's colour with a moving bar; and a tone."""
    return video("mp4", sound="aac", scene=_marked)


def _marked(number: int, pixels: np.ndarray) -> np.ndarray:
    scene = np.empty_like(pixels)
    scene[:] = MARKER
    at = 2 * number % (scene.shape[1] - 16)
    scene[:, at : at + 16] = (40, 40, 40)
    return scene
