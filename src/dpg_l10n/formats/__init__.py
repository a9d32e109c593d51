"""File formats: bytes to :class:`~dpg_l10n.domain.catalogue.Catalogue` and back.

Formats open no file and know no database. A new one is a module, a line in this table, a folder of
samples and a page in ``docs/formats/``.
"""

from dpg_l10n.formats.gzipped import readable
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.registry import Registry

FORMATS: Registry[FormatSpec] = Registry(
    "format",
    "dpg_l10n.formats",
    {
        "po-keys": "dpg_l10n.formats.po:KEYED",
        "po": "dpg_l10n.formats.po:FORMAT",
        "pxweb": "dpg_l10n.formats.pxweb:FORMAT",
        "tbx-pairs": "dpg_l10n.formats.tbx:PAIRS",
        "tbx": "dpg_l10n.formats.tbx:FORMAT",
        "android": "dpg_l10n.formats.android:FORMAT",
        "xliff1": "dpg_l10n.formats.xliff1:FORMAT",
        "xliff2": "dpg_l10n.formats.xliff2:FORMAT",
        "properties": "dpg_l10n.formats.properties:FORMAT",
        "strings": "dpg_l10n.formats.strings:FORMAT",
        "fluent": "dpg_l10n.formats.fluent:FORMAT",
        "resx": "dpg_l10n.formats.resx:FORMAT",
        "ini": "dpg_l10n.formats.ini:FORMAT",
        "commcare": "dpg_l10n.formats.commcare:FORMAT",
        "srt": "dpg_l10n.formats.srt:FORMAT",
        "webvtt": "dpg_l10n.formats.webvtt:FORMAT",
        "toml": "dpg_l10n.formats.toml:FORMAT",
        "qt-ts": "dpg_l10n.formats.qt_ts:FORMAT",
        "web2py": "dpg_l10n.formats.web2py:FORMAT",
        "php": "dpg_l10n.formats.php:FORMAT",
        "xcstrings": "dpg_l10n.formats.xcstrings:FORMAT",
        "stringsdict": "dpg_l10n.formats.stringsdict:FORMAT",
        "arb": "dpg_l10n.formats.arb:FORMAT",
        "webextension": "dpg_l10n.formats.webextension:FORMAT",
        "formatjs": "dpg_l10n.formats.formatjs:FORMAT",
        "nextcloud": "dpg_l10n.formats.nextcloud:FORMAT",
        "structured-json": "dpg_l10n.formats.structured_json:FORMAT",
        "banana": "dpg_l10n.formats.banana:FORMAT",
        "h5p": "dpg_l10n.formats.h5p:FORMAT",
        "json-records": "dpg_l10n.formats.json_records:FORMAT",
        "dhis2": "dpg_l10n.formats.dhis2:FORMAT",
        "datapackage": "dpg_l10n.formats.datapackage:FORMAT",
        "go-i18n": "dpg_l10n.formats.go_i18n:FORMAT",
        "go-i18n-yaml": "dpg_l10n.formats.go_i18n:YAML",
        "json5": "dpg_l10n.formats.json5:FORMAT",
        "i18next": "dpg_l10n.formats.i18next:FORMAT",
        "json": "dpg_l10n.formats.json_nested:FORMAT",
        "json-texts": "dpg_l10n.formats.json_texts:FORMAT",
        "yaml": "dpg_l10n.formats.yaml_rails:PLAIN",
        "rails-yaml": "dpg_l10n.formats.yaml_rails:FORMAT",
        "markdown": "dpg_l10n.formats.markdown:FORMAT",
        "xlsform": "dpg_l10n.formats.xlsform:FORMAT",
        "xlsx": "dpg_l10n.formats.xlsx:FORMAT",
        "csv": "dpg_l10n.formats.csv_table:FORMAT",
        "csv-pairs": "dpg_l10n.formats.csv_table:PAIRS",
        "html": "dpg_l10n.formats.html:FORMAT",
    },
    readable,
)
"""In the order in which detection asks them: the more particular before the more general. Each
reads and writes files packed with gzip too."""
