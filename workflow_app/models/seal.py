"""Seals: the leaves of the Merkle tree over all records and reads, and its signed heads."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from workflow_app.models.record import Read, Record


class Leaf(models.Model):
    """One leaf: a record or a read, in the order in which the sealer took them."""

    index = models.BigIntegerField(primary_key=True)
    # Without cascades or checks: a leaf outlives what it witnesses, so that a removed row is noticed.
    record = models.OneToOneField(Record, models.DO_NOTHING, null=True, db_constraint=False, related_name="leaf")
    read = models.OneToOneField(Read, models.DO_NOTHING, null=True, db_constraint=False, related_name="leaf")
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "封存项"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(record__isnull=False) ^ Q(read__isnull=False), name="leaf_of_one_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.index}"


class LeafBlock(models.Model):
    """Hash of a complete block of 256 leaves, so that a proof does not read them all."""

    index = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "封存块"

    def __str__(self) -> str:
        return f"{self.index}"


class Seal(models.Model):
    """A signed head: at this moment the tree had so many leaves and this root."""

    size = models.BigIntegerField("项数", primary_key=True)
    root = models.CharField("根", max_length=64)
    at = models.DateTimeField("时间")
    # What is signed and published, as plain text; the signature stands in its last line.
    note = models.TextField("签名文本")

    class Meta:
        verbose_name = "封存"

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"
