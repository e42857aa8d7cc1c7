# What the scripts of this folder share. To be read with "." by a script that has set -eu.

root=$(cd "$(dirname "$0")/.." && pwd)

say() {
    printf '==> %s\n' "$*"
}

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "This needs root or sudo: $*" >&2
        return 2
    fi
}

# build PRESET [TARGET...]: configures and builds with a preset of CMakePresets.json.
build() {
    preset=$1
    shift
    say "building (preset $preset)"
    (cd "$root" && cmake --preset "$preset" >/dev/null && cmake --build --preset "$preset" ${1:+--target "$@"})
}
