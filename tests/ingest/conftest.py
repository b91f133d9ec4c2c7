"""A tiny PDF writer, so that tests decide where every word stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica-Oblique"}


@dataclass
class PdfWriter:
    """Pages of text lines at given places, written as an uncompressed PDF with the standard fonts."""

    width: float = 595.0
    height: float = 842.0
    pages: list[list[bytes]] = field(default_factory=list)
    origin: tuple[float, float] = (0.0, 0.0)
    rotate: int = 0

    def page(self) -> None:
        self.pages.append([])

    def text(
        self, x: float, y: float, text: str, *, size: float = 10, bold: bool = False, font: str | None = None
    ) -> None:
        raw = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        name = font or ("F2" if bold else "F1")
        self.pages[-1].append(b"BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (name.encode(), size, x, y, raw))

    def turned(self, x: float, y: float, text: str, *, size: float = 10) -> None:
        """Write a line that runs from the bottom of the page to its top."""
        raw = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        self.pages[-1].append(b"BT /F1 %g Tf 0 1 -1 0 %g %g Tm (%s) Tj ET" % (size, x, y, raw))

    def lines(
        self, x: float, y: float, lines: list[str], *, size: float = 10, pitch: float = 13, bold: bool = False
    ) -> float:
        for line in lines:
            if line:
                self.text(x, y, line, size=size, bold=bold)
            y -= pitch
        return y

    def image(self) -> None:
        self.pages[-1].append(b"q 500 0 0 700 40 60 cm /Im1 Do Q")

    def write(self, path: Path) -> Path:
        """Write the pages to a file; `origin` shifts the page's corner and `rotate` turns the pages."""
        objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        fonts = []
        for name, base in _FONTS.items():
            objects.append(
                b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % base.encode()
            )
            fonts.append(b"/%s %d 0 R" % (name.encode(), len(objects)))
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Length 1 >>\nstream\n0\nendstream"
        )
        resources = b"<< /Font << %s >> /XObject << /Im1 %d 0 R >> >>" % (b" ".join(fonts), len(objects))
        kids = []
        left, low = self.origin
        for content in self.pages:
            stream = b"\n".join(content)
            objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
            objects.append(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [%g %g %g %g] /Rotate %d /Resources %s /Contents %d 0 R >>"
                % (*self.origin, left + self.width, low + self.height, self.rotate, resources, len(objects))
            )
            kids.append(b"%d 0 R" % len(objects))
        objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
        out = b"%PDF-1.4\n"
        offsets = []
        for number, body in enumerate(objects, start=1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
        path.write_bytes(out)
        return path


@pytest.fixture
def pdf() -> PdfWriter:
    """Return an empty PDF to write on."""
    return PdfWriter()
