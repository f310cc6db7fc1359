"""The whole of a case as one file, for another system, for a court, and (in their own edition) for the person concerned.

A bundle is a ZIP archive of plain texts: one JSON line a row, papers as PDF, and the proofs that tie every record to a
signed head. `static/verify_receipt.py`, which it carries, checks it without this program.
"""

from workflow_app.bundle.editions import Withheld
from workflow_app.bundle.proving import proof_of
from workflow_app.bundle.reading import BadBundle, bring_in
from workflow_app.bundle.writing import FORMAT, write_bundle

__all__ = ["FORMAT", "BadBundle", "Withheld", "bring_in", "proof_of", "write_bundle"]
