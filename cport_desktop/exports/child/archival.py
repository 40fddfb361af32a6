"""What makes a PDF fit for an archive (PDF/A-2b, ISO 19005-2), and the place for its signature.

Metadata twice in the same words (document information and XMP), a colour profile of its own, the
language of its text. The mark of PDF/A stands only where every typeface is embedded. All of it
follows from the document: no clock, no random identifier.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFInfo,
    PDFObject,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from cport_desktop.exports.pages import Document
from cport_desktop.exports.pdf_place import empty_place

LONGEST_TITLE = 500
"""Characters of what stands in the metadata."""
SIGNATURES_AND_APPENDING = 3
"""SigFlags: there is a signature, and it breaks if the file is written anew (12.7.2)."""
HIDDEN_BUT_PRINTED = 132
"""Print and Locked (12.5.3): PDF/A asks for the first."""
_ICC_VERSION = bytes((4, 0x20, 0, 0))
"""ICC.1:2004-10, which ISO 32000-1 names."""


_END = b"endstream\n"
_as_reportlab_has_it = PDFStream.format


def _stream(stream: PDFStream, file: object) -> bytes:
    """ISO 19005-2, 6.1.7.1, wants the end of a line before `endstream`; reportlab leaves it out."""
    made: bytes = _as_reportlab_has_it(stream, file)
    return made.removesuffix(_END) + b"\n" + _END


PDFStream.format = _stream


class Archive:
    """Completes the file of one document."""

    def __init__(self, document: Document, *, is_embedded: bool, has_place: bool) -> None:
        self._document = document
        self._is_embedded = is_embedded
        self._has_place = has_place

    def sign_on(self, canvas: Canvas) -> None:
        """The field of the signature belongs to the page that is being completed; it shows nothing."""
        if not self._has_place:
            return
        file = canvas._doc  # noqa: SLF001 - reportlab has no other way in
        value = file.Reference(_SignatureValue(self._document.made_at), "SignatureValue")
        field = _Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "FT": "/Sig",
                "T": PDFString("Signature"),
                "F": HIDDEN_BUT_PRINTED,
                "Rect": PDFArray([0, 0, 0, 0]),
                "P": file.thisPageRef(),
                "V": value,
            }
        )
        canvas._addAnnotation(field, "Signature")  # noqa: SLF001 - the same
        file.Catalog.AcroForm = _Dictionary(
            {
                "Fields": PDFArray([file.refAnnotation("Signature")]),
                "SigFlags": SIGNATURES_AND_APPENDING,
            }
        )

    def complete(self, canvas: Canvas) -> None:
        """Metadata, colour profile, bookmarks in view."""
        file, document = canvas._doc, self._document  # noqa: SLF001 - the same
        file.info = _Information(document)
        file.Catalog.Metadata = PDFStream(
            dictionary=PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}),
            content=_metadata(document, is_archival=self._is_embedded),
            filters=[],
        )
        names = [*type(file.Catalog).__NoDefault__, "OutputIntents"]
        file.Catalog.__NoDefault__ = file.Catalog.__Refs__ = names
        profile = PDFStream(
            dictionary=PDFDictionary({"N": 3}), content=colour_profile(), filters=[PDFZCompress]
        )
        intent = {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB"),
            "DestOutputProfile": file.Reference(profile, "ColourProfile"),
        }
        file.Catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.showOutline()


class _Dictionary(PDFDictionary):  # type: ignore[misc]  # reportlab has no types
    """One that stands by itself in the file."""

    __RefOnly__ = 1


class _Information(PDFInfo):  # type: ignore[misc]  # reportlab has no types
    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.title = _short(document.title)

    def format(self, file: object) -> bytes:
        document = self._document
        moment = PDFString(_pdf_moment(document.made_at))
        facts = {
            "Title": PDFString(self.title),
            "Author": PDFString(_short(document.author)),
            "Subject": PDFString(_short(document.subtitle)),
            "Creator": PDFString(document.producer),
            "Producer": PDFString(document.producer),
            "CreationDate": moment,
            "ModDate": moment,
        }
        return bytes(PDFDictionary(facts).format(file))


class _SignatureValue(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """The dictionary of the signature (12.8.1, and ETSI EN 319 142-1, 6.3), its place empty."""

    __RefOnly__ = 1

    def __init__(self, signed_at: datetime) -> None:
        self._signed_at = signed_at

    def format(self, _file: object) -> bytes:
        return (
            b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (%s)\n%s >>"
            % (_pdf_moment(self._signed_at).encode(), empty_place())
        )


@cache
def colour_profile() -> bytes:
    """An sRGB profile as Little CMS makes it, without the moment of its making."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    day = b"".join(part.to_bytes(2, "big") for part in (2004, 10, 1, 0, 0, 0))
    return made[:8] + _ICC_VERSION + made[12:24] + day + made[36:84] + bytes(16) + made[100:]


def _metadata(document: Document, *, is_archival: bool) -> bytes:
    moment = document.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    mark = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
    title, author = (escape(_short(text)) for text in (document.title, document.author))
    subject, producer = (escape(_short(text)) for text in (document.subtitle, document.producer))
    return f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{mark if is_archival else ""}
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{document.language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
""".encode()


def _pdf_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")


def _short(text: str) -> str:
    """`text` as both kinds of metadata can hold it."""
    return "".join(sign for sign in text[:LONGEST_TITLE] if sign.isprintable())
