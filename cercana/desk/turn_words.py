"""What the desk says of turns: what each is for, and in which language somebody wants to talk."""

from cercana.rules.turns import PreferentialGroup, Topic

TOPICS = {Topic.CLAIM: "Reclamo", Topic.INQUIRY: "Consulta", Topic.FOLLOW_UP: "Pregunta por un caso"}
LANGUAGES = {"qu": "quechua", "ay": "aimara", "en": "inglés"}
GROUPS = {
    PreferentialGroup.OLDER_ADULT: "60 años o más",
    PreferentialGroup.PREGNANT: "Gestantes",
    PreferentialGroup.DISABILITY: "Con discapacidad",
    PreferentialGroup.CHILD_IN_ARMS: "Con un bebé",
    PreferentialGroup.CHILD: "Niñas y niños",
    PreferentialGroup.VETERAN: "Veteranos de guerra",
}
# What one does while somebody comes to the window (M2.2b); the eyes stay on the person.
POSTURE = (
    "Póngase de pie o enderécese, y mire a la persona antes que a la pantalla.",
    "Salude con una sonrisa leve y señale la silla con la mano abierta.",
    "Deje las manos a la vista y el cuerpo de frente; no cruce los brazos.",
    "Asienta al escuchar. Escriba después, y diga qué está escribiendo.",
    "Gire la pantalla o el papel para que vea lo mismo que usted.",
)
