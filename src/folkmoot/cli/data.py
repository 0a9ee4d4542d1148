"""`folkmoot data`: published files to observations, and back."""

from __future__ import annotations

import shlex
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from folkmoot.cli.progress import shown
from folkmoot.cli.sourced import fetched, keep_description, known_source, own_folder, source_key
from folkmoot.cli.terminal import console, plain_errors, print_json, stop
from folkmoot.core.periods import Month

if TYPE_CHECKING:
    from folkmoot.performance.models import Observation
    from folkmoot.sources.pulling import Pull
    from folkmoot.sources.tables import ReleaseTable

app = typer.Typer(help="Published figures: inspect and import them, ask for what is stored.")

Files = Annotated[
    list[Path], typer.Argument(help="The files of one release, a folder or a zip.", exists=True)
]
AsSource = Annotated[
    str,
    typer.Option(
        "--as", help="Key of the source where files do not tell, or a YAML file that describes it."
    ),
]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The publisher's date of the release."),
]


@app.command("sources")
def list_sources(
    source: Annotated[str, typer.Argument(help="Key of one source; all unless given.")] = "",
) -> None:
    """List the sources that can be read, with their series."""
    from folkmoot.sources.errors import SourceError
    from folkmoot.sources.registry import sources
    from folkmoot.sources.tables import listed

    with plain_errors(SourceError):
        chosen = known_source(source) if source else None
    for each in [chosen] if chosen else sources():
        print(f"{each.key}: {each.title} ({each.publisher})")
        offered = "can be pulled" if each.offer else "is downloaded by hand"
        print(f"    {each.frequency}, by {listed(each.area_kinds)}; {each.status}; {offered}")
        for series in each.series:
            print(f"  {series.key}: {series.title}")


@app.command()
def inspect(files: Files, source: AsSource = "") -> None:
    """Say which source files are, what is in them, and everything odd about them."""
    from folkmoot.sources.errors import SourceError
    from folkmoot.sources.registry import read

    with plain_errors(SourceError), shown() as told:
        table = read(files, source_key(source) or None, told)
    print("\n".join(description(table)))


@app.command("import")
def import_files(files: Files, source: AsSource = "", released: Day = None) -> None:
    """Import one release of a source. The same release twice changes nothing."""
    _import(files, source, _day(released))


@app.command()
def pull(
    source: Annotated[str, typer.Argument(help="Key of the source, or its YAML description.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the files; pulled/SOURCE in FOLKMOOT_VAR unless given."),
    ] = None,
    addresses: Annotated[
        list[str] | None,
        typer.Option("--from", help="Address of a file, where it has moved; may be repeated."),
    ] = None,
    sha256: Annotated[str, typer.Option(help="SHA-256 that the file must have.")] = "",
    then_import: Annotated[
        bool, typer.Option("--import", help="Import the release when it is here.")
    ] = False,
    released: Day = None,
) -> None:
    """Download the latest release of a source from its publisher; a cut download goes on."""
    from folkmoot.sources.errors import SourceError
    from folkmoot.sources.pulling import PullError

    with plain_errors(SourceError, PullError):
        found = known_source(source_key(source))
        folder = out or own_folder("pulled") / found.key
        pulled = fetched(found, folder, datetime.now(UTC), addresses or (), sha256)
    paths = [file.path for file in pulled.files]
    for path in paths:
        print(path)
    if then_import:
        _import(paths, source, _day(released), pulled)
        return
    day = pulled.released_on
    told = ["--as", source, *(["--released", day.isoformat()] if day else [])]
    command = shlex.join(["folkmoot", "data", "import", *map(str, paths), *told])
    console.print(f"To import: {command}", markup=False)


def _import(
    files: list[Path], source: str, released_on: date | None, pulled: Pull | None = None
) -> None:
    from folkmoot.cli.site import prepare_database, start_django

    start_django()
    prepare_database()
    from folkmoot.performance.acts import ImportRefusedError, import_release
    from folkmoot.publishing.clock import now
    from folkmoot.sources.errors import SourceError

    with plain_errors(SourceError, ImportRefusedError), shown() as told:
        key = source_key(source)
        imported = import_release(
            files,
            at=now(),
            released_on=released_on,
            served_on=pulled.released_on if pulled else None,
            source=key,
            announce=_announce,
            progress=told,
        )
        if key != source:
            keep_description(Path(source), key)
    console.print(imported.sentence, markup=False)


@app.command()
def query(
    measure: Annotated[str, typer.Argument(help="What was counted, such as personal-robbery.")],
    area: Annotated[str, typer.Option(help="Name or code of an area; all unless given.")] = "",
    first: Annotated[str, typer.Option("--from", help="First month, such as 2023-10.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last month.")] = "",
    release: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Date of the release; the latest unless given."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects.")] = False,
) -> None:
    """Give back what is stored of a measure, from one release."""
    from folkmoot.cli.site import prepare_database, start_django

    start_django()
    prepare_database()
    from folkmoot.performance.querysets import observations

    with plain_errors(ValueError):
        found = observations(
            measure,
            _release(measure, _day(release)),
            _area(area) if area else None,
            Month.parse(first) if first else None,
            Month.parse(last) if last else None,
        )
        records = [_record(each) for each in found]
    if as_json:
        print_json(records)
        return
    if not records:
        raise stop("There is no figure for that area and those months.")
    for record in records:
        print("  ".join(str(record[name]) for name in ("area", "period", "value", "release")))


@app.command()
def derive(
    files: Files,
    out: Annotated[Path, typer.Option(help="File to write.")],
    source: AsSource = "",
    released: Day = None,
) -> None:
    """Write a compact table of a release's series: a few hundred kilobytes for a whole city."""
    from folkmoot.sources.derived import derive as write
    from folkmoot.sources.errors import SourceError

    with plain_errors(SourceError), shown() as told:
        found = known_source(source_key(source)) if source else None
        write(files, _day(released), out, found, told)
    console.print(f"{out} written ({out.stat().st_size / 1000:,.0f} kB).")


def description(table: ReleaseTable) -> list[str]:
    """Return lines on a release that was read and not imported."""
    source, observations = table.source, table.observations
    first, last = Month.parse(table.first_period).label, Month.parse(table.last_period).label
    dated = f"{table.released_on:%-d %B %Y}" if table.released_on else "not told by the files"
    kinds = Counter(area.kind for area in table.areas)
    areas = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    lines = [
        f"Source: {source.title} ({source.key}), {source.publisher}",
        f"Released: {dated}",
        f"Licence: {source.licence}; status: {source.status}",
        *(f"File: {file.name}, {file.rows:,} rows, SHA-256 {file.sha256}" for file in table.files),
        f"Period: {first} to {last}",
        f"Areas: {len(table.areas)} ({areas})",
        f"Observations: {observations.height:,} of {observations['series'].n_unique()} series",
        f"Caveat: {source.caveat}",
        f"Odd: {len(table.notes)} {'thing' if len(table.notes) == 1 else 'things'}",
    ]
    return [*lines, *(f"- {note}" for note in table.notes)]


def _announce(sentence: str) -> None:
    console.print(sentence, markup=False)


def _release(measure: str, released_on: date | None) -> Any:
    """Return the release to be asked. Raises ValueError with what there is instead."""
    from folkmoot.performance.models import Release
    from folkmoot.performance.querysets import release_of
    from folkmoot.sources.registry import source_of_series, sources

    source = source_of_series(measure)
    if source is None:
        known = ", ".join(series.key for each in sources() for series in each.series)
        raise ValueError(f"There is no measure “{measure}”: choose one of {known}.")
    release = release_of(source.key, released_on)
    if release is None:
        days = Release.objects.filter(source=source.key).order_by("released_on")
        dates = ", ".join(sorted({f"{each.released_on}" for each in days}))
        raise ValueError(
            f"There is no release of {source.title} of {released_on}: there are {dates}."
            if dates
            else f"No release of {source.title} is imported: give its files to folkmoot data "
            "import."
        )
    return release


def _area(name: str) -> Any:
    """Return an area by its name. Raises ValueError with those that there are."""
    from folkmoot.performance.models import Area
    from folkmoot.performance.querysets import area_named

    area = area_named(name)
    if area is None:
        known = ", ".join(Area.objects.values_list("name", flat=True))
        raise ValueError(f"There is no area “{name}”: choose one of {known}.")
    return area


def _record(observation: Observation) -> dict[str, Any]:
    value, release = observation.value, observation.release
    return {
        "measure": observation.series,
        "area": observation.area.name,
        "period": str(Month.from_date(observation.period)),
        "value": int(value) if value.is_integer() and observation.base is None else value,
        "release": release.released_on.isoformat(),
        "status": release.status,
    }


def _day(released: datetime | None) -> date | None:
    return released.date() if released else None
