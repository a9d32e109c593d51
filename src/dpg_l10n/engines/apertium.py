"""Drafts by the rules of Apertium, where its programs and language pairs are installed.

It translates between many related languages that no neural package has. Texts go through one pipe
that stays open, with a zero byte after each: to start the program for each text takes a thousand
times as long.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dpg_l10n.domain import locales
from dpg_l10n.engines.spec import EngineSpec
from dpg_l10n.errors import ModelMissingError, UnavailableError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import EngineInfo, Pair

PROGRAM = "apertium"
TIMEOUT_S = 30
"""Longest wait for the list of pairs or the version; both take a moment."""

_REPORT_EVERY = 200
_MODE = re.compile(r"[a-z]{2,3}(?:_[A-Za-z_]+)?-[a-z]{2,3}(?:_[A-Za-z_]+)?")
_KEPT = re.compile(r"[\[<{⟦$%]{1,2}\d{1,4}[\]>}⟧]{0,2}|XPH\d{1,4}|\n+")
"""Sentinels, and line breaks, which would join what stands around them."""

_SPECIAL = re.compile(r"[\[\]{}^$/\\@<>]")
_CODED = re.compile(r"\\(.)|[\[\]]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Mode:
    """A pair as the program calls it."""

    name: str
    """``spa-cat``."""
    pair: Pair


class ApertiumEngine:
    """Translates with the programs of Apertium.

    Args:
        folders: Not used; the program knows where its language pairs are.
        program: Name or path of the program.
    """

    name = "apertium"
    sends_text_away = False

    def __init__(self, folders: Sequence[Path] = (), *, program: str = PROGRAM) -> None:
        """Start nothing yet."""
        self._program = program
        self._pipes: dict[str, _Pipe] = {}
        self._lock = threading.Lock()

    def pairs(self) -> tuple[Pair, ...]:
        """Return the installed pairs, none where Apertium is not installed."""
        return tuple(mode.pair for mode in self._modes())

    def info(self, pair: Pair) -> EngineInfo:
        """Return which mode translates a pair.

        Raises:
            ModelMissingError: None does.
            UnavailableError: The program does not answer.
        """
        mode = self._choose(pair)
        words = self._ask("--version").split()
        version = next((word for word in words if word[:1].isdigit()), "unknown")
        return EngineInfo(
            self.name, f"apertium-{mode.name}", version, "", "GPL-3.0-or-later", demonstration=False,
            parameters="words it does not know are kept",
        )  # fmt: skip

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        """Translate many texts; sentinels and line breaks stay as they are.

        Raises:
            ModelMissingError: The pair is not installed.
            UnavailableError: The program stopped.
        """
        mode = self._choose(pair)
        translated: list[str] = []
        with self._lock:
            for start in range(0, len(texts), _REPORT_EVERY):
                part = texts[start : start + _REPORT_EVERY]
                translated += self._through(mode, part)
                if progress is not None:
                    progress(len(part))
        return translated

    def close(self) -> None:
        """End the programs; a later call starts them again."""
        with self._lock:
            for pipe in self._pipes.values():
                pipe.close()
            self._pipes.clear()

    def _through(self, mode: _Mode, texts: Sequence[str]) -> list[str]:
        if mode.name not in self._pipes:
            self._pipes[mode.name] = _Pipe(self._program, mode.name)
        try:
            return [self._pipes[mode.name].ask(text) if text.strip() else text for text in texts]
        except BaseException:
            # What is in the pipe answers nothing any more.
            self._pipes.pop(mode.name).close()
            raise

    def _choose(self, pair: Pair) -> _Mode:
        modes = {mode.pair: mode for mode in self._modes()}
        for target in locales.fallbacks(pair.target):
            for source in locales.fallbacks(pair.source):
                mode = modes.get(Pair(source, target))
                if mode is not None:
                    return mode
        raise ModelMissingError(source=pair.source, target=pair.target)

    def _modes(self) -> list[_Mode]:
        if shutil.which(self._program) is None:
            return []
        found = (_mode(line.strip()) for line in self._ask("-l").splitlines())
        return [mode for mode in found if mode is not None]

    def _ask(self, option: str) -> str:
        try:
            ran = subprocess.run(  # noqa: S603 - the program that the person installed
                [self._program, option],
                capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT_S, check=False,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise _stopped(self._program, error) from error
        return ran.stdout + ran.stderr


class _Pipe:
    """One running program: a text in, a zero byte, its translation out, a zero byte."""

    def __init__(self, program: str, mode: str) -> None:
        self._program = program
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the program that the person installed
                [program, "-z", "-f", "none", "-u", mode],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            raise _stopped(program, error) from error

    def ask(self, text: str) -> str:
        start = len(text) - len(text.lstrip())
        core = text.strip()
        sent = f"{_coded(core)}[]\0".encode()
        process = self._process
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - asked for
        try:
            process.stdin.write(sent)
            process.stdin.flush()
        except OSError as error:
            raise _stopped(self._program, error) from error
        answer = bytearray()
        while (byte := process.stdout.read(1)) != b"\0":
            if not byte:
                raise _stopped(self._program, "it ended")
            answer += byte
        plain = _CODED.sub(lambda match: match[1] or "", answer.decode("utf-8", "replace"))
        return text[:start] + plain.strip() + text[start + len(core) :]

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def _coded(text: str) -> str:
    """Return a text in Apertium's stream format: what stays is between brackets."""
    out: list[str] = []
    position = 0
    text = text.replace("\0", "")
    for match in _KEPT.finditer(text):
        out.append(_SPECIAL.sub(r"\\\g<0>", text[position : match.start()]))
        out.append("[" + _SPECIAL.sub(r"\\\g<0>", match[0]) + "]")
        position = match.end()
    out.append(_SPECIAL.sub(r"\\\g<0>", text[position:]))
    return "".join(out)


def _mode(name: str) -> _Mode | None:
    if not _MODE.fullmatch(name):
        return None
    try:
        source, target = (locales.canonical(code) for code in name.split("-"))
    except (UsageError, ValueError):
        return None
    return _Mode(name, Pair(source, target))


def _stopped(program: str, detail: object) -> UnavailableError:
    return UnavailableError(N_("{source} cannot be read: {detail}"), source=program, detail=detail)


ENGINE = EngineSpec(
    name="apertium", title="Apertium's rules", sends_text_away=False, open=ApertiumEngine
)
