"""Encryption at rest: what every store and the folder of files seal their content with.

Each case has a random *data key*, its own; people and invitations share one of the store's. What is stored is
sealed with a data key (AES-256-GCM) and bound to its place, so that it opens nowhere else. The data keys are
kept beside what they seal, wrapped by a *master key* that is kept elsewhere (`master_keys`). So a case is
erased for good by destroying its data key, and a new master key only wraps the data keys anew.
"""

from __future__ import annotations

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.store import StoreDamaged

KEY_BYTES = 32

#: As AES-GCM has it. A nonce is random: a data key may seal 2**32 documents before two are likely to meet.
_NONCE_BYTES = 12
_MARK_BYTES = 16


class DataKey:
    """Seals documents and files, for one case or for the store's own documents."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self._cipher = AESGCM(secret)

    @classmethod
    def new(cls) -> DataKey:
        """A key that nothing was sealed with yet."""
        return cls(os.urandom(KEY_BYTES))

    def seal(self, content: bytes, *place: str) -> bytes:
        """The content as only this key opens it, and only for this place."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, _bound_to(place))

    def open(self, sealed: bytes, *place: str) -> bytes:
        """What was sealed for this place; raises `StoreDamaged` where a bit of it is not as it was."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound_to(place))
        except (InvalidTag, ValueError):
            raise StoreDamaged("something in the store is not what was written") from None

    def mark(self, *words: str) -> str:
        """A name for these words that tells nothing of them to who has not this key."""
        return self.sign(_bound_to(words)).hex()

    def sign(self, content: bytes) -> bytes:
        """A mark over the content, which only who has this key can make."""
        return hashlib.blake2b(content, key=self.secret, digest_size=_MARK_BYTES).digest()


def _bound_to(place: tuple[str, ...]) -> bytes:
    return "\0".join(place).encode(errors="surrogatepass")
