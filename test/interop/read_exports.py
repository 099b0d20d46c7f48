"""Readers that are not ours open what Doppel exports.

usage: read_exports.py <file.mcap> <file.parquet>
"""

import json
import sys

import pyarrow.parquet
from mcap.reader import make_reader

mcap, parquet = sys.argv[1:]

with open(mcap, "rb") as file:
    reader = make_reader(file, validate_crcs=True)
    summary = reader.get_summary()
    topics = {channel.topic for channel in summary.channels.values()}
    assert {"/events", "/alarms", "/scene", "/tf", "/bioreactor-1"} <= topics, topics
    seen = [
        (schema.name, json.loads(message.data), message.log_time)
        for schema, _, message in reader.iter_messages(topics=["/bioreactor-1"])
    ]
    assert len(seen) == 13 and {name for name, _, _ in seen} == {"doppel.bioreactor"}, len(seen)
    steps = {b - a for (_, _, a), (_, _, b) in zip(seen, seen[1:])}
    assert steps == {300 * 10**9}, steps
    assert summary.statistics.message_count > len(seen)

table = pyarrow.parquet.read_table(parquet)
assert table.num_rows == 13, table.num_rows
shown = table.column("bioreactor-1.temperature").to_pylist()
assert shown == [values["temperature"] for _, values, _ in seen]
assert json.loads(table.schema.metadata[b"units"])["bioreactor-1.temperature"] == "Cel"
print("exports: mcap and pyarrow read them")
