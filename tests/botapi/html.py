"""Telegram's HTML, as strict as the real parser: https://core.telegram.org/bots/api#html-style."""

from __future__ import annotations

import re

from tests.botapi.refusals import bad_request

_TAGS = frozenset(
    "a b blockquote code del em i ins pre s span strike strong tg-emoji tg-spoiler u".split()  # noqa: SIM905
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(
    r"""(?P<entity>&(?:\#(?P<decimal>\d+)|\#[xX](?P<hex>[0-9a-fA-F]+)|(?P<named>lt|gt|amp|quot));?)
    |   </(?P<end>[a-zA-Z0-9-]*)\s*>
    |   <(?P<start>[a-zA-Z][a-zA-Z0-9-]*)
        (?P<attributes>(?:\s+[a-zA-Z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w.-]+))?)*)\s*>
    |   (?P<broken><)
    """,
    re.VERBOSE,
)


def parse(html: str) -> str:
    """The plain text that the HTML stands for; raises `Refusal` where Telegram cannot parse it."""
    text: list[str] = []
    nested: list[str] = []
    end = 0
    for token in _TOKEN.finditer(html):
        text.append(html[end : token.start()])
        end = token.end()
        offset = len(html[: token.start()].encode("utf-8", "surrogatepass"))
        if token["entity"]:
            text.append(_character(token))
        elif token["broken"]:
            raise _cannot(f'Unsupported start tag "{html[end : end + 8]}" at byte offset {offset}')
        elif token["start"]:
            nested.append(_started(token, offset))
        else:
            _ended(token["end"].lower(), nested, offset)
    if nested:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{nested[-1]}"')
    return "".join([*text, html[end:]])


def utf16_length(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def _character(token: re.Match[str]) -> str:
    if token["named"]:
        return _NAMED[token["named"]]
    return chr(int(token["decimal"]) if token["decimal"] else int(token["hex"], 16))


def _started(token: re.Match[str], offset: int) -> str:
    tag: str = token["start"].lower()
    if tag not in _TAGS:
        raise _cannot(f'Unsupported start tag "{tag}" at byte offset {offset}')
    if tag == "span" and "tg-spoiler" not in token["attributes"]:
        raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    return tag


def _ended(tag: str, nested: list[str], offset: int) -> None:
    if not nested:
        raise _cannot(f"Unexpected end tag at byte offset {offset}")
    expected = nested.pop()
    if tag not in ("", expected):
        raise _cannot(
            f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{tag}>"'
        )


def _cannot(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
