"""Decisions taken, changed and withdrawn: what is refused, and what the audit record keeps."""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories

from folkmoot.accounts.models import AuditRecord
from folkmoot.decisions import acts
from folkmoot.decisions.models import Decision
from folkmoot.themes.acts import suggest_themes


def test_a_decision_is_kept_with_what_it_changed(consultation, decide):
    plan = consultation.statutory_plan
    section, commitment = factories.make_section(plan), factories.make_commitment(plan)
    by = factories.make_user()
    decision = decide(changes=[(section, "Now says when.")], commitments=[commitment], by=by)
    decision = Decision.objects.get(pk=decision.pk)
    assert decision.slug == "put-officers-on-foot"
    assert decision.themes.count() == 1
    assert [each.change for each in decision.section_changes.all()] == ["Now says when."]
    assert list(decision.commitments.all()) == [commitment]
    line = AuditRecord.objects.get(act="decision taken")
    assert (line.by, line.before) == (by, None)
    assert line.after["outcome"] == "in-part"
    assert line.after["sections"] == {str(section): "Now says when."}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"themes": []}, "themes"),
        ({"reason": "  "}, "reason"),
        ({"decided_on": date(2022, 4, 2)}, "decided_on"),
    ],
)
def test_a_decision_that_cannot_stand_is_refused(decide, changed, field):
    with pytest.raises(acts.DecisionError) as refused:
        decide(**changed)
    assert set(refused.value.problems) == {field}
    assert not Decision.objects.exists()
    assert not AuditRecord.objects.filter(act="decision taken").exists()


def test_a_decision_of_today_is_taken(decide):
    assert decide(decided_on=date(2022, 4, 1)).pk


def test_a_theme_of_another_consultation_is_refused(decide):
    survey = factories.make_survey()
    factories.make_response(survey, {"change": "More officers on the street, please."})
    other = suggest_themes(survey, "change", factories.AFTER).themes.first()
    with pytest.raises(acts.DecisionError, match="was said in another consultation"):
        decide(themes=[other])


def test_a_section_and_a_commitment_of_another_plan_are_refused(decide):
    other = factories.make_plan()
    with pytest.raises(acts.DecisionError) as refused:
        decide(
            changes=[(factories.make_section(other), "x")],
            commitments=[factories.make_commitment(other)],
        )
    assert set(refused.value.problems) == {"section_changes", "commitments"}


def test_a_withdrawn_decision_stays_in_the_audit_record(decide):
    decision = decide()
    acts.withdraw_decision(decision, factories.AFTER, factories.make_user())
    assert not Decision.objects.exists()
    line = AuditRecord.objects.get(act="decision withdrawn")
    assert line.before["reason"] == "You asked to see officers, and the plan now says when."
