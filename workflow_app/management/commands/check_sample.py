"""manage.py check_sample: draw a verification sample again. From the database, or from a published frame and seed alone."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import verifying
from workflow_app.models import SamplePlan
from workflow_app.visits import sampling


class Command(BaseCommand):
    """Fails when a sample is not what its seed draws."""

    help = "按公布的种子和范围重新抽样，与保存的核验事项对照"

    def add_arguments(self, parser: CommandParser) -> None:
        """A campaign, or a frame with its seed."""
        parser.add_argument("campaign", nargs="?", type=int, help="测评编号")
        parser.add_argument("--frame", help="抽样范围文件（每行一项）")
        parser.add_argument("--seed", help="种子")
        parser.add_argument("--count", type=int, help="数量；不写时按10%%计算")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is drawn, one name a line."""
        if options["frame"]:
            names = Path(options["frame"]).read_text(encoding="utf-8").splitlines()
            count = options["count"] if options["count"] is not None else sampling.how_many(len(names))
            self.stdout.write("\n".join(sampling.chosen(names, options["seed"] or "", count)))
            return
        plan = SamplePlan.objects.filter(campaign=options["campaign"]).select_related("campaign__organ").first()
        if plan is None:
            raise CommandError("没有这次测评的抽样。")
        if wrong := verifying.faults_of(plan):
            raise CommandError("；".join(wrong))
        self.stdout.write("\n".join([*sampling.drawn_again(plan), f"一致：种子{plan.seed}，抽取{plan.count}项。"]))
