"""Rails YAML: nested keys below one locale, plurals as CLDR keys (``docs/formats/rails-yaml.md``)."""

from dpg_l10n.formats.yaml_rails.catalogue import FORMAT, parse, serialize, sniff

__all__ = ["FORMAT", "parse", "serialize", "sniff"]
