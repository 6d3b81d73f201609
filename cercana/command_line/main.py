"""The ``cercana`` command."""

from cercana.command_line.lazy_group import Entry, LazyGroup

_HERE = "cercana.command_line"

main = LazyGroup(
    name="cercana",
    help_text="Cercana keeps the promises of the manual: claims and inquiries, from reception to closure.",
    entries={
        "run": Entry(f"{_HERE}.run:run", "Start everything on this machine, with its own PostgreSQL."),
        "serve": Entry(f"{_HERE}.serve:serve", "Start web and worker on the PostgreSQL of DATABASE_URL."),
        "web": Entry(f"{_HERE}.web:web", "Serve pages, nothing else."),
        "worker": Entry(f"{_HERE}.worker:worker", "Work off jobs: mails, notices, reactions.", needs_database=True),
        "migrate": Entry(f"{_HERE}.migrate:migrate", "Bring the tables up to this version.", needs_database=True),
        "manage": Entry(f"{_HERE}.manage:manage", "Run a command of Django, such as migrate.", needs_database=True),
        "setup": Entry(f"{_HERE}.setup:setup", "Enter a municipality of your own from a file."),
        "doctor": Entry(f"{_HERE}.doctor:doctor", "Say what is wrong with this installation and how to mend it."),
        "backup": Entry(f"{_HERE}.backup:backup", "Write database and attachments into one file."),
        "restore": Entry(f"{_HERE}.backup:restore", "Read such a file into an empty database."),
        "verify": Entry(f"{_HERE}.verify:verify", "Replay every case; compare chain and state.", needs_database=True),
        "demo": Entry(f"{_HERE}.demo:demo", "Load the demonstration municipality.", needs_database=True),
        "simulate": Entry(f"{_HERE}.simulate:simulate", "Play a working day live on top of it.", needs_database=True),
        "critical": Entry(f"{_HERE}.critical:critical", "Print the open critical cases.", needs_database=True),
        "api": Entry(f"{_HERE}.api:api", "Connect other systems and give them tokens.", needs_database=True),
        "promise": Entry(f"{_HERE}.promise:promise", "Print when a case is due."),
        "number": Entry(f"{_HERE}.number:number", "Check case numbers."),
        "triage": Entry(f"{_HERE}.triage:triage", "Tell what messages are and which are alike."),
        "writing": Entry(f"{_HERE}.writing:writing", "Tell what the manual asks of drafts."),
        "mail": Entry(f"{_HERE}.mail:mail", "Take and read mail as the channel does."),
    },
)
