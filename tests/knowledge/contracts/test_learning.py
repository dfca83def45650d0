"""The model: trained the same each time, good on texts it has not seen, and careful with spelling."""

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.contracts import evaluate, fitting, hands, train
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.detector import labels
from knowledge.contracts.evaluate import MEASURE_FILES, TRAIN_FILES, Labelled, read_labelled, report, tally
from knowledge.contracts.hands import Unseen
from knowledge.contracts.model import model, probability, read_words
from knowledge.contracts.spelling import Speller


def test_the_shipped_model_knows_every_risk_of_the_catalogue() -> None:
    """`make train` has been run since the last risk was added."""
    assert list(model().probabilities(())) == list(catalogue().risks)


def test_measured_texts_are_labelled_as_well_as_promised() -> None:
    """Micro F1 at least 0.80 in all; warnings right nine times in ten; few harmless texts warned about."""
    texts = [text for file in MEASURE_FILES for text in read_labelled(file)]
    said = [labels(each.text) for each in texts]
    both = tally((each.labels, frozenset(s.risks + s.maybe)) for each, s in zip(texts, said, strict=True))
    warned = tally((each.labels, frozenset(s.risks)) for each, s in zip(texts, said, strict=True))
    harmless = [bool(s.risks) for each, s in zip(texts, said, strict=True) if not each.labels]
    assert both.f1 >= 0.80
    assert warned.precision >= 0.90
    assert warned.recall >= 0.60
    assert sum(harmless) / len(harmless) <= 0.05


def test_no_measured_text_is_trained_on() -> None:
    """What is only measured stays unseen."""
    trained = {each.text for file in TRAIN_FILES for each in read_labelled(file)}
    for file in MEASURE_FILES:
        assert trained.isdisjoint(each.text for each in read_labelled(file))


def test_every_label_of_the_texts_is_a_risk_of_the_catalogue() -> None:
    """A label misspelt in a text would silently teach nothing."""
    for file in (*TRAIN_FILES, *MEASURE_FILES):
        assert {label for each in read_labelled(file) for label in each.labels} <= catalogue().risks.keys()


def test_training_twice_gives_the_same_weights() -> None:
    """The order of learning, and what is hidden meanwhile, are fixed."""
    rows, truth = [[0, 1], [1, 2], [0], [2]] * 3, np.array([[True], [False], [True], [False]] * 3)
    first, second = (fitting.fit(rows, truth, 3) for _ in range(2))
    assert np.array_equal(first.of, second.of)
    assert np.array_equal(first.bias, second.bias)


def test_what_is_learnt_tells_the_texts_apart() -> None:
    """A feature of the risky texts only weighs for the risk, one of the harmless texts only against."""
    rows, truth = [[0, 1], [1, 2]] * 1500, np.array([[True], [False]] * 1500)
    found = fitting.scores([[0, 1], [1, 2]], fitting.fit(rows, truth, 3))
    assert probability(found[0, 0]) > 0.8
    assert probability(found[1, 0]) < 0.2


def test_texts_put_together_carry_both_their_labels() -> None:
    """A harmless sentence beside a risky one does not make it harmless."""
    pairs = hands.paired([Labelled("ufarlig", frozenset()), Labelled("farlig", frozenset({"no_dpa"}))])
    assert all(("no_dpa" in pair.labels) == (" farlig" in f" {pair.text}") for pair in pairs)


def test_thresholds_warn_only_where_it_is_sure() -> None:
    """Asking starts where most is right; warning only above what is wrong."""
    columns = len(catalogue().risks)
    truth, chances = np.zeros((100, columns), bool), np.zeros((100, columns))
    truth[:50, 0], chances[:50, 0] = True, 0.7
    truth[50:60, 0], chances[50:60, 0] = True, 0.29
    chances[60:66, 0] = 0.29
    found = hands.thresholds(Unseen(truth, chances))
    assert found.ask_from <= 0.29 < found.warn_from <= 0.7


def test_a_hand_is_measured_by_a_model_that_did_not_read_it() -> None:
    """The word that only one hand knows is no sign of a risk where that hand is left out."""
    risky = frozenset({"no_dpa"})
    one = [Labelled("Xylofon.", risky), Labelled("Der er enighed.", frozenset())] * 20
    other = [Labelled("Zebraer.", risky), Labelled("Der er kaffe.", frozenset())] * 20
    column = list(catalogue().risks).index("no_dpa")
    left_out = hands.unseen({"one": one, "other": other}, Speller((), ()))["one"]
    read = hands.unseen({"one": one, "other": [*other, *one]}, Speller((), ()))["one"]
    assert left_out.chances[0, column] < read.chances[0, column]
    assert [line.split()[0] for line in hands.report({"one": left_out, "other": read})] == [
        "hand",
        "one",
        "other",
    ]


def test_training_writes_a_model_that_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a few texts to a file, without a pickle."""
    texts = tmp_path / "train.jsonl"
    lines = [
        ("Konsulenten har login til fagsystemet.", ["case_system_access"]),
        ("Mødet blev aflyst i går.", []),
    ]
    texts.write_text(
        "\n".join(json.dumps({"text": text, "labels": found}) for text, found in lines * 2), "utf-8"
    )
    monkeypatch.setattr(train, "TRAIN_FILES", [texts])
    monkeypatch.setattr(train, "MODEL_FILE", tmp_path / "model.json")
    monkeypatch.setattr(hands, "PAIRS", 4)
    monkeypatch.setattr(fitting, "ROUNDS", 2)
    monkeypatch.setattr(
        train, "danish_words", lambda: frozenset({"konsulenten", "fagsystemet", "konsulentens"})
    )
    train.main()
    written = json.loads((tmp_path / "model.json").read_text("utf-8"))
    assert written["labels"] == list(catalogue().risks)
    assert "konsulentens" in written["lookalikes"]


def test_a_denied_concept_is_another_thing_to_the_model() -> None:
    """To have access and not to have it share no concept."""
    found = [read_words(forms, model().speller).features for forms in (["adgang"], ["ikke", "adgang"])]
    assert "c:access" in found[0]
    assert "n:access" in found[1]
    assert "c:access" not in found[1]


@pytest.mark.parametrize(
    ("written", "read"),
    [("besparlese", "besparelse"), ("konsullent", "konsulent"), ("konsulens", "konsulens"), ("spar", "spar")],
)
def test_spelling_is_repaired_only_where_no_real_word_is_touched(written: str, read: str) -> None:
    """A word of the dictionary, or a short one, stays as it is."""
    speller = Speller(["besparelse", "konsulent", "sparer"], ["konsulens"])
    assert speller.repair(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "Konsulnten har faaet adgagn til fagsystmet.",
        "Firmat får 10 procent af bespareslen.",
        "Aftalen forlænnges autmatisk hvert år.",
    ],
)
def test_misspelt_terms_are_found(text: str) -> None:
    """A caseworker in a hurry is understood."""
    found = labels(text)
    assert found.risks or found.maybe


def test_the_table_has_a_row_for_each_label_and_one_for_all() -> None:
    """What `make eval` prints."""
    lines = list(
        report([Labelled("Konsulenten har login til fagsystemet.", frozenset({"case_system_access"}))])
    )
    assert sum(line.startswith("overall") for line in lines) == 1
    assert all(any(line.startswith(label) for line in lines) for label in catalogue().risks)
    assert evaluate.tally([(frozenset("ab"), frozenset("bc"))]) == evaluate.Tally(1, 1, 1)
