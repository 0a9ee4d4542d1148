"""Small factories: one function a record. Each makes what it needs above it when not given it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from tests.publishing.uploads import pdf
from wagtail.images.models import Image
from wagtail.models import Locale, Page, Site

from folkmoot.accounts.models import User
from folkmoot.consultations.models import (
    Consultation,
    ConsultationIndex,
    EqualityImpact,
    EqualityImpactAssessment,
    PreElectionPeriod,
    Respondent,
)
from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Dashboard, Observation, Release
from folkmoot.plans.models import Commitment, Measure, Outcome, Plan, Priority, Section
from folkmoot.publishing.models import (
    DocumentFormat,
    DocumentPage,
    DocumentVersion,
    Follower,
    Following,
    HomePage,
    Recording,
    UploadedFile,
)
from folkmoot.responses.models import (
    Answer,
    Channel,
    MonitoringAnswer,
    Response,
    Survey,
)

OPENS = datetime(2021, 11, 16, 9, tzinfo=UTC)
CLOSES = datetime(2022, 1, 21, 23, 59, tzinfo=UTC)
PUBLISHED = datetime(2022, 3, 24, 9, tzinfo=UTC)
AFTER = datetime(2022, 4, 1, 12, tzinfo=UTC)

AGREEMENT = (("agree", "Agree"), ("neither", "Neither"), ("disagree", "Disagree"))

_numbers = count(1)


def make_home(**fields: Any) -> HomePage:
    """Return the site's home page, made once in a test."""
    if found := HomePage.objects.first():
        return found
    home = HomePage(title="Safer together", slug="safer-together", **fields)
    _root().add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.root_page, site.site_name = "testserver", home, "Safer together"
    site.save()
    return home


def _root() -> Page:
    """Return the root of all pages, made again where a transactional test emptied the database."""
    if root := Page.get_first_root_node():
        return root
    Locale.objects.get_or_create(language_code="en-gb")
    return Page.add_root(
        title="Root",
        slug="root",
        content_type=ContentType.objects.get_for_model(Page),
    )


def make_plan(**fields: Any) -> Plan:
    fields = {
        "title": "Police and crime plan",
        "slug": f"plan-{next(_numbers)}",
        "stage": Plan.Stage.PUBLISHED,
        "starts_on": date(2022, 4, 1),
        "ends_on": date(2025, 3, 31),
        "published_on": date(2022, 3, 24),
        "led_by": "The commissioner",
    } | fields
    plan = Plan(**fields)
    make_home().add_child(instance=plan)
    return plan


def make_section(plan: Plan, **fields: Any) -> Section:
    used = set(Section.objects.child_of(plan).values_list("number", flat=True))
    fields = {
        "title": "Officers on the street",
        "slug": f"section-{next(_numbers)}",
        "number": next(each for each in (f"2.{place}" for place in count(3)) if each not in used),
    } | fields
    section = Section(**fields)
    plan.add_child(instance=section)
    return section


def make_measure(plan: Plan, **fields: Any) -> Measure:
    number = next(_numbers)
    fields = {
        "title": "Personal robbery",
        "slug": f"measure-{number}",
        "definition": "Offences recorded each month.",
        "series": "personal-robbery",
        "better": Measure.Better.LOWER,
    } | fields
    priority, _ = Priority.objects.get_or_create(
        plan=plan, slug="violence", defaults={"title": "Reducing violence"}
    )
    outcome, _ = Outcome.objects.get_or_create(priority=priority, title="Fewer people are robbed")
    return Measure.objects.create(outcome=outcome, **fields)


def make_commitment(plan: Plan, *, measures: Any = (), **fields: Any) -> Commitment:
    number = next(_numbers)
    fields = {
        "title": "A named officer for every ward",
        "slug": f"commitment-{number}",
        "promise": "Every ward has an officer whose name is published.",
        "lead": "The deputy commissioner",
        "due": date(2022, 12, 31),
    } | fields
    commitment = Commitment.objects.create(plan=plan, **fields)
    commitment.measures.set(measures)
    return commitment


def make_consultation(plan: Plan | None = None, **fields: Any) -> Consultation:
    home = make_home()
    index = ConsultationIndex.objects.first()
    if index is None:
        index = ConsultationIndex(title="Consultations", slug="consultations", show_in_menus=True)
        home.add_child(instance=index)
    fields = {
        "title": "Draft police and crime plan",
        "slug": f"consultation-{next(_numbers)}",
        "statutory_plan": plan or make_plan(),
        "run_by": "The commissioner's office",
        "stage": "Policy published",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "outcome_at": PUBLISHED,
    } | fields
    consultation = Consultation(**fields)
    index.add_child(instance=consultation)
    return consultation


def make_pre_election_period(**fields: Any) -> PreElectionPeriod:
    fields = {
        "title": "Mayoral election of 2 May 2024",
        "starts_on": date(2024, 3, 18),
        "ends_on": date(2024, 5, 2),
    } | fields
    return PreElectionPeriod.objects.create(**fields)


def choice(key: str, title: str = "", **fields: Any) -> tuple[str, dict[str, Any]]:
    """Return a closed question for `make_survey`."""
    options = [{"code": code, "label": label} for code, label in fields.pop("options", AGREEMENT)]
    asked = {"key": key, "title": title or f"Do you agree with {key}?", "hint": ""}
    return "choice", asked | {"required": False, "several": False, "options": options} | fields


def text(key: str, title: str = "", **fields: Any) -> tuple[str, dict[str, Any]]:
    """Return a free-text question for `make_survey`."""
    asked = {"key": key, "title": title or f"What about {key}?", "hint": "", "required": False}
    return "text", asked | {"words_guide": 150, "may_be_quoted": True} | fields


def monitoring(key: str, title: str = "", **fields: Any) -> tuple[str, dict[str, Any]]:
    """Return an equality question for `make_survey`."""
    offered = fields.pop("options", (("one", "One group"), ("other", "Another group")))
    options = [{"code": code, "label": label} for code, label in offered]
    asked = {"key": key, "title": title or f"Which {key}?", "hint": "", "required": False}
    return "monitoring", asked | {"why": "To see who is missing.", "options": options} | fields


def make_survey(
    consultation: Consultation | None = None, questions: Any = None, **fields: Any
) -> Survey:
    """Return a survey with one step of questions; by default one of each kind."""
    if questions is None:
        questions = [choice("agree"), text("change"), monitoring("age-band")]
    fields = {
        "title": "Your say on the draft",
        "slug": f"your-say-{next(_numbers)}",
        "consent": "<p>We use your answers for this consultation only.</p>",
    } | fields
    survey = Survey(**fields)
    survey.steps = [("step", {"title": "Questions", "introduction": "", "questions": questions})]
    (consultation or make_consultation()).add_child(instance=survey)
    return survey


def make_respondent(consultation: Consultation, at: datetime = OPENS, **fields: Any) -> Respondent:
    return Respondent.objects.create(consultation=consultation, took_part_at=at, **fields)


def make_response(
    survey: Survey,
    answers: dict[str, Any] | None = None,
    *,
    monitored: dict[str, str] | None = None,
    respondent: Respondent | None = None,
    **fields: Any,
) -> Response:
    """Return a response; a text answers a free-text question, a list of codes a closed one."""
    consultation = survey.consultation
    number = next(_numbers)
    fields = {
        "reference": f"FM-{number:08d}",
        "channel": Channel.WEB,
        "submitted_at": OPENS + timedelta(minutes=number),
        "consent": "We use your answers for this consultation only.",
        "may_be_quoted": True,
    } | fields
    response = Response.objects.create(
        consultation=consultation,
        survey=survey,
        respondent=respondent or make_respondent(consultation, at=fields["submitted_at"]),
        **fields,
    )
    Answer.objects.bulk_create(
        Answer(response=response, question=key, text=given)
        if isinstance(given, str)
        else Answer(response=response, question=key, choices=list(given))
        for key, given in (answers or {}).items()
    )
    MonitoringAnswer.objects.bulk_create(
        MonitoringAnswer(response=response, question=key, choice=given, delete_on=date(2024, 1, 21))
        for key, given in (monitored or {}).items()
    )
    return response


def make_user(*permissions: str, **fields: Any) -> User:
    """Return a member of staff who may enter the admin and what `permissions` name."""
    fields = {"email": f"officer-{next(_numbers)}@folkmoot.example", "is_staff": True} | fields
    user = User.objects.create_user(**fields)
    for name in ("wagtailadmin.access_admin", *permissions):
        app, codename = name.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


def make_area(name: str = "London", kind: str = "total", **fields: Any) -> Area:
    """Return an area, made once in a test."""
    slug = name.lower().replace(" ", "-")
    area, _ = Area.objects.get_or_create(
        slug=slug, defaults={"code": f"E-{slug}", "name": name, "kind": kind} | fields
    )
    return area


def make_release(released_on: date, source: str = "mps-borough-crime", **fields: Any) -> Release:
    fields = {
        "source": source,
        "title": "Borough level crime",
        "publisher": "The police",
        "released_on": released_on,
        "imported_at": AFTER,
        "files": [{"name": "crime.csv", "sha256": "ab" * 32, "rows": 1}],
        "fingerprint": f"{next(_numbers):064d}",
        "licence": "Open Government Licence v3.0",
        "status": "official statistics, not accredited",
        "first_period": date(2020, 1, 1),
        "last_period": released_on.replace(day=1),
    } | fields
    return Release.objects.create(**fields)


def make_observations(
    release: Release,
    series: str,
    first: Month,
    values: Sequence[float | None],
    *,
    area: Area | None = None,
    step: int = 1,
    base: float | None = None,
) -> None:
    """Observe one value a `step` of months from `first` on; None leaves a month out."""
    Observation.objects.bulk_create(
        Observation(
            release=release,
            series=series,
            area=area or make_area(),
            period=first.shift(place * step).first_day,
            value=value,
            base=base,
        )
        for place, value in enumerate(values)
        if value is not None
    )


def make_dashboard(plan: Plan, **fields: Any) -> Dashboard:
    fields = {"title": "Is it working?", "slug": f"is-it-working-{next(_numbers)}"} | fields
    page = Dashboard(statutory_plan=plan, **fields)
    make_home().add_child(instance=page)
    return page


def make_upload(
    name: str = "plan.pdf", content: bytes | None = None, **fields: Any
) -> UploadedFile:
    """Return an uploaded file, known by its content; a tagged PDF of two pages by default."""
    file = UploadedFile(title=fields.pop("title", "The plan"), **fields)
    file.file.save(name, ContentFile(pdf() if content is None else content), save=False)
    file._set_document_file_metadata()
    file.save()
    return file


def make_document(
    parent: Page | None = None,
    versions: Sequence[tuple[str, date, Sequence[dict[str, Any]]]] = (),
    **fields: Any,
) -> DocumentPage:
    """Return a live document; a version is its kind, its day and its formats' fields."""
    fields = {"title": "The plan", "slug": f"document-{next(_numbers)}"} | fields
    page = DocumentPage(**fields)
    (parent or make_home()).add_child(instance=page)
    for order, (kind, day, formats) in enumerate(versions):
        version = DocumentVersion.objects.create(
            document=page, kind=kind, published_on=day, sort_order=order
        )
        DocumentFormat.objects.bulk_create(
            DocumentFormat(version=version, sort_order=place, **each)
            for place, each in enumerate(formats)
        )
    return DocumentPage.objects.get(pk=page.pk)


def make_assessment(
    parent: Page, impacts: Sequence[str] = (), **fields: Any
) -> EqualityImpactAssessment:
    """Return a live equality impact assessment; an impact is a characteristic, helped."""
    number = next(_numbers)
    fields = {
        "title": "Equality impact assessment",
        "slug": f"assessment-{number}",
        "assessed_on": OPENS.date(),
        "assessed_by": "The commissioner's office",
    } | fields
    page = EqualityImpactAssessment(**fields)
    page.impacts = [
        EqualityImpact(
            sort_order=place,
            characteristic=characteristic,
            effect=EqualityImpact.Effect.POSITIVE,
            evidence=f"What is known of {characteristic}.",
            impact=f"What it means for {characteristic}.",
        )
        for place, characteristic in enumerate(impacts)
    ]
    parent.add_child(instance=page)
    return page


def make_image(title: str = "The bridge", width: int = 1600, height: int = 900) -> Image:
    """Return an image as an editor uploads it."""
    drawn = BytesIO()
    PillowImage.new("RGB", (width, height), "teal").save(drawn, "PNG")
    file = ContentFile(drawn.getvalue(), name=f"image-{next(_numbers)}.png")
    return Image.objects.create(title=title, file=file, width=width, height=height)


def make_recording(**fields: Any) -> Recording:
    """Return a published recording of which only the words are there, unless given more."""
    fields = {
        "title": "A message from the deputy mayor",
        "speaker": "Deputy Mayor",
        "transcript": "<p>Good morning. Tell us what we have missed.</p>",
    } | fields
    return Recording.objects.create(**fields)


def make_follower(*pages: Page | None, at: datetime = OPENS, **fields: Any) -> Follower:
    """Return somebody who confirmed at an instant that they follow pages; None: the whole site."""
    fields = {
        "email": f"reader-{next(_numbers)}@example.org",
        "asked_at": at,
        "confirmed_at": at,
        "digested_until": at,
    } | fields
    follower = Follower.objects.create(**fields)
    for page in pages:
        Following.objects.create(follower=follower, page=page, asked_at=at, confirmed_at=at)
    return follower
