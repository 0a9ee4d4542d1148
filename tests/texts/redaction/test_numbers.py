"""Numbers are known by their check digits, their form, or what is said of them."""

from __future__ import annotations

import pytest

from folkmoot.texts import Kind, find_personal_details, redact
from folkmoot.texts.redaction.numbers import passes_iban_check, passes_luhn, passes_nhs_check

# Forces write these numbers differently; all were made up.
CRIMES = (
    "3412345/24", "01/234567/24", "CAD 1234/12MAR24", "CAD 512 of 12/03/24", "24*123456",
    "CR/123456/24", "CRI/06AB/0012345/24", "log 0123 of 3/4/24",
)  # fmt: skip
SAID = (
    ("My crime reference number is {}.", ("43240012345", "AB123456", "2024-123456")),
    ("crime ref no. {}", ("WM12345678", "13240012345")),
    ("Incident number {} got nowhere", ("123456", "24-001234")),
    ("They gave me reference {}", ("NFRC230100012345",)),
)
PHONES = (
    "+48 601 234 567", "00353 87 123 4567", "+90 532 123 45 67", "447700900123", "O7700 900123",
    "0 7 7 0 0 9 0 0 1 2 3", "07700/900123", "07700.900.123", "0044 (0)7700 900123",
)  # fmt: skip
PLAIN = (
    "It took 3/4 of an hour, on 12/03/2024 and again on 01/02/24.",
    "I called 3 times, 101 did not answer; crime 2019/20 rose by 1,234,567.",
    "Crime number one here is burglary, and 2024-25 is worse than 2023-24.",
    "My account of 10 years of this: 20-30 cars, 1000000 complaints.",
)


@pytest.mark.parametrize("number", CRIMES)
def test_references_of_the_police_are_known_by_their_form(number: str) -> None:
    (span,) = find_personal_details(f"It was {number}, I think")
    assert span.kind is Kind.CRIME_REFERENCE
    assert redact(f"({number})") == "([crime reference number removed])"


@pytest.mark.parametrize(("sentence", "numbers"), SAID)
def test_other_references_are_known_by_what_is_said(
    sentence: str, numbers: tuple[str, ...]
) -> None:
    for number in numbers:
        assert redact(sentence.format(number)) == sentence.format(
            "[crime reference number removed]"
        )


@pytest.mark.parametrize("number", PHONES)
def test_telephone_numbers_of_several_countries_and_slips_are_hidden(number: str) -> None:
    assert redact(f"Ring {number} after six") == "Ring [phone number removed] after six"


def test_local_numbers_are_hidden_where_they_are_said_to_be_one() -> None:
    assert redact("my phone number is 7946 0958") == "my phone number is [phone number removed]"
    assert redact("about 7946 people, 0958") == "about 7946 people, 0958"


def test_accounts_are_hidden_with_their_sort_code() -> None:
    # GB29 NWBK is the example of the registry of ISO 13616.
    assert redact("GB29 NWBK 6016 1331 9268 19") == "[bank account removed]"
    assert redact("it is 60-16-13 31926819") == "it is [bank account removed]"
    assert redact("sort code 601613, account no. 31926819") == (
        "sort code [bank account removed], account no. [bank account removed]"
    )


def test_the_day_on_which_a_card_runs_out_hides_no_card() -> None:
    assert redact("4111 1111 1111 1111 12/26").startswith("[card number removed]")


@pytest.mark.parametrize("sentence", PLAIN)
def test_other_numbers_are_left_alone(sentence: str) -> None:
    assert redact(sentence) == sentence


def test_numbers_that_fail_their_check_are_no_card_and_no_nhs_number() -> None:
    kinds = {span.kind for span in find_personal_details("943 476 5918 and 4111 1111 1111 1112")}
    assert not kinds & {Kind.CARD_NUMBER, Kind.NHS_NUMBER}


def test_a_number_with_a_slip_is_hidden_where_it_is_said_to_be_an_nhs_number() -> None:
    assert redact("NHS number: 943 476 5918") == "NHS number: [NHS number removed]"


def test_checks_agree_with_published_numbers() -> None:
    # 943 476 5919 is the NHS Data Dictionary's example; 7992739871 3 that of ISO/IEC 7812.
    assert passes_nhs_check([9, 4, 3, 4, 7, 6, 5, 9, 1, 9])
    assert not passes_nhs_check([9, 4, 3, 4, 7, 6, 5, 9, 1, 8])
    assert [last for last in range(10) if passes_luhn([7, 9, 9, 2, 7, 3, 9, 8, 7, 1, last])] == [3]
    assert passes_iban_check("GB29 NWBK 6016 1331 9268 19")
    assert not passes_iban_check("GB28 NWBK 6016 1331 9268 19")
