"""Text as it may be kept and printed: what comes in from a keyboard, a web page or a pasted document."""

from __future__ import annotations

import re
import unicodedata

#: Stands for what was no character at all (a lone surrogate, a code point Unicode keeps out of text).
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")

#: Control characters, and signs that print nothing but change how the text round them is read or found:
#: marks of writing direction, soft hyphens, zero-width spaces, byte order marks, language tags.
#: Joiners stay: emoji and several scripts are spelled with them.
_UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

#: Bullets of Word's symbol fonts, which lie in the private use area and so mean nothing elsewhere.
_SYMBOL_FONT_BULLETS = str.maketrans(dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf0fc", "•"))


def clean(text: str) -> str:
    """The same words without what no letter can hold: NFC, lines parted by a newline alone.

    Control characters (but newline and tab), direction marks and other unprinted signs are dropped,
    lone surrogates and non-characters become U+FFFD. Cleaning twice changes nothing more.
    """
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _LINE_ENDS.sub("\n", text)
    text = _NO_CHARACTERS.sub(REPLACEMENT, _UNPRINTED.sub("", text))
    return unicodedata.normalize("NFC", text.translate(_SYMBOL_FONT_BULLETS))
