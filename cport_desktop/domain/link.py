"""What a network may carry: the office's line all, a car's modem what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

LONGEST_LINK_NAME: Final = 40
"""Characters: it stands in a menu."""

SLOWEST_CAP: Final = 1024
"""Bytes a second. A portal may give up on a reader that is slower."""


class MediaPolicy(StrEnum):
    """Which media files a link carries. Changes and operations go over every link."""

    ALL = "all"
    ASKED = "asked"
    """Those that somebody asked for."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Link:
    """A named way to the network. `bytes_per_second`: a cap on what comes in; `largest_file`: no
    media file with more bytes; `proxy`: `http://[name:password@]host:port`. None: no limit, no proxy.
    """

    name: str
    media: MediaPolicy = MediaPolicy.ALL
    bytes_per_second: int | None = None
    largest_file: int | None = None
    proxy: str | None = field(default=None, repr=False)

    def carries(self, size: int, *, is_asked_for: bool) -> bool:
        """Whether a media file of this size may come over it."""
        if self.largest_file is not None and size > self.largest_file:
            return False
        match self.media:
            case MediaPolicy.ALL:
                return True
            case MediaPolicy.ASKED:
                return is_asked_for
            case MediaPolicy.NONE:
                return False


ANY_LINK: Final = Link("any")
"""What holds while nobody has named a link: everything, as fast as it comes, with no proxy."""
