"""The data keys of cases, unwrapped once and kept in memory while they are used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from storage.master_keys import MasterKeys
from storage.sealing import DataKey
from storage.sqlite_cases import CaseLine

#: Cases whose key is kept. A key with what it takes to find it is about 250 bytes.
KEPT_KEYS = 20_000


class CaseKeys:
    """Gives the key of a case. `line_of` finds its line in the register and raises where it cannot."""

    def __init__(self, masters: MasterKeys, line_of: Callable[[str], CaseLine]) -> None:
        self._masters = masters
        self._line_of = line_of
        #: By case, the latest used last. Not as `DataKey`, which is ten times as large.
        self._secrets: OrderedDict[str, bytes] = OrderedDict()

    def of(self, case: str) -> DataKey:
        """The case's key; raises `UnknownCase`, `StoreDamaged`, `WrongKey`."""
        secret = self._secrets.get(case)
        if secret is not None:
            self._secrets.move_to_end(case)
            return DataKey(secret)
        key = self._masters.unwrap(self._line_of(case).key, case)
        if len(self._secrets) == KEPT_KEYS:
            self._secrets.popitem(last=False)
        self._secrets[case] = key.secret
        return key

    def forget(self, case: str) -> None:
        """Keep the case's key no longer: it has another now."""
        self._secrets.pop(case, None)

    def forget_all(self) -> None:
        """Keep none: a transaction was rolled back, and keys it read may never have been stored."""
        self._secrets.clear()
