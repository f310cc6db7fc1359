"""Signing a finished paper: PAdES B-T, the seal as the signature's picture. What was there stays, byte for byte, at the start of the file."""

from __future__ import annotations

import atexit
import hashlib
import io
import shutil
import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper, HTTPTimeStamper, TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from workflow_app.models import Unit
from workflow_app.orders import Place
from workflow_app.signet import authority
from workflow_app.signet.keys import keys
from workflow_app.signet.picture import seal_pdf
from workflow_app.signet.tagging import tag_widget

CUT_SHORT = b"\r\nendstream"  # as in the press: some checkers take such an end for part of the line end
ROOM = 32 * 1024  # characters for the signature when the usual room makes such a stream
SIDE = 42 / 25.4 * 72  # points
WHOLE = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins.uniform(0), InnerScaling.STRETCH_FILL)


def level() -> str:
    """B-T where there is a clock to be asked, else B-B."""
    return "B-T" if settings.TIMESTAMP_URL or settings.DEMO else "B-B"


@lru_cache(maxsize=4)
def _clock(folder: Path) -> TimeStamper | None:
    if settings.TIMESTAMP_URL:
        return HTTPTimeStamper(settings.TIMESTAMP_URL)
    if not settings.DEMO:
        return None
    certificate, key = authority.named(folder, authority.CLOCK, "演示时间戳")
    store = SimpleCertificateStore()
    store.register_multiple(keys().trusted())
    return DummyTimeStamper(load_cert_from_pemder(str(certificate)), load_private_key_from_pemder(str(key), None), certs_to_embed=store)


def stamp(pdf: bytes, place: Place, organ: Unit, *, on: date) -> bytes:
    """`pdf` signed by `organ` with its seal of the day at `place`. Raises KeyUnavailable."""
    for room in (None, *range(ROOM, ROOM + 16, 2)):
        signed = _signed(pdf, place, organ, on, room)
        if CUT_SHORT not in signed[len(pdf) :]:
            break
    if not signed.startswith(pdf):
        raise RuntimeError("signing changed the bytes that were signed")
    return signed


def _signed(pdf: bytes, place: Place, organ: Unit, on: date, room: int | None) -> bytes:
    """Signed, with so many characters of room for the signature: another room moves what is written behind it."""
    name, signer = organ.organ_name or organ.name, keys().signer(organ)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    # pyHanko would write the metadata anew with the present time and lose the description that PDF/A wants.
    writer._update_meta = lambda: None
    about = signers.PdfSignatureMetadata(
        field_name="Seal", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason="公文用印", name=name, certify=True,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )  # fmt: skip
    box = tuple(round(number) for number in (place.left, place.bottom, place.left + SIDE, place.bottom + SIDE))
    spec = fields.SigFieldSpec("Seal", on_page=place.page, box=box, readable_field_name=f"{name}电子印章")
    fields.append_signature_field(writer, spec)
    tag_widget(writer, place.page, f"{name}电子印章")
    signing = signers.PdfSigner(
        about, signer=signer, timestamper=_clock(Path(settings.ORGAN_KEY_DIR)), stamp_style=_style(seal_pdf(organ, on))
    )
    out = io.BytesIO()
    signing.sign_pdf(writer, output=out, bytes_reserved=room)
    return out.getvalue()


@lru_cache(maxsize=1)
def _folder() -> Path:
    """Pictures of seals, read each time one is set."""
    folder = tempfile.mkdtemp(prefix="seals-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@lru_cache(maxsize=64)
def _style(seal: bytes) -> StaticStampStyle:
    picture = _folder() / f"{hashlib.sha256(seal).hexdigest()}.pdf"
    picture.write_bytes(seal)
    return StaticStampStyle.from_pdf_file(str(picture), border_width=0, background_opacity=1.0, background_layout=WHOLE)
