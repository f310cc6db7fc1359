"""Administration of what papers look like: an organ's seal, and the templates with their versions and a sample each."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from workflow_app import documents, patterns, signet
from workflow_app.clock import now
from workflow_app.models import OrganSeal, PaperTemplate
from workflow_app.samples import samples

LARGEST = 1 << 20
STARTS = {b"\x89PNG\r\n\x1a\n": OrganSeal.Mime.PNG, b"<svg": OrganSeal.Mime.SVG, b"<?xml": OrganSeal.Mime.SVG}


class Drawable(forms.ModelForm):  # type: ignore[type-arg]
    """Names that papers print: only characters that the font set draws."""

    def clean(self) -> dict[str, Any]:
        """Say which character it is."""
        stated: dict[str, Any] = super().clean() or {}
        for name, value in list(stated.items()):
            if isinstance(value, str) and (lost := documents.missing(value)):
                self.add_error(name, documents.not_drawn(lost))
        return stated


class SealForm(forms.ModelForm):  # type: ignore[type-arg]
    """A picture of a seal."""

    file = forms.FileField(label=_("印章图样"), help_text=_("SVG或者PNG，正方形，透明底，不超过1 MB。"))

    class Meta:
        model = OrganSeal
        fields: ClassVar = ["unit", "valid_from"]

    def clean_file(self) -> Any:
        """A picture that can be printed."""
        file = self.cleaned_data["file"]
        image = file.read(LARGEST + 1)
        mime = next((mime for start, mime in STARTS.items() if image.lstrip().startswith(start)), None)
        if len(image) > LARGEST or mime is None:
            raise ValidationError(_("只能登记不超过1 MB的SVG或者PNG图样。"))
        self.instance.image, self.instance.mime = image, mime
        try:
            signet.tried(mime, image)
        except documents.RenderingFailed as fault:
            raise ValidationError(str(fault)) from fault
        return file


@admin.register(OrganSeal)
class OrganSealAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Seals are added, never changed: what was sealed before stays what it was."""

    form = SealForm
    list_display: ClassVar = ["unit", "valid_from", "mime", "added_by", "added_at"]
    raw_id_fields: ClassVar = ["unit"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never, once added."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Who added it, and when."""
        obj.added_by, obj.added_at = request.user, now()
        super().save_model(request, obj, form, change)


@admin.register(PaperTemplate)
class PaperTemplateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Templates with every version that is kept; each with a sample in that version."""

    list_display: ClassVar = ["name", "short", "kept_at", "in_use", "sample"]
    search_fields: ClassVar = ["name"]
    ordering: ClassVar = ["name", "-kept_at"]
    readonly_fields: ClassVar = ["version", "name", "kept_at", "in_use", "sample"]
    fields: ClassVar = ["version", "name", "kept_at", "in_use", "sample"]
    list_per_page = 100

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Versions come with the program."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    @admin.display(description=_("版本"))
    def short(self, row: PaperTemplate) -> str:
        """The beginning of the version."""
        return row.version[:12]

    @admin.display(description=_("现用"), boolean=True)
    def in_use(self, row: PaperTemplate) -> bool:
        """Whether papers are issued in it now."""
        return row.name in patterns.names() and patterns.version_of(row.name) == row.version

    @admin.display(description=_("样张"))
    def sample(self, row: PaperTemplate) -> SafeString | str:
        """Where its sample is."""
        return format_html('<a href="{}">PDF</a>', reverse("admin:paper_sample", args=[row.version]))

    def get_urls(self) -> list[Any]:
        """The samples."""
        return [path("<str:version>/sample.pdf", self.admin_site.admin_view(self.sample_pdf), name="paper_sample"), *super().get_urls()]

    def sample_pdf(self, request: HttpRequest, version: str) -> HttpResponse:
        """A sample of the step that the template belongs to, in this version."""
        row = PaperTemplate.objects.filter(version=version).first()
        if row is None:
            raise Http404
        step = row.name.rsplit("/", 1)[-1].removesuffix(".html")
        found = next((one for one in samples(step) if one.template == row.name), None)
        if found is None:
            raise Http404(_("没有使用这一模板的环节。"))
        try:
            made = documents.render(found.paper, found.content, found.template, version=version)
        except documents.RenderingFailed as fault:
            raise Http404(str(fault)) from fault
        return HttpResponse(made.pdf, content_type="application/pdf", headers={"Content-Disposition": "inline"})
