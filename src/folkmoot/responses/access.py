"""Who may answer, and who may read what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from folkmoot.responses.models import Standing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from wagtail.models import Page

    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Draft, Response, Survey

    Visitor = User | AnonymousUser


def may_begin(survey: Survey, at: datetime) -> bool:
    """Whether anybody may begin to answer: while the consultation is open."""
    return survey.live and survey.consultation.is_open(at)


def may_submit(survey: Survey, draft: Draft, at: datetime) -> bool:
    """Whether a draft may be submitted: while open, or in the grace if begun before closing."""
    consultation = survey.consultation
    if not survey.live or at < consultation.opens_at:
        return False
    if at < consultation.closes_at:
        return True
    return draft.begun_at < consultation.closes_at and at < consultation.closes_at + survey.grace


def may_change(survey: Survey, response: Response, at: datetime) -> bool:
    """Whether its sender may change or withdraw a response: one with a code, until closing."""
    return (
        may_begin(survey, at)
        and response.survey_id == survey.pk
        and response.standing == Standing.STANDS
        and response.erased_at is None
        and bool(response.code_digest)
    )


def may_read_responses(user: Visitor) -> bool:
    """Whether somebody may read responses whole: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.view_response"))


def may_read_monitoring(user: Visitor) -> bool:
    """Whether somebody may see equality answers, in counts: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.view_monitoringanswer"))


def may_handle_responses(user: Visitor) -> bool:
    """Whether somebody may flag, note, merge and withdraw responses: staff who were given it."""
    return may_read_responses(user) and user.has_perm("responses.change_response")


def may_review_responses(user: Visitor) -> bool:
    """Whether somebody may decide which answers are published: staff who were given it."""
    return may_read_responses(user) and user.has_perm("responses.change_answerreview")


def may_publish_responses(user: Visitor) -> bool:
    """Whether somebody may let a survey's reviewed responses be public: staff who were given it."""
    return may_read_responses(user) and user.has_perm("responses.change_publishing")


def may_try(user: Visitor, survey: Page) -> bool:
    """Whether somebody may try a survey, and see and erase its tests: who may edit its page."""
    return bool(user.is_active and survey.permissions_for_user(user).can_edit())


def may_see_versions(user: Visitor, survey: Page) -> bool:
    """Whether somebody may see how a survey's questions changed: its editors and its readers."""
    return may_try(user, survey) or may_read_responses(user)


def may_see_publishing(user: Visitor) -> bool:
    """Whether somebody may see how far the publishing of responses is: who does a part of it."""
    return may_review_responses(user) or may_publish_responses(user)


def may_import(user: Visitor) -> bool:
    """Whether somebody may bring over files of responses: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.add_importrun"))


def may_undo_imports(user: Visitor) -> bool:
    """Whether somebody may take an import out of the register: staff who were given it."""
    return may_import(user) and user.has_perm("responses.change_importrun")


def may_enter_letters(user: Visitor) -> bool:
    """Whether somebody may enter letters and e-mails: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.add_letterdraft"))


def may_export(user: Visitor, monitoring: str = "none") -> bool:
    """Whether somebody may export responses, and equality answers with them in this way.

    "none": who may read responses and export them. "apart": who may see equality answers too.
    "keyed", which joins them to the answers: who was given that as well.
    """
    if not (may_read_responses(user) and user.has_perm("responses.add_export")):
        return False
    if monitoring == "none":
        return True
    if monitoring == "apart":
        return may_read_monitoring(user)
    return may_read_monitoring(user) and user.has_perm("responses.join_monitoring")


def may_export_files(user: Visitor) -> bool:
    """Whether somebody may export the files that were sent: who may export responses whole."""
    return may_export(user)


def may_erase_people(user: Visitor) -> bool:
    """Whether somebody may find, export and erase one person's data: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.add_erasure"))


def may_set_retention(user: Visitor) -> bool:
    """Whether somebody may say how long what is kept: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.change_retentionperiod"))


def may_see_retention(user: Visitor) -> bool:
    """Whether somebody may see what is kept how long, and what goes when."""
    return may_set_retention(user) or may_erase_people(user) or may_read_responses(user)


def may_key(user: Visitor) -> bool:
    """Whether somebody may type in forms that came on paper: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.add_keying"))


def may_open_batch(user: Visitor) -> bool:
    """Whether somebody may open a batch of paper forms: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.add_batch"))


def may_settle(user: Visitor) -> bool:
    """Whether somebody may settle what two people typed differently: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.change_paperform"))


def may_make_survey(user: Visitor, consultation: Page) -> bool:
    """Whether somebody may make a survey of a consultation: who may add a page below it."""
    return bool(user.is_active and consultation.permissions_for_user(user).can_add_subpage())
