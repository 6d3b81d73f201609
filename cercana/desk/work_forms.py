"""What is done with a case inside the municipality, as data: each verb's fields and its command."""

from collections.abc import Mapping

from cercana.cases import commands
from cercana.desk.act_fields import (
    ActForm,
    Field,
    attach,
    day_of,
    decide_abstention,
    given,
    number_of,
    other_case,
    reclassification_of,
    refer,
    seen,
    simply,
)
from cercana.rules.acts import Act

_REASON = Field("reason", "Razón", "area")

WORK_FORMS: Mapping[str, ActForm] = {
    # Before «derivar», which stands for the act of both.
    "asumir": ActForm(
        Act.REFER,
        "Asumir el caso",
        "Lo asumo",
        "Ahora el caso está a su cargo.",
        simply(commands.take_up),
        explanation="El caso va a su área y usted queda como responsable, en un solo paso.",
        key="L",
        short="Lo asumo",
    ),
    "derivar": ActForm(
        Act.REFER,
        "Derivar a un área",
        "Derivar",
        "Caso derivado.",
        refer,
        (
            Field("area", "Área que resuelve", "choice", options="areas"),
            Field("reason", "Razón", "area", "Hace falta si ya estuvo en otra área.", is_required=False),
        ),
        key="D",
        short="Derivar",
    ),
    "devolver": ActForm(
        Act.HAND_BACK,
        "Devolver a recepción",
        "Devolver",
        "Caso devuelto.",
        simply(commands.hand_back, reason="reason"),
        (_REASON,),
        "El caso vuelve en un solo paso. La persona no pierde su plazo.",
    ),
    "deshacer": ActForm(
        Act.UNDO_REFERRAL,
        "Deshacer la derivación",
        "Deshacer",
        "Derivación deshecha.",
        simply(commands.undo_referral),
        explanation="Nadie lo tomó todavía: el caso vuelve a recepción.",
    ),
    "tomar": ActForm(
        Act.TAKE,
        "Tomar el caso",
        "Tomarlo",
        "Ahora el caso está a su cargo.",
        simply(commands.take),
        explanation="Usted queda como responsable y el caso pasa a seguimiento.",
        key="T",
        short="Tomar",
    ),
    "asignar": ActForm(
        Act.ASSIGN,
        "Asignar a una persona",
        "Asignar",
        "Caso asignado.",
        lambda request, number: commands.assign(
            number=number,
            owner=number_of(request, "owner"),
            actor=request.actor,
            now=request.now,
            seen=seen(request),
        ),
        (Field("owner", "Persona responsable", "choice", options="members"),),
        key="A",
    ),
    "nota": ActForm(
        Act.NOTE,
        "Nota interna",
        "Guardar nota",
        "Nota guardada. Solo la ve el personal.",
        simply(commands.add_note, text="text"),
        (Field("text", "Nota", "area", "No se puede borrar: si se equivoca, añada otra."),),
        key="I",
    ),
    "accion": ActForm(
        Act.RECORD_ACTION,
        "Anotar lo que se hizo",
        "Anotar",
        "Acción anotada. La persona la verá en su caso.",
        simply(commands.record_action, text="text"),
        (Field("text", "Qué se hizo", "area", "Lo lee la persona: sin nombres ni datos de otros."),),
    ),
    "enviar": ActForm(
        Act.FORWARD,
        "Enviar a otra entidad",
        "Enviar",
        "Anotado. El caso sigue abierto hasta avisar a la persona.",
        simply(commands.forward_outside, entity="entity", proof="proof"),
        (
            Field("entity", "Entidad", "line", "Por ejemplo, la empresa de agua o de luz."),
            Field("proof", "Constancia del envío", "area", "Número de carta, correo o llamada."),
        ),
    ),
    "cerrar": ActForm(
        Act.AGREE_TO_CLOSURE,
        "Cerrar el caso crítico",
        "Estoy de acuerdo con el cierre",
        "Caso cerrado.",
        simply(commands.agree_to_closure),
        explanation="La persona ya confirmó, o se le preguntó tres veces de viva voz. Falta el acuerdo de la jefatura.",
        short="Cerrar",
    ),
    "unir": ActForm(
        Act.MERGE,
        "Unir a otro caso",
        "Unir",
        "Los casos quedaron unidos. Cada persona recibirá su respuesta.",
        lambda request, number: commands.merge(
            absorbed=number, main=other_case(request, "main"), actor=request.actor, now=request.now
        ),
        (Field("main", "Número del caso principal", "line", "Este caso seguirá al principal y conserva su número."),),
    ),
    "vincular": ActForm(
        Act.LINK,
        "Vincular con otro caso",
        "Vincular",
        "Casos vinculados.",
        lambda request, number: commands.link(
            number=number,
            other=other_case(request, "other"),
            relation="related",
            actor=request.actor,
            now=request.now,
        ),
        (Field("other", "Número del otro caso", "line"),),
    ),
    "reclasificar": ActForm(
        Act.RECLASSIFY,
        "Cambiar prioridad, motivo o tipo",
        "Cambiar",
        "Cambio guardado. Los plazos se ajustaron.",
        lambda request, number: commands.reclassify(
            number=number,
            change=reclassification_of(request),
            actor=request.actor,
            now=request.now,
            seen=seen(request),
        ),
        (
            Field("class_", "Prioridad", "choice", "Un plazo más largo lo decide la jefatura.", "classes"),
            Field("category", "Motivo del catálogo", "choice", options="categories"),
            Field("kind", "Tipo", "choice", options="kinds"),
            Field("claim_type", "Si es reclamo, de qué tipo", "choice", options="claim_types", is_required=False),
            Field("reason", "Por qué cambia", "area"),
        ),
        key="E",
    ),
    "naturaleza": ActForm(
        Act.SET_LEGAL_NATURE,
        "Qué es este caso para la ley",
        "Guardar",
        "Guardado. El plazo de la ley corre junto al del manual.",
        simply(commands.set_legal_nature, nature="nature", reason="reason"),
        (Field("nature", "Qué pide la persona", "choice", options="natures"), _REASON),
    ),
    "plataforma": ActForm(
        Act.RECORD_PLATFORM_CODE,
        "Código del Libro del Estado",
        "Guardar código",
        "Código guardado.",
        lambda request, number: commands.record_platform_code(
            number=number,
            code=given(request, "code"),
            day=day_of(request, "day"),
            actor=request.actor,
            now=request.now,
        ),
        (Field("code", "Código que dio la plataforma", "line"), Field("day", "Fecha del registro", "date")),
    ),
    "adjuntar": ActForm(
        Act.ATTACH,
        "Adjuntar archivos",
        "Adjuntar",
        "Archivos adjuntados. Se abren cuando termina su revisión.",
        attach,
        (
            Field("files", "Archivos", "files", "Fotos, videos o documentos, de hasta 25 MB cada uno."),
            Field("internal", "Solo para el personal", "check", is_required=False),
        ),
    ),
    "tarea": ActForm(
        Act.FINISH_TASK,
        "Marcar tarea como hecha",
        "Hecha",
        "Tarea hecha.",
        lambda request, number: commands.finish_task(
            number=number, ordinal=number_of(request, "ordinal"), actor=request.actor, now=request.now
        ),
        (Field("ordinal", "Tarea", "choice", options="tasks"),),
    ),
    "abstenerse": ActForm(
        Act.ABSTAIN,
        "Debo abstenerme",
        "Abstenerme",
        "Su jefatura decidirá en 3 días. El plazo del caso sigue corriendo.",
        simply(commands.abstain, cause="cause", text="text"),
        (Field("cause", "Causa", "choice", options="abstention"), Field("text", "Explique brevemente", "area")),
        "Si conoce a la persona o tiene interés en el caso, otra persona debe verlo.",
    ),
    "abstencion": ActForm(
        Act.DECIDE_ABSTENTION,
        "Decidir una abstención",
        "Decidir",
        "Decisión guardada.",
        decide_abstention,
        (
            Field("staff", "Quién se abstuvo", "choice", options="abstained"),
            Field("granted", "Decisión", "choice", options="granted"),
            Field("owner", "Quién sigue con el caso", "choice", options="members", is_required=False),
        ),
    ),
    "identificar": ActForm(
        Act.IDENTIFY_STAFF,
        "Sobre quién es la queja",
        "Guardar",
        "Guardado. Esa persona ya no puede ver el caso.",
        lambda request, number: commands.identify_staff(
            number=number, staff=number_of(request, "staff"), actor=request.actor, now=request.now
        ),
        (Field("staff", "Persona", "choice", options="complained"),),
    ),
}
