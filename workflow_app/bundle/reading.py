"""Bringing a case in from a bundle: the whole of it or nothing. What it says of itself is checked before it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from workflow_app import heads, ledger
from workflow_app.bundle.rows import Collection, model_of, value_of
from workflow_app.bundle.writing import FORMAT, manifest_of
from workflow_app.models import Carried, Case

LARGEST = 2 << 30  # bytes unpacked


class BadBundle(Exception):
    """A bundle that cannot be brought in; the message says where and what to do."""


def bring_in(source: IO[bytes], *, at: datetime, public: str = "") -> Case:
    """Keep the case of a whole bundle under its own keys. `public`: the key that its head must bear (default: the one inside).

    Raises BadBundle; nothing is kept then.
    """
    about, files = _opened(source)
    _check_head(files["seals.json"].decode(), public)
    try:
        with transaction.atomic():
            case = _keep(about, files, at)
            _check_chain(case, about)
    except (ValidationError, KeyError, LookupError, ValueError, TypeError) as wrong:
        raise BadBundle(f"案卷包中的数据无法读取：{wrong}。请向移出机关索取新的案卷包。") from wrong
    except DatabaseError as wrong:
        raise BadBundle(f"案卷包与本系统已有的数据冲突：{wrong}。请导入空的系统。") from wrong
    return case


def _opened(source: IO[bytes]) -> tuple[dict[str, Any], dict[str, bytes]]:
    try:
        with ZipFile(source) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST:
                raise BadBundle("案卷包解开后超过2GB，不予导入。")
            manifest = manifest_of(archive)
            files = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
    except (BadZipFile, KeyError, ValueError) as wrong:
        raise BadBundle("不是完整的案卷包（ZIP）。请重新取得文件。") from wrong
    for name in sorted(set(manifest) | set(files)):
        if name not in files or sha256(files[name]).hexdigest() != manifest.get(name):
            raise BadBundle(f"文件{name}缺失、多出或者被改动。请重新取得案卷包。")
    about = json.loads(files["bundle.json"])
    if about.get("format") != FORMAT:
        raise BadBundle(f"案卷包格式为{about.get('format')}，本系统只能读{FORMAT}。")
    if about.get("edition") != "whole":
        raise BadBundle("这是本人查阅版，有未提供的内容，不能导入。请使用全卷。")
    return about, files


def _check_head(text: str, public: str) -> None:
    told = json.loads(text)
    if told["head"]:
        try:
            heads.opened(told["head"], public or told["key"])
        except heads.BadHead as wrong:
            raise BadBundle(f"封存文本的签名不符：{wrong}。请核对移出机关公布的公钥。") from wrong


def _tables(files: dict[str, bytes]) -> Iterator[tuple[type[models.Model], list[dict[str, Any]]]]:
    for name, data in sorted(files.items()):
        if name.startswith("tables/"):
            model = model_of(name.removeprefix("tables/").removesuffix(".jsonl"))
            yield model, [json.loads(line) for line in data.decode().splitlines()]


def _keep(about: dict[str, Any], files: dict[str, bytes], at: datetime) -> Case:
    kept: list[type[models.Model]] = []
    for model, rows in _tables(files):
        if model is Case:
            rows = [_linked(row, about["parent"]) for row in rows]
        new = [row for row in rows if not _there(model, row)]
        columns = {one.attname: one for one in model._meta.concrete_fields}
        made = [model(**{name: value_of(columns[name], told, files) for name, told in row.items()}) for row in new]
        model._base_manager.bulk_create(made, batch_size=200)
        kept.append(model)
    with connection.cursor() as cursor:
        for text in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(text)
    case = Case.objects.get(number=about["case"])
    parent = "" if case.parent_id else about["parent"]
    Carried.objects.create(case=case, seals=files["seals.json"].decode(), parent=parent, brought_at=at)
    return case


def _linked(row: dict[str, Any], parent: str) -> dict[str, Any]:
    """The link to another case holds when that case is here; else its number is kept beside."""
    found = Case.objects.filter(pk=row["parent_id"], number=parent).exists()
    return row if found else {**row, "parent_id": None}


def _there(model: type[models.Model], row: dict[str, Any]) -> bool:
    """Whether this very row is here already. Raises BadBundle when another row has its key."""
    found = model._base_manager.filter(pk=row[model._meta.pk.attname]).first()  # type: ignore[union-attr]
    if found is None:
        return False
    here = Collection(Case()).plain_row(model, found)
    differing = sorted(name for name in row if here.get(name) != row[name])
    if differing or model is Case:
        raise BadBundle(
            f"本系统已有{model._meta.verbose_name}“{found}”（编号{found.pk}），与案卷包中的不是同一内容"
            f"（{'、'.join(differing) or '案件已存在'}）。请导入空的系统。"
        )
    return True


def _check_chain(case: Case, about: dict[str, Any]) -> None:
    try:
        count = ledger.verify(about["chain"])
    except ledger.BrokenLink as broken:
        raise BadBundle(f"记录{broken}与前一条不相接或者被改动。请向移出机关索取新的案卷包。") from broken
    if (count, case.records_count, case.head) != (about["records"], about["records"], about["head"]):
        raise BadBundle(f"记录应有{about['records']}条，实有{count}条。请向移出机关索取新的案卷包。")
