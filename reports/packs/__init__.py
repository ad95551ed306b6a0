"""Evidence packs: everything on file about applications in one ZIP that proves itself, without us.

`contents` says what goes in, `records` and `rows` how the trail and what it tells of are written, `papers` which
documents, `scratch` keeps what is written until it goes out, `documents` makes the ZIP. It is read by
`tools/verify_pack.py`, which goes along in each of them.
"""

from reports.packs.documents import make_pack, progress_of

__all__ = ["make_pack", "progress_of"]
