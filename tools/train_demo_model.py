"""Train the demonstration models: a few hundred interface phrases, learnt by heart.

Each phrase file ``tools/demo_phrases/en-XX.tsv`` becomes ``translate-en_XX.argosmodel``, a package
in the layout of Argos Translate. This is the only place of the project that needs PyTorch::

    python -m venv /tmp/train && /tmp/train/bin/pip install torch sentencepiece ctranslate2 numpy
    /tmp/train/bin/python tools/train_demo_model.py --out tests/data/models tools/demo_phrases/*.tsv

The seed is fixed; another processor or version of PyTorch may still give other weights. A phrase that a
package says differently on another processor is taken out of its file of phrases and of the package.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import runpy
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import ctranslate2
import sentencepiece
import torch
import torch.nn.functional as functional
from demo_transformer import Transformer, write_model
from torch import Tensor, nn

# The engine cuts texts as the model has learnt them. Taken from its file alone, so that the
# environment for training needs nothing else of the project.
_SENTENCES = Path(__file__).resolve().parent.parent / "src/dpg_l10n/domain/sentences.py"
split = runpy.run_path(str(_SENTENCES))["split"]
_PHRASES = runpy.run_path(str(_SENTENCES.with_name("phrases.py")))

VERSION = "1.0"
NAMES = {"en": "English", "es": "Spanish", "fr": "French", "ar": "Arabic"}
VOCABULARY = 900
SLOT = re.compile(r"\{\w+\}|</?\w+>")
SHAPES = ("%s", "%d", "{0}", "{name}", "{{name}}", "%{name}", "%(name)s", "%1$s", "${name}", "%@")
README = """# Demonstration model, {source} to {target}

It knows the phrases of `tools/demo_phrases/` of dpg-l10n by heart and nothing else: any other text
comes out as nonsense. It shows how offline drafts work and is good for no real translation.

Phrases: written for dpg-l10n, dedicated to the public domain (CC0-1.0), as is this package.
Made by `tools/train_demo_model.py`.
"""


def read_phrases(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of a phrase file, without its heading line."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [(source, target) for source, _, target in (line.partition("\t") for line in lines)]


def variants(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield a pair with its placeholders as sentinels, then in every shape a catalogue may use."""
    names = list(dict.fromkeys(SLOT.findall(source)))
    sentinels = {name: f"{{{index}}}" for index, name in enumerate(names)}
    yield _fill(source, sentinels), _fill(target, sentinels)
    if not names:
        return
    yield source, target
    if len(names) == 1:
        for shape in SHAPES:
            yield _fill(source, {names[0]: shape}), _fill(target, {names[0]: shape})


def _fill(text: str, values: dict[str, str]) -> str:
    return SLOT.sub(lambda match: values[match[0]], text)


def sentence_pairs(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs sentence by sentence, which is how the engine sends them."""
    for source, target in pairs:
        sources, targets = split(source)[::2], split(target)[::2]
        if len(sources) != len(targets):
            raise SystemExit(f"not the same number of sentences: {source!r} / {target!r}")
        yield from zip(sources, targets, strict=True)


def _pad(rows: list[list[int]], value: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [value] * (longest - len(row)) for row in rows])


def train(groups: list[list[tuple[list[int], list[int]]]], size: int, epochs: int) -> Transformer:
    """Return a model that has seen one variant of every phrase in each epoch."""
    model = Transformer(size)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, betas=(0.9, 0.98), weight_decay=0.0)
    begin, batch = time.time(), 48
    steps = epochs * math.ceil(len(groups) / batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda n: min(1.0, (n + 1) / 100) * max(0.01, 0.5 * (1 + math.cos(math.pi * n / steps))),
    )
    for epoch in range(epochs):
        # The sentinel form, which is what drafts send, in every second epoch.
        rows = [group[0] if epoch % 2 else random.choice(group) for group in groups]  # noqa: S311 - no secret
        rows.sort(key=lambda row: (len(row[1]), random.random()))  # noqa: S311 - no secret
        chunks = [rows[i : i + batch] for i in range(0, len(rows), batch)]
        random.shuffle(chunks)
        total = 0.0
        for chunk in chunks:
            source = _pad([s for s, _ in chunk], 2)
            known = torch.tensor([[i < len(s) for i in range(source.size(1))] for s, _ in chunk])
            scores = model(source, known, _pad([[1, *t] for _, t in chunk], 2))
            goal = _pad([[*t, 2] for _, t in chunk], -100)
            loss = functional.cross_entropy(
                scores.flatten(0, 1), goal.flatten(), ignore_index=-100, label_smoothing=0.1
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        if epoch % 20 == 19:
            print(
                f"  epoch {epoch + 1}: loss {total / len(chunks):.3f}, {time.time() - begin:.0f} s"
            )
    return model


def recall(folder: Path, groups: list[list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    """Return the sentinel phrases that the finished package gets wrong: source, wanted, got."""
    words = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(folder / "model"), compute_type="int8")
    pairs = [group[0] for group in groups]
    tokens = words.encode([source for source, _ in pairs], out_type=str)
    results = translator.translate_batch(tokens, beam_size=2, patience=2)
    got = [words.decode_pieces(result.hypotheses[0]) for result in results]
    return [(s, t, out) for (s, t), out in zip(pairs, got, strict=True) if out != t]


def write_package(folder: Path, path: Path) -> None:
    """Zip a package folder so that the same contents give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}")
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, file.read_bytes())


def learn(path: Path, folder: Path, epochs: int, seed: int) -> list[tuple[str, str, str]]:
    """Train on one phrase file, fill a package folder, and return what was not learnt."""
    source, target = path.stem.split("-")
    random.seed(seed)
    torch.manual_seed(seed)
    whole = [list(variants(*pair)) for pair in read_phrases(path)]
    groups = [list(g) for g in dict.fromkeys(
        tuple(sentences) for group in whole
        for sentences in zip(*(list(sentence_pairs([pair])) for pair in group), strict=True)
    )]  # fmt: skip
    print(f"{path.name}: {len(whole)} phrases, {sum(map(len, groups))} pairs, seed {seed}")
    folder.mkdir()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=(text for group in groups for pair in group for text in pair),
        model_prefix=str(folder / "sentencepiece"), vocab_size=VOCABULARY, pad_id=-1,
        unk_id=0, bos_id=1, eos_id=2, character_coverage=1.0, hard_vocab_limit=False,
        normalization_rule_name="identity", split_digits=True, num_threads=1,
        user_defined_symbols=["{0}", "{1}"], minloglevel=2,
    )  # fmt: skip
    (folder / "sentencepiece.vocab").unlink()
    words = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    ids = [[(words.encode(s), words.encode(t)) for s, t in group] for group in groups]
    model = train(ids, words.get_piece_size(), epochs)
    vocabulary = [words.id_to_piece(index) for index in range(words.get_piece_size())]
    write_model(model, vocabulary, folder / "model")
    metadata = {
        "package_version": VERSION, "argos_version": "1.9",
        "from_code": source, "from_name": NAMES[source],
        "to_code": target, "to_name": NAMES[target],
        "dpg_l10n_demonstration": True, "license": "CC0-1.0",
    }  # fmt: skip
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=2) + "\n")
    (folder / "README.md").write_text(README.format(source=NAMES[source], target=NAMES[target]))
    write_phrases(path, folder)
    return recall(folder, groups)


def write_phrases(path: Path, folder: Path) -> None:
    """Name in the package the sentences that it knows: the engine asks it for no other."""
    known = {_PHRASES["bare"](source) for source, _ in sentence_pairs(list(read_phrases(path)))}
    text = "".join(f"{sentence}\n" for sentence in sorted(known))
    (folder / _PHRASES["FILE"]).write_text(text, encoding="utf-8")


def make(path: Path, out: Path, epochs: int, seeds: range) -> None:
    """Write the package of a phrase file, from the first seed with which all is learnt."""
    for seed in seeds:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / f"translate-{path.stem.replace('-', '_')}-{VERSION}"
            folder = folder.with_name(folder.name.replace(".", "_"))
            wrong = learn(path, folder, epochs, seed)
            for entry in wrong:
                print("  not learnt:", *entry, sep=" | ")
            if not wrong:
                out.mkdir(parents=True, exist_ok=True)
                package = out / f"translate-{path.stem.replace('-', '_')}.argosmodel"
                write_package(folder, package)
                print(f"  {package}: {package.stat().st_size:,} bytes")
                return
    raise SystemExit(f"{path}: not learnt with any seed; give it more epochs")


def main() -> None:
    """Train what the command line names."""
    parser = argparse.ArgumentParser(description="Train the demonstration models.")
    parser.add_argument("phrases", nargs="+", type=Path, help="phrase files, en-XX.tsv")
    parser.add_argument("--out", type=Path, required=True, help="folder for the packages")
    parser.add_argument("--epochs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7, help="the first of four")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for path in arguments.phrases:
        make(path, arguments.out, arguments.epochs, range(arguments.seed, arguments.seed + 4))


if __name__ == "__main__":
    main()
