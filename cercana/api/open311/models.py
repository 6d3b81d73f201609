"""What Open311 knows of a case beside the case itself, and nothing personal: that it came this way, and whereabouts."""

import uuid

from django.db import models


class Report(models.Model):
    """
    A case that was sent to the public interface.

    ``latitude`` and ``longitude`` (degrees, WGS84) are as coarse as they may be known; the exact place is a personal
    value of the case. ``token`` stands for the number while somebody still has to look at the case.
    """

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="+")
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        verbose_name = "reporte de Open311"

    def __str__(self) -> str:
        return str(self.case_id)
