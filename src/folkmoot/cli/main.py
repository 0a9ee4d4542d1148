"""`folkmoot`: run a site, load its figures, build its reports."""

from __future__ import annotations

import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from folkmoot.cli import data, export, report
from folkmoot.cli.code import code
from folkmoot.cli.redact import redact
from folkmoot.cli.spc import spc
from folkmoot.cli.terminal import console, plain_errors, stop
from folkmoot.cli.themes import themes
from folkmoot.cli.weigh import weigh

app = typer.Typer(
    help="Consult people on a plan, then account to them for what it achieved.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(data.app, name="data")
app.add_typer(report.app, name="report")
app.add_typer(export.app, name="export")
app.command("retention")(export.retention)
app.command()(themes)
app.command()(weigh)
app.command()(code)
app.command()(redact)
app.command()(spc)

Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to serve on.")]
Host = Annotated[str, typer.Option(help="Address to serve on; 0.0.0.0 for all.")]


@app.command()
def version() -> None:
    """Print the version."""
    print(metadata.version("folkmoot"))


@app.command()
def migrate() -> None:
    """Create or update the database's tables; a new site gets an empty front page."""
    from folkmoot.cli.site import prepare_database, start_django

    start_django()
    prepare_database()
    from folkmoot.publishing.acts import begin_site
    from folkmoot.publishing.clock import now
    from folkmoot.publishing.search.index import rebuild

    begin_site(now())
    rebuild()
    console.print("The database is up to date.")


@app.command()
def worker() -> None:
    """Run background tasks, and the jobs that are due, until interrupted."""
    from folkmoot.cli.site import start_django
    from folkmoot.cli.worker import work

    start_django()
    work()


@app.command()
def jobs() -> None:
    """List the jobs that the worker runs, with when each last ran."""
    from folkmoot.cli.site import prepare_database, start_django
    from folkmoot.cli.worker import show_jobs

    start_django()
    prepare_database()
    show_jobs()


@app.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[
        int, typer.Option(min=0, help="Server processes; 0 for one a core, four at most.")
    ] = 0,
    worker: Annotated[
        bool, typer.Option(help="Run background tasks beside the server as well.")
    ] = True,
) -> None:
    """Serve the site."""
    from folkmoot.cli.server import check_port, default_workers, serve_site
    from folkmoot.cli.site import prepare_static_files, start_django

    check_port(host, port)
    start_django()
    with plain_errors():
        prepare_static_files()
    console.print(f"Serving http://{host}:{port}/ (Ctrl+C stops)")
    serve_site(host, port, workers or default_workers(), with_worker=worker)


@app.command()
def demo(
    at: Annotated[str, typer.Option(help="Show the site as on this day, like 2021-12-01.")] = "",
    host: Host = "127.0.0.1",
    port: Port = 8000,
    load_only: Annotated[bool, typer.Option(help="Load the demonstration, serve nothing.")] = False,
) -> None:
    """Load the London plan pack and serve it: a demonstration on real figures."""
    from folkmoot.cli.server import check_port, serve_site
    from folkmoot.cli.site import prepare_database, prepare_static_files, start_django

    if not load_only:
        check_port(host, port)
    var = Path(os.environ.setdefault("FOLKMOOT_VAR", "var")).resolve()
    day = "".join(mark if mark.isalnum() else "-" for mark in at)
    with plain_errors():
        var.mkdir(parents=True, exist_ok=True)
    name = f"demo-{day}.sqlite3" if day else "demo.sqlite3"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{var / name}")
    os.environ["FOLKMOOT_AT"] = at
    os.environ["FOLKMOOT_DEMONSTRATION"] = "1"
    os.environ.setdefault("FOLKMOOT_BASE_URL", f"http://{host}:{port}")
    start_django()
    from folkmoot.publishing import clock

    try:
        now = clock.now()
    except ValueError as error:
        raise stop(str(error)) from error
    prepare_database()
    from folkmoot.demo.load import load
    from folkmoot.demo.pack import PackError

    with plain_errors(PackError):
        loaded = load(now, console.print)
        prepare_static_files()
    if load_only:
        console.print("The demonstration is loaded.")
        return
    address = f"http://{host}:{port}"
    console.print(f"\n[bold]Folkmoot is at {address}/[/bold]  (Ctrl+C stops)")
    if at:
        console.print(f"as on {clock.local(now):%-d %B %Y}")
    console.print(
        f"\nStaff sign in at {address}/admin/ as {loaded.staff_email}"
        f" with the password {loaded.staff_password}\n"
    )
    console.print("Look first at:")
    for title, path in loaded.look_at:
        console.print(f"  {title:<32} {address}{path}")
    console.print("")
    if "vl_convert" in sys.modules:
        # Loading drew charts. The engine that draws them does not survive the fork that makes a
        # server process: a chart asked of that one would never come. So begin afresh.
        command = [sys.executable, "-m", "folkmoot.cli.main", "serve", "--workers", "1"]
        os.execv(sys.executable, [*command, "--host", host, "--port", str(port)])
    serve_site(host, port, 1, with_worker=True)


if __name__ == "__main__":
    app()
