"""E-mails on their way out, and when the site's jobs last ran. No page shows either."""

from __future__ import annotations

from django.db import models


class OutgoingMail(models.Model):
    """An e-mail that no server has accepted yet; it is deleted when one has.

    `kind` is the template it was written from. It is claimed by one worker before it is sent, and
    keeps its Message-ID from attempt to attempt, so that a receiver can tell a second copy.
    """

    to = models.EmailField()
    kind = models.CharField(max_length=120)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)
    message_id = models.CharField(max_length=200, unique=True)
    written_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_index=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["next_attempt_at", "pk"]
        verbose_name = "outgoing e-mail"
        # Nobody reads other people's e-mails in the admin.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class JobRun(models.Model):
    """When a registered job last ran to its end, when it was last tried, and who runs it now.

    `fault` names the error of the last attempt; it is empty after one that succeeded.
    """

    name = models.CharField(max_length=80, unique=True)
    last_run = models.DateTimeField(null=True, blank=True)
    last_tried = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
