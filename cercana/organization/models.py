"""The institution: its areas, catalogue, calendar, policies and identity, all with dates so that it can change."""

from django.db import models

from cercana.rules.calendar import DayKind
from cercana.rules.classification import CLASS_LABELS, KIND_LABELS, RequestKind
from cercana.rules.time_texts import TEXTS

_WEEKDAYS = TEXTS["es"].weekdays
_DAY_KINDS = {
    DayKind.WORKING: "día hábil",
    DayKind.WEEKEND: "fin de semana",
    DayKind.NATIONAL_HOLIDAY: "feriado nacional",
    DayKind.NON_WORKING: "día no laborable",
    DayKind.LOCAL: "día de la municipalidad",
}


class Municipality(models.Model):
    """Who we are, in one row: names, addresses and the numbers people call."""

    prefix = models.CharField("prefijo de los casos", max_length=4, default="SI")
    name = models.CharField("nombre", max_length=120)
    short_name = models.CharField("nombre corto", max_length=60)
    address = models.CharField("dirección", max_length=200)
    phone = models.CharField("teléfono", max_length=20)
    email = models.EmailField("correo")
    opening_hours = models.CharField("horario en palabras", max_length=200)
    opening_hours_en = models.CharField("lo mismo en inglés", max_length=200, blank=True)
    platform_url = models.URLField("dirección del Libro de Reclamaciones del Estado", blank=True)
    data_officer_email = models.EmailField("correo del oficial de datos personales", blank=True)
    intake_area = models.ForeignKey("Area", models.PROTECT, related_name="+", verbose_name="área que recibe")
    is_demo = models.BooleanField("es una demostración", default=False, editable=False)

    class Meta:
        verbose_name = "municipalidad"
        verbose_name_plural = "municipalidad"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="organization_one_municipality"),
        ]

    def __str__(self) -> str:
        return self.name


class EmergencyNumber(models.Model):
    """A number to call before anything else when there is danger."""

    name = models.CharField("a quién se llama", max_length=60)
    name_en = models.CharField("a quién se llama, en inglés", max_length=60, blank=True)
    number = models.CharField("número", max_length=20)
    hint = models.CharField("cuándo", max_length=120, blank=True)
    hint_en = models.CharField("cuándo, en inglés", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = "número de emergencia"
        verbose_name_plural = "números de emergencia"

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"


class Area(models.Model):
    """A unit that resolves cases; its heads are memberships in accounts, its place in the chain is ``parent``."""

    code = models.SlugField("código", primary_key=True, max_length=60)
    name = models.CharField("nombre", max_length=120)
    name_en = models.CharField("nombre en inglés", max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="depende de"
    )
    specialty = models.CharField("especialidad", max_length=120, blank=True)
    valid_from = models.DateField("vigente desde")
    valid_until = models.DateField("vigente hasta", null=True, blank=True)

    class Meta:
        verbose_name = "área"
        verbose_name_plural = "áreas"

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where people are attended."""

    code = models.SlugField("código", primary_key=True, max_length=40)
    name = models.CharField("nombre", max_length=120)
    address = models.CharField("dirección", max_length=200)

    class Meta:
        verbose_name = "sede"
        verbose_name_plural = "sedes"

    def __str__(self) -> str:
        return self.name


class OfficeHour(models.Model):
    """One stretch of one weekday in which an area works; without an area it holds for all that have none."""

    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, verbose_name="área")
    weekday = models.PositiveSmallIntegerField("día", choices=list(enumerate(_WEEKDAYS)))
    opens = models.TimeField("abre")
    closes = models.TimeField("cierra")

    class Meta:
        verbose_name = "horario"
        verbose_name_plural = "horarios"
        constraints = [
            models.CheckConstraint(condition=models.Q(opens__lt=models.F("closes")), name="organization_hour_order"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="organization_hour_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


class AddedDay(models.Model):
    """A day the municipality adds to the shipped calendar, or whose meaning it changes."""

    day = models.DateField("día", primary_key=True)
    kind = models.CharField(
        "clase de día", max_length=20, choices=[(each.value, label) for each, label in _DAY_KINDS.items()]
    )
    name = models.CharField("nombre", max_length=120)
    norm = models.CharField("norma", max_length=120)
    counts = models.BooleanField("cuenta como día hábil", default=False)

    class Meta:
        verbose_name = "día añadido"
        verbose_name_plural = "días añadidos"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class PolicyVersion(models.Model):
    """The figures of the manual's promises from one instant on; a promise keeps the version it was made under."""

    version = models.PositiveIntegerField("versión", primary_key=True)
    valid_from = models.DateTimeField("vigente desde")
    simple_hours = models.PositiveSmallIntegerField("horas de un caso simple", default=48)
    complex_working_days = models.PositiveSmallIntegerField("días hábiles de un caso complejo", default=5)
    critical_response_hours = models.PositiveSmallIntegerField("horas para la primera respuesta crítica", default=2)
    critical_resolution_hours = models.PositiveSmallIntegerField("horas para resolver un caso crítico", default=24)
    reopening_days = models.PositiveSmallIntegerField("días para reabrir", default=30)
    confirmation_working_days = models.PositiveSmallIntegerField("días hábiles para cerrar sin respuesta", default=3)
    reason = models.CharField("por qué cambió", max_length=200)

    class Meta:
        ordering = ["-version"]
        verbose_name = "política de plazos"
        verbose_name_plural = "políticas de plazos"

    def __str__(self) -> str:
        return f"versión {self.version}"


class LegalNature(models.Model):
    """What a case is for the law, asked in plain words; ``none`` beyond the manual is an incident."""

    code = models.SlugField("código", primary_key=True, max_length=40)
    name = models.CharField("nombre", max_length=120)
    plain_question = models.CharField("pregunta en palabras sencillas", max_length=200)
    explanation = models.CharField("qué significa para la persona", max_length=300)
    explanation_en = models.CharField("lo mismo en inglés", max_length=300, blank=True)
    needs_identity = models.BooleanField("necesita nombre y documento", default=False)
    must_notify = models.BooleanField("termina con su notificación", default=False)
    decided_by_superior = models.BooleanField("la decide el superior", default=False)
    moves_to_platform = models.BooleanField("se lleva a la plataforma del Estado", default=False)
    is_data_rights = models.BooleanField("es de datos personales", default=False)
    routed_to = models.CharField("a dónde se orienta", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = "naturaleza legal"
        verbose_name_plural = "naturalezas legales"

    def __str__(self) -> str:
        return self.name


class LegalTerm(models.Model):
    """A term of the law with its source and validity: the only place where citations live."""

    nature = models.ForeignKey(LegalNature, models.CASCADE, related_name="terms", verbose_name="naturaleza")
    working_days = models.PositiveSmallIntegerField("días hábiles")
    within_office_hours = models.BooleanField("lo llegado fuera de hora cuenta desde el día siguiente", default=False)
    norm = models.CharField("norma", max_length=120)
    article = models.CharField("artículo", max_length=60)
    valid_from = models.DateField("vigente desde")
    valid_until = models.DateField("vigente hasta", null=True, blank=True)

    class Meta:
        verbose_name = "plazo legal"
        verbose_name_plural = "plazos legales"

    def __str__(self) -> str:
        return f"{self.norm}, {self.article}: {self.working_days} días hábiles"


class Category(models.Model):
    """An entry of the municipality's catalogue: what a person may come with, and what it proposes."""

    code = models.SlugField("código", primary_key=True, max_length=60)
    name = models.CharField("nombre", max_length=120)
    name_en = models.CharField("nombre en inglés", max_length=120, blank=True)
    citizen_words = models.CharField("como lo diría una persona", max_length=200)
    citizen_words_en = models.CharField("como lo diría una persona, en inglés", max_length=200, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="categories", verbose_name="área")
    class_ = models.CharField(
        "prioridad",
        max_length=10,
        choices=[(each.value, label) for each, label in CLASS_LABELS.items()],
        db_column="class",
    )
    default_kind = models.CharField(
        "tipo",
        max_length=10,
        choices=[(each.value, label) for each, label in KIND_LABELS.items()],
        default=RequestKind.CLAIM,
    )
    legal_nature = models.ForeignKey(LegalNature, models.PROTECT, related_name="+", verbose_name="naturaleza legal")
    may_be_critical = models.BooleanField("puede ser crítico", default=False)
    shows_emergency = models.BooleanField("muestra números de emergencia", default=False)
    may_be_outside = models.BooleanField("puede ser de otra entidad", default=False)
    is_restricted = models.BooleanField("reservado a personas nombradas", default=False)
    is_about_staff = models.BooleanField("es sobre el trato del personal", default=False)
    is_active = models.BooleanField("en uso", default=True)
    order = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = "motivo"
        verbose_name_plural = "motivos"

    def __str__(self) -> str:
        return self.name


class PrivacyNotice(models.Model):
    """The notice a person reads before telling us anything; its version stays with the case."""

    version = models.PositiveIntegerField("versión", primary_key=True)
    valid_from = models.DateField("vigente desde")
    text = models.TextField("texto")
    text_en = models.TextField("texto en inglés", blank=True)
    spoken = models.CharField("frase para el teléfono", max_length=300)

    class Meta:
        ordering = ["-version"]
        verbose_name = "aviso de privacidad"
        verbose_name_plural = "avisos de privacidad"

    def __str__(self) -> str:
        return f"versión {self.version}"
