"""Localization toolkit for digital public goods: the library below the console and the API."""

__version__ = "0.1.0"
