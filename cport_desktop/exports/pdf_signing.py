"""Signs a PDF as PAdES baseline B asks (ETSI EN 319 142-1): over every byte but the signature.

The bytes come from a child and are nobody's word: they are looked at for the one place that is to
be filled (`pdf_place`), digested, and never parsed here.
"""

from __future__ import annotations

import hashlib

from cport_desktop.crypto.signing import Signer
from cport_desktop.exports.pdf_place import filled, place_in


def sign_pdf(untrusted: bytes, signer: Signer) -> bytes:
    """The PDF with the signature of `signer`, which states the time that the PDF states.

    Raises:
        DocumentFailed: the PDF has no place for a signature, or not enough of it.
    """
    place = place_in(untrusted)
    view = memoryview(untrusted)
    digest = hashlib.sha256(view[: place.start])
    digest.update(view[place.end :])
    return filled(untrusted, place, signer.sign_pdf(digest.digest()))
