"""
What somebody is entitled to by their roles alone, about no single case: to take people in, see figures, supervise.

Access to cases is decided beside it, in access.py; nothing is decided anywhere else (decision 0006).
"""

from cercana.rules.access import Actor, ActorKind, Decision, Relation, Role

_REGISTRARS = (Role.AGENT, Role.AREA_OFFICER, Role.SUPERVISOR, Role.DUTY_OFFICER)


def may_register(actor: Actor) -> Decision:
    """Tell whether ``actor`` may open a case: the public, the system's channels, and staff who attend people."""
    allowed = actor.kind is not ActorKind.STAFF or any(actor.has(role) for role in _REGISTRARS)
    return Decision(allowed, "registrar" if allowed else "no_relation")


def may_take_in(actor: Actor, intake_area: str) -> Decision:
    """Tell whether ``actor`` sees who has no case yet: agents, and the people of the area that takes cases in."""
    is_of_intake = intake_area in actor.areas(Role.AREA_OFFICER, Role.SUPERVISOR)
    allowed = actor.kind is ActorKind.STAFF and (actor.has(Role.AGENT) or is_of_intake)
    return Decision(allowed, Relation.INTAKE if allowed else "no_relation")


def _for_supervisors(actor: Actor) -> Decision:
    allowed = actor.kind is ActorKind.STAFF and actor.has(Role.SUPERVISOR)
    return Decision(allowed, Relation.SUPERVISOR if allowed else "no_relation")


def may_register_slower(actor: Actor) -> Decision:
    """Tell whether ``actor`` may open a case with a slower class than its category's (domain.md, Clocks)."""
    return _for_supervisors(actor)


def may_move_promises(actor: Actor) -> Decision:
    """Tell whether ``actor`` may let a change of the calendar move promises: who edits it, and the system."""
    allowed = actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has(Role.ADMINISTRATOR))
    return Decision(allowed, "calendar" if allowed else "no_relation")


def may_read_rejections(actor: Actor) -> Decision:
    """Tell whether ``actor`` reads which proposals of danger were rejected: who supervises an area."""
    return _for_supervisors(actor)


def may_run_drills(actor: Actor) -> Decision:
    """Tell whether ``actor`` may begin an exercise of the critical protocol: who supervises an area."""
    return _for_supervisors(actor)


def may_edit_roster(actor: Actor) -> Decision:
    """Tell whether ``actor`` says who is on duty when: who supervises an area."""
    return _for_supervisors(actor)


def may_measure_triage(actor: Actor) -> Decision:
    """Tell whether ``actor`` sees how well triage proposes, in the cases they know: who supervises or analyses."""
    is_measurer = any(actor.has(role) for role in (Role.SUPERVISOR, Role.ANALYST))
    allowed = actor.kind is ActorKind.STAFF and is_measurer
    return Decision(allowed, Relation.ANALYST if allowed else "no_relation")


def may_read_figures(actor: Actor) -> Decision:
    """Tell whether ``actor`` sees how the institution serves, all areas together: who supervises or analyses."""
    return may_measure_triage(actor)


def may_measure_phrases(actor: Actor) -> Decision:
    """Tell whether ``actor`` sees how reply phrases are used: who supervises, analyses, teaches or keeps them."""
    roles = (Role.SUPERVISOR, Role.ANALYST, Role.TRAINER, Role.ADMINISTRATOR)
    allowed = actor.kind is ActorKind.STAFF and any(actor.has(role) for role in roles)
    return Decision(allowed, "phrases" if allowed else "no_relation")


def may_read_roster(actor: Actor) -> Decision:
    """Tell whether ``actor`` sees who is on duty when: who edits it, and who stands on it."""
    allowed = may_edit_roster(actor).allowed or (actor.kind is ActorKind.STAFF and actor.has(Role.DUTY_OFFICER))
    return Decision(allowed, Relation.DUTY if allowed else "no_relation")


def may_ask_for_support(actor: Actor) -> Decision:
    """Tell whether ``actor`` may call for help in a conversation: whoever attends people."""
    return may_register(actor) if actor.kind is ActorKind.STAFF else Decision(allowed=False, reason="no_relation")


def may_read_incidents(actor: Actor) -> Decision:
    """Tell whether ``actor`` reads who needed help in the areas below them, and what happened: who supervises one."""
    return _for_supervisors(actor)


def may_edit_guide(actor: Actor) -> Decision:
    """Tell whether ``actor`` writes the situations of the guide: the trainer."""
    allowed = actor.kind is ActorKind.STAFF and actor.has(Role.TRAINER)
    return Decision(allowed, "training" if allowed else "no_relation")


def may_attend_turns(actor: Actor) -> Decision:
    """Tell whether ``actor`` sits at a window and calls turns there: whoever attends people."""
    return may_ask_for_support(actor)


def may_attend_calls(actor: Actor) -> Decision:
    """Tell whether ``actor`` has an extension at which calls are announced and attended: whoever attends people."""
    return may_ask_for_support(actor)


def may_read_calls(actor: Actor, area: str) -> Decision:
    """Tell whether ``actor`` sees the calls that others attended: who supervises ``area``, that of reception."""
    return may_open_windows(actor, area)


def may_open_windows(actor: Actor, area: str) -> Decision:
    """Tell whether ``actor`` is called when a wait is past its bound: who supervises ``area``, that of reception."""
    allowed = actor.kind is ActorKind.STAFF and area in actor.areas(Role.SUPERVISOR)
    return Decision(allowed, Relation.SUPERVISOR if allowed else "no_relation")


def may_link_devices(actor: Actor) -> Decision:
    """Tell whether ``actor`` links a kiosk or a screen to a waiting room, and parts it again: the administrator."""
    allowed = actor.kind is ActorKind.STAFF and actor.has(Role.ADMINISTRATOR)
    return Decision(allowed, "devices" if allowed else "no_relation")


def may_erase_people(actor: Actor) -> Decision:
    """Tell whether ``actor`` may look for people to erase; each of their cases is judged again (Act.ERASE)."""
    allowed = actor.kind is ActorKind.STAFF and actor.has(Role.DATA_PROTECTION)
    return Decision(allowed, Relation.RETENTION if allowed else "no_relation")
