"""What schemathesis has to be told of our media types; ``fuzz_api.py`` has it loaded."""

from __future__ import annotations

import schemathesis

# the bytes of an archive are sent as they are, and mostly are none
schemathesis.serializer.alias("application/zip", "application/octet-stream")
