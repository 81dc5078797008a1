"""`dateline gold …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bench.cli import blank, exports
from bench.cli.options import Json, Out, note, read_text
from bench.cli.score import write_text

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Look at the gold, prove it, attach texts to it.",
)
Folder = Annotated[Path, typer.Argument(help="A folder that holds the articles' text files.")]
Split = Annotated[str | None, typer.Option("--split", "-s", help="Only articles of this split.")]
Doc = Annotated[str, typer.Argument(help="A document id, or the start of its own name.")]


@app.command()
def stats(json: Json = False) -> None:
    """Count documents, events, arguments and dates by split, type and realis."""
    from bench import gold
    from bench.goldstats import statistics_of

    result = statistics_of(gold.load())
    if json:
        typer.echo(result.model_dump_json(indent=1))
        return
    from bench.render.table import printer
    from bench.render.views import render_statistics

    printer().print(render_statistics(result))


@app.command()
def validate() -> None:
    """Prove the gold: offsets, words, zones, names, dates, registers and checksums."""
    from bench.audit import audit
    from bench.errors import InvalidFile

    result = audit()
    if result.without_text:
        note(f"not proved for want of text: words of {', '.join(result.without_text)}")
    if result.problems:
        raise InvalidFile(result.problems)
    typer.echo(
        f"{result.files} files, {result.annotations} annotations, {result.events} events:"
        " no problems"
    )


@app.command()
def attach(folder: Folder) -> None:
    """Find the texts of articles that may not be shipped, by checksum, and remember them."""
    from bench import gold
    from bench.errors import MissingText

    wanted = [d.id for d in gold.manifest() if gold.shipped_text(d) is None]
    found = gold.attach(folder)
    links = sum(path.is_symlink() for path in folder.rglob("*"))
    if links:
        note(f"{folder}: {links} symbolic links are not followed")
    for doc_id, path in found.items():
        typer.echo(f"{doc_id}  {path}")
    missing = [doc_id for doc_id in wanted if doc_id not in found]
    if not any(doc_id in found for doc_id in wanted):
        raise MissingText(f"{folder} holds none of the articles: {', '.join(wanted)}")
    if missing:
        note(f"not found in {folder}: {', '.join(missing)}")


@app.command()
def agreement(split: Split = None, json: Json = False) -> None:
    """Print how far readers agreed before anything was settled: by article, split, type, layer."""
    from bench.goldstats import agreements

    first, *others = agreements(split)
    if json:
        typer.echo("[" + ",\n".join(r.model_dump_json(indent=1) for r in (first, *others)) + "]")
        return
    from bench.render.table import printer
    from bench.render.views import render_agreement

    printer().print(render_agreement(first, others))


@app.command()
def sheet(doc: Doc) -> None:
    """Print an article with numbered sentences, for an annotator to read."""
    from bench.formats.sheet import number_sentences

    typer.echo(number_sentences(_document(doc)), nl=False)


@app.command()
def compile(  # noqa: A001 - the command's name
    sheets: Annotated[list[Path], typer.Argument(help="Labelling sheets (YAML).")],
    output: Out = None,
) -> None:
    """Turn labelling sheets (sentence number and quote) into annotations with offsets."""
    from bench.formats import jsonl
    from bench.formats.sheet import doc_id_of, read_sheet

    found = []
    for path in sheets:
        content = read_text(path)
        found.append(read_sheet(path.name, content, _document(doc_id_of(path.name, content))))
    text = "".join(jsonl.write(found))
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_text(output, text)


def _document(name: str):  # type: ignore[no-untyped-def]
    from bench import gold
    from bench.cli.show import find

    documents = {document.id: document for document in gold.with_texts(gold.manifest())}
    document = documents[find(name, list(documents))]
    gold.require_texts([document])
    return document


app.add_typer(exports.app, name="export")
app.command("stamp")(exports.stamp)
app.command("blank")(blank.blank)
app.command("completed")(blank.completed)
