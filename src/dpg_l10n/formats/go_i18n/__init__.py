"""Lists of messages with ``id`` and ``translation`` (``docs/formats/go-i18n.md``).

Version 1 of go-i18n has them in JSON and YAML, and Hugo's sites in YAML:
https://github.com/nicksnyder/go-i18n/tree/v1 and https://gohugo.io/content-management/multilingual/
"""

from dpg_l10n.formats.go_i18n.json_list import FORMAT
from dpg_l10n.formats.go_i18n.yaml_list import FORMAT as YAML

__all__ = ["FORMAT", "YAML"]
