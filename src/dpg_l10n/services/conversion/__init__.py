"""Conversion of files between formats, with what is lost on the way."""

from dpg_l10n.services.conversion.convert import convert
from dpg_l10n.services.conversion.losses import KINDS, Loss
from dpg_l10n.services.conversion.request import (
    ConvertedFile,
    ConvertOptions,
    ConvertReport,
    InputFile,
    LossReport,
)

__all__ = [
    "KINDS",
    "ConvertOptions",
    "ConvertReport",
    "ConvertedFile",
    "InputFile",
    "Loss",
    "LossReport",
    "convert",
]
