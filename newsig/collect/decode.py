"""Bytes of a web page → text, and markup → plain words."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

CHARSETS = re.compile(
    r"utf-?8|us-ascii|iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp-?125\d|koi8-[ru]|macintosh"
    r"|shift[_-]?jis|euc-(?:jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5"
)
"""The encodings a page may name; any other name is passed over, since Python's codecs also hold zip and rot13."""

AS_WINDOWS_1252 = re.compile(r"us-ascii|iso-?8859-?1|latin-?1")
"""What browsers read as Windows-1252, because pages that claim these carry its quotation marks."""

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
XML_MARKS = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), *MARKS)
XML_STARTS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
"""How a document begins that names no encoding and has two or four bytes for each character."""

SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
"""Encodings that those who name the first one often mean."""

WIDE = frozenset({"gb18030", "big5", "cp932", "euc_jp", "iso2022_jp", "cp949"})
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
IN_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
IN_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w-]+)", re.IGNORECASE)
SINGLE_BYTE = re.compile(r"windows-125\d|iso|koi8|mac")
"""Encodings that nearly any bytes can be read in, so that being named proves nothing against UTF-8."""
LOOKED_AT = 4096
SILENT = frozenset({"script", "style", "template"})
BREAKING = frozenset({"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})


def decode_html(body: bytes, content_type: str | None = None) -> str:
    """The text of an HTML document: by its byte order mark, the HTTP header, its own meta element, else UTF-8, else
    Windows-1252. Bytes that the encoding does not know become U+FFFD. What is wholly UTF-8, with letters beyond ASCII,
    is UTF-8 even where an encoding of single bytes is named.

    >>> decode_html(b'<p>caf\\xe9 \\x93so\\x94</p>', "text/html; charset=iso-8859-1")
    '<p>café “so”</p>'
    """
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if order := _two_bytes(body):
        return body.decode(order, "replace")
    header = IN_HEADER.search(content_type or "")
    inside = IN_PAGE.search(body[:LOOKED_AT]) or IN_DECLARATION.match(body[:LOOKED_AT])
    named = [header[1]] if header else []
    named += [inside[1].decode("ascii")] if inside else []
    charsets = [name for name in (_known(name) for name in named) if name]
    if charsets and SINGLE_BYTE.match(charsets[0]) and _is_utf_8(body):
        charsets.insert(0, "utf-8")
    for name in (*charsets, "utf-8"):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode(charsets[0] if charsets else _likelier(body), "replace")


def _two_bytes(body: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: every second byte of the first tag is zero."""
    start = body[:64].lstrip(b" \t\r\n\x00")[:12]
    zeros = start.count(0)
    if zeros < 5 or b"<" not in start:
        return None
    return "utf-16-le" if body.find(b"<\x00") % 2 == 0 else "utf-16-be"


def _is_utf_8(body: bytes) -> bool:
    """Whether there are letters beyond ASCII, all of them UTF-8, as in no text of another encoding by chance."""
    try:
        return not body.isascii() and bool(body.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _likelier(body: bytes) -> str:
    """UTF-8 for a page that names no encoding and is UTF-8 but for a few broken bytes, else Windows-1252."""
    text = body.decode("utf-8", "replace")
    letters = len(text) - len(text.encode("ascii", "ignore"))
    return "utf-8" if 10 * text.count("\ufffd") < letters else "windows-1252"


def decode_xml(body: bytes, content_type: str | None = None) -> tuple[str, int]:
    """The text of an XML or JSON document, and how many U+FFFD stand in it for bytes that its encoding does not know.

    The encoding is that of its byte order mark, of the HTTP header, of its declaration, else UTF-8, else Windows-1252;
    text/xml without a charset does not mean ASCII here, whatever RFC 3023 says. What claims to have one byte for each
    character, but is valid UTF-8, is that: nobody writes such Latin-1.
    """
    for mark, name in XML_MARKS:
        if body.startswith(mark):
            return _replaced(body[len(mark) :], name)
    for start, name in XML_STARTS:
        if body.startswith(start):
            return _replaced(body, name)
    header, declared = IN_HEADER.search(content_type or ""), IN_DECLARATION.match(body)
    named = [header[1]] if header else []
    named += [declared[1].decode("ascii", "replace")] if declared else []
    charsets = [SUPERSETS.get(name, name) for name in map(_known, named) if name and not name.startswith("utf-16")]
    wide = [name for name in charsets if name in WIDE]
    for name in (*wide, "utf-8", *charsets, "windows-1252"):
        try:
            return body.decode(name), 0
        except UnicodeDecodeError:
            continue
    return _replaced(body, charsets[0] if charsets else "windows-1252")


def _replaced(body: bytes, charset: str) -> tuple[str, int]:
    text = body.decode(charset, "replace")
    return text, text.count("\ufffd")


def _known(name: str) -> str | None:
    name = name.lower()
    if AS_WINDOWS_1252.fullmatch(name):
        return "windows-1252"
    if name.startswith(("utf-16", "utf16")):  # a name that could be read cannot stand in UTF-16
        return "utf-8"
    if not CHARSETS.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def plain(markup: str) -> str:
    """The words of a piece of HTML on one line: tags, scripts and styles gone, entities resolved.

    >>> plain("<b>AT&amp;T</b> up 2%,<br>S&P 500 < 5,600 <script>alert(1)</script>")
    'AT&T up 2%, S&P 500 < 5,600'
    """
    words = _Words()
    words.feed(markup)
    words.close()
    return " ".join("".join(words.pieces).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._silent += tag in SILENT
        if tag in BREAKING:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in SILENT))
        if tag in BREAKING:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)
