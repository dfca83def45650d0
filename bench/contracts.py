"""A contract of thirty pages: reading its risks beside reading its text."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import typst

from bench.table import Row, at_most, told
from knowledge.contracts.detector import labels
from knowledge.contracts.evaluate import MEASURE_FILES, read_labelled
from knowledge.contracts.reader import document_findings, read

PAGES = 30
#: Texts on a page: about as many words as a printed page holds.
TEXTS_A_PAGE = 18
MAX_SECONDS = 1.0
MAX_PASSAGE_MS = 50.0
MAX_MB = 250.0
#: Timed this often; the quickest counts, since whatever else the machine does only slows it down.
TIMES = 3


def run() -> list[Row]:
    """The table's rows."""
    texts = [
        each.text.replace("-\n", "").replace("\n", " ")
        for file in MEASURE_FILES
        for each in read_labelled(file)
    ]
    supply = cycle(texts)
    pages = [list(islice(supply, TEXTS_A_PAGE)) for _ in range(PAGES)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kontrakt.pdf"
        path.write_bytes(_pdf(pages))
        labels("")  # what the detector knows is loaded once a process
        began = time.perf_counter()
        document = read(path, path.name)
        reading = time.perf_counter() - began
        finding = min(_cpu(partial(document_findings, document)) for _ in range(TIMES))
    passage = max(min(_cpu(partial(labels, text)) for _ in range(TIMES)) for text in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return [
        told(f"Contract of {len(document.pages)} pages: reading its text", reading, "s"),
        at_most("Contract: its risks, CPU", finding, MAX_SECONDS, "s"),
        told("Contract: its risks of reading its text", finding / reading, "times"),
        at_most("Contract: the slowest passage, CPU", 1000 * passage, MAX_PASSAGE_MS, "ms"),
        at_most("Contract: memory of the process at most", peak, MAX_MB, "MB"),
    ]


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _pdf(pages: list[list[str]]) -> bytes:
    """A PDF with these paragraphs on its pages."""
    source = (
        "#for page in json(bytes(sys.inputs.pages)) { for text in page { par(text) }; pagebreak(weak: true) }"
    )
    made = typst.compile(source.encode(), sys_inputs={"pages": json.dumps(pages)}, format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("the PDF compiler gave no single file")
    return made
