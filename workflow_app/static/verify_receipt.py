#!/usr/bin/env python3
"""Check a receipt (.json) or a case bundle (.zip) of Shangxia without Shangxia, offline. Python 3.9 or newer, nothing else.

    python verify_receipt.py FILE [--key HEX] [--witness HEADS.txt]

--key      the public key that the office publishes (64 hexadecimal digits). Without it the key inside the file is used,
           and that only shows that the file agrees with itself.
--witness  heads that somebody outside the office has kept: the file must agree with each of its own size.

核验回执或案卷包：不需要本系统，不需要联网。“通过”时返回0；否则写明第一处不符，返回1。It shares no code with the program. AGPL-3.0-or-later.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import zipfile

ORIGIN, MARK = "shangxia/record", "\u2014 "


class Bad(Exception):
    """The first bad link."""


# SM3 (GB/T 32905-2016), for records that are hashed with it.
M32 = 0xFFFFFFFF


def _rol(x, n):
    n %= 32
    return ((x << n) | (x >> (32 - n))) & M32


def sm3(data):
    v = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    text = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(text), 64):
        w = [int.from_bytes(text[start + 4 * i : start + 4 * i + 4], "big") for i in range(16)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ _rol(w[j - 3], 15)
            w.append(x ^ _rol(x, 15) ^ _rol(x, 23) ^ _rol(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = v
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            s1 = _rol((_rol(a, 12) + e + _rol(t, j)) & M32, 7)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & M32 & g)
            t1 = (ff + d + (s1 ^ _rol(a, 12)) + (w[j] ^ w[j + 4])) & M32
            t2 = (gg + h + s1 + w[j]) & M32
            a, b, c, d, e, f, g, h = t1, a, _rol(b, 9), c, t2 ^ _rol(t2, 9) ^ _rol(t2, 17), e, _rol(f, 19), g
        v = [x ^ y for x, y in zip(v, (a, b, c, d, e, f, g, h))]
    return b"".join(x.to_bytes(4, "big") for x in v)


def digest(name, data):
    if name == "sm3":
        return sm3(data)
    if name not in ("sha256", "sha384", "sha512"):
        raise Bad("不认识的摘要算法：%s" % name)
    return hashlib.new(name, data).digest()


# Ed25519 (RFC 8032, section 6).
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def _add(one, other):
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(s, point):
    found = (0, 1, 1, 0)
    while s:
        if s & 1:
            found = _add(found, point)
        point, s = _add(point, point), s >> 1
    return found


def _recover(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    return P - x if (x & 1) != sign else x


def _point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = _recover(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BY = 4 * pow(5, P - 2, P) % P
BASE = (_recover(BY, 0), BY, 1, _recover(BY, 0) * BY % P)


def signed_by(public, message, signature):
    """Whether `signature` (64 bytes) over `message` is of the key `public` (32 bytes)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = _times(s, BASE), _add(r, _times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def head_of(note, key):
    """A signed head: size, root, digest. Raises Bad."""
    try:
        text, tail = note.split("\n\n", 1)
        origin, size, root, at, name = text.split("\n")
        who, signature = tail.strip()[len(MARK) :].split(" ")
    except ValueError:
        raise Bad("封存文本格式不对")
    public = bytes.fromhex(key)
    if origin != ORIGIN or who != hashlib.sha256(public).hexdigest()[:16]:
        raise Bad("封存文本不是用这把公钥签的")
    if not signed_by(public, (text + "\n").encode(), base64.b64decode(signature)):
        raise Bad("封存文本的签名无效")
    return {"size": int(size), "root": root, "at": at, "digest": name}


def root_of(name, leaf, index, size, path):
    here, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise Bad("证明过长")
        left = here & 1 or here == last
        found = digest(name, b"\x01" + (step + found if left else found + step))
        while left and not here & 1 and here:
            here, last = here >> 1, last >> 1
        here, last = here >> 1, last >> 1
    if last:
        raise Bad("证明过短")
    return found


def consistent(name, old, old_root, new, new_root, proof):
    """Whether the tree of `old` leaves is a beginning of the tree of `new` leaves (2.1.4.2)."""
    if old == new:
        return old_root == new_root
    path = list(proof) if old & (old - 1) else [old_root] + list(proof)
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    if not path or old > new:
        return False
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = digest(name, b"\x01" + step + first), digest(name, b"\x01" + step + second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = digest(name, b"\x01" + second + step)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def check_inclusion(record, proof, head):
    leaf = ("R %s/%d %s" % (record["chain"], record["seq"], record["hash"])).encode()
    name = head["digest"]
    path = [bytes.fromhex(step) for step in proof["path"]]
    if root_of(name, digest(name, b"\x00" + leaf), proof["index"], head["size"], path).hex() != head["root"]:
        raise Bad("第%d条记录不在封存的范围内" % record["seq"])


def check_record(record, parts):
    """One record against its own hash and the parts that are shown. Returns how many parts are withheld."""
    body, place = json.loads(record["body"]), "%s/%d" % (record["chain"], record["seq"])
    if digest(body["digest"], record["body"].encode()).hex() != record["hash"]:
        raise Bad("%s：摘要与内容不符" % place)
    if (body["chain"], body["seq"], body["previous"]) != (record["chain"], record["seq"], record["previous"]):
        raise Bad("%s：栏目与正文不符" % place)
    for part in parts:
        told = body["parts"].get(part["name"])
        if part["value"] and digest(body["digest"], (part["salt"] + ":" + part["value"]).encode()).hex() != told:
            raise Bad("%s：内容“%s”与承诺值不符" % (place, part["name"]))
    return len(body["parts"]) - len(parts)


def check_papers(files, parts, name):
    """Every paper's content, and every PDF, against the record that chained it."""
    said, chained = {}, {}
    for part in parts:
        if part["name"] == "paper" and part["value"]:
            value = json.loads(part["value"])
            said[value["id"]] = value.get("hash", said.get(value["id"]))
            if "sha256" in value:
                chained[value["id"]] = value["sha256"]
    for row in rows(files, "document"):
        text = json.dumps(row["content"]["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if digest(name, text.encode()).hex() != row["content_hash"] or said.get(row["id"]) not in (None, row["content_hash"]):
            raise Bad("文书%s：内容与记录不符" % row["number"])
    for row in rows(files, "rendering"):
        found = hashlib.sha256(files[row["pdf"]]).hexdigest()
        if found != row["sha256"] or chained.get(row["document_id"], found) != found:
            raise Bad("文书文件%s：字节与摘要不符" % row["pdf"])


def rows(files, name):
    return [json.loads(line) for line in files.get("tables/%s.jsonl" % name, b"").decode().splitlines()]


def check_bundle(path, key, witness):
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    for name in sorted(set(manifest) | set(files)):
        if name not in files or hashlib.sha256(files[name]).hexdigest() != manifest.get(name):
            raise Bad("文件%s缺失、多出或者被改动" % name)
    about, told = json.loads(files["bundle.json"]), json.loads(files["seals.json"])
    records, parts = sorted(rows(files, "record"), key=lambda row: row["seq"]), rows(files, "recordpart")
    shown, previous, withheld, sealed = {}, "", 0, 0
    for part in parts:
        shown.setdefault(part["seq"], []).append(part)
    head = head_of(told["head"], key or told["key"]) if told["head"] else None
    for seq, record in enumerate(records, 1):
        if record["seq"] != seq or record["previous"] != previous or record["chain"] != about["chain"]:
            raise Bad("第%d条记录缺失，或者与前一条不相接" % seq)
        withheld += check_record(record, shown.pop(seq, []))
        previous = record["hash"]
        if head and str(seq) in told["proofs"]:
            check_inclusion(record, told["proofs"][str(seq)], head)
            sealed += 1
    if shown or (len(records), previous) != (about["records"], about["head"]):
        raise Bad("记录应有%d条，末条摘要应为%s" % (about["records"], about["head"][:16]))
    check_papers(files, parts, about["digest"])
    check_witness(head, witness, key or told["key"])
    said = (about["case"], len(records), sealed, len(rows(files, "document")), withheld)
    return "%s：记录%d条，相接完整；%d条已封存；文书%d份；未提供的内容%d项，均有承诺值" % said


def check_receipt(path, key, witness):
    told = json.loads(open(path, encoding="utf-8").read())
    record = told["record"]
    check_record(record, told["parts"])
    if not told.get("proof"):
        return "第%d条记录与所示内容相符；尚未封存，请在封存后重新下载回执" % record["seq"]
    head = head_of(told["proof"]["head"], key or told["proof"]["key"])
    check_inclusion(record, told["proof"], head)
    for later in told.get("later", []):
        new = head_of(later["head"], key or told["proof"]["key"])
        path_ = [bytes.fromhex(step) for step in later["path"]]
        if not consistent(head["digest"], head["size"], bytes.fromhex(head["root"]), new["size"], bytes.fromhex(new["root"]), path_):
            raise Bad("封存（%d项）不是此前封存（%d项）的延续，记录在封存后被改写" % (new["size"], head["size"]))
    check_witness(head, witness, key or told["proof"]["key"])
    return "%s 第%d条记录与所示内容相符，已于%s封存" % (told["case"], record["seq"], head["at"])


def check_witness(head, notes, key):
    for note in notes:
        kept = head_of(note, key)
        if head and kept["size"] == head["size"] and kept["root"] != head["root"]:
            raise Bad("与外部见证的封存文本（%d项）不符" % kept["size"])


def main(arguments=None):
    parser = argparse.ArgumentParser(description="核验回执或案卷包")
    parser.add_argument("file")
    parser.add_argument("--key", default="")
    parser.add_argument("--witness", default="")
    given = parser.parse_args(arguments)
    text = open(given.witness, encoding="utf-8").read() if given.witness else ""
    notes = re.findall(ORIGIN + r"\n(?:[^\n]+\n)+\n" + MARK + r"[^\n]+\n", text)
    try:
        check = check_bundle if zipfile.is_zipfile(given.file) else check_receipt
        print("通过。" + check(given.file, given.key.strip().lower(), notes))
    except Bad as bad:
        print("不通过：%s。" % bad)
        return 1
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        print("不通过：文件无法读取（%s）。" % wrong)
        return 1
    if not given.key:
        print("提示：没有给出机关公布的公钥（--key），只核对了文件自身是否一致。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
