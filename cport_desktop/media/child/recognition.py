"""What a file is, by its first bytes; its name and its declared type are not asked.

A short list of formats is decoded. Others that an investigator will meet are recognised, so
that they can be named, and refused; the rest is no media.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from cport_desktop.domain.media_item import MediaKind, OptionalFormat
from cport_desktop.media.bounds import HEAD


@dataclass(frozen=True, slots=True)
class Format:
    """`decoder` is Pillow's plugin or FFmpeg's demuxer; None where it is not decoded here. One that is
    `optional` is used only where it is wanted.
    """

    name: str
    kind: MediaKind
    decoder: str | None
    fits: Callable[[bytes], bool]
    optional: OptionalFormat | None = None

    def decoder_among(self, wanted: Collection[OptionalFormat]) -> str | None:
        """What decodes it, if these are wanted beside the usual formats."""
        return self.decoder if self.optional is None or self.optional in wanted else None


def recognise(untrusted: bytes) -> Format | None:
    """The format of a file that begins with `untrusted` (`HEAD` bytes are enough)."""
    head = untrusted[:HEAD]
    return next((known for known in _FORMATS if known.fits(head)), None)


def kind_of(untrusted: bytes) -> MediaKind:
    """What such a file is to be decoded as."""
    known = recognise(untrusted)
    return MediaKind.OTHER if known is None else known.kind


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signatures)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    def fits(head: bytes) -> bool:
        """The major brand, or one of the compatible ones, of an ISO base media file."""
        if head[4:8] != b"ftyp":
            return False
        end = min(int.from_bytes(head[:4], "big"), len(head), 256)
        found = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
        return any(brand in brands for brand in found)

    return fits


_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")


def _is_movie_box(head: bytes) -> bool:
    """QuickTime files from before `ftyp` begin with any of these boxes."""
    return head[4:8] in {b"moov", b"mdat", b"wide", b"pnot"}


def _is_jpeg_2000(head: bytes) -> bool:
    """In its container, or as a bare stream."""
    return head.startswith((b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"))


def _is_bitmap(head: bytes) -> bool:
    sizes_of_known_headers = {12, 40, 52, 56, 64, 108, 124}
    return head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in sizes_of_known_headers


def _is_transport_stream(head: bytes) -> bool:
    """Sync bytes where three packets begin: of 188 bytes, or of 192 with a time stamp each."""
    return any(
        len(head) > first + 2 * packet
        and all(head[first + number * packet] == 0x47 for number in range(3))
        for first, packet in ((0, 188), (4, 192))
    )


_MPEG1_KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBITS = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_MPEG1_RATES = (44100, 48000, 32000)


def _is_mp3(head: bytes) -> bool:
    """An ID3 tag, or two frames of MPEG audio layer III where each other's lengths say."""
    if head[:3] == b"ID3":
        return True
    length = _mp3_frame_length(head[:4])
    return length is not None and _mp3_frame_length(head[length : length + 4]) is not None


def _mp3_frame_length(header: bytes) -> int | None:
    bits = int.from_bytes(header, "big")
    version, rate = bits >> 19 & 3, bits >> 10 & 3
    if len(header) < 4 or bits >> 21 != 0x7FF or version == 1 or bits >> 17 & 3 != 1 or rate == 3:
        return None
    kbits_index = bits >> 12 & 15
    if kbits_index in {0, 15}:
        return None
    kbits = (_MPEG1_KBITS if version == 3 else _MPEG2_KBITS)[kbits_index - 1]
    hertz = _MPEG1_RATES[rate] >> {3: 0, 2: 1, 0: 2}[version]
    return (144 if version == 3 else 72) * kbits * 1000 // hertz + (bits >> 9 & 1)


_SVG = re.compile(
    rb"\A\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE|svg)[^\0]*?<svg[\s>]|\A\s*<svg[\s>]"
)


def _is_svg(head: bytes) -> bool:
    return _SVG.search(head) is not None


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_webm(head: bytes) -> bool:
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:128]


_IMAGE, _VIDEO, _AUDIO = MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO

_FORMATS = (
    Format("jpeg", _IMAGE, "JPEG", _starts(b"\xff\xd8\xff")),
    Format("png", _IMAGE, "PNG", _starts(b"\x89PNG\r\n\x1a\n")),
    Format("gif", _IMAGE, "GIF", _starts(b"GIF87a", b"GIF89a")),
    Format("webp", _IMAGE, "WEBP", _riff(b"WEBP")),
    Format("avif", _IMAGE, "AVIF", _brand(b"avif", b"avis")),
    Format("tiff", _IMAGE, "TIFF", _starts(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    Format("bmp", _IMAGE, "BMP", _is_bitmap),
    Format("heic", _IMAGE, "mov", _brand(*_HEIC_BRANDS), OptionalFormat.HEIC),
    Format("jp2", _IMAGE, "JPEG2000", _is_jpeg_2000, OptionalFormat.JPEG_2000),
    Format("jxl", _IMAGE, None, _starts(b"\0\0\0\x0cJXL \r\n\x87\n", b"\xff\x0a")),
    Format("psd", _IMAGE, None, _starts(b"8BPS")),
    Format("eps", _IMAGE, None, _starts(b"%!PS", b"\xc5\xd0\xd3\xc6")),
    Format("ico", _IMAGE, None, _starts(b"\0\0\1\0", b"\0\0\2\0")),
    Format("icns", _IMAGE, None, _starts(b"icns")),
    Format("wmf", _IMAGE, None, _starts(b"\xd7\xcd\xc6\x9a")),
    Format("mov", _VIDEO, "mov", lambda head: head[4:12] == b"ftypqt  " or _is_movie_box(head)),
    Format("mp4", _VIDEO, "mov", lambda head: head[4:8] == b"ftyp"),
    Format("webm", _VIDEO, "matroska", _is_webm),
    Format("mkv", _VIDEO, "matroska", _starts(b"\x1a\x45\xdf\xa3")),
    Format("avi", _VIDEO, "avi", _riff(b"AVI ")),
    Format("mpegts", _VIDEO, "mpegts", _is_transport_stream),
    Format("wmv", _VIDEO, None, _starts(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11")),
    Format("flv", _VIDEO, None, _starts(b"FLV\x01")),
    Format("mpegps", _VIDEO, None, _starts(b"\0\0\1\xba", b"\0\0\1\xb3")),
    Format("realmedia", _VIDEO, None, _starts(b".RMF")),
    Format("wav", _AUDIO, "wav", _riff(b"WAVE")),
    Format("ogg", _AUDIO, "ogg", _starts(b"OggS")),
    Format("flac", _AUDIO, "flac", _starts(b"fLaC")),
    Format("amr", _AUDIO, None, _starts(b"#!AMR")),
    Format("mp3", _AUDIO, "mp3", _is_mp3),
    Format("pdf", MediaKind.OTHER, None, _is_pdf),
    Format("svg", _IMAGE, None, _is_svg),
)
"""In the order in which they are tried: the particular before the general."""
