"""What papers are made with: kept versions of their templates, seals of organs, and signatures under finished papers."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from workflow_app.models.people import Unit
from workflow_app.models.record import Document


class PaperTemplate(models.Model):
    """A version of a template with everything it stands on, so that a paper can be printed again years later."""

    version = models.CharField("版本", max_length=64, primary_key=True)
    name = models.CharField("模板", max_length=80, db_index=True)
    # {name of the file: its text}
    sources = models.JSONField("模板文本")
    kept_at = models.DateTimeField("启用时间")

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"

    def __str__(self) -> str:
        return f"{self.name} {self.version[:8]}"


class OrganSeal(models.Model):
    """The picture of an organ's seal from a day on. A change is a new row: what was sealed before stays what it was."""

    class Mime(models.TextChoices):
        SVG = "image/svg+xml", "SVG"
        PNG = "image/png", "PNG"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seals", verbose_name="机关")
    image = models.BinaryField("印章图样")
    mime = models.CharField("格式", max_length=20, choices=Mime)
    valid_from = models.DateField("启用日期")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    added_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "机关印章"
        ordering: ClassVar = ["unit", "-valid_from", "-id"]

    def __str__(self) -> str:
        return f"{self.unit} {self.valid_from}"


class SignedPaper(models.Model):
    """The organ's signature under a paper: what was added to the bytes of its rendering. The signed file is the one, then the other."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="signed", verbose_name="文书")
    addition = models.BinaryField()
    # Of the whole signed file.
    sha256 = models.CharField(max_length=64)
    level = models.CharField("签名级别", max_length=10)
    signer = models.CharField("签名证书", max_length=200)
    certificate = models.CharField("证书指纹", max_length=64)
    signed_at = models.DateTimeField("签名时间")

    class Meta:
        verbose_name = verbose_name_plural = "用印签名"

    def __str__(self) -> str:
        return self.sha256[:12]
