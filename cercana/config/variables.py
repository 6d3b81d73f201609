"""
The environment variables Cercana reads: one table, and the only place that names them.

``docs/referencia/variables.md`` prints it; ``environment.py`` reads what they say.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable; ``default`` is what holds when it is absent, "" if that is worked out at start."""

    name: str
    default: str
    spanish: str
    english: str
    is_secret: bool = False


VARIABLES = (
    Variable(
        "CERCANA_VAR",
        "var",
        "Carpeta de lo que cambia: base de datos integrada, archivos adjuntos, clave secreta.",
        "Folder of everything that changes: embedded database, attachments, secret key.",
    ),
    Variable(
        "CERCANA_SECRET_KEY",
        "",
        "Clave que firma sesiones y enlaces, 32 caracteres o más. Si falta, se crea una vez en «var/secret».",
        "Key that signs sessions and links, 32 characters or more. Made once in var/secret if absent.",
        is_secret=True,
    ),
    Variable(
        "DATABASE_URL",
        "",
        "Servidor PostgreSQL 15 o posterior: «postgresql://usuario:clave@equipo:5432/base». Si falta, se usa la "
        "base integrada.",
        "PostgreSQL server, 15 or newer: postgresql://user:password@host:5432/name. The embedded one if absent.",
        is_secret=True,
    ),
    Variable(
        "CERCANA_DATABASE_POOL",
        "8",
        "Conexiones a la base de datos que cada proceso mantiene como máximo.",
        "Connections to the database that each process keeps at most.",
    ),
    Variable(
        "CERCANA_BIND",
        "127.0.0.1:8000",
        "Dirección y puerto donde atiende el servidor web.",
        "Address and port the web server listens on.",
    ),
    Variable(
        "CERCANA_WEB_PROCESSES",
        "",
        "Procesos del servidor web. Si falta, uno por núcleo del equipo y ocho como máximo.",
        "Processes of the web server. One per core of the machine if absent, at most eight.",
    ),
    Variable(
        "CERCANA_PUBLIC_URL",
        "",
        "Dirección con que las personas llegan: «https://cercana.ejemplo.gob.pe». Va en correos y códigos QR. "
        "Si falta, la de CERCANA_BIND.",
        "Address people use, put in mails and QR codes. That of CERCANA_BIND if absent.",
    ),
    Variable(
        "CERCANA_ALLOWED_HOSTS",
        "",
        "Nombres adicionales con que se puede llamar al servidor, separados por comas.",
        "Further host names the server answers to, separated by commas.",
    ),
    Variable(
        "CERCANA_TRUSTED_PROXIES",
        "",
        "Direcciones o redes de los intermediarios cuyas cabeceras X-Forwarded-* se creen, separadas por comas.",
        "Addresses or networks of the proxies whose X-Forwarded-* headers are believed, separated by commas.",
    ),
    Variable(
        "CERCANA_SMTP_URL",
        "",
        "Servidor de correo: «smtp://usuario:clave@equipo:587», o «smtps://» para TLS desde el inicio. Si falta, "
        "nada sale y los mensajes se leen en el buzón de la demostración.",
        "Mail server: smtp://user:password@host:587, or smtps:// for TLS from the start. Nothing leaves if absent.",
        is_secret=True,
    ),
    Variable(
        "CERCANA_MAIL_FROM",
        "",
        "Remitente de los correos. Si falta, «cercana@» y el nombre de CERCANA_PUBLIC_URL.",
        "Sender of mails. cercana@ and the host of CERCANA_PUBLIC_URL if absent.",
    ),
    Variable(
        "CERCANA_MAIL_ADDRESS",
        "",
        "Dirección a la que las personas escriben: «casos@ejemplo.gob.pe». Las respuestas vuelven a ella. "
        "Si falta, se responde al remitente de los correos.",
        "Address people write to; answers come back to it. That of CERCANA_MAIL_FROM if absent.",
    ),
    Variable(
        "CERCANA_MAIL_TAG",
        "address",
        "Dónde va la seña firmada del caso: «address» en la dirección (casos+seña@…), «subject» en el asunto.",
        "Where the signed tag of a case goes: address (casos+tag@…), or subject where the server knows no plus.",
    ),
    Variable(
        "CERCANA_MAIL_LISTEN",
        "",
        "Dónde se recibe correo: «lmtp://127.0.0.1:2424», «smtp://…» o «no». Si falta, SMTP en este equipo, "
        "25 puertos después de CERCANA_BIND.",
        "Where mail is taken: lmtp://127.0.0.1:2424, smtp://… or no. SMTP on this machine, 25 ports after "
        "CERCANA_BIND, if absent.",
    ),
    Variable(
        "CERCANA_MAIL_RELAYS",
        "",
        "Nombres que el servidor de correo propio pone en «Authentication-Results», separados por comas. Solo a "
        "ellos se les cree quién escribe.",
        "Names our own mail server writes into Authentication-Results, separated by commas; only they are believed.",
    ),
    Variable(
        "CERCANA_IMAP_URL",
        "",
        "Buzón alojado del que se recoge correo: «imaps://usuario:clave@equipo:993/INBOX». Si falta, ninguno.",
        "Hosted mailbox that mail is fetched from: imaps://user:password@host:993/INBOX. None if absent.",
        is_secret=True,
    ),
    Variable(
        "CERCANA_IMAP_OAUTH",
        "",
        "De dónde sale la llave OAuth2 del buzón: una orden que la escribe, o «https://…/token?client_id=…&"
        "client_secret=…&refresh_token=…». Si falta, se usa la clave de CERCANA_IMAP_URL.",
        "Where the OAuth2 token of the mailbox comes from: a command that prints it, or "
        "https://…/token?client_id=…&client_secret=…&refresh_token=…. The password of CERCANA_IMAP_URL if absent.",
        is_secret=True,
    ),
    Variable(
        "CERCANA_PUSH_KEY",
        "",
        "Clave privada de los avisos al celular (VAPID), 43 caracteres. Si falta, se calcula con la clave secreta.",
        "Private key of notices to phones (VAPID), 43 characters. Worked out from the secret key if absent.",
        is_secret=True,
    ),
    Variable(
        "CERCANA_PUSH_HOSTS",
        "fcm.googleapis.com, *.push.services.mozilla.com, *.push.apple.com, *.notify.windows.com",
        "Servicios de avisos de los navegadores a los que se avisa a la ciudadanía, separados por comas.",
        "Push services of browsers through which citizens are told, separated by commas; *. takes all below a name.",
    ),
    Variable(
        "CERCANA_NOTIFY_THIS_MACHINE",
        "no",
        "«yes» si una pasarela de avisos está en el mismo servidor. Si falta, nadie puede dirigir avisos a él.",
        "yes if a gateway of notices stands on the server itself; staff can aim no notices at it otherwise.",
    ),
    Variable(
        "CERCANA_WEBHOOK_HOSTS",
        "",
        "Equipos a los que se puede avisar lo que pasa con los casos, separados por comas. Si falta, a ninguno.",
        "Hosts that may be told what happens to cases, separated by commas. None if absent.",
    ),
    Variable(
        "CERCANA_SMS_URL",
        "",
        "Pasarela de SMS: «https://…» que recibe un POST, o una dirección de Apprise con «{to}» donde va el número. "
        "Si falta, no sale ningún SMS.",
        "Gateway of text messages: https://… that takes a POST, or an address of Apprise with {to} in the place of the "
        "number. No text goes out if absent.",
        is_secret=True,
    ),
    Variable(
        "CERCANA_SMS_TOKEN",
        "",
        "Llave de la pasarela de SMS. Va en «Authorization: Bearer».",
        "Key of the gateway of text messages, sent as Authorization: Bearer.",
        is_secret=True,
    ),
    Variable(
        "CERCANA_SMS_BODY",
        '{"id": "{id}", "to": "{to}", "text": "{text}"}',
        "Lo que se envía a la pasarela por cada SMS: JSON si empieza con «{», si no los campos de un formulario.",
        "What is sent to the gateway for each text: JSON if it begins with a brace, else the fields of a form.",
        is_secret=True,
    ),
    Variable(
        "CERCANA_MAP_STYLE",
        "",
        "Estilo de un mapa de teselas (MapLibre, https) para marcar el lugar. Si falta, el plano esquemático.",
        "Style of a map of tiles (MapLibre, https) to mark a place on; the schematic plan if absent.",
    ),
    Variable(
        "CERCANA_MAP_HOSTS",
        "",
        "Otros equipos de los que ese mapa trae sus teselas y letras, separados por comas.",
        "Further hosts from which that map fetches tiles and letters, separated by commas.",
    ),
    Variable(
        "CERCANA_CIVIC_SERVICES",
        "",
        "Motivos que se reportan y leen por Open311, separados por comas. Si falta, todos los que la regla permite.",
        "Categories that Open311 takes and shows, separated by commas. All that the rule opens if absent.",
    ),
    Variable(
        "CERCANA_LOG",
        "text",
        "Forma del registro de sucesos: «text» para leerlo, «json» para recogerlo.",
        "Form of the log: text to read it, json to collect it.",
    ),
    Variable(
        "CERCANA_DEBUG",
        "no",
        "Páginas de error con detalle técnico. Solo para quien programa, nunca en servicio.",
        "Error pages with technical detail. For developers only, never in service.",
    ),
)
