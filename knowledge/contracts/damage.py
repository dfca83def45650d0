"""What reading a picture does to letters, undone where that is safe: the one place that knows of it.

Tesseract's Danish model reads every § as 8. Whatever is put back from context stays a guess, so findings on
scanned pages say that references to paragraphs are unconfirmed.
"""

from __future__ import annotations

import re

import simplemma

_SIGN = r"(?P<sign>[8$]{1,2})"
_NUMBER = r"[ \t][1-9]\d{0,2}[a-z]?\b(?:[ \t]?-[ \t]?\d{1,3}\b)?"
#: Not within a telephone number, a thousand, a row of a table, and no number of things.
_NOTHING_COUNTED = (
    r"(?![.,]?\d|[ \t]+\d|[ \t\n]*(?:%|kr|km|timer|dage|uger|måneder|år|sager|borgere|personer|stykker))"
)
_LAW_BEFORE = (
    r"(?P<before>\b(?i:\w*lov(?:en|ens|s)?|bekendtgørelsens?|aftalens|kontraktens|jf\.?|jævnfør|efter|iht\.|ifølge"
    r"|medfør af|henhold til|reglerne i|se også)[ \t\n]+)"
)
_PARAGRAPH_BEFORE = r"(?P<before>§[ \t]\d{1,3}[^§\n]{0,40}\b(?:og|eller|samt|til)[ \t\n]+)"
_HEADS_LINE = r"(?P<before>^[ \t]*)"
_ANYWHERE = r"(?P<before>(?<![\d.,])(?<!\d[ \t])\b|(?<!\S)(?=\$))"
_PARAGRAPHS = (
    rf"{_ANYWHERE}{_SIGN}(?P<after>{_NUMBER}[ \t]*,?[ \t\n]*(?:stk\.|nr\.|i[ \t\n]\w*lov))",
    rf"{_HEADS_LINE}{_SIGN}(?P<after>{_NUMBER}\.?(?:[ \t]+[A-ZÆØÅ]|[ \t]*$))",
    rf"{_LAW_BEFORE}{_SIGN}(?P<after>{_NUMBER}{_NOTHING_COUNTED})",
    rf"{_PARAGRAPH_BEFORE}{_SIGN}(?P<after>{_NUMBER}{_NOTHING_COUNTED})",
)
_PARAGRAPH_PATTERNS = tuple(re.compile(each, re.MULTILINE) for each in _PARAGRAPHS)
_ONE_IN_NUMBER = re.compile(
    r"(?<=\d)[lI|](?=\d|[.,]\d|[ \t]?%)|(?<![\w.,])[lI|](?=[.,]?\d{2}|\d[.,]\d|\d[ \t]?%)"
)
_NOUGHT_IN_NUMBER = re.compile(r"(?<=\d)[oO]|(?<=\d[.,])[oO](?=[oO\d])|(?<=[oO])[oO](?=[ \t]?(?:kr|%))")
_LIST_MARK = re.compile(r"^([ \t]*)[+e«»](?=[ \t][a-zæøå])", re.MULTILINE)
_WORD = re.compile(r"[^\W_]{4,40}")
_MISREAD = (("rn", "m"), ("1", "l"), ("0", "o"))


def mended(page: str) -> str:
    """The recognised page with §, numbers, list marks and misread words put right where that is safe."""
    for pattern in _PARAGRAPH_PATTERNS:
        page = pattern.sub(lambda found: found["before"] + "§" * len(found["sign"]) + found["after"], page)
    page = _NOUGHT_IN_NUMBER.sub("0", _ONE_IN_NUMBER.sub("1", page))
    return _WORD.sub(_word, _LIST_MARK.sub(r"\1-", page))


def _word(found: re.Match[str]) -> str:
    """A word is touched only where the dictionary lacks it and has what it is mended to."""
    word = found[0]
    for misread, meant in _MISREAD:
        if misread in word and not word.isdigit() and not _is_known(word):
            better = word.replace(misread, meant)
            if _is_known(better):
                return better
    return word


def _is_known(word: str) -> bool:
    return simplemma.is_known(word, lang="da") or simplemma.is_known(word.lower(), lang="da")
