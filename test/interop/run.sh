#!/bin/sh
# Interop suite: real third-party clients over real sockets. Makes its own Python environment.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
export PATH="$root/node_modules/.bin:$PATH"
work=$(mktemp -d)
server=''
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
cp -r "$root/clients/python" "$work/package"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "$work/package"

cd "$root"
node bin/doppel.mjs serve scenes/enclosed-plant.yaml --time "${DOPPEL_INTEROP_TIME:-100}" \
  --ui-port 0 --opcua-port 0 --json >"$work/ready" &
server=$!
tries=0
while ! grep -q '"ready"' "$work/ready"; do
  kill -0 "$server" 2>/dev/null || { echo 'FAILED: the server ended before it was ready' >&2; exit 1; }
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || { echo 'FAILED: the server was not ready within 30 s' >&2; exit 1; }
  sleep 0.1
done
url=$(head -n 1 "$work/ready" | sed 's/.*"opcua": *"\([^"]*\)".*/\1/')
echo "interop: $url"
"$work/venv/bin/python" "$here/wash_cycle.py" "$url"

# What a run leaves for other tools.
node bin/doppel.mjs run scenes/expansion-suite.yaml --recipe none --until 1h --record "$work/run.recording" --json >/dev/null
node bin/doppel.mjs export "$work/run.recording" --mcap "$work/run.mcap" --parquet "$work/run.parquet" --every 5min
"$work/venv/bin/python" "$here/read_exports.py" "$work/run.mcap" "$work/run.parquet"

# The bench from Python: the package with its types, and the example as it stands.
export DOPPEL_COMMAND="node $root/bin/doppel.mjs"
"$work/venv/bin/mypy" --strict --cache-dir "$work/mypy" "$root/clients/python/doppel_bench"
"$work/venv/bin/python" -m pytest -q -p no:cacheprovider --import-mode=importlib "$root/clients/python/tests" "$root/examples/test_centrifuge.py"
echo 'interop: all passed'
