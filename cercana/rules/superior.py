"""Who decides a complaint about how a procedure is handled: the superior of who handles it (TUO art. 158)."""

from cercana.rules.access import Actor, Role


def may_decide_complaint(actor: Actor, complained_area: str) -> bool:
    """Tell whether ``actor`` heads an area above ``complained_area``: nobody decides about how their own area works."""
    return any(
        each.role is Role.SUPERVISOR and each.area != complained_area and complained_area in each.reach
        for each in actor.memberships
    )
