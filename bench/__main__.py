"""`python -m bench NAME [options]`: run one measurement by the name of its module."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in NAMES:
        print(f"usage: python -m bench NAME [options]; NAME is one of {', '.join(NAMES)}", file=sys.stderr)
        return 2
    result: int = importlib.import_module(f"bench.{argv[0]}").main(argv[1:])
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
