"""Training the typer: what a config may say, and that the same folders give the same bytes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from betony import cli, training
from betony.errors import UsageError
from betony.model import SectionType
from betony.nlp import heading_words
from betony.nlp.typer import config, madeup, shipped
from tests.quality.folds import PARAPHRASES
from tests.quality.source import GOLD

SMALL = """
[training]
epochs = 1
inner_folds = 2

[training.words]
epochs = 1
least_groups = 1

[training.heading_words]
epochs = 2

[made_up]
pages = 16
whole = 1
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.cfg"
    path.write_text(text, "utf-8")
    return path


def test_what_a_config_leaves_out_stays_as_shipped(tmp_path: Path) -> None:
    mine, shipped_one = config.read(written(tmp_path, SMALL)), config.read()
    assert (mine.training.epochs, mine.training.words.epochs, mine.made_up.pages) == (1, 1, 16)
    assert mine.training.words.rate == shipped_one.training.words.rate
    assert mine.reading == shipped_one.reading


def test_values_may_stand_elsewhere_as_in_any_config_of_spacy(tmp_path: Path) -> None:
    mine = config.read(written(tmp_path, "[made_up]\nseed = ${training.seed}\n\n[training]\nseed = 5\n"))
    assert mine.made_up.seed == mine.training.seed == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[training]\nepoch = 3\n", "holds epoch, which is not known (known are seed, "),
        ("[training]\nepochs = 2.5\n", "epochs in [training] is 2.5, and no int"),
        ("[training]\nwords = 3\n", "[training.words] must be a section"),
        ("epochs: 3", "is no config in spaCy's format"),
    ],
)
def test_a_config_that_cannot_be_followed_says_why(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        config.read(written(tmp_path, text))
    assert message in str(error.value)


def test_a_config_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.cfg"):
        config.read(tmp_path / "none.cfg")


def test_the_same_folder_gives_the_same_bytes_and_a_model_to_evaluate(tmp_path: Path) -> None:
    settings = written(tmp_path, SMALL)
    for name in ("one.npz", "two.npz"):
        found = CliRunner().invoke(
            cli.app, ["train", str(GOLD), "--out", str(tmp_path / name), "--config", str(settings)]
        )
        assert found.exit_code == 0, found.output
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    try:
        found = CliRunner().invoke(
            cli.app, ["evaluate", str(GOLD), "--limit", "1", "--model", str(tmp_path / "one.npz")]
        )
        assert found.exit_code == 0, found.output
    finally:
        shipped.use(None)


def test_a_model_that_can_be_put_nowhere_is_told_before_the_training(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        training.run([tmp_path], tmp_path, print)
    with pytest.raises(UsageError, match="its folder does not exist"):
        training.run([tmp_path], tmp_path / "no" / "model.npz", print)


def test_written_pages_are_labelled_by_known_types_and_their_copies_differ() -> None:
    copies = madeup.whole(2, seed=3)
    assert copies == madeup.whole(2, seed=3)
    assert {segment.type for example in copies for segment in example.segments} <= {
        type_.value for type_ in SectionType
    }
    lines = [line for example in copies for segment in example.segments for line in segment.lines]
    assert not [line for line in lines if "{" in line or "[" in line[:1]]
    first, second = copies[:2]
    assert first.group == second.group
    assert first.segments != second.segments


def test_a_file_that_holds_no_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "no.npz"
    path.write_bytes(b"not a model")
    with pytest.raises(UsageError, match=r"no\.npz: holds no typer"):
        training.use(path)


def test_paraphrased_headings_are_held_by_no_vocabulary() -> None:
    held = {heading_words.normalise(text) for texts in madeup.headings().values() for text in texts}
    lists = Path(madeup.__file__).with_name("headings.toml").read_text("utf-8")
    held |= {heading_words.normalise(text) for texts in tomllib.loads(lists).values() for text in texts}
    for words in tomllib.loads(PARAPHRASES.read_text("utf-8")).values():
        reading = heading_words.read(words)
        assert reading is None or not reading.whole, words
        assert heading_words.normalise(words) not in held, words
