"""Contender: SpiffWorkflow 3.2, the same routing as BPMN; after each act the workflow is serialized into the same PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection, transaction
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from tests.benchmarks.routing import ENDS, STRETCHES, Act, type_job

TABLE = "CREATE TABLE bench_spiff (id bigserial PRIMARY KEY, state jsonb NOT NULL, owner integer)"


def spec_of(act: Act) -> str:
    """The BPMN task of an act; parallel branches have their own."""
    return f"{act.step.split('_')[0]}_{act.branch}" if act.branch else act.step


class Spiff:
    """As its documentation shows it: restore, run the ready task, run the engine's own steps, serialize."""

    title = "SpiffWorkflow"

    def __init__(self) -> None:
        parser = BpmnParser()
        parser.add_bpmn_file(str(Path(__file__).with_name("stretches.bpmn")))
        self.specs = {stretch: parser.get_spec(stretch) for stretch in STRETCHES}
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        with connection.cursor() as cursor:
            cursor.execute(TABLE)

    def prepare(self, stretches: list[str]) -> list[type_job]:
        """One workflow a stretch."""
        jobs = []
        for stretch in stretches:
            workflow = BpmnWorkflow(self.specs[stretch])
            workflow.do_engine_steps()
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO bench_spiff (state) VALUES (%s) RETURNING id", [self.serializer.serialize_json(workflow)])
                jobs.append((stretch, cursor.fetchone()[0]))
        return jobs

    def _restored(self, key: int, lock: str = "") -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT state::text FROM bench_spiff WHERE id = %s{lock}", [key])
            return self.serializer.deserialize_json(cursor.fetchone()[0])

    def act(self, job: type_job, number: int) -> int:
        """Every act of the stretch; a claim only notes the owner."""
        stretch, key = job
        for one in STRETCHES[stretch]:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE bench_spiff SET owner = %s WHERE id = %s", [number, key])
            with transaction.atomic(), connection.cursor() as cursor:
                workflow = self._restored(key, " FOR UPDATE")
                task = workflow.get_next_task(state=TaskState.READY, spec_name=spec_of(one))
                if one.outcome:
                    task.data["outcome"] = one.outcome
                task.run()
                workflow.do_engine_steps()
                state = self.serializer.serialize_json(workflow)
                cursor.execute("UPDATE bench_spiff SET state = %s, owner = NULL WHERE id = %s", [state, key])
        return len(STRETCHES[stretch])

    def arrived(self, job: type_job) -> Any:
        """The task that the stretch leads to; raises when it is not there."""
        task = self._restored(job[1]).get_next_task(state=TaskState.READY, spec_name=ENDS[job[0]])
        if task is None:
            raise LookupError(f"{job} did not arrive")
        return task
