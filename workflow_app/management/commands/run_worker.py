"""Fire what is due, work off what was ordered, seal the record. Any number of copies may run."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, connection

from workflow_app import clock
from workflow_app.worker import Worker


class Command(BaseCommand):
    """The worker process."""

    help = "到期事项、待发文书与记录封存的处理进程；--once 处理完即退出。"

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: for cron."""
        parser.add_argument("--once", action="store_true", help="处理到期的全部事项后退出")
        parser.add_argument("--pause", type=float, default=1.0, help="空闲时的间隔（秒）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        stop = threading.Event()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        worker = Worker()
        while not stop.is_set():
            worked = self._round(worker)
            if options["once"] and not worked:
                return
            if not worked:
                stop.wait(options["pause"])

    def _round(self, worker: Worker) -> int:
        try:
            return worker.round(clock.now())
        except Error as fault:  # the database is away or full: nothing is lost, the next round tries again
            self.stderr.write(f"数据库暂不可用：{fault}")
            connection.close()
            return 0
