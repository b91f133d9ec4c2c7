import zipfile

import pytest

from policytext.errors import DocumentError
from policytext.ingest import read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen"/><w:basedOn w:val="Overskrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="Liste"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="INNH1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf0b7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def p(text, *, style="", number="", extra=""):
    level, _, identifier = number.partition("/")
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/></w:numPr>' if number else ""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + numbering
    return f"<w:p><w:pPr>{properties}</w:pPr>{extra}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(path, body, **parts):
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, text in {"styles": STYLES, "numbering": NUMBERING, **parts}.items():
            archive.writestr(f"word/{name}.xml", text)
    return path


def odt(path, body, styles=""):
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"'
        for key, value in {"office": "office", "text": "text", "style": "style", "table": "table"}.items()
    )
    content = (
        f'<office:document-content {spaces} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return path


def cut(document):
    return [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks]


def test_word_headings_lists_and_tables(tmp_path):
    body = (
        p("Innhald 3", style="INNH1")
        + p("Kyst", style="Eigen")
        + p("Vi vil:")
        + p("bygge kaier", style="Liste")
        + p("i nord", number="1/1")
        + p("i vest", number="1/1")
        + p("verne holmer", style="Liste")
        + p("Dessuten:")
        + p("halvere avgiften", number="0/2")
        + "<w:tbl><w:tr><w:tc>" + p("År") + "</w:tc><w:tc>" + p("Kaier") + "</w:tc></w:tr></w:tbl>"
        + "<w:tbl><w:tr><w:tc>" + p("Alene i ramme.") + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    assert cut(read_document(docx(tmp_path / "program.docx", body))) == [
        ("toc", None, None, "Innhald 3"),
        ("heading", 1, None, "Kyst"),
        ("paragraph", None, None, "Vi vil:"),
        ("item", 1, "1.", "bygge kaier"),
        ("item", 2, "a)", "i nord"),
        ("item", 2, "b)", "i vest"),
        ("item", 1, "2.", "verne holmer"),
        ("paragraph", None, None, "Dessuten:"),
        ("item", 1, "•", "halvere avgiften"),
        ("paragraph", None, None, "År | Kaier"),
        ("paragraph", None, None, "Alene i ramme."),
    ]


def test_word_deletions_fields_and_heads_are_left_out(tmp_path):
    body = (
        p("Vi vil bygge kaier.", extra='<w:del><w:r><w:delText>ikke</w:delText></w:r></w:del>')
        + '<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t>Lagt </w:t></w:r></w:ins><w:r><w:t>til</w:t>'
        "<w:noBreakHyphen/><w:t>no</w:t><w:softHyphen/><w:t>e.</w:t></w:r></w:p>"
    )  # fmt: skip
    header = f"<w:hdr {W}>{p('Havørn 2031')}</w:hdr>"
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator">{p("-")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Se kart.")}</w:footnote></w:footnotes>'
    )
    document = read_document(docx(tmp_path / "p.docx", body, header1=header, footnotes=notes))
    assert [text for *_, text in cut(document)] == ["Vi vil bygge kaier.", "Lagt til-noe.", "Se kart."]
    assert document.blocks[-1].kind == "footnote"
    assert [(d.reason, d.text) for d in document.dropped] == [("running head or foot", "Havørn 2031")]


def test_bullets_and_headings_made_by_hand_in_word(tmp_path):
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Naust</w:t></w:r></w:p>"
    body = bold + p("Naust er viktige for alle som bor her.") + p("Vi vil:") + p("- bygge kaier") + p("- verne holmer")
    assert [kind for kind, *_ in cut(read_document(docx(tmp_path / "p.docx", body)))] == [
        "heading",
        "paragraph",
        "paragraph",
        "item",
        "item",
    ]


ODT_STYLES = """<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style>
<style:style style:name="P1" style:parent-style-name="Standard">
<style:text-properties fo:font-weight="bold"/></style:style>"""


def test_opendocument_headings_and_lists(tmp_path):
    body = (
        '<text:h text:outline-level="2">Kyst</text:h><text:p>Vi<text:s text:c="3"/>vil<text:note><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>Se kart.</text:p></text:note-body></text:note>:</text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>bygge kaier</text:p><text:p>og moloer</text:p>'
        "<text:list><text:list-item><text:p>i nord</text:p></text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>verne holmer</text:p></text:list-item></text:list>"
        '<text:p text:style-name="P1">Naust</text:p><text:p>Naust er fine.<office:annotation><text:p>Nei</text:p>'
        "</office:annotation></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>2031</text:p></table:table-cell><table:table-cell>"
        "<text:p>40</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert cut(read_document(odt(tmp_path / "p.odt", body, ODT_STYLES))) == [
        ("heading", 2, None, "Kyst"),
        ("paragraph", None, None, "Vi vil:"),
        ("item", 1, "1.", "bygge kaier og moloer"),
        ("item", 2, "•", "i nord"),
        ("item", 1, "2.", "verne holmer"),
        ("heading", 4, None, "Naust"),
        ("paragraph", None, None, "Naust er fine."),
        ("paragraph", None, None, "2031 | 40"),
        ("footnote", None, "1", "Se kart."),
    ]


RTF = (
    r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}}"
    r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\info{\title Hemmelig}}{\header Topp\par}"
    "\n"
    r"\pard\s1 Kyst og \'e6rlighet\par \pard Vi vil bygge \u233?n kai\~i \endash  2031.\line Ja.\par"
    r"\pard Vi vil:\par {\listtext\f1\'b7\tab}verne \b holmer\b0\par \pard\ilvl1{\listtext 2.\tab}halvere\par"
    r"{\*\ukjent Skjult}{\pict 0102}{\v usynlig}"
    r"\trowd 2031\cell 40\cell\row\pard\b Naust\b0\par Slutt.{\footnote Se kart.}\par}"
)


def test_rich_text(tmp_path):
    path = tmp_path / "p.rtf"
    path.write_bytes(RTF.encode("latin-1"))
    assert cut(read_document(path)) == [
        ("heading", 1, None, "Kyst og ærlighet"),
        ("paragraph", None, None, "Vi vil bygge én kai i – 2031. Ja."),
        ("paragraph", None, None, "Vi vil:"),
        ("item", 1, "•", "verne holmer"),
        ("item", 2, "2.", "halvere"),
        ("paragraph", None, None, "2031 | 40"),
        ("heading", 4, None, "Naust"),
        ("paragraph", None, None, "Slutt."),
        ("footnote", None, None, "Se kart."),
    ]


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY b{n} '{'&a;' * 10}'>" for n in range(5))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda path: docx(path, "<w:p><w:r><w:t>" + "a" * (40 << 20) + "</w:t></w:r></w:p>"),
            r"word/document.xml unpacks to 40 MB, far more than a text holds \(a zip bomb\?\)",
            id="zip bomb",
        ),
        pytest.param(
            lambda path: docx(path, "<w:p>" * 400 + "</w:p>" * 400), r"damaged, truncated or too deep", id="deep"
        ),
        pytest.param(lambda path: docx(path, "<w:p>"), r"damaged, truncated or too deep", id="broken XML"),
        pytest.param(lambda path: docx(path, p("")), r"holds no text", id="no text"),
        pytest.param(
            lambda path: docx(path, p("Vi vil."), styles=BOMB + "]><x>&b4;</x>"),
            r"declares entities",
            id="billion laughs",
        ),
        pytest.param(
            lambda path: docx(
                path, p("Vi vil."), styles='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
            ),
            r"declares entities",
            id="external entity",
        ),
    ],
)
def test_a_word_file_made_to_harm_is_refused(tmp_path, make, message):
    with pytest.raises(DocumentError, match=message):
        read_document(make(tmp_path / "p.docx"))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_word_file_is_refused(tmp_path, share):
    path = docx(tmp_path / "p.docx", p("Vi vil bygge kaier."))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(DocumentError, match=r"damaged or truncated DOCX"):
        read_document(path)


def test_a_bad_checksum_is_refused(tmp_path):
    path = docx(tmp_path / "p.docx", p("Vi vil bygge kaier."))
    data = bytearray(path.read_bytes())
    at = data.index(b"word/document.xml") + 40
    data[at : at + 20] = bytes(20)
    path.write_bytes(bytes(data))
    with pytest.raises(DocumentError, match=r"damaged or truncated"):
        read_document(path)


def test_rich_text_nested_too_deeply_is_refused(tmp_path):
    path = tmp_path / "p.rtf"
    path.write_bytes(rb"{\rtf1 " + b"{" * 100_000)
    with pytest.raises(DocumentError, match=r"groups nest deeper than 250"):
        read_document(path)
