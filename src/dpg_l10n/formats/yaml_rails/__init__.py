"""YAML of nested keys, plurals as CLDR keys, below one locale or without any.

See ``docs/formats/rails-yaml.md`` and ``docs/formats/yaml.md``.
"""

from dpg_l10n.formats.yaml_rails.catalogue import FORMAT, PLAIN, parse, serialize, sniff

__all__ = ["FORMAT", "PLAIN", "parse", "serialize", "sniff"]
