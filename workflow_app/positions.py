"""Where a photo was taken: found in its bytes, so that such a photo can be refused. A record of work keeps no place."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator

EXIF, PNG_EXIF = b"Exif\x00\x00", b"eXIf"
XMP = re.compile(rb"GPS(Latitude|Longitude)\b")
GPS_POINTER = 0x8825  # Exif 2.32, table 3
PLACES = {2, 4, 20, 22}  # latitude and longitude, of the camera and of what it looks at (table 15)
LARGEST = 64 * 1024 * 1024


def tells_where(name: str, data: bytes) -> bool:
    """Whether a picture, or a picture inside a document, says where it was taken. What cannot be read counts as telling."""
    return any(_told(part) for part in _parts(name, data))


def _parts(name: str, data: bytes) -> Iterator[bytes]:
    yield data
    if name.rsplit(".", 1)[-1].lower() in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.infolist():
                if "/media/" in member.filename and member.file_size <= LARGEST:
                    yield packed.read(member)


def _told(data: bytes) -> bool:
    if XMP.search(data):
        return True
    starts = [found.end() for found in re.finditer(re.escape(EXIF), data)]
    if data.startswith(b"\x89PNG"):
        starts += [found.end() for found in re.finditer(PNG_EXIF, data)]
    return any(_in_tiff(data[start:]) for start in starts)


def _in_tiff(tiff: bytes) -> bool:
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return False
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        pointers = [value for tag, value in _entries(tiff, first, order) if tag == GPS_POINTER]
        return any(tag in PLACES for pointer in pointers for tag, _value in _entries(tiff, pointer, order))
    except struct.error:
        return True


def _entries(tiff: bytes, offset: int, order: str) -> Iterator[tuple[int, int]]:
    """Tag and value (or where it stands) of each entry of a directory. Raises struct.error where it is cut off."""
    (count,) = struct.unpack_from(f"{order}H", tiff, offset)
    for number in range(count):
        tag, _kind, _many, value = struct.unpack_from(f"{order}HHII", tiff, offset + 2 + 12 * number)
        yield tag, value
