"""Files that the program writes itself: write them afresh, or check that they are what it would write now."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def renew(files: Iterable[Path], renewed: Callable[[str], str], way_out: str) -> int:
    """Write each file as `renewed` makes it of its text and name those that changed; the program's exit code.

    With --check on the command line nothing is written, and 1 comes back when a file would change: `way_out` says what to do.
    """
    check, changed = "--check" in sys.argv[1:], False
    for path in files:
        old = path.read_text(encoding="utf-8")
        new = renewed(old)
        if new == old:
            continue
        changed = True
        if not check:
            path.write_text(new, encoding="utf-8")
        print(f"{path.relative_to(ROOT)} {f'would change; {way_out}' if check else 'written'}")
    return 1 if check and changed else 0
