"""What a case that came from another system brought along."""

from typing import ClassVar

from django.db import models

from workflow_app.models.case import Case


class Carried(models.Model):
    """The proofs of a case's records under the heads of the system it came from; our own tree begins anew."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="carried", verbose_name="案件")
    # The text of seals.json as it came, so that the bundle can be made again byte for byte.
    seals = models.TextField("原系统封存证明")
    # Number of the case it is linked to, when that case did not come along.
    parent = models.CharField("关联案件", max_length=30, blank=True, default="")
    brought_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "移入案件"
        verbose_name_plural: ClassVar = "移入案件"

    def __str__(self) -> str:
        return str(self.case_id)
