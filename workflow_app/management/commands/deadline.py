"""Ask the clock: the last day of a rule, with every skipped day and why."""

import csv
import json
import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app.clock import Answer, Rule, TooLong, calendar_from_db, last_day
from workflow_app.law import known_rules


class Command(BaseCommand):
    """manage.py deadline RULE --from DATE [--extend N] [--suspended A..B] [--json], or --batch FILE."""

    help = "计算期限届满日并说明理由"

    def add_arguments(self, parser: CommandParser) -> None:
        """See the class."""
        parser.add_argument("rule", nargs="?")
        parser.add_argument("--from", dest="start")
        parser.add_argument("--extend", type=int, default=0)
        parser.add_argument("--suspended", action="append", default=[], metavar="A..B")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--batch", metavar="IN.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """One question, or a file of them."""
        if options["batch"]:
            return self._batch(options["batch"])
        if not options["rule"] or not options["start"]:
            raise CommandError("需要规则编号和 --from 日期，或 --batch 文件。")
        spans = [_span(text) for text in options["suspended"]]
        rule = _rule(options["rule"])
        answer = _answer(rule, _day(options["start"]), options["extend"], spans)
        if options["json"]:
            keys = ("rule", "from", "last_day", "provisional", "certainty", "source", "calendar_version", "skipped")
            self.stdout.write(json.dumps({key: answer.explanation[key] for key in keys}, ensure_ascii=False))
        else:
            self._tell(rule, answer)
        return None

    def _tell(self, rule: Rule, answer: Answer) -> None:
        self.stdout.write(
            f"{rule.rule_id} {rule.step}：届满日 {answer.last_day}{'（暂定：该年放假通知未公布）' if answer.provisional else ''}"
        )
        self.stdout.write(
            f"依据：{rule.source}（可靠程度 {rule.certainty}，{rule.mark}）；日历版本 {answer.explanation['calendar_version']}"
        )
        for day in answer.skipped:
            self.stdout.write(f"  跳过 {day['date']} {day['why']}")

    def _batch(self, name: str) -> None:
        out = csv.writer(self.stdout if hasattr(self.stdout, "write") else sys.stdout, lineterminator="\n")
        out.writerow(["rule", "from", "extend", "last_day", "provisional"])
        with open(name, encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                try:
                    extend = int(row.get("extend") or 0)
                    answer = _answer(_rule(row["rule"]), _day(row["from"]), extend, [])
                except (CommandError, KeyError, ValueError) as fault:
                    raise CommandError(f"{name} 第{number}行：{fault}") from fault
                out.writerow([row["rule"], row["from"], extend, answer.last_day, str(answer.provisional).lower()])


def _rule(rule_id: str) -> Rule:
    try:
        return known_rules()[rule_id]
    except KeyError:
        raise CommandError(f"没有规则 {rule_id}。可用：{'、'.join(sorted(known_rules()))}") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"日期应写作 2026-11-21，不能是 {text!r}。") from None


def _span(text: str) -> tuple[date, date]:
    first, dots, last = text.partition("..")
    if not dots or _day(last) < _day(first):
        raise CommandError(f"中止期间应写作 2026-01-05..2026-01-20，不能是 {text!r}。")
    return _day(first), _day(last)


def _answer(rule: Rule, start: date, extend: int, spans: list[tuple[date, date]]) -> Answer:
    try:
        return last_day(rule=rule, start=start, calendar=calendar_from_db(), extend=extend, suspended=spans)
    except TooLong as fault:
        raise CommandError(str(fault)) from fault
