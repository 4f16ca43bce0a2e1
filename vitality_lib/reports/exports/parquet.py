"""Three tables with real types, parishes.parquet, services.parquet and evidence.parquet, written a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

from vitality_lib.reports.exports import licence
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.fields import Column, Kind, T, exact
from vitality_lib.reports.exports.files import appearing_bytes
from vitality_lib.reports.exports.records import EVIDENCE, EVIDENCE_OF, PARISH, SERVICE, SERVICE_ID, WHOSE, row_of

if TYPE_CHECKING:
    import pyarrow as pa

SERVICES = (SERVICE_ID, *WHOSE, *SERVICE)
PIECES = (EVIDENCE_OF, *EVIDENCE)
_FOLDER = Path("export")
_BATCH = 10_000  # rows, as many as are held in memory
_AS_IT_IS: Callable[[Any], Any] = lambda value: value  # noqa: E731
_MADE: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.DATE: lambda text: date.fromisoformat(text) if text else None,
    Kind.CODES: list,
    Kind.TEXTS: list,
    Kind.INTEGERS: list,
}


async def write(parishes: Parishes, asked: Asked) -> int:
    """Fill the folder; returns how many parishes."""
    folder, count = asked.output or _FOLDER, 0
    with ExitStack() as open_files:
        parish_table = open_files.enter_context(_table(folder / "parishes.parquet", PARISH, asked))
        service_table = open_files.enter_context(_table(folder / "services.parquet", SERVICES, asked))
        evidence_table = open_files.enter_context(_table(folder / "evidence.parquet", PIECES, asked))
        async for parish in parishes:
            count += 1
            row = row_of(parish)
            parish_table.add(row)
            for service in row.services:
                service_table.add(service)
                for piece in service.evidence:
                    evidence_table.add(piece)
    return count


class _Table(Generic[T]):
    """Rows on their way into a file."""

    def __init__(self, columns: Sequence[Column[T]], schema: pa.Schema, put: Callable[[pa.RecordBatch], None]) -> None:
        self._schema, self._put = schema, put
        self._columns = [(column.of, _MADE.get(column.kind, _AS_IT_IS)) for column in columns]
        self._values: list[list[Any]] = [[] for _ in columns]

    def add(self, row: T) -> None:
        for values, (of, made) in zip(self._values, self._columns, strict=True):
            values.append(made(of(row)))
        if len(self._values[0]) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        import pyarrow as pa  # noqa: PLC0415 - slow to import: no other format waits for it

        arrays = [pa.array(values, field.type) for values, field in zip(self._values, self._schema, strict=True)]
        self._put(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._values = [[] for _ in self._values]


@contextmanager
def _table(path: Path, columns: Sequence[Column[T]], asked: Asked) -> Iterator[_Table[T]]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    schema = _schema(columns, asked)
    with appearing_bytes(path) as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        table = _Table(columns, schema, writer.write_batch)
        yield table
        table.flush()


def _schema(columns: Sequence[Column[T]], asked: Asked) -> pa.Schema:
    """The types, with what each column means and what the file is in the metadata."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    texts = pa.list_(pa.field("item", pa.string(), nullable=False))
    types = {
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.DATE: pa.date32(),
        Kind.MOMENT: pa.timestamp("us", tz="UTC"),
        Kind.CODES: texts,
        Kind.TEXTS: texts,
        Kind.INTEGERS: pa.list_(pa.field("item", pa.int32(), nullable=False)),
    }
    fields = [
        pa.field(
            column.name,
            types.get(column.kind, pa.string()),
            nullable=not column.required,
            metadata={"description": column.meaning},
        )
        for column in columns
    ]
    about = {"title": licence.DATA, "description": licence.SOURCES, "as_of": exact(asked.moment)}
    return pa.schema(fields, metadata={**about, "license": licence.NAME, "license_url": licence.URL})
