"""Erasing a person, or the words of all, takes them out of every coding of the answers."""

from __future__ import annotations

from datetime import timedelta

from tests import factories

from folkmoot.responses.acts.erasing_people import erase_person
from folkmoot.responses.acts.erasure import erase_due
from folkmoot.responses.models import Answer
from folkmoot.themes.acts.coding import Found, code_answer
from folkmoot.themes.models import Coding

AT = factories.AFTER


def test_notes_and_quotations_go_and_what_was_found_stays(frame):
    analyst = factories.make_user()
    one, other = frame.assignments.exclude(status="empty").select_related("answer__response")[:2]
    theme = frame.themes.first()
    for each in (one, other):
        said = each.answer.text.split()[0]
        code_answer(each, analyst, Found((theme.pk,), quotation=said, note="Rang her"), AT)
    erased = erase_person(one.answer.response.reference, "She asked.", AT, analyst)
    assert erased.erased["Coding of answers"] == {"notes and quotations of coders": 1}
    gone, kept = Coding.objects.order_by("pk")
    assert (gone.note, gone.quote_start, gone.quote_end) == ("", None, None)
    assert gone.mentions.get().theme == theme
    assert (kept.note, kept.quote_start) == ("Rang her", 0)


def test_what_is_held_of_a_person_has_notes_and_quotations(frame):
    from folkmoot.publishing.personal import holders
    from folkmoot.responses.personal import subject_of

    one = frame.assignments.exclude(status="empty").select_related("answer__response").first()
    said = one.answer.text.split()[0]
    code_answer(one, factories.make_user(), Found(status="none", quotation=said, note="Odd"), AT)
    (holder,) = [each for each in holders() if each.name == "Coding of answers"]
    (held,) = holder.find(subject_of(one.answer.response.reference))
    assert held.fields == (("Note of a coder", "Odd"), ("Quotation", said))


def test_notes_and_quotations_go_with_the_words_when_their_time_is_over(frame):
    one = frame.assignments.exclude(status="empty").select_related("answer__response").first()
    theme, said = frame.themes.first(), one.answer.text.split()[0]
    code_answer(one, factories.make_user(), Found((theme.pk,), quotation=said, note="Rang her"), AT)
    erase_due(AT)
    assert Coding.objects.get().note == "Rang her"
    erase_due(AT + timedelta(days=6 * 365))
    coding = Coding.objects.get()
    assert (coding.note, coding.quote_start, coding.quote_end) == ("", None, None)
    assert coding.mentions.get().theme == theme
    assert not Answer.objects.exclude(text="").exists()
