"""JSON and YAML documents of other tools."""

from __future__ import annotations

from typing import Any

from dpg_l10n.errors import ConfigError


def read_yaml(path: str, text: str) -> dict[Any, Any]:
    """Return a YAML (or JSON) mapping; tags that make objects are refused.

    Raises:
        ConfigError: The text is no YAML, or no mapping.
    """
    import yaml

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ConfigError(path=path, detail=f"This is no YAML: {error}") from error
    except (RecursionError, ValueError) as error:
        raise ConfigError(path=path, detail="This is no YAML that can be read.") from error
    if not isinstance(data, dict):
        raise ConfigError(path=path, detail="It has to be a mapping of keys.")
    return data
