"""The export of each product, read as it is proposed, without anybody changing anything."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.responses.importing.asked import proposed, read, seen

MICROSOFT = (
    "ID,Start time,Completion time,Email,Name,Do you agree with the plan?,How do you travel?,"
    "What would you change?,The police,The council,What should come first?\n"
    '7,12/13/21 9:00:00,12/13/21 9:05:10,anonymous,,Yes,"Bike, or e-bike;Bus;",More lights.,'
    "A lot,Not at all,Parks;Roads;\n"
)
GOOGLE = (
    "Timestamp,Do you agree with the plan?,How do you travel?,What would you change?,"
    "How much do you trust these? [The police],How much do you trust these? [The council]\n"
    '2021/12/13 3:04:05 PM GMT,No,"Bike, or e-bike, Bus, roller skates",More lights.,A lot,\n'
)
LIME = (
    '"id","submitdate","lastpage","startlanguage","agree","travel[SQ001]","travel[SQ002]",'
    '"travel[SQ003]","travel[other]","change","trust[SQ001]","trust[SQ002]","first[1]","first[2]"\n'
    '"5","2021-12-13 10:00:00","3","en","yes","Y","","","skates","More lights.","A lot","",'
    '"Parks","Roads"\n'
    '"6","","1","en","yes","","","","","","","","",""\n'
)
SMART = (
    "UserID,UserNo,Name,Email,IP Address,Unique ID,Started,Ended,1. Do you agree with the plan?,"
    "2. How do you travel?,,,,3. What would you change?\n"
    ',,,,,,,,,Bus,"Bike, or e-bike",None of these,"Other, please say",\n'
    "77,1,,,10.0.0.1,abc,13/12/2021 10:00,13/12/2021 10:10,No,Bus,,,skates,More lights.\n"
)
CITIZEN = (
    "Response ID,Date Submitted,Status,1: Do you agree with the plan? - Agreement,"
    "How do you travel? - Bus,How do you travel? - Other,What would you change? - Your views,"
    "Organisation\n"
    "ANON-7K3M-9QX2-H,13/12/2021 10:10,Analysed,No,Bus,,More lights.,The Guild\n"
)
PLAIN = "reference,received,agree,change\n1,2021-12-13T10:10:00Z,yes,More lights.\n"
FILES = {
    "microsoft-forms": MICROSOFT,
    "google-forms": GOOGLE,
    "lime-survey": LIME,
    "smart-survey": SMART,
    "citizen-space": CITIZEN,
    "plain": PLAIN,
}


@pytest.mark.parametrize(("dialect", "content"), FILES.items())
def test_a_file_tells_whose_export_it_is(dialect, content):
    assert seen(content).dialect.key == dialect


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_every_export_gives_its_answers(content):
    response = read(content)[0].response
    assert response.answers["agree"][0] in ("yes", "no")
    assert response.answers["change"] == ["More lights."]
    assert response.submitted_at.date() == datetime(2021, 12, 13, tzinfo=UTC).date()


def test_microsoft_forms_divides_choices_by_semicolons_and_has_a_column_a_row_of_a_grid():
    (row,) = read(MICROSOFT)
    assert row.response.reference_there == "7"
    assert row.response.submitted_at == datetime(2021, 12, 13, 9, 5, 10, tzinfo=UTC)
    assert row.response.answers["travel"] == ["bike", "bus"]
    assert row.response.answers["trust--police"] == ["lot"]
    assert row.response.answers["trust--council"] == ["not"]
    assert row.response.answers["first--parks"] == ["1"]
    assert row.response.answers["first--roads"] == ["2"]


def test_google_forms_keeps_what_is_no_option_as_other_though_options_hold_commas():
    (row,) = read(GOOGLE)
    assert row.response.answers["travel"] == ["bike", "bus", "other"]
    assert row.response.answers["travel--other"] == ["roller skates"]
    assert row.response.submitted_at == datetime(2021, 12, 13, 15, 4, 5, tzinfo=UTC)


def test_lime_survey_has_a_column_an_option_by_number_and_exports_the_unfinished():
    finished, unfinished = read(LIME)
    assert finished.response.answers["travel"] == ["bus", "other"]
    assert finished.response.answers["travel--other"] == ["skates"]
    assert finished.response.answers["first--parks"] == ["1"]
    assert (unfinished.response, unfinished.is_left_out) == (None, True)


def test_smart_survey_has_its_options_in_a_second_row_of_the_header():
    (row,) = read(SMART)
    assert row.number == 3
    assert row.response.reference_there == "1"
    assert row.response.answers["travel"] == ["bus", "other"]
    assert row.response.answers["travel--other"] == ["skates"]


# As the Civil Service's survey of coding practice was exported: two rows below the questions, and
# an apostrophe written as @SQ@.
SMART_IN_THREE_ROWS = (
    "UserID,UserNo,Name,Email,IP Address,Unique ID,Started,Ended,Q1. Do you agree with the plan?,"
    "Q2. How do you travel?,,Q3. What would you change?,Q4. How much do you trust these?,\n"
    ",,,,,,,,,,,,The police,The council\n"
    ',,,,,,,,,Bus,"Bike, or e-bike",,,\n'
    '77,1,,,10.0.0.1,abc,13/12/2021 10:00,13/12/2021 10:10,No,,"Bike, or e-bike",'
    "It@SQ@s dark.,A lot,Not at all\n"
)


def test_smart_survey_may_have_three_rows_of_header_and_writes_apostrophes_in_its_own_way():
    assert seen(SMART_IN_THREE_ROWS).dialect.key == "smart-survey"
    (row,) = read(SMART_IN_THREE_ROWS)
    assert row.number == 4
    assert row.response.answers["travel"] == ["bike"]
    assert row.response.answers["change"] == ["It's dark."]
    assert row.response.answers["trust--police"] == ["lot"]
    assert row.response.answers["trust--council"] == ["not"]


LIME_IN_WORDS = (
    '"id. Response ID","submitdate. Date submitted","lastpage. Last page",'
    '"startlanguage. Start language","seed. Seed","agree. Do you agree with the plan?",'
    '"travel[SQ001]. How do you travel? [Bus]",'
    '"travel[SQ002]. How do you travel? [Bike, or e-bike]",'
    '"travel[other]. How do you travel? [Other]","change. What would you change?",'
    '"trust[SQ001]. How much do you trust these? [The police]",'
    '"Question time: What would you change?"\n'
    '"5","2021-12-13 10:00:00","3","en","77","Yes","No","Yes","","\'=1+1 is two","A lot","12.5"\n'
)


def test_lime_survey_may_put_code_and_question_into_one_heading():
    assert seen(LIME_IN_WORDS).dialect.key == "lime-survey"
    mapping = proposed(LIME_IN_WORDS)
    assert mapping.columns["id. Response ID"] == "reference"
    assert mapping.columns["seed. Seed"] == "ignore"
    assert mapping.columns["Question time: What would you change?"] == "ignore"
    (row,) = read(LIME_IN_WORDS)
    assert row.response.reference_there == "5"
    assert row.response.answers["agree"] == ["yes"]
    assert row.response.answers["travel"] == ["bike"]
    assert row.response.answers["trust--police"] == ["lot"]
    # It puts an apostrophe before an equals sign; that is not what was typed.
    assert row.response.answers["change"] == ["=1+1 is two"]


def test_what_microsoft_forms_adds_to_the_questions_of_a_quiz_is_no_question():
    content = (
        "Id,Start time,Completion time,Email,Name,Points - What would you change?,"
        "What would you change?,Feedback - What would you change?\n"
        "1,10/9/2021 11:02,10/9/2021 11:03,anonymous,,0,More lights.,\n"
    )
    assert seen(content).dialect.key == "microsoft-forms"
    uses = proposed(content).columns
    assert uses["What would you change?"] == "question|change"
    assert uses["Points - What would you change?"] == "ignore"
    assert uses["Feedback - What would you change?"] == "ignore"


def test_google_forms_names_the_zone_of_its_owner():
    (row,) = read(GOOGLE.replace("3:04:05 PM GMT", "11:07:29 AM AST"))
    assert row.response.submitted_at == datetime(2021, 12, 13, 15, 7, 29, tzinfo=UTC)
    (row,) = read(GOOGLE.replace("3:04:05 PM GMT", "3:04:05 PM GMT+1"))
    assert row.response.submitted_at == datetime(2021, 12, 13, 14, 4, 5, tzinfo=UTC)


# Comments of a discussion on Polis, whose time is in milliseconds since 1970.
COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1518501496471,Tue Feb 13 12:58:16 WIB 2018,895,1756,48,8,1,"Widen it."\n'
)


def test_a_timestamp_that_is_a_number_is_not_that_of_google_forms():
    assert seen(COMMENTS).dialect.key == "plain"
    uses = proposed(COMMENTS).columns
    assert (uses["timestamp"], uses["comment-id"]) == ("submitted", "reference")


def test_one_name_in_most_rows_is_hardly_who_answers():
    rows = [f"{number},Trust A,Lights\n" for number in range(30)]
    content = "reference,organization,change\n"
    assert proposed(content + "".join(rows)).columns["organization"] == "ignore"
    rows = [f"{number},Trust {number},Lights\n" for number in range(30)]
    assert proposed(content + "".join(rows)).columns["organization"] == "organisation"
    assert proposed(content + rows[0]).columns["organization"] == "organisation"


def test_citizen_space_has_a_column_a_part_and_names_organisations():
    (row,) = read(CITIZEN)
    assert (row.response.kind, row.response.organisation) == ("organisation", "The Guild")
    assert row.response.reference_there == "ANON-7K3M-9QX2-H"
    assert row.response.answers["travel"] == ["bus"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_file_is_read_in_every_encoding_that_products_write(encoding):
    content = "reference;change\n1;“Café” – naïve\n".encode(encoding)
    assert read(content)[0].response.answers["change"] == ["“Café” – naïve"]


def test_days_are_read_as_the_rows_show_whatever_the_product_does():
    british = MICROSOFT.replace("12/13/21", "13/12/21")
    assert not proposed(british).month_first
    assert read(british)[0].response.submitted_at.month == 12
