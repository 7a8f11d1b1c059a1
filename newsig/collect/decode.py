"""Bytes of a web page → text, and markup → plain words."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

CHARSETS = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|us-ascii|iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp-?125\d|koi8-[ru]|macintosh"
    r"|shift[_-]?jis|euc-(?:jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5"
)
"""The encodings a page may name; any other name is passed over, since Python's codecs also hold zip and rot13."""

AS_WINDOWS_1252 = re.compile(r"us-ascii|iso-?8859-?1|latin-?1")
"""What browsers read as Windows-1252, because pages that claim these carry its quotation marks."""

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
IN_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
LOOKED_AT = 4096
SILENT = frozenset({"script", "style", "template"})
BREAKING = frozenset({"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})


def decode_html(body: bytes, content_type: str | None = None) -> str:
    """The text of an HTML document: by its byte order mark, the HTTP header, its own meta element, else UTF-8, else
    Windows-1252. Bytes that the encoding does not know become U+FFFD.

    >>> decode_html(b'<p>caf\\xe9 \\x93so\\x94</p>', "text/html; charset=iso-8859-1")
    '<p>café “so”</p>'
    """
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    header = IN_HEADER.search(content_type or "")
    meta = IN_PAGE.search(body[:LOOKED_AT])
    named = [header[1]] if header else []
    named += [meta[1].decode("ascii")] if meta else []
    charsets = [name for name in (_known(name) for name in named) if name]
    for name in (*charsets, "utf-8"):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode(charsets[0] if charsets else "windows-1252", "replace")


def _known(name: str) -> str | None:
    name = name.lower()
    if AS_WINDOWS_1252.fullmatch(name):
        return "windows-1252"
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
