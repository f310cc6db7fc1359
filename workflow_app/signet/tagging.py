"""The seal in the structure of a tagged paper: a Form element that a reading device finds, as PDF/UA-1 wants it (7.18.4)."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def tag_widget(writer: IncrementalPdfFileWriter, page: int, words: str) -> None:
    """Put the last widget of `page` into the structure tree, at its end; `words` are what is read out. An untagged file stays so."""
    if "/StructTreeRoot" not in writer.root:
        return
    root = writer.root["/StructTreeRoot"]
    place = writer.find_page_for_modification(page)[0]
    sheet = place.get_object()
    widget = sheet["/Annots"].raw_get(-1)
    document = root["/K"].raw_get(0)
    number, numbers = _next(root), root["/ParentTree"]["/Nums"]
    form = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/StructElem"), pdf_name("/S"): pdf_name("/Form"), pdf_name("/P"): document,
        pdf_name("/Pg"): place, pdf_name("/Alt"): generic.TextStringObject(words),
        pdf_name("/K"): generic.DictionaryObject(
            {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): widget, pdf_name("/Pg"): place}
        ),
    }))  # fmt: skip
    widget.get_object()[pdf_name("/StructParent")] = generic.NumberObject(number)
    document.get_object()["/K"].append(form)
    numbers.append(generic.NumberObject(number))
    numbers.append(form)
    root[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(number + 1)
    for changed in (widget.get_object(), document.get_object(), numbers, root, sheet):
        writer.update_container(changed)


def _next(root: Any) -> int:
    """The first number that no page and no annotation has in the parent tree: it is sorted."""
    numbers = root["/ParentTree"]["/Nums"]
    return int(numbers[-2]) + 1 if len(numbers) else 0
