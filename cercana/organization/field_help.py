"""What each field of the institution's configuration is for, in the words of whoever fills it in."""

from collections.abc import Mapping

_CODE = "Palabra corta sin espacios ni tildes, como «obras_viales». No cambia después."
_ENGLISH = "Lo lee quien usa el portal en inglés. Vacío, se muestra en español."
_ORDER = "Los números menores salen primero en la lista."
_FROM = "Primer día en que vale."
_UNTIL = "Último día en que vale. Vacío, sigue vigente."

MUNICIPALITY: Mapping[str, str] = {
    "prefix": "Letras con que empieza cada número de caso, como «SI». No lo cambie cuando ya haya casos.",
    "name": "Nombre oficial completo, como va en las constancias.",
    "short_name": "Nombre de todos los días, para títulos y mensajes.",
    "address": "Dónde queda la sede principal.",
    "phone": "Número al que llaman los vecinos.",
    "email": "Correo público de la municipalidad.",
    "opening_hours": "Como lo diría a un vecino: «lunes a viernes, de 8:00 a 16:45».",
    "opening_hours_en": _ENGLISH,
    "platform_url": "Dirección web a la que se lleva cada reclamo formal.",
    "data_officer_email": "A quién se escribe por los datos personales.",
    "intake_area": "Área que recibe los casos nuevos y los deriva.",
}
EMERGENCY_NUMBER: Mapping[str, str] = {
    "name": "Por ejemplo: «Serenazgo».",
    "name_en": _ENGLISH,
    "number": "Como se marca desde un celular.",
    "hint": "Cuándo conviene llamar aquí: «si hay un herido».",
    "hint_en": _ENGLISH,
    "order": _ORDER,
}
AREA: Mapping[str, str] = {
    "code": _CODE,
    "name": "Como la conoce el personal.",
    "name_en": _ENGLISH,
    "parent": "El área que está por encima. Su jefatura ve también los casos de esta.",
    "specialty": "A qué se dedica, en pocas palabras. Puede quedar vacío.",
    "valid_from": _FROM,
    "valid_until": _UNTIL,
}
SITE: Mapping[str, str] = {
    "code": _CODE,
    "name": "Como la conocen los vecinos.",
    "address": "Calle y número, para llegar.",
}
OFFICE_HOUR: Mapping[str, str] = {
    "area": "Vacío, vale para las áreas sin horario propio.",
    "weekday": "Un tramo es de un solo día.",
    "opens": "Desde qué hora trabaja el área en este tramo.",
    "closes": "Hasta qué hora trabaja el área en este tramo.",
}
ADDED_DAY: Mapping[str, str] = {
    "day": "La fecha que cambia.",
    "kind": "Por qué ese día es distinto.",
    "name": "Cómo se llama: «Aniversario del distrito».",
    "norm": "Norma que lo dispone, con su número.",
    "counts": "Márquelo si ese día se trabaja y los plazos corren.",
}
POLICY_VERSION: Mapping[str, str] = {
    "version": "El número que sigue al de la última versión.",
    "valid_from": "Desde cuándo vale para los casos nuevos.",
    "simple_hours": "Horas para resolver un caso simple. El manual dice 48.",
    "complex_working_days": "Días hábiles para resolver un caso complejo. El manual dice 5.",
    "critical_response_hours": "Horas para hablar con la persona en un caso crítico. El manual dice 2.",
    "critical_resolution_hours": "Horas para resolver un caso crítico. El manual dice 24.",
    "reopening_days": "Días tras el cierre en que la persona puede reabrir su caso.",
    "confirmation_working_days": "Días hábiles que se espera la confirmación antes de cerrar.",
    "reason": "Quién lo decidió y por qué. Queda para siempre.",
}
LEGAL_NATURE: Mapping[str, str] = {
    "code": _CODE,
    "name": "Como la llama la ley.",
    "plain_question": "Pregunta con que quien atiende la reconoce.",
    "explanation": "Lo que lee la persona sobre su caso.",
    "explanation_en": _ENGLISH,
    "needs_identity": "Márquelo si la ley exige saber quién lo presenta.",
    "must_notify": "Márquelo si el caso termina solo cuando se notifica la respuesta.",
    "decided_by_superior": "Márquelo si decide la jefatura superior y no el área.",
    "moves_to_platform": "Márquelo si se registra también en el Libro de Reclamaciones del Estado.",
    "is_data_rights": "Márquelo si es un pedido sobre datos personales.",
    "routed_to": "A qué oficina o entidad se envía a la persona, si no se resuelve aquí.",
    "order": _ORDER,
}
LEGAL_TERM: Mapping[str, str] = {
    "working_days": "Cuántos días hábiles da la ley para responder.",
    "within_office_hours": "Márquelo si lo que llega tras el cierre cuenta desde el día siguiente.",
    "norm": "Nombre y número de la norma.",
    "article": "Artículo que fija el plazo.",
    "valid_from": _FROM,
    "valid_until": _UNTIL,
}
CATEGORY: Mapping[str, str] = {
    "code": _CODE,
    "name": "Como lo ve el personal en las listas.",
    "name_en": _ENGLISH,
    "citizen_words": "Palabras de la gente: «hueco, bache, pista rota». Con ellas se propone este motivo.",
    "citizen_words_en": _ENGLISH,
    "area": "Área a la que se propone derivar.",
    "class_": "Prioridad que se propone. De ella sale el plazo.",
    "default_kind": "Si suele ser un reclamo o una consulta.",
    "legal_nature": "Lo que suele ser para la ley.",
    "may_be_critical": "Márquelo si puede haber peligro para alguien.",
    "shows_emergency": "Márquelo para mostrar los números de emergencia a quien lo elige.",
    "may_be_outside": "Márquelo si a veces le toca a otra entidad.",
    "is_restricted": "Márquelo si solo deben verlo las personas nombradas para el caso.",
    "is_about_staff": "Márquelo si la queja es sobre alguien que trabaja aquí.",
    "is_active": "Desmárquelo para que nadie lo elija más. Los casos antiguos lo conservan.",
    "order": _ORDER,
}
PRIVACY_NOTICE: Mapping[str, str] = {
    "version": "El número que sigue al de la última versión.",
    "valid_from": "Primer día en que se muestra.",
    "text": "Lo que se lee antes de contar un caso.",
    "text_en": _ENGLISH,
    "spoken": "Lo que se dice por teléfono y en ventanilla. Una o dos frases.",
}
