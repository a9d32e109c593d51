"""What formats of running text share: blocks without keys of their own.

A file of Markdown or HTML names no message. Its *source* gives each block a key made from what it
says; a *translation* says other things, so its blocks get the keys of the source's blocks that
stand in the same place (:mod:`~dpg_l10n.formats._document.align`). What was decided and why is in
``docs/decisions/0001-entry-identity.md``.
"""

from dpg_l10n.formats._document.blocks import Block, Layout, Syntax
from dpg_l10n.formats._document.read import begin, parse
from dpg_l10n.formats._document.write import serialize

__all__ = ["Block", "Layout", "Syntax", "begin", "parse", "serialize"]
