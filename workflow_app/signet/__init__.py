"""Signatures of organs under finished papers: keys, the seal as the signature's picture, and checking a file that comes back."""

from workflow_app.signet.keys import KeyUnavailable, OrganKeys, keys
from workflow_app.signet.picture import tried
from workflow_app.signet.proving import Proof, prove
from workflow_app.signet.stamping import level, stamp

__all__ = ["KeyUnavailable", "OrganKeys", "Proof", "keys", "level", "prove", "stamp", "tried"]
