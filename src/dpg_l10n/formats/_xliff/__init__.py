"""What both generations of XLIFF share: values, layout, reading and patching of a document.

A version is a :class:`~dpg_l10n.formats._xliff.dialect.Dialect`: the names of its elements, how one
of its units is read, and how a changed one is written.
"""
